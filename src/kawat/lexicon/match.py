"""One scan of a text: typed hits at word boundaries."""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from kawat.lexicon.inflect import passive
from kawat.lexicon.tokens import TOKEN

if TYPE_CHECKING:
    from kawat.lexicon.compile import Entry
    from kawat.lexicon.inflect import Lexicon
    from kawat.packs import Pack

ANY_CASE, CAPITAL, EXACT, CAPITALS = 0, 1, 2, 3  # how strictly the letters of a form bind: docs/packs.md, "Case"

_SAME_LENGTH = {
    "İ": "i", "ё": "е", "Ё": "Е", "’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "–": "-", "—": "-", "\u2011": "-",
}  # fmt: skip
# Vietnamese writes the tone of "oa", "oe", "uy" on either letter: the second is folded to the first.
_TONES = {
    first + unicodedata.normalize("NFC", second + tone): unicodedata.normalize("NFC", first + tone) + second
    for first, second in ("oa", "oe", "uy")
    for tone in "\u0300\u0301\u0303\u0309\u0323"
}
_TONE = re.compile("|".join(_TONES))
# Kinds that may stand beside a hyphen: "AS-China", "pro-Barat". Words of other kinds may not ("kata-kata").
_HYPHEN_OK = frozenset({"state", "person", "body", "place", "outlet", "glue"})


_FUNCTION = frozenset({f"glue:{name}" for name in ("prepositions", "coordinators", "locative", "place_of_event", "complementizers")})


class Hit(NamedTuple):
    """`[start, end)` of the text reads as any of `entries`; `kinds` are those of the entries (see `kinds_of`).

    `tags`: its grammatical forms, where its words inflect (see inflect.py).
    """

    start: int
    end: int
    entries: tuple[Entry, ...]
    kinds: frozenset[str]
    tags: frozenset[str] = frozenset()


def kinds_of(entries: Iterable[Entry]) -> frozenset[str]:
    """The kinds of entries, with "glue:NAME" for glue, "modality:NAME" for modality, "via:NAME" and "gapped" for forms with a gap."""
    return frozenset("gapped" if e.gap else f"{e.kind}:{e.id}" if e.kind in ("glue", "modality", "via") else e.kind for e in entries)


def fold(text: str) -> str:
    """Lower case, plain punctuation, one place for tones, code point by code point: the length never changes."""
    for old, new in _SAME_LENGTH.items():
        if old in text:
            text = text.replace(old, new)
    folded = text.lower()
    if len(folded) != len(text):  # a future Unicode may lower more letters to two
        folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return folded if folded.isascii() else _TONE.sub(lambda m: _TONES[m[0]], folded)


def scan(text: str, pack: Pack) -> dict[int, list[Hit]]:
    """All hits by start offset, longest first. Overlapping hits are all kept; the caller tiles."""
    pack.forget()
    folded = fold(text)
    found: dict[int, list[Hit]] = {}
    first, met, cased, forms = pack.first, pack.met, pack.cased, pack.forms
    tokens = [(*m.span(), m[0]) for m in TOKEN.finditer(folded)]
    ends = {end for _, end, _ in tokens}
    hyphens = [start for start, _, token in tokens if token == "-"]
    tied = {at + 1 for at in hyphens if at and folded[at - 1].isalnum()}  # a hyphen behind a word
    tying = {at for at in hyphens if folded[at + 1 : at + 2].isalnum()}  # and one before a word
    for start, end, token in tokens:
        lengths = first.get(token) if end - start > 1 else first.get(folded[start : start + 2]) or first.get(token)
        for length in lengths or ():
            end = start + length
            if end not in ends or (form := folded[start:end]) not in forms:
                continue
            entries, kinds = met.get(form) or pack.readings(form)
            hyphen = start in tied or end in tying
            if kinds is None and not hyphen:
                written = text[start:end]
                entries, kinds = cased.get(written) or cased.setdefault(written, _as_written(written, entries))
            elif hyphen:
                entries, kinds = _as_written(text[start:end], tuple(e for e in entries if _beside_hyphen(e, start in tied)))
            if not entries or kinds is None:
                continue
            found.setdefault(start, []).append(Hit(start, end, entries, kinds))
    if pack.lexicon:
        _add_inflected(found, text, tokens, tying, pack.lexicon, pack)
    return found


