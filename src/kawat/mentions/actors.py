"""Who is named: states, people with their offices, bodies, media, groups.

Mentions are found by the orders of the pack ("OFFICE STATE NAME") over nodes. Who an office or a bare
family name stands for is decided later, in link.py.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from kawat.lexicon.compile import Entry
from kawat.mentions.nodes import Node
from kawat.mentions.orders import Orders, Row
from kawat.packs import Pack
from kawat.records import ActorKind, Span
from kawat.span import slug


@dataclass(frozen=True, slots=True)
class RoleFound:
    """An office beside a name: the words, the office's slug, the state it belongs to and where that stands."""

    span: Span
    office: str
    country: str | None
    country_span: Span | None
    modifiers: tuple[str, ...] = ()
    to: str | None = None
    body: str | None = None
    place: str | None = None


@dataclass(slots=True)
class Mention:
    """Words that stand for somebody.

    `kind` is an actor's kind, or how it must still be resolved: `name` (capitalised, in no list),
    `office` (no name), `institution` (no state), `pronoun`, `description`. `ids` are filled by link.py.
    """

    span: Span
    kind: str
    name: str = ""
    ids: tuple[str, ...] = ()
    country: str | None = None
    country_span: Span | None = None
    country_basis: str | None = None
    sector: str | None = None
    roles: list[RoleFound] = field(default_factory=list)
    entry: Entry | None = None
    place: bool = False
    number: int = 1
    of: str = ""
    parts: list[Mention] = field(default_factory=list)
    nouns: tuple[Entry, ...] = ()
    thing: bool = False
    label: str = ""  # English name of what is named where the actor is its state: "Spanish police"
    attribute: bool = False  # only part of a word: "anti-Erdogan"

    @property
    def argument(self) -> bool:
        """It may be somebody who does or suffers something: neither a place nor part of a word."""
        return not self.place and not self.attribute

    @property
    def settled(self) -> bool:
        return bool(self.ids)


_NOTHING: frozenset[str] = frozenset()


@functools.lru_cache(maxsize=16)
def _orders(pack: Pack) -> Orders:
    return Orders(pack.data.offices.orders, pack.data.offices.parts)


def _element(node: Node, pack: Pack, words: frozenset[str]) -> frozenset[str]:
    """Which symbols of an order a node can be; a word that only some order holds counts as itself."""
    out = set()
    word = node.text.lower()
    if word in words:
        out.add(word)
    if node.mention:
        if node.mention.kind in ("name", "person"):
            out.add("NAME")
        elif node.mention.kind in ("organisation", "media"):
            out.add("BODY")
    for e in node.entries:
        if e.kind == "office":
            out.add("OFFICE")
        elif e.kind == "state" or (e.kind == "place" and pack.data.places[e.ref].state):
            out.add("STATE")
        elif e.kind in ("body", "outlet"):
            out.add("BODY")
        elif e.kind == "modifier":
            out.add("MOD")
    if not node.entries and word.isdigit():
        out.add("N")
        if 15 <= int(word) <= 110:
            out.add("AGE")
    return frozenset(out) if out else _NOTHING


def name_runs(nodes: list[Node], text: str, pack: Pack, known: frozenset[str]) -> list[Node]:
    """Listed people and runs of capitalised words as single nodes with a mention of kind `person` or `name`.

    `known`: capitalised words seen inside sentences of this report; a lone capital at the start of a
    sentence counts only if it is one of them.
    """
    out: list[Node] = []
    i = 0
    while i < len(nodes):
        node = nodes[i]
        person = node.entry("person")
        j = _run_end(nodes, i, text, pack) if not person else i + 1
        if person:
            j = _run_end(nodes, i, text, pack) if j < len(nodes) and _glued(nodes[i], nodes[j], text) else j
            whole = j == i + 1
            span = Span(node.start, nodes[j - 1].end)
            mention = Mention(span, "person" if whole else "name", text[slice(*span)], entry=person if whole else None)
            out.append(_merged(nodes[i:j], text, mention))
        elif j > i and not (j == i + 1 and _initial(nodes, i) and node.text not in known):
            mention, j = _named(nodes, i, j, out[-1] if out else None, text, pack)
            out.append(_merged(nodes[i:j], text, mention))
        else:
            out.append(node)
            j = i + 1
        i = j
    return out


