"""The full-text index of a store: words of reports and statements, folded, and those with marks as they are written too."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence

import msgspec

from kawat.records import Span
from kawat.store.connect import transaction
from kawat.store.fold import fold, version, written

Words = tuple[str, ...]
"""What the columns of the index hold for a row."""

_log = logging.getLogger(__name__)
_TEXT = "INSERT INTO text_index (rowid, title, text, written) VALUES (?, ?, ?, ?)"
_QUOTE = "INSERT INTO quote_index (rowid, quote, written) VALUES (?, ?, ?)"
_FORGET_QUOTE = "INSERT INTO quote_index (quote_index, rowid, quote, written) VALUES ('delete', ?, ?, ?)"
_QUOTES = "SELECT statement, content, text FROM statements JOIN reports USING (report)"


def text_words(title: str | None, text: str) -> Words:
    """The words of a report as the index has them."""
    return fold(title or ""), fold(text), written(f"{title or ''} {text}")


def quote_words(text: str, content: Sequence[Span]) -> Words:
    """The words of a statement as the index has them."""
    said = " … ".join(text[start:end] for start, end in content)
    return fold(said), written(said)


def put_text(db: sqlite3.Connection, report: int, words: Words) -> None:
    db.execute(_TEXT, (report, *words))


def put_quotes(db: sqlite3.Connection, first: int, quotes: Sequence[Words]) -> None:
    """Quotes of statements whose numbers begin with `first`."""
    db.executemany(_QUOTE, [(number, *words) for number, words in enumerate(quotes, first)])


def drop_quotes(db: sqlite3.Connection, report: int) -> None:
    """Take out the quotes of a report, whose statements are still there: FTS5 wants to be told what it holds."""
    held = db.execute(f"{_QUOTES} WHERE report = ?", (report,)).fetchall()
    db.executemany(_FORGET_QUOTE, [(number, *_quote(content, text)) for number, content, text in held])


def refold(db: sqlite3.Connection) -> None:
    """Make the index anew where its words were folded in another way: questions would miss them, and they could not be taken out."""
    if _as_now(db):
        return
    with transaction(db):
        if _as_now(db):  # another process was about the same
            return
        if db.execute("SELECT 1 FROM reports").fetchone():
            _log.warning(
                "The full-text index of the store is made anew, for words are folded otherwise now: 2 minutes for 100,000 reports."
            )
        for name in ("text_index", "quote_index"):
            db.execute(f"INSERT INTO {name} ({name}) VALUES ('delete-all')")
        for report, title, text in db.execute("SELECT report, title, text FROM reports"):
            put_text(db, report, text_words(title, text))
        for number, content, text in db.execute(_QUOTES):
            db.execute(_QUOTE, (number, *_quote(content, text)))
        db.execute("DELETE FROM folding")
        db.execute("INSERT INTO folding VALUES (?)", (version(),))


def _as_now(db: sqlite3.Connection) -> bool:
    return bool(db.execute("SELECT version FROM folding").fetchone() == (version(),))


def _quote(content: str, text: str) -> Words:
    return quote_words(text, msgspec.json.decode(content, type=list[Span]))
