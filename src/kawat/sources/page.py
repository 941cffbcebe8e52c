"""An HTML page in a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kawat.errors import SourceError
from kawat.sources.item import Found, Item, Page
from kawat.sources.options import Options
from kawat.sources.text import place_key


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """The whole stream as one page. Its key is its file's, until the URL that it names comes out (`report.key_of`)."""
    most = options.limits.page
    body = stream.read(most + 1)
    if len(body) > most:
        yield SourceError(f"has more than {most:,} bytes, which is no page of an article", place)
        return
    yield Item(place=place, content=Page(body=body), key=place_key(place))
