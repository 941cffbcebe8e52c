"""Where a trigger's actor and recipient stand: the frame of its pack entry, filled from its predicate."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kawat.clauses.predicates import Predicate
from kawat.lexicon.compile import Entry
from kawat.lexicon.schema import Trigger
from kawat.mentions.mention import Mention

# Verbs whose subject does what their object noun names: "wants a meeting" is one proposed.
_DOES = ("glue:light", "glue:decrees", "glue:ends", "modality:ongoing", "modality:planned", "modality:proposed")


@dataclass(frozen=True, slots=True)
class Filled:
    """The mentions that fill a frame."""

    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]


def fill(p: Predicate, entry: Entry, trigger: Trigger) -> Filled:
    """Actor and recipient mentions of a predicate read as `trigger`. Places are tried in the order of the entry."""
    turned = entry.via.startswith("passive") or (p.passive and not trigger.passive)
    actor_places = ["by", *(x for x in trigger.actor if x.startswith("prep:"))] if turned else list(trigger.actor)
    recipient_places = [("subject" if x == "object" else x) for x in trigger.recipient] if turned else list(trigger.recipient)
    if turned and trigger.pos == "phrase" and p.node.tags:
        actor_places += ["of", "subject"]  # "the sanctions of the EU were introduced": their owner is who did it
    if turned and trigger.symmetric:
        actor_places.append("between")
    passive = turned or trigger.passive
    if entry.tail and "object" in recipient_places and p.obliques and not p.objects:
        recipient_places.append(f"prep:{p.obliques[0][0]}")  # the form ends in a preposition, behind which its object stands
    if "case:genitive" in trigger.recipient and p.owner in p.all_obliques("case:genitive"):
        plain = [x for x in recipient_places if x != "case:genitive"]
        p = p if _first(p, plain, passive) else replace(p, owner=None)  # "the arrest of NAME", but "the strike of NAME on"
    if p.node.verb and not trigger.passive and p.owner in p.all_obliques("OF"):
        actor_places = [place for place in actor_places if place != "of"]  # the possessor of a verb's object does not act
    actors = _first(p, actor_places, passive)
    used = {id(m) for m in actors}
    recipients = tuple(m for m in _first(p, recipient_places, passive, used) if id(m) not in used)
    if trigger.type == "REQUEST" and p.node.form and recipients and all(m.of == "possessor" for m in recipients):
        return Filled((), ())  # "pressed his case"
    if trigger.symmetric and not turned:
        more = [m for place in trigger.actor if place != "joint" for m in _at(p, place, passive)]
        actors = tuple({id(m): m for m in [*actors, *more]}.values())
    return Filled(actors, recipients)


def _between(p: Predicate) -> list[Mention]:
    """ "Between A and B talks were held": the parties stand with the verb."""
    return [*p.all_obliques("BETWEEN"), *(p.light.all_obliques("BETWEEN") if p.light else ())]


def _first(p: Predicate, places: list[str], passive: bool, used: set[int] | None = None) -> tuple[Mention, ...]:
    for place in places:
        found = [m for m in _at(p, place, passive) if id(m) not in (used or ())]
        if found:
            return tuple(found)
    return ()


def _at(p: Predicate, place: str, passive: bool) -> list[Mention]:
    if place == "subject":
        if p.light and p.subject is None:
            acts = _DOES if p.light.node.tags else (*_DOES, "trigger", "glue:ends")
            does = (p.light.node.has(*acts) and not p.light.node.has("glue:copulas")) or any(
                k.startswith("glue:behind:") for k in p.light.node.kinds
            )
            return [p.light.subject] if does and p.light.subject else []
        return [p.subject] if p.subject else []
    if place == "object":
        return p.objects[:1] if not passive else []
    if place == "of":
        return [p.owner] if p.owner else []
    if place == "by":
        agent = p.oblique("BY")
        return [agent] if agent else (p.objects[:1] if passive and not p.passive else [])
    if place == "joint":
        both = [m for m in (p.subject, p.light.subject if p.light else None, p.owner, *p.objects[:1]) if m and len(m.ids) > 1]
        return (both or _at(p, "between", passive))[:1]
    if place == "between":
        return [m for m in _between(p) if len(m.ids) > 1]
    if place.startswith("case:"):
        return p.all_obliques(place)
    if place.startswith("prep:"):
        found = p.all_obliques(place[5:])
        return found or (p.light.all_obliques(place[5:]) if p.light is not None else [])
    return []
