"""Arguments in languages that mark them by case: the subject is a nominative that agrees with the verb, on whichever side.

Used where `[grammar] arguments = "case"`. A mention without case (an abbreviation, a name that does not inflect) may be any, and is
told by its place: behind a noun it is an owner, behind a preposition governed, before the verb a subject, behind it an object.
"""

from __future__ import annotations

from collections.abc import Iterator

from kawat.clauses.borders import SUBORDINATE, opens_clause, pause
from kawat.clauses.predicates import Predicate
from kawat.clauses.subjects import Verbs
from kawat.lexicon.inflect import cases, finite, numbers, verbal
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.packs import Pack

_MARKED = {"g": "case:genitive", "d": "case:dative", "i": "case:instrumental"}
_BORDERS = ("glue:complementizers", "glue:relative")
_HOUSES = frozenset({"state", "organisation", "institution", "media", "group", "plain-group"})
_AWAY = 3  # nodes over which a mention without case may still hang on a noun


# ---- what a node is ----------------------------------------------------------------------------


def attributive(n: Node) -> bool:
    """A full participle: it stands in a noun phrase, or opens one behind a comma."""
    return bool(n.tags) and all(t[0] in "TPt" and len(t) == 3 for t in n.tags if t[0] not in "NA") and verbal(n.tags)


def _finite(n: Node) -> bool:
    return n.verb and (not n.tags or finite(n.tags))


def _case(m: Mention) -> frozenset[str]:
    return cases(m.tags)


def _adjective(n: Node) -> bool:
    return bool(n.tags) and all(t[0] in "AP" and len(t) == 3 for t in n.tags)


def _governor(nodes: list[Node], k: int) -> int | None:
    """The preposition right before node `k`, over adjectives and numbers."""
    for j in range(k - 1, max(-1, k - 5), -1):
        n = nodes[j]
        if n.has("glue:prepositions", "glue:locative", "glue:between"):
            return j
        if n.mention and not n.mention.modifier:
            return None
        if (
            not n.mention
            and not _adjective(n)
            and not n.has("modifier", "glue:plural_markers")
            and not n.text.isdecimal()
            and not _like_adjective(n)
        ):
            return None
    return None


def _like_adjective(n: Node) -> bool:
    return (
        not n.entries
        and n.word
        and n.text[0].islower()
        and n.text.endswith(("ых", "их", "ого", "его", "ому", "ему", "ыми", "ими", "ую", "юю"))
    )


def _owned(nodes: list[Node], k: int) -> bool:
    """A mention without case right behind a noun is its owner."""
    n = nodes[k - 1] if k else None
    if n is None or not n.word or n.verb or n.time or n.mention:
        return bool(n and n.mention and not n.mention.modifier and not n.mention.settled)
    if n.tags:
        return any(t[0] == "N" for t in n.tags) and not verbal(n.tags)
    return n.text[0].islower() and not n.kinds


def nominative(nodes: list[Node], k: int, p: Predicate | None = None) -> bool:
    """True where the mention at node `k` can be a subject (of `p`)."""
    m = nodes[k].mention
    if m is None or not m.argument or m.modifier:
        return False
    c = _case(m)
    if c and "n" not in c:
        return False
    if c != {"n"} and (_governor(nodes, k) is not None or (not c and _owned(nodes, k))):
        return False
    return p is None or _agree(m, p)


def _agree(m: Mention, p: Predicate) -> bool:
    """Gender, number and person of verb and subject, as far as both are known."""
    wanted = {x for t in p.node.tags if finite((t,)) for x in t[1:2]}
    if not wanted or not wanted.isdisjoint("x"):
        return True
    first = m.kind == "pronoun" and m.name in ("speaker", "hearer")
    if wanted <= {"1", "2"}:
        return first
    if first:
        return not wanted.isdisjoint("mfp")
    mine = numbers(m.tags) if "n" in _case(m) else frozenset()
    several = len(m.ids) > 1 or bool(m.parts)
    if several:
        return not wanted.isdisjoint("ps") or not m.parts
    if not mine:
        return True
    single = {"m", "f", "x"} if m.kind in ("person", "office", "name") or m.roles else set(mine)
    if "x" in mine:
        single = {"m", "f", "n", "p"}
    if not single.isdisjoint("mfn") or "x" in single:
        single.add("s")
    return not wanted.isdisjoint(single | ({"p"} if "p" in mine else set()))


# ---- subjects ----------------------------------------------------------------------------------


