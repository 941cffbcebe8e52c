"""The shapes in which cue, speaker and content stand: one function each, tried from the strictest to the loosest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kawat.clauses.borders import SUBORDINATE, opens_clause, pause
from kawat.clauses.classes import small
from kawat.clauses.nominative import find_document
from kawat.clauses.predicates import Domain, Predicate
from kawat.documents.sentences import Document
from kawat.lexicon.compile import Entry
from kawat.lexicon.schema import Cue
from kawat.mentions.mention import Mention
from kawat.packs import Pack
from kawat.records import Span
from kawat.statements.around import adjacent, closing, colon_of, infinitive, opens_content, opens_sentence, quotes_words
from kawat.statements.backwards import over_attributes, over_modifiers, skip_back
from kawat.statements.content import Found, after_cue, before_cue
from kawat.statements.fronted import fronted, of_report
from kawat.statements.speakers import Speakers

_CLAUSE = 3  # so many words behind a comma are a clause, fewer the day or the place


@dataclass(frozen=True, slots=True)
class Attempt:
    """A predicate `p` of domain `d` read as a cue."""

    doc: Document
    d: Domain
    p: Predicate
    entry: Entry
    cue: Cue
    speakers: Speakers
    pack: Pack

    @property
    def clitic(self) -> bool:
        """The cue carries the pronoun: "katanya", "по его словам"."""
        if self.cue.kind == "adposition" and self.pack.lexicon and any(w in self.pack.data.glue.pronouns for w in self.p.node.text.split()):
            return True
        return self.entry.via.endswith("+" + self.pack.data.glue.possessive_clitic)


@dataclass(frozen=True, slots=True)
class Tried:
    """What a shape found: the words that name the speaker, the speaker's ids, the content."""

    source: Span | None
    ids: tuple[str, ...]
    content: Found


Shape = Callable[[Attempt], Tried | None]


def shapes(cue: Cue, entry: Entry, p: Predicate) -> list[Shape]:
    """The shapes that a cue allows; inversions first, for they are stricter."""
    if cue.kind == "adposition":
        return [_framed] if "S C X" in cue.order else [_by_adposition, _inverted]
    if cue.kind == "noun":
        return [_by_noun]
    if entry.via.startswith("passive"):
        return [_documented, _passive] if cue.passive else [_passive]
    if p.passive and cue.sense == "quote" and not p.node.form:
        return [_quoted_passive]
    if p.passive and p.node.form and p.oblique("BY"):
        return [] if cue.needs_clause else [_passive]
    return [_anaphoric, _as_said, *(shape for order, shape in _VERBAL if order in cue.order)]


def _speaker_first(a: Attempt) -> Tried | None:
    """SPEAKER CUE CONTENT."""
    subject = a.p.oblique("BY") if a.p.passive else a.p.subject
    if subject and a.cue.sense == "quote" and subject.kind == "media" and (found := _quoted_object(a)):
        return found
    if subject is None or a.p.opener == "purpose" or a.p.attributive or _quotes_another(a, subject):
        return None
    behind = subject.span.start if subject.span.start > a.p.node.end else None
    if behind and a.pack.lexicon:
        content = after_cue(a.d, a.p, a.cue, a.pack, stop=None)
        content = content if content and content.spans[0].start >= subject.span.end else None
    else:
        content = after_cue(a.d, a.p, a.cue, a.pack, stop=behind) or _gap(a, subject)
    if a.pack.lexicon and (content is None or (content.shape == "object" and not of_report(a.d, a.p, a.cue, content))):
        content = fronted(a.d, a.p, a.cue, subject) or content
    whole = a.pack.lexicon is not None and content is not None and of_report(a.d, a.p, a.cue, content)
    if content is None or (content.shape == "object" and not whole and (a.cue.needs_clause or a.p.opener != "main")):
        return None
    return Tried(subject.span, a.speakers.ids(subject), content)


