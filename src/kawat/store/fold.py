"""Text and queries as the full-text index has them, so that both sides of a search meet.

Letters are lower case and composed; Latin letters lose their marks (đ, ø, ł too), ё is е; traditional Han characters are simplified by the
pack's own table; a run of Han characters is its pairs and its last character, for FTS5 knows no words without spaces.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from hashlib import blake2b

from kawat import packs
from kawat.records import Span

_CHARS = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{_CHARS}]+")
_WORD = re.compile(rf"(?=([{_CHARS}]{{2}}))[{_CHARS}]|(?:[^\W{_CHARS}]|[\u0300-\u036f])+")
_FORM = 1
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


@functools.cache
def version() -> str:
    """16 hex digits that change with how words are folded; _FORM is raised by hand where this file folds otherwise."""
    tables = (_FORM, sorted(_PLAIN.items()), sorted(packs.folding("han").items()))
    return blake2b(repr(tables).encode(), digest_size=8).hexdigest()


def fold(text: str) -> str:
    """The text as it goes into the index: words between blanks, in the order of the text."""
    low = _lower(text).translate(_PLAIN)
    return _HAN.sub(_pairs, low) if _HAN.search(low) else low


def written(text: str) -> str:
    """The words of a text whose letters have marks, with them."""
    low = _lower(text)
    return " ".join(word for word, plain in zip(low.split(), low.translate(_PLAIN).split(), strict=True) if word != plain)


def _lower(text: str) -> str:
    return _MARKS.sub("", unicodedata.normalize("NFC", text).lower())


def words(text: str) -> Iterator[tuple[str, Span]]:
    """Each word of a text as the index has it, and each pair of Han characters, with where it stands."""
    for found in _WORD.finditer(text):
        span = Span(*found.span(1 if found[1] else 0))
        yield from ((word, span) for word in fold(text[slice(*span)]).split()[:1])


def _pairs(run: re.Match[str]) -> str:
    chars = run[0].translate(packs.folding("han"))
    return f" {' '.join(chars[k : k + 2] for k in range(len(chars)))} "


def query_of(words: str) -> str:
    """An FTS5 query from what people type: all words must be there, "a phrase" as it stands, word* for beginnings, -word for none, OR
    between two of which one will do. What is typed with marks counts for more where it is written so. Raises ValueError where nothing
    is left to search for."""
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
    found = f'"{" ".join(folded)}"{star}'
    marked = [f'written : "{word}"{star}' for word in re.sub(r"[^\w\s]+", " ", written(part)).split()]
    either = f"({' OR '.join((found, *marked))})" if marked else found
    return f"({found} AND {either})" if marked and len(folded) > 1 else either  # one word with its marks is there without them too