def find_subject(p: Predicate, nodes: list[Node], verbs: Verbs) -> Mention | None:
    """The subject of a verb: an agreeing nominative of its clause, else what the form of the verb tells."""
    if attributive(p.node):
        return _head(p, nodes)
    if p.node.tags and not finite(p.node.tags):
        return _controlled(p, nodes, verbs)
    start = _start(nodes, p.index)
    left = [k for k in range(start, p.index) if nominative(nodes, k, p)]
    other = [k for k in range(start, p.index) if k in verbs and _finite(nodes[k])]
    if left and (not other or left[-1] > other[-1]):
        own = [k for k in left if not other or k > other[-1]]
        sure = [k for k in own if _case(nodes[k].mention) == {"n"}] if other else own  # type: ignore[arg-type]
        if sure and not (other and _joined(nodes, other[-1], p.index) and not _clausal(verbs[other[-1]])):
            return nodes[sure[-1] if other else sure[0]].mention
    right = _rightward(p, nodes)
    if other:
        return right if right and _sure(right) else verbs[other[-1]].subject
    opener = nodes[start - 1] if start else None
    if opener is not None and opener.has("glue:relative"):
        return right or _antecedent(nodes, start - 1)
    if right or (opener is not None and (opener.has("glue:complementizers") or opener.has(*SUBORDINATE))):
        return right
    return _earlier(p, nodes, verbs, start - 1)


def find_house(p: Predicate, nodes: list[Node], pack: Pack) -> Mention | None:
    """ "In the ministry they said": the institution behind "in" is the subject of a plural verb that names none."""
    if p.subject or not any(t in ("Vp", "Rp", "Fp") for t in p.node.tags):
        return None
    near = [*range(p.index - 1, _start(nodes, p.index) - 1, -1), *_stretch(nodes, p.index)]
    for k in near:
        m, at = nodes[k].mention, _governor(nodes, k)
        if m is None or at is None or m.modifier or m.kind not in _HOUSES:
            continue
        if spelt(nodes[at], pack) in pack.grammar.houses and (not _case(m) or "l" in _case(m)):
            house: Mention = m
            return house
    return None


def _sure(m: Mention) -> bool:
    return _case(m) == {"n"}


def _clausal(u: Predicate) -> bool:
    return u.takes_clause


def _joined(nodes: list[Node], a: int, b: int) -> bool:
    return any(nodes[k].has("glue:coordinators", "glue:adversatives") for k in range(a + 1, b))


def _start(nodes: list[Node], i: int) -> int:
    """Where the stretch of a clause that holds node `i` begins: behind a comma, a mark or a word that opens a clause."""
    for k in range(i - 1, -1, -1):
        n = nodes[k]
        if (
            pause(nodes, k)
            or n.text in (";", ":", "(", ")")
            or n.has("quote", *_BORDERS)
            or (n.has(*SUBORDINATE) and opens_clause(nodes, k))
        ):
            if n.has("glue:complementizers") and n.text.lower() == "ли":
                continue
            return k + 1
    return 0


def _stretch(nodes: list[Node], i: int) -> Iterator[int]:
    """Nodes behind `i` up to the end of its clause."""
    for k in range(i + 1, len(nodes)):
        n = nodes[k]
        if pause(nodes, k) or n.text in (";", ":", "(") or n.has("quote", "glue:adversatives", *_BORDERS):
            return
        if (n.verb and not attributive(n) and finite(n.tags or {"V"})) or (n.has(*SUBORDINATE) and opens_clause(nodes, k)):
            return
        yield k


def _rightward(p: Predicate, nodes: list[Node]) -> Mention | None:
    """The subject behind its verb: a sure nominative, or a mention that may be one and is not the object of the same words."""
    found = [k for k in _stretch(nodes, p.index) if nominative(nodes, k, p)]
    sure = [k for k in found if _sure(nodes[k].mention)]  # type: ignore[arg-type]
    if sure:
        return nodes[sure[0]].mention
    for k in found:
        if all(not n.mention or n.mention.modifier or _case(n.mention) for n in nodes[p.index + 1 : k]):
            return nodes[k].mention
    return None


def _antecedent(nodes: list[Node], at: int) -> Mention | None:
    """ "NAME, who …": the mention before the relative word, where that is a subject itself."""
    mine = cases(nodes[at].tags)
    if mine and "n" not in mine:
        return None
    return _before(nodes, at - 1)


def _before(nodes: list[Node], k: int) -> Mention | None:
    """The last mention before a comma."""
    while k >= 0 and (pause(nodes, k) or nodes[k].has("glue:prepositions")):
        k -= 1
    for j in range(k, max(-1, k - 4), -1):
        m = nodes[j].mention
        if m and m.argument and not m.modifier:
            return m
        if nodes[j].verb or pause(nodes, j):
            return None
    return None


def _head(p: Predicate, nodes: list[Node]) -> Mention | None:
    """The noun of a participle: before its comma, or behind it in the same case."""
    start = _start(nodes, p.index)
    if start and pause(nodes, start - 1) and not any(n.mention and not n.mention.modifier for n in nodes[start : p.index]):
        return _before(nodes, start - 1)
    mine = cases({"A" + t[1:] for t in p.node.tags if len(t) == 3})
    for k in _stretch(nodes, p.index):
        m = nodes[k].mention
        if m and m.argument and not m.modifier and (not _case(m) or not mine or not _case(m).isdisjoint(mine)):
            return m
    return None


def _controlled(p: Predicate, nodes: list[Node], verbs: Verbs) -> Mention | None:
    """The subject of an infinitive or gerund: that of the verb it hangs on, or the one whom that verb asks."""
    up = next((verbs[k] for k in sorted(verbs, reverse=True) if k < p.index and not attributive(nodes[k])), None)
    if up is None:
        return None
    gerund = "G" in p.node.tags
    if not gerund and up.node.has("glue:causatives"):
        entry = up.node.entry("trigger")
        asked = up.objects[0] if up.objects else next((m for c, m in up.obliques if c == "case:dative"), None)
        if asked and (entry is None or entry.id == "REQUEST"):
            return asked
    return up.subject


