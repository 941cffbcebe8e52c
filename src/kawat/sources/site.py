"""The front page of a site: the feed that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kawat.errors import SourceError
from kawat.sources.charset import decode_page
from kawat.sources.item import Found
from kawat.sources.links import Link, lead
from kawat.sources.options import Options
from kawat.sources.tree import Element, parse_page
from kawat.sources.whole import whole

_FEEDS = ("application/rss+xml", "application/atom+xml")


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """What the first feed leads to that the page names; sites put that of comments behind it."""
    try:
        url = _feed(parse_page(decode_page(whole(stream, options.limits.page, "front page of a site"))))
    except SourceError as e:
        yield SourceError(e.reason, place)
        return
    except ValueError as e:
        yield SourceError(str(e), place)
        return
    if url is None:
        yield SourceError("names no feed: name its feed, its sitemap or single pages", place)
    else:
        yield from lead(Link(url), place, options, "feed")


def _feed(root: Element) -> str | None:
    for link in root.iter("link"):
        kinds, url = (link.get("rel") or "").lower().split(), (link.get("href") or "").strip()
        if url and "alternate" in kinds and (link.get("type") or "").strip().lower() in _FEEDS:
            return url
    return None
