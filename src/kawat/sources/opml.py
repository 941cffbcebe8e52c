"""OPML: the feeds that a feed reader's outline lists."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kawat.errors import SourceError
from kawat.sources.item import Found
from kawat.sources.links import Link
from kawat.sources.markup import local, tree
from kawat.sources.options import Options
from kawat.sources.pool import spread
from kawat.sources.whole import whole

_PLACES = ("xmlUrl", "xmlurl", "url")  # in this order; `url` is that of outlines which include others


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """What the outlines lead to, however deep they stand in one another, in their order."""
    try:
        links = _links(whole(stream, options.limits.feed, "list of feeds"))
    except ValueError as e:
        yield SourceError(str(e), place)
        return
    if not links:
        yield SourceError("lists no feeds: no outline has an xmlUrl", place)
    yield from spread(links, place, options)


def _links(raw: bytes) -> list[Link]:
    links: list[Link] = []
    for element in tree(raw).iter():
        if local(element) == "outline":
            url = next((element.get(p).strip() for p in _PLACES if element.get(p)), "")
            links += [Link(url)] if url else []
    return links