def _named(nodes: list[Node], i: int, j: int, before: Node | None, text: str, pack: Pack) -> tuple[Mention, int]:
    """A run of name words `[i, j)` as a mention, and where it ends: what it is, the noun before it or its first word may say."""
    introducer = before.entry("introducer") if before else None
    if introducer is None and (j == i + 1 or nodes[i].text not in pack.heads):
        span = Span(nodes[i].start, nodes[j - 1].end)
        return Mention(span, "name", text[slice(*span)]), j
    owner = nodes[j] if j < len(nodes) and nodes[j].has("state") else None
    country = state_of(owner, pack) if owner else None
    if owner and nodes[i].text in pack.heads:
        j += 1
    span = Span(nodes[i].start, nodes[j - 1].end)
    name = text[slice(*span)]
    if introducer and introducer.id == "place":
        return Mention(span, "name", name, place=True), j
    kind = introducer.id if introducer else "organisation"
    return Mention(
        span, kind, name, (slug(name) or kind,), country, owner.span if owner and country else None, "stated" if country else None
    ), j


def _initial(nodes: list[Node], i: int) -> bool:
    return not any(n.word for n in nodes[:i])


def capitals(nodes: list[Node], i: int) -> bool:
    """A capitalised word that no list explains."""
    n = nodes[i]
    return n.word and n.text[0].isupper() and not n.entries and not n.time and any(c.isalpha() for c in n.text)


def _in_name(nodes: list[Node], i: int) -> bool:
    """A capitalised word that may be part of a name although a list has it ("Ari Perdana", "Grace")."""
    n = nodes[i]
    return capitals(nodes, i) or (n.has("person") and n.text[0].isupper())


def _glued(a: Node, b: Node, text: str) -> bool:
    return (a.end == b.start and b.text in "-'’") or (a.end < b.start and b.word and b.text[0].isupper() and not b.entries and not b.time)


def _run_end(nodes: list[Node], i: int, text: str, pack: Pack) -> int:
    """Index after the run of name words that starts at `i`; `i` where none starts."""
    if not _in_name(nodes, i):
        return i
    particles = pack.data.head.shapes.name_particles
    j = i + 1
    headed = nodes[i].text in pack.heads
    while j < len(nodes):
        n = nodes[j]
        if (headed and n.word and n.text[0].isupper() and not n.has("state", "person") and text[n.start - 1] == " ") or (
            _in_name(nodes, j) and text[n.start - 1] in " -'’."
        ):
            j += 1
        elif (
            (
                n.text in "-'’"
                and j + 1 < len(nodes)
                and n.start == nodes[j - 1].end
                and nodes[j + 1].start == n.end
                and nodes[j + 1].word
                and not nodes[j + 1].has("state", "place", "body")
            )
            or (n.text in particles and j + 1 < len(nodes) and _in_name(nodes, j + 1))
            or (n.text == "." and len(nodes[j - 1].text) == 1 and j + 1 < len(nodes) and _in_name(nodes, j + 1))
        ):
            j += 2
        else:
            break
    return j


def _merged(part: list[Node], text: str, mention: Mention) -> Node:
    start, end = mention.span
    return Node(start, end, text[start:end], mention=mention)


def find_mentions(nodes: list[Node], text: str, pack: Pack) -> list[Node]:
    """Replace the words of each mention by one node that carries it."""
    words = _orders(pack).words
    elements = [_element(n, pack, words) for n in nodes]
    out: list[Node] = []
    i = 0
    while i < len(nodes):
        made = (elements[i] and _by_order(nodes, elements, i, text, pack)) or _single(nodes, i, text, pack)
        if made:
            mention, j = made
            mention.attribute = _prefixed(nodes, i, pack)
            merged = _merged(nodes[i:j], text, mention)
            if j == i + 1 and nodes[i].has("place"):
                merged.entries, merged.kinds = nodes[i].entries, nodes[i].kinds
            out.append(merged)
            i = j
        else:
            out.append(nodes[i])
            i += 1
    return out


