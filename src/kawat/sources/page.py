"""An HTML page in a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kawat.errors import SourceError
from kawat.sources.item import Found, Item, Page
from kawat.sources.options import Options
from kawat.sources.text import place_key
from kawat.sources.whole import whole


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """The whole stream as one page. Its key is its file's, until the URL that it names comes out (`report.key_of`)."""
    try:
        body = whole(stream, options.limits.page, "page of an article")
    except ValueError as e:
        yield SourceError(str(e), place)
    else:
        yield Item(place=place, content=Page(body=body), key=place_key(place))
