"""XML from strangers: feeds, sitemaps and outlines, within bounds."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import name2codepoint
from io import BytesIO
from typing import Any

from lxml import etree

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_NAMED = re.compile(r"&(\w{2,10});")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_OWN = ("amp", "lt", "gt", "quot", "apos")
_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "recover": True}


def tree(raw: bytes) -> Any:
    """The root element (lxml). Broken XML is read as far as it makes sense. Nothing is loaded, no entity put in; libxml2's own bounds on
    depth and size of text hold. Raises ValueError for entities that the document declares, and where there is no element."""
    parser = etree.XMLParser(**_SAFE)
    try:
        root = etree.fromstring(cleaned(raw), parser)
    except etree.XMLSyntaxError as e:
        raise ValueError(f"is no XML: {e}") from e
    if root is None:
        raise ValueError("is no XML")
    _check_entities(root)
    return root


def walk(raw: bytes) -> Iterator[Any]:
    """The same, element by element as each ends, for documents that are long (lxml iterparse). Raises ValueError as it goes."""
    checked = False
    try:
        for event, element in etree.iterparse(BytesIO(cleaned(raw)), events=("start", "end"), **_SAFE):
            if not checked:
                _check_entities(element)
                checked = True
            if event == "end":
                yield element
    except etree.XMLSyntaxError as e:
        raise ValueError(f"is no XML: {e}") from e


def _check_entities(element: Any) -> None:
    dtd = element.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise ValueError("declares entities of its own, by which a small file can become a huge one; it is not read")


def cleaned(raw: bytes) -> bytes:
    """In UTF-8 without declaration; names of HTML's characters, which XML does not know, and control characters are replaced."""
    text = _UNWRITABLE.sub(" ", _DECLARATION.sub("", _decoded(raw), count=1))
    return _NAMED.sub(_character, text).lstrip().encode("utf-8", "replace")


def _decoded(raw: bytes) -> str:
    for bom, encoding in _BOMS.items():
        if raw.startswith(bom):
            return raw.decode(encoding, "replace")
    declared = _DECLARED.match(raw)
    for name in ([declared[1].decode()] if declared else []) + ["utf-8", "windows-1252"]:
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("utf-8", "replace")


def _character(found: re.Match[str]) -> str:
    code = name2codepoint.get(found[1])
    return f"&#{code};" if code and found[1] not in _OWN else found[0]


def local(element: Any) -> str:
    """An element's name without its namespace, in small letters; "" for comments and the like."""
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