def _prefixed(nodes: list[Node], i: int, pack: Pack) -> bool:
    return i > 1 and nodes[i - 1].text in "-–" and nodes[i - 2].text.lower() in pack.data.glue.attribute_prefixes


def _by_order(nodes: list[Node], elements: list[frozenset[str]], i: int, text: str, pack: Pack) -> tuple[Mention, int] | None:
    """The longest order that fits at node `i` and makes a mention, and the node after it."""
    best: tuple[Mention, int] | None = None
    for row in _orders(pack).fitting(elements, i):
        if best is None or i + len(row) > best[1]:
            mention = _from_order(nodes[i : i + len(row)], row, text, pack)
            if mention:
                best = mention, i + len(row)
    return best


def _from_order(nodes: list[Node], order: Row, text: str, pack: Pack) -> Mention | None:
    slots: dict[str, list[Node]] = {}
    for node, want in zip(nodes, order, strict=True):
        slots.setdefault(want, []).append(node)
    name = next((n.mention for n in slots.get("NAME", ())), None)
    span = Span(nodes[0].start, nodes[-1].end)
    role = _role(slots, text, pack)
    if name is None:
        if role is None or role.office in pack.ordinary or slots["OFFICE"][0].has("group"):
            return None
        return Mention(span, "office", text[slice(*span)], country=role.country, country_span=role.country_span, roles=[role])
    return Mention(span, name.kind, name.name, entry=name.entry, roles=[role] if role else [])


def _role(slots: dict[str, list[Node]], text: str, pack: Pack) -> RoleFound | None:
    offices = slots.get("OFFICE")
    if not offices:
        return None
    entry = offices[0].entry("office")
    parts = [*offices, *slots.get("STATE", ()), *slots.get("BODY", ()), *slots.get("MOD", ())]
    span = Span(min(n.start for n in parts), max(n.end for n in parts))
    country, where = None, None
    place = None
    for node in slots.get("STATE", ())[:1]:
        country, where = state_of(node, pack), node.span
        of_place = None if node.has("state") else node.entry("place")
        place = of_place.id if of_place else None
    body = None
    for node in slots.get("BODY", ())[:1]:
        entry_of_body = node.entry("body")
        body = entry_of_body.id if entry_of_body else None
        if not country:
            country, where = state_of(node, pack), node.span
    to = slots["STATE"][1] if len(slots.get("STATE", ())) > 1 else None
    modifiers = tuple(e.id for n in slots.get("MOD", ()) for e in n.entries if e.kind == "modifier")
    return RoleFound(span, entry.id if entry else "", country, where, modifiers, state_of(to, pack) if to else None, body, place)


def state_of(node: Node, pack: Pack) -> str | None:
    """The state that a node's state, place, body or outlet belongs to."""
    if node.mention:
        return node.mention.country
    for e in node.entries:
        if e.kind == "state":
            return e.id
    for e in node.entries:
        if e.kind == "place" and pack.data.places[e.ref].state:
            return pack.data.places[e.ref].state
        if e.kind == "body":
            body = pack.data.bodies[e.ref]
            return body.state or body.country or None
        if e.kind == "outlet":
            return pack.data.outlets[e.ref].country or None
        if e.kind == "people":
            return pack.data.institutions.people[e.ref].state or None
    return None


_BODY_KIND: dict[str, ActorKind] = {"armed-group": "group"}


def _single(nodes: list[Node], i: int, text: str, pack: Pack) -> tuple[Mention, int] | None:
    """A mention that needs no order: a state, a body, an institution or group with its state, a pronoun."""
    node = nodes[i]
    if node.mention:
        return node.mention, i + 1
    for kind, build in _BUILDERS:
        entry = node.entry(kind)
        if entry:
            made = build(nodes, i, entry, text, pack)
            if made:
                return made
    return None