def _anaphoric(a: Attempt) -> Tried | None:
    """ "SPEAKER said so", "about this told SPEAKER": the content is the sentence before."""
    nodes, subject = a.d.nodes, a.p.subject
    beside = nodes[max(0, a.p.index - 2) : a.p.index + 3]
    if a.pack.lexicon and a.p.opener == "main":
        beside = [*nodes[:1], *beside]  # "About this on the air of NAME told SPEAKER"
    if subject is None or not any(n.has("glue:anaphora") for n in beside):
        return None
    if any(n.has("glue:complementizers") or n.text == ":" for n in nodes) or quotes_words(nodes):
        return None
    number = next((s.number for s in a.doc.sentences if s.span.start <= nodes[0].start < s.span.end), 0)
    before = a.doc.sentences[number - 1] if number else None
    return Tried(subject.span, a.speakers.ids(subject), Found([before.span], "clause")) if before else None


def _as_said(a: Attempt) -> Tried | None:
    """ "As noted SPEAKER, …": what stands behind the comma, where words inflect."""
    nodes, subject = a.d.nodes, a.p.subject
    if subject is None or subject.kind == "media" or not nodes[0].has("glue:as_said") or any(n.verb for n in nodes[: a.p.index]):
        return None
    behind = max(subject.span.end, a.p.node.end)
    at = next((k for k, n in enumerate(nodes) if n.text == "," and n.start >= behind), None)
    if at is None or at + 2 >= len(nodes) or any(n.has("glue:complementizers", "quote") for n in nodes[1:at]):
        return None
    first = at + 2 if nodes[at + 1].has("quote") and nodes[-1].has("quote") else at + 1
    return Tried(subject.span, a.speakers.ids(subject), Found([Span(nodes[first].start, nodes[-1].end)], "clause"))


def _quoted_object(a: Attempt) -> Tried | None:
    """AGENCY CUE SPEAKER: CONTENT, as in "quoted the minister: …"."""
    nodes = a.d.nodes
    speaker = next(iter(a.p.objects), None) or a.p.oblique("OF")
    at = next((k for k, n in enumerate(nodes) if speaker and n.mention is speaker), None)
    if at is not None and at + 2 < len(nodes) and nodes[at + 1].text == "," and nodes[at + 2].has("glue:complementizers"):
        at += 1
    if (
        speaker is None
        or at is None
        or at + 2 >= len(nodes)
        or not (nodes[at + 1].text == ":" or nodes[at + 1].has("glue:complementizers"))
    ):
        return None
    return Tried(speaker.span, a.speakers.ids(speaker), Found([Span(nodes[at + 2].start, nodes[-1].end)], "clause"))


def _quoted_passive(a: Attempt) -> Tried | None:
    """ "CONTENT", SPEAKER was quoted by AGENCY; or SPEAKER was quoted by AGENCY: CONTENT."""
    nodes, subject = a.d.nodes, a.p.subject
    at = next((k for k, n in enumerate(nodes) if subject and n.mention is subject), None)
    if subject is None or at is None or (a.p.index + 1 < len(nodes) and nodes[a.p.index + 1].has("cue")):
        return None  # "was quoted as saying"
    before = skip_back(nodes, at)
    content = before_cue(a.d, before) if before is not None else after_cue(a.d, a.p, a.cue, a.pack, stop=None)
    return Tried(subject.span, a.speakers.ids(subject), content) if content and content.shape != "object" else None


def _gap(a: Attempt, subject: Mention) -> Found | None:
    """ "…, a charge China denies": the content is the noun that the bare relative clause stands behind."""
    nodes, p = a.d.nodes, a.p
    at = next((k for k in range(p.index) if nodes[k].mention is subject), 0)
    plain = at > 1 and nodes[at - 1].word and not nodes[at - 1].mention and not nodes[at - 1].verb and not nodes[at - 1].time
    near = all(small(n, a.pack) or n.has("glue:auxiliaries", "glue:modals") for n in nodes[at + 1 : p.index])
    if (
        not p.node.form
        or not near
        or not plain
        or nodes[at - 1].has("glue:prepositions", "glue:articles", "glue:coordinators", "glue:adverbs")
    ):
        return None
    start = next((k + 1 for k in range(at - 1, -1, -1) if nodes[k].text in ",;:"), 0)
    return Found([Span(nodes[start].start, nodes[at - 1].end)], "clause")


