"""Who takes part in what a noun names: "after talks with A, B said", "condemned the raid by A"."""

from __future__ import annotations

from kawat.clauses.borders import pause
from kawat.clauses.predicates import Domain, Predicate
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node

_PHRASE = 6  # words from a preposition to its act noun
_WHO = ("state", "person", "organisation", "office", "institution", "name", "description")


def phrase(nodes: list[Node], i: int) -> str:
    """The preposition that leads the phrase of the act noun at `i`; empty where none does."""
    for j in range(i - 1, max(-1, i - _PHRASE), -1):
        n = nodes[j]
        if n.has("glue:prepositions", "glue:sub:time"):
            return n.text.lower()
        named = n.mention and n.mention.kind != "pronoun"
        if n.verb or named or not n.word or n.has("glue:coordinators", "glue:complementizers", "quote"):
            return ""
    return ""


def companion(domain: Domain, p: Predicate) -> tuple[Mention, Predicate] | tuple[None, None]:
    """Who took part in a meeting that only tells when or where they did something else, and the verb that tells what they did."""
    owned = p.owner is not None and p.owner.kind != "pronoun"
    if p.node.verb or p.light or p.happens or owned or not phrase(domain.nodes, p.index):
        return None, None
    verb = _governing(domain, p)
    doer = verb.subject if verb else None
    return (doer, verb) if verb and doer and doer.kind in _WHO and doer.argument else (None, None)


def _governing(domain: Domain, p: Predicate) -> Predicate | None:
    """The verb on which the phrase hangs: the one before it, or at the front of the sentence the next one behind a comma."""
    verbs = [q for q in domain.predicates if q.node.verb]
    before = [q for q in verbs if q.index < p.index]
    if before:
        return before[-1]
    verb = next((q for q in verbs if q.index > p.index and q.opener != "relative"), None)
    led = verb is not None and any(pause(domain.nodes, k) for k in range(p.index, verb.index))
    return verb if led else None


def doer_of_object(domain: Domain, p: Predicate, owners: list[str]) -> Mention | None:
    """ "Condemned the raid by A", "the remarks of A": who did what is condemned or praised. `owners`: prepositions of the owner."""
    if p.passive:
        return None
    deed = next((q for q in domain.predicates if q.light is p and q.node.has("trigger")), None)
    if deed or p.oblique("BY"):
        return (deed and (deed.owner or deed.oblique("BY"))) or p.oblique("BY") or _done_by(domain, p)
    return next((m for preposition, m in p.obliques[:1] if preposition in owners), None) or _done_by(domain, p)


def _done_by(domain: Domain, p: Predicate) -> Mention | None:
    """ "Condemned the drills carried out by A"."""
    q = next((q for q in domain.predicates if q.index > p.index and q.node.verb), None)
    if q is None or q.index > p.index + _PHRASE or not q.node.has("glue:light"):
        return None
    return None if any(pause(domain.nodes, k) for k in range(p.index, q.index)) else q.oblique("BY")
