"""What sources yield -> the store: nothing lost, nothing counted twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kawat.engines.local import Job, Ready, Workers
from kawat.errors import SourceError
from kawat.sources.item import Found, Item, Visit
from kawat.store.prepare import SECONDS, SURROGATES, Settings, Task, lost, prepare, safe, task_of
from kawat.store.rows import REPORT
from kawat.store.write import Prepared, Writer


class Known(NamedTuple):
    """An input that is in the store just as it is now."""

    place: str


Done = Prepared | SourceError | Known | Visit
Readers = Workers[Task, Done]
_PLAIN = Settings()


@dataclass(slots=True)
class Summary:
    """What became of what came in. `unread`: languages without a pack, and how many reports each."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    events: int = 0
    statements: int = 0
    unread: dict[str, int] = field(default_factory=dict)

    @property
    def reports(self) -> int:
        """How many came in, whatever became of them."""
        return self.added + self.changed + self.unchanged + self.failed


def take_in(
    writer: Writer,
    found: Iterable[Found],
    readers: Readers,
    summary: Summary,
    settings: Settings = _PLAIN,
    tell: Callable[[SourceError | None], None] = lambda _error: None,
) -> None:
    """Read what came in and write it, a transaction a report, counting in `summary`. What is in the store just as it is now is not read
    again. `tell` is called after each with its error, if it has one. Raises sqlite3's errors where the store cannot be written."""
    came: set[str] = set()  # URLs whose pages came, and whose Visits are still to come
    failed: set[str] = set()  # those of them that could not be read
    for row in readers.map(_tasks(writer, found, settings, came)):
        if isinstance(row, Visit):
            writer.visited(row, failed=row.url in failed)
            came.discard(row.url)
            failed.discard(row.url)
            continue
        error = _take(writer, row, summary)
        if error and error.place in came:
            failed.add(error.place)
        tell(error)


def readers(processes: int) -> Readers:
    """Processes that read, to be used in a `with` statement."""
    job: Job[Task, Done] = Job(prepare, safe, lost, SECONDS)
    return Workers(job, processes)


def _tasks(writer: Writer, found: Iterable[Found], settings: Settings, came: set[str]) -> Iterator[Task | Ready[Done]]:
    for row in found:
        if not isinstance(row, Item):
            yield Ready(row)
            continue
        if "://" in row.place:
            came.add(row.place)
        try:
            task = task_of(row, settings)
        except UnicodeEncodeError:
            yield Ready(SourceError(SURROGATES, row.place))
        else:
            yield Ready(Known(row.place)) if writer.knows(task.seen, row.content.fetched) else task


def _take(writer: Writer, row: Prepared | SourceError | Known, summary: Summary) -> SourceError | None:
    if isinstance(row, Known):
        summary.unchanged += 1
        writer.succeeded(row.place)
        return None
    error = row if isinstance(row, SourceError) else _put(writer, row, summary)
    if error:
        summary.failed += 1
        writer.failed(error)
    else:
        writer.succeeded(row.place)
    return error


def _put(writer: Writer, report: Prepared, summary: Summary) -> SourceError | None:
    try:
        outcome = writer.put(report)
    except (ValueError, OverflowError, sqlite3.IntegrityError) as e:
        return SourceError(f"cannot be kept: {e}", report.place)
    setattr(summary, outcome, getattr(summary, outcome) + 1)
    if outcome != "unchanged":
        tables, language, packs = report.rows.tables, *(report.rows.report[REPORT.index(x)] for x in ("language", "packs"))
        summary.events += len(tables["events"])
        summary.statements += len(tables["statements"])
        if packs == "{}":
            summary.unread[language or "?"] = summary.unread.get(language or "?", 0) + 1
    return None
