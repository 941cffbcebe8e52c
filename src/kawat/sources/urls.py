"""URLs: their plain form, and lists of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from kawat.errors import SourceError
from kawat.sources.item import Found
from kawat.sources.options import Options

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


def read_url(url: str, options: Options, form: str | None) -> Iterator[Found]:  # noqa: ARG001
    """What stands at a URL."""
    yield SourceError("reading from the web is not built yet", url)
