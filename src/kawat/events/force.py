"""The force of a statement is an event too: a demand, a refusal, a reproach, a threat that no verb names.

Read from the content: who is its subject (the speaker's side or another), its modality, and the polarity
of its predicate, from the small lists of the pack (force.toml).
"""

from __future__ import annotations

import bisect

import msgspec

from kawat.clauses.borders import governor, pause
from kawat.clauses.predicates import Domain
from kawat.events.context import Context, Parties, country, parties, without
from kawat.events.when_where import date_of, default_date
from kawat.lexicon.compile import Entry
from kawat.lexicon.match import Hit
from kawat.mentions.mention import Mention
from kawat.records import Event, Span
from kawat.span import cover, inside
from kawat.statements.cues import Said

_RANK = ("threaten", "warn", "reject", "accuse", "request", "agree", "support")
_TYPE = {a: a.upper() for a in _RANK} | {"warn": "THREATEN"}
_OPEN = 5  # nodes between a word that leaves open and what it leaves open
_BELIEF = frozenset({"believe", "hope", "predict", "ask", "quote"})


def find_forces(ctx: Context, parsed: list[list[Domain]], named: list[Event], hits: list[Hit]) -> list[Event]:
    """At most one event a statement, where no trigger has named its act already. `hits`: the forces of the text, in reading order."""
    starts = [h.start for h in hits]
    out: list[Event] = []
    taken = {e.trigger for e in named}
    told = {(e.type, e.actors, e.trigger) for e in named}
    for said in ctx.said:
        speaker = said.record.speaker
        if speaker is None or said.sense in _BELIEF or not _weighty(ctx, speaker):
            continue
        if said.cue and said.cue.node.span in taken:
            continue
        span = ctx.doc.sentences[said.sentence].span
        mine = hits[bisect.bisect_left(starts, span.start) : bisect.bisect_left(starts, span.end)] if said.record.content else []
        found = _strongest(ctx, parsed[said.sentence], said, speaker, mine) if mine else None
        if found and any(e.type == found.type and e.actors == found.actors and inside(e.trigger, span) for e in named):
            continue  # a word has named the act already
        if found and (key := (found.type, found.actors, found.trigger)) not in told:
            told.add(key)
            out.append(found)
    return _together(out)


def _together(events: list[Event]) -> list[Event]:
    """Several who say the same words do one act together."""
    out: dict[tuple[object, ...], Event] = {}
    for e in events:
        key = (e.type, e.trigger, e.recipients)
        first = out.get(key)
        if first is None:
            out[key] = e
            continue
        spans = (*first.party_spans[: len(first.actors)], *e.party_spans[: len(e.actors)], *first.party_spans[len(first.actors) :])
        out[key] = msgspec.structs.replace(first, actors=(*first.actors, *e.actors), party_spans=spans)
    return list(out.values())


def _weighty(ctx: Context, speaker: str) -> bool:
    """A state, body, or person with an office: what a passer-by says is no act of state."""
    d = ctx.cast.drafts.get(speaker)
    if d is None:
        return False
    if d.kind != "person":
        return d.kind in ("state", "organisation") or (d.kind == "group" and d.country is None)
    return d.country_basis == "listed" or any(r.office and r.office not in ctx.pack.ordinary for r in d.roles)


def _strongest(ctx: Context, found: list[Domain], said: Said, speaker: str, hits: list[Hit]) -> Event | None:
    best: tuple[int, Event] | None = None
    for hit in hits:
        span = Span(hit.start, hit.end)
        where = _node_at(found, span) if inside(span, *said.record.content) else None
        for entry in hit.entries if where else ():
            event = _read(ctx, *where, span, entry, said, speaker) if where else None
            if event and said.cue and (when := date_of(ctx, found[0], said.cue, event.type)):
                event = msgspec.structs.replace(event, date=when)
            rank = _RANK.index(entry.id)
            if event and (best is None or rank < best[0]):
                best = rank, event
    return best[1] if best else None


def _node_at(found: list[Domain], span: Span) -> tuple[Domain, int] | None:
    """The domain and node in which a force begins; None where a longer act says more ("refused to take part")."""
    for d in found:
        for k, n in enumerate(d.nodes):
            if n.start <= span.start < n.end and not n.has("quote"):
                return None if n.has("trigger") and n.end > span.end else (d, k)
    return None


