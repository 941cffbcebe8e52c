"""Writing into a store: one report, one transaction."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Literal, NamedTuple

import msgspec

from kawat.errors import SourceError
from kawat.records import Span
from kawat.sources.item import Visit
from kawat.store.rows import COLUMNS, MOST, NUMBERED, REPORT, WITHOUT_REPORT, Row, Rows, quote_of

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


def now() -> str:
    """This moment in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{c}"' for c in columns)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"


_KEPT = ("report", "key", "version", "latest", "digest", "added", "place", *REPORT)
_INSERT_REPORT = _insert("reports", _KEPT)
_INSERTS = {name: _insert(name, (*(() if name in WITHOUT_REPORT else ("report",)), *columns)) for name, columns in COLUMNS.items()}
_FOUND = 200
_INSERT_TEXT = "INSERT INTO text_index (rowid, title, text) VALUES (?, ?, ?)"
_INSERT_QUOTE = "INSERT INTO quote_index (rowid, quote) VALUES (?, ?)"


class Writer:
    """Puts reports into a store. Every method is one transaction, whole or not at all; sqlite3's errors come through."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db

    def knows(self, seen: bytes) -> bool:
        """Whether an input was taken in before, just as it is now."""
        return self.db.execute("SELECT 1 FROM seen WHERE digest = ?", (seen,)).fetchone() is not None

    def put(self, report: Prepared) -> Outcome:
        """Write a report, unless it is there already; a text that changed is a new version, and the old one stays."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            outcome = self._put(report)
            self.db.execute("DELETE FROM failures WHERE place = ?", (report.place,))
            self.db.execute("COMMIT")
        except BaseException:
            if self.db.in_transaction:  # a full disk ends the transaction by itself
                self.db.execute("ROLLBACK")
            raise
        return outcome

    def _put(self, report: Prepared) -> Outcome:
        known = self.db.execute(
            "SELECT report FROM reports WHERE digest = ? AND (key = ? OR id = ?)", (report.digest, report.key, report.rows.report[0])
        ).fetchone()
        if known:
            self.db.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (report.seen, known[0]))
            return "unchanged"
        before = self.db.execute(
            "SELECT report, version, fetched FROM reports WHERE key = ? ORDER BY latest DESC, version DESC", (report.key,)
        ).fetchall()
        number = self.db.execute("SELECT coalesce(max(report), 0) + 1 FROM reports").fetchone()[0]
        fetched = report.rows.report[REPORT.index("fetched")]
        older = bool(before and fetched and before[0][2] and fetched < before[0][2])
        if before and not older:
            self.db.execute("UPDATE reports SET latest = 0 WHERE report = ?", (before[0][0],))
        version = 1 + max((row[1] for row in before), default=0)
        self.db.execute(
            _INSERT_REPORT, (number, report.key, version, 0 if older else 1, report.digest, now(), report.place, *report.rows.report)
        )
        self.db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?)", (report.seen, number))
        self.db.execute(_INSERT_TEXT, (number, *report.rows.text))
        if report.raw:
            self.db.execute("INSERT INTO raw VALUES (?, ?, ?)", (number, *report.raw))
        self._put_records(number, report.rows)
        return "changed" if before else "added"

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
        self.db.executemany(_INSERT_QUOTE, [(base + k, quote) for k, quote in enumerate(rows.quotes)])

    def replace(self, number: int, rows: Rows) -> None:
        """Put other records in the place of those that a report has; its text stays."""
        self.db.execute("BEGIN IMMEDIATE")
        try:
            self._drop_records(number)
            sets = ", ".join(f'"{c}" = ?' for c in REPORT if c != "text")
            values = [value for column, value in zip(REPORT, rows.report, strict=True) if column != "text"]
            self.db.execute(f"UPDATE reports SET {sets} WHERE report = ?", (*values, number))
            self._put_records(number, rows)
            self.db.execute("COMMIT")
        except BaseException:
            if self.db.in_transaction:
                self.db.execute("ROLLBACK")
            raise

    def _drop_records(self, number: int) -> None:
        old = self.db.execute(
            "SELECT statement, content, text FROM statements JOIN reports USING (report) WHERE report = ?", (number,)
        ).fetchall()
        for statement, content, text in old:
            self.db.execute(
                "INSERT INTO quote_index (quote_index, rowid, quote) VALUES ('delete', ?, ?)",
                (statement, quote_of(text, msgspec.json.decode(content, type=list[Span]))),
            )
        for name in ("parties", "pairs"):
            self.db.execute(f"DELETE FROM {name} WHERE event IN (SELECT event FROM events WHERE report = ?)", (number,))
        for name in COLUMNS:
            if name not in WITHOUT_REPORT:
                self.db.execute(f"DELETE FROM {name} WHERE report = ?", (number,))

    def failed(self, error: SourceError) -> None:
        """Keep what could not be read and why, until it can."""
        moment = now()
        self.db.execute(
            "INSERT INTO failures VALUES (?, ?, ?, ?, 1) ON CONFLICT (place) DO UPDATE SET reason = excluded.reason, last = excluded.last,"
            " times = times + 1",
            (_printable(error.place), _printable(error.reason), moment, moment),
        )

    def visited(self, visit: Visit) -> None:
        """Keep what is known of a URL. What could not be read there before, and now can, is no failure any more."""
        row = (visit.url, visit.fetched, visit.status, visit.etag, visit.last_modified, visit.tries)
        self.db.execute("INSERT OR REPLACE INTO visits VALUES (?, ?, ?, ?, ?, ?)", row)
        if visit.status == _FOUND:
            self.db.execute("DELETE FROM failures WHERE place = ? AND substr(last, 1, 19) < substr(?, 1, 19)", (visit.url, visit.fetched))


def _printable(text: str) -> str:
    """Names of files may hold what is no character."""
    return text.encode("utf-8", "backslashreplace").decode()
