"""What the forms of words tell in languages with cases: nodes as adjectives, finite verbs, governed or owned nouns.

Used where `[grammar] arguments = "case"`. A mention without case (an abbreviation, a name that does not inflect) may be any, and is
told by its place: behind a noun it is an owner, behind a preposition governed, before the verb a subject, behind it an object.
"""

from __future__ import annotations

from collections.abc import Iterator

from kawat.clauses.borders import SUBORDINATE, opens_clause, pause
from kawat.lexicon.inflect import cases, finite, verbal
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.packs import Pack

BORDERS = ("glue:complementizers", "glue:relative")
_CHAIN = 6  # nodes between a preposition and the owner of what it governs


def attributive(n: Node) -> bool:
    """A full participle: it stands in a noun phrase, or opens one behind a comma."""
    return bool(n.tags) and all(t[0] in "TPt" and len(t) == 3 for t in n.tags if t[0] not in "NA") and verbal(n.tags)


def is_finite(n: Node) -> bool:
    return n.verb and (not n.tags or finite(n.tags))


def case_of(m: Mention) -> frozenset[str]:
    return cases(m.tags)


def adjectival(n: Node) -> bool:
    return bool(n.tags) and all(t[0] in "AP" and len(t) == 3 for t in n.tags)


def governed_by(nodes: list[Node], k: int) -> int | None:
    """The preposition right before node `k`, over adjectives and numbers."""
    for j in range(k - 1, max(-1, k - 5), -1):
        n = nodes[j]
        if n.has("glue:prepositions", "glue:locative", "glue:between"):
            return j
        if n.mention and not n.mention.modifier:
            return None
        modified = adjectival(n) or n.has("modifier", "glue:plural_markers") or n.text.isdecimal() or like_adjective(n)
        if not n.mention and not modified:
            return None
    return None


def like_adjective(n: Node) -> bool:
    return n.adjective and not n.mention


def owned(nodes: list[Node], k: int) -> bool:
    """A mention without case right behind a noun is its owner."""
    n = nodes[k - 1] if k else None
    if n is None or not n.word or n.verb or n.time or n.mention:
        return bool(n and n.mention and not n.mention.modifier and not n.mention.settled)
    if n.has("glue:definite"):
        return False  # "instead of this NAME did that"
    if n.tags:
        return any(t[0] == "N" for t in n.tags) and not verbal(n.tags)
    return n.text[0].islower() and not n.kinds


def start_of(nodes: list[Node], i: int) -> int:
    """Where the stretch of a clause that holds node `i` begins: behind a comma, a mark or a word that opens a clause."""
    for k in range(i - 1, -1, -1):
        n = nodes[k]
        if (
            pause(nodes, k)
            or n.text in (";", ":", "(", ")")
            or n.has("quote", *BORDERS)
            or (n.has(*SUBORDINATE) and opens_clause(nodes, k))
        ):
            if n.has("glue:enclitics"):
                continue
            return k + 1
    return 0


def stretch(nodes: list[Node], i: int) -> Iterator[int]:
    """Nodes behind `i` up to the end of its clause."""
    for k in range(i + 1, len(nodes)):
        n = nodes[k]
        if pause(nodes, k) or n.text in (";", ":", "(") or n.has("quote", "glue:adversatives", *BORDERS):
            return
        if (n.verb and not attributive(n) and finite(n.tags or {"V"})) or (n.has(*SUBORDINATE) and opens_clause(nodes, k)):
            return
        yield k


def spelt(preposition: Node, pack: Pack) -> str:
    """A preposition in the spelling that frames use: one for "with" before one consonant and before two."""
    text = preposition.text.lower()
    return pack.grammar.prepositions.get(text, text)


def chained(nodes: list[Node], k: int, c: frozenset[str] | None = None) -> int | None:
    """ "On the entry of NAME": the preposition before the noun whose owner stands at `k`, in the cases `c`."""
    m = nodes[k].mention
    c = c or (case_of(m) if m else frozenset())
    if c and "g" not in c:
        return None
    for j in range(k - 1, max(-1, k - _CHAIN), -1):
        n = nodes[j]
        if n.has("glue:prepositions", "glue:locative", "glue:between"):
            return j if j < k - 1 else None
        if not n.word or n.verb or n.time or (n.mention and not n.mention.modifier) or n.has("glue:coordinators", *BORDERS):
            return None
    return None


def inherited(nodes: list[Node], k: int, c: frozenset[str]) -> frozenset[str]:
    """ "The plan of NAME": an owner in the genitive takes part where its noun does, so the noun's cases."""
    if c and "g" not in c:
        return frozenset()
    noun = next((n for n in reversed(nodes[:k]) if not adjectival(n)), None)
    if noun is None or noun.mention or noun.verb or not noun.word or not any(t[0] == "N" for t in noun.tags):
        return frozenset()
    return cases(noun.tags)


def stands_for(nodes: list[Node], k: int) -> bool:
    """ "American goods": the state of an adjective before a plain noun takes part where the noun does."""
    m = nodes[k].mention
    after = nodes[k + 1] if k + 1 < len(nodes) else None
    if m is None or not m.modifier or after is None or after.mention or not after.word or after.verb:
        return False
    return after.text[0].islower() and not after.has("trigger", "cue") and not after.kinds & {"glue:prepositions", "glue:coordinators"}


def planner(nodes: list[Node], j: int, verb: Node) -> bool:
    """ "The intention of NAME to expel": whose intention it is stands at `j`, between it and the infinitive."""
    noun = nodes[j - 1] if j else None
    meant = noun is not None and any(t[0] == "N" for t in noun.tags) and bool(noun.moods)
    return meant and "I" in verb.tags
