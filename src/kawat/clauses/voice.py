"""Verbs that a word before them turns: into a passive ("was", with the agent between in some languages), or into a noun."""

from __future__ import annotations

from kawat.clauses.predicates import Predicate
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node

_REACH = 8  # words between a passive's auxiliary and its verb


def nominal(nodes: list[Node], i: int) -> bool:
    """A verb right behind a word that makes a noun of it."""
    return i > 0 and nodes[i - 1].has("glue:nominalizers")


def enclose(p: Predicate, nodes: list[Node], verbs: dict[int, Predicate]) -> None:
    """Fill `passive` and `start` of a verb behind an auxiliary; the agent that stands between is the argument "BY"."""
    agent: Mention | None = None
    for j in range(p.index - 1, max(-1, p.index - _REACH), -1):
        n = nodes[j]
        if n.has("glue:passive_auxiliaries"):
            p.passive, p.start = True, j
            if agent:
                p.obliques.append(("BY", agent))
            return
        if j in verbs and j == p.index - 2 and nodes[j + 1].has("glue:coordinators") and verbs[j].passive:
            p.passive = True
            p.obliques += [(w, m) for w, m in verbs[j].obliques if w == "BY"]
            return
        if j in verbs or not n.word or n.has("quote", "glue:complementizers", "glue:relative", "glue:adversatives"):
            return
        if n.mention and n.mention.argument:
            agent = n.mention
