"""Who said what: reporting words with their speaker and content."""

from __future__ import annotations

from dataclasses import dataclass

from kawat.clauses.predicates import Domain, Predicate
from kawat.documents.quotes import Quote
from kawat.documents.sentences import Document, Sentence
from kawat.lexicon.compile import Entry
from kawat.lexicon.schema import Cue
from kawat.mentions.actors import Mention
from kawat.mentions.link import Cast
from kawat.mentions.nodes import Node
from kawat.packs import Pack
from kawat.records import Span, Statement
from kawat.statements.content import Found, after_cue, before_cue, by_line, kind_of
from kawat.statements.speakers import Speakers


@dataclass(frozen=True, slots=True)
class Said:
    """A statement with where it stands, for the stages that follow."""

    record: Statement
    sentence: int
    sense: str
    cue: Predicate | None


def find_statements(doc: Document, parsed: list[list[Domain]], cast: Cast, pack: Pack, via: dict[int, str]) -> list[Said]:
    """All statements of a report in order. `via`: sentence number -> outlet that the sentence names as its source."""
    speakers = Speakers(cast, pack)
    out: list[Said] = []
    for sentence, found in zip(doc.sentences, parsed, strict=True):
        if not found:
            continue
        speakers.enter(sentence.number)
        made = _in_sentence(doc, sentence, found, speakers, cast, pack, via.get(sentence.number))
        if not made:
            made = _continued(doc, sentence, found, speakers)
        out += made
    ordered = sorted(out, key=lambda s: s.record.content[0] if s.record.content else s.record.cue or Span(0, 0))
    return [_numbered(s, k) for k, s in enumerate(ordered)]


def _numbered(s: Said, k: int) -> Said:
    import msgspec

    return Said(msgspec.structs.replace(s.record, id=f"s{k + 1}"), s.sentence, s.sense, s.cue)


def _in_sentence(
    doc: Document, sentence: Sentence, found: list[Domain], speakers: Speakers, cast: Cast, pack: Pack, via: str | None
) -> list[Said]:
    outer = found[0]
    out: list[Said] = []
    taken: list[Span] = []
    for p in outer.predicates:
        for entry in p.node.entries:
            if entry.kind != "cue":
                continue
            made = _by_cue(doc, sentence, outer, p, entry, speakers, cast, pack, via)
            if made and not any(_same(made, t) for t in out):
                out += made
                taken += [c for m in made for c in m.record.content]
                break
    if not out:
        out = _colon(doc, sentence, outer, speakers, via)
    return out


def _same(made: list[Said], other: Said) -> bool:
    return any(m.record.speaker == other.record.speaker and m.record.content == other.record.content for m in made)


def _by_cue(
    doc: Document, sentence: Sentence, d: Domain, p: Predicate, entry: Entry, speakers: Speakers, cast: Cast, pack: Pack, via: str | None
) -> list[Said]:
    cue = pack.data.cues[entry.ref]
    for order in _possible(cue, entry):
        found = _try(order, doc, sentence, d, p, entry, cue, speakers, pack)
        if found is None:
            continue
        source, ids, content = found
        if not ids or not content.spans:
            continue
        speakers.said(ids, sentence.number)
        to = _addressee(p, pack)
        return _records(doc, sentence, p, entry, cue, source, ids, content, to, via)
    return []


def _possible(cue: Cue, entry: Entry) -> list[str]:
    """Inversions first: they are the stricter shapes."""
    if cue.kind == "adposition":
        return ["frame"] if "S C X" in cue.order else ["C S X", "X C S"]
    if cue.kind == "noun":
        return ["noun"]
    if entry.via.startswith("passive"):
        return ["passive"]
    rank = {"X C S": 0, "X S C": 1, "S C X": 2, "C S X": 3}
    return sorted((str(o) for o in cue.order if o != "C S X"), key=lambda o: rank[o])


def _records(
    doc: Document, sentence: Sentence, p: Predicate, entry: Entry, cue: Cue, source: Span | None, ids: tuple[str, ...],
    content: Found, to: str | None, via: str | None,
) -> list[Said]:  # fmt: skip
    spans = by_line(doc.text, content.spans)
    kind = kind_of(doc, spans)
    return [
        Said(
            Statement(id="", speaker=i, source=source, kind=kind, cue=p.node.cue_span, content=tuple(spans), to=to,
                      via=via if via != i else None, rule=entry.rule),
            sentence.number, cue.sense, p,
        )
        for i in ids
    ]  # fmt: skip


