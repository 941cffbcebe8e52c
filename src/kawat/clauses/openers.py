"""What kind of clause a predicate stands in, on which verb it depends and where its clause begins: a walk to the left."""

from __future__ import annotations

from kawat.clauses import marking
from kawat.clauses.borders import HARD, LINKS, SUBORDINATE, dashed, governor, opens_clause, pause, topical
from kawat.clauses.predicates import Predicate
from kawat.mentions.nodes import Node

Verbs = dict[int, Predicate]
_OPENERS = frozenset({"glue:complementizers", "glue:relative"})


def bare(nodes: list[Node], k: int) -> bool:
    """A mention that no preposition governs."""
    m = nodes[k].mention
    return bool(m and m.argument and governor(nodes, k) is None)


def border(nodes: list[Node], k: int) -> bool:
    """A word that opens a clause."""
    kinds = nodes[k].kinds
    return not kinds.isdisjoint(_OPENERS) or (not kinds.isdisjoint(SUBORDINATE) and opens_clause(nodes, k))


def set_opener(p: Predicate, nodes: list[Node], verbs: Verbs) -> None:
    """Fill `opener`, `parent` and `border`. `verbs`: the predicates to the left of `p`."""
    _walk(p, nodes, verbs)
    if _gerund(p, nodes):
        p.gerund, p.parent = True, last_of(verbs, p.index)


def _gerund(p: Predicate, nodes: list[Node]) -> bool:
    """ "Accused A of seeking": a verb that a preposition makes the content of the one before."""
    k = p.start - 1
    while k > 0 and nodes[k].has("glue:adverbs"):
        k -= 1
    return p.node.form == "progressive" and k >= 0 and nodes[k].has("glue:prepositions") and not nodes[k].has(*SUBORDINATE)


def _walk(p: Predicate, nodes: list[Node], verbs: Verbs) -> None:
    comma: int | None = None
    fresh = linked = False
    past = p.index
    for j in range(p.start - 1, -1, -1):
        n = nodes[j]
        if past < p.index and j >= past:
            continue
        if 0 <= n.frame < j:
            past = n.frame
            continue
        if n.frame > j:
            p.opener, p.parent, p.border = "time", last_of(verbs, j), j
            return
        if (begun := dashed(nodes, j)) is not None:
            past = begun
            continue
        if border(nodes, j):
            if comma is not None and fresh and (not n.has("glue:complementizers") or n.has("glue:whether")):  # it opens no further clause
                p.border = comma
            else:
                p.opener, p.parent, p.border = _kind(n), last_of(around(verbs, nodes, j), j), j
            return
        if j in verbs:
            if over(verbs[j], p, nodes, comma is not None, linked):
                past = verbs[j].border
                continue
            _after_verb(p, verbs[j], comma, fresh, linked, nodes)
            return
        if n.text in HARD or n.has("quote"):
            p.border = j
            return
        if pause(nodes, j):
            if comma is None and apposed_noun(nodes, j):
                p.opener, p.parent, p.border, p.attributive = "relative", last_of(verbs, j), j + 1, True
                return
            comma = j if comma is None else comma
        elif n.has(*LINKS):
            linked = True
        elif comma is None and bare(nodes, j):
            fresh = True


def _kind(n: Node) -> str:
    if n.has("glue:complementizers"):
        return "complement"
    if n.has("glue:relative"):
        return "relative"
    return next(k for k in n.kinds if k.startswith("glue:sub:")).rsplit(":", 1)[1]


def apposed_noun(nodes: list[Node], j: int) -> bool:
    """ "A, [a] country exporting arms": a bare noun for a kind of body behind a name and a comma."""
    if not 0 < j < len(nodes) - 2 or not nodes[j - 1].mention:
        return False
    noun = nodes[j + 1]
    return noun.has("organisation", "introducer") and not (noun.verb or noun.form or noun.tags or noun.mention) and nodes[j + 2].verb


def _after_verb(p: Predicate, u: Predicate, comma: int | None, fresh: bool, linked: bool, nodes: list[Node]) -> None:
    """The clause of `p`, whose nearest verb to the left is `u`."""
    topic = topical(nodes, u.opener, u.border) or nodes[u.border].has("glue:whether")
    if comma is not None and ((fresh and (u.opener != "complement" or topic)) or _fronted(p, u, comma)):
        p.border = comma
    elif comma is not None and (u.opener == "relative" or (u.opener == "purpose" and p.node.has("cue"))):
        up = u.parent
        while up and up.opener in ("relative", "purpose"):
            up = up.parent
        if up:
            p.opener, p.border, p.parent = up.opener, up.border, up.parent
    else:
        p.opener, p.border = u.opener, u.border
        p.parent = u.parent if comma is not None or linked else u


def _fronted(p: Predicate, u: Predicate, comma: int) -> bool:
    """ "After the police came, riots broke out": where case tells the forms of verbs, what follows a clause that opens the sentence."""
    opens = u.opener in ("time", "condition", "cause", "concession") and u.border < 2
    later = bool(p.node.tags) and "G" not in p.node.tags and not marking.attributive(p.node)
    return opens and later and u.index < comma and marking.is_finite(u.node) and bool(u.node.tags)


def over(u: Predicate, p: Predicate, nodes: list[Node], comma: bool = False, linked: bool = False) -> bool:
    """ "Efforts to end the war have failed": an aim or a topic has no tense, so `p` stands outside the clause of `u`.

    Behind "and" it goes on, but nobody means to suffer.
    """
    if topical(nodes, u.opener, u.border):
        return not linked and (_finite(p, nodes) or (comma and p.node.has("cue")))
    if u.opener != "purpose" or p.start <= u.index:
        return False
    return _finite(p, nodes) if not linked else p.start != p.index and nodes[p.start].has("glue:tenses")


def _finite(p: Predicate, nodes: list[Node]) -> bool:
    """Right behind a word that gives a verb its tense, or one that makes it a passive suffered."""
    if p.start != p.index:
        return True
    k = p.start - 1
    while k > 0 and nodes[k].has("glue:adverbs", "glue:negation") and not nodes[k].has("glue:tenses"):
        k -= 1
    return k >= 0 and nodes[k].has("glue:tenses")


def around(verbs: Verbs, nodes: list[Node], j: int) -> Verbs:
    """Without those of an aside between dashes that ends at node `j` or right before it."""
    begun = next((b for k in (j, j - 1) if k >= 0 and (b := dashed(nodes, k)) is not None), None)
    return verbs if begun is None else {v: q for v, q in verbs.items() if not begun < v < j}


def last_of(verbs: Verbs, j: int) -> Predicate | None:
    """The nearest verb to the left of node `j`."""
    return next((verbs[v] for v in sorted(verbs, reverse=True) if v < j), None)
