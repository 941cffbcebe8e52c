"""Verbs that a word before them turns: into a passive ("was", with the agent between in some languages), or into a noun."""

from __future__ import annotations

from kawat.clauses.borders import supposed
from kawat.clauses.predicates import Predicate
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.packs import Pack

_REACH = 8  # words between a passive's auxiliary and its verb
_WILLED = frozenset({"proposed", "hypothetical"})


def nominal(nodes: list[Node], i: int, pack: Pack) -> bool:
    """A verb that a word before it, or its own first word, makes a noun; or with a possessor and nothing to be its subject."""
    first, _, rest = nodes[i].text.partition(" ")
    if (i and nodes[i - 1].has("glue:nominalizers")) or (rest and first.lower() in pack.nominalizers):
        return True
    if i + 1 >= len(nodes):
        return False
    if _phrase(nodes[i], pack):
        return False
    if pack.grammar.word_class == "listed" and nodes[i].has("trigger", "cue"):
        if nodes[i + 1].has("glue:definite") and not nodes[i + 1].has("glue:prepositions"):
            return True  # "this demand"
        if i and nodes[i - 1].has("glue:complementizers") and not nodes[i - 1].has("glue:nominal_complementizers") and supposed(nodes, i):
            return True  # "said that [the] demand to lift sanctions is absurd"
    if not nodes[i + 1].has("glue:possessive"):
        return False
    before = nodes[i - 1] if i else None
    if before and before.has("trigger") and not nodes[i].has("cue", "glue:copulas") and (before.verb or not nodes[i].has("trigger")):
        return True  # "refused the offer of A", "the agreement to rename of A"
    return before is None or not before.word or (before.has("glue:prepositions") and not before.has("glue:sub:purpose"))


def _phrase(n: Node, pack: Pack) -> bool:
    """A verb with its object in one form: what follows belongs to the object."""
    return any(e.kind == "trigger" and pack.data.triggers[e.ref].pos == "phrase" for e in n.entries)


def enclose(p: Predicate, nodes: list[Node], verbs: dict[int, Predicate]) -> None:
    """Fill `passive` and `start` of a verb behind an auxiliary; the agent that stands between is the argument "BY"."""
    agent: Mention | None = None
    for j in range(p.index - 1, max(-1, p.index - _REACH), -1):
        n = nodes[j]
        if n.has("glue:passive_auxiliaries"):
            p.passive, p.start = True, j
            if agent:
                p.obliques.append(("BY", agent))
            return
        if j in verbs and j == p.index - 2 and nodes[j + 1].has("glue:coordinators") and verbs[j].passive:
            p.passive = True
            p.obliques += [(w, m) for w, m in verbs[j].obliques if w == "BY"]
            return
        if j in verbs or not n.word or n.has("quote", "glue:complementizers", "glue:relative", "glue:adversatives"):
            return
        if n.mention and n.mention.argument:
            agent = n.mention


def made(u: Predicate, p: Predicate) -> bool:
    """ "The deal would see A leave B": `u` is the verb whose object does `p`, which is as real as that verb."""
    return u.node.has("glue:causatives") and p.subject is not None and u.objects[:1] == [p.subject]


def willed(u: Predicate, p: Predicate, own: frozenset[str]) -> frozenset[str]:
    """What `u`, the verb before `p`, says of it where verbs have no forms: "wants A to leave", "helps A go on to bomb",
    "will be the first state to send".

    `own`: the moods that the words of `u` stand for.
    """
    if u.node.form or u.node.tags:
        return frozenset()
    if made(u, p):
        return own & _WILLED
    if u.subject is not p.subject:
        return frozenset()
    if u.node.has("glue:copulas") and u.opener == p.opener and u.border == p.border:
        return u.modality & {"planned", *_WILLED}
    return u.modality & _WILLED if u.index == p.index - 1 and not u.node.has("trigger", "cue") else frozenset()
