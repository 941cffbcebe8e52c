"""Which language a report is in."""

from __future__ import annotations

import functools
from typing import Any

# Ours, their near neighbours and the big languages of the news: a text in one of these is named, and read
# only if it has a pack.
_KNOWN = (
    "id", "ms", "en", "vi", "ru", "zh", "es", "fr", "ar", "de", "pt", "it", "nl", "tr", "ja", "ko", "fa", "hi",
    "th", "tl", "uk", "pl", "jv", "sv", "ro", "el", "he", "bn", "ur", "sw", "km", "lo",
)  # fmt: skip
_SAMPLE = 6000  # code points: Malay against Indonesian wants the whole report, but not a book


@functools.cache
def _identifier() -> Any:
    from py3langid import langid

    langid.set_languages(list(_KNOWN))
    return langid


def detect(text: str) -> str | None:
    """ISO 639-1 code, or None where the text has too few letters to tell."""
    sample = text[:_SAMPLE]
    if sum(c.isalpha() for c in sample) < 12:
        return None
    return str(_identifier().classify(sample)[0])
