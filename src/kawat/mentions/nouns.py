"""Mentions that need no order: a state, a body, an institution or group with its state, a pronoun."""

from __future__ import annotations

from kawat.lexicon.compile import Entry
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node, state_of
from kawat.packs import Pack
from kawat.records import ActorKind, Span
from kawat.slugs import slug

_BODY_KIND: dict[str, ActorKind] = {"armed-group": "group"}


def single(nodes: list[Node], i: int, pack: Pack) -> tuple[Mention, int] | None:
    """A mention that needs no order: a state, a body, an institution or group with its state, a pronoun."""
    node = nodes[i]
    if node.mention:
        return node.mention, i + 1
    if not node.entries or node.kinds.isdisjoint(_KINDS):
        return None
    for kind, build in _BUILDERS:
        entry = node.entry(kind)
        if entry:
            made = build(nodes, i, entry, pack)
            if made:
                return made
    return None


def _state(nodes: list[Node], i: int, entry: Entry, pack: Pack) -> tuple[Mention, int] | None:
    node, entry = nodes[i], _likeliest(nodes, i, entry, pack)
    located = i > 0 and nodes[i - 1].has("glue:locative")
    place = entry.via.startswith(("capital", "seat")) and located
    if entry.via.endswith("?") and not located and not _paired(nodes, i):
        return None
    row = pack.world.state.get(entry.id)
    if row and row.actor:
        return Mention(node.span, "organisation", row.name, (row.actor,), entry=entry, place=place), i + 1
    mention = Mention(node.span, "state", pack.world.state_name(entry.id), (entry.id,), entry.id, entry=entry, place=place)
    mention.country_basis = "listed"
    return mention, i + 1


def _likeliest(nodes: list[Node], i: int, entry: Entry, pack: Pack) -> Entry:
    """A form of several states, right beside another state: the one that has most to do with that."""
    others = [e for e in nodes[i].entries if e.kind == "state"]
    beside = [e.id for k in (i - 1, i + 1) if 0 <= k < len(nodes) for e in nodes[k].entries if e.kind == "state"]
    if len(others) < 2 or not beside:
        return entry
    return max(others, key=lambda e: max(pack.world.ties(e.id, x) for x in beside))


def _paired(nodes: list[Node], i: int) -> bool:
    """Beside a dash with a state on its other side: "Nga-Trung"."""
    sides = ((i - 1, i - 2), (i + 1, i + 2))
    return any(0 <= far < len(nodes) and nodes[dash].text in "-–" and nodes[far].has("state") for dash, far in sides)


def _place(nodes: list[Node], i: int, entry: Entry, pack: Pack) -> tuple[Mention, int] | None:
    """A city or region that suffers or acts is its state; a territory is itself."""
    row = pack.world.places[entry.ref]
    if not row.state or row.kind in ("sea", "building"):
        return None
    located = i > 0 and nodes[i - 1].has("glue:locative")
    if row.kind == "territory":
        mention = Mention(nodes[i].span, "group", row.name, (row.id,), row.state, entry=entry, place=located)
    else:
        mention = Mention(nodes[i].span, "state", pack.world.state_name(row.state), (row.state,), row.state, entry=entry, place=located)
    mention.country_basis = "listed"
    return mention, i + 1


def _body(nodes: list[Node], i: int, entry: Entry, pack: Pack) -> tuple[Mention, int] | None:
    body = pack.world.bodies[entry.ref]
    node = nodes[i]
    if body.state:
        return Mention(node.span, "state", pack.world.state_name(body.state), (body.state,), body.state,
                       country_basis="listed", entry=entry, sector=body.sector or None), i + 1  # fmt: skip
    kind = _BODY_KIND.get(body.kind, "organisation")
    branch = body.kind == "company" and i + 1 < len(nodes) and nodes[i + 1].has("state") and node.end + 1 == nodes[i + 1].start
    j = i + 2 if branch else i + 1  # "Toyota UK"
    return Mention(Span(node.start, nodes[j - 1].end), kind, body.name, (body.id,), body.country or None, entry=entry,
                   country_basis="listed" if body.country else None, sector=body.sector or None), j  # fmt: skip


