"""Who said what: reporting words with their speaker and content."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from kawat.clauses.marking import attributive
from kawat.clauses.predicates import Domain, Predicate
from kawat.documents.quotes import Quote
from kawat.documents.sentences import Document, Sentence
from kawat.mentions.link import Cast
from kawat.mentions.nodes import Node
from kawat.packs import Pack
from kawat.records import Span, Statement
from kawat.span import inside
from kawat.statements.content import OF_OBJECTS, by_line, kind_of
from kawat.statements.shapes import Attempt, Tried, shapes
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
    speakers = Speakers(cast, doc)
    out: list[Said] = []
    for sentence, found in zip(doc.sentences, parsed, strict=True):
        if not found:
            continue
        speakers.enter(sentence.number)
        made = _in_sentence(doc, sentence, found, speakers, pack, via.get(sentence.number))
        if not made:
            made = _continued(doc, sentence, found, speakers)
        out += made
    ordered = sorted(out, key=lambda s: s.record.content[0] if s.record.content else s.record.cue or Span(0, 0))
    return [_finished(s, k, parsed[s.sentence]) for k, s in enumerate(ordered, 1)]


def _finished(s: Said, k: int, found: list[Domain]) -> Said:
    """With its id, and with whom it is about: the actors that its content names."""
    content = s.record.content
    named = [n.mention for d in found for n in d.nodes if n.mention and inside(n.span, *content)]
    about = dict.fromkeys(i for m in named for i in m.ids if i != s.record.speaker)
    return Said(msgspec.structs.replace(s.record, id=f"s{k}", about=tuple(about)), s.sentence, s.sense, s.cue)


_SAYS = frozenset({"say", "write"})
_BELIEFS = frozenset({"believe", "hope", "predict"})
_GOES_ON = "grammar:quotation-goes-on"
_ASIDE = 240  # characters between the parts of a quotation that the report of its speaker divides


def joined(said: list[Said], doc: Document) -> list[Statement]:
    """The records: a quotation that goes on behind its speaker in the same paragraph, "…", said X. "…", is one with its beginning."""
    out: list[Statement] = []
    for s in (x.record for x in said):
        k = next((k for k in range(len(out) - 1, -1, -1) if out[k].speaker == s.speaker), None)
        if k is not None and s.rule == _GOES_ON and _one_paragraph(out[k], s, doc):
            about = tuple(dict.fromkeys([*out[k].about, *s.about]))
            out[k] = msgspec.structs.replace(out[k], content=(*out[k].content, *s.content), about=about)
        else:
            out.append(msgspec.structs.replace(s, id=f"s{len(out) + 1}"))
    return out


def _one_paragraph(a: Statement, b: Statement, doc: Document) -> bool:
    """True where `b` stands close behind `a`, which quotes, on the same line."""
    between = doc.text[a.content[-1].end : b.content[0].start]
    return a.kind != "indirect" and 0 < len(between) <= _ASIDE and "\n" not in between


# Negated, these say the opposite; all others say nothing: "could not say how long".
_NEGATABLE = frozenset({"believe", "hope", "predict", "deny", "admit", "agree", "promise"})
_NOT_SAID = frozenset({"planned", "obliged", "hypothetical"})


def _in_sentence(doc: Document, sentence: Sentence, found: list[Domain], speakers: Speakers, pack: Pack, via: str | None) -> list[Said]:
    outer = found[0]
    out: list[Said] = []
    for p in outer.predicates:
        for entry in p.node.entries:
            if entry.kind == "cue":
                made = _by_cue(Attempt(doc, outer, p, entry, pack.data.cues[entry.ref], speakers, pack), sentence, via)
                if made and not any(_same(made, t) for t in out):
                    out += made
                    break
    if pack.grammar.report_pause and not pack.spaced:
        out = [s for s in out if not _said_too(s, out)]
    out = [s for s in out if not _repeated(s, out, pack)] or _colon(doc, sentence, outer, speakers, via)
    if not out:
        _announce(outer, speakers, sentence)
    return out


def _announce(d: Domain, speakers: Speakers, sentence: Sentence) -> None:
    """ "The minister spoke." gives no content but the speaker of the quotation that follows."""
    last = d.predicates[-1] if d.predicates else None
    if last and last.node.verb and last.node.has("cue") and last.subject and not any(n.word for n in d.nodes[last.index + 1 :]):
        speakers.said(speakers.ids(last.subject), sentence.number)


def _repeated(s: Said, all_: list[Said], pack: Pack) -> bool:
    """ "He noted that …, which in his words …", "said he regrets": a second report inside what the same speaker says."""
    cue = s.record.cue
    others = [o for o in all_ if o is not s and o.record.speaker == s.record.speaker]
    if pack.grammar.report_pause:
        if any(_serial(s, o) for o in others):
            return True
        others = [o for o in others if not _serial(o, s)]
    return cue is not None and any(inside(cue, *o.record.content) for o in others)


def _serial(a: Said, b: Said) -> bool:
    """ "Posted to say", "answered the press to say": of two reporting verbs in a row the second one reports."""
    row = a.cue is not None and b.cue is not None and 0 < b.cue.index - a.cue.index <= 1 + len(a.cue.objects[:1])
    return row and a.sense in _SAYS and b.sense not in _BELIEFS


def _said_too(s: Said, all_: list[Said]) -> bool:
    """ "Blasted the plan, saying it was nonsense", where the verbs stand side by side: the words say more than the blame."""
    if s.sense not in OF_OBJECTS or s.record.kind != "indirect":
        return False
    end = s.record.content[-1].end
    others = (o.record for o in all_ if o.sense not in OF_OBJECTS and o.record.speaker == s.record.speaker)
    return any(o.cue and end <= o.cue.start for o in others)


def _same(made: list[Said], other: Said) -> bool:
    return any(m.record.speaker == other.record.speaker and m.record.content == other.record.content for m in made)


def _supposed(a: Attempt) -> bool:
    """ "If A agrees": what somebody would say."""
    return a.p.opener == "condition" and not any(n.text == "," for n in a.d.nodes[a.p.border : a.p.index])


def _aside(n: Node) -> bool:
    """A day, a mark or a preposition: nothing that is said."""
    return n.time is not None or not n.word or n.has("glue:prepositions")


def _of_noun(a: Attempt) -> bool:
    """ "The plan that A proposed last month": the noun before the clause is what was said, not what stands behind it.

    Where verbs have no forms; a word right behind would be what is said, or to whom.
    """
    nodes, p = a.d.nodes, a.p
    if a.pack.grammar.word_class not in ("form", "listed") or a.cue.kind != "verb" or p.passive or p.index < 2:
        return False
    after = nodes[p.index + 1] if p.index + 1 < len(nodes) else None
    if after and (after.text == ":" or after.has("quote", "glue:depictive", "glue:complementizers") or not _aside(after)):
        return False
    if p.opener == "relative" and nodes[p.border].has("glue:relative"):
        return any(n.mention and n.mention.argument for n in nodes[p.border + 1 : p.index])
    agent = next((k for k in range(p.index - 1, 1, -1) if not nodes[k].has("glue:adverbs")), 0)
    named = agent > 1 and nodes[agent].mention is not None and nodes[agent - 1].has("glue:passive_agent")
    return named and nodes[agent - 2].word and not nodes[agent - 2].verb


def _by_cue(a: Attempt, sentence: Sentence, via: str | None) -> list[Said]:
    if attributive(a.p.node) or ((a.p.nominal or a.p.gerund) and a.cue.kind in ("verb", "participle")):
        return []
    if (a.p.negated and a.cue.sense not in _NEGATABLE) or not _NOT_SAID.isdisjoint(a.p.modality) or _supposed(a):
        return []
    if _of_noun(a):
        return []
    if a.cue.back:
        if a.p.subject:
            a.speakers.said(a.speakers.ids(a.p.subject), sentence.number)
        return []
    for shape in shapes(a.cue, a.entry, a.p):
        found = shape(a)
        made = _records(a, sentence, found, via) if found and found.ids else []
        if found and made:
            a.speakers.said(found.ids, sentence.number, found.source)
            return made
    return []


def _records(a: Attempt, sentence: Sentence, found: Tried, via: str | None) -> list[Said]:
    spans = tuple(by_line(a.doc.text, found.content.spans))
    if not spans:
        return []
    kind, to = kind_of(a.doc, list(spans), a.d.nodes), _addressee(a.p, a.pack)
    return [
        Said(
            Statement(
                id="", speaker=i, source=found.source, kind=kind, cue=a.p.node.cue_span, content=spans, to=to if to != i else None,
                via=via if via != i else None, rule=a.entry.rule,
            ),
            sentence.number, a.cue.sense, a.p,
        )
        for i in found.ids
    ]  # fmt: skip


def _colon(doc: Document, sentence: Sentence, d: Domain, speakers: Speakers, via: str | None) -> list[Said]:
    """NAME: CONTENT, as headlines have it."""
    nodes = d.nodes
    if sentence.kind == "headline" and (found := _named_last(doc, sentence, d, speakers)):
        return found
    if len(nodes) < 4 or not nodes[0].mention or nodes[1].text != ":" or nodes[0].mention.kind not in ("person", "state", "organisation"):
        return []
    ids = speakers.ids(nodes[0].mention)
    spans = by_line(doc.text, [Span(nodes[2].start, nodes[-1].end)])
    if not ids or not spans:
        return []
    speakers.said(ids, sentence.number)
    return [
        Said(Statement(id="", speaker=i, source=nodes[0].span, kind=kind_of(doc, spans, nodes), cue=nodes[1].span,
                       content=tuple(spans), via=via, rule="grammar:colon"), sentence.number, "say", None)
        for i in ids
    ]  # fmt: skip


def _named_last(doc: Document, sentence: Sentence, d: Domain, speakers: Speakers) -> list[Said]:
    """CONTENT: NAME, as headlines have it too."""
    nodes = d.nodes
    m = nodes[-1].mention if len(nodes) > 5 else None
    if m is None or nodes[-2].text != ":" or m.kind not in ("person", "state", "organisation", "name"):
        return []
    ids = speakers.ids(m)
    speakers.said(ids, sentence.number)
    spans = by_line(doc.text, [Span(nodes[0].start, nodes[-3].end)])
    return [
        Said(Statement(id="", speaker=i, source=m.span, kind=kind_of(doc, spans, nodes), cue=nodes[-2].span,
                       content=tuple(spans), rule="grammar:colon"), sentence.number, "say", None)
        for i in ids
    ]  # fmt: skip


def _continued(doc: Document, sentence: Sentence, found: list[Domain], speakers: Speakers) -> list[Said]:
    """A sentence all in quotation marks with no cue: the last speaker goes on."""
    words = [n for n in found[0].nodes if n.word]
    quoted = [x.quote for x in found[1:] if x.quote]
    if words or not quoted:
        return []
    ids = speakers.going_on(sentence.number)
    spans = by_line(doc.text, [_clip(q, sentence) for q in quoted])
    if not ids or not spans:
        return []
    near = doc.sentences[speakers.last_at].line == sentence.line if 0 <= speakers.last_at < sentence.number else False
    source = speakers.source if near else None
    speakers.said(ids, sentence.number, source)
    return [
        Said(Statement(id="", speaker=i, source=source, kind="direct", cue=None, content=tuple(spans), rule=_GOES_ON),
             sentence.number, "say", None)
        for i in ids
    ]  # fmt: skip


def _clip(q: Quote, sentence: Sentence) -> Span:
    return Span(max(q.inner.start, sentence.span.start), min(q.inner.end, sentence.span.end))


def _addressee(p: Predicate, pack: Pack) -> str | None:
    for word in pack.data.glue.addressee:
        m = p.oblique(word)
        if m and len(m.ids) == 1 and (pack.grammar.adjuncts == "behind" or m.span.end <= p.node.start):
            return m.ids[0]
    return None