Tried = tuple[Span | None, tuple[str, ...], Found]


def _try(
    order: str, doc: Document, sentence: Sentence, d: Domain, p: Predicate, entry: Entry, cue: Cue, speakers: Speakers, pack: Pack
) -> Tried | None:
    if order == "X C S":
        return _inverted(doc, d, p, entry, speakers, pack)
    if order == "X S C":
        return _speaker_between(doc, d, p, speakers)
    if order == "C S X":
        return _by_adposition(doc, d, p, entry, speakers, pack)
    if order == "passive":
        return _passive(doc, d, p, speakers)
    if order == "frame":
        return _framed(d, p, speakers)
    if order == "noun":
        return _by_noun(doc, d, p, entry, speakers, pack)
    subject = p.subject
    if subject is None and not _pro_drop(d, p):
        return None
    ids = speakers.ids(subject) if subject else speakers.implicit()
    content = after_cue(doc, d, p, cue, pack, stop=subject.span.start if subject and subject.span.start > p.node.end else None)
    if content is None or (content.shape == "object" and (cue.needs_clause or p.opener != "main")):
        return None
    return (subject.span if subject else None), ids, content


def _pro_drop(d: Domain, p: Predicate) -> bool:
    return False


def _clitic(entry: Entry, pack: Pack) -> bool:
    """The cue carries the pronoun: "katanya"."""
    return entry.via.endswith("+" + pack.data.glue.possessive_clitic)


def _inverted(doc: Document, d: Domain, p: Predicate, entry: Entry, speakers: Speakers, pack: Pack) -> Tried | None:
    before = _skip_back(d.nodes, p.index)
    if before is None:
        return None
    content = before_cue(doc, d, before)
    if content is None:
        return None
    if _clitic(entry, pack):
        return p.node.cue_span, speakers.implicit(), content
    nearest = next((m for m in p.objects if _adjacent(d.nodes, p.index, m)), None)
    if nearest is None:
        return None
    return nearest.span, speakers.ids(nearest), content


def _skip_back(nodes: list[Node], i: int) -> int | None:
    """Index of the comma or quotation right before the cue; None where the cue is inside a clause."""
    j = i - 1
    while j >= 0 and nodes[j].has("glue:adverbs", "glue:coordinators"):
        j -= 1
    if j >= 0 and (nodes[j].text == "," or nodes[j].has("quote")):
        return j
    return None


def _adjacent(nodes: list[Node], i: int, m: Mention) -> bool:
    """Only adverbs and plain words between the cue and the mention."""
    for n in nodes[i + 1 :]:
        if n.mention is m:
            return True
        if not n.word or n.has("cue", "trigger", "glue:complementizers", "glue:relative") or n.mention:
            return False
    return False


def _speaker_between(doc: Document, d: Domain, p: Predicate, speakers: Speakers) -> Tried | None:
    """CONTENT, SPEAKER CUE. at the end of a sentence."""
    rest = [n for n in d.nodes[p.index + 1 :] if n.text not in ".!?" and not n.time]
    s = p.subject
    if rest or s is None:
        return None
    at = next((k for k, n in enumerate(d.nodes) if n.mention is s), None)
    before = _skip_back(d.nodes, at) if at is not None else None
    content = before_cue(doc, d, before) if before is not None else None
    return (s.span, speakers.ids(s), content) if content else None


def _by_adposition(doc: Document, d: Domain, p: Predicate, entry: Entry, speakers: Speakers, pack: Pack) -> Tried | None:
    """According to SPEAKER, CONTENT; or CONTENT, according to SPEAKER."""
    if _clitic(entry, pack):
        ids, source, end = speakers.implicit(), p.node.cue_span, p.index
    else:
        m = p.objects[0] if p.objects and _adjacent(d.nodes, p.index, p.objects[0]) else None
        if m is None or (m.kind == "media" and _another_cue(d, p)):
            return None
        ids, source = speakers.ids(m), m.span
        end = next(k for k, n in enumerate(d.nodes) if n.mention is m)
    comma = end + 1 if end + 1 < len(d.nodes) and d.nodes[end + 1].text == "," else None
    first = not any(n.word for n in d.nodes[: p.index])
    if comma is not None or first:
        start = d.nodes[(comma or end) + 1].start if (comma or end) + 1 < len(d.nodes) else None
        if start is not None and first:
            return source, ids, Found([Span(start, d.nodes[-1].end)], "clause")
    before = _skip_back(d.nodes, p.index)
    content = before_cue(doc, d, before) if before is not None else None
    if content is None and p.index > 0 and not first:
        content = Found([Span(d.nodes[0].start, d.nodes[p.index - 1].end)], "clause")
    return (source, ids, content) if content else None


