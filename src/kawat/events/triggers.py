"""Events that a word names: trigger -> frame -> event."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from kawat.clauses.predicates import Domain, Predicate
from kawat.documents.sentences import Sentence
from kawat.events.compose import HOSTILE, ended, voiced
from kawat.events.context import Context, Parties, asserted_by, country, near, officials, parties, political, without
from kawat.events.frames import Filled, fill
from kawat.events.phrases import companion, doer_of_object, phrase
from kawat.events.status import VERBAL, ahead, status_of
from kawat.events.when_where import date_of, default_date, place_of
from kawat.events.worth import SYMMETRIC, absorbed, enough, heads, modifies, shown, who, within_act, worth
from kawat.lexicon.compile import Entry
from kawat.lexicon.schema import Trigger
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.mentions.nouns import group_name
from kawat.records import Event, Span
from kawat.span import cover, inside

_ASKED = ("?", "？")
_JUDGED = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
_MENACING = HOSTILE - {"MOBILIZE"}  # to promise troops may be to give in
_DONE = ("happened", "historical")
_MOODS = frozenset({"ACCUSE", "SUPPORT"})
_BY_STATES = frozenset({"arrest", "martial-law", "curfew"})


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
        picked = None if _in_name(domain.nodes, p) else _pick(ctx, sentence, p)
        if picked:
            chosen[p.index] = (p, *picked)
    events: list[Event] = []
    for p, entry, trigger, filled in chosen.values():
        if absorbed(p, chosen) or modifies(ctx, p, trigger, chosen) or within_act(ctx, sentence, p) or shown(p, trigger, chosen):
            continue
        if menaced := _menaced(p, trigger, chosen):
            trigger = msgspec.structs.replace(trigger, type="THREATEN", mode="")
            filled = replace(filled, recipients=menaced.recipients or filled.recipients)
        event = _event(ctx, sentence, domain, p, entry, trigger, filled)
        if event:
            events.append(event)
    return events


def _in_name(nodes: list[Node], p: Predicate) -> bool:
    """ "The Friendship Network": a capitalised act noun before a capitalised word is part of a name, but not in a headline."""
    after = nodes[p.index + 1] if p.index + 1 < len(nodes) else None
    if p.node.form or not p.index or after is None or after.mention or not (p.node.text[0].isupper() and after.text[0].isupper()):
        return False
    plain = [n.text[0].islower() for n in nodes if n.word and not n.mention]
    return sum(plain) * 2 > len(plain)


def _pick(ctx: Context, sentence: Sentence, p: Predicate) -> tuple[Entry, Trigger, Filled] | None:
    """The reading of a trigger node whose needs are met and whose frame fills best."""
    best: tuple[int, Entry, Trigger, Filled] | None = None
    for entry in p.node.entries:
        if entry.kind != "trigger":
            continue
        trigger = ctx.pack.data.triggers[entry.ref]
        if trigger.pos != "noun" and not p.node.verb and not p.nominal:
            continue  # a bare root in the place of a noun
        filled = fill(p, entry, trigger)
        if trigger.needs and not near(ctx, sentence, trigger.needs) and not (ctx.pack.grammar.parties_suffice and _parties(filled)):
            continue
        rank = 4 * bool(filled.actors) + 2 * bool(filled.recipients) + bool(trigger.needs)
        if best is None or rank > best[0]:
            best = rank, entry, trigger, filled
    return best[1:] if best else None


def _menaced(p: Predicate, trigger: Trigger, chosen: dict[int, tuple[Predicate, Entry, Trigger, Filled]]) -> Filled | None:
    """ "Vowed to bomb NAME": the frame of a hostile act that somebody promises, which is a threat."""
    said = p.node.entry("cue")
    if trigger.type != "AGREE" or said is None or said.id != "promise" or " " in p.node.text:
        return None  # a phrase says itself what is promised
    told = chosen[p.index][3].recipients
    for q, _, act, filled in chosen.values():
        verb = q.light or q
        inside_it = q is not p and p in (verb, verb.parent, q.parent) and not q.negated
        if inside_it and (filled.recipients or told) and ended(q, act.type) in _MENACING:
            return filled
    return None


def _parties(filled: Filled) -> bool:
    """Both sides are named, and are states, bodies or their people."""
    return all(any(_of_state(m) for m in side) for side in (filled.actors, filled.recipients))


def _of_state(m: Mention) -> bool:
    return m.kind in ("state", "organisation") or (m.kind == "person" and bool(m.country))


def _event(ctx: Context, sentence: Sentence, domain: Domain, p: Predicate, entry: Entry, trigger: Trigger, filled: Filled) -> Event | None:
    speaker = asserted_by(ctx, sentence, p.node.span)
    actors = parties(ctx, tuple(m for m in filled.actors if not (_region(m) or _held_people(ctx, m, trigger))), speaker)
    recipients = parties(ctx, filled.recipients, speaker)
    refused = bool(speaker) and actors.ids == [speaker] and trigger.type == "REJECT"
    if refused or (speaker and _judged(ctx, p, trigger, actors, speaker)):
        speaker = None  # "he said he would ignore the vote", "we condemn the raid": to say it is to do it
    if trigger.symmetric and trigger.type in SYMMETRIC:
        actors = _joined(actors, recipients)
        recipients = Parties([], [])
    if trigger.symmetric and trigger.type == "PROTEST" and _crowd(ctx, recipients) and not _crowd(ctx, actors):
        actors, recipients = recipients, actors  # "police clashed with students": the crowd protests
    recipients = without(recipients, actors.ids)
    if trigger.type in ("ACCUSE", "THREATEN", "SANCTION"):  # who warns that their own state will strike warns somebody else
        recipients = without(recipients, [c for i in actors.ids if (c := country(ctx, i))])
    if not recipients.ids and not trigger.symmetric and trigger.pos != "noun" and not p.nominal and trigger.type not in SYMMETRIC:
        owners = ctx.pack.data.glue.possessive_prepositions
        recipients = _asked(ctx, domain, p, trigger, actors, speaker) or _reach(ctx, p, trigger, actors, speaker)
        if not recipients.ids and trigger.type in _JUDGED and (doer := doer_of_object(domain, p, owners)):
            recipients = without(parties(ctx, (doer,), speaker), actors.ids)
    if not recipients.ids and trigger.type in _JUDGED and trigger.recipient and p.node.verb and not trigger.symmetric:
        recipients = without(parties(ctx, _whose(domain, p), speaker), actors.ids)
    place, place_span, place_state = place_of(ctx, domain, p, trigger.type)
    if not actors.ids and trigger.type == "COERCE" and trigger.mode in _BY_STATES and (trigger.mode == "arrest" or place_state):
        actors = _authorities(ctx, place_state, place_span, recipients)
        recipients = without(recipients, actors.ids)
    told = p.node.verb or _held(p) or (not speaker and heads(domain, p))
    if trigger.type == "PROTEST" and (place_state and _stateless(ctx, actors) if actors.ids else told):
        actors = _protesters(ctx, p, place_state, place_span)
    beside, verb = companion(domain, p) if _partner_lacks(trigger, filled, actors) else (None, None)
    if beside:
        actors = _joined(parties(ctx, (beside,), speaker), actors)
    if trigger.type in SYMMETRIC and (trigger.pos == "verb" or p.light) and len(actors.ids) == 1 and p.opener not in ("purpose", "time"):
        actors = _with_speaker(ctx, sentence, actors, speaker)
    if trigger.mode == "visit" and _at_home(ctx, actors.ids):
        return None  # "the president arrived in the capital"
    if not enough(trigger, actors, recipients, speaker) or not political(ctx, who(trigger, actors, recipients)):
        return None
    if trigger.towards and not recipients.ids and not _own_doing(ctx, p, trigger, actors):
        return None
    if trigger.type in _MOODS and not (recipients.ids and speaker is None) and all(_unlisted_group(ctx, i) for i in actors.ids):
        return None  # people who are for or against something
    if trigger.type in VERBAL and ctx.doc.text[slice(*sentence.span)].rstrip().endswith(_ASKED):
        return None  # a question says nothing
    when = date_of(ctx, domain, p, trigger.type)
    if when and trigger.type in VERBAL and "planned" not in p.modality and ahead(when, ctx.published):
        when = None  # the day is that of what is said, not of the saying
    conditional = any(n.has("glue:sub:condition") for n in domain.nodes[: p.index])
    status = status_of(p, trigger, when, ctx.published, conditional, speaker is not None)
    if refused and status == "planned":
        status = "happened"
    announced = p.light.node.entry("cue") if p.light and trigger.type in SYMMETRIC else None
    if announced and announced.id == "announce" and status == "happened":
        status = "planned"
    before = ctx.pack.data.times.bounds.get(phrase(domain.nodes, p.index)) == "until"
    if verb and status == "happened" and (before or "planned" in verb.modality or verb.node.has("modality:planned")):
        status = "planned"
    if status in _DONE and (trigger.mode == "arrest" and when and when.start and when.end is None):
        status = "ongoing"  # "jailed since last year"
    elif status == "happened" and p.opener == "main" and domain.nodes[0].has("modality:historical") and domain.nodes[1].text == ",":
        status = "historical"  # "For decades, …"
    if not worth(ctx, domain, p, trigger, status, speaker):
        return None
    if when is None and not _long_past(ctx, domain, p, trigger, speaker is not None):
        when = default_date(ctx, status)
    spans = [*actors.spans, *recipients.spans]
    type_ = ended(p, trigger.type)
    if (
        speaker
        and recipients.ids
        and _own(ctx, actors.ids, speaker)
        and (saying := voiced(type_, status, conditional and p.opener != "condition"))
    ):
        type_, status, speaker = saying, "happened", None
        when = when if when and not ahead(when, ctx.published) else default_date(ctx, status)
    mode = trigger.mode if type_ == trigger.type else ""
    return Event(
        id="", type=type_, mode=mode or None, actors=tuple(actors.ids), recipients=tuple(recipients.ids),
        party_spans=tuple(spans), date=when, place=place, place_span=place_span, status=status,
        asserted_by=speaker or "narrator", trigger=p.node.span,
        evidence=(cover([p.node.span, *(s for s in spans if inside(s, sentence.span))]),),
        score=ctx.pack.world.score(type_, mode), rule=entry.rule,
    )  # fmt: skip


def _own_doing(ctx: Context, p: Predicate, trigger: Trigger, actors: Parties) -> bool:
    """A warning of what one's own side will do threatens, though it names nobody."""
    if trigger.type != "THREATEN":
        return False
    mine = {c for i in actors.ids for c in (i, country(ctx, i))}
    return any(not mine.isdisjoint(m.ids) or (m.kind == "pronoun" and m.name == "speaker") for m in p.following[:2])


