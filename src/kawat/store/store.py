"""A store as users have it: one file, many questions."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from kawat.errors import SourceError, StoreError
from kawat.records import Reading, Report
from kawat.sources.item import Found, Item, Visit
from kawat.sources.urls import plain_url
from kawat.store import load, query
from kawat.store.connect import read_from, told, write_to
from kawat.store.intake import Summary, readers, take_in
from kawat.store.prepare import unpacked
from kawat.store.query import Rows, Where
from kawat.store.rows import ANYBODY
from kawat.store.tables import EventRow, FailureRow, ReportRow, StatementRow
from kawat.store.write import Writer


class Store:
    """Reports and their records in one SQLite file. Nothing is opened before it is needed; the file is made by the first that is added.
    Days are ISO days, ids are those of records (`CHN`, `wang-yi`). Raises StoreError where the file is no store or cannot be read."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._writer: Writer | None = None
        self._reader: sqlite3.Connection | None = None
        self._visits: sqlite3.Connection | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Asking again opens it again."""
        with told(self.path):
            for db in (self._reader, self._visits, self._writer.db if self._writer else None):
                if db:
                    db.close()
        self._reader = self._visits = self._writer = None

    def db(self) -> sqlite3.Connection:
        """The connection for questions of your own; it only reads."""
        if self._reader is None:
            self._reader = read_from(self.path)
        return self._reader

    @contextlib.contextmanager
    def writing(self, make: bool = True) -> Iterator[Writer]:
        """The connection that writes, with its errors told as StoreErrors; it makes the file where there is none, if it may."""
        if not make and not self.path.exists():
            raise StoreError(f"{self.path}: no such store; kawat add makes one")
        with told(self.path):
            if self._writer is None:
                self._writer = Writer(write_to(self.path))
            yield self._writer

    def add(self, reports: Iterable[Report | SourceError], *, processes: int = 1) -> Summary:
        """Read reports and keep them; one that is there already changes nothing, and one whose text changed is a new version. What
        identifies a report is its URL, else its id. Returns how many were added, changed, unchanged, failed. Raises StoreError where the
        file cannot be written. With several processes, a script needs `if __name__ == "__main__":` around its work."""
        summary = Summary()
        with self.writing() as writer, readers(processes) as pool:
            take_in(writer, map(_found, reports), pool, summary)
        return summary

    def reports(
        self, search: str | None = None, *, since: str | None = None, until: str | None = None, language: str | None = None,
        outlet: str | None = None, limit: int | None = None,
    ) -> Rows[ReportRow]:  # fmt: skip
        """Reports, each in its newest version. `search`: words that must all be there, "a phrase", begin*, -without, either OR or; then the
        best come first. `since`, `until`: of publication. Raises ValueError for an empty search."""
        return query.reports(self.db, search, _of_report(since, until, language, outlet), limit)

    def statements(
        self, search: str | None = None, *, speaker: str | None = None, since: str | None = None, until: str | None = None,
        language: str | None = None, outlet: str | None = None, limit: int | None = None,
    ) -> Rows[StatementRow]:  # fmt: skip
        """Statements. `search` is in what was said; `since`, `until`: of publication."""
        where = _of_report(since, until, language, outlet).add("s.speaker = ?", speaker)
        return query.statements(self.db, search, where, limit)

    def events(
        self, *, actor: str | None = None, recipient: str | None = None, between: tuple[str, str] | None = None, type: str | None = None,
        status: str | None = None, since: str | None = None, until: str | None = None, language: str | None = None,
        outlet: str | None = None, limit: int | None = None,
    ) -> Rows[EventRow]:  # fmt: skip
        """Events. `actor`, `recipient`, `between` (either way): somebody, or a state with all who act for it; then the newest come first.
        `since`, `until`: when it happened. `type` is PLOVER's."""
        where = _of_report(None, None, language, outlet)
        where.add("e.type = ?", type).add("e.status = ?", status).add("e.date_start >= ?", since).add("e.date_start <= ?", until)
        pair = between or ((actor or ANYBODY, recipient or ANYBODY) if actor or recipient else None)
        return query.events(self.db, pair, between is None, where, limit)

    def failures(self) -> Rows[FailureRow]:
        """What could not be read and why, and reports that no pack reads."""
        return query.failures(self.db)

    def reading(self, report: int) -> Reading | None:
        """All that one report says, as `kawat.read` gave it. `report` is its number in the store."""
        with told(self.path):
            return load.reading(self.db(), report)

    def page(self, report: int) -> bytes | None:
        """The page of a report as it came, if it was kept (`--keep-raw`). Raises MissingPartError without zstandard."""
        with told(self.path):
            row = self.db().execute("SELECT body FROM raw WHERE report = ?", (report,)).fetchone()
        return unpacked(row[0]) if row else None

    def visited(self, url: str) -> Visit | None:
        """What is known of a URL since it was last asked for. Any thread may ask, while another writes."""
        with self._turn, told(self.path):
            if self._visits is None:
                if not self.path.is_file():
                    return None
                self._visits = read_from(self.path, shared=True)
            return load.visit(self._visits, url)


def _found(report: Report | SourceError) -> Found:
    if isinstance(report, SourceError):
        return report
    return Item(place=report.url or report.id, content=report, key=plain_url(report.url) if report.url else report.id)


def _of_report(since: str | None, until: str | None, language: str | None, outlet: str | None) -> Where:
    where = Where().add("r.published_start >= ?", since).add("r.published_start <= ?", until)
    return where.add("r.language = ?", language).add("r.outlet = ?", outlet)
