"""Writing into a store: one report, one transaction."""

from __future__ import annotations

import functools
import itertools
import sqlite3
from collections import defaultdict
from typing import Any, Literal, NamedTuple

from kawat.errors import SourceError
from kawat.sources.days import moment_of, now
from kawat.sources.item import Visit
from kawat.store.connect import transaction
from kawat.store.index import drop_quotes, put_quotes, put_text
from kawat.store.rows import ANYBODY, COLUMNS, MOST, NUMBERED, REPORT, WITHOUT_REPORT, Row, Rows

Outcome = Literal["added", "changed", "unchanged"]


class Prepared(NamedTuple):
    """A report that was read, ready to be written. `key`: what stays the same when its text changes; `seen`: digest of the input that it
    was made from; `raw`: charset and zstd-packed body of its page, where that is to be kept."""

    key: str
    digest: bytes
    seen: bytes
    place: str
    rows: Rows
    raw: tuple[str | None, bytes] | None = None


def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{c}"' for c in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


_KEPT = ("report", "key", "version", "latest", "digest", "added", "place", *REPORT)
_INSERT_REPORT = _insert("reports", _KEPT)
_INSERTS = {name: _insert(name, (*(() if name in WITHOUT_REPORT else ("report",)), *columns)) for name, columns in COLUMNS.items()}
_FOUND = 200
_SAID = ("title", "outlet", "given_language", "published_start", "published_end", "published_precision", "published_basis")


