"""Which language a report is in."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import Any

from kawat.lexicon.schema import Apart

# Ours, their near neighbours and the big languages of the news: a text in one of these is named, and read
# only if it has a pack.
_KNOWN = (
    "id", "ms", "en", "vi", "ru", "zh", "es", "fr", "ar", "de", "pt", "it", "nl", "tr", "ja", "ko", "fa", "hi",
    "th", "tl", "uk", "pl", "jv", "sv", "ro", "el", "he", "bn", "ur", "sw", "km", "lo",
)  # fmt: skip
_FEW = 12  # letters: fewer tell no language
_SHORT = 300  # letters
_CLOSE = 12.0  # natural logarithms of likelihood
_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000  # code points: Malay against Indonesian wants the whole report, but not a book


@functools.cache
def _identifier() -> Any:
    from py3langid import langid

    langid.set_languages(list(_KNOWN))
    return langid


def _letters(text: str) -> int:
    return sum(c.isalpha() for c in text)


def _of_most_lines(text: str) -> str | None:
    """The language of the lines that hold the most letters: one line in another script outweighs many in Latin letters."""
    weights: Counter[str] = Counter()
    for line in text.splitlines():
        if (letters := _letters(line)) >= _FEW:
            weights[_identifier().rank(line)[0][0]] += letters
    return weights.most_common(1)[0][0] if weights else None


def detect(text: str, readable: Collection[str] = (), kin: Callable[[], Iterable[tuple[str, str, Apart]]] = tuple) -> str | None:
    """ISO 639-1 code, or None where the text has too few letters to tell.

    A short text whose likeliest language cannot be read is taken for a `readable` one that is about as likely:
    one sentence does not tell Malay from Indonesian. `kin`: readable languages with those that they inherit from; a short
    text in one of two goes to that of which it has more words that tell them apart, else to the parent if it is about as likely.
    """
    sample = text[:_SAMPLE]
    letters = _letters(sample)
    if letters < _FEW:
        return None
    ranked = _identifier().rank(sample)
    best, score = ranked[0]
    if best not in readable:
        best = _of_most_lines(sample) or best
    if letters < _SHORT:
        close = [code for code, s in ranked if score - s < _CLOSE]
        if best not in readable:
            best = next((code for code in close if code in readable), best)
        for child, parent, apart in kin():
            if best in (child, parent):
                words = Counter(_WORD.findall(sample.lower()))
                own, other = (sum(words[w] for w in row) for row in (apart.own, apart.parent))
                best = child if own > other else parent if other > own or parent in close else best
    return str(best)


def belied(text: str, stated: str, readable: Collection[str], kin: Callable[[], Iterable[tuple[str, str, Apart]]]) -> str | None:
    """The language that a text is in where that is plainly not the `stated` one, else None: many sites state the language of their
    software. Short texts tell nothing, and near relatives are believed."""
    code = stated.lower().split("-")[0]
    if code not in _KNOWN or _letters(text[:_SAMPLE]) < _SHORT:
        return None
    found = detect(text, readable, kin)
    related = any({found, code} == {child, parent} for child, parent, _ in kin())
    return None if found == code or related else found
