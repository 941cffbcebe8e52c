"""Where clauses begin and which words a preposition governs."""

from __future__ import annotations

from kawat.mentions.nodes import Node

SUBORDINATE = ("glue:sub:time", "glue:sub:cause", "glue:sub:condition", "glue:sub:concession", "glue:sub:purpose", "glue:sub:means")
DASHES = frozenset("-–—")
HARD = (";", ":")  # marks over which no clause goes
LINKS = ("glue:coordinators", "glue:adversatives")
_BLOCKS = ("glue:relative", "glue:complementizers", *SUBORDINATE)


def pause(nodes: list[Node], k: int) -> bool:
    """A comma, or a dash with white space before it."""
    text = nodes[k].text
    return text == "," or (text in DASHES and k > 0 and nodes[k].start > nodes[k - 1].end)


def dashed(nodes: list[Node], j: int) -> int | None:
    """Where an aside between dashes began, if it ends at node `j`."""
    if nodes[j].text not in DASHES or not _dash(nodes, j):
        return None
    marks = [k for k in range(j) if nodes[k].text in DASHES and _dash(nodes, k)]
    return marks[-1] if len(marks) % 2 else None


def _dash(nodes: list[Node], k: int) -> bool:
    """A dash of the sentence itself, not one behind somebody's words (", — said")."""
    return pause(nodes, k) and nodes[k - 1].text not in (",", "!", "?")


def opens_clause(nodes: list[Node], i: int) -> bool:
    n = nodes[i]
    if n.has("glue:complementizers", "glue:relative"):
        return True
    if not n.has(*SUBORDINATE):
        return False
    if n.has("glue:prepositions") and i + 1 < len(nodes):  # "untuk Rusia" is no clause
        nxt = nodes[i + 1]
        if nxt.verb or nxt.has("glue:negation", "glue:adverbs") or (nxt.has("trigger", "cue") and not nxt.noun):
            return True
        if n.has("glue:sub:cause") and _of_clauses(nodes, i) and not (nxt.form or nxt.tags):
            return _finite_ahead(nodes, i + 1)
        if nxt.form or nxt.noun or nxt.has("glue:articles"):
            return n.has("glue:sub:time", "glue:sub:concession") and _finite_ahead(nodes, i + 1)
        if nxt.mention and n.has("glue:sub:time") and any(x.form for x in nodes[i + 1 : i + 9]):
            return _finite_ahead(nodes, i + 1)
        if nxt.mention and _of_clauses(nodes, i):  # "since he signed"
            after = next((n for n in nodes[i + 2 : i + 6] if not n.has("glue:adverbs", "glue:negation")), None)
            return after is not None and (after.verb or after.has("glue:auxiliaries", "glue:modals"))
        return False
    return True


def _of_clauses(nodes: list[Node], k: int) -> bool:
    """ "After", "because": words that stand before a noun or a clause; one that names the agent of a passive too only behind a verb."""
    n = nodes[k]
    if n.has("glue:sub:time"):
        return True
    if not n.has("glue:sub:cause"):
        return False
    before = nodes[k - 1] if k else n
    return not n.has("glue:passive_agent") or ((before.verb or before.has("glue:manner")) and not before.has("trigger"))


def topical(nodes: list[Node], opener: str, border: int) -> bool:
    """ "The fact that A joins B": the clause is a noun."""
    return opener == "complement" and nodes[border].has("glue:nominal_complementizers")


def supposed(nodes: list[Node], i: int) -> bool:
    """ "To make A yield is a mistake": a clause that begins with its verb is the subject of what a copula or a tense opens further on."""
    for n in nodes[i + 1 :]:
        if n.text in (",", ";", ":", "(") or n.has("quote", "glue:complementizers", "glue:relative", "glue:adversatives"):
            return False
        if n.has("glue:copulas"):
            return True
    return False


def _finite_ahead(nodes: list[Node], i: int) -> bool:
    """A verb before the next pause: "after the troops left"."""
    for k in range(i, min(i + 8, len(nodes))):
        n = nodes[k]
        if pause(nodes, k) or n.has(*_BLOCKS) or not n.word:
            return False
        if n.has("glue:auxiliaries", "glue:modals") or (n.verb and n.form != "progressive"):
            return True
    return False


_NEAR, _FAR = 6, 11  # nodes over which a preposition governs a noun; the latter where an owner's mark stands between


def governor(nodes: list[Node], i: int) -> int | None:
    """Index of the preposition that governs node `i`, over the nouns between; None where it stands bare."""
    linked = False
    for k in range(i - 1, max(-1, i - _FAR), -1):
        n = nodes[k]
        if n.frame >= 0:
            return None  # who acts in a clause of their own, or stands behind one
        linked |= n.has("glue:genitive")
        if n.has("glue:plural_markers") and k + 1 < i and nodes[k + 1].text[:1].isdecimal():
            return None  # "about 300 people"
        if k <= i - _NEAR and not linked:
            return None
        if n.has("glue:prepositions", "glue:passive_agent", "glue:locative", "glue:between", "glue:object_marker") or (
            k == i - 1 and n.has("glue:topics")
        ):
            return None if _of_clauses(nodes, k) and nodes[i].mention and opens_clause(nodes, k) else k
        if n.time and k and nodes[k - 1].has("glue:prepositions") and not nodes[k - 1].has("glue:locative"):
            continue  # "over [today 's] strikes of A"
        if n.mention and nodes[k + 1].has("glue:genitive") and not n.form and not n.tags and k and nodes[k - 1].has("glue:place_of_event"):
            continue  # "at [A 's] B summit"
        if n.mention or n.time or n.verb or not n.word or n.has("cue", "glue:coordinators", "quote") or n.has(*_BLOCKS):
            return None
    return None
