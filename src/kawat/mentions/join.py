"""Mentions that act together: "A and B", "A-B", "ministers, including A and B"."""

from __future__ import annotations

from dataclasses import replace

from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.records import Span


def join_mentions(nodes: list[Node], text: str, clitic: str) -> tuple[list[Node], list[Mention]]:
    """Join "A dan B", "A, B dan C" and "A-B" into one node whose mention has all their ids; the new mentions beside."""
    out: list[Node] = []
    made: list[Mention] = []
    i = 0
    while i < len(nodes):
        n = nodes[i]
        j, parts = _joined(nodes, i, clitic)
        if n.mention and len(parts) > 1:
            span = Span(n.start, nodes[j - 1].end)
            ids = tuple(dict.fromkeys(x for p in parts for x in p.ids))
            kinds = {p.kind for p in parts}
            m = Mention(span, kinds.pop() if len(kinds) == 1 else "group", text[slice(*span)], ids, parts=parts)
            m.accompanied = len(parts) == 2 and m.kind == "person" and any(x.has("glue:comitative") for x in nodes[i + 1 : j - 1])
            m.tags = _shared([p.tags for p in parts])
            made += [m, *(p for p in parts if p.kind == "group" and p is not nodes[i].mention)]
            out.append(Node(n.start, span.end, text[slice(*span)], mention=m))
            i = j
        else:
            out.append(n)
            i += 1
    _include(out)
    _apposed(out)
    return out, made


def _shared(tags: list[frozenset[str]]) -> frozenset[str]:
    """The tags of a pair: plural, in the cases that all of its parts can stand in; an adjective where the last part is one."""
    if all(t[0] == "A" for t in tags[-1]) and tags[-1]:
        return tags[-1]
    known = [{t[2] for t in row if len(t) == 3} for row in tags if row]
    return frozenset(f"Np{c}" for c in set.intersection(*known)) if known else frozenset()


def _joined(nodes: list[Node], i: int, clitic: str) -> tuple[int, list[Mention]]:
    first = nodes[i].mention
    if not first or not first.settled:
        return i + 1, []
    parts, j, commas = [first], i + 1, 0
    while j + 1 < len(nodes):
        if _short(nodes[j - 1]) and (also := nodes[j].mention) and _begins_short(also):
            parts.append(also)
            j += 1
            continue
        sep, nxt = nodes[j], nodes[j + 1].mention
        hyphen = sep.text in "-–" and ((sep.start == nodes[j - 1].end and nodes[j + 1].start == sep.end) or _pair(first, nxt))
        if sep.text == "," and j + 2 < len(nodes) and nodes[j + 1].has("glue:coordinators") and commas:
            sep, nxt, j = nodes[j + 1], nodes[j + 2].mention, j + 1
        if sep.has("glue:coordinators") and not nxt and j + 2 < len(nodes) and _owned(nodes[j + 1], clitic):
            nxt, j = nodes[j + 2].mention, j + 1
        if sep.has("glue:coordinators") and not nxt and nodes[j + 1].has("glue:articles") and _with_article(nodes, i, j + 2):
            nxt, j = nodes[j + 2].mention, j + 1
        if sep.text == "," and nodes[j + 1].has("glue:articles") and (state := _state_behind(nodes, j + 1, first)):
            nxt, j = state, j + 1
        if sep.has("glue:coordinators") and not nxt:
            at = next((k for k in range(j + 1, min(j + 6, len(nodes))) if not _counts(nodes[k])), j + 1)
            if at > j + 1 and at < len(nodes) and nodes[at].mention:
                nxt, j = nodes[at].mention, at - 1
        comma, listed = sep.text == ",", sep.text == "、"
        if (
            not nxt
            or not nxt.settled
            or nxt.place != first.place
            or not (hyphen or comma or listed or sep.has("glue:coordinators"))
            or nxt.of == "speaker"
            or (len(parts) == 1 and _new_clause(nodes, i, j))
        ):
            break
        commas += comma
        parts.append(_distributed(first, nxt))
        j += 2
        if sep.has("glue:coordinators"):
            return (i + 1, []) if commas and _fronted(nodes, i, j) else (j, parts)
    if commas and len(parts) > 1:
        if not i and _both_act(nodes, j, parts):
            return j, parts
        return i + 1, []  # a list without "and" is apposition or two clauses
    return j, parts


def _both_act(nodes: list[Node], j: int, parts: list[Mention]) -> bool:
    """The headline "A, B agree": two of a kind at the front, right before what they do."""
    if len(parts) != 2 or j >= len(nodes) or not nodes[j].has("trigger", "cue", "glue:sub:purpose", "glue:modals"):
        return False
    a, b = parts
    return a.kind == b.kind and a.kind in ("state", "person") and not (a.roles or b.roles) and a.country != b.country