def _outlet(nodes: list[Node], i: int, entry: Entry, pack: Pack) -> tuple[Mention, int] | None:
    if i == 0 and nodes[i].has("organisation", "institution", "group"):
        return None  # a common noun, whose capital only opens the sentence
    o = pack.world.outlets[entry.ref]
    return Mention(nodes[i].span, "media", o.name, (o.id,), o.country or None, entry=entry,
                   country_basis="listed" if o.country else None, sector="MED"), i + 1  # fmt: skip


def _noun(nodes: list[Node], i: int, entry: Entry, pack: Pack) -> tuple[Mention, int] | None:
    """INSTITUTION STATE is the state; GROUP STATE a group of it; either may come doubled ("juru bicara kementerian")."""
    if entry.kind == "group" and (called := _called(nodes, i, pack)):
        return called
    j = i + 1
    nouns = [entry]
    while j < len(nodes) and (more := nodes[j].entry("institution") or nodes[j].entry("group")) and nodes[j - 1].end < nodes[j].start:
        nouns.append(more)
        j += 1
    at = _genitive(nodes, j) if pack.lexicon else _behind(nodes, j, pack)
    if at is None and entry.kind == "group" and pack.lexicon and _house(nodes, j):
        at, j = j, j + 2  # "staff of the Moldovan embassy"
    owner = nodes[at] if at is not None else None
    state = state_of(owner, pack) if owner else None
    named = owner is not None and at is not None and (state is not None or owner.has("people") or _member(owner, entry, pack))
    index = max(at + 1, j) if named and at is not None else j
    led = None if named or entry.kind != "institution" else _led_by(nodes, j, pack)
    if led:
        index, state, owner = led
    found = Mention(Span(nodes[i].start, nodes[index - 1].end), "", words_of(nodes, i, index), entry=entry, nouns=tuple(nouns))
    if owner and state:
        found.country, found.country_span, found.country_basis = state, owner.span, "stated"
    made = institution_of(found, entry, owner, pack) if entry.kind == "institution" else group_of(found, entry, owner, pack)
    return (made, index) if made else None


def _called(nodes: list[Node], i: int, pack: Pack) -> tuple[Mention, int] | None:
    """A noun for one body before its name is that body, not a group of it: "perusahaan Huawei"."""
    named = nodes[i + 1].entry("body") if nodes[i].has("organisation") and i + 1 < len(nodes) else None
    found = _body(nodes, i + 1, named, pack) if named and not pack.world.bodies[named.ref].state else None
    if found:
        found[0].span = Span(nodes[i].start, found[0].span.end)
    return found


_TITLE = 4  # words of an office before a name


def _led_by(nodes: list[Node], j: int, pack: Pack) -> tuple[int, str, Node] | None:
    """ "The government of prime minister NAME": where a listed person's name behind an institution ends, their state, and their node."""
    if pack.grammar.word_class != "listed":
        return None
    start = _over_link(nodes, j, pack)
    for k in range(start, min(start + _TITLE, len(nodes))):
        n = nodes[k]
        person = pack.world.people[n.mention.entry.ref] if n.mention and n.mention.kind == "person" and n.mention.entry else None
        if person:
            return (k + 1, person.country, n) if person.country else None
        if not n.has("office", "modifier", "state"):
            return None
    return None


def _member(owner: Node, entry: Entry, pack: Pack) -> bool:
    """A group of a body that belongs to no state, behind a preposition: "officials of ASEAN"."""
    return bool(pack.data.glue.possessive_prepositions) and entry.kind == "group" and owner.has("body")


def _over_link(nodes: list[Node], j: int, pack: Pack) -> int:
    """Over the preposition and article of an owner behind: "the government of the Netherlands"."""
    links = pack.data.glue.possessive_prepositions
    if j + 1 < len(nodes) and nodes[j].text in links:
        return j + 2 if nodes[j + 1].has("glue:articles") else j + 1
    return j


def _owner(nodes: list[Node], j: int) -> int | None:
    """Where the owner of a noun stands: right behind it, or over one plain word ("kapal patroli Spanyol")."""
    if j < len(nodes) and nodes[j].has("state", "place", "body", "people"):
        return j
    if j + 1 < len(nodes) and not nodes[j].entries and nodes[j].text[0].islower() and nodes[j + 1].has("state", "place"):
        return j + 1
    return None