def _framed(d: Domain, p: Predicate, speakers: Speakers) -> Tried | None:
    """In a statement, SPEAKER did this: what its main clause says, where no reporting word says it."""
    main = next((q for q in d.predicates if q.index > p.index and q.node.verb and q.subject), None)
    if main is None or main.subject is None or main.node.has("cue") or main.subject.span.start < p.node.end:
        return None
    return main.subject.span, speakers.ids(main.subject), Found([Span(main.node.start, d.nodes[-1].end)], "clause")


def _another_cue(d: Domain, p: Predicate) -> bool:
    return any(q is not p and q.node.has("cue") and q.subject for q in d.predicates)


def _passive(doc: Document, d: Domain, p: Predicate, speakers: Speakers) -> Tried | None:
    agent = p.oblique("BY") or (p.objects[0] if p.objects and _adjacent(d.nodes, p.index, p.objects[0]) else None)
    if agent is None:
        return None
    start = next((k + 1 for k in range(p.index - 1, -1, -1) if d.nodes[k].text in ",;:"), 0)
    if start >= p.index or (p.opener != "main" and agent.kind not in ("state", "person")):
        return None
    content = Found([Span(d.nodes[start].start, d.nodes[p.index - 1].end)], "object")
    return agent.span, speakers.ids(agent), content


def _by_noun(doc: Document, d: Domain, p: Predicate, entry: Entry, speakers: Speakers, pack: Pack) -> Tried | None:
    """The claim of SPEAKER that CONTENT."""
    that = next((k for k in range(p.index + 1, len(d.nodes)) if d.nodes[k].has("glue:complementizers", "glue:sub:purpose")), None)
    if that is None or that + 1 >= len(d.nodes):
        return None
    m = next((n.mention for n in d.nodes[p.index + 1 : that] if n.mention and n.mention.settled), None)
    if m is None and p.light and p.light.subject:
        m = p.light.subject
    if m is None:
        return None
    stop = next((k for k in range(that + 1, len(d.nodes)) if d.nodes[k].text == "," and k > that + 3), len(d.nodes))
    return m.span, speakers.ids(m), Found([Span(d.nodes[that + 1].start, d.nodes[stop - 1].end)], "clause")


def _colon(doc: Document, sentence: Sentence, d: Domain, speakers: Speakers, via: str | None) -> list[Said]:
    """NAME: CONTENT, as headlines have it."""
    nodes = d.nodes
    if len(nodes) < 4 or not nodes[0].mention or nodes[1].text != ":" or nodes[0].mention.kind not in ("person", "state", "organisation"):
        return []
    ids = speakers.ids(nodes[0].mention)
    if not ids:
        return []
    speakers.said(ids, sentence.number)
    spans = by_line(doc.text, [Span(nodes[2].start, nodes[-1].end)])
    return [
        Said(Statement(id="", speaker=i, source=nodes[0].span, kind=kind_of(doc, spans), cue=nodes[1].span,
                       content=tuple(spans), via=via, rule="grammar:colon"), sentence.number, "say", None)
        for i in ids
    ]  # fmt: skip


def _continued(doc: Document, sentence: Sentence, found: list[Domain], speakers: Speakers) -> list[Said]:
    """A sentence all in quotation marks with no cue: the last speaker goes on."""
    words = [n for n in found[0].nodes if n.word]
    quoted = [x.quote for x in found[1:] if x.quote]
    if words or not quoted:
        return []
    ids = speakers.going_on(sentence.number)
    if not ids:
        return []
    speakers.said(ids, sentence.number)
    spans = by_line(doc.text, [_clip(q, sentence) for q in quoted])
    return [
        Said(Statement(id="", speaker=i, source=None, kind="direct", cue=None, content=tuple(spans), rule="grammar:quotation-goes-on"),
             sentence.number, "say", None)
        for i in ids
    ]  # fmt: skip


def _clip(q: Quote, sentence: Sentence) -> Span:
    return Span(max(q.inner.start, sentence.span.start), min(q.inner.end, sentence.span.end))


def _addressee(p: Predicate, pack: Pack) -> str | None:
    for word in pack.data.glue.addressee:
        m = p.oblique(word)
        if m and len(m.ids) == 1:
            return m.ids[0]
    return None
