"""What a source yields."""

from __future__ import annotations

from kawat.errors import SourceError
from kawat.records import Record, Report, When


class Visit(Record, frozen=True, kw_only=True):
    """What is known of a URL since it was last asked for. `fetched` is an ISO time, before the question; `status` is HTTP's, or 0 where
    there was no answer, and what we refuse ourselves has HTTP's number for it (403, 413, 415). `tries` counts failures in a row; with a
    good status it says that something which the URL lists is still to be fetched."""

    url: str
    fetched: str
    status: int
    etag: str | None = None
    last_modified: str | None = None
    tries: int = 0


class Page(Record, frozen=True, kw_only=True):
    """A web page as it came; `sources.article` makes a report of it, in a process of its own where there are several.

    `charset` is what the server says; `title`, `published` and `outlet` are what a feed or table says, where the page itself is silent.
    `id` is what the input calls it; without one its URL is its id, else the name of its file.
    """

    body: bytes
    id: str | None = None
    url: str | None = None
    charset: str | None = None
    fetched: str | None = None
    title: str | None = None
    published: When | None = None
    outlet: str | None = None
    language: str | None = None


class Item(Record, frozen=True, kw_only=True):
    """A report, or the page to make it from. `place` names it for people: file and line, or URL.

    `key` is what stays the same when the text changes: the URL, or file and id. Without one the text itself is the identity.
    """

    place: str
    content: Report | Page
    key: str | None = None


Found = Item | SourceError | Visit
"""What a source yields. A Visit comes behind what it brought: whoever keeps it has kept that before."""