def _state(nodes: list[Node], i: int, entry: Entry, text: str, pack: Pack) -> tuple[Mention, int] | None:
    node = nodes[i]
    located = i > 0 and nodes[i - 1].has("glue:locative")
    place = entry.via.startswith(("capital", "seat")) and located
    if entry.via.endswith("?") and not located:
        return None
    row = pack.state.get(entry.id)
    if row and row.actor:
        return Mention(node.span, "organisation", row.name, (row.actor,), entry=entry, place=place), i + 1
    mention = Mention(node.span, "state", row.name if row else entry.id, (entry.id,), entry.id, entry=entry, place=place)
    mention.country_basis = "listed"
    return mention, i + 1


def _place(nodes: list[Node], i: int, entry: Entry, text: str, pack: Pack) -> tuple[Mention, int] | None:
    """A city or region that suffers or acts is its state; a territory is itself."""
    row = pack.data.places[entry.ref]
    if not row.state or row.kind in ("sea", "building"):
        return None
    located = i > 0 and nodes[i - 1].has("glue:locative")
    if row.kind == "territory":
        mention = Mention(nodes[i].span, "group", row.name, (row.id,), row.state, entry=entry, place=located)
    else:
        world = pack.state.get(row.state)
        mention = Mention(nodes[i].span, "state", world.name if world else row.state, (row.state,), row.state, entry=entry, place=located)
    mention.country_basis = "listed"
    return mention, i + 1


def _body(nodes: list[Node], i: int, entry: Entry, text: str, pack: Pack) -> tuple[Mention, int] | None:
    body = pack.data.bodies[entry.ref]
    node = nodes[i]
    if body.state:
        row = pack.state.get(body.state)
        return Mention(node.span, "state", row.name if row else body.state, (body.state,), body.state,
                       country_basis="listed", entry=entry, sector=body.sector or None), i + 1  # fmt: skip
    kind = _BODY_KIND.get(body.kind, "organisation")
    return Mention(node.span, kind, body.name, (body.id,), body.country or None, entry=entry,
                   country_basis="listed" if body.country else None, sector=body.sector or None), i + 1  # fmt: skip


def _outlet(nodes: list[Node], i: int, entry: Entry, text: str, pack: Pack) -> tuple[Mention, int] | None:
    o = pack.data.outlets[entry.ref]
    return Mention(nodes[i].span, "media", o.name, (o.id,), o.country or None, entry=entry,
                   country_basis="listed" if o.country else None, sector="MED"), i + 1  # fmt: skip


def _noun(nodes: list[Node], i: int, entry: Entry, text: str, pack: Pack) -> tuple[Mention, int] | None:
    """INSTITUTION STATE is the state; GROUP STATE a group of it; either may come doubled ("juru bicara kementerian")."""
    j = i + 1
    nouns = [entry]
    while j < len(nodes) and (more := nodes[j].entry("institution") or nodes[j].entry("group")) and nodes[j - 1].end < nodes[j].start:
        nouns.append(more)
        j += 1
    owner = j < len(nodes) and nodes[j].has("state", "place", "body", "people") and nodes[j]
    if (
        not owner
        and j + 1 < len(nodes)
        and not nodes[j].entries
        and nodes[j].word
        and nodes[j].text[0].islower()
        and nodes[j + 1].has("state", "place")
    ):
        owner, j = nodes[j + 1], j + 1  # one word between: "kapal patroli", "polisi nasional Spanyol"
    state = state_of(owner, pack) if owner else None
    end = owner.end if owner and (state or owner.has("people")) else nodes[i + len(nouns) - 1].end
    span = Span(nodes[i].start, end)
    index = j + 1 if end == (owner.end if owner else -1) else i + len(nouns)
    where = owner.span if owner and state else None
    if entry.kind == "institution":
        row = pack.data.institutions.institution[entry.ref]
        if row.thing and not state:
            return None
        if state:
            world = pack.state.get(state)
            name = world.name if world else state
            label = _group_name(row.id, state, owner or None, pack)[1]
            return Mention(
                span, "state", name, (state,), state, where, "stated", row.sector, entry=entry, nouns=tuple(nouns), label=label
            ), index
        if owner and owner.has("body"):
            return None
        return Mention(span, "institution", text[slice(*span)], sector=row.sector, entry=entry, nouns=tuple(nouns)), index
    group = pack.data.institutions.group[entry.ref]
    if not state and not group.bare and not (owner and owner.has("people")):
        return Mention(span, "plain-group", text[slice(*span)], entry=entry, sector=group.sector or None, nouns=tuple(nouns)), index
    ident, name = _group_name(group.id, state, owner or None, pack)
    return Mention(span, "group", name, (ident,), state, where, "stated" if state else None, group.sector or None,
                   entry=entry, nouns=tuple(nouns)), index  # fmt: skip


