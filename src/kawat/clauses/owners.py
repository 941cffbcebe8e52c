"""Possessors that stand before their noun: "Russia's attack", "the Russian attack", "his visit"."""

from __future__ import annotations

from kawat.clauses.classes import adjective
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node

_FAR = 6  # words between a possessor and its noun
_ENDS = ("glue:articles", "glue:prepositions", "glue:coordinators", "glue:relative", "glue:complementizers", "quote")


def find_owner(nodes: list[Node], i: int) -> Mention | None:
    """The possessor of the noun at `i`; None where nothing before it owns it."""
    for j in range(i - 1, max(-1, i - _FAR), -1):
        n = nodes[j]
        if n.has("glue:genitive"):
            return nodes[j - 1].mention if j else None
        if n.mention:
            given = j > 0 and nodes[j - 1].verb and not adjective(n) and n.mention.of != "possessor"
            return None if given and nodes[j - 1].has("glue:light") else n.mention
        if n.verb or n.time or not n.word or n.has(*_ENDS):
            return None
    return None


def attributive(nodes: list[Node], k: int) -> bool:
    """A mention that stands before the noun it belongs to and is no subject: "Trump's lawyer", "a Turkish grocer"."""
    m = nodes[k].mention
    after = nodes[k + 1] if k + 1 < len(nodes) else None
    if m is None or after is None or (after.start == nodes[k].end and after.text in "-–"):
        return False
    if m.of == "possessor" or after.has("glue:genitive"):
        return True
    if m.kind == "organisation":
        return False  # "the UN panel said": one of its own
    return after.word and not after.kinds and not after.mention and not after.form and after.text[0].islower()
