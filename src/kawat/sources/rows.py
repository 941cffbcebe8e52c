"""Rows of JSON Lines and tables as reports, whatever their columns are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from kawat.errors import SourceError
from kawat.records import Report, When
from kawat.sources.days import published_on
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


def mapped(row: Mapping[str, Any], fields: Mapping[str, str]) -> dict[str, Any]:
    """A row under our keys. `fields`: our key -> the input's name, with dots into nested objects ("article.body")."""
    own = {k: row[k] for k in KEYS if k in row}
    for key, name in fields.items():
        value: Any = row
        for part in [name] if name in row else name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        own[key] = value
    return own


def item_of(row: Row, place: str, number: int, unit: str = "line") -> Item | SourceError:
    """A row as an item. `number` is its place in the input, counted from 1."""
    where = f"{place}, {unit} {number}"
    days: dict[str, When | None] = {}
    for column, value in (("published", row.published), ("modified", row.modified)):
        try:
            days[column] = published_on(str(value)) if value not in (None, "") else None
        except ValueError:
            return SourceError(f"{value!r} is not an ISO date such as 2024-11-13", f"{where}, key {column}")
    url = plain_url(row.url) if row.url else None
    file = place_key(place)
    key = url or (f"{file}#{row.id}" if file and row.id is not None else None)
    ident = str(row.id) if row.id is not None else f"{place}:{number}"
    if row.text is not None:
        report = Report(
            id=ident, text=row.text, url=row.url, outlet=row.outlet, language=row.language, title=row.title, fetched=row.fetched,
            authors=_names(row.authors), tags=_names(row.tags), published=days["published"], modified=days["modified"],
        )  # fmt: skip
        return Item(place=where, content=report, key=key)
    if row.html is not None:
        page = Page(
            body=row.html.encode("utf-8", "replace"), charset="utf-8", id=ident, url=row.url, outlet=row.outlet, language=row.language,
            title=row.title, fetched=row.fetched, published=days["published"],
        )  # fmt: skip
        return Item(place=where, content=page, key=key)
    return SourceError("no text: the row has neither `text` nor `html`; if it is called otherwise, say --map text=NAME", where)


def _names(value: str | list[str] | None) -> tuple[str, ...]:
    """A list, or words between semicolons."""
    words = value.split(";") if isinstance(value, str) else value or []
    return tuple(w.strip() for w in words if w.strip())