def _partner_lacks(trigger: Trigger, filled: Filled, actors: Parties) -> bool:
    """A meeting or visit whose noun names at most with whom it was."""
    own = any(m.settled for m in filled.actors)
    return trigger.type in SYMMETRIC and trigger.pos == "noun" and len(actors.ids) < 2 and not own


def _at_home(ctx: Context, ids: list[str]) -> bool:
    """Somebody and their own state."""
    return len(ids) == 2 and any(country(ctx, a) == b and a != b for a, b in (ids, ids[::-1]))


def _judged(ctx: Context, p: Predicate, trigger: Trigger, actors: Parties, speaker: str) -> bool:
    """A reproach of the speaker's own, in plain words of the main clause."""
    plain = p.node.verb and p.opener == "main" and not p.modality and not p.negated
    return plain and trigger.type == "ACCUSE" and trigger.pos == "verb" and bool(actors.ids) and _own(ctx, actors.ids, speaker)


def _own(ctx: Context, actors: list[str], speaker: str) -> bool:
    """It is the speaker's own side that acts."""
    d = ctx.cast.drafts.get(speaker)
    return d is not None and d.kind != "media" and all(i == speaker or i == d.country for i in actors)


def _joined(first: Parties, more: Parties) -> Parties:
    rest = without(more, first.ids)
    return Parties([*first.ids, *rest.ids], [*first.spans, *rest.spans])