def _state_behind(nodes: list[Node], j: int, first: Mention) -> Mention | None:
    """ "A, the B and C": a state behind its article goes on a list of states."""
    m = nodes[j + 1].mention if j + 1 < len(nodes) else None
    return m if m and m.kind == first.kind == "state" else None


def _with_article(nodes: list[Node], i: int, k: int) -> bool:
    """ "A and the B": not where A is an object and a clause of B's begins: "struck A and the B said"."""
    if k >= len(nodes) or not nodes[k].mention:
        return False
    acts = ("trigger", "cue", "glue:auxiliaries", "glue:modals")
    object_ = i > 0 and nodes[i - 1].has("glue:prepositions", "trigger", "cue") and not nodes[i - 1].has("glue:between")
    return not (object_ and k + 1 < len(nodes) and nodes[k + 1].has(*acts))


def _pair(a: Mention, b: Mention | None) -> bool:
    """Two states by their names, which a dash between spaces joins too: "Việt Nam - Trung Quốc"."""
    return all(
        m and m.kind == "state" and m.entry and m.entry.kind == "state" and not m.entry.via.startswith(("capital", "seat")) for m in (a, b)
    )


def _new_clause(nodes: list[Node], i: int, j: int) -> bool:
    """ "… to Gaza and the president condemned": a person with a verb behind is not joined to a state behind a preposition."""
    first, nxt = nodes[i].mention, nodes[j + 1].mention
    if first is None or nxt is None or first.kind == "person" or nxt.kind != "person" or j + 2 >= len(nodes):
        return False
    governed = i > 0 and nodes[i - 1].has("glue:prepositions") and not nodes[i - 1].has("trigger")
    return governed and nodes[j + 2].has("cue", "trigger")


def _fronted(nodes: list[Node], i: int, j: int) -> bool:
    """Of "According to A, B and C agree" the comma closes what stands in front; of "According to A, B and C, …" it does not."""
    opens = i > 0 and nodes[i - 1].has("cue") and nodes[i - 1].has("glue:prepositions") and not any(n.word for n in nodes[: i - 1])
    return opens and j < len(nodes) and nodes[j].text != ","


def _short(n: Node) -> bool:
    """A state named by one character: two of them side by side are both meant."""
    return bool(n.mention and n.mention.entry and n.mention.entry.via == "short")


def _begins_short(m: Mention) -> bool:
    """It is such a state, or begins with one that owns it: of "A B ministers" both have ministers."""
    where = m.country_span or next((r.country_span for r in m.roles), None)
    return m.settled and (bool(m.entry and m.entry.via == "short") or (where is not None and where == Span(m.span.start, m.span.start + 1)))


def _counts(n: Node) -> bool:
    """ "And more than 20 other": what only counts the noun behind it."""
    return n.text.isdecimal() or n.has("glue:plural_markers")


def _distributed(first: Mention, second: Mention) -> Mention:
    """ "Experts from China and the US": the noun goes with both states."""
    if (
        first.kind != "group"
        or not first.country
        or second.kind != "state"
        or second.nouns
        or not first.ids[0].startswith(f"{first.country.lower()}-")
    ):
        return second
    noun = first.ids[0][len(first.country) + 1 :]
    return replace(second, kind="group", name=f"{second.name} {noun.replace('-', ' ')}", ids=(f"{second.ids[0].lower()}-{noun}",),
                   country=second.ids[0], country_span=second.span, country_basis="stated")  # fmt: skip


def _owned(n: Node, clitic: str) -> bool:
    """ "and his guest NAME": a plain noun with the possessive clitic."""
    return bool(clitic) and n.word and not n.entries and not n.mention and n.text.endswith(clitic)


def _include(nodes: list[Node]) -> None:
    """ "Makers have raised fears, including A and B": the named ones join the group that they belong to."""
    for k, n in enumerate(nodes[:-1]):
        named = nodes[k + 1].mention
        if not named or not named.settled or not n.has("glue:including"):
            continue
        before = (x.mention for x in reversed(nodes[:k]) if x.mention and x.mention.kind == "group" and x.mention.settled)
        group = next((m for m in before if not m.entry or m.entry.kind != "pronoun"), None)
        if group and not group.parts:
            group.parts = [replace(group), *(named.parts or [named])]
            group.ids = tuple(dict.fromkeys([*group.ids, *named.ids]))


def _apposed(nodes: list[Node]) -> None:
    """ "The two presidents, A and B, …" are those whom the words between the commas name."""
    for k in range(len(nodes) - 1):
        first, m = nodes[k].mention, nodes[k + 1].mention
        if first and m and m.kind == "description" and len(first.ids) == m.number > 1:  # "A, B the two presidents"
            m.ids, m.parts = first.ids, first.parts
    for k in range(len(nodes) - 2):
        m, named = nodes[k].mention, nodes[k + 2].mention
        if m and named and m.kind == "description" and nodes[k + 1].text == "," and len(named.ids) == m.number > 1:
            m.ids, m.parts = named.ids, named.parts
