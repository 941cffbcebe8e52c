"""Text of a page -> tree, within bounds: what no page of an article has is refused before anything slow sees it."""

from __future__ import annotations

import re
from typing import Any

from kawat.errors import SourceError

_TAGS = 30_000  # a long article has 5,000
_CHILDREN = 5_000  # right in one tag: an extractor takes time with the square of their number
_ATTRIBUTES = 2_000  # of one tag: their number costs its square
_TAG = re.compile("<[A-Za-z]")
_LONG_TAG = re.compile("<[A-Za-z][^<>]{10000,}")
_VALUE = re.compile("\"[^\"]*\"|'[^']*'")
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Element = Any
"""An lxml element; lxml has no types of its own."""


def parse_page(text: str) -> Element:
    """The root element. Raises SourceError where there is no markup, or so much that reading it would take for ever."""
    tags = len(_TAG.findall(text))
    if not tags:
        raise SourceError("no markup found: this is no HTML page")
    if tags > _TAGS:
        raise SourceError(f"has {tags:,} tags, which is no page of an article (at most {_TAGS:,})")
    for tag in _LONG_TAG.findall(text):
        if len(_VALUE.sub("", tag).split()) > _ATTRIBUTES:
            raise SourceError(f"has a tag with more than {_ATTRIBUTES:,} attributes, which is no page of an article")
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, collect_ids=False, default_doctype=False, encoding="utf-8")
    try:
        root = html.document_fromstring(_NO_CHARACTER.sub(" ", text).encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as e:
        raise SourceError(f"no page can be made of its markup: {e}") from e
    if any(e.type_name == "ERR_RESOURCE_LIMIT" for e in parser.error_log):
        raise SourceError("its tags are nested more than 255 deep, which is no page of an article")
    if any(len(e) > _CHILDREN for e in root.iter()):
        raise SourceError(f"has a tag with more than {_CHILDREN:,} others right in it, which is no page of an article")
    return root


def words_of(element: Element) -> str:
    """All text in an element as one line."""
    return " ".join("".join(element.itertext()).split())


def line_of(element: Element) -> str:
    """The same with a blank where one box ends and the next begins."""
    from lxml import etree

    parts: list[str] = []
    for moment, e in etree.iterwalk(element, events=("start", "end")):
        parts.append(" " if e.tag in BLOCKS else "")
        parts.append((e.text if moment == "start" else e.tail if e is not element else None) or "")
    return " ".join("".join(parts).split())


BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "br", "center", "dd", "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1",
    "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
))  # fmt: skip


def letters(text: str) -> str:
    """What two renderings of a headline have in common: letters and digits in lower case."""
    return "".join(c for c in text.casefold() if c.isalnum())