def _region(m: Mention) -> bool:
    """A city or region is its state where it suffers, not where it acts."""
    return m.kind == "state" and m.entry is not None and m.entry.kind == "place"


def _held_people(ctx: Context, m: Mention, trigger: Trigger) -> bool:
    """ "Talks with A over the release of hostages": people whom others hold take part in nothing, unless they protest."""
    group = m.entry if m.kind == "group" and m.entry and m.entry.kind == "group" else None
    return trigger.type != "PROTEST" and group is not None and ctx.pack.data.institutions.group[group.ref].held


def _unlisted_group(ctx: Context, ident: str) -> bool:
    d = ctx.cast.drafts.get(ident)
    return d is not None and d.kind == "group" and not officials(d) and ctx.pack.world.body(ident) is None


def _long_past(ctx: Context, domain: Domain, p: Predicate, trigger: Trigger, said: bool) -> bool:
    """An act that only serves to date another ("since the invasion"), or that words such as "earlier" put further back.

    `said`: in somebody's words, where "had" is the past of any time.
    """
    if p.opener == "time" and (trigger.pos == "noun" or p.nominal or domain.nodes[p.border].has("glue:prepositions")):
        return True
    units = ctx.pack.data.times.units
    if p.opener == "time" and ctx.pack.spaced and any(w in units for w in domain.nodes[p.border].text.lower().split(" ")):
        return True  # "weeks before it expelled the envoy"
    if ctx.pack.grammar.adjuncts == "before" and any(n.has("glue:background") for n in domain.nodes[p.index + 1 : p.index + 4]):
        return True  # "since A invaded B", where "since" stands behind
    before = domain.nodes[max(p.border, p.index - 6) : p.index]
    return any(n.has("glue:background") and not (said and n.has("glue:auxiliaries")) for n in before)