def _inverted(a: Attempt) -> Tried | None:
    """CONTENT, CUE SPEAKER; or CONTENT, CUE SPEAKER, MORE CONTENT."""
    nodes = a.d.nodes
    before = skip_back(nodes, a.p.index)
    content = before_cue(a.d, before) if before is not None else None
    if content is None:
        return None
    if a.clitic:
        source, ids, end = a.p.node.cue_span, a.speakers.implicit(), a.p.index
    else:
        speaker = _behind(a)
        if speaker is None or _only_carried(a, speaker):
            return None
        source, ids = speaker.span, a.speakers.ids(speaker)
        end = next(k for k, n in enumerate(nodes) if n.mention is speaker)
        quoted = any(n.has("quote") for n in nodes[max(0, (before or 0) - 1) : (before or 0) + 1])
        if not quoted and not closing(nodes, end + 1):
            return None
    return Tried(source, ids, _resumed(a, content, before or 0, end))


def _behind(a: Attempt) -> Mention | None:
    """The mention right behind a cue."""
    subject = a.p.subject
    after = [subject] if subject and subject.span.start > a.p.node.end else []
    own = after if a.pack.lexicon else [*after, *a.p.objects]  # where cases tell the subject, an object does not speak
    return next((m for m in own if adjacent(a.d.nodes, a.p.index, m)), None)


def _resumed(a: Attempt, content: Found, before: int, end: int) -> Found:
    """ "Since May, he said, Fiji has done much"; "But, he said, Kyiv refuses": the clause goes on behind the report."""
    nodes = a.d.nodes
    part = nodes[: before + 1]
    rest = nodes[end + 2 :] if end + 1 < len(nodes) and nodes[end + 1].text == "," else []
    if any(n.has("quote") for n in part) or not any(n.verb for n in rest):
        return content
    opened = part[0].has(*SUBORDINATE, "glue:prepositions") or not any(n.verb for n in part)
    if not opened:
        return content
    link = all(n.has("glue:adversatives", "glue:adverbs", "glue:coordinators") or not n.word for n in part)
    after = Span(rest[0].start, rest[-1].end)
    return Found([after] if link else [*content.spans, after], "clause")


def _speaker_between(a: Attempt) -> Tried | None:
    """CONTENT, SPEAKER CUE. at the end of a sentence."""
    nodes, subject = a.d.nodes, None if a.p.passive and a.pack.grammar.passive == "marker" else a.p.subject
    addressee = a.pack.data.glue.addressee
    behind = nodes[a.p.index + 1 :]
    rest = [n for n in behind if n.word and not n.time and not n.mention and n.text.lower() not in addressee]
    at = next((k for k, n in enumerate(nodes) if n.mention is subject), None)
    if at is not None and a.pack.grammar.adjuncts == "before":
        at = over_modifiers(nodes, at)
    elif at is not None and a.p.node.form:
        at = over_attributes(nodes, at)
    before = skip_back(nodes, at) if at is not None else None
    quoted = (
        before is not None
        and (nodes[before].has("quote") or (before > 0 and nodes[before - 1].has("quote")))
        and (a.p.node.form or closing(nodes, a.p.index + 1) or not any(n.verb for n in behind))
    )
    whole = before is not None and bool(a.p.node.form) and a.p.opener == "main" and _clause_before(a, before)
    if subject is None or (rest and not quoted and not whole) or any(n.has("quote") or n.text == ":" for n in behind):
        return None
    lone = nodes[0].has(*SUBORDINATE) and not nodes[0].has("glue:sub:condition") and sum(n.text == "," for n in nodes[: before or 0]) == 0
    if lone and not quoted and opens_clause(nodes, 0):
        return None  # "After A had fired, B warned C": when it was said
    content = before_cue(a.d, before) if before is not None else None
    return Tried(subject.span, a.speakers.ids(subject), content) if content else None