def _behind(nodes: list[Node], j: int, pack: Pack) -> int | None:
    return _owner(nodes, _over_link(nodes, j, pack)) if pack.grammar.adjuncts == "behind" else None


def _genitive(nodes: list[Node], j: int) -> int | None:
    """Where a genitive owner stands: right behind the noun, or over adjectives."""
    for k in range(j, min(j + 3, len(nodes))):
        n = nodes[k]
        if n.has("state", "place", "body", "people") and not adjective(n):
            return k if not n.tags or any(t[2:] == "g" for t in n.tags) else None
        if not adjective(n) or not any(t[2:] == "g" for t in n.tags):
            return None
    return None


def _house(nodes: list[Node], j: int) -> bool:
    """The adjective of a state and an institution, both in the genitive."""
    pair = nodes[j : j + 2]
    if len(pair) < 2 or not adjective(pair[0]) or not pair[0].has("state") or not pair[1].has("institution"):
        return False
    return all(any(t[2:] == "g" for t in n.tags) for n in pair)


def adjective(n: Node) -> bool:
    """A word whose form can only be an adjective's."""
    return bool(n.tags) and all(t[0] == "A" for t in n.tags)


def institution_of(m: Mention, entry: Entry, owner: Node | None, pack: Pack) -> Mention | None:
    """A ministry, army or thing of a state is that state; without one it is found later."""
    row = pack.data.institutions.institution[entry.ref]
    m.sector = row.sector
    if m.country:
        m.kind, m.ids, m.name = "state", (m.country,), pack.world.state_name(m.country)
        m.label = group_name(row.id, m.country, owner, pack)[1]
        return m
    if row.thing or (owner and owner.has("body")):
        return None
    m.kind = "institution"
    return m


def group_of(m: Mention, entry: Entry, owner: Node | None, pack: Pack) -> Mention:
    """People of a state or a people; without one they are found later, unless their name says enough."""
    row = pack.data.institutions.group[entry.ref]
    m.sector = row.sector or None
    if m.country or row.bare or (owner and owner.has("people", "body", "place")):  # "Asian leaders": of no one state
        ident, m.name = group_name(row.id, m.country, owner, pack)
        m.kind, m.ids = "group", (ident,)
    else:
        m.kind = "plain-group"
    return m


def words_of(nodes: list[Node], i: int, j: int) -> str:
    """The words of nodes `[i, j)`."""
    return " ".join(n.text for n in nodes[i:j])


def group_name(group: str, state: str | None, owner: Node | None, pack: Pack) -> tuple[str, str]:
    """Id and English name of a group: `usa-officials`, "US officials"; the same in every language."""
    people = owner.entry("people") if owner else None
    place = owner.entry("place") if owner else None
    body = owner.entry("body") if owner and not state else None
    head = people.id if people else place.id if place else state.lower() if state else body.id if body else ""
    world = pack.world.state.get(state) if state and not place and not people else None
    label = (world.adjective or world.name) if world else head.replace("-", " ").title()
    if place and not people:
        label = next(iter(pack.world.places[place.ref].adjectives.get("en", ())), label)
    if people:
        label = pack.data.institutions.people[people.ref].adjective or label
    if not head:
        return group, group.replace("-", " ")
    return f"{head}-{group}", f"{label} {group.replace('-', ' ')}"


def _people(nodes: list[Node], i: int, entry: Entry, pack: Pack) -> tuple[Mention, int] | None:
    state = pack.data.institutions.people[entry.ref].state or None
    return Mention(nodes[i].span, "group", entry.id.replace("-", " ").title(), (entry.id,), state,
                   country_basis="listed" if state else None, entry=entry), i + 1  # fmt: skip


