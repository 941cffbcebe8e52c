"""Sitemaps: the pages that they list, and sitemaps of sitemaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, BinaryIO

from kawat.errors import SourceError
from kawat.records import When
from kawat.sources.days import published_on
from kawat.sources.item import Found
from kawat.sources.links import DEEPEST, PAGE, Link, follow
from kawat.sources.markup import local, walk
from kawat.sources.options import Options

_INDEX = "sitemap"  # the form that links of a sitemap of sitemaps must have
_OWN = ("loc", "lastmod")
_NEWS = ("publication_date", "title", "name", "language")


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """The pages of a sitemap, in its order; of a sitemap index, those of the sitemaps in it."""
    most = options.limits.feed
    raw = stream.read(most + 1)
    if len(raw) > most:
        yield SourceError(f"has more than {most:,} bytes, which is no sitemap", place)
        return
    pages, maps, fault = _links(raw, options.limits.links)
    if fault:
        yield SourceError(fault, place)
    yield from follow(pages, place, options, PAGE)
    if maps and options.depth >= DEEPEST:
        yield SourceError(f"its sitemaps stand more than {DEEPEST} deep, and are not followed", place)
    elif maps:
        yield from follow(maps, place, options, _INDEX)


@dataclass(slots=True)
class _Row:
    """What stands in one <url> or <sitemap>."""

    held: dict[str, str] = field(default_factory=dict)

    def link(self) -> Link | None:
        get = self.held.get
        if not get("loc"):
            return None
        day = get("publication_date")
        return Link(get("loc", ""), get("title"), _published(day), _moment(get("lastmod") or day), get("name"), get("language"))


def _links(raw: bytes, most: int) -> tuple[list[Link], list[Link], str]:
    """Pages, sitemaps, and what is wrong with the rest. One link more than `most` shows that there are too many."""
    pages: list[Link] = []
    maps: list[Link] = []
    row = _Row()
    try:
        for element in walk(raw):
            name = local(element)
            if name in ("url", "sitemap"):
                link = row.link()
                if link:
                    (pages if name == "url" else maps).append(link)
                row = _Row()
                _forget(element)
                if len(pages) > most or len(maps) > most:
                    break
            elif _tells(element, name):
                row.held.setdefault(name, element.text.strip())
    except ValueError as e:
        return pages, maps, f"{e}" + ("; what stood before is taken in" if pages or maps else "")
    return pages, maps, "" if pages or maps else "lists nothing"


def _tells(element: Any, name: str) -> bool:
    """Whether it says something of the page itself, not of its pictures and films."""
    if not element.text:
        return False
    if name in _OWN:
        return local(element.getparent()) in ("url", "sitemap")
    return name in _NEWS and "sitemap-news" in (element.tag.rpartition("}")[0])


def _forget(element: Any) -> None:
    """Frees what was read, so that a long sitemap needs little memory."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _published(day: str | None) -> When | None:
    try:
        return published_on(day) if day else None
    except ValueError:
        return None


def _moment(written: str | None) -> datetime | None:
    """A W3C time; a day alone counts from its beginning, in UTC."""
    try:
        moment = datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None
