"""Who is named: states, people with their offices, bodies, media, groups.

Mentions are found by the orders of the pack ("OFFICE STATE NAME") over nodes. Who an office or a bare
family name stands for is decided later, in link.py.
"""

from __future__ import annotations

import functools
from dataclasses import replace

from kawat.lexicon.inflect import cases
from kawat.lexicon.match import fold
from kawat.mentions.mention import Mention, RoleFound
from kawat.mentions.names import merged
from kawat.mentions.nodes import Node, is_verb, state_of
from kawat.mentions.nouns import adjective, of_named_body, single
from kawat.mentions.orders import Orders, Row
from kawat.mentions.owned import branch, described, may_own, owned, prefixed
from kawat.packs import Pack
from kawat.records import Span

_HEADS = frozenset({"OFFICE", "NAME"})  # all else makes a mention only with what follows
_NOTHING: tuple[str, ...] = ()
_SYMBOLS = {"office": "OFFICE", "state": "STATE", "body": "BODY", "outlet": "BODY", "modifier": "MOD", "institution": "INSTITUTION"}


@functools.lru_cache(maxsize=16)
def _orders(pack: Pack) -> Orders:
    return Orders(pack.data.offices.orders, pack.data.offices.parts)


def _element(node: Node, pack: Pack, words: frozenset[str]) -> tuple[str, ...]:
    """Which symbols of an order a node can be; a word that only some order holds counts as itself."""
    word = node.text.lower()
    out = {word} if word in words else set()
    if node.mention:
        if node.mention.kind in ("name", "person"):
            out.add("NAME")
        elif node.mention.kind in ("organisation", "media"):
            out.add("BODY")
    for e in node.entries:
        if symbol := _SYMBOLS.get(e.kind):
            out.add(symbol)
        elif e.kind == "place" and pack.world.places[e.ref].state:
            out.add("STATE")
    if not node.entries and word.isdecimal():
        out.add("N")
        if 15 <= int(word) <= 110:
            out.add("AGE")
    if "STATE" in out and word[0] != node.text[0]:
        out.discard("MOD")  # "Anh" with its capital is the state, not the honorific "anh"
    return tuple(sorted(out)) if len(out) > 1 else tuple(out)


def find_mentions(nodes: list[Node], text: str, pack: Pack) -> list[Node]:
    """Replace the words of each mention by one node that carries it."""
    words = _orders(pack).words
    elements = [
        _element(n, pack, words) if n.entries or n.mention or n.text.lower() in words or n.text.isdecimal() else _NOTHING for n in nodes
    ]
    before = pack.grammar.possessor == "before"
    out: list[Node] = []
    i = 0
    while i < len(nodes):
        if not (nodes[i].kinds or nodes[i].mention or nodes[i].tags or elements[i]):
            out.append(nodes[i])  # a plain word
            i += 1
            continue
        ordered = elements[i] and not (_HEADS.isdisjoint(elements[i]) and (i + 1 == len(nodes) or not elements[i + 1]))
        made = of_named_body(nodes, i) or (_by_order(nodes, elements, i, text, pack) if ordered else None)
        more = (owned(nodes, i, pack) or described(nodes, i)) if (may_own(nodes[i]) if before else adjective(nodes[i])) else None
        if more and (not made or more[1] > made[1]):
            made = more
        made = made or single(nodes, i, pack)
        if before and made and made[0].kind == "organisation":
            made = branch(*made[:1], nodes, made[1], pack)
        if made:
            made = _over_branch(made, nodes, pack) if pack.lexicon else made
            mention, j = _described_name(_for_topic(made, nodes, pack), nodes)
            mention.attribute = prefixed(nodes, i, pack)
            mention.tags = _tags(nodes[i:j])
            if i and mention.kind in ("media", "organisation", "group") and nodes[i - 1].has("introducer") and nodes[i - 1].tags:
                mention.tags = nodes[i - 1].tags  # the name stands in the nominative, its noun in the case of both
            if mention.kind == "office" and (_plural(mention.tags) or (i and nodes[i - 1].has("glue:plural_markers"))):
                _as_group(mention, pack)
            if mention.kind == "office" and not mention.country and j < len(nodes) and (both := _of_several(mention, nodes, j, pack)):
                mention, j = both, j + 1
            out.append(merged(mention, text))
            if j == i + 1 and nodes[i].has("place"):
                out[-1].entries, out[-1].kinds = nodes[i].entries, nodes[i].kinds
            i = j
        else:
            out.append(nodes[i])
            i += 1
    return out


def _described_name(made: tuple[Mention, int], nodes: list[Node]) -> tuple[Mention, int]:
    """ "The spokesman NAME": a description beside a name is part of it."""
    mention, j = made
    name = nodes[j].mention if j < len(nodes) else None
    if mention.kind != "description" or mention.number != 1 or name is None or name.kind not in ("person", "name"):
        return made
    return Mention(Span(mention.span.start, nodes[j].end), name.kind, name.name, entry=name.entry, roles=name.roles), j + 1


