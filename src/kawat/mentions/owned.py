"""Institutions, groups and the press behind their owner, for languages that put it there: "Russia's foreign ministry"."""

from __future__ import annotations

from dataclasses import replace

from kawat.lexicon.compile import Entry
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node, adverb, is_verb, state_of
from kawat.mentions.nouns import group_of, institution_of, words_of
from kawat.packs import Pack
from kawat.records import Span

_PLAIN = 2  # words between an owner and its noun
_OWNING = frozenset({"state", "place", "body", "outlet", "people", "pronoun", "organisation"})


def may_own(n: Node) -> bool:
    """A quick test: only such nodes begin what `owned` and `described` find."""
    return n.mention is not None or not n.kinds.isdisjoint(_OWNING)


def owned(nodes: list[Node], i: int, pack: Pack) -> tuple[Mention, int] | None:
    """An institution or group behind its owner or owners: "the Trump administration", "Chinese and US trade officials"."""
    if nodes[i].has("pronoun"):
        return _ours(nodes, i)
    owners, j = _owners(nodes, i, pack)
    if not owners:
        return _of_body(nodes, i, pack)
    first = j
    while j < len(nodes) and j < first + _PLAIN and _plain(nodes[j]):
        j += 1
    if not pack.spaced and _unlisted(nodes, first, pack):
        j = first + 1
    nouns: list[Entry] = []
    while entry := _noun_entry(nodes, j):
        nouns.append(entry)
        j += 1
    if nouns and nouns[-1].kind == "group" and _adjectival(nodes, j, pack):
        return None
    if not nouns:
        return _other_noun(nodes, i, j, owners, pack)
    parts = [_one(nodes, i, j, owner, nouns, pack) for owner in owners]
    made = [m for m in parts if m and m.ids]
    if len(made) == 1:
        return made[0], j
    span = Span(nodes[i].start, nodes[j - 1].end)
    ids = tuple(dict.fromkeys(x for m in made for x in m.ids))
    if not ids:
        return None
    return Mention(span, made[0].kind, words_of(nodes, i, j), ids, entry=nouns[-1], nouns=tuple(nouns), parts=made), j


def _of_body(nodes: list[Node], i: int, pack: Pack) -> tuple[Mention, int] | None:
    """A group of a body that belongs to no state: "NATO foreign ministers"."""
    entry = nodes[i].entry("body")
    j = _over_genitive(nodes, i + 1)
    group = nodes[j].entry("group") if j < len(nodes) and not nodes[j].mention else None
    if entry is None or group is None or prefixed(nodes, i, pack) or _adjectival(nodes, j + 1, pack):
        return None
    found = Mention(Span(nodes[i].start, nodes[j].end), "", words_of(nodes, i, j + 1), entry=group, nouns=(group,))
    return group_of(found, group, nodes[i], pack), j + 1


def _adjectival(nodes: list[Node], j: int, pack: Pack) -> bool:
    """What looks like a noun for people only tells of the noun behind it: "a US official visit"."""
    if j >= len(nodes) or not nodes[j].word:
        return False
    n = nodes[j]
    if any(e.kind == "trigger" and pack.data.triggers[e.ref].pos == "noun" for e in n.entries):
        return True
    return not n.entries and not n.mention and n.text[0].islower() and not is_verb(n, pack) and not adverb(n, pack)


def _ours(nodes: list[Node], i: int) -> tuple[Mention, int] | None:
    """ "Our fleet" is we, "his army" his state."""
    entry = nodes[i].entry("pronoun")
    j = i + 1
    while j < len(nodes) and j <= i + _PLAIN and _plain(nodes[j]):
        j += 1
    if entry is None or entry.via != "possessor" or j >= len(nodes) or not nodes[j].has("institution"):
        return None
    span = Span(nodes[i].start, nodes[j].end)
    if entry.id == "person":
        return Mention(span, "pronoun", "state", entry=entry, of="speaker"), j + 1
    return Mention(span, "pronoun", entry.id, entry=entry, number=entry.ref), j + 1


def _owners(nodes: list[Node], i: int, pack: Pack) -> tuple[list[Node], int]:
    """The owners that begin at `i`, and where their noun may begin: "Russia's", "Chinese and US", "the Trump"."""
    if not _owns(nodes[i], pack) or prefixed(nodes, i, pack):
        return [], i
    if i + 2 < len(nodes) and nodes[i + 1].has("glue:coordinators") and _owns(nodes[i + 2], pack):
        return [nodes[i], nodes[i + 2]], _over_genitive(nodes, i + 3)
    return [nodes[i]], _over_genitive(nodes, i + 1)


def _owns(n: Node, pack: Pack) -> bool:
    return state_of(n, pack) is not None or n.has("people", "place") or _home(n, pack) is not None


def prefixed(nodes: list[Node], i: int, pack: Pack) -> bool:
    """Behind "anti-": only part of a word."""
    return i > 1 and nodes[i - 1].text in "-–" and nodes[i - 2].text.lower() in pack.data.glue.attribute_prefixes


