"""What was said: the spans of a statement's content, and whether it is direct, mixed or indirect."""

from __future__ import annotations

from dataclasses import dataclass

from kawat.clauses.borders import SUBORDINATE, opens_clause
from kawat.clauses.marking import attributive
from kawat.clauses.predicates import Domain, Predicate
from kawat.documents.quotes import Quote
from kawat.documents.sentences import Document
from kawat.lexicon.schema import Cue
from kawat.mentions.nodes import Node, is_verb
from kawat.packs import Pack
from kawat.records import Span, StatementKind
from kawat.span import overlap, trim

# Praise and blame fall on things: a verb further on does not make a clause of what follows.
OF_OBJECTS = frozenset({"praise", "criticise"})
# Promises and demands are of an act: "promised to help".
OF_AIMS = frozenset({"promise", "threaten", "demand", "ask", "agree", "announce"})
_CLAUSE = 4  # so many words in a row are a clause, where no form tells a verb
_ASKED = ("glue:relative", "glue:sub:time", "glue:sub:purpose")  # what may open reported words behind a comma, besides "that"
_MARKS = " \t,.;:!?…\"“”„«»'‘’"


@dataclass(frozen=True, slots=True)
class Found:
    """Content spans and their shape: clause, quote or object (a mere noun phrase)."""

    spans: list[Span]
    shape: str


def after_cue(d: Domain, p: Predicate, cue: Cue, pack: Pack, stop: int | None) -> Found | None:
    """Content to the right of the cue: behind "that", a colon or a mark, else the clause or object that follows."""
    nodes = d.nodes
    end = _end(nodes, _stop(d, p, cue, stop, pack))
    inner = p.node.cue_span.end < p.node.end
    if p.index + 1 >= end and not inner:
        return None
    two = pack.grammar.word_class == "listed" and p.index + 2 < end and nodes[p.index + 1].text == "," and nodes[p.index + 2].verb
    if two and nodes[p.index + 2].has("cue", "trigger"):
        return None  # "spoke up, condemning": the second verb reports
    if pack.grammar.report_pause and p.index + 2 < end and nodes[p.index + 1].text in ",:":
        return _span(nodes, p.index + 2, end, "clause")
    if pack.lexicon:
        end = _clause_end(nodes, p.index, end)
    lead = _lead(nodes, p.index + 1, end, pack)
    if inner:  # the cue is a part of its node: the content begins inside it
        return _inside(nodes, p, cue, end)
    for k in range(p.index + 1, end):
        n = nodes[k]
        if (n.has("glue:complementizers") and not n.has("glue:nominal_complementizers")) or n.text == ":":
            return _span(nodes, k + 1, end, "clause")
        if pack.lexicon and k <= p.index + 2 and nodes[p.index + 1].text == "," and n.has(*_ASKED):
            return _span(nodes, k, end, "clause")  # "asked, who had signed"
        if (
            n.has("glue:sub:purpose")
            and nodes[k + 1 : k + 2]
            and ((nodes[k + 1].verb and nodes[k + 1].form) or nodes[k + 1].has("quote"))
            and cue.sense in OF_AIMS
        ):
            return _span(nodes, k, end, "clause")
        if n.has("glue:sub:means"):
            return None  # "warned A by sending ships"
        if cue.sense == "believe" and n.has("glue:depictive") and k > p.index + 1:
            return _span(nodes, lead, end, "clause")
        if cue.needs_clause and (n.has("glue:relative", *SUBORDINATE) or (n.text == "," and k > p.index + 1 and not _opens(nodes, k + 1))):
            break
        if n.has("quote"):
            first = k if k == p.index + 1 or nodes[k - 1].text in ",:" else lead
            return _span(nodes, first, k + 1 if first == k and _remarked(nodes, k, end) else end, "quote")
        if cue.sense in OF_OBJECTS and not (k == p.index + 2 and nodes[k - 1].mention):
            continue
        if cue.needs_clause and nodes[p.index + 1].has("glue:topics_of"):
            continue  # "commented on …" wants "that", a colon or a quotation
        if (n.verb if pack.grammar.word_class == "position" else is_verb(n, pack)) and not n.has("glue:adverbs"):
            return _span(nodes, lead, end, "clause")
        if n.has("glue:negation") or n.moods:
            return _span(nodes, lead, end, "clause")
    if nodes[p.index + 1].has("glue:aspect") and all(n.has("glue:aspect", "cue") or not n.word for n in nodes[p.index + 1 : end]):
        return None  # "gave [aspect] condemnation"
    if not any(n.word and not n.time and not n.has("glue:manner", "glue:aspect") for n in nodes[p.index + 1 : end]):
        return None
    if p.node.form:
        end = next((k for k in range(lead + 1, end) if nodes[k].has(*SUBORDINATE) and opens_clause(nodes, k)), end)
        end = next(
            (k for k in range(lead + 1, end) if nodes[k].text == "," and nodes[k + 1 : k + 2] and nodes[k + 1].has("glue:relative")), end
        )
    words = sum(n.word and not n.time for n in nodes[p.index + 1 : end])
    whole = pack.grammar.word_class == "none" and words >= _CLAUSE and cue.sense not in OF_OBJECTS  # a verb need not be listed
    return _span(nodes, lead, end, "clause" if whole else "object")


