"""JSON Lines: one report a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from kawat.errors import SourceError
from kawat.records import Report, When


class Row(msgspec.Struct):
    """A line's keys; others are ignored. `published` is an ISO day or time."""

    text: str
    id: str | int | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    title: str | None = None
    published: str | None = None
    fetched: str | None = None


def published_on(day: str) -> When:
    """An ISO day (or time, of which the day is kept) as a date of publication. Raises ValueError."""
    found = date.fromisoformat(day.strip()[:10])
    return When(start=found.isoformat(), end=found.isoformat(), precision="day", basis="stated")


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[Report | SourceError]:
    """Reports of a JSONL file. A faulty line comes out as a SourceError that names file and line; the rest goes on."""
    for number, raw in enumerate(lines, 1):
        if raw.strip():
            yield _row(raw, name, number)


def _row(raw: bytes, name: str, number: int) -> Report | SourceError:
    where = f"{name}, line {number}"
    try:
        row = msgspec.json.decode(raw, type=Row)
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        return SourceError(f"{where}: not a report: {e}")
    try:
        when = published_on(row.published) if row.published else None
    except ValueError:
        return SourceError(f"{where}, key published: {row.published!r} is not an ISO date such as 2024-11-13")
    ident = str(row.id) if row.id is not None else f"{name}:{number}"
    return Report(id=ident, text=row.text, url=row.url, outlet=row.outlet, language=row.language, title=row.title,
                  published=when, fetched=row.fetched)  # fmt: skip
