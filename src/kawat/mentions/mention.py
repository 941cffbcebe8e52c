"""A mention: words that stand for somebody, and the office beside a name."""

from __future__ import annotations

from dataclasses import dataclass, field

from kawat.lexicon.compile import Entry
from kawat.records import Span


@dataclass(frozen=True, slots=True)
class RoleFound:
    """An office beside a name: the words, the office's slug, the state it belongs to and where that stands."""

    span: Span
    office: str
    country: str | None
    country_span: Span | None
    modifiers: tuple[str, ...] = ()
    to: str | None = None
    body: str | None = None
    place: str | None = None
    institution: bool = False  # of a ministry, army … whose state is not named


@dataclass(slots=True)
class Mention:
    """Words that stand for somebody.

    `kind` is an actor's kind, or how it must still be resolved: `name` (capitalised, in no list),
    `office` (no name), `institution` (no state), `pronoun`, `description`. `ids` are filled by link.py.
    """

    span: Span
    kind: str
    name: str = ""
    ids: tuple[str, ...] = ()
    country: str | None = None
    country_span: Span | None = None
    country_basis: str | None = None
    sector: str | None = None
    roles: list[RoleFound] = field(default_factory=list)
    entry: Entry | None = None
    place: bool = False
    number: int = 1
    of: str = ""
    parts: list[Mention] = field(default_factory=list)
    nouns: tuple[Entry, ...] = ()
    label: str = ""  # English name of what is named where the actor is its state: "Spanish police"
    tags: frozenset[str] = frozenset()  # grammatical forms, where words inflect
    near: bool = False  # a pronoun whose antecedent stands in its own sentence
    accompanied: bool = False  # two persons joined by a word that is "with" as well
    aged: bool = False  # an age stands beside the name, so it is a person's
    attribute: bool = False  # only part of a word: "anti-Erdogan"

    @property
    def argument(self) -> bool:
        """It may be somebody who does or suffers something: neither a place nor part of a word."""
        return not self.place and not self.attribute

    @property
    def modifier(self) -> bool:
        """An adjective that belongs to the noun behind it: "Russian"."""
        return bool(self.tags) and all(t[0] == "A" for t in self.tags)

    @property
    def settled(self) -> bool:
        return bool(self.ids)
