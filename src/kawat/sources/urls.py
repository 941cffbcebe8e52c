"""URLs: their plain form, and lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import urlsplit, urlunsplit

from kawat.errors import SourceError
from kawat.sources.item import Found
from kawat.sources.options import Options
from kawat.sources.whole import whole

_NO_URL = re.compile(r"[\s<>\x00-\x1f]")
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|yclid|mc_[ce]id|igshid)(=|$)")


def plain_url(url: str) -> str:
    """A URL without fragment and tracking, host in lower case: the same page has the same one. What is no URL stays as it is."""
    try:
        parts = urlsplit(url.strip())
        host = parts.netloc.lower()
    except ValueError:
        return url
    if not host:
        return url
    query = "&".join(p for p in parts.query.split("&") if not _TRACKING.match(p))
    return urlunsplit((parts.scheme.lower(), host, parts.path or "/", query, ""))


def is_front(url: str) -> bool:
    """Whether a URL is that of a site's front page."""
    parts = urlsplit(url)
    return not parts.path.strip("/") and not parts.query


def read_url(url: str, options: Options, form: str | None) -> Iterator[Found]:
    """What stands at a URL, and the Visit behind it. `form`: the name of a source, where it is not to be told by content."""
    from kawat.sources.links import Link, ask

    yield from ask(Link(url), options, form, named=True)


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """What the URLs of a list lead to: one a line, # begins a comment. A line without a scheme is a file beside the list."""
    from kawat.sources.links import Link
    from kawat.sources.pool import spread

    try:
        raw = whole(stream, options.limits.feed, "list of URLs")
    except ValueError as e:
        yield SourceError(str(e), place)
        return
    links: list[Link] = []
    for number, line in enumerate(raw.decode("utf-8-sig", "replace").splitlines(), 1):
        url = line.strip()
        if not url or url.startswith("#"):
            continue
        if _NO_URL.search(url):
            yield SourceError(f"is no URL: {url[:80]!r}", f"{place}, line {number}")
        else:
            links.append(Link(url))
    yield from spread(links, place, options)
