"""Objects and obliques in languages with cases: what prepositions govern, and what stands in a case of its own."""

from __future__ import annotations

from collections.abc import Iterator

from kawat.clauses.marking import adjectival, chained, governed_by, inherited, like_adjective, owned, spelt, stands_for, start_of, stretch
from kawat.clauses.predicates import Predicate
from kawat.lexicon.inflect import PASSIVE
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.packs import Pack

_MARKED = {"g": "case:genitive", "d": "case:dative", "i": "case:instrumental"}
_AWAY = 3  # nodes over which a mention without case may still hang on a noun


def find_arguments(p: Predicate, nodes: list[Node], pack: Pack) -> None:
    """Fill objects, obliques and, for a noun, its owner."""
    if p.node.verb:
        _of_verb(p, nodes, pack)
    else:
        _of_noun(p, nodes, pack)


def _party(nodes: list[Node], k: int) -> Mention | None:
    """A mention that can be an argument by itself, or an adjective that stands for its state."""
    m = nodes[k].mention
    if m is None or m.attribute or (m.place and governed_by(nodes, k) is None) or (m.modifier and not stands_for(nodes, k)):
        return None
    return m


def _case(nodes: list[Node], k: int, m: Mention) -> frozenset[str]:
    """The cases of a mention; of an adjective those that it shares with its noun."""
    c = frozenset(t[2] for t in m.tags if len(t) == 3)
    noun = frozenset(t[2] for t in nodes[k + 1].tags if len(t) == 3 and t[0] == "N") if m.modifier else c
    return c & noun or c


def _of_verb(p: Predicate, nodes: list[Node], pack: Pack) -> None:
    kinds = {t[0] for t in p.node.tags}
    turned = not kinds.isdisjoint(PASSIVE) and kinds <= PASSIVE | {"N", "A"}
    behind = list(_reach(nodes, p.index))
    before = [
        k
        for k in range(start_of(nodes, p.index), p.index)
        if not any(nodes[j].verb and not nodes[j].has("glue:copulas") for j in range(k, p.index))
    ]
    for k in [*behind, *reversed(before)]:
        m = _party(nodes, k)
        if m is None or m is p.subject:
            continue
        c = _case(nodes, k, m)
        at = governed_by(nodes, k) if c != {"n"} else None
        if at is None and (not c or m.modifier or "a" not in c):
            at = chained(nodes, k)
        if at is not None:
            p.obliques += _governed(nodes[at], m, pack)
            if nodes[at].has("glue:possessive") and not turned and "a" in inherited(nodes, at, frozenset("g")):
                p.objects.append(m)  # "condemned the reprisals on the part of NAME"
            continue
        if "a" in c and "g" in c and (of := _animate(nodes, k, c)) is not None:
            p.obliques += _governed(nodes[of], m, pack)
        c = inherited(nodes, k, c) or c or (frozenset() if owned(nodes, k) else frozenset("adig"))
        if turned and p.subject is None and "n" in c and not (k and nodes[k - 1].has("trigger")):
            p.subject = m
            continue
        if turned and "i" in c:
            p.obliques.append(("BY", m))
        elif not turned and ("a" in c or (p.negated and "g" in c)):
            p.objects.append(m)
        p.obliques += [(place, m) for letter, place in _MARKED.items() if letter in c]


def _animate(nodes: list[Node], k: int, c: frozenset[str]) -> int | None:
    """ "At positions of the rebels", whose accusative is their genitive: the preposition of the noun that they may own."""
    return chained(nodes, k, frozenset("g")) if inherited(nodes, k, c) else None


def _governed(preposition: Node, m: Mention, pack: Pack) -> list[tuple[str, Mention]]:
    """A mention with its preposition; "between" is also a place of its own."""
    found = [(spelt(preposition, pack), m)]
    return [*found, ("BETWEEN", m)] if preposition.has("glue:between") else found


def _reach(nodes: list[Node], i: int) -> Iterator[int]:
    """Nodes behind a verb that may hang on it: its clause, up to a further act in the infinitive."""
    for k in stretch(nodes, i):
        if nodes[k].verb and "I" in nodes[k].tags and nodes[k].has("trigger", "cue"):
            return
        yield k


def _of_noun(p: Predicate, nodes: list[Node], pack: Pack) -> None:
    """A noun's owner is an adjective before it or a genitive behind it; its agent stands in the instrumental."""
    owners = _adjectives(p, nodes)
    fresh, head = True, _adposition(p, pack)
    for k in stretch(nodes, p.index):
        n, m = nodes[k], _party(nodes, k)
        if m is None:
            if n.has("introducer") or (head and any(t[0] == "N" for t in n.tags)):
                head = head and n.has("introducer")
                continue  # "according to a statement of NAME", "of the agency NAME"
            fresh = fresh and (
                not n.word or n.text.isdecimal() or adjectival(n) or like_adjective(n) or n.has("glue:coordinators", "glue:plural_markers")
            )
            continue
        c = _case(nodes, k, m)
        at = governed_by(nodes, k) if c != {"n"} else None
        if at is None and not fresh:
            at = chained(nodes, k)
        if at is not None:
            p.obliques.append((spelt(nodes[at], pack), m))
            if nodes[at].has("glue:possessive"):
                owners.append(m)
        elif c == {"n"} or (not c and k - p.index > _AWAY):
            continue
        else:
            if (not c or "g" in c) and fresh:
                owners.append(m)
                p.obliques.append(("case:genitive", m))
            if "i" in c or (not c and not fresh):
                p.obliques.append(("BY", m))
            if "d" in c:
                p.obliques.append(("case:dative", m))
        fresh = False
    p.objects, p.owner = owners, next(iter(owners), None)


def _adjectives(p: Predicate, nodes: list[Node]) -> list[Mention]:
    """The state of an adjective, or a possessive pronoun, before a noun."""
    for j in range(p.index - 1, max(-1, p.index - 5), -1):
        n, m = nodes[j], nodes[j].mention
        if m and (m.modifier or m.kind == "pronoun") and m.argument:
            return [m]
        if not (adjectival(n) or like_adjective(n) or (n.word and not n.kinds and n.text[0].islower() and not n.tags)):
            break
    return []


def _adposition(p: Predicate, pack: Pack) -> bool:
    return any(e.kind == "cue" and pack.data.cues[e.ref].kind == "adposition" for e in p.node.entries)
