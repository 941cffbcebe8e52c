"""Nodes of a sentence in a script without spaces: the longest listed form at each character, names, runs of other characters.

A listed form may want another before it, with a gap between ("sign … treaty"). Where the first part is a verb it carries the act;
where it is a function word ("to … express thanks") the second does.
"""

from __future__ import annotations

import re

import msgspec

from kawat.lexicon.compile import Entry
from kawat.lexicon.match import Hit, fold, kinds_of
from kawat.mentions.foreign import Named
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import ACTS, PLAIN, Node, made_of
from kawat.mentions.time_words import TimeHit
from kawat.packs import Pack
from kawat.records import Span

_OTHER = re.compile(r"[A-Za-z\u00c0-\u024f]+|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)
_MARKS = re.compile(r"[,.;:()、。！？!?\"“”…\n]")
_STOPS = re.compile(r"[.。!！?？…]")
_HEADLINE = 5  # characters of a part
_LICENSED = frozenset({"office", "institution", "group", "introducer", "media"})
_COMPOUND = 4  # characters of an act noun made of two words
_NAMES = frozenset({"outlet", "body", "person", "place", "mechanism"})
_FUNCTION = ("glue:prepositions", "glue:passive_agent", "glue:object_marker")


def tile_unspaced(
    text: str, span: Span, hits: dict[int, list[Hit]], times: list[TimeHit], names: dict[int, Named], pack: Pack
) -> list[Node]:
    """Nodes that cover every character of `span` but white space once, left to right."""
    nodes: list[Node] = []
    at_time = {t.span.start: t for t in times}
    at, plain = span.start, -1
    while at < span.end:
        one = _time(text, at_time.get(at), hits) or _name(text, names.get(at), span.end, pack)
        made = [one] if one else _listed(text, at, span, hits, nodes, plain, pack)
        if not made and text[at].isalpha() and not text[at].isascii() and text[at] > "\u2e80":
            plain = at if plain < 0 else plain
            at += 1
            continue
        if plain >= 0:
            nodes.append(Node(plain, at, text[plain:at]))
            plain = -1
        if not made:
            other = _OTHER.match(text, at, span.end)
            end = other.end() if other else at + 1
            if text[at].isspace() and _parts_headlines(text, at, end, span):
                nodes.append(Node(at, end, ","))
            elif not text[at].isspace():
                nodes.append(Node(at, end, text[at:end]))
            at = end
        else:
            nodes += made
            at = made[-1].end
    if plain >= 0:
        nodes.append(Node(plain, span.end, text[plain : span.end]))
    return _joined_gaps(nodes, text, pack)


def _parts_headlines(text: str, at: int, end: int, span: Span) -> bool:
    """White space inside a line without a stop: a headline of two parts, which reads as if a comma stood there."""
    long = at - span.start >= _HEADLINE and span.end - end >= _HEADLINE
    return long and text[at - 1] > "\u2e80" and text[end] > "\u2e80" and not _STOPS.search(text, span.start, span.end)


def _time(text: str, time: TimeHit | None, hits: dict[int, list[Hit]]) -> Node | None:
    """Time words, unless a listed name that begins with them is longer: a newspaper named for its day."""
    if time is None or any(h.end > time.span.end and not h.kinds.isdisjoint(_NAMES) for h in hits.get(time.span.start, ())):
        return None
    return Node(time.span.start, time.span.end, text[slice(*time.span)], kinds=frozenset({"time"}), time=time)


def _name(text: str, name: Named | None, end: int, pack: Pack) -> Node | None:
    """A name found in the report; by its Latin spelling it may be that of a listed person."""
    if name is None or name.end > end:
        return None
    span = Span(name.start, name.end)
    entry = next((e for e in pack.entries_of(fold(name.full)) if e.kind == "person"), None)
    return Node(*span, text[slice(*span)], mention=Mention(span, "person" if entry else "name", name.full, entry=entry))


def _listed(text: str, at: int, span: Span, hits: dict[int, list[Hit]], nodes: list[Node], plain: int, pack: Pack) -> list[Node]:
    """The longest listed form at `at` that may stand there; an office that begins with its state or body as two nodes."""
    rows = [h for h in hits.get(at, ()) if h.end <= span.end and (h.end - at > 1 or _licensed(h, hits, nodes, plain, pack))]
    if rows and "person" in rows[0].kinds and _goes_on(text, rows[0], hits, pack):
        return []
    if [h for h in rows if "gapped" in h.kinds]:
        rows = [x for h in rows if (x := _with_gaps(h, text, span.start, pack))]
    if not rows:
        return []
    if rows[0].kinds == PLAIN:
        return [Node(at, rows[0].end, text[at : rows[0].end])]
    if len(rows) > 1 and (short := _before_longer(rows, hits)):
        rows = [short]
    if rows[0].kinds.isdisjoint(ACTS) and not any("gapped" in h.kinds for h in rows):
        rows = rows[:1]
    node = _with_tails(_plainly(made_of(text, rows)), hits, text, span.start, pack)
    if node.has("office") and (owner := _owner_in(node, hits)):
        rest = Node(owner.end, node.end, text[owner.end : node.end], node.entries, node.kinds, cue_end=node.end)
        return [_plainly(made_of(text, [owner])), rest]
    return [node]


def _goes_on(text: str, h: Hit, hits: dict[int, list[Hit]], pack: Pack) -> bool:
    """A short name by sound behind which two more name characters stand is the beginning of another name."""
    chars = pack.data.head.shapes.name_characters
    more = text[h.end : h.end + 2]
    return (
        all(e.via == "short" for e in h.entries if e.kind == "person")
        and len(more) == 2
        and all(c in chars for c in (*text[h.start : h.end], *more))
        and not any(k in hits for k in (h.end, h.end + 1))
    )


def _before_longer(rows: list[Hit], hits: dict[int, list[Hit]]) -> Hit | None:
    """The state of one character at the start of a form inside which a longer one begins."""
    last = rows[-1]
    if not _short(last) or rows[0].kinds.isdisjoint(("state", "body")):
        return None
    if any(x.end - x.start > 1 and not x.kinds.isdisjoint(ACTS) for x in hits.get(rows[0].end, ())):
        return None  # an act begins behind the longer form
    return last if any(x.end > rows[0].end and x.end - x.start > 1 for x in hits.get(last.end, ())) else None


def _with_tails(node: Node, hits: dict[int, list[Hit]], text: str, start: int, pack: Pack) -> Node:
    """An act noun whose end is the second part of a form with a gap: "suspend … trade talks" is "suspend … talks"."""
    if not node.has("trigger") or node.end - node.start < _COMPOUND:
        return node
    for k in range(node.start + 1, node.end - 1):
        for h in hits.get(k, ()):
            if h.end == node.end and "gapped" in h.kinds:
                more = tuple(e for e in h.entries if e.gap and e.loose and 0 <= _head(e, k, start, text, pack) < node.start)
                if more:
                    _set(node, (*node.entries, *more))
    return node


def _plainly(node: Node) -> Node:
    """A state of one character that may stand here counts like any other."""
    if node.end - node.start == 1 and node.has("state"):
        node.entries = tuple(msgspec.structs.replace(e, via="short") if e.kind == "state" else e for e in node.entries)
    return node


def _owner_in(node: Node, hits: dict[int, list[Hit]]) -> Hit | None:
    """The state or body that the form of an office begins with."""
    for h in hits.get(node.start, ()):
        named = h.end < node.end and not h.kinds.isdisjoint(("state", "body"))
        if named and (h.end - h.start > 1 or any(x.end == node.end and "office" in x.kinds for x in hits.get(h.end, ()))):
            return h
    return None


def _licensed(h: Hit, hits: dict[int, list[Hit]], nodes: list[Node], plain: int, pack: Pack) -> bool:
    """A state of one character counts in a pair, behind certain words, and before an office or institution."""
    if "state" not in h.kinds:
        return True
    if any(_short(x) for x in hits.get(h.end, ())):
        return True
    if any(not x.kinds.isdisjoint(_LICENSED) for x in hits.get(h.end, ())[:1]):
        return True
    before = nodes[-1] if nodes and plain < 0 and nodes[-1].end == h.start else None
    return before is not None and (before.text in pack.short_names_after or (len(before.text) == 1 and before.has("state")))


def _short(h: Hit) -> bool:
    return h.end - h.start == 1 and "state" in h.kinds


# ---- forms with a gap --------------------------------------------------------------------------


def _with_gaps(h: Hit, text: str, start: int, pack: Pack) -> Hit | None:
    """The hit without the readings that want something before it which is not there."""
    if "gapped" not in h.kinds:
        return h
    kept = tuple(e for e in h.entries if not e.gap or _head(e, h.start, start, text, pack) >= 0)
    return Hit(h.start, h.end, kept, kinds_of(kept)) if kept else None


def _joined_gaps(nodes: list[Node], text: str, pack: Pack) -> list[Node]:
    """The act of a form with a gap is put on one of its two parts."""
    if not any("gapped" in n.kinds for n in nodes):
        return nodes
    out: list[Node] = []
    for n in nodes:
        if "gapped" in n.kinds:
            gapped = [e for e in n.entries if e.gap]
            _set(n, tuple(e for e in n.entries if not e.gap))
            fitting = [(e, at) for e in gapped if (at := _head(e, n.start, nodes[0].start, text, pack)) >= 0]
            if fitting:
                _place(fitting, n, out, text, pack)
        out.append(n)
    return out


def _set(n: Node, entries: tuple[Entry, ...]) -> None:
    n.entries, n.kinds = entries, kinds_of(entries)


def _head(e: Entry, end: int, start: int, text: str, pack: Pack) -> int:
    """Where the first part of a form stands before its second at `end`; -1: nowhere near enough."""
    at = text.rfind(e.gap, max(start, end - e.reach - len(e.gap)), end)
    if at < 0:
        return -1
    between = text[at + len(e.gap) : end]
    if not e.loose:
        return at if pack.inserted.fullmatch(between) else -1
    return -1 if _MARKS.search(between) else at


def _place(fitting: list[tuple[Entry, int]], n: Node, out: list[Node], text: str, pack: Pack) -> None:
    """Put the acts whose parts are both there on the first part, or on node `n` where the first is a function word."""
    at = max(pos for _, pos in fitting)
    size = max(len(e.gap) for e, pos in fitting if pos == at)
    entries = tuple(msgspec.structs.replace(e, gap="") for e, pos in fitting if pos == at and len(e.gap) == size)
    k = next((k for k in range(len(out) - 1, -1, -1) if out[k].start <= at), None)
    if k is None or out[k].mention or out[k].time:
        return
    head = out[k]
    if head.has(*_FUNCTION):
        if head.start == at:
            _set(n, (*entries, *n.entries))
        return
    if head.entries and (head.start != at or (head.end > at + size and head.text[-2:] == n.text[-2:])):
        return
    sure = any(e.kind == "trigger" and not pack.data.triggers[e.ref].needs for e in entries)
    rest = tuple(e for e in head.entries if not (sure and e.kind == "trigger"))
    _set(n, tuple(e for e in n.entries if e.kind != "trigger"))
    cut = head.end if head.entries else min(at + size, head.end)
    parts = [Node(a, b, text[a:b]) for a, b in ((head.start, at), (at, cut)) if a < b]
    _set(parts[-1], (*entries, *rest))
    if parts[-1].end < head.end:
        parts.append(Node(parts[-1].end, head.end, text[parts[-1].end : head.end]))
    out[k : k + 1] = parts
