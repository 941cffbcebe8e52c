"""The tables that a lexicon of inflected words looks up, made when a pack is compiled and kept in its cache.

Apart from `inflect.py`, which may be compiled to machine code: the hash of a msgspec struct would be lost there.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kawat.lexicon.schema import Paradigms


class Slot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One word of a listed form. `word`: as written, where it does not inflect; else its lexemes and the cases that it may stand in."""

    word: str = ""
    lexemes: tuple[int, ...] = ()
    cases: str = ""


class Inflected(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A listed form with words that inflect. `head`: the slot of its verb; -1: a noun phrase whose slots stand side by side."""

    slots: tuple[Slot, ...]
    head: int = -1


class Tables(msgspec.Struct, array_like=True, gc=False):
    """What a lexicon looks up, made when a pack is compiled. `rows_of`, `rows_at`: rows whose first noun or whose verb is a lexeme, a word.

    `endings`: by class ending -> tags; `stems`: stem -> (lexeme, class); `words`: listed word -> its lexemes; `longest`: slots of a row.
    """

    endings: list[dict[str, tuple[str, ...]]]
    stems: dict[str, list[tuple[int, int]]] = {}
    words: dict[str, tuple[int, ...]] = {}
    rows_of: dict[int, list[int]] = {}
    rows_at: dict[str, list[int]] = {}
    longest: int = 0


def tables_of(paradigms: Paradigms) -> Tables:
    """The tables of a pack's paradigms, as yet without rows."""
    made = Tables([_ending_table(c) for c in paradigms.classes])
    ids: dict[str, int] = {}
    for word, keys in paradigms.words.items():
        for key in keys:
            if key not in ids:
                ids[key] = len(ids)
                stem, _, number = key.rpartition(" ")
                made.stems.setdefault(stem, []).append((ids[key], int(number)))
        made.words[word] = tuple(ids[k] for k in keys)
    return made


def index_rows(tables: Tables, rows: Iterable[Inflected]) -> None:
    """Enter the inflected forms of a pack into its tables."""
    for i, row in enumerate(rows):
        first = row.slots[max(row.head, 0)]
        for lexeme in first.lexemes:
            tables.rows_of.setdefault(lexeme, []).append(i)
        if first.word:
            tables.rows_at.setdefault(first.word, []).append(i)
        tables.longest = max(tables.longest, len(row.slots))


def _ending_table(row: str) -> dict[str, tuple[str, ...]]:
    parts = (x.partition("=") for x in row.split(" "))
    return {ending: tuple(tags.split(",")) for ending, _, tags in parts}
