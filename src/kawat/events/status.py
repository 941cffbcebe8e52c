"""How real an act is: happened, planned, denied, historical …"""

from __future__ import annotations

from datetime import date

from kawat.clauses.predicates import Predicate
from kawat.lexicon.schema import Trigger
from kawat.records import Status, When

# What is said is done by saying it: a plan to praise is rare, a modal before these belongs to the content.
VERBAL = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})


def status_of(p: Predicate, trigger: Trigger, when: When | None, published: date | None, conditional: bool, said: bool = False) -> Status:
    """Status from the entry, negation, modality, clause and date. `conditional`: an "if" stands before the act.

    `said`: it stands in somebody's words, where "would" looks ahead.
    """
    if trigger.status:
        return trigger.status  # type: ignore[return-value]
    m = p.modality
    if p.opener == "condition":
        return "hypothetical"
    if conditional and p.opener == "main" and ("planned" in m or trigger.type == "AGREE"):
        return "hypothetical"
    if "planned" in m or ("conditional" in m and "hypothetical" not in m and said and not conditional):
        return "planned" if not p.negated else "denied"
    if m & {"proposed", "offered", "obliged"}:
        return "proposed"
    if p.negated:
        return "denied"
    if m & {"hypothetical", "conditional"}:
        return "hypothetical"
    if p.opener == "purpose" and not (p.parent and p.parent.node.has("glue:resolves")):
        return "planned"
    if old(when, published) or "historical" in m:
        return "historical"
    if ahead(when, published):
        return "planned"
    return "ongoing" if "ongoing" in m else "happened"


def ahead(when: When | None, published: date | None) -> bool:
    """True where a date lies wholly after publication."""
    return bool(when and published and when.start and when.start > published.isoformat())


def old(when: When | None, published: date | None) -> bool:
    """True where a date lies over a year before publication."""
    if not when or not published or when.basis == "published":
        return False
    last = when.end or when.start
    return bool(last) and (published - date.fromisoformat(str(last))).days > 365
