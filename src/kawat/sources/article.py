"""A page -> a report: the article's text and what the page says about itself."""

from __future__ import annotations

import functools
import re
from copy import deepcopy
from typing import Any

from kawat.errors import SourceError
from kawat.records import Report, When
from kawat.sources.charset import decode_page
from kawat.sources.days import published_on
from kawat.sources.furnishings import furnish
from kawat.sources.item import Page
from kawat.sources.metadata import Said, metadata
from kawat.sources.tree import Element, letters, parse_page
from kawat.sources.urls import is_front

_MOST = 10_000_000  # bytes
_EARLY = 5  # lines among which a page repeats its headline
_SHORTEST = 60  # characters of an article: below that the whole page is searched again
_OLDEST = "1990-01-01"


def article(page: Page) -> Report:
    """The report of a page: its headline, then the article, a paragraph a line. What the page states about itself goes before what
    `page` brings from elsewhere. Raises SourceError where the page holds no article, or is none by its size or build."""
    if len(page.body) > _MOST:
        raise SourceError(f"has {len(page.body):,} bytes, which is no page of an article (at most {_MOST:,})")
    if page.url and is_front(page.url):
        raise SourceError("is the front page of a site, which is no report")
    root = parse_page(decode_page(page.body, page.charset))
    said = metadata(root, page.url)
    published = said.published or page.published or _guessed(root, said.url)
    title = said.title or page.title
    lines = _with_headline(_lines(_body(root, said)), title)
    host = re.sub(r"^https?://(?:www\.)?([^/:?#]+).*", r"\1", said.url, flags=re.DOTALL) if said.url else None
    return Report(
        id=page.id or said.url or "page", text="\n".join(lines), url=said.url, title=title, outlet=said.outlet or page.outlet or host,
        language=said.language or page.language, published=published, modified=said.modified, authors=said.authors, tags=said.tags,
        fetched=page.fetched,
    )  # fmt: skip


def _body(root: Element, said: Said) -> Element:
    """The article as trafilatura marks it up: p, head, item, quote, row, cell, lb."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    tree = furnish(root, said.heading)
    found = bare_extraction(tree, fast=True, include_comments=False, include_tables=True, config=_config())
    if not isinstance(found, Document) or not "".join(found.body.itertext()).strip():
        raise SourceError("no article found in the page")
    return found.body


@functools.cache
def _config() -> Any:
    """Its own settings, but a text of so few characters is one too: in Chinese that is a long paragraph."""
    from trafilatura.settings import DEFAULT_CONFIG

    config = deepcopy(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(_SHORTEST))
    return config


_LINES = frozenset(("p", "head", "item", "quote", "row", "table", "list", "div", "code", "fw", "ab"))


def _lines(body: Element) -> list[str]:
    """The text of each paragraph, heading, item of a list or row of a table."""
    from lxml import etree

    lines = [""]
    for moment, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _LINES or element.tag == "lb":
            lines.append("")
        elif element.tag == "cell" and moment == "start" and lines[-1].strip():
            lines[-1] += " | "
        lines[-1] += (element.text if moment == "start" else element.tail if element is not body else None) or ""
    whole = [" ".join(piece.split()) for line in lines for piece in line.split("\n\n")]
    return [line for line in whole if line.strip("| ")]


def _with_headline(lines: list[str], title: str | None) -> list[str]:
    """The headline is the first line, once."""
    own = letters(title or "")
    if not own or not title:
        return lines
    early = [i for i, line in enumerate(lines[:_EARLY]) if letters(line) == own]
    return [title, *(line for i, line in enumerate(lines) if i not in early)]


def _guessed(root: Element, url: str | None) -> When | None:
    """A day that the page does not state as its own: in its URL, or the one that its words give. Its basis is `resolved`."""
    import htmldate

    try:
        day = htmldate.find_date(deepcopy(root), url=url, original_date=True, extensive_search=False, min_date=_OLDEST)
        found = published_on(day) if day else None
    except (ValueError, TypeError, AttributeError):
        return None
    return When(start=found.start, end=found.end, precision=found.precision, basis="resolved") if found else None
