"""Which language a report is in."""

from __future__ import annotations

import functools
from collections.abc import Collection
from typing import Any

# Ours, their near neighbours and the big languages of the news: a text in one of these is named, and read
# only if it has a pack.
_KNOWN = (
    "id", "ms", "en", "vi", "ru", "zh", "es", "fr", "ar", "de", "pt", "it", "nl", "tr", "ja", "ko", "fa", "hi",
    "th", "tl", "uk", "pl", "jv", "sv", "ro", "el", "he", "bn", "ur", "sw", "km", "lo",
)  # fmt: skip
_SHORT = 300  # letters
_CLOSE = 12.0  # natural logarithms of likelihood
_SAMPLE = 6000  # code points: Malay against Indonesian wants the whole report, but not a book


@functools.cache
def _identifier() -> Any:
    from py3langid import langid

    langid.set_languages(list(_KNOWN))
    return langid


def detect(text: str, readable: Collection[str] = ()) -> str | None:
    """ISO 639-1 code, or None where the text has too few letters to tell.

    A short text whose likeliest language cannot be read is taken for a `readable` one that is about as likely:
    one sentence does not tell Malay from Indonesian.
    """
    sample = text[:_SAMPLE]
    letters = sum(c.isalpha() for c in sample)
    if letters < 12:
        return None
    ranked = _identifier().rank(sample)
    best, score = ranked[0]
    if best not in readable and letters < _SHORT:
        best = next((code for code, s in ranked if code in readable and score - s < _CLOSE), best)
    return str(best)