def _clause_before(a: Attempt, before: int) -> bool:
    """A whole clause stands before the speaker, and none behind the cue: "…, the official added, speaking in Oslo"."""
    nodes, p = a.d.nodes, a.p
    end = next((k for k in range(p.index + 1, len(nodes)) if pause(nodes, k)), len(nodes))
    behind = nodes[p.index + 1 : end]
    closed = not any(n.verb or n.has("glue:complementizers", "glue:auxiliaries", "glue:modals") for n in behind)
    verbs = [q for q in a.d.predicates if q.index < before and q.node.verb and q.opener in ("main", "complement")]
    finite = any(n.has("glue:auxiliaries", "glue:modals", "glue:negation") for n in nodes[:before])  # "talks failed to bring peace"
    finite = finite and not any(q.index > p.index and q.node.has("cue") for q in a.d.predicates)
    return closed and (finite or any(q.subject or q.node.form != "progressive" for q in verbs))


def _cue_first(a: Attempt) -> Tried | None:
    """CUE SPEAKER, CONTENT; or CUE SPEAKER, that CONTENT, at the start of a sentence."""
    nodes, p = a.d.nodes, a.p
    m = _behind(a)
    if m is None or not opens_sentence(nodes, p.index):
        return None
    end = next(k for k, n in enumerate(nodes) if n.mention is m)
    if end + 1 >= len(nodes) or nodes[end + 1].text != ",":
        return None
    rest = nodes[end + 3 :] if end + 2 < len(nodes) and nodes[end + 2].has("glue:complementizers") else nodes[end + 2 :]
    words = sum(n.word and not n.time for n in rest)
    if not rest or rest[0].has("glue:relative", "cue") or not (rest[0].has("quote") or words >= _CLAUSE):
        return None
    return Tried(m.span, a.speakers.ids(m), Found([Span(rest[0].start, nodes[-1].end)], "clause"))


def _by_adposition(a: Attempt) -> Tried | None:
    """According to SPEAKER, CONTENT; or CONTENT, according to SPEAKER."""
    nodes, p = a.d.nodes, a.p
    if a.clitic:
        source, ids, end = p.node.cue_span, a.speakers.implicit(), p.index
    else:
        behind = p.objects or [m for w, m in p.obliques[:1] if a.entry.tail or w in ("OF", "BY", "case:dative")]
        m = behind[0] if behind and adjacent(nodes, p.index, behind[0]) else None
        if m is None or _only_carried(a, m):
            return None
        source, ids = m.span, a.speakers.ids(m)
        end = next(k for k, n in enumerate(nodes) if n.mention is m)
    if a.pack.grammar.possessor == "before" and not a.clitic and not a.pack.spaced:
        comma = next((k for k in range(end + 1, len(nodes)) if nodes[k].text == ","), len(nodes))
        if not any(n.has("via:after", "glue:surveys", "cue") for n in nodes[end + 1 : comma]):
            return None  # "according to A's law": only its report or figures speak
        end = comma - 1
    after = end + 2 if end + 1 < len(nodes) and nodes[end + 1].text == "," else end + 1
    if opens_sentence(nodes, p.index):
        return Tried(source, ids, Found([Span(nodes[after].start, nodes[-1].end)], "clause")) if after < len(nodes) else None
    before = skip_back(nodes, p.index)
    if before and after < len(nodes) and nodes[before].text == "," and nodes[before - 1].has("glue:complementizers", "glue:relative"):
        return Tried(source, ids, Found([Span(nodes[after].start, nodes[-1].end)], "clause"))  # "that, according to A, B is right"
    content = before_cue(a.d, before) if before is not None else None
    return Tried(source, ids, content or Found([Span(nodes[0].start, nodes[p.index - 1].end)], "clause"))


def _framed(a: Attempt) -> Tried | None:
    """In a statement, SPEAKER did this: what its main clause says, where no reporting word says it."""
    if any(q.node.verb and q.node.has("cue") and q.subject for q in a.d.predicates):
        return None
    main = next((q for q in a.d.predicates if q.index > a.p.index and q.node.verb and q.subject), None)
    if main is None or main.subject is None or main.subject.span.start < a.p.node.end:
        return None
    return Tried(main.subject.span, a.speakers.ids(main.subject), Found([Span(main.node.start, a.d.nodes[-1].end)], "clause"))


