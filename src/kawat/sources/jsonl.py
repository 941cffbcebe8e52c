"""JSON Lines: one report a line."""

from __future__ import annotations

import calendar
import codecs
import re
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from kawat.errors import SourceError
from kawat.records import Pair, Precision, Report, When


class Row(msgspec.Struct):
    """A line's keys; others are ignored. `published` is an ISO day or time."""

    text: str
    id: str | int | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    title: str | None = None
    published: str | int | None = None
    fetched: str | None = None


_DAY = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d))?)?(?:[T ].*)?")


def published_on(day: str) -> When:
    """An ISO day, month or year (of a time the day is kept) as a date of publication. Raises ValueError."""
    found = _DAY.fullmatch(day.strip())
    if not found:
        raise ValueError(day)
    year, month, number = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if number:
        return _published(date(year, month, number), date(year, month, number), "day")
    if month:
        return _published(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month")
    return _published(date(year, 1, 1), date(year, 12, 31), "year")


def _published(start: date, end: date, precision: Precision) -> When:
    return When(start=start.isoformat(), end=end.isoformat(), precision=precision, basis="stated")


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[Report | SourceError]:
    """Reports of a JSONL file. A faulty line comes out as a SourceError that names file and line; the rest goes on."""
    for number, raw in enumerate(lines, 1):
        raw = raw.removeprefix(codecs.BOM_UTF8)
        if raw.strip():
            yield _row(raw, name, number)


def read_pairs(lines: Iterable[bytes], name: str) -> Iterator[Pair | SourceError]:
    """Pairs of a JSONL file, with their faulty lines as SourceErrors."""
    for number, raw in enumerate(lines, 1):
        raw = raw.removeprefix(codecs.BOM_UTF8)
        if raw.strip():
            yield _pair(raw, f"{name}, line {number}")


def _pair(raw: bytes, where: str) -> Pair | SourceError:
    try:
        pair = msgspec.json.decode(raw, type=Pair)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as e:
        return SourceError(f"{where}: not a pair: {e}")
    for key, span in (("actor", pair.actor), ("recipient", pair.recipient)):
        if span and not 0 <= span.start < span.end <= len(pair.text):
            return SourceError(f"{where}, key {key}: {list(span)} is no span of the text, which has {len(pair.text)} characters")
    return pair


def _row(raw: bytes, name: str, number: int) -> Report | SourceError:
    where = f"{name}, line {number}"
    try:
        row = msgspec.json.decode(raw, type=Row)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as e:
        return SourceError(f"{where}: not a report: {e}")
    try:
        when = published_on(str(row.published)) if row.published else None
    except ValueError:
        return SourceError(f"{where}, key published: {row.published!r} is not an ISO date such as 2024-11-13")
    ident = str(row.id) if row.id is not None else f"{name}:{number}"
    return Report(id=ident, text=row.text, url=row.url, outlet=row.outlet, language=row.language, title=row.title,
                  published=when, fetched=row.fetched)  # fmt: skip
