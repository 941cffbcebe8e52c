"""Which acts are events: what is only an aim, a topic or a part of another act is none."""

from __future__ import annotations

from kawat.clauses.borders import supposed, topical
from kawat.clauses.predicates import Domain, Predicate
from kawat.documents.sentences import Sentence
from kawat.events.context import Context, Parties, active
from kawat.events.frames import Filled
from kawat.events.status import VERBAL
from kawat.lexicon.compile import Entry
from kawat.lexicon.schema import Trigger
from kawat.records import Status
from kawat.span import inside

# An act that opens a prospect: what follows it is its content, not a second act.
OPENING = frozenset({"AGREE", "REQUEST", "THREATEN", "REJECT", "CONCEDE", "ACCUSE"})


SYMMETRIC = frozenset({"CONSULT"})


# As nouns in a statement these are what it is about, not what anybody did.
_TOPICS = frozenset({"AGREE", "SUPPORT", "COOPERATE", "REQUEST", "CONCEDE", "AID"})


_MOODS = frozenset({"SUPPORT", "ACCUSE", "REJECT"})
_MEASURES = frozenset({"AID", "SANCTION", "COOPERATE", "MOBILIZE", "COERCE", "RETREAT"})
_AHEAD = frozenset({"proposed", "planned"})
_MATERIAL = frozenset({"ASSAULT", "COERCE"})


def absorbed(p: Predicate, chosen: dict[int, tuple[Predicate, Entry, Trigger, Filled]]) -> bool:
    """Inside what another act promises, asks or threatens; or the object noun of another act."""
    if p.opener == "means":
        return False  # "answered by raising tariffs": how an act is done is done too
    if any(q.light is p and q.index in chosen and _carried(q, chosen) for q, *_ in chosen.values()):
        return True
    if p.opener == "time" and p.node.verb and p.index in chosen and chosen[p.index][2].type in SYMMETRIC:
        return False  # "agreed after they had met"
    up = p.light if p.light else p.parent
    if p.light and p.light.index in chosen:
        return bool(chosen[p.light.index][3].actors) and not _carried(p, chosen)
    if p.node.form == "progressive" and p.subject and any(_results(q, p, chosen) for q in chosen):
        return True
    steps, inside_it = 0, p.opener in ("complement", "purpose") or bool(p.light)
    while up is not None and steps < 4:
        if up.index in chosen and chosen[up.index][2].type in OPENING and (inside_it or p.parent is up):
            return True
        inside_it |= up.gerund
        up, steps = up.parent, steps + 1
    return False


def shown(p: Predicate, trigger: Trigger, chosen: dict[int, tuple[Predicate, Entry, Trigger, Filled]]) -> bool:
    """ "Warned A by sending ships": words that only a deed says."""
    deeds = (q for q, _, t, _ in chosen.values() if q.opener == "means" and q.parent is p and t.type not in VERBAL)
    return trigger.type in VERBAL and any(True for _ in deeds)


def _carried(p: Predicate, chosen: dict[int, tuple[Predicate, Entry, Trigger, Filled]]) -> bool:
    """ "Approved an aid package for A": the measure that its verb takes, not the approval."""
    light = p.light
    return light is not None and light.node.has("glue:resolves") and light.node.has("glue:light") and chosen[p.index][2].type in _MEASURES


def _results(q: int, p: Predicate, chosen: dict[int, tuple[Predicate, Entry, Trigger, Filled]]) -> bool:
    """ "Fired missiles at Kyiv, killing ten": a participle that tells what came of an earlier act of the same type and subject."""
    act = chosen[q]
    return q < p.index and p.index in chosen and act[0].subject is p.subject and act[2].type == chosen[p.index][2].type


def within_act(ctx: Context, sentence: Sentence, p: Predicate) -> bool:
    """Inside the content of an accusation, promise or demand."""
    if p.opener == "means":
        return False
    for s in ctx.said_in.get(sentence.number, ()):
        entry = active(ctx, sentence, s.cue.node) if s.cue and s.cue is not p else None
        behind = [c for c in s.record.content if s.cue and c.start >= s.cue.node.start]
        if entry and entry.id in OPENING and inside(p.node.span, *behind):
            return True
    return False


def modifies(ctx: Context, p: Predicate, trigger: Trigger, chosen: dict[int, tuple[Predicate, Entry, Trigger, Filled]]) -> bool:
    """An act noun, or a mood, right behind an act noun only tells its kind: "tarif pembalasan", "unjuk rasa menolak A"."""
    before = chosen.get(p.index - 1)
    if ctx.pack.lexicon and before and not before[3].actors and chosen[p.index][3].actors:
        return False  # "a round of talks of A and B": who takes part stands with the second
    mood = trigger.type in _MOODS and ctx.pack.grammar.adjuncts == "behind"
    return bool((trigger.pos == "noun" or mood) and before and (before[2].pos == "noun" or before[0].nominal))


def enough(trigger: Trigger, actors: Parties, recipients: Parties, speaker: str | None) -> bool:
    if not actors.ids:
        return False
    if trigger.type in SYMMETRIC:
        return len(actors.ids) >= 2
    if trigger.type in ("SUPPORT", "AID", "COOPERATE") and not recipients.ids:
        return trigger.symmetric and len(actors.ids) >= 2
    # In somebody's statement a mere mood is no act: it needs somebody to whom it is done.
    return not (speaker and not recipients.ids and trigger.type in VERBAL and not (trigger.symmetric and len(actors.ids) > 1))