def _earlier(p: Predicate, nodes: list[Node], verbs: Verbs, at: int) -> Mention | None:
    """The subject left of a comma: over asides, a nominative of the clause, or the subject of its verb."""
    while at > 0 and (pause(nodes, at) or nodes[at].text in "()"):
        start = _start(nodes, at)
        part = range(start, at)
        opener = nodes[start - 1] if start else None
        aside = opener is not None and (opener.has(*_BORDERS) or opener.has(*SUBORDINATE))
        if not aside and not any(attributive(nodes[k]) or "G" in nodes[k].tags for k in part if k in verbs):
            own = [verbs[k] for k in part if k in verbs and _finite(nodes[k]) and verbs[k].subject]
            if own:
                return (own[0] if p.node.has("cue") else own[-1]).subject
            found = next((k for k in part if nominative(nodes, k, p)), None)
            if found is not None and not (start and pause(nodes, start - 1) and _apposed(nodes, start, found)):
                return nodes[found].mention
        at = _skip(nodes, start - 1)
    return None


def _skip(nodes: list[Node], k: int) -> int:
    """Back over the word that opens an aside, to its comma."""
    while k > 0 and not pause(nodes, k) and nodes[k].text not in "()" and nodes[k].has(*_BORDERS, *SUBORDINATE, "glue:prepositions"):
        k -= 1
    return k


def _apposed(nodes: list[Node], start: int, found: int) -> bool:
    """A mention alone between two commas explains the one before."""
    before = nodes[start - 2].mention if start > 1 else None
    return before is not None and found == start and nominative(nodes, start - 2)


# ---- objects -----------------------------------------------------------------------------------


def find_arguments(p: Predicate, nodes: list[Node], pack: Pack) -> None:
    """Fill objects and obliques: what prepositions govern, and what stands in a case of its own."""
    if p.node.verb:
        _of_verb(p, nodes, pack)
    else:
        _of_noun(p, nodes, pack)


def _of_verb(p: Predicate, nodes: list[Node], pack: Pack) -> None:
    turned = any(t[0] in "SPvrfit" for t in p.node.tags) and all(t[0] in "SPvrfitNA" for t in p.node.tags)
    start = _start(nodes, p.index)
    behind = [k for k in _reach(nodes, p.index) if nodes[k].mention]
    before = [k for k in range(start, p.index) if nodes[k].mention and not any(nodes[j].verb for j in range(k, p.index))]
    for k in [*behind, *reversed(before)]:
        m = nodes[k].mention
        if m is None or m.modifier or m is p.subject or (m.place and _governor(nodes, k) is None) or m.attribute:
            continue
        at = _governor(nodes, k)
        if at is not None and _case(m) != {"n"}:
            p.obliques.append((spelt(nodes[at], pack), m))
            continue
        c = _case(m) or (frozenset() if _owned(nodes, k) else frozenset("adig"))
        if turned:
            if "i" in c:
                p.obliques.append(("BY", m))
        elif "a" in c or (p.negated and "g" in c):
            p.objects.append(m)
        for letter in sorted(c):
            if letter in _MARKED:
                p.obliques.append((_MARKED[letter], m))


def _reach(nodes: list[Node], i: int) -> Iterator[int]:
    """Nodes behind a verb that may hang on it: its clause, up to a further act in the infinitive."""
    for k in _stretch(nodes, i):
        if nodes[k].verb and "I" in nodes[k].tags and nodes[k].has("trigger", "cue"):
            return
        yield k


def _of_noun(p: Predicate, nodes: list[Node], pack: Pack) -> None:
    """A noun's owner is an adjective before it or a genitive behind it; its agent stands in the instrumental."""
    owners = []
    for j in range(p.index - 1, max(-1, p.index - 5), -1):
        m = nodes[j].mention
        if m and (m.modifier or m.kind == "pronoun") and m.argument:
            owners.append(m)
            break
        if not (_adjective(nodes[j]) or _like_adjective(nodes[j]) or (nodes[j].word and not nodes[j].kinds and nodes[j].text[0].islower())):
            break
    fresh = True
    for k in _stretch(nodes, p.index):
        n, m = nodes[k], nodes[k].mention
        at = _governor(nodes, k) if m else None
        if m is None or m.modifier or m.attribute or (m.place and at is None):
            fresh = fresh and (not n.word or _adjective(n) or _like_adjective(n) or n.has("glue:coordinators", "glue:plural_markers"))
            continue
        c = _case(m)
        if at is not None and c != {"n"}:
            p.obliques.append((spelt(nodes[at], pack), m))
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


def spelt(preposition: Node, pack: Pack) -> str:
    """A preposition in the spelling that frames use: one for "with" before one consonant and before two."""
    text = preposition.text.lower()
    return pack.grammar.prepositions.get(text, text)
