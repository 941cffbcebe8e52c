"""Text and queries as the full-text index has them, so that both sides of a search meet.

Letters are lower case and composed; Latin letters lose their marks (đ, ø, ł too), ё is е; traditional Han characters are simplified by the
pack's own table; a run of Han characters is its pairs and its last character, for FTS5 knows no words without spaces.
"""

from __future__ import annotations

import re
import unicodedata

from kawat import packs

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LATIN = [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]
_MARKS = re.compile("[\u0300-\u036f]")  # stress, and what composes with nothing
_PART = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')


def _plain_letters() -> dict[int, str]:
    table = {ord("đ"): "d", ord("ø"): "o", ord("ł"): "l", ord("ı"): "i", ord("ß"): "ss", ord("æ"): "ae", ord("œ"): "oe", ord("ё"): "е"}
    for code in _LATIN:
        bare = "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c))
        if bare != chr(code):
            table.setdefault(code, bare)
    return table


_PLAIN = _plain_letters()


def fold(text: str) -> str:
    """The text as it goes into the index: words between blanks, in the order of the text."""
    low = _MARKS.sub("", unicodedata.normalize("NFC", text).lower()).translate(_PLAIN)
    return _HAN.sub(_pairs, low) if _HAN.search(low) else low


def _pairs(run: re.Match[str]) -> str:
    chars = run[0].translate(packs.folding("han"))
    return f" {' '.join(chars[k : k + 2] for k in range(len(chars)))} "


def query_of(words: str) -> str:
    """An FTS5 query from what people type: all words must be there, "a phrase" as it stands, word* for beginnings, -word for none, OR
    between two of which one will do. Raises ValueError where nothing is left to search for."""
    wanted: list[list[str]] = []
    unwanted: list[str] = []
    either = False
    for part in _PART.finditer(words):
        found = "" if part[0] == "OR" else _phrase(part[2] if part[2] is not None else part[3])
        if found and part[1]:
            unwanted.append(found)
        elif found and either and wanted:
            wanted[-1].append(found)
        elif found:
            wanted.append([found])
        either = part[0] == "OR" or (either and not found)
    if not wanted:
        raise ValueError(f"nothing to search for in {words!r}")
    return " AND ".join(f"({' OR '.join(group)})" for group in wanted) + "".join(f" NOT {x}" for x in unwanted)


def _phrase(part: str) -> str:
    folded = re.sub(r"[^\w\s]+", " ", fold(part)).split()
    if not folded:
        return ""
    alone = len(folded[-1]) == 1 and _HAN.match(folded[-1]) is not None
    if alone and len(folded) > 1:  # the last character of a run is in the index only where a run ends
        folded, alone = folded[:-1], False
    star = "*" if alone or part.endswith("*") else ""
    return f'"{" ".join(folded)}"{star}'