def _media(nodes: list[Node], i: int, entry: Entry, pack: Pack) -> tuple[Mention, int] | None:
    """The press without a name ("media setempat"), or with one behind its state ("kantor berita Iran, Fars")."""
    owner = nodes[i + 1] if i + 1 < len(nodes) and nodes[i + 1].has("state", "place") else None
    state = state_of(owner, pack) if owner else None
    if not state and nodes[i].has("introducer") and pack.spaced:
        return None
    before = nodes[i - 1].mention if i else None
    if not state and not pack.spaced and before and before.kind == "name":  # "NAME television"
        return Mention(nodes[i].span, "media", before.name, (slug(before.name) or entry.id,), sector="MED", entry=entry), i + 1
    j = i + 2 if state else i + 1
    named = nodes[j + 1] if j + 1 < len(nodes) and nodes[j].text == "," else nodes[j] if j < len(nodes) else None
    if state and named and (named.has("outlet") or (named.mention and named.mention.kind == "name")):
        return _named_media(nodes[i], named, owner, state, pack), nodes.index(named) + 1
    span = Span(nodes[i].start, nodes[j - 1].end)
    ident = f"{state.lower()}-{entry.id}" if state else entry.id
    return Mention(span, "media", entry.id.replace("-", " "), (ident,), state, owner.span if owner and state else None,
                   "stated" if state else None, "MED", entry=entry), j  # fmt: skip


def _named_media(noun: Node, name: Node, owner: Node | None, state: str, pack: Pack) -> Mention:
    span, entry = Span(noun.start, name.end), name.entry("outlet")
    if entry is None:
        return Mention(span, "media", name.text, (slug(name.text) or "media",), state, owner.span if owner else None, "stated", "MED")
    row = pack.world.outlets[entry.ref]
    return Mention(span, "media", row.name, (row.id,), row.country or state, country_basis="listed", sector="MED", entry=entry)


def _organisation(nodes: list[Node], i: int, entry: Entry, pack: Pack) -> tuple[Mention, int] | None:
    """An earlier named body described: "perusahaan itu", "pembuat mobil asal Jepang itu"."""
    for j in range(i + 1, min(i + 5, len(nodes))):
        if nodes[j].has("glue:definite"):
            state = next((state_of(n, pack) for n in nodes[i + 1 : j] if n.has("state")), None)
            return Mention(Span(nodes[i].start, nodes[j].end), "description", entry.id, country=state, entry=entry, of=entry.id), j + 1
        if not nodes[j].word or nodes[j].has("trigger", "cue", "glue:relative"):
            break
    if pack.grammar.bare_definite and _alone(nodes, i):
        house = nodes[i].entry("institution")
        return Mention(nodes[i].span, "description", entry.id, entry=entry, of=entry.id, nouns=(house,) if house else ()), i + 1
    return None


def _alone(nodes: list[Node], i: int) -> bool:
    """A noun in the singular that no name, owner or noun behind it tells apart: without articles, the one named before."""
    after = nodes[i + 1] if i + 1 < len(nodes) else None
    if not any(t[1] != "p" for t in nodes[i].tags):
        return False
    if after is None:
        return True
    named = after.mention or after.has("state", "body", "place", "outlet", "people", "person") or after.text in ("«", '"')
    return not named and not any(t[0] == "N" for t in after.tags)


def of_named_body(nodes: list[Node], i: int) -> tuple[Mention, int] | None:
    """ "A representative of the company": an office or institution of a body that the report has named before."""
    if nodes[i].kinds.isdisjoint(_HELD) or i + 1 >= len(nodes):
        return None
    entry = nodes[i + 1].entry("organisation")
    after = nodes[i + 2] if i + 2 < len(nodes) else None
    if entry is None or (after and (after.mention or after.has("state", "body", "people", "glue:definite"))):
        return None
    span = Span(nodes[i].start, nodes[i + 1].end)
    return Mention(span, "description", entry.id, entry=entry, of=entry.id), i + 2


def _stand(nodes: list[Node], i: int, entry: Entry, _pack: Pack) -> tuple[Mention, int] | None:
    if entry.kind == "pronoun" and nodes[i].has("state"):
        return None  # a form that wants its capital and has it: "Anh" is a state, "anh" is he
    m = Mention(nodes[i].span, entry.kind, entry.id, entry=entry, number=entry.ref, of=entry.via)
    return m, i + 1


_BUILDERS = (
    ("description", _stand), ("pronoun", _stand), ("organisation", _organisation), ("institution", _noun), ("group", _noun),
    ("state", _state), ("body", _body), ("outlet", _outlet), ("media", _media), ("people", _people),
    ("place", _place),
)  # fmt: skip
_KINDS = frozenset(kind for kind, _ in _BUILDERS)
_HELD = frozenset({"office", "institution"})  # of a body