def _group_name(group: str, state: str | None, owner: Node | None, pack: Pack) -> tuple[str, str]:
    """Id and English name of a group: `usa-officials`, "US officials"; the same in every language."""
    people = owner.entry("people") if owner else None
    place = owner.entry("place") if owner else None
    head = people.id if people else place.id if place else state.lower() if state else ""
    world = pack.state.get(state) if state and not place else None
    label = (world.adjective or world.name) if world else head.replace("-", " ").title()
    if not head:
        return group, group.replace("-", " ")
    return f"{head}-{group}", f"{label} {group.replace('-', ' ')}"


def _people(nodes: list[Node], i: int, entry: Entry, text: str, pack: Pack) -> tuple[Mention, int] | None:
    state = pack.data.institutions.people[entry.ref].state or None
    return Mention(nodes[i].span, "group", entry.id.replace("-", " ").title(), (entry.id,), state,
                   country_basis="listed" if state else None, entry=entry), i + 1  # fmt: skip


def _media(nodes: list[Node], i: int, entry: Entry, text: str, pack: Pack) -> tuple[Mention, int] | None:
    owner = nodes[i + 1] if i + 1 < len(nodes) and nodes[i + 1].has("state", "place") else None
    state = state_of(owner, pack) if owner else None
    span = Span(nodes[i].start, owner.end if owner and state else nodes[i].end)
    ident = f"{state.lower()}-{entry.id}" if state else entry.id
    name = entry.id.replace("-", " ")
    return Mention(span, "media", name, (ident,), state, owner.span if owner else None, "stated" if state else None,
                   "MED", entry=entry), i + (2 if state else 1)  # fmt: skip


def _organisation(nodes: list[Node], i: int, entry: Entry, text: str, pack: Pack) -> tuple[Mention, int] | None:
    """An earlier named body described: "perusahaan itu", "pembuat mobil asal Jepang itu"."""
    for j in range(i + 1, min(i + 5, len(nodes))):
        if nodes[j].has("glue:definite"):
            state = next((state_of(n, pack) for n in nodes[i + 1 : j] if n.has("state")), None)
            return Mention(Span(nodes[i].start, nodes[j].end), "description", entry.id, country=state, entry=entry, of=entry.id), j + 1
        if not nodes[j].word or nodes[j].has("trigger", "cue", "glue:relative"):
            break
    return None


def _stand(nodes: list[Node], i: int, entry: Entry, text: str, pack: Pack) -> tuple[Mention, int] | None:
    m = Mention(nodes[i].span, entry.kind, entry.id, entry=entry, number=max(entry.ref, 1), of=entry.via)
    return m, i + 1


_BUILDERS = (
    ("description", _stand), ("pronoun", _stand), ("organisation", _organisation), ("institution", _noun), ("group", _noun),
    ("state", _state), ("body", _body), ("outlet", _outlet), ("media", _media), ("people", _people),
    ("place", _place),
)  # fmt: skip