def _remarked(nodes: list[Node], k: int, end: int) -> bool:
    """Behind the quotation at `k` the report goes on in its own words: "…", although he did not say which."""
    return k + 2 < end and nodes[k + 1].text == "," and nodes[k + 2].has("glue:sub:concession", "glue:adversatives")


def _clause_end(nodes: list[Node], i: int, end: int) -> int:
    """Where commas part all clauses: before the first one behind the cue that opens no content."""
    for k in range(i + 1, end):
        if nodes[k].text == ":" or nodes[k].has("glue:complementizers", "quote"):
            return end
        if nodes[k].text == ";":
            return k
        if nodes[k].text == "," and k + 1 < end:
            after = nodes[k + 1]
            if k == i + 1 and not ("G" in after.tags or attributive(after)):
                return end
            if not after.has("quote", "glue:complementizers", "glue:sub:purpose"):
                return k
    return end


def _inside(nodes: list[Node], p: Predicate, cue: Cue, end: int) -> Found:
    """The rest of a phrase that begins with the cue, and what follows: "threatened [to raise tariffs on steel]"."""
    last = max(end - 1, p.index)
    shape = "object" if cue.sense in OF_OBJECTS or cue.needs_clause else "clause"
    return Found([Span(p.node.cue_span.end, nodes[last].end)], shape)


def _lead(nodes: list[Node], k: int, end: int, pack: Pack) -> int:
    """Where the content begins: behind manner ("strongly"), the one who is told, and the time of saying."""
    addressee = pack.data.glue.addressee
    first = k
    while k < end - 1:
        following = nodes[k + 1]
        if nodes[k].has("glue:manner") or (nodes[k].time and not following.has("glue:genitive")):
            k += 1
        elif (nodes[k].has("glue:prepositions") and following.time) or (nodes[k].text.lower() in addressee and following.mention):
            k += 2
        else:
            break
    return k if any(n.word for n in nodes[k:end]) else first


def _stop(d: Domain, p: Predicate, cue: Cue, stop: int | None, pack: Pack) -> int | None:
    """Offset where the content must end: before `stop`, a further report by the same speaker, or a credit ("…, according to")."""
    ends = [stop] if stop is not None else []
    if (comma := _named_anew(d.nodes, p.index)) is not None:
        ends.append(d.nodes[comma].start)
    if d.nodes[p.border].frame > p.index:  # in a clause of its own: "at A announces sanctions after"
        ends.append(d.nodes[d.nodes[p.border].frame].start)
    for q in d.predicates:
        if q.index > p.index and q.parallel is p:
            k = next((k for k in range(q.index - 1, p.index, -1) if d.nodes[k].has("glue:coordinators", "glue:adversatives")), q.index)
            ends.append(d.nodes[k].start)
        elif q.index > p.index and q.opener == "main" and p.opener not in ("main", "complement") and q.border > p.index:
            ends.append(d.nodes[q.border].start)  # "Although A says this, B does that"
        elif q.index > p.index + 1 and d.nodes[q.index - 1].text == "," and _credit(q, pack):
            ends.append(d.nodes[q.index - 1].start)
        elif (comma := _other_report(d, p, q)) is not None or (comma := _closing_report(d, p, q, pack)) is not None:
            ends.append(d.nodes[comma].start)
        elif cue.sense in OF_OBJECTS and _goes_on(d, p, q):
            ends.append(d.nodes[q.start - 1].start)
        elif pack.grammar.report_pause and (comma := _new_clause(d, p, q)) is not None:
            ends.append(d.nodes[comma].start)
    return min(ends, default=None)


def _named_anew(nodes: list[Node], i: int) -> int | None:
    """The comma before what the report itself is called: "said that …, a claim that B denied"."""
    for k in range(i + 2, len(nodes) - 3):
        if nodes[k].text == ",":
            j = k + 2 if nodes[k + 1].has("glue:articles", "glue:indefinite") else k + 1
            relative = j + 2 if nodes[j + 1].text == "," and j + 2 < len(nodes) else j + 1
            if "cue" in nodes[j].kinds and not nodes[j].verb and nodes[relative].has("glue:relative"):
                return k
    return None


def _other_report(d: Domain, p: Predicate, q: Predicate) -> int | None:
    """The comma before "…, while B said": another's words beside these."""
    nodes, k = d.nodes, q.border
    other = q.index > p.index and q.node.has("cue") and q.subject is not None and q.subject is not p.subject
    return k - 1 if other and k > p.index + 1 and nodes[k].has("glue:adversatives") and nodes[k - 1].text == "," else None