def _passive(a: Attempt) -> Tried | None:
    """CONTENT is CUE by SPEAKER; the content of "…, which is CUE by" is what stands before."""
    nodes, p = a.d.nodes, a.p
    near = p.objects[0] if p.objects and not p.passive and adjacent(nodes, p.index, p.objects[0]) else None
    agent = p.oblique("BY") or near
    if agent is None or (p.opener != "main" and agent.kind not in ("state", "person")):
        return None
    if agent.kind == "media" and any(q.index < p.index and q.node.has("cue") and q.node.verb for q in a.d.predicates):
        return None  # "…, he said, carried by OUTLET"
    start = next((k + 1 for k in range(p.index - 1, -1, -1) if nodes[k].text in ",;:"), 0)
    if p.node.form and p.border < p.index and p.border >= start:
        start = p.border + 1 if nodes[p.border].word else p.border
    head = nodes[p.border - 1] if p.opener == "relative" and p.border else None
    if head is not None and not head.has("cue", "trigger"):  # "the shoal that Manila calls …" tells nobody's words
        return None
    if start >= p.index:
        return None
    return Tried(agent.span, a.speakers.ids(agent), Found([Span(nodes[start].start, nodes[p.index - 1].end)], "object"))


def _documented(a: Attempt) -> Tried | None:
    """ "In a statement of SPEAKER it is said that CONTENT", in languages with cases."""
    if not a.pack.lexicon:
        return None
    m = find_document(a.p, a.d.nodes)
    if m is None:  # "…", it is said in the document: of whoever spoke last
        quoted = _quoted_before(a)
        return Tried(None, a.speakers.last, quoted) if quoted and a.speakers.last else None
    before = skip_back(a.d.nodes, a.p.index)
    content = before_cue(a.d, before) if before is not None else after_cue(a.d, a.p, a.cue, a.pack, stop=None)
    return Tried(m.span, a.speakers.ids(m), content) if content else None


def _quoted_before(a: Attempt) -> Found | None:
    """The quotation that ends right before the cue."""
    at = skip_back(a.d.nodes, a.p.index)
    content = before_cue(a.d, at) if at is not None else None
    return content if content and content.shape == "quote" else None


def _by_noun(a: Attempt) -> Tried | None:
    """The claim of SPEAKER that CONTENT."""
    nodes, p = a.d.nodes, a.p
    that = next(
        (k for k in range(p.index + 1, len(nodes)) if opens_content(nodes[k]) or infinitive(nodes, k, p) or colon_of(nodes, k, p.index)),
        None,
    )
    if that is None or that + 1 >= len(nodes):
        return None
    if p.node.noun and any(nodes[k].verb or pause(nodes, k) for k in range(p.index + 1, that)):
        return None
    behind = (x for x in [*p.objects, *p.all_obliques("OF")] if x.settled and x.span.start < nodes[that].start)
    m = (p.owner if p.node.noun else next(behind, None)) or p.oblique("BY")
    m = m or next((x for w, x in p.obliques if w in a.pack.data.glue.possessive_prepositions), None)
    if m is None and p.light:
        m = p.light.subject
    if m is None:
        return None
    stop = next((k for k in range(that + 4, len(nodes)) if nodes[k].text == ","), len(nodes))
    return Tried(m.span, a.speakers.ids(m), Found([Span(nodes[that + 1].start, nodes[stop - 1].end)], "clause"))


_VERBAL: tuple[tuple[str, Shape], ...] = (
    ("X C S", _inverted),
    ("X S C", _speaker_between),
    ("S C X", _speaker_first),
    ("C S X", _cue_first),
)


def _quotes_another(a: Attempt, subject: Mention) -> bool:
    """ "AGENCY quoted the minister, who said": the words are the minister's."""
    return subject.kind == "media" and a.cue.sense == "quote" and any(q.index > a.p.index and q.node.has("cue") for q in a.d.predicates)


def _only_carried(a: Attempt, m: Mention) -> bool:
    """ "…, he said, as quoted by OUTLET": the outlet carried the words of another."""
    return m.kind == "media" and a.cue.kind == "adposition" and any(q is not a.p and q.node.has("cue") for q in a.d.predicates)
