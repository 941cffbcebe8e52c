"""A store as users have it: one file, many questions."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

from kawat import packs
from kawat.errors import SourceError, StoreError
from kawat.records import Reading, Report
from kawat.slugs import slug
from kawat.sources.days import published_on
from kawat.sources.item import Found, Item, Visit
from kawat.sources.report import Reports
from kawat.sources.urls import plain_url
from kawat.store import load, query
from kawat.store.connect import read_from, told, write_to
from kawat.store.index import refold
from kawat.store.intake import Summary, readers, take_in
from kawat.store.prepare import unpacked
from kawat.store.query import Asked, Days, Rows, Where
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
        self._asked = Asked(self.db, self.path)

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
                refold(self._writer.db)
            yield self._writer

    def add(self, reports: str | os.PathLike[str] | Iterable[Report | SourceError], *, processes: int = 1) -> Summary:
        """Read reports and keep them; one that is there already changes nothing, and one whose text changed is a new version.

        `reports`: the name of a file, folder or URL, what `kawat.reports` gives, or Reports of your own, which are identified by their URL,
        else by their id. Returns how many were added, changed, unchanged, failed. Raises StoreError where the file cannot be written. With
        several processes, a script needs `if __name__ == "__main__":` around its work.
        """
        if isinstance(reports, (str, os.PathLike)):
            reports = Reports(os.fspath(reports))
        found = reports.found() if isinstance(reports, Reports) else map(_found, reports)
        summary = Summary()
        with self.writing() as writer, readers(processes) as pool:
            take_in(writer, found, pool, summary)
        return summary

    def reports(
        self, search: str | None = None, *, since: str | None = None, until: str | None = None, language: str | None = None,
        outlet: str | None = None, limit: int | None = None,
    ) -> Rows[ReportRow]:  # fmt: skip
        """Reports, each in its newest version. `search`: words that must all be there, "a phrase", begin*, -without, one OR other; then the
        best come first. `since`, `until`: of publication, an ISO day, month or year. Raises ValueError for an empty search or no day."""
        return query.reports(self._asked, search, _of_report(_days(since, until), language, outlet), limit)

    def statements(
        self, search: str | None = None, *, speaker: str | None = None, since: str | None = None, until: str | None = None,
        language: str | None = None, outlet: str | None = None, limit: int | None = None,
    ) -> Rows[StatementRow]:  # fmt: skip
        """Statements. `search` is in what was said; `speaker` is an id or name; `since`, `until`: of publication."""
        where = _of_report(_days(since, until), language, outlet).add("s.speaker = ?", actor_of(speaker))
        return query.statements(self._asked, search, where, limit)

    def events(
        self, *, actor: str | None = None, recipient: str | None = None, between: tuple[str, str] | None = None, type: str | None = None,
        status: str | None = None, since: str | None = None, until: str | None = None, language: str | None = None,
        outlet: str | None = None, limit: int | None = None,
    ) -> Rows[EventRow]:  # fmt: skip
        """Events. `actor`, `recipient`, `between` (either way): ids or names of somebody, or of a state, which stands for all who act
        for it; then the newest come first. `since`, `until`: when it happened, an ISO day, month or year. `type` is PLOVER's.
        Raises ValueError for a day or type that is none."""
        where = _of_report(Days(), language, outlet).add("e.type = ?", _type(type)).add("e.status = ?", status)
        if between is not None:
            one, other = between if not isinstance(between, str) else (between, "")
            pair: tuple[str, str] | None = (actor_of(one) or ANYBODY, actor_of(other) or ANYBODY)
        else:
            pair = (actor_of(actor) or ANYBODY, actor_of(recipient) or ANYBODY) if actor or recipient else None
        return query.events(self._asked, pair, between is None, _days(since, until), where, limit)

    def names(self, actor: str) -> bool:
        """Whether any report names an actor (an id or name) or somebody who belongs to that state."""
        with told(self.path):
            sql = "SELECT 1 FROM pairs WHERE actor = '' AND other = ?1 UNION ALL SELECT 1 FROM actors WHERE actor = ?1 LIMIT 1"
            return self.db().execute(sql, (actor_of(actor),)).fetchone() is not None

    def failures(self) -> Rows[FailureRow]:
        """What could not be read and why, and reports that no pack reads."""
        return query.failures(self._asked)

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
        with self._shared() as db:
            return load.visit(db, url) if db else None

    def holds(self, url: str) -> bool:
        """Whether there is a report of a URL. Any thread may ask, while another writes."""
        with self._shared() as db:
            return db is not None and db.execute("SELECT 1 FROM reports WHERE key = ?", (url,)).fetchone() is not None

    @contextlib.contextmanager
    def _shared(self) -> Iterator[sqlite3.Connection | None]:
        """A connection that threads use in turn; None where there is no file yet."""
        with self._turn, told(self.path):
            if self._visits is None and self.path.is_file():
                self._visits = read_from(self.path, shared=True)
            yield self._visits


def _found(report: Report | SourceError) -> Found:
    if isinstance(report, SourceError):
        return report
    return Item(place=report.url or report.id, content=report, key=plain_url(report.url) if report.url else report.id)


def _of_report(days: Days, language: str | None, outlet: str | None) -> Where:
    where = Where().add("r.published_start >= ?", days.since).add("r.published_start <= ?", days.until)
    return where.add("r.language = ?", language).add("r.outlet = ?", outlet)


def _days(since: str | None, until: str | None) -> Days:
    """The first day of the one and the last of the other. Raises ValueError for what is no ISO day, month or year."""
    found = []
    for name, written in (("since", since), ("until", until)):
        try:
            found.append(published_on(written) if written else None)
        except ValueError as e:
            raise ValueError(f"{name}: {written!r} is no day such as 2024-11-13, month such as 2024-11 or year") from e
    return Days(found[0].start if found[0] else None, found[1].end if found[1] else None)


def _type(name: str | None) -> str | None:
    """A PLOVER type. Raises ValueError for what is none."""
    if name is not None and name.upper() not in packs.world().types:
        raise ValueError(f"{name!r} is no PLOVER type; there are: {', '.join(sorted(packs.world().types))}")
    return name.upper() if name else None


def actor_of(words: str | None) -> str | None:
    """The id of whom the user means: an id, whatever its case, the usual English name of a state, or else the name as a slug."""
    if not words:
        return None
    wanted = slug(words).replace("-", "")
    states = packs.world().states
    return next((s.actor or s.id for s in states if wanted in (s.id.lower(), slug(s.name).replace("-", ""))), None) or slug(words)