def _asked(ctx: Context, domain: Domain, p: Predicate, trigger: Trigger, actors: Parties, speaker: str | None) -> Parties | None:
    """ "Urged that Israel withdraw": whom the clause behind a demand names first."""
    if trigger.type != "REQUEST":
        return None
    nodes = domain.nodes
    for k in range(p.index + 1, len(nodes) - 1):
        n = nodes[k]
        if n.text == "," and ctx.pack.lexicon:
            continue  # where every clause opens behind a comma
        if n.has("glue:complementizers") or (n.has("glue:sub:purpose") and not n.has("glue:prepositions")):
            m = nodes[k + 1].mention
            found = without(parties(ctx, (m,), speaker), actors.ids) if m and m.argument and m.kind != "name" else None
            return found if found and found.ids else None
        if n.verb or n.mention or not n.word:
            return None
    return None


_NEAR = 3  # nodes from words to the act noun that they are about


def _whose(domain: Domain, p: Predicate) -> tuple[Mention, ...]:
    """ "Condemned the missile test of A", "welcomed the offer of A": whose act it is that is praised or blamed."""
    q = next((q for q in domain.predicates if q.index > p.index), None)
    if q is None or q.index > p.index + _NEAR or q.node.form or q.node.tags or q.node.has("glue:ends"):
        return ()  # to welcome the end of an attack is no praise for who attacked
    owner = q.oblique("OF") or q.owner
    return (owner,) if owner else ()


def _reach(ctx: Context, p: Predicate, trigger: Trigger, actors: Parties, speaker: str | None) -> Parties:
    """No recipient where the frame has it: the first other party further on in the clause chain."""
    promise = trigger.type == "AGREE" and ctx.pack.lexicon is not None
    if not trigger.recipient or not (promise or trigger.type in ("THREATEN", "SANCTION")):
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


def _authorities(ctx: Context, state: str | None, span: Span | None, held: Parties) -> Parties:
    """An arrest or a curfew without an agent is the act of the state where it happens, else of the one whose people are held."""
    people = [(i, s) for i, s in zip(held.ids, held.spans, strict=True) if ctx.cast.drafts[i].kind in ("person", "group")]
    own = next(((c, s) for i, s in people if (c := country(ctx, i))), None)
    at = (state, span) if state and span else ctx.cast.scene or own
    if at is None:
        return Parties([], [])
    found, where = at
    ctx.cast.add(Mention(where, "state", ctx.pack.world.state_name(found), (found,), found, where, "scene"))
    return Parties([found], [where])


def _crowd(ctx: Context, found: Parties) -> bool:
    return any(ctx.cast.drafts[i].kind == "group" for i in found.ids if i in ctx.cast.drafts)


def _held(p: Predicate) -> bool:
    """ "A protest was held in A", "thousands joined a protest"."""
    return p.happens is not None or (p.light is not None and (p.light.subject is None or p.light.node.has("glue:takes_place")))


def _stateless(ctx: Context, actors: Parties) -> bool:
    """ "Hundreds of people took to the streets in A": people whose state no word tells."""
    drafts = [ctx.cast.drafts.get(i) for i in actors.ids]
    return all(d is not None and d.kind == "group" and d.country is None and ctx.pack.world.body(d.id) is None for d in drafts)


def _protesters(ctx: Context, p: Predicate, state: str | None, span: Span | None) -> Parties:
    """People without a state take to the streets of a place: those of the place; "thousands marched": those of the report."""
    if (state is None or span is None) and p.subject is None and not p.passive and ctx.cast.scene:
        state, span = ctx.cast.scene
    if state is None or span is None:
        return Parties([], [])
    ident, name = group_name("protesters", state, None, ctx.pack)
    ctx.cast.add(Mention(span, "group", name, (ident,), state, span, "scene", "CVL"))
    return Parties([ident], [span])


def _with_speaker(ctx: Context, sentence: Sentence, actors: Parties, speaker: str | None) -> Parties:
    """ "He said that Kim wants to meet": the other party of a meeting named by one is the speaker."""
    said = next((s for s in ctx.said_in.get(sentence.number, ()) if s.record.speaker == speaker and s.record.source), None)
    if said is None or speaker is None or said.record.source is None or country(ctx, speaker) == country(ctx, actors.ids[0]):
        return actors
    return Parties([*actors.ids, speaker], [*actors.spans, said.record.source])