def _closing_report(d: Domain, p: Predicate, q: Predicate, pack: Pack) -> int | None:
    """The comma before "…, A said" at the end of the sentence."""
    nodes = d.nodes
    if q.index <= p.index + 1 or q.subject is None or any(n.word and not n.time for n in nodes[q.index + 1 :]):
        return None
    if not any("X S C" in pack.data.cues[e.ref].order for e in q.node.entries if e.kind == "cue"):
        return None
    comma = d.comma_between(p.index + 2, q.index)
    return comma if comma is not None and q.subject.span.start > nodes[comma].start and q.subject is not p.subject else None


def _goes_on(d: Domain, p: Predicate, q: Predicate) -> bool:
    """ "Condemned A and expelled B": praise and blame end where the same subject does something else."""
    linked = q.index > p.index and q.start > 0 and d.nodes[q.start - 1].has("glue:coordinators")
    return linked and q.node.verb and q.opener == p.opener and q.subject is not None and q.subject is p.subject


def _new_clause(d: Domain, p: Predicate, q: Predicate) -> int | None:
    """Where what follows the report, without a pause, gives way to a clause with a subject of its own: "A blames B, C denies it"."""
    nodes = d.nodes
    whole = p.node.cue_span.end < p.node.end
    if q.index <= p.index + 1 or q.subject is None or (not whole and (nodes[p.index + 1].text in ",:" or nodes[p.index + 1].has("quote"))):
        return None
    comma = d.comma_between(p.index, q.index)
    if nodes[p.index + 1].has("glue:sub:condition"):
        return None  # "threatened that if A fires, B will answer"
    if comma is None or nodes[comma - 1].has("glue:complementizers"):
        return None
    return comma if q.subject.span.start > nodes[comma].start and q.subject is not p.subject else None


def _credit(q: Predicate, pack: Pack) -> bool:
    cues = [pack.data.cues[e.ref] for e in q.node.entries if e.kind == "cue"]
    return any(c.kind == "adposition" or ("X C S" in c.order and "S C X" not in c.order) for c in cues)


def _opens(nodes: list[Node], k: int) -> bool:
    return k < len(nodes) and nodes[k].has("quote", "glue:complementizers")


def _end(nodes: list[Node], stop: int | None) -> int:
    if stop is None:
        return len(nodes)
    at = next((k for k, n in enumerate(nodes) if n.start >= stop), len(nodes))
    return at - 1 if at and nodes[at - 1].text == "," else at


def _span(nodes: list[Node], first: int, end: int, shape: str) -> Found | None:
    while first < end and nodes[first].text in ",:":
        first += 1
    if first >= end:
        return None
    return Found([Span(nodes[first].start, nodes[end - 1].end)], shape)


def before_cue(d: Domain, at: int) -> Found | None:
    """Content to the left of an inverted cue: the quotation that ends at node `at`, or all before its comma."""
    nodes = d.nodes
    k = at if nodes[at].has("quote") else at - 1
    if k < 0:
        return None
    if nodes[k].has("quote") and not any(n.word for n in nodes[:k]):
        return Found([Span(nodes[0].start, nodes[k].end)], "quote")
    if nodes[0].has("quote") and not any(n.verb or n.has("quote", "trigger", "cue") for n in nodes[1 : k + 1]):
        return Found([nodes[0].span], "quote")  # "…," a voter, NAME, said
    if not any(n.word or n.has("quote") for n in nodes[: k + 1]):
        return None
    return Found([Span(nodes[0].start, nodes[k].end)], "clause")


def by_line(text: str, spans: list[Span]) -> list[Span]:
    """Spans cut at line ends and freed of marks and white space at their own ends."""
    out: list[Span] = []
    for s in spans:
        start = s.start
        for line in text[s.start : s.end].split("\n"):
            part = _bare(text, start, start + len(line))
            if part.start < part.end:
                out.append(part)
            start += len(line) + 1
    return out


def _bare(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS and not _closes(text, start, end):
        end -= 1
    return trim(text, start, end)


def _closes(text: str, start: int, end: int) -> bool:
    """True where the last character closes a quotation that was opened inside `[start, end)`."""
    last = text[end - 1]
    if last == '"':
        return text.count(last, start, end) % 2 == 0
    opening = {"”": "“„", "»": "«", "’": "‘"}.get(last, "")
    return any(text.count(c, start, end) >= text.count(last, start, end) for c in opening)


def kind_of(doc: Document, spans: list[Span], nodes: list[Node]) -> StatementKind:
    """direct: all inside quotation marks; mixed: some; indirect: none. `nodes`: of the sentence; marks about a name alone quote nothing."""
    names = {n.span for n in nodes if n.mention}
    quotes = [q for s in spans for q in doc.quotes_in(s) if overlap(q.inner, s) and q.inner not in names]
    if not quotes:
        return "indirect"
    return "mixed" if any(_said_outside(doc.text, s, quotes) for s in spans) else "direct"


def _said_outside(text: str, span: Span, quotes: list[Quote]) -> bool:
    """True where letters of `span` stand in none of the quotations."""
    at = span.start
    for q in sorted(quotes, key=lambda q: q.inner):
        if any(c.isalnum() for c in text[at : min(q.inner.start, span.end)]):
            return True
        at = max(at, q.inner.end)
    return any(c.isalnum() for c in text[at : span.end])