def _add_inflected(
    found: dict[int, list[Hit]], text: str, tokens: list[tuple[int, int, str]], tying: set[int], lexicon: Lexicon, pack: Pack
) -> None:
    """Hits of the forms that inflect. What only completes a phrase further on is no act of its own."""
    done: set[int] = set()
    governed = {k for k in range(1, len(tokens)) if any(h.end == tokens[k - 1][1] for h in found.get(tokens[k - 1][0], ()) if _governs(h))}
    for f in lexicon.matches([t[2] for t in tokens], governed):
        start, end = tokens[f.first][0], tokens[f.end - 1][1]
        whole = f.end - f.first == len(lexicon.rows[f.row].slots)
        if f.end - f.first == 1 and any(h.end == end and h.kinds <= _FUNCTION for h in found.get(start, ())):
            continue  # a form that is a function word too is that word
        kept, kinds = pack.inflected(f.row)[passive(f.tags)][whole]
        if kinds is None or end in tying:
            fits = (e for e in kept if not e.case or _stem_fits(text, start, e.case))
            kept = tuple(e for e in fits if end not in tying or _beside_hyphen(e, False))
            kinds = kinds_of(kept)
        if kept:
            _join(found.setdefault(start, []), Hit(start, end, kept, kinds, f.tags))
            done.update(tokens[k][0] for k in f.taken)
    for at in done:
        if at in found:
            found[at] = [h for h in found[at] if h.kinds.isdisjoint(("trigger", "cue"))]
    for hits in found.values():
        if len(hits) > 1:
            hits.sort(key=_end, reverse=True)


_end = operator.attrgetter("end")


def _governs(h: Hit) -> bool:
    return "glue:prepositions" in h.kinds and "glue:complementizers" not in h.kinds


def _join(hits: list[Hit], new: Hit) -> None:
    """Two readings of the same words are one hit."""
    for k, h in enumerate(hits):
        if h.end == new.end and {"trigger", "group"} <= h.kinds | new.kinds and not {"trigger", "group"} <= new.kinds:
            hits[k] = h if "trigger" in h.kinds else new  # "criticism" in one case is "critic" in another: the act is likelier
            return
        if h.end == new.end:
            hits[k] = Hit(h.start, h.end, (*h.entries, *new.entries), h.kinds | new.kinds, h.tags | new.tags)
            return
    hits.append(new)


def _stem_fits(text: str, start: int, case: int) -> bool:
    return not text[start].islower() and (case != EXACT or not text[start + 1 : start + 2].islower())


def _beside_hyphen(e: Entry, behind: bool) -> bool:
    """Whether an entry may stand before or `behind` a hyphen; an office may stand before its modifier ("President-elect")."""
    return e.kind in _HYPHEN_OK or e.kind == ("modifier" if behind else "office")


def take(hits: dict[int, list[Hit]], kind: str) -> list[Hit]:
    """Take the readings of one kind out of `hits`, as hits of their own in reading order; of nested ones the longest."""
    out: list[Hit] = []
    held = frozenset({kind, "gapped"})
    for start in sorted({at for at, row in hits.items() for h in row if not h.kinds.isdisjoint(held)}):
        kept: list[Hit] = []
        for h in hits[start]:
            mine = tuple(e for e in h.entries if e.kind == kind)
            if not mine:
                kept.append(h)
                continue
            if not out or h.end > out[-1].end:
                out.append(h._replace(entries=mine, kinds=kinds_of(mine)))
            if rest := tuple(e for e in h.entries if e.kind != kind):
                kept.append(h._replace(entries=rest, kinds=kinds_of(rest)))
        hits[start] = kept
    return out


def _as_written(form: str, entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], frozenset[str]]:
    """The entries whose case fits a form as it is written, and their kinds."""
    fitting = tuple(e for e in entries if not e.case or _case_fits(form, e.case))
    if len(fitting) > 1 and any(e.case == EXACT for e in fitting):
        fitting = tuple(e for e in fitting if e.case == EXACT)  # "US" is no pronoun
    return fitting, kinds_of(fitting)


def _case_fits(form: str, case: int) -> bool:
    if case == CAPITALS:
        return not form[0].islower() and not form.rpartition(" ")[2][:1].islower()
    if case == CAPITAL:
        return not form[0].islower()
    return not any(c.islower() for c in form)
