"""Clause grammar: for each act in a sentence its subject, object and marked arguments, and what its clause is.

A shallow walk over nodes, the same for every language: clause borders are complementizers, subordinators,
relative words, verbs and commas; quotations are parsed on their own. Which words these are is the pack's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kawat.documents.quotes import Quote
from kawat.mentions.actors import Mention
from kawat.mentions.nodes import Node, is_verb
from kawat.packs import Pack

_QUOTE_WORDS = 4  # a quotation of at least so many words is a sentence of its own; a shorter one belongs to its clause
_SUBORDINATE = ("glue:sub:time", "glue:sub:cause", "glue:sub:condition", "glue:sub:concession", "glue:sub:purpose")


@dataclass(slots=True)
class Domain:
    """A row of nodes parsed together: a sentence with its longer quotations taken out, or one of those."""

    nodes: list[Node]
    quote: Quote | None = None
    predicates: list[Predicate] = field(default_factory=list)
    conditional: bool = False


@dataclass(slots=True)
class Predicate:
    """A verb or act noun with what depends on it. `opener`: main, complement, relative or a subordinator's kind."""

    index: int
    node: Node
    subject: Mention | None = None
    objects: list[Mention] = field(default_factory=list)
    obliques: list[tuple[str, Mention]] = field(default_factory=list)
    following: list[Mention] = field(default_factory=list)
    negated: bool = False
    modality: frozenset[str] = frozenset()
    opener: str = "main"
    parent: Predicate | None = None
    reciprocal: bool = False
    light: Predicate | None = None
    border: int = 0

    def oblique(self, preposition: str) -> Mention | None:
        """The first argument behind a preposition."""
        return next((m for p, m in self.obliques if p == preposition), None)


def domains(nodes: list[Node], quotes: list[Quote], pack: Pack) -> list[Domain]:
    """The sentence's outer domain first, then its quotations. `quotes`: those that touch the sentence."""
    if not nodes:
        return []
    outer: list[Node] = []
    inner: list[Domain] = []
    skip: Quote | None = None
    by_quote: dict[int, list[Node]] = {}
    for n in nodes:
        q = next((q for q in quotes if q.outer.start <= n.start and n.end <= max(q.outer.end, q.inner.end)), None)
        if q:
            by_quote.setdefault(id(q), []).append(n)
    for n in nodes:
        q = next((q for q in quotes if id(q) in by_quote and q.outer.start <= n.start < max(q.outer.end, q.inner.end)), None)
        if q is None:
            outer.append(n)
        elif _own_sentence(q, by_quote[id(q)]):
            if skip is not q:
                skip = q
                body = [x for x in by_quote[id(q)] if q.inner.start <= x.start and x.end <= q.inner.end]
                a, b = by_quote[id(q)][0].start, by_quote[id(q)][-1].end
                outer.append(Node(a, b, '"', kinds=frozenset({"quote"})))
                inner.append(Domain(body, q))
        elif n.start >= q.inner.start and n.end <= q.inner.end:
            outer.append(n)
    found = [Domain(outer), *inner]
    for d in found:
        _parse(d, pack)
    return found


def _own_sentence(q: Quote, nodes: list[Node]) -> bool:
    return not q.closed or sum(n.word for n in nodes) >= _QUOTE_WORDS


def _parse(d: Domain, pack: Pack) -> None:
    nodes = d.nodes
    d.conditional = any(n.has("glue:sub:condition") for n in nodes)
    verbs: dict[int, Predicate] = {}
    for i, n in enumerate(nodes):
        verb = is_verb(n, pack) and not _adverbial(nodes, i)
        if not verb and not n.has("trigger", "cue"):
            continue
        p = Predicate(i, n)
        _opener(p, nodes, verbs, pack)
        if verb:
            p.subject = _subject(nodes, i, verbs, pack)
            verbs[i] = p
        else:
            p.light = _light(nodes, i, verbs)
        _dependents(p, nodes, pack)
        _auxiliaries(p, nodes, pack)
        d.predicates.append(p)
    _cataphora(d, verbs)


def _adverbial(nodes: list[Node], i: int) -> bool:
    """A word that only modifies the verb after it ("berulang kali")."""
    return nodes[i].has("glue:adverbs") and not nodes[i].has("trigger")


