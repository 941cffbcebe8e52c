"""What holds between two parties that the user has named: for those who bring their own actors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kawat.clauses.predicates import Domain, Predicate
from kawat.documents.sentences import Sentence
from kawat.events.compose import FRIENDLY, HOSTILE, ended
from kawat.events.context import Context, near
from kawat.events.frames import Filled, fill
from kawat.events.worth import OPENING
from kawat.lexicon.compile import Entry
from kawat.lexicon.raw import EventType
from kawat.lexicon.schema import Trigger
from kawat.mentions.mention import Mention
from kawat.mentions.names import merged
from kawat.mentions.nodes import Node
from kawat.records import Act, Pair, Span
from kawat.span import cover, overlap

_FULL = 8.0  # fit of a frame that both parties fill
ACTOR, RECIPIENT = "pair-actor", "pair-recipient"


@dataclass(frozen=True, slots=True)
class _Candidate:
    p: Predicate
    entry: Entry
    trigger: Trigger
    fit: float


def name_parties(rows: list[list[Node]], text: str, pair: Pair) -> list[list[Node]]:
    """Rows in which the two spans are mentions of their own, whatever else was read there."""
    for span, ident in ((pair.actor, ACTOR), (pair.recipient, RECIPIENT)):
        rows = [_named(nodes, text, span, ident) for nodes in rows] if span else rows
    return rows


def _named(nodes: list[Node], text: str, span: Span, ident: str) -> list[Node]:
    at = [k for k, n in enumerate(nodes) if overlap(n.span, span)]
    if not at:
        return nodes
    whole = cover([span, *(nodes[k].span for k in at)])
    mention = Mention(whole, "organisation", text[slice(*span)], (ident,))
    return [*nodes[: at[0]], merged(mention, text), *nodes[at[-1] + 1 :]]


def between(ctx: Context, parsed: list[list[Domain]], pair: Pair) -> Act:
    """The act that joins the parties: the one whose frame they fill best; of a promise, threat or demand that itself."""
    found = [c for s, row in zip(ctx.doc.sentences, parsed, strict=True) for d in row for c in _candidates(ctx, s, d, pair)]
    best = max(found, key=lambda c: c.fit, default=None)
    demand = next((p for row in parsed for d in row for p in d.predicates if _demanded(p)), None)
    if demand and (best is None or best.p is demand or best.fit < _FULL):
        return Act(id=pair.id, type="REQUEST", rule=f"{ctx.pack.language}/glue:obliged", trigger=demand.node.span)
    if best is None:
        return Act(id=pair.id)
    best = _outermost(best, found)
    type_, mode = best.trigger.type, best.trigger.mode or None
    composed = _composed(best.p, ended(best.p, type_))
    return Act(id=pair.id, type=composed, mode=mode if composed == type_ else None, rule=best.entry.rule, trigger=best.p.node.span)


def _composed(p: Predicate, type_: EventType) -> EventType:
    """An `Act` has no status: what is only refused, promised or threatened is that."""
    if p.negated:
        return "REJECT" if type_ in FRIENDLY else type_
    if p.modality & {"planned", "offered"}:
        return "AGREE" if type_ in FRIENDLY else "THREATEN" if type_ in HOSTILE else type_
    return type_


def _demanded(p: Predicate) -> bool:
    """ "The actor said that the recipient must …": of what is somebody's duty by another's words."""
    said = p.parent if p.opener == "complement" else None
    return "obliged" in p.modality and said is not None and _is(p.subject, RECIPIENT) and _is(said.subject, ACTOR)


def _is(m: Mention | None, ident: str) -> bool:
    return m is not None and ident in m.ids


def _candidates(ctx: Context, sentence: Sentence, domain: Domain, pair: Pair) -> Iterator[_Candidate]:
    for p in domain.predicates:
        for entry in p.node.entries:
            if entry.kind != "trigger":
                continue
            trigger = ctx.pack.data.triggers[entry.ref]
            if (trigger.pos == "noun" or p.node.verb) and (not trigger.needs or near(ctx, sentence, trigger.needs)):
                yield _Candidate(p, entry, trigger, _fit(p, trigger, fill(p, entry, trigger), pair))


def _fit(p: Predicate, trigger: Trigger, filled: Filled, pair: Pair) -> float:
    """How well the parties fill the frame; of equals the act nearest to both wins."""
    actors = {i for m in filled.actors for i in m.ids}
    recipients = {i for m in filled.recipients for i in m.ids}
    further = {i for m in p.following for i in m.ids}
    does, suffers = ACTOR in actors, RECIPIENT in recipients
    if (does and suffers) or (trigger.symmetric and {ACTOR, RECIPIENT} <= actors | recipients):
        score = _FULL
    elif does and RECIPIENT in further:
        score = 6.0
    elif suffers and not actors:
        score = 5.0
    elif does or suffers:
        score = 4.0
    elif RECIPIENT in actors and ACTOR in recipients:
        score = 1.0
    else:
        score = 2.0
    at, ends = p.node.start, [s.start for s in (pair.actor, pair.recipient) if s]
    return score + 0.5 * (min(ends) < at < max(ends)) - min(sum(abs(at - e) for e in ends), 900) / 1000


def _outermost(best: _Candidate, found: list[_Candidate]) -> _Candidate:
    """ "Threatened to attack" is a threat: the act that opens the prospect of `best`, if the actor does it; an order is the act itself."""
    up = best.p.light or best.p.parent
    steps = 0
    while up is not None and steps < 4:
        outer = next((c for c in found if c.p is up and c.trigger.type in OPENING and c.fit >= 3), None)
        if outer and not up.node.has("glue:resolves"):
            best = outer
        up, steps = up.parent, steps + 1
    return best