def _of_several(office: Mention, nodes: list[Node], j: int, pack: Pack) -> Mention | None:
    """ "The foreign ministers [of the] two countries" stand for the two countries."""
    entry = nodes[j].entry("description") if pack.grammar.word_class == "listed" else None
    made = single(nodes, j, pack) if entry else None
    if made is None or made[0].name != "state" or made[0].number < 2:
        return None
    return replace(made[0], span=Span(office.span.start, nodes[j].end))


_TOPIC = 8  # words between an office and the name behind what it is for


def _for_topic(made: tuple[Mention, int], nodes: list[Node], pack: Pack) -> tuple[Mention, int]:
    """ "The US envoy for climate NAME": an office with what it is for between it and its holder."""
    mention, j = made
    if mention.kind != "office" or j >= len(nodes) or not (nodes[j].has("glue:prepositions") and nodes[j].has("glue:sub:purpose")):
        return made
    for k in range(j + 1, min(j + _TOPIC, len(nodes))):
        name = nodes[k].mention
        if name and name.kind in ("person", "name"):
            span = Span(mention.span.start, nodes[k].end)
            return Mention(span, name.kind, name.name, entry=name.entry, roles=mention.roles), k + 1
        if is_verb(nodes[k], pack) or nodes[k].has("cue", "glue:complementizers"):
            break
    return made


def _over_branch(made: tuple[Mention, int], nodes: list[Node], pack: Pack) -> tuple[Mention, int]:
    """ "The director of the Second department of the ministry of A NAME": an office with its genitives before its holder."""
    mention, j = made
    if mention.kind != "office" or len(mention.roles) != 1:
        return made
    for k in range(j, min(j + _TOPIC, len(nodes))):
        n = nodes[k]
        name = n.mention if n.mention and n.mention.kind in ("person", "name") else None
        if name and k > j and " " in n.text and _one_case(nodes[j - 1].tags, n.tags):
            role = mention.roles[0]
            owner = next((x for x in nodes[j:k] if x.has("state", "body")), None)
            country = role.country or (state_of(owner, pack) if owner else None)
            role = replace(role, country=country, country_span=role.country_span or (owner.span if owner else None))
            return Mention(Span(mention.span.start, n.end), name.kind, name.name, entry=name.entry, roles=[role]), k + 1
        if n.mention or not n.word or n.has("cue", "trigger") or not any(t[0] in "NA" and t[2:] == "g" for t in n.tags):
            break
    return made


def _one_case(a: frozenset[str], b: frozenset[str]) -> bool:
    """Two words that may stand in the same case."""
    return not a or not b or not cases(a).isdisjoint(cases(b))


def _as_group(m: Mention, pack: Pack) -> None:
    """ "The foreign ministers of ASEAN" are a group, not the holder of an office."""
    role = m.roles[0]
    office, row = f"{role.office}s", pack.office.get(role.office)
    head = role.place or role.body or (role.country or "").lower()
    world = pack.world.state.get(role.country or "")
    owner = world.adjective or world.name if world and not role.place and not role.body else head.replace("-", " ")
    m.kind, m.ids, m.roles = "group", (f"{head}-{office}" if head else office,), []
    m.name, m.country_basis = f"{owner} {office.replace('-', ' ')}".strip(), "stated" if m.country else None
    m.sector = row.sector if row else None


def _tags(nodes: list[Node]) -> frozenset[str]:
    """The grammatical forms of a mention: those of its first noun, as far as a name behind it allows them; else of its adjective."""
    head = next((n for n in nodes if n.mention or any(t[0] == "N" for t in n.tags)), None)
    if head is not None and head.mention and not head.tags and not head.mention.tags:
        return frozenset()  # a name in no list: its case is not known
    nouns = [n.tags for n in nodes if any(t[0] == "N" for t in n.tags)]
    if not nouns:
        return next((n.tags for n in nodes if n.tags), frozenset()) if len(nodes) == 1 else frozenset()
    first = frozenset(t for t in nouns[0] if t[0] == "N")
    if len(nouns) > 1 and nodes[-1].has("person"):
        return frozenset(t for t in first if any(x[2] == t[2] for x in nouns[-1] if x[0] == "N")) or first
    return first


def _plural(tags: frozenset[str]) -> bool:
    return bool(tags) and all(t[1] == "p" for t in tags)


def _by_order(nodes: list[Node], elements: list[tuple[str, ...]], i: int, text: str, pack: Pack) -> tuple[Mention, int] | None:
    """The longest order that fits at node `i` and makes a mention, and the node after it."""
    best: tuple[Mention, int] | None = None
    for row in _orders(pack).fitting(elements, i):
        if _two(row, nodes, i + len(row)) or _share(row, nodes, i + len(row)) or _fronted(row, nodes, i, pack):
            continue
        if best is None or i + len(row) > best[1]:
            if pack.lexicon and _declined(nodes[i : i + len(row)], row):
                continue
            mention = _from_order(nodes[i : i + len(row)], row, text, pack)
            if mention:
                best = mention, i + len(row)
    return best


def _two(row: Row, nodes: list[Node], j: int) -> bool:
    """ "In NAME, the president NAME": an office before a name is not that of the name before the comma."""
    after = nodes[j].mention if j < len(nodes) else None
    return after is not None and after.kind in ("person", "name") and row[0] == "NAME" and "," in row


