"""Events that a word names: trigger -> frame -> event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kawat.clauses.predicates import Domain, Predicate
from kawat.documents.sentences import Document, Sentence
from kawat.events.frames import Filled, fill
from kawat.events.status import VERBAL, status_of
from kawat.lexicon.compile import Entry
from kawat.lexicon.match import fold
from kawat.lexicon.schema import Trigger
from kawat.mentions.actors import Mention
from kawat.mentions.link import Cast
from kawat.mentions.nodes import Node
from kawat.packs import Pack
from kawat.records import Event, Span, Status, When
from kawat.span import cover
from kawat.statements.cues import Said

# An act that opens a prospect: what follows it is its content, not a second act.
_OPENING = frozenset({"AGREE", "REQUEST", "THREATEN", "REJECT", "CONCEDE", "ACCUSE"})
_SYMMETRIC = frozenset({"CONSULT"})
# As nouns in a statement these are what it is about, not what anybody did.
_TOPICS = frozenset({"AGREE", "SUPPORT", "COOPERATE", "REQUEST", "CONCEDE", "AID"})


@dataclass(slots=True)
class Context:
    """What every stage of events needs about the report."""

    doc: Document
    cast: Cast
    pack: Pack
    said: list[Said]
    said_in: dict[int, list[Said]]
    published: date | None
    times: list[list[tuple[When, Span]]]
    story: When | None


@dataclass(slots=True)
class Parties:
    """Actor ids with the words that put them there."""

    ids: list[str]
    spans: list[Span]


def find_events(ctx: Context, parsed: list[list[Domain]]) -> list[Event]:
    """Events named by triggers, in order of their trigger."""
    out: list[Event] = []
    for sentence, found in zip(ctx.doc.sentences, parsed, strict=True):
        for domain in found:
            out += _in_domain(ctx, sentence, domain)
    return out


def _in_domain(ctx: Context, sentence: Sentence, domain: Domain) -> list[Event]:
    chosen: dict[int, tuple[Predicate, Entry, Trigger, Filled]] = {}
    for p in domain.predicates:
        picked = _pick(ctx, sentence, p)
        if picked:
            chosen[p.index] = (p, *picked)
    events: list[Event] = []
    for p, entry, trigger, filled in chosen.values():
        if _absorbed(p, chosen) or _modifies(p, trigger, chosen) or _within_act(ctx, sentence, p):
            continue
        event = _event(ctx, sentence, domain, p, entry, trigger, filled)
        if event:
            events.append(event)
    return events


def _pick(ctx: Context, sentence: Sentence, p: Predicate) -> tuple[Entry, Trigger, Filled] | None:
    """The reading of a trigger node whose needs are met and whose frame fills best."""
    best: tuple[int, Entry, Trigger, Filled] | None = None
    for entry in p.node.entries:
        if entry.kind != "trigger":
            continue
        trigger = ctx.pack.data.triggers[entry.ref]
        if trigger.needs and not _near(ctx, sentence, trigger.needs):
            continue
        filled = fill(p, entry, trigger)
        rank = 2 * bool(filled.actors) + bool(filled.recipients)
        if best is None or rank > best[0]:
            best = rank, entry, trigger, filled
    return best[1:] if best else None


def _near(ctx: Context, sentence: Sentence, needs: list[str]) -> bool:
    words = fold(ctx.doc.text[slice(*sentence.span)])
    return any(fold(n) in words for n in needs)


def _absorbed(p: Predicate, chosen: dict[int, tuple[Predicate, Entry, Trigger, Filled]]) -> bool:
    """Inside what another act promises, asks or threatens; or the object noun of another act."""
    up = p.light if p.light else p.parent
    if p.light and p.light.index in chosen:
        return True
    steps = 0
    while up is not None and steps < 4:
        if (
            up.index in chosen
            and chosen[up.index][2].type in _OPENING
            and (p.opener in ("complement", "purpose") or p.parent is up or p.light)
        ):
            return True
        up, steps = up.parent, steps + 1
    return False


def _within_act(ctx: Context, sentence: Sentence, p: Predicate) -> bool:
    """Inside the content of an accusation, promise or demand."""
    for s in ctx.said_in.get(sentence.number, ()):
        entry = s.cue.node.entry("trigger") if s.cue and s.cue is not p else None
        if entry and entry.id in _OPENING and any(c.start <= p.node.start and p.node.end <= c.end for c in s.record.content):
            return True
    return False


def _modifies(p: Predicate, trigger: Trigger, chosen: dict[int, tuple[Predicate, Entry, Trigger, Filled]]) -> bool:
    """An act noun right behind another only tells its kind: "tarif pembalasan"."""
    before = chosen.get(p.index - 1)
    return bool(trigger.pos == "noun" and before and before[2].pos == "noun")


def _event(ctx: Context, sentence: Sentence, domain: Domain, p: Predicate, entry: Entry, trigger: Trigger, filled: Filled) -> Event | None:
    speaker = asserted_by(ctx, sentence, p.node.span)
    actors = parties(ctx, filled.actors, speaker)
    recipients = parties(ctx, filled.recipients, speaker)
    if trigger.symmetric and trigger.type in _SYMMETRIC:
        others = _without(recipients, actors.ids)
        actors = Parties([*actors.ids, *others.ids], [*actors.spans, *others.spans])
        recipients = Parties([], [])
    recipients = _without(recipients, actors.ids)
    if not recipients.ids and not trigger.symmetric and trigger.pos != "noun" and trigger.type not in _SYMMETRIC:
        recipients = _reach(ctx, p, trigger, actors, speaker)
    place, place_span, place_state = place_of(ctx, domain, p)
    if not actors.ids and trigger.type == "COERCE" and trigger.mode == "arrest":
        actors = _authorities(ctx, place_state, place_span)
    if trigger.type in _SYMMETRIC and len(actors.ids) == 1:
        actors = _with_speaker(ctx, sentence, p, actors, speaker)
    if not _enough(trigger, actors, recipients, speaker) or not political(ctx, _who(trigger, actors, recipients)):
        return None
    when = date_of(ctx, sentence, p.node.span, [n.start for n in domain.nodes if n.verb])
    status = status_of(p, trigger, when, ctx.published)
    if not _worth(p, trigger, status, speaker):
        return None
    if when is None and not (trigger.pos == "noun" and p.opener == "time"):
        when = default_date(ctx, trigger.type, status)
    spans = [*actors.spans, *recipients.spans]
    return Event(
        id="", type=trigger.type, mode=trigger.mode or None, actors=tuple(actors.ids), recipients=tuple(recipients.ids),
        party_spans=tuple(spans), date=when, place=place, place_span=place_span, status=status,
        asserted_by=speaker or "narrator", trigger=p.node.span,
        evidence=(cover([p.node.span, *(s for s in spans if _within(s, sentence.span))]),),
        score=ctx.pack.score(trigger.type, trigger.mode), rule=entry.rule,
    )  # fmt: skip


def _within(s: Span, outer: Span) -> bool:
    return outer.start <= s.start and s.end <= outer.end


def _without(p: Parties, ids: list[str]) -> Parties:
    keep = [(i, s) for i, s in zip(p.ids, p.spans, strict=True) if i not in ids]
    return Parties([i for i, _ in keep], [s for _, s in keep])


def parties(ctx: Context, mentions: tuple[Mention, ...], speaker: str | None) -> Parties:
    """Ids and spans of mentions; "we" is the speaker, and a name in no list becomes an actor by acting."""
    ids: list[str] = []
    spans: list[Span] = []
    for m in mentions:
        if m.kind == "name":
            ctx.cast.adopt(m)
        found = m.ids
        if m.kind == "pronoun" and m.name == "speaker" and speaker:
            found = (speaker,)
        for ident in found:
            if ident not in ids:
                ids.append(ident)
                spans.append(_part_span(m, ident))
    return Parties(ids, spans)


def _part_span(m: Mention, ident: str) -> Span:
    return next((p.span for p in m.parts if ident in p.ids), m.span)


def _reach(ctx: Context, p: Predicate, trigger: Trigger, actors: Parties, speaker: str | None) -> Parties:
    """No recipient where the frame has it: the first other party further on in the clause chain."""
    if not trigger.recipient or trigger.type not in ("THREATEN", "SANCTION"):
        return Parties([], [])
    mine = {c for i in actors.ids for c in (i, country(ctx, i))}
    for m in p.following[:3]:
        if m.kind == "description":
            continue
        found = parties(ctx, (m,), speaker) if m.kind != "name" else Parties([], [])
        keep = [(i, s) for i, s in zip(found.ids, found.spans, strict=True) if i not in mine and country(ctx, i) not in mine]
        if keep:
            return Parties([i for i, _ in keep], [s for _, s in keep])
    return Parties([], [])


def country(ctx: Context, ident: str) -> str | None:
    """The state of an actor."""
    d = ctx.cast.drafts.get(ident)
    return d.country if d else None


def _authorities(ctx: Context, state: str | None, span: Span | None) -> Parties:
    """An arrest without an agent is the act of the state where it happens."""
    if state and span:
        found, where = state, span
    elif ctx.cast.scene:
        found, where = ctx.cast.scene
    else:
        return Parties([], [])
    row = ctx.pack.state.get(found)
    ctx.cast.add(Mention(where, "state", row.name if row else found, (found,), found, where, "scene"))
    return Parties([found], [where])


def _enough(trigger: Trigger, actors: Parties, recipients: Parties, speaker: str | None) -> bool:
    if not actors.ids:
        return False
    if trigger.type in _SYMMETRIC:
        return len(actors.ids) >= 2
    if trigger.type in ("SUPPORT", "AID", "COOPERATE") and not recipients.ids:
        return trigger.symmetric and len(actors.ids) >= 2
    # In somebody's statement a mere mood is no act: it needs somebody to whom it is done.
    return not (speaker and not recipients.ids and trigger.type in VERBAL and not (trigger.symmetric and len(actors.ids) > 1))


def _with_speaker(ctx: Context, sentence: Sentence, p: Predicate, actors: Parties, speaker: str | None) -> Parties:
    """ "He said that Kim wants to meet": the other party of a meeting named by one is the speaker."""
    said = next((s for s in ctx.said_in.get(sentence.number, ()) if s.record.speaker == speaker and s.record.source), None)
    if said is None or speaker is None or said.record.source is None or country(ctx, speaker) == country(ctx, actors.ids[0]):
        return actors
    return Parties([*actors.ids, speaker], [*actors.spans, said.record.source])


def _who(trigger: Trigger, actors: Parties, recipients: Parties) -> list[str]:
    """Whose rank decides: who speaks, or for a deed anybody who takes part."""
    return actors.ids if trigger.type in VERBAL else [*actors.ids, *recipients.ids]


def political(ctx: Context, ids: list[str]) -> bool:
    """True where a state, a listed body or somebody of a known state is among them: a teacher who scolds a pupil is no event."""
    drafts = [ctx.cast.drafts[i] for i in ids if i in ctx.cast.drafts]
    return any(d.country or d.kind in ("state", "organisation") or d.id in ctx.pack.body for d in drafts)


def _worth(p: Predicate, trigger: Trigger, status: Status, speaker: str | None) -> bool:
    """False for what is only an aim ("in order to support"), a topic in somebody's words, or an idle supposition."""
    if p.opener == "purpose" and "planned" not in p.modality and trigger.type not in _SYMMETRIC:
        return False
    if trigger.pos == "noun":
        if p.light and p.light.node.has("cue") and not p.light.node.has("trigger") and not _announced(p.light, trigger):
            return False
        if speaker and trigger.type in _TOPICS and not (p.light and p.light.node.has("glue:light")):
            return False
    if speaker and status == "proposed" and trigger.type not in _SYMMETRIC:
        return False
    return not (speaker and status == "hypothetical" and trigger.type in VERBAL)