def _over_genitive(nodes: list[Node], j: int) -> int:
    return j + 1 if j < len(nodes) and nodes[j].has("glue:genitive") else j


def _one(nodes: list[Node], i: int, j: int, owner: Node, nouns: list[Entry], pack: Pack) -> Mention | None:
    """The noun as that of one owner."""
    last = nouns[-1]
    found = Mention(Span(nodes[i].start, nodes[j - 1].end), "", words_of(nodes, i, j), entry=last, nouns=tuple(nouns))
    if state := state_of(owner, pack) or _home(owner, pack):
        found.country, found.country_span, found.country_basis = state, owner.span, "stated"
    return institution_of(found, last, owner, pack) if last.kind == "institution" else group_of(found, last, owner, pack)


def _noun_entry(nodes: list[Node], j: int) -> Entry | None:
    n = nodes[j] if j < len(nodes) else None
    return n.entry("institution") or n.entry("group") if n and not n.mention else None


def _plain(n: Node) -> bool:
    """A word between an owner and its noun that is no noun of its own: "Russia's largest opposition party"."""
    return n.text[0].islower() and (not n.entries or n.has("modifier")) and not n.time


_SHORT = 4  # characters of a word in no list


def _unlisted(nodes: list[Node], j: int, pack: Pack) -> bool:
    """A short plain word between an owner and a noun for people, where words are not told apart: "A's oil companies"."""
    if j + 1 >= len(nodes) or not nodes[j + 1].has("group", "institution") or nodes[j - 1].has("glue:genitive"):
        return False
    n = nodes[j]
    return n.word and not n.kinds and not n.time and not n.text[0].isdecimal() and n.end - n.start <= _SHORT and not is_verb(n, pack)


def _home(n: Node, pack: Pack) -> str | None:
    """The state of a listed person, who leads its government: "the Trump administration"."""
    m = n.mention
    return pack.world.people[m.entry.ref].country or None if m and m.kind == "person" and m.entry else None


def _other_noun(nodes: list[Node], i: int, j: int, owners: list[Node], pack: Pack) -> tuple[Mention, int] | None:
    """The press of a state ("Iranian state TV"), or an earlier named body ("the Japanese carmaker")."""
    state = state_of(owners[0], pack)
    if j >= len(nodes) or nodes[j].mention or len(owners) > 1 or state is None:
        return None
    n = nodes[j]
    span = Span(nodes[i].start, n.end)
    if (press := n.entry("media")) and not (j + 1 < len(nodes) and (nodes[j + 1].has("outlet") or nodes[j + 1].mention)):
        if outlet := owners[0].entry("outlet"):
            row = pack.world.outlets[outlet.ref]  # "the NAME newspaper"
            return Mention(span, "media", row.name, (row.id,), state, country_basis="listed", sector="MED", entry=outlet), j + 1
        ident = f"{state.lower()}-{press.id}"
        label = press.id.replace("-", " ")
        return Mention(span, "media", label, (ident,), state, owners[0].span, "stated", "MED", entry=press), j + 1
    if (body := n.entry("organisation")) and i and nodes[i - 1].has("glue:definite") and n.kinds.isdisjoint(("media", "introducer")):
        return Mention(span, "description", body.id, country=state, entry=body, of=body.id), j + 1
    return None


def described(nodes: list[Node], i: int) -> tuple[Mention, int] | None:
    """An earlier named body behind an article: "the company", "the bloc"."""
    entry = nodes[i].entry("organisation")
    if entry is None or not i or not nodes[_before_count(nodes, i)].has("glue:definite"):
        return None
    if i + 1 < len(nodes) and (nodes[i + 1].has("outlet", "body") or nodes[i + 1].mention):
        return None
    return Mention(nodes[i].span, "description", entry.id, entry=entry, of=entry.id), i + 1


def _before_count(nodes: list[Node], i: int) -> int:
    """The node before the noun at `i`, over the number of its members: "the 15-member council"."""
    return i - 4 if i > 3 and nodes[i - 2].text == "-" and nodes[i - 3].text.isdecimal() else i - 1


def branch(m: Mention, nodes: list[Node], j: int, pack: Pack) -> tuple[Mention, int]:
    """A company with the state of its branch behind it is one name: "Toyota UK"."""
    body = pack.world.bodies[m.entry.ref] if m.entry and m.entry.kind == "body" else None
    n = nodes[j] if j < len(nodes) else None
    entry = n.entry("state") if n else None
    if body is None or body.kind != "company" or n is None or entry is None or not entry.via.startswith(("name", "abbreviation")):
        return m, j
    last = j + 1 if j + 1 < len(nodes) and nodes[j + 1].has("introducer") and not pack.spaced else j
    return replace(m, span=Span(m.span.start, nodes[last].end)), last + 1
