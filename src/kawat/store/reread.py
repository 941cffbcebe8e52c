"""Reading again what a newer pack reads otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec

import kawat
from kawat import packs
from kawat.engines.local import Job, Workers
from kawat.errors import SourceError
from kawat.records import Report
from kawat.store import load
from kawat.store.prepare import SECONDS, guarded
from kawat.store.rows import Rows, rows_of
from kawat.store.write import Writer


class Old(NamedTuple):
    """A report of the store, as it came: its number, where it was taken from, and itself."""

    number: int
    place: str
    report: Report


class New(NamedTuple):
    """What is read in a report now."""

    number: int
    place: str
    result: Rows | SourceError


def stale(writer: Writer, everything: bool = False) -> list[int]:
    """Numbers of the reports that other packs have read than there are now, or none where there is one now."""
    if everything:
        return [row[0] for row in writer.db.execute("SELECT report FROM reports ORDER BY report")]
    readable = packs.languages()
    now = [msgspec.json.encode({x: packs.version(x)}).decode() for x in readable]
    marks = ", ".join("?" * len(readable))
    sql = f"SELECT report FROM reports WHERE packs NOT IN ({marks}) AND (packs <> '{{}}' OR language IN ({marks})) ORDER BY report"
    return [row[0] for row in writer.db.execute(sql, (*now, *readable))]


def reread(writer: Writer, numbers: list[int], processes: int, tell: Callable[[SourceError | None], None]) -> None:
    """Put new records in the place of the old ones, a transaction a report. Where a report cannot be read, its old records stay and the
    failure is kept. `tell` is called after each with its error, if it has one. Raises sqlite3's errors where the store cannot be
    written."""
    job: Job[Old, New] = Job(
        _read, lambda _old: True, lambda old, reason: New(old.number, old.place, SourceError(reason, old.place)), SECONDS
    )
    with Workers(job, processes) as workers:
        for number, place, result in workers.map(_old(writer, numbers)):
            if isinstance(result, SourceError):
                writer.failed(result)
                tell(result)
            else:
                writer.replace(number, result)
                writer.succeeded(place)
                tell(None)


def _old(writer: Writer, numbers: list[int]) -> Iterator[Old]:
    for number in numbers:
        found = load.given(writer.db, number)
        if found:
            yield Old(number, *found)


def _read(old: Old) -> New:
    def rows() -> Rows:
        return rows_of(kawat.read(old.report), old.report.language, kawat.__version__)

    return New(old.number, old.place, guarded(rows, old.place))