def _read(ctx: Context, d: Domain, k: int, at: Span, entry: Entry, said: Said, speaker: str) -> Event | None:
    side = {speaker, country(ctx, speaker) or speaker}
    subject = _clause_subject(d, k, said)
    own = subject is not None and ((subject.kind == "pronoun" and subject.name == "speaker") or bool(set(subject.ids) & side))
    if any(n.has("glue:whether") for n in d.nodes[max(0, k - _OPEN) : k]):
        return None  # "must decide whether it is ready": left open
    hypothetical = any(n.has("glue:sub:condition") for n in d.nodes[:k])
    act = entry.id
    recipients = Parties([], [])
    if act in ("accuse", "request", "support", "warn"):
        if own or (act == "request" and said.sense == "agree"):
            return None  # who agrees that somebody should do a thing asks nobody
        recipients = _other(ctx, subject, side)
        if not recipients.ids and act in ("accuse", "support") and ctx.pack.grammar.word_class in ("form", "listed"):
            recipients = _named_other(ctx, d, said, side)
        if not recipients.ids and act == "accuse" and subject is None:
            recipients = _agent(ctx, d, k, side)
        if not recipients.ids:
            return None
        if hypothetical and act in ("accuse", "support", "request"):
            return None
    else:
        if subject is not None and not own:
            return None
        if act == "reject" and _tells(d, at):
            return None
        if subject is None and said.record.kind == "direct":
            return None
        recipients = _named_other(ctx, d, said, side)
        if not recipients.ids:
            return None
    return _event(ctx, at, entry, said, speaker, recipients)


def _event(ctx: Context, at: Span, entry: Entry, said: Said, speaker: str, recipients: Parties) -> Event:
    type_ = _TYPE[entry.id]
    source = said.record.source or at
    when = default_date(ctx, "happened")
    evidence = cover([at, *recipients.spans, *said.record.content[:1]])
    return Event(
        id="", type=type_, mode=None, actors=(speaker,), recipients=tuple(recipients.ids),
        party_spans=(source, *recipients.spans), date=when, status="happened", asserted_by="narrator",
        trigger=at, evidence=(evidence,), score=ctx.pack.world.score(type_, ""), rule=entry.rule,
    )  # fmt: skip


def _tells(d: Domain, at: Span) -> bool:
    """ "Will not include", "will not be": what is so, not what somebody refuses."""
    behind = next((n for n in d.nodes if n.start >= at.end), None)
    return behind is not None and behind.has("glue:including", "glue:copulas")


def _clause_subject(d: Domain, k: int, said: Said) -> Mention | None:
    """The bare mention nearest before node `k` in its clause, inside what is said."""
    for j in range(k - 1, -1, -1):
        n = d.nodes[j]
        if not inside(n.span, *said.record.content) and n.word:
            return None
        if n.has("glue:complementizers") or n.text in (";", ":") or n.has("quote"):
            return None
        if n.mention and n.mention.argument and governor(d.nodes, j) is None:
            return n.mention
    return None


def _agent(ctx: Context, d: Domain, k: int, side: set[str]) -> Parties:
    """ "This is a violation by A": who did what is blamed."""
    for j in range(k + 1, min(k + 9, len(d.nodes) - 1)):
        if d.nodes[j].has("glue:passive_agent"):
            return _other(ctx, next((n.mention for n in d.nodes[j + 1 : j + 4] if n.mention), None), side)
        if pause(d.nodes, j):
            break
    return Parties([], [])


def _other(ctx: Context, m: Mention | None, side: set[str]) -> Parties:
    if m is None:
        return Parties([], [])
    found = parties(ctx, (m,), None) if m.kind != "name" else Parties([], [])
    return without(found, [i for i in found.ids if i in side or country(ctx, i) in side])


def _named_other(ctx: Context, d: Domain, said: Said, side: set[str]) -> Parties:
    """The first other party named in the content."""
    for n in d.nodes:
        m = n.mention
        if (
            m
            and m.settled
            and m.argument
            and m.kind in ("state", "person", "organisation", "group")
            and inside(n.span, *said.record.content)
        ):
            found = _other(ctx, m, side)
            if found.ids:
                return found
    return Parties([], [])
