"""Where a report is set."""

from __future__ import annotations

from collections import Counter

from kawat.mentions.nodes import Node
from kawat.packs import Pack
from kawat.records import Span

_SCENE_LEAD = 1.6  # a report is "set" in a state that is mentioned so many times as often as the next one


def scene(rows: list[list[Node]], pack: Pack) -> tuple[str, Span] | None:
    """The state that most of the report's mentions of places, states and their people point to."""
    count: Counter[str] = Counter()
    first: dict[str, Span] = {}
    for nodes in rows:
        for n in nodes:
            if not n.mention and "place" not in n.kinds:
                continue
            place = n.entry("place")
            state = n.mention.country if n.mention else pack.world.places[place.ref].state if place else None
            if state and state not in pack.world.unions:
                count[state] += 1
                first.setdefault(state, (n.mention.country_span if n.mention else None) or n.span)
    if not count:
        return None
    (state, most), *rest = count.most_common(2)
    if most < 2 or (rest and most < _SCENE_LEAD * rest[0][1]):
        return None
    return state, first[state]


def local(nodes: list[Node], pack: Pack) -> tuple[str, Span] | None:
    """The state of the first city or region that a sentence puts its act in."""
    for k, n in enumerate(nodes):
        if not n.mention and "place" not in n.kinds:
            continue
        place = n.entry("place")
        if place and not n.mention and k and nodes[k - 1].has("glue:locative") and pack.world.places[place.ref].state:
            return pack.world.places[place.ref].state, n.span
        if n.mention and n.mention.place and n.mention.country:
            return n.mention.country, n.span
    return None
