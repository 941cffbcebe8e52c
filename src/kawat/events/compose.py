"""What an act becomes by the words over it: sanctions that are lifted are a retreat, aid that is cut is a sanction."""

from __future__ import annotations

from kawat.clauses.predicates import Predicate
from kawat.lexicon.inflect import passive
from kawat.lexicon.raw import EventType
from kawat.records import Status

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


def voiced(type_: EventType, status: Status, conditional: bool) -> EventType | None:
    """What it is to say that one will do an act to another, or will not: a promise, a refusal, or on a condition a threat.

    Of war much is said that threatens nobody ("we were going to fight them"): threats of it have words of their own.
    """
    if conditional and type_ in HOSTILE - {"ASSAULT"} and status in ("planned", "hypothetical"):
        return "THREATEN"
    if status == "planned":
        return "AGREE" if type_ in ("AID", "COOPERATE") else None
    return "REJECT" if status == "denied" and type_ in ("AGREE", "SUPPORT", "CONCEDE") else None


def ended(p: Predicate, type_: EventType) -> EventType:
    """The type of an act that its verb brings to an end or lessens ("lifted the embargo", "cut aid", "stopped shelling")."""
    up = p.parent
    if p.happens and not p.light and not (p.happens.passive or passive(p.happens.node.tags)) and type_ in FRIENDLY:
        return type_  # "the talks ended": they were over, nobody broke them off
    verb = p.light or p.happens or (up if up is not None and p.index - up.index <= _NEAR else None)
    return _ENDED.get(type_, type_) if verb is not None and verb.node.has("glue:ends") else type_
