"""The records of clause grammar."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate

from kawat.documents.quotes import Quote
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node


@dataclass(slots=True)
class Domain:
    """A row of nodes parsed together: a sentence with its longer quotations taken out, or one of those.

    `walls`: of each node how many before it part the acts beside them, and the number of all; `splits`: the same without verbs;
    `nearest`: of the nodes that were asked about, the predicate that they belong to. All are filled by `events/when_where.py`.
    """

    nodes: list[Node]
    quote: Quote | None = None
    predicates: list[Predicate] = field(default_factory=list)
    walls: list[int] = field(default_factory=list)
    splits: list[int] = field(default_factory=list)
    nearest: dict[int, Predicate] = field(default_factory=dict)
    commas: list[int] = field(default_factory=list)

    def comma_between(self, first: int, last: int) -> int | None:
        """The last comma behind node `first` and before node `last`."""
        if not self.commas:
            self.commas = list(accumulate((k if n.text == "," else -1 for k, n in enumerate(self.nodes)), max, initial=-1))
        at = self.commas[last]
        return at if at > first else None


@dataclass(slots=True)
class Predicate:
    """A verb or act noun with what depends on it.

    `opener`: main, complement, relative or a subordinator's kind. `light`: the verb whose object an act noun is.
    `happens`: the verb such as "take place" whose subject it is.
    `owner`: the possessor of an act noun. `passive`: the verb's voice, where an auxiliary or marker tells it. `start`: where its group of
    words begins, with an auxiliary and agent before it. `nominal`: a verb made a noun by the word before it.
    `gerund`: a preposition makes it the content of its parent ("accused A of seeking").
    `attributive`: it stands before the noun that it tells of; `content`: that noun is a plan, proposal or the like.
    `parallel`: the report that a further reporting verb goes on from ("said that … and added that").
    """

    index: int
    node: Node
    subject: Mention | None = None
    objects: list[Mention] = field(default_factory=list)
    obliques: list[tuple[str, Mention]] = field(default_factory=list)
    following: list[Mention] = field(default_factory=list)
    negated: bool = False
    modality: frozenset[str] = frozenset()
    opener: str = "main"
    parent: Predicate | None = None
    light: Predicate | None = None
    parallel: Predicate | None = None
    border: int = 0
    takes_clause: bool = False
    happens: Predicate | None = None
    owner: Mention | None = None
    passive: bool = False
    start: int = -1
    nominal: bool = False
    attributive: bool = False
    gerund: bool = False
    content: bool = False

    def oblique(self, preposition: str) -> Mention | None:
        """The first argument behind a preposition."""
        return next(iter(self.all_obliques(preposition)), None)

    def all_obliques(self, preposition: str) -> list[Mention]:
        """All arguments behind a preposition."""
        return [m for p, m in self.obliques if p == preposition]
