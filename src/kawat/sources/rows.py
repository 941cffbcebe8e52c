"""Rows of JSON Lines and tables as reports, whatever their columns are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from kawat.errors import SourceError
from kawat.records import Report, When
from kawat.sources.days import published_on, utc_time
from kawat.sources.item import Item, Page
from kawat.sources.text import place_key
from kawat.sources.urls import plain_url


class Row(msgspec.Struct):
    """What a row may hold; other columns are ignored. `html` is a page, where there is no `text`."""

    text: str | None = None
    html: str | None = None
    id: str | int | None = None
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    title: str | None = None
    published: str | int | float | None = None
    modified: str | int | float | None = None
    authors: str | list[str] | None = None
    tags: str | list[str] | None = None
    fetched: str | None = None


KEYS = Row.__struct_fields__
_LONG = 40  # characters of a name or value in a message
_MANY = 20  # names in a message


def mapped(row: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    """A row under our keys. `fields`: our key -> the input's name, with dots into nested objects ("article.body")."""
    own = {k: row[k] for k in KEYS if k in row}
    return own | {key: reached(row, name) for key, name in fields.items()}


def reached(row: Mapping[str, Any], name: str) -> Any:
    """What stands under a name, which may have dots into nested objects; None where nothing does."""
    value: Any = row
    for part in [name] if name in row else name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def item_of(row: Row, place: str, number: int, unit: str = "line") -> Item | SourceError:
    """A row as an item. `number` is its place in the input, counted from 1."""
    where = f"{place}, {unit} {number}"
    try:
        days = {column: _day(value, where, column) for column, value in (("published", row.published), ("modified", row.modified))}
        fetched = _time(row.fetched, where)
    except SourceError as e:
        return e
    url = plain_url(row.url) if row.url else None
    file = place_key(place)
    key = url or (f"{file}#{row.id}" if file and row.id is not None else None)
    ident = str(row.id) if row.id is not None else f"{place}:{number}"
    if row.text and not row.text.isspace():
        report = Report(
            id=ident, text=row.text, url=row.url, outlet=row.outlet, language=row.language, title=row.title, fetched=fetched,
            authors=_names(row.authors), tags=_names(row.tags), published=days["published"], modified=days["modified"],
        )  # fmt: skip
        return Item(place=where, content=report, key=key)
    if row.html and not row.html.isspace():
        page = Page(
            body=row.html.encode("utf-8", "replace"), charset="utf-8", id=ident, url=row.url, outlet=row.outlet, language=row.language,
            title=row.title, fetched=fetched, published=days["published"],
        )  # fmt: skip
        return Item(place=where, content=page, key=key)
    if row.text is None and row.html is None:
        return SourceError("no text: the row has neither `text` nor `html`; if it is called otherwise, say --map text=NAME", where)
    return SourceError(f"is empty: nothing stands under `{'html' if row.text is None else 'text'}`", where)


def shown(names: Iterable[str]) -> str:
    """Names of keys or columns for a message, of bounded length."""
    some = list(names)
    cut = [n if len(n) <= _LONG else f"{n[:_LONG]}…" for n in some[:_MANY]]
    return ", ".join(cut) + (f" and {len(some) - _MANY:,} more" if len(some) > _MANY else "")


def _day(value: str | float | None, where: str, column: str) -> When | None:
    try:
        return None if value in (None, "") else published_on(str(value))
    except ValueError as e:
        raise SourceError(f"{str(value)[:_LONG]!r} {e}", f"{where}, key {column}") from e


def _time(written: str | None, where: str) -> str | None:
    try:
        return utc_time(written) if written else None
    except ValueError as e:
        raise SourceError(f"{str(written)[:_LONG]!r} {e}", f"{where}, key fetched") from e


def _names(value: str | list[str] | None) -> tuple[str, ...]:
    """A list, or words between semicolons."""
    words = value.split(";") if isinstance(value, str) else value or []
    return tuple(w.strip() for w in words if w.strip())