def _opens_clause(nodes: list[Node], i: int) -> bool:
    n = nodes[i]
    if n.has("glue:complementizers", "glue:relative"):
        return True
    if not n.has(*_SUBORDINATE):
        return False
    if n.has("glue:prepositions") and i + 1 < len(nodes):  # "untuk Rusia" is no clause
        nxt = nodes[i + 1]
        return nxt.has("trigger", "cue", "glue:negation") or nxt.has("glue:adverbs") or (not nxt.mention and not nxt.entries and not nxt.time)
    return True


def governor(nodes: list[Node], i: int) -> int | None:
    """Index of the preposition that governs node `i`, over the nouns between; None where it stands bare."""
    for k in range(i - 1, max(-1, i - 6), -1):
        n = nodes[k]
        if n.has("glue:prepositions", "glue:passive_agent", "glue:locative", "glue:between"):
            return k
        if n.mention or n.time or not n.word or n.has("cue", "glue:coordinators", "glue:relative", "glue:complementizers", "quote"):
            return None
        if n.has("trigger") or n.entries:
            continue
        if not n.text[0].islower():
            continue
    return None


def _subject(nodes: list[Node], i: int, verbs: dict[int, Predicate], pack: Pack) -> Mention | None:
    j = i - 1
    while j >= 0:
        n = nodes[j]
        if n.mention and not n.mention.place:
            g = governor(nodes, j)
            if g is None:
                return n.mention
            j = g - 1
            continue
        if n.has("glue:relative"):
            return _antecedent(nodes, j)
        if n.has("glue:complementizers") or (n.has(*_SUBORDINATE) and _opens_clause(nodes, j)):
            return _control(nodes, j, n, verbs)
        if j in verbs:
            return verbs[j].subject
        if n.text == ",":
            return _before_comma(nodes, j, verbs)
        if n.text in (";", ":", "quote"):
            return None
        if n.text == ")":
            while j > 0 and nodes[j].text != "(":
                j -= 1
        j -= 1
    return None


def _antecedent(nodes: list[Node], j: int) -> Mention | None:
    k = j - 1
    if k >= 0 and nodes[k].text == ",":
        k -= 1
    if k >= 0 and nodes[k].mention and not nodes[k].mention.place:  # type: ignore[union-attr]
        return nodes[k].mention
    return None


def _control(nodes: list[Node], j: int, opener: Node, verbs: dict[int, Predicate]) -> Mention | None:
    """Subject of a clause that names none: that of the verb it depends on."""
    before = [v for v in verbs if v < j]
    if not before:
        return None
    p = verbs[before[-1]]
    if opener.has("glue:sub:purpose") and p.node.has("trigger") and p.node.entry("trigger").id == "REQUEST" and p.objects:  # type: ignore[union-attr]
        return p.objects[0]
    return p.subject


def _before_comma(nodes: list[Node], comma: int, verbs: dict[int, Predicate]) -> Mention | None:
    """The subject further left, over parentheses between commas."""
    end = comma
    while end > 0:
        start = max((k for k in range(end) if nodes[k].text == ","), default=-1) + 1
        part = range(start, end)
        head = next((k for k in part if not nodes[k].has("glue:adverbs", "glue:adversatives") and not nodes[k].time), None)
        if head is not None and not _aside(nodes, head):
            first = next((k for k in part if k in verbs), None)
            if first is not None:
                return verbs[first].subject
            bare = next((k for k in part if _bare(nodes, k)), None)
            if bare is not None:
                return nodes[bare].mention
        end = start - 1
    return None


def _bare(nodes: list[Node], k: int) -> bool:
    m = nodes[k].mention
    return bool(m and not m.place and governor(nodes, k) is None)


def _aside(nodes: list[Node], head: int) -> bool:
    n = nodes[head]
    return n.has("glue:relative", "glue:prepositions", "quote") or _opens_clause(nodes, head)


