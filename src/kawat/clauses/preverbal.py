"""What stands before its act in languages that put it there: adjuncts, fronted objects, the agent of a passive, the owner of an act noun.

"A to B sends aid", "A by B was attacked", "A object-marker B expelled", "A's to B sanctions": one walk to the left, over the
phrases that a preposition opens, up to the subject or the border of the clause.
"""

from __future__ import annotations

from kawat.clauses.borders import governor
from kawat.clauses.predicates import Predicate
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.packs import Pack

_PLAIN = 2  # plain words between a modal or negation and its act
_HARD = (",", ";", ":", "(", ")")


def preverbal(p: Predicate, nodes: list[Node], pack: Pack) -> None:
    """Fill the arguments, negation and modality that stand before an act."""
    found = set(p.modality)
    plain = 0
    k = p.index - 1
    while k >= 0 and (not _stops(nodes[k]) or _carries(nodes, k, p)):
        n = nodes[k]
        if n.mention:
            g = governor(nodes, k)
            if g is None or (not p.node.verb and k == p.index - 2 and _wanted(nodes, p.index, nodes[g].text, pack)):
                if not p.node.verb and n.mention.argument and p.owner is None:
                    p.owner = n.mention
                break
            _argument(p, nodes[g], n.mention, nodes, k)
            k = g - 1
            continue
        if n.has("glue:passive_agent") and not n.has("glue:prepositions") and _adjacent(nodes, k, p.index):
            p.passive = True
        if plain < _PLAIN and p.node.verb:
            p.negated |= n.has("glue:negation") and plain == 0
            if not n.has("glue:object_marker") or plain == 0:
                found |= {x.split(":", 1)[1] for x in n.kinds if x.startswith("modality:")}
        plain += n.word and not n.kinds
        k -= 1
    p.modality = frozenset(found)


def _wanted(nodes: list[Node], i: int, preposition: str, pack: Pack) -> bool:
    """The act behind node `i` takes the preposition before it: "for A's truce thanks B"; what `i` names is A's."""
    n = nodes[i + 1] if i + 1 < len(nodes) else None
    rows = [pack.data.triggers[e.ref] for e in n.entries if e.kind == "trigger"] if n and n.verb else []
    return any(f"prep:{preposition}" in t.actor + t.recipient for t in rows)


def _carries(nodes: list[Node], k: int, p: Predicate) -> bool:
    """A light verb right before its act only carries tense and mood: "is still imposing sanctions"."""
    return k == p.index - 1 and nodes[k].has("glue:light") and not nodes[k].has("trigger", "cue")


def _stops(n: Node) -> bool:
    return n.verb or n.text in _HARD or n.has("quote", "glue:complementizers")


def _adjacent(nodes: list[Node], k: int, i: int) -> bool:
    """Only plain words and small ones between a passive marker and its act: the agent is not named."""
    return all(n.word and not n.mention and not n.verb for n in nodes[k + 1 : i])


def _argument(p: Predicate, marker: Node, m: Mention, nodes: list[Node], k: int) -> None:
    if marker.has("glue:passive_agent") and not (marker.has("glue:prepositions") and p.passive):
        p.obliques.append(("BY", m))
        p.passive = True
    elif marker.has("glue:object_marker") and not marker.has("glue:prepositions"):
        p.objects.insert(0, m)
    elif k + 1 < len(nodes) and nodes[k + 1].has("glue:between"):
        p.obliques.append(("BETWEEN", m))
    else:
        p.obliques.append((marker.text.lower(), m))


def act_noun(nodes: list[Node], i: int) -> bool:
    """An act that is named, not done, where a verb serves as its own noun: behind an owner's mark, or before "takes place"."""
    if i and nodes[i - 1].has("glue:genitive"):
        return not nodes[i].has("glue:copulas")
    if _compound(nodes, i):
        return True
    for n in nodes[i + 1 :]:
        if n.has("glue:takes_place"):
            return True
        if n.has("trigger", "cue", "quote", "glue:genitive") or n.text in _HARD or (n.mention and n.mention.argument):
            return False
    return False


def _compound(nodes: list[Node], i: int) -> bool:
    """The object of a light verb with its owner before it, at the end of a clause: "took part in A protests"."""
    if i < 2 or not nodes[i - 1].mention or governor(nodes, i - 1) is not None:
        return False
    if i + 1 < len(nodes) and nodes[i + 1].word:
        return False
    for n in reversed(nodes[max(0, i - 4) : i - 1]):
        if n.has("glue:light"):
            return not n.has("glue:passive_agent", "trigger", "cue")
        if n.mention or not n.word:
            return False
    return False


def mark_relatives(nodes: list[Node], verbs: dict[int, Predicate]) -> None:
    """A clause before the noun that it tells of ("the V-ing O 's N"): its verb is no main verb, and what it lacks is that noun."""
    for i, p in verbs.items():
        if i and nodes[i - 1].has("glue:indefinite", "glue:copulas"):  # "a [condemning … 's] resolution", "is [condemning …]"
            p.opener, p.attributive = "relative", True
            continue
        k = _end_of_relative(nodes, i)
        if k is None:
            continue
        if i and nodes[i - 1].has("glue:aspect"):  # "filmed a [supporting A 's] march"
            p.opener, p.attributive = "relative", True
            continue
        head = next((n.mention for n in nodes[k + 1 : k + 3] if n.mention and n.mention.argument), None)
        later = any(j > k for j in verbs)
        if k > i + 1 and (p.takes_clause or not (head and later)):
            continue
        p.opener, p.attributive = "relative", True
        if k > i + 1 or p.subject is None:
            p.subject = head
        elif head and not p.objects:
            p.objects = [head]


def _end_of_relative(nodes: list[Node], i: int) -> int | None:
    """Index of the mark that ends the relative clause of the verb at `i`."""
    for k in range(i + 1, min(len(nodes) - 1, i + 6)):
        n = nodes[k]
        if n.has("glue:genitive"):
            return k
        if n.text in _HARD or n.verb or n.has("quote"):
            return None
    return None


def owner_of_next(nodes: list[Node], k: int) -> bool:
    """The mention at `k` only owns what follows: "A's plan's critics" are critics, "the A issue" is an issue."""
    if k + 1 < len(nodes) and nodes[k + 1].has("glue:topics"):
        return True
    for j in range(k + 1, len(nodes) - 1):
        n = nodes[j]
        if n.has("glue:genitive") and nodes[j + 1].mention:
            return True
        if n.mention or n.verb or not n.word or n.has("trigger", "cue", "glue:coordinators", "glue:prepositions"):
            return False
    return False
