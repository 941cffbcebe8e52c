"""Words that inflect: paradigms -> readings of a token, and listed forms matched in all their cases, genders and tenses.

A pack with a `paradigms.toml` lists dictionary forms only. A form becomes a row of slots: the first noun with the adjectives before it
(of a personal name every word) inflect together, a verb inflects with what it governs near it, the rest stands as written.

Tags of a form: N noun, A adjective, T active and P passive participle, with gender or number (m f n p, x any) and case (n g d a i l);
V past, S short passive participle, J short adjective, with gender or number; R present, F future, with person (1 2, s p third);
I infinitive, G gerund, M imperative. Small letters: the same of a reflexive passive.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from kawat.lexicon.paradigms import Inflected, Slot, Tables
from kawat.lexicon.tokens import TOKEN

_FINITE = "VRFMSJvrf"
VERBAL = frozenset("VRFMSJIGTPvrfit")
PASSIVE = frozenset("SPvrfit")
_PLURAL = "p"  # the number of a slot of a noun phrase
_GAP = 5  # tokens between a verb and what it governs
_LONGEST = 9  # letters of an ending
_KEPT = 1 << 15  # tokens that are remembered

Readings = tuple[tuple[int, str], ...]  # (lexeme, tag)
Keys = frozenset[str | int]  # words as written and lexemes


class Found(NamedTuple):
    """A listed form in a text: index of its row, first token and token behind it, its tags, tokens that only complete it."""

    row: int
    first: int
    end: int
    tags: frozenset[str]
    taken: tuple[int, ...] = ()


class _Start(NamedTuple):
    """A form whose first noun or whose verb a token is: its row, the tags of the token in it, what one of the tokens near it must be."""

    row: int
    form: Inflected
    tags: frozenset[str]
    needs: Keys


class Lexicon:
    """The paradigms of a pack and its inflected forms, ready for matching."""

    def __init__(self, tables: Tables, rows: Sequence[Inflected] = ()) -> None:
        self.rows = rows
        self.endings, self.stems, self.words = tables.endings, tables.stems, tables.words
        self._read: dict[str, Readings] = {}
        self._keys: dict[str, Keys] = {}
        self._tags: dict[str, frozenset[str]] = {}
        self._starts: tuple[dict[str, tuple[_Start, ...]], dict[str, tuple[_Start, ...]]] = {}, {}
        self._longest = tables.longest
        self._held: tuple[str, Keys] = "", frozenset()
        self._by_lexeme, self._by_word = tables.rows_of, tables.rows_at

    def forget(self) -> None:
        """Drop what was remembered of tokens where it has grown large: every new name of the news is one."""
        for kept in (self._read, self._keys, self._tags, *self._starts):
            if len(kept) > _KEPT:
                kept.clear()

    def readings(self, token: str) -> Readings:
        """What a folded token may be a form of."""
        found = self._read.get(token)
        if found is None:
            size = len(token)
            found = self._read[token] = tuple(
                (lexeme, tag)
                for k in range(max(0, size - _LONGEST), size + 1)
                for lexeme, number in self.stems.get(token[:k], ())
                for tag in self.endings[number].get(token[k:], ())
            )
        return found

    def tags(self, token: str) -> frozenset[str]:
        """The tags of a word of the text that is no form of the pack."""
        found = self._tags.get(token)
        if found is None:
            found = self._tags[token] = frozenset(t for _, t in self.readings(token.lower().replace("ё", "е")))
        return found

    def keys(self, token: str) -> Keys:
        """A folded token and the lexemes that it may be a form of."""
        found = self._keys.get(token)
        if found is None:
            found = self._keys[token] = frozenset((token, *(x for x, _ in self.readings(token))))
        return found

    def holds(self, text: str, word: str) -> bool:
        """True where a form of a listed word, or a word that begins so, stands in a folded text."""
        if word in text and any(token.startswith(word) for token in TOKEN.findall(text)):
            return True
        lexemes = self.words.get(word)
        if not lexemes:
            return False
        if self._held[0] != text:  # the same sentence is asked about again and again
            self._held = text, frozenset().union(*(self.keys(token) for token in TOKEN.findall(text)))
        return not self._held[1].isdisjoint(lexemes)

    # ---- forms of a pack ------------------------------------------------------------------------

    def form(self, text: str, person: bool = False, last: bool = False, plural: bool = False) -> Inflected | None:
        """A listed form (folded) as slots; None where none of its words inflects. `last`: of a name only the last word does.

        `plural`: a form given in the plural stands for it alone.
        """
        tokens = TOKEN.findall(text)
        own = [tuple((x, t) for x, t in self.readings(w) if x in self.words.get(w, ())) for w in tokens]
        if last:
            own[:-1] = [()] * (len(own) - 1)
        head = next((k for k, rs in enumerate(own) if any(t in ("I", "Jm") for _, t in rs)), None)
        if head is not None and all(not _nominal(rs) for rs in own[:head]):
            return Inflected(tuple(self._governed(tokens, own, k, head) for k in range(len(tokens))), head)
        slots = list(_phrase(tokens, own, person))
        nominative = {t[1] for _, t in own[0] if t[0] in "NA" and t[2] == "n"} if own else set()
        if plural and slots[0].lexemes and nominative == {"p"}:
            slots[0] = Slot("", slots[0].lexemes, _PLURAL)
        return Inflected(tuple(slots)) if any(s.lexemes for s in slots) else None

    def _governed(self, tokens: list[str], own: list[Readings], k: int, head: int) -> Slot:
        """A slot of a verb phrase: its verb, an object whose number is free, or a word as written."""
        rs = own[k]
        if k == head:
            return Slot(tokens[k], self.words[tokens[k]], "v")
        cases = "".join(sorted({t[2] for _, t in rs if t[0] in "NA"}))
        if k < head or not (cases or any(t == "I" for _, t in rs)):
            return Slot(tokens[k])
        if not cases:
            return Slot("", tuple(dict.fromkeys(x for x, t in rs if t == "I")), "I")
        bare = k == head + 1 or tokens[k - 1] in {w for w, r in zip(tokens, own, strict=True) if r}
        return Slot("", tuple(dict.fromkeys(x for x, _ in rs)), "agn" if "a" in cases and bare else cases)

    # ---- matching -------------------------------------------------------------------------------

    def matches(self, tokens: Sequence[str], governed: Collection[int] = ()) -> Iterator[Found]:
        """All inflected forms in a row of folded tokens. `governed`: those right behind a preposition, which are no finite verbs."""
        read = [self.readings(t) for t in tokens]
        keys = [self.keys(t) for t in tokens]
        free, bound = self._starts
        for i, token in enumerate(tokens):
            known = bound if i in governed else free
            starts = known.get(token)
            if starts is None:
                starts = known[token] = tuple(self._beginning(token, i in governed))
            around: Keys | None = None
            for s in starts:
                if s.form.head < 0:
                    if s.needs and (i + 1 == len(tokens) or s.needs.isdisjoint(keys[i + 1])):
                        continue
                    found = _noun_phrase(s, tokens, read, i)
                else:
                    if s.needs:
                        around = around or frozenset().union(*keys[max(0, i - _GAP - self._longest) : i + 1 + _GAP])
                        if s.needs.isdisjoint(around):
                            continue
                    found = _verb_phrase(s, tokens, read, i)
                if found:
                    yield found

    def _beginning(self, token: str, governed: bool) -> Iterator[_Start]:
        """The forms that may begin with a token, or whose verb it may be."""
        rs = tuple((x, t) for x, t in self.readings(token) if not (governed and finite((t,))))
        candidates = [*self._by_word.get(token, ()), *(row for x, _ in rs for row in self._by_lexeme.get(x, ()))]
        for row in dict.fromkeys(candidates):
            form = self.rows[row]
            at = max(form.head, 0)
            slot, rest = form.slots[at], form.slots[at + 1 :]
            tags = frozenset(t for x, t in rs if x in slot.lexemes and (t[0] in VERBAL if form.head >= 0 else t[0] in "NA"))
            if slot.cases == _PLURAL:
                tags = frozenset(t for t in tags if t[1] == "p")
            if tags or (form.head < 0 and slot.word == token):
                needs = ((rest[0].word,) if rest[0].word else rest[0].lexemes) if rest else ()
                yield _Start(row, form, tags, frozenset(needs))


def _nominal(rs: Readings) -> bool:
    return any(t[0] in "NA" for _, t in rs)


def _phrase(tokens: list[str], own: list[Readings], person: bool) -> Iterator[Slot]:
    """A noun phrase: adjectives up to the first noun inflect, of a personal name all words; before a hyphen nothing does."""
    open_ = True
    number: set[str] = set()
    for k, (word, rs) in enumerate(zip(tokens, own, strict=True)):
        mine = [(x, t) for x, t in rs if t[0] in "NA" and t[2] == "n" and (not number or t[1] in number or t[1] == "x" or "x" in number)]
        hyphen = k + 1 < len(tokens) and tokens[k + 1] == "-" and not (k + 3 < len(tokens) and tokens[k + 3] == "-")
        if not open_ or not mine or hyphen:
            yield Slot(word)
            continue
        adjectives = [x for x, t in mine if t[0] == "A"]
        nouns = [x for x, t in mine if t[0] == "N"]
        last = not any(t[2] == "n" for r in own[k + 1 :] for _, t in r if t[0] in "NA")
        wanted = nouns if nouns and (not adjectives or last or person) else adjectives or nouns
        yield Slot("", tuple(dict.fromkeys([*wanted, *adjectives])))
        number = {t[1] for _, t in mine}
        if nouns and not person and not (adjectives and not last):
            open_ = False


def _noun_phrase(start: _Start, tokens: Sequence[str], read: list[Readings], i: int) -> Found | None:
    row, form, tags, _ = start
    slots = form.slots
    end = i + len(slots)
    if end > len(tokens):
        return None
    for k in range(1, len(slots)):
        slot = slots[k]
        if slot.word:
            if tokens[i + k] != slot.word:
                return None
            continue
        mine = frozenset(t for x, t in read[i + k] if x in slot.lexemes and t[0] in "NA")
        tags = _agreeing(tags, mine) if tags else mine
        if not tags:
            return None
    return Found(row, i, end, tags)


def _agreeing(a: frozenset[str], b: frozenset[str]) -> frozenset[str]:
    """Tags of a noun phrase: those of `b` that some tag of `a` agrees with in case and number; the noun's part of speech wins."""
    out = {y if y[0] == "N" else x if x[0] == "N" else y for x in a for y in b if x[2] == y[2] and (x[1] == y[1] or "x" in (x[1], y[1]))}
    return frozenset(out or {y for x in a for y in b if x[2] == y[2] and "p" not in (x[1], y[1])})