def who(trigger: Trigger, actors: Parties, recipients: Parties) -> list[str]:
    """Whose rank decides: who speaks, or for a deed anybody who takes part."""
    return actors.ids if trigger.type in VERBAL else [*actors.ids, *recipients.ids]


def worth(ctx: Context, domain: Domain, p: Predicate, trigger: Trigger, status: Status, speaker: str | None) -> bool:
    """False for what is only an aim ("in order to support"), a topic in somebody's words, or an idle supposition."""
    resolved = p.parent is not None and p.parent.node.has("glue:resolves")
    if p.opener == "purpose" and not resolved and "planned" not in p.modality and trigger.type not in SYMMETRIC:
        return False
    if trigger.type not in _MATERIAL and topical(domain.nodes, p.opener, p.border):
        return False  # "the fact that A joins B" is a topic
    if p.node.tags == {"I"} and p.parent is not None and p.parent.node.has("glue:copulas"):
        return False  # "to yield means to lose"
    if ctx.pack.grammar.word_class == "listed" and p.opener == "main" and _is_subject(domain, p):
        return False  # "making A yield means"
    if p.content or (p.node.verb and _made_subject(domain, p)):
        return False
    if _prevented(domain, p) or (trigger.type in VERBAL and p.parent and p.parent.negated and p.parent.takes_clause):
        return False  # "did not say whether A would help"
    if p.index and domain.nodes[p.index - 1].has("glue:including"):
        return False  # "all options, including strikes"
    if p.attributive and (trigger.type in VERBAL or trigger.type == "COOPERATE"):
        return False  # "the party that supports A": what kind of party, not what it did
    if trigger.pos == "noun" or p.nominal:
        if p.light and _told(ctx, p, p.light, trigger) and not (trigger.type in SYMMETRIC and p.modality & _AHEAD):
            return False
        if p.light and p.light.node.has("glue:flouts"):
            return False  # "evaded the sanctions"
        if p.light and p.light.negated and trigger.type in _TOPICS:
            return False  # "without an agreement"
        done = (p.light and (p.light.node.has("glue:light") or _meant(p.light))) or p.happens or (not speaker and heads(domain, p))
        if not done and (trigger.type == "COOPERATE" or (speaker and trigger.type in _TOPICS)):
            return False
    if speaker and status == "proposed" and trigger.type not in SYMMETRIC:
        return False
    return not ((speaker or "conditional" in p.modality) and status == "hypothetical" and trigger.type in VERBAL)


def _told(ctx: Context, p: Predicate, light: Predicate, trigger: Trigger) -> bool:
    """Only what is talked of, not done."""
    idle = not p.happens and not light.node.has("trigger") and not _meant(light) and not _announced(light, trigger)
    return idle and _only_said(ctx, light)


def _is_subject(domain: Domain, p: Predicate) -> bool:
    """The sentence begins with a verb that nobody does, and goes on to say what that is."""
    first = domain.predicates[0]
    return first.index == 0 and first.node.verb and first.subject is None and first.index <= p.index and supposed(domain.nodes, p.index)


def _prevented(domain: Domain, p: Predicate) -> bool:
    """Behind a verb such as "prevent" and whom it stops, where that verb takes a clause without a mark."""
    verbs = [q for q in domain.predicates if q.index < p.index and q.node.verb]
    u = next((q for q in reversed(verbs) if q.node.has("glue:causatives") and q.node.has("glue:negation")), None)
    if u is None or (p.node.verb and u is not verbs[-1]):
        return False
    return not any(not n.word or n.has("glue:coordinators") for n in domain.nodes[u.index + 1 : p.index])


def _made_subject(domain: Domain, p: Predicate) -> bool:
    """What nobody makes somebody do, right before a copula, is only what that tells of, where verbs have no infinitive."""
    made = [q for q in domain.predicates if q.index < p.index and q.node.has("glue:causatives") and q.subject is None]
    if not any(q.objects[:1] == [p.subject] for q in made):
        return False
    after = next((n for n in domain.nodes[p.index + 1 :] if n.verb or not n.word or n.has("glue:genitive")), None)
    return after is not None and after.has("glue:copulas")


def _only_said(ctx: Context, p: Predicate) -> bool:
    """A reporting verb that takes objects: "stressed the attack", but not "is continuing sanctions"."""
    return any("S C X" in ctx.pack.data.cues[e.ref].order for e in p.node.entries if e.kind == "cue")


def _meant(light: Predicate) -> bool:
    """ "Counts on a meeting": a verb that takes its act behind a preposition."""
    return any(k.startswith("glue:behind:") for k in light.node.kinds)


def heads(domain: Domain, p: Predicate) -> bool:
    """The act noun is what its sentence is about: "Arms sales to Taiwan were approved"."""
    before = domain.nodes[: p.index]
    return not any(n.verb or n.has("glue:prepositions") for n in before)


def _announced(light: Predicate, trigger: Trigger) -> bool:
    """To announce a measure is to take it; to stress an attack is only talk."""
    entry = light.node.entry("cue")
    return bool(entry and entry.id == "announce" and trigger.type in ("SANCTION", "RETREAT", "AID", "MOBILIZE", "COERCE", "CONSULT"))