class Writer:
    """Puts reports into a store. Every method is one transaction, whole or not at all; sqlite3's errors come through."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def knows(self, seen: bytes, fetched: str | None) -> bool:
        """Whether an input was taken in before, just as it is now. One that was replaced since and is `fetched` anew is looked at again."""
        row = self.db.execute("SELECT latest FROM seen JOIN reports USING (report) WHERE seen.digest = ?", (seen,)).fetchone()
        return row is not None and (row[0] == 1 or fetched is None)

    def put(self, report: Prepared) -> Outcome:
        """Write a report, unless it is there already; a text that changed is a new version, and the old one stays."""
        with transaction(self.db):
            return self._put(report)

    def _put(self, report: Prepared) -> Outcome:
        new = dict(zip(REPORT, report.rows.report, strict=True))
        known = self._known(report, new)
        if known:
            self.db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (report.seen, known["report"]))
            if report.raw:
                self.db.execute("INSERT OR IGNORE INTO raw VALUES (?, ?, ?)", (known["report"], *report.raw))
            return "unchanged" if known["latest"] or not self._again(known, new) else "changed"
        before = self._newest(report.key)
        number = self.db.execute("SELECT coalesce(max(report), 0) + 1 FROM reports").fetchone()[0]
        older = bool(before and _later(before["fetched"], new["fetched"]))
        if before and not older:
            self.db.execute("UPDATE reports SET latest = 0 WHERE key = ?", (report.key,))
        version = self.db.execute("SELECT coalesce(max(version), 0) + 1 FROM reports WHERE key = ?", (report.key,)).fetchone()[0]
        head = (number, report.key, version, 0 if older else 1, report.digest, now(), printable(report.place))
        self.db.execute(_INSERT_REPORT, (*head, *report.rows.report))
        self.db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (report.seen, number))
        put_text(self.db, number, report.rows.text)
        if report.raw:
            self.db.execute("INSERT INTO raw VALUES (?, ?, ?)", (number, *report.raw))
        self._put_records(number, report.rows)
        return "changed" if before else "added"

    def _known(self, report: Prepared, new: dict[str, Any]) -> dict[str, Any] | None:
        """The row of the same report: all that a reading depends on is equal, or this copy says less about the same text."""
        same = _row(self.db, "SELECT * FROM reports WHERE digest = ? ORDER BY latest DESC LIMIT 1", report.digest)
        if same:
            return same
        before = self._newest(report.key)
        less = before and before["text"] == new["text"] and all(new[x] is None or new[x] == before[x] for x in _SAID)
        return before if less else None

    def _newest(self, key: str) -> dict[str, Any] | None:
        return _row(self.db, "SELECT * FROM reports WHERE key = ? ORDER BY latest DESC, version DESC LIMIT 1", key)

    def _again(self, known: dict[str, Any], new: dict[str, Any]) -> bool:
        """An earlier version that was fetched again after the newest one is the newest again."""
        newest = self._newest(known["key"])
        if not newest or not _later(new["fetched"], newest["fetched"]):
            return False
        self.db.execute("UPDATE reports SET latest = 0 WHERE key = ?", (known["key"],))
        self.db.execute("UPDATE reports SET latest = 1, fetched = ? WHERE report = ?", (new["fetched"], known["report"]))
        return True

    def _put_records(self, number: int, rows: Rows) -> None:
        base = number * MOST
        for name, found in rows.tables.items():
            if not found:
                continue
            if name in WITHOUT_REPORT:
                table: list[Row] = [(base + row[0], *row[1:]) for row in found]
            elif name in NUMBERED:
                table = [(number, base + row[0], *row[1:]) for row in found]
            else:
                table = [(number, *row) for row in found]
            self.db.executemany(_INSERTS[name], table)
        put_quotes(self.db, base, rows.quotes)

    def replace(self, number: int, rows: Rows) -> None:
        """Put other records in the place of those that a report has; its text stays."""
        with transaction(self.db):
            self._drop_records(number)
            sets = ", ".join(f'"{c}" = ?' for c in REPORT if c != "text")
            values = [value for column, value in zip(REPORT, rows.report, strict=True) if column != "text"]
            self.db.execute(f"UPDATE reports SET {sets} WHERE report = ?", (*values, number))
            self._put_records(number, rows)

    def _drop_records(self, number: int) -> None:
        drop_quotes(self.db, number)
        self._drop_pairs(number)
        self.db.execute("DELETE FROM parties WHERE event IN (SELECT event FROM events WHERE report = ?)", (number,))
        for name in COLUMNS:
            if name not in WITHOUT_REPORT:
                self.db.execute(f"DELETE FROM {name} WHERE report = ?", (number,))

    def _drop_pairs(self, number: int) -> None:
        """Key by key, for `pairs` has no index by event: all that the parties of an event and their states can make."""
        parties: dict[tuple[int, str], set[str]] = defaultdict(lambda: {ANYBODY})
        of_events = (
            "SELECT e.event, coalesce(e.date_start, ''), p.actor, a.country FROM events e JOIN parties p USING (event)"
            " LEFT JOIN actors a ON a.report = e.report AND a.actor = p.actor WHERE e.report = ?"
        )
        for event, day, actor, country in self.db.execute(of_events, (number,)):
            parties[event, day] |= {actor, country} - {None}
        keys = [(a, b, day, event) for (event, day), names in parties.items() for a, b in itertools.product(names, names)]
        self.db.executemany("DELETE FROM pairs WHERE actor = ? AND other = ? AND date = ? AND event = ?", keys)

    def failed(self, error: SourceError) -> None:
        """Keep what could not be read and why, until it can."""
        moment = now()
        self.failing.add(printable(error.place))
        self.db.execute(
            "INSERT INTO failures VALUES (?, ?, ?, ?, 1) ON CONFLICT (place) DO UPDATE SET reason = excluded.reason, last = excluded.last,"
            " times = times + 1",
            (printable(error.place), printable(error.reason), moment, moment),
        )

    def succeeded(self, place: str) -> None:
        """What stands at a place could be read, and so could the file that it stands in."""
        for name in {printable(place), printable(place).rpartition(", ")[0]} & self.failing:
            self.failing.discard(name)
            self.db.execute("DELETE FROM failures WHERE place = ?", (name,))

    def forget_failures(self) -> int:
        """Take all failures off the list; how many there were."""
        self.failing.clear()
        return self.db.execute("DELETE FROM failures").rowcount

    @functools.cached_property
    def failing(self) -> set[str]:
        """Places of failures that are on the list."""
        return {row[0] for row in self.db.execute("SELECT place FROM failures")}

    def visited(self, visit: Visit, failed: bool = False) -> None:
        """Keep what is known of a URL; `failed`: it came, but could not be read, and is to be asked for again."""
        if failed:
            before = self.db.execute("SELECT tries FROM visits WHERE url = ?", (visit.url,)).fetchone()
            visit = Visit(url=visit.url, fetched=visit.fetched, status=0, tries=1 + (before[0] if before else 0))
        row = (visit.url, visit.fetched, visit.status, visit.etag, visit.last_modified, visit.tries)
        self.db.execute("INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?, ?)", row)
        if visit.status == _FOUND and visit.url in self.failing:
            gone = "DELETE FROM failures WHERE place = ? AND substr(last, 1, 19) < substr(?, 1, 19)"
            if self.db.execute(gone, (visit.url, visit.fetched)).rowcount:
                self.failing.discard(visit.url)


def _row(db: sqlite3.Connection, query: str, *values: object) -> dict[str, Any] | None:
    cursor = db.execute(query, values)
    row = cursor.fetchone()
    return dict(zip((column[0] for column in cursor.description), row, strict=True)) if row else None


def _later(one: str | None, other: str | None) -> bool:
    """Whether one time is after another, as far as both are times."""
    first, second = moment_of(one), moment_of(other)
    return first is not None and second is not None and first > second


def printable(text: str) -> str:
    """Names of files may hold what is no character."""
    return text.encode("utf-8", "backslashreplace").decode()
