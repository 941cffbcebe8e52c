"""Sitemaps: the pages that they list, and sitemaps of sitemaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from kawat.errors import SourceError
from kawat.records import When
from kawat.sources.days import moment_of, published_on
from kawat.sources.item import Found
from kawat.sources.links import DEEPEST, PAGE, Link, follow
from kawat.sources.markup import local, tree
from kawat.sources.options import Options
from kawat.sources.whole import whole

_INDEX = "sitemap"  # the form that links of a sitemap of sitemaps must have
_ROWS = ("url", "sitemap")
_OWN = ("loc", "lastmod")
_NEWS = ("publication_date", "title", "name", "language")


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """The pages of a sitemap, in its order; of a sitemap index, those of the sitemaps in it."""
    try:
        pages, maps = _links(whole(stream, options.limits.feed, "sitemap"), options.limits.links)
    except ValueError as e:
        yield SourceError(str(e), place)
        return
    yield from follow(pages, place, options, PAGE)
    if maps and options.depth >= DEEPEST:
        yield SourceError(f"its sitemaps stand more than {DEEPEST} deep, and are not followed", place)
    elif maps:
        yield from follow(maps, place, options, _INDEX)


def _links(raw: bytes, most: int) -> tuple[list[Link], list[Link]]:
    """Pages and sitemaps, one more than `most` together: that shows that there are too many. Raises ValueError."""
    rows: list[tuple[str, dict[str, str]]] = []
    for element in tree(raw).iter():
        name = local(element)
        if name in _ROWS:
            rows.append((name, {}))
            if len(rows) > most + 1:
                break
        elif rows and _tells(element, name):
            rows[-1][1].setdefault(name, element.text.strip())
    found = {name: [_link(held) for row, held in rows if row == name and held.get("loc")] for name in _ROWS}
    if not any(found.values()):
        raise ValueError("lists nothing")
    return found["url"], found["sitemap"]


def _link(held: dict[str, str]) -> Link:
    day = held.get("publication_date")
    moment = moment_of(held.get("lastmod") or day)
    return Link(held["loc"], held.get("title"), _published(day), moment, held.get("name"), held.get("language"))


def _tells(element: Any, name: str) -> bool:
    """Whether it says something of the page itself, not of its pictures and films."""
    if not element.text:
        return False
    if name in _OWN:
        return local(element.getparent()) in _ROWS
    return name in _NEWS and "sitemap-news" in (element.tag.rpartition("}")[0])


def _published(day: str | None) -> When | None:
    try:
        return published_on(day) if day else None
    except ValueError:
        return None