def _announced(light: Predicate, trigger: Trigger) -> bool:
    """To announce a measure is to take it; to stress an attack is only talk."""
    entry = light.node.entry("cue")
    return bool(entry and entry.id == "announce" and trigger.type in ("SANCTION", "RETREAT", "AID", "MOBILIZE"))


def asserted_by(ctx: Context, sentence: Sentence, at: Span) -> str | None:
    """The speaker of the innermost statement whose content holds `at`; None for the narrator."""
    best: tuple[int, str] | None = None
    for s in ctx.said_in.get(sentence.number, ()):
        if s.record.cue == at:
            continue
        for c in s.record.content:
            if c.start <= at.start and at.end <= c.end and s.record.speaker and (best is None or c.end - c.start < best[0]):
                best = c.end - c.start, s.record.speaker
    return best[1] if best else None


def date_of(ctx: Context, sentence: Sentence, at: Span, verbs: list[int]) -> When | None:
    """The time words of the sentence nearest to the trigger; a comma or verb between counts as much as a long phrase."""
    rows = ctx.times[sentence.number]
    if not rows:
        return None
    text = ctx.doc.text

    def far(span: Span) -> int:
        a, b = (at.end, span.start) if span.start >= at.end else (span.end, at.start)
        pauses = sum(text.count(c, a, b) for c in ",;:")
        return b - a + 60 * (pauses + sum(a <= v < b for v in verbs))

    return min(rows, key=lambda r: far(r[1]))[0]


def default_date(ctx: Context, type_: str, status: Status) -> When | None:
    """No time words: what happened, happened on the day the report is about, else it is dated by publication."""
    if status not in ("happened", "denied"):
        return None
    if ctx.story:
        import msgspec

        return msgspec.structs.replace(ctx.story, basis="resolved")
    if ctx.published:
        day = ctx.published.isoformat()
        return When(start=day, end=day, precision="day", basis="published")
    return None


def place_of(ctx: Context, domain: Domain, p: Predicate) -> tuple[str | None, Span | None, str | None]:
    """The place words nearest to the trigger: name, span and state."""
    best: tuple[int, Node] | None = None
    for k, n in enumerate(domain.nodes):
        located = k and domain.nodes[k - 1].has("glue:place_of_event")
        if located and ((n.mention and n.mention.place) or n.has("place")):
            gap = abs(k - p.index)
            if best is None or gap < best[0]:
                best = gap, n
    if best is None:
        return None, None, None
    node = best[1]
    place = node.entry("place")
    if place:
        row = ctx.pack.data.places[place.ref]
        return row.name, node.span, row.state or None
    return node.text, node.span, node.mention.country if node.mention else None
