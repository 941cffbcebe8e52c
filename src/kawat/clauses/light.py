"""The verb that only does what an act noun names: "carried out strikes", "came out with accusations"."""

from __future__ import annotations

from kawat.clauses.borders import SUBORDINATE
from kawat.clauses.marking import adjectival, is_finite, spelt, start_of
from kawat.clauses.predicates import Predicate
from kawat.mentions.nodes import Node
from kawat.packs import Pack

_LIGHT = 10  # words from a verb to the act noun that is its object: "approved a $2 billion three-year aid package"
_INSIDE = frozenset("-$€£¥%")


def light_of(nodes: list[Node], i: int, verbs: dict[int, Predicate], pack: Pack) -> Predicate | None:
    """The verb whose object an act noun is: "melakukan serangan". Only plain words may stand between."""
    linked = False
    for j in range(i - 1, max(-1, i - _LIGHT), -1):
        if j in verbs:
            return None if linked and _begins_clause(nodes, i) else verbs[j]
        n = nodes[j]
        linked |= n.has("glue:coordinators")
        if n.has("glue:instrument") and j and nodes[j - 1].has("glue:light"):
            continue
        if n.has("glue:prepositions") and j and nodes[j - 1].has("glue:decrees"):
            continue  # "signed an order on the deployment of troops"
        if n.tags == frozenset() and j - 1 in verbs and _announces(nodes[j - 1], n):
            return verbs[j - 1]
        if pack.data.glue.light_behind and n.has("glue:prepositions"):
            return _behind(nodes, i, j, verbs, pack)
        plain = n.word or n.text in _INSIDE
        if n.mention or not plain or n.has("glue:prepositions", "glue:relative", "glue:complementizers", *SUBORDINATE):
            return None
    return None


def _begins_clause(nodes: list[Node], i: int) -> bool:
    """ "… voted and a boycott has begun": behind "and" with a verb of its own."""
    return i + 1 < len(nodes) and nodes[i + 1].has("glue:auxiliaries", "glue:modals")


def _behind(nodes: list[Node], i: int, at: int, verbs: dict[int, Predicate], pack: Pack) -> Predicate | None:
    """ "Came out in Geneva with a proposal": the last verb before the preposition at `at`, if it is one that takes its act so."""
    if not all(n.word and not n.verb and not n.mention and (not n.kinds or adjectival(n) or n.has("modifier")) for n in nodes[at + 1 : i]):
        return None
    wanted = f"glue:behind:{spelt(nodes[at], pack)}"
    for j in range(at - 1, start_of(nodes, at) - 1, -1):
        if j in verbs and (nodes[j].has(wanted) or is_finite(nodes[j])):
            return verbs[j] if nodes[j].has(wanted) else None
    return None


def _announces(verb: Node, preposition: Node) -> bool:
    """ "Announced [of] the introduction of tariffs", where words inflect: to announce a measure is to take it."""
    said = verb.entry("cue")
    return bool(verb.tags and said and said.id == "announce" and preposition.has("glue:prepositions"))