def _opener(p: Predicate, nodes: list[Node], verbs: dict[int, Predicate], pack: Pack) -> None:
    for j in range(p.index - 1, -1, -1):
        n = nodes[j]
        if n.has("glue:complementizers"):
            p.opener, p.parent, p.border = "complement", _last_verb(verbs, j, nodes), j
            return
        if n.has("glue:relative"):
            p.opener, p.parent, p.border = "relative", _last_verb(verbs, j, nodes), j
            return
        if n.has(*_SUBORDINATE) and _opens_clause(nodes, j):
            kind = next(k for k in n.kinds if k.startswith("glue:sub:")).rsplit(":", 1)[1]
            p.opener, p.parent, p.border = kind, _last_verb(verbs, j, nodes), j
            return
        if j in verbs:
            up = verbs[j]
            chained = not any(nodes[k].text == "," or nodes[k].has("glue:coordinators", "glue:adversatives") for k in range(j + 1, p.index))
            p.opener, p.border = up.opener, up.border
            p.parent = up if chained else up.parent
            return
        if n.text in (";", ":") or n.has("quote"):
            p.border = j
            return


def _last_verb(verbs: dict[int, Predicate], j: int, nodes: list[Node]) -> Predicate | None:
    return next((verbs[v] for v in sorted(verbs, reverse=True) if v < j), None)


def _light(nodes: list[Node], i: int, verbs: dict[int, Predicate]) -> Predicate | None:
    """The verb whose object an act noun is: "melakukan serangan". Only plain words may stand between."""
    for j in range(i - 1, max(-1, i - 5), -1):
        if j in verbs:
            return verbs[j]
        n = nodes[j]
        if n.mention or not n.word or n.has("glue:prepositions", "glue:relative", "glue:complementizers", *_SUBORDINATE):
            return None
    return None


def _dependents(p: Predicate, nodes: list[Node], pack: Pack) -> None:
    preposition: str | None = None
    bare_open = True
    reach = True  # still inside what the predicate governs
    for k in range(p.index + 1, len(nodes)):
        n = nodes[k]
        if n.mention and not (n.mention.place and preposition is None):
            if reach:
                if preposition is not None:
                    p.obliques.append((preposition, n.mention))
                elif bare_open:
                    p.objects.append(n.mention)
                bare_open = False
                preposition = None
            p.following.append(n.mention)
            continue
        if not reach:
            continue
        if is_verb(n, pack) or n.text in (",", ";", ":", "(", "quote") or n.has("quote", "glue:relative", "glue:complementizers") or _opens_clause(nodes, k):
            reach = False
        elif n.has("glue:passive_agent"):
            preposition = "BY"
        elif n.has("glue:prepositions", "glue:locative", "glue:between"):
            preposition = n.text.lower()
        elif n.has("glue:adversatives"):
            reach = False


def _auxiliaries(p: Predicate, nodes: list[Node], pack: Pack) -> None:
    """Negation and modality from the words right before the predicate (and before its light verb)."""
    found: set[str] = set()
    at = p.light.index if p.light else p.index
    for j in range(at - 1, max(-1, at - 7), -1):
        n = nodes[j]
        if n.mention or n.time:
            break
        if n.has("glue:negation"):
            p.negated = True
        elif n.has("glue:reciprocal"):
            p.reciprocal = True
        elif not any(k.startswith("modality:") for k in n.kinds):
            if not n.has("glue:adverbs", "glue:sub:purpose"):
                break
        found |= {k.split(":", 1)[1] for k in n.kinds if k.startswith("modality:")}
    if p.light:
        p.negated |= p.light.negated
        found |= p.light.modality
    p.modality = frozenset(found)


def _cataphora(d: Domain, verbs: dict[int, Predicate]) -> None:
    """A clause before the main one takes the main subject: "Menegaskan …, Wang Yi memuji …"."""
    own = sorted(verbs)
    for k, i in enumerate(own):
        if verbs[i].subject is None and verbs[i].opener in ("main", "time", "cause", "concession", "purpose"):
            commas = [x for x in range(i, len(d.nodes)) if d.nodes[x].text == ","]
            later = next((verbs[j] for j in own[k + 1 :] if verbs[j].subject and any(i < c < j for c in commas)), None)
            if later and not any(n.mention and not n.mention.place for n in d.nodes[:i]):
                verbs[i].subject = later.subject
