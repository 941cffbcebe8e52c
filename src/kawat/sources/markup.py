"""XML from strangers: feeds, sitemaps and outlines, within bounds."""

from __future__ import annotations

import re
from html.entities import name2codepoint
from typing import Any

from lxml import etree

from kawat.errors import SourceError
from kawat.sources.charset import decode_page

_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_REFERENCE = re.compile(r"&(#?\w{1,10});", re.ASCII)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OWN = ("amp", "lt", "gt", "quot", "apos")
_TAGS = 1_500_000  # of one document; an element takes 200 bytes, and a full sitemap has some 700,000
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": True}


def tree(raw: bytes) -> Any:
    """The root element (lxml). Broken XML is read as far as it makes sense. Nothing is loaded, no entity put in; libxml2's own bounds on
    depth and size of text hold. Raises ValueError for entities that the document declares, for too many tags and for no element."""
    clean = cleaned(raw)
    if clean.count(b"<") > _TAGS:
        raise ValueError(f"has more than {_TAGS:,} tags")
    try:
        root = etree.fromstring(clean, etree.XMLParser(**_SAFE))
    except etree.XMLSyntaxError as e:
        raise ValueError(f"is no XML: {e}") from e
    if root is None:
        raise ValueError("is no XML")
    _check_entities(root)
    return root


def _check_entities(element: Any) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise ValueError("declares entities of its own, by which a small file can become a huge one; it is not read")


def cleaned(raw: bytes) -> bytes:
    """In UTF-8 without declaration; names of HTML's characters, which XML does not know, and control characters are replaced."""
    text = _UNWRITABLE.sub(" ", _DECLARATION.sub("", _decoded(raw), count=1))
    return _REFERENCE.sub(_character, text).lstrip().encode("utf-8", "replace")


def _decoded(raw: bytes) -> str:
    try:
        return decode_page(raw)
    except SourceError as e:
        raise ValueError(e.reason) from e


def _character(found: re.Match[str]) -> str:
    """Of a reference: a number that XML knows, where it is one of HTML's names; nothing for what is no character."""
    name = found[1]
    if not name.startswith("#"):
        code = name2codepoint.get(name)
        return f"&#{code};" if code and name not in _OWN else found[0]
    digits = name[2:] if name[1] in "xX" else name[1:]
    try:
        code = int(digits, 16 if name[1] in "xX" else 10)
    except ValueError:
        return found[0]
    return " " if (code < 32 and code not in (9, 10, 13)) or 0xD800 <= code < 0xE000 or code > 0x10FFFF else found[0]


def local(element: Any) -> str:
    """An element's name without its namespace, in small letters; "" for comments and the like."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