def _fronted(row: Row, nodes: list[Node], i: int, pack: Pack) -> bool:
    """ "After the move of NAME, the adviser of A said": the comma closes the phrase at the front, so who acts is named behind it."""
    j = i + len(row)
    if _closed(row, nodes, i, j, pack):
        return True
    if "," not in row or not i or pack.grammar.word_class != "listed":
        return False
    while j < len(nodes) and (nodes[j].mention or nodes[j].has("state", "body", "office", "modifier", "institution")):
        j += 1
    if j >= len(nodes):
        return False
    governed = nodes[i - 1].has("glue:prepositions", "institution")
    acts = is_verb(nodes[j], pack) or nodes[j].has("glue:tenses", "glue:negation")
    return governed and acts and not any(n.text == "," for n in nodes[:i])


def _closed(row: Row, nodes: list[Node], i: int, j: int, pack: Pack) -> bool:
    """ "After B refused the NAME, the leader of A said": the comma closes the clause at the front."""
    if row[0] != "NAME" or "," not in row or i < 2 or j >= len(nodes) or not is_verb(nodes[j], pack):
        return False
    opens = any(kind.startswith("glue:sub:") for kind in nodes[0].kinds)
    return opens and any(is_verb(n, pack) for n in nodes[1:i]) and not any(n.text == "," for n in nodes[1:i])


def _share(row: Row, nodes: list[Node], j: int) -> bool:
    """ "According to NAME, 60 percent": a number that counts what stands behind it is no age."""
    return row[-2:] == (",", "AGE") and j < len(nodes) and nodes[j].word


def _declined(nodes: list[Node], order: Row) -> bool:
    """An owner behind its office stands in the genitive, where words inflect; an adjective before it in any case."""
    at = next((k for k, s in enumerate(order) if s == "OFFICE"), 0)
    behind = list(zip(nodes, order, strict=True))[at + 1 :]
    if any(s.islower() for _, s in behind):
        return False  # a preposition governs it
    owners = (n for n, s in behind if s in ("STATE", "BODY") and n.tags)
    return any(all(t[2:] != "g" for t in n.tags) for n in owners)


def _from_order(nodes: list[Node], order: Row, text: str, pack: Pack) -> Mention | None:
    slots: dict[str, list[Node]] = {}
    for node, want in zip(nodes, order, strict=True):
        slots.setdefault(want, []).append(node)
    name = next((n.mention for n in reversed(slots.get("NAME", ()))), None)
    span = Span(nodes[0].start, nodes[-1].end)
    role = _role(slots, pack)
    if name is None:
        if role is None or role.office in pack.ordinary or slots["OFFICE"][0].has("group"):
            return None
        return Mention(span, "office", text[slice(*span)], country=role.country, country_span=role.country_span, roles=[role])
    owner = slots["NAME"][0].mention
    if role and role.country and name.entry and "," in order:
        home = pack.world.people[name.entry.ref].country
        if home and home != role.country:
            return None  # "Beside the minister of A, NAME": another person, whose country is B
    if role and owner is not name:
        person = pack.world.people[owner.entry.ref] if owner and owner.entry else None
        if owner is None or person is None or any(post.office == role.office for post in person.posts):
            return None  # a list of people, not "the adviser of A, B"
        role = replace(role, country=role.country or person.country or None, country_span=owner.span)
    return Mention(span, name.kind, name.name, entry=name.entry, roles=[role] if role else [], aged="AGE" in slots)


def _role(slots: dict[str, list[Node]], pack: Pack) -> RoleFound | None:
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
        if not country and not (entry_of_body and pack.world.bodies[entry_of_body.ref].kind == "company"):
            country, where = state_of(node, pack), node.span
    to = slots["STATE"][1] if len(slots.get("STATE", ())) > 1 else None
    if not country and not body and entry is not None:
        country, where = _seat_in(offices[0], pack)
    modifiers = tuple(e.id for n in slots.get("MOD", ()) for e in n.entries if e.kind == "modifier")
    return RoleFound(span, entry.id if entry else "", country, where, modifiers, state_of(to, pack) if to else None, body, place,
                     bool(slots.get("INSTITUTION")) or (entry is not None and _of_institution(entry.id, pack)))  # fmt: skip


def _seat_in(office: Node, pack: Pack) -> tuple[str | None, Span | None]:
    """ "Kremlin spokesman": the state whose seat is a part of the office's name."""
    words = office.text.split()
    if not any(c.isupper() for w in words[1:] for c in w):
        return None, None
    for k in range(1, len(words)):
        seat = next((e for e in pack.entries_of(fold(" ".join(words[k:]))) if e.kind == "state" and e.via.startswith("seat")), None)
        if seat:
            return seat.id, office.span
    return None, None


@functools.lru_cache(maxsize=4096)
def _of_institution(office: str, pack: Pack) -> bool:
    """A "government spokesperson": an office whose slug begins with that of an institution."""
    return any(office.startswith(f"{row.id}-") for row in pack.data.institutions.institution)
