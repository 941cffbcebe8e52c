"""A sentence as a row of nodes: words, listed forms, time words and, later, mentions."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kawat.lexicon.compile import Entry
from kawat.lexicon.inflect import verbal
from kawat.lexicon.match import Hit, fold, kinds_of
from kawat.lexicon.tokens import TOKEN
from kawat.mentions.time_words import TimeHit
from kawat.packs import Pack
from kawat.records import Span

if TYPE_CHECKING:
    from kawat.mentions.mention import Mention

ACTS = frozenset({"cue", "trigger"})
PLAIN = frozenset({"word"})
_VERBS = ("causatives", "light", "takes_place", "resolves", "copulas", "flouts")  # small words that are verbs
_VERBAL = tuple(f"glue:{name}" for name in _VERBS)
_SMALL = frozenset({"cue", "trigger", "glue", "modality", "via"})
_NAMED = frozenset({"outlet", "body", "mechanism"})  # "the Sunday Times" is no day
_WORDS = 1 << 14  # words whose shape is kept
_WHOLE = ("light", "resolves")  # a phrase of these is no other act of its verb: "took a decision"
_COUNTS = 3  # words of a number inside a phrase


@dataclass(slots=True)
class Node:
    """`[start, end)` of the text with all its readings.

    `kinds`: the kinds of its entries, with "glue:NAME" for glue and "modality:NAME" for modality. `verb` is set
    by clause grammar, and where it tells word classes by position so are `noun` and `form` (base, third, past, progressive).
    `cue_end`: where its reporting word ends, if it has one.
    """

    start: int
    end: int
    text: str
    entries: tuple[Entry, ...] = ()
    kinds: frozenset[str] = frozenset()
    mention: Mention | None = None
    time: TimeHit | None = None
    verb: bool = False
    noun: bool = False
    form: str = ""
    cue_end: int = 0
    tags: frozenset[str] = frozenset()
    adjective: bool = False  # an unlisted word in the shape of an adjective
    frame: int = -1  # the other end of a clause that this node opens or closes: "at [A bombs B] after"

    def has(self, kind: str, *others: str) -> bool:
        """True where one of the readings is of one of these kinds; called so often that one kind has a way of its own."""
        kinds = self.kinds
        return kind in kinds or (others != () and not kinds.isdisjoint(others))

    def entry(self, kind: str) -> Entry | None:
        """The first reading of a kind."""
        for e in self.entries:
            if e.kind == kind:
                return e
        return None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def moods(self) -> frozenset[str]:
        """What its readings say of how real an act is: "planned", "proposed" …"""
        return frozenset(kind.removeprefix("modality:") for kind in self.kinds if kind.startswith("modality:"))

    @property
    def cue_span(self) -> Span:
        """The reporting word alone."""
        return Span(self.start, self.cue_end or self.end)

    @property
    def word(self) -> bool:
        """A word rather than a mark."""
        return self.text[0].isalnum()


def tile(text: str, span: Span, hits: dict[int, list[Hit]], times: list[TimeHit], pack: Pack) -> list[Node]:
    """Nodes that cover every token of `span` once, left to right; the longest listed form at a place wins."""
    nodes: list[Node] = []
    at_time = {t.span.start: t for t in times}
    at = span.start
    for token in TOKEN.finditer(text, span.start, span.end):
        start = token.start()
        if start < at:
            continue
        time = at_time.get(start)
        if time and not any(h.end > time.span.end and not h.kinds.isdisjoint(_NAMED) for h in hits.get(start, ())):
            nodes.append(Node(start, time.span.end, text[start : time.span.end], kinds=frozenset({"time"}), time=time))
            at = time.span.end
            continue
        fitting = [h for h in hits.get(start, ()) if h.end <= span.end]
        if len(fitting) > 1 and pack.guarded and (_cuts(text, fitting[0], hits) or _suffered(fitting, hits)):
            del fitting[0]
        if fitting and "via" in fitting[0].kinds and any(start < t < fitting[0].end for t in at_time):
            fitting = [h for h in fitting if not any(start < t < h.end for t in at_time)]  # "speaking [on Saturday]" is no channel
        if fitting:
            nodes.append(made_of(text, fitting))
            at = nodes[-1].end
        else:
            tags = pack.lexicon.tags(token[0]) if pack.lexicon else frozenset()
            shaped_so = pack.adjective_shape is not None and bool(pack.adjective_shape.fullmatch(token[0]))
            nodes.append(Node(start, token.end(), token[0], tags=tags, adjective=shaped_so))
            at = token.end()
    return _bridged(nodes, text, pack)


def _cuts(text: str, h: Hit, hits: dict[int, list[Hit]]) -> bool:
    """An act or small word in which a listed word begins that goes on behind it."""
    if all(e.kind not in _SMALL for e in h.entries):
        return False
    at = text.find(" ", h.start, h.end) + 1
    while at:
        if any("word" in x.kinds and x.end > h.end for x in hits.get(at, ())):
            return True
        at = text.find(" ", at, h.end) + 1
    return False


def _suffered(fitting: list[Hit], hits: dict[int, list[Hit]]) -> bool:
    """A noun that begins with a mark of the passive, where the act that is suffered begins inside it and goes on behind it."""
    noun, *shorter = fitting
    mark = next((h for h in shorter if "glue:passive_auxiliaries" in h.kinds), None)
    if mark is None or not noun.kinds.isdisjoint(ACTS):
        return False
    return any(h.end > noun.end and not h.kinds.isdisjoint(ACTS) for h in hits.get(mark.end + 1, ()))


def _bridged(nodes: list[Node], text: str, pack: Pack) -> list[Node]:
    """Phrases of acts with a number inside, "expelled fifteen diplomats", as one node like the phrase without it."""
    for k in reversed([k for k, n in enumerate(nodes) if k and _count(n, pack)]):
        i, j = k - 1, k
        while j < len(nodes) - 1 and j - i <= _COUNTS and _count(nodes[j], pack):
            j += 1
        if j > k and nodes[i].word:
            phrase = f"{fold(nodes[i].text)} {fold(nodes[j].text)}"
            entries = tuple(e for e in pack.entries_of(phrase) if e.kind in ("trigger", "cue"))
            if entries:
                start, end = nodes[i].start, nodes[j].end
                own = () if any(e.kind == "cue" for e in entries) else tuple(e for e in nodes[i].entries if e.kind == "cue")
                entries += own
                nodes[i : j + 1] = [Node(start, end, text[start:end], entries, kinds_of(entries), cue_end=nodes[i].end if own else end)]
    return nodes


def _count(n: Node, pack: Pack) -> bool:
    return n.text[:1].isdecimal() or n.text.lower() in pack.counts


def made_of(text: str, hits: list[Hit]) -> Node:
    """The node of the longest of `hits`, which start together. A shorter reporting word inside an act stays readable."""
    first, tags = hits[0], hits[0].tags
    end, entries, kinds = first.end, first.entries, first.kinds
    if "word" in kinds:
        hits = hits[:1]
        if not (kinds == PLAIN and text[first.start].isupper()):  # with its capital it stays listed, so that it is no name
            entries, kinds = tuple(e for e in entries if e.kind != "word"), kinds - PLAIN
    if kinds.isdisjoint(ACTS):
        if len(hits) > 1 and all(e.kind in ("glue", "modality") and e.id not in _WHOLE for e in entries):
            entries += next((acts for h in hits[1:] if (acts := tuple(e for e in h.entries if e.kind in ACTS))), ())
        kinds = kinds if entries is first.entries else kinds_of(entries)
        return Node(first.start, end, text[first.start : end], entries, kinds, cue_end=end, tags=tags)
    if all(e.tail for e in entries):
        end -= entries[0].tail
    cue_end = end
    if "cue" not in kinds:
        for shorter in hits[1:]:
            if cues := tuple(e for e in shorter.entries if e.kind == "cue"):
                entries, cue_end = entries + cues, shorter.end - cues[0].tail
                kinds = kinds_of(entries)
                break
    return Node(first.start, end, text[first.start : end], entries, kinds, cue_end=cue_end, tags=tags)


def is_verb(node: Node, pack: Pack) -> bool:
    """A listed act, or a word that looks like a verb in this language and that no list takes for something else."""
    if node.mention or node.time:
        return False
    if node.tags:
        return verbal(node.tags)
    if not node.kinds:
        return _plain_verb(node.text, pack)
    if not node.kinds.isdisjoint(ACTS):
        return any(_verbal(e, pack) for e in node.entries)
    if node.text.lower() in pack.verbs or node.has("glue:ends"):
        return True
    if pack.grammar.word_class == "listed" and node.has(*_VERBAL) and not node.has("glue:prepositions", "glue:adverbs"):
        return True  # no shape tells verbs from nouns: those that function lists hold are verbs
    if any(e.kind != "modality" and e.id not in _VERBS for e in node.entries):
        return False
    return bool(node.text[0].islower() or node.entries) and shaped(node, pack)


def adverb(node: Node, pack: Pack) -> bool:
    """A word in no list that has the shape of an adverb in this language."""
    return pack.adverb_shape is not None and _adverb(node.text, pack)


@functools.lru_cache(maxsize=_WORDS)
def _adverb(text: str, pack: Pack) -> bool:
    return pack.adverb_shape is not None and bool(pack.adverb_shape.fullmatch(text))


@functools.lru_cache(maxsize=_WORDS)
def _plain_verb(text: str, pack: Pack) -> bool:
    return text.lower() in pack.verbs or (text[0].islower() and _shaped(text, pack))


def shaped(node: Node, pack: Pack) -> bool:
    """True where the last word of a node has the shape of a verb in this language."""
    return _shaped(node.text, pack)


def _shaped(text: str, pack: Pack) -> bool:
    word = text.lower().rsplit(" ", 1)[-1]
    return pack.verb_shape is not None and bool(pack.verb_shape.fullmatch(word)) and word not in pack.not_verbs


def _verbal(entry: Entry, pack: Pack) -> bool:
    if entry.kind == "trigger":
        return pack.data.triggers[entry.ref].pos != "noun"
    return entry.kind == "cue" and pack.data.cues[entry.ref].kind in ("verb", "participle")


def state_of(node: Node, pack: Pack) -> str | None:
    """The state that a node's state, place, body or outlet belongs to."""
    if node.mention:
        return node.mention.country
    for e in node.entries:
        if e.kind == "state":
            return e.id
    for e in node.entries:
        if e.kind == "place" and pack.world.places[e.ref].state:
            return pack.world.places[e.ref].state
        if e.kind == "body":
            body = pack.world.bodies[e.ref]
            return body.state or body.country or None
        if e.kind == "outlet":
            return pack.world.outlets[e.ref].country or None
        if e.kind == "people":
            return pack.data.institutions.people[e.ref].state or None
    return None