def _verb_phrase(start: _Start, tokens: Sequence[str], read: list[Readings], i: int) -> Found | None:
    row, form, tags, _ = start
    first = i - form.head
    if first < 0 or any(tokens[first + k] != form.slots[k].word for k in range(form.head)):
        return None
    rest = form.slots[form.head + 1 :]
    if not rest:
        return Found(row, first, i + 1, tags)
    at = _rightward(rest, tokens, read, i + 1) or _leftward(rest, tokens, read, first)
    if not at or (not passive(tags) and any(_subject(s, read[k]) for s, k in zip(rest, at, strict=True))):
        return None
    beside = at[0] == i + 1 and at[-1] - at[0] == len(at) - 1
    return Found(row, first, at[-1] + 1 if beside else i + 1, tags, () if beside else tuple(at))


def _rightward(rest: Sequence[Slot], tokens: Sequence[str], read: list[Readings], k: int) -> list[int] | None:
    at: list[int] = []
    for slot in rest:
        stop = min(k + _GAP, len(tokens))
        while k < stop and not _fits(slot, tokens[k], read[k]):
            if not tokens[k][0].isalnum() and tokens[k] not in '-«»"“”':
                return None
            k += 1
        if k >= stop:
            return None
        at.append(k)
        k += 1
    return at


