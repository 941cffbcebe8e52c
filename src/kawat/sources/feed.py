"""RSS and Atom feeds: the pages that their entries link to."""

from __future__ import annotations

import calendar
import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, BinaryIO

from lxml import etree

from kawat.errors import SourceError
from kawat.records import When
from kawat.sources.days import published_on
from kawat.sources.item import Found
from kawat.sources.links import PAGE, Link, kept
from kawat.sources.markup import tree
from kawat.sources.options import Options
from kawat.sources.pool import spread
from kawat.sources.text import place_key
from kawat.sources.whole import whole

_FULL = 600  # bytes of text, without tags, from which content may be a whole report: some 600 Latin or 200 Chinese letters
_ATTRIBUTES = 100  # of one element
_ELEMENTS = 300_000
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_BLANKS = re.compile(r"\s+")
_CUT = ("…", "...", "&hellip;", "&#8230;")


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """The pages of a feed's entries, in its order."""
    try:
        feed = parsed(whole(stream, options.limits.feed, "feed"))
    except ValueError as e:
        yield SourceError(str(e), place)
        return
    links: list[Link] = []
    file = place_key(place)
    for number, entry in enumerate(feed.entries, 1):
        link = _link(entry, feed.feed)
        if link.url:
            links.append(link)
        elif link.body:
            yield kept(link, f"{place}, entry {number}", f"{file}#{entry.id}" if file and entry.get("id") else None)
        else:
            yield SourceError("has neither a link nor its text in full", f"{place}, entry {number}")
    yield from spread(links, place, options, PAGE)


def parsed(raw: bytes) -> Any:
    """feedparser's result. It gets well-formed XML only, with few attributes and little that is escaped: its way through anything else
    takes time with the square of the size. Raises ValueError."""
    import feedparser

    root = tree(raw)
    for number, element in enumerate(root.iter()):
        if number > _ELEMENTS:
            raise ValueError(f"has more than {_ELEMENTS:,} elements, so it is no feed")
        if len(element.attrib) > _ATTRIBUTES:
            raise ValueError(f"has an element with {len(element.attrib):,} attributes, so it is no feed")
        text = element.text if not len(element) else None
        if text and isinstance(element.tag, str) and ("<" in text or "&" in text) and "]]>" not in text:
            element.text = etree.CDATA(text)
    feed = feedparser.parse(BytesIO(etree.tostring(root, encoding="utf-8")), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        raise ValueError("is no feed that can be read")
    return feed


def _link(entry: Any, feed: Any) -> Link:
    source = entry.get("source") or {}
    return Link(
        url=entry.get("feedburner_origlink") or entry.get("link") or "",
        title=_text(entry.get("title")),
        published=_published(entry),
        updated=_moment(_given(entry, "updated_parsed") or _given(entry, "published_parsed")),
        outlet=_text(source.get("title")) or _text(feed.get("title")),
        language=_language(entry, feed),
        body=_body(entry),
    )


def _text(markup: str | None) -> str | None:
    """A title without tags, in one line."""
    return _BLANKS.sub(" ", html.unescape(_TAGS.sub("", markup or ""))).strip() or None


def _published(entry: Any) -> When | None:
    """The day as it is written there, for feedparser turns it to that of Greenwich."""
    for key in ("published", "updated"):
        try:
            return published_on(str(_given(entry, key) or ""))
        except ValueError:
            if moment := _moment(_given(entry, f"{key}_parsed")):
                return published_on(moment.date().isoformat())
    return None


def _given(entry: Any, key: str) -> Any:
    """feedparser's `get` takes the day of publication for that of change, and warns that it will not for ever."""
    if key not in entry:
        return None
    return entry[key]


def _moment(parsed_time: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed_time), UTC) if parsed_time else None
    except (ValueError, OverflowError, OSError):
        return None


def _language(entry: Any, feed: Any) -> str | None:
    written = entry.get("language") or feed.get("language") or ""
    code = re.split(r"[-_]", written.strip().lower())[0]
    return code if re.fullmatch(r"[a-z]{2,3}", code) else None


def _body(entry: Any) -> str | None:
    """The entry's content, if it is the whole report: in the element that is meant for that, long, and not cut off with dots."""
    for content in entry.get("content") or ():
        markup = str(content.get("value") or "")
        text = _text(markup) or ""
        if len(text.encode("utf-8", "replace")) >= _FULL and not text.rstrip("] ").endswith(_CUT):
            return markup
    return None
