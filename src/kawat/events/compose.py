"""What an act becomes by the words over it: sanctions that are lifted are a retreat, aid that is cut is a sanction."""

from __future__ import annotations

from kawat.clauses.predicates import Predicate
from kawat.lexicon.schema import EventType

# To do none of these is to refuse; to say that one will is to promise.
FRIENDLY = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT"})
# To say that one will do these is to threaten.
HOSTILE = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
_NEAR = 2  # words from a verb to the act right behind it: "stopped shelling"
_ENDED: dict[str, EventType] = {
    "AID": "SANCTION", "COOPERATE": "SANCTION", "CONSULT": "SANCTION", "SUPPORT": "REJECT", "AGREE": "REJECT",
    "REQUEST": "CONCEDE", "ACCUSE": "CONCEDE", "THREATEN": "RETREAT", "PROTEST": "RETREAT", "SANCTION": "RETREAT",
    "MOBILIZE": "RETREAT", "COERCE": "RETREAT", "ASSAULT": "RETREAT",
}  # fmt: skip


def ended(p: Predicate, type_: EventType) -> EventType:
    """The type of an act that its verb brings to an end or lessens ("lifted the embargo", "cut aid", "stopped shelling")."""
    up = p.parent
    verb = p.light or p.happens or (up if up is not None and p.index - up.index <= _NEAR else None)
    return _ENDED.get(type_, type_) if verb is not None and verb.node.has("glue:ends") else type_