def _leftward(rest: Sequence[Slot], tokens: Sequence[str], read: list[Readings], end: int) -> list[int] | None:
    """ "Sanctions were introduced": what the verb governs stands before it, side by side."""
    for first in range(end - len(rest), max(-1, end - len(rest) - _GAP), -1):
        if first < 0 or not tokens[first + len(rest) - 1][0].isalnum():
            return None
        if all(_fits(s, tokens[first + k], read[first + k]) for k, s in enumerate(rest)):
            return list(range(first, first + len(rest)))
    return None


def _subject(slot: Slot, rs: Readings) -> bool:
    """ "The side took a decision" does not take sides: an object that can only be a nominative, which none is of an active verb."""
    return slot.cases == "agn" and {t[2] for x, t in rs if x in slot.lexemes and t[0] in "NA"} == {"n"}


def _fits(slot: Slot, token: str, rs: Readings) -> bool:
    if slot.word:
        return token == slot.word
    if slot.cases == "I":
        return any(x in slot.lexemes and t == "I" for x, t in rs)
    return any(x in slot.lexemes and t[0] in "NA" and t[2] in slot.cases for x, t in rs)


def verbal(tags: Iterable[str]) -> bool:
    """True where a form is one of a verb, short adjectives among them."""
    return any(t[0] in VERBAL for t in tags)


@functools.lru_cache(maxsize=_KEPT)
def passive(tags: frozenset[str]) -> bool:
    """True where a form can only be passive."""
    return bool(tags) and all(t[0] in PASSIVE for t in tags)


def finite(tags: Iterable[str]) -> bool:
    """True where a form can be the predicate of a clause by itself."""
    return any(t[0] in _FINITE for t in tags)


def cases(tags: Iterable[str]) -> frozenset[str]:
    """The cases of a nominal form; empty: any."""
    return frozenset(t[2] for t in tags if len(t) == 3 and t[0] in "NA")


def numbers(tags: Iterable[str]) -> frozenset[str]:
    """The genders or numbers of a nominative or of a past tense; the person of others."""
    return frozenset(t[1] for t in tags if len(t) > 1 and (len(t) == 2 or t[2] == "n"))
