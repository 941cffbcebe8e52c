"""Subjects in languages with cases: a nominative that agrees with the verb, on whichever side of it."""

from __future__ import annotations

from itertools import pairwise

from kawat.clauses.borders import SUBORDINATE, pause
from kawat.clauses.marking import (
    BORDERS,
    adjectival,
    attributive,
    case_of,
    chained,
    governed_by,
    is_finite,
    like_adjective,
    owned,
    spelt,
    start_of,
    stretch,
)
from kawat.clauses.openers import Verbs
from kawat.clauses.predicates import Predicate
from kawat.clauses.subjects import maker, parallel_report
from kawat.lexicon.inflect import cases, finite, numbers
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.packs import Pack

_HOUSES = frozenset({"state", "organisation", "institution", "media", "group", "plain-group"})


def nominative(nodes: list[Node], k: int, p: Predicate | None = None) -> bool:
    """True where the mention at node `k` can be a subject (of `p`)."""
    m = nodes[k].mention
    if m is None or not m.argument or m.modifier:
        return False
    c = case_of(m)
    if c and "n" not in c:
        return "g" in c and _counted(nodes, k)
    if c != {"n"} and _channel(nodes, k):
        return False
    if c != {"n"} and (governed_by(nodes, k) is not None or (not c and owned(nodes, k))):
        return False
    return p is None or _agree(m, p)


def _channel(nodes: list[Node], k: int) -> bool:
    """ "On the air of [radio] NAME": the outlet by which something was said is not who said it."""
    at = k - 1 if k and nodes[k - 1].has("introducer") and not nodes[k - 1].tags else k
    by = nodes[at - 1] if at else None
    return by is not None and ((by.has("via:before") and not by.verb) or (at < k and chained(nodes, at, frozenset("g")) is not None))


def _counted(nodes: list[Node], k: int) -> bool:
    """ "A number of deputies said": a genitive behind a word that counts is what is counted."""
    for j in range(k - 1, max(-1, k - 4), -1):
        n = nodes[j]
        if n.has("glue:plural_markers") or n.text.isdecimal():
            counted = j > 0 and nodes[j - 1].text.isdecimal()
            return governed_by(nodes, j) is None and (not n.tags or "n" in cases(n.tags) or counted)
        owner = n.mention is not None and n.mention.kind == "pronoun" and n.mention.of == "possessor"
        if not owner and not adjectival(n) and not like_adjective(n):
            return False
    return False


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
    mine = numbers(m.tags) if "n" in case_of(m) else frozenset()
    if "n" not in case_of(m) and case_of(m):
        return not wanted.isdisjoint("pns")  # what is counted
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


def _dropped(p: Predicate, verbs: Verbs, start: int) -> Mention | None:
    """ "He said that [he] will not go": a subject left out in a reported clause is that of the report, if the verb agrees with it."""
    up = next((verbs[k] for k in sorted(verbs, reverse=True) if k < start), None)
    personal = any(t[1:2] in ("m", "f", "s", "p") and t[0] in "VRF" for t in p.node.tags)
    if up is None or up.subject is None or not personal or not up.node.has("cue"):
        return None
    return up.subject if _agree(up.subject, p) else None


def unverb(nodes: list[Node]) -> None:
    """What looks like a finite verb behind a preposition is a noun of the same form."""
    for before, n in pairwise(nodes):
        if n.verb and n.tags and is_finite(n) and before.has("glue:prepositions") and not before.has("glue:complementizers"):
            n.verb = False


def find_subject(p: Predicate, nodes: list[Node], verbs: Verbs) -> Mention | None:
    """The subject of a verb: an agreeing nominative of its clause, else what the form of the verb tells."""
    if attributive(p.node):
        return _head(p, nodes)
    if p.node.tags and not finite(p.node.tags):
        return _controlled(p, nodes, verbs)
    if p.node.has("cue") and (up := parallel_report(p, nodes, verbs)):
        p.parallel = up
        return up.subject
    start = start_of(nodes, p.index)
    left = [k for k in range(start, p.index) if nominative(nodes, k, p)]
    other = [k for k in range(start, p.index) if k in verbs and is_finite(nodes[k])]
    if left and (not other or left[-1] > other[-1]):
        own = [k for k in left if not other or k > other[-1]]
        sure = [k for k in own if case_of(nodes[k].mention) == {"n"}] if other else own  # type: ignore[arg-type]
        if sure and not (other and _joined(nodes, other[-1], p.index) and not _clausal(verbs[other[-1]])):
            return nodes[sure[-1] if other else sure[0]].mention
    right = _rightward(p, nodes)
    if other:
        return right if right and _sure(right) else verbs[other[-1]].subject
    opener = nodes[start - 1] if start else None
    if right and opener is not None and pause(nodes, start - 1) and not _sure(right) and not _reports(p):
        return _earlier(p, nodes, verbs, start - 1) or right  # "NAME, who …, condemned OTHER"
    if opener is not None and opener.has("glue:relative"):
        return right or _antecedent(nodes, start - 1) or maker(nodes, start - 2 - pause(nodes, start - 2), verbs)
    if right is None and opener is not None and opener.has("glue:complementizers"):
        return _dropped(p, verbs, start)
    if right or (opener is not None and (opener.has("glue:complementizers") or opener.has(*SUBORDINATE))):
        return right
    return _earlier(p, nodes, verbs, start - 1)


def find_house(p: Predicate, nodes: list[Node], pack: Pack) -> Mention | None:
    """ "In the ministry they said": the institution behind "in" is the subject of a plural verb that names none."""
    if p.subject or not any(t in ("Vp", "Rp", "Fp") for t in p.node.tags):
        return None
    near = [*range(p.index - 1, start_of(nodes, p.index) - 1, -1), *stretch(nodes, p.index)]
    for k in near:
        m, at = nodes[k].mention, governed_by(nodes, k)
        if m is None or at is None or m.modifier or m.kind not in _HOUSES:
            continue
        if spelt(nodes[at], pack) in pack.grammar.houses and (not case_of(m) or "l" in case_of(m)):
            house: Mention = m
            return house
    return None


def find_document(p: Predicate, nodes: list[Node]) -> Mention | None:
    """ "It is said in a statement of the ministry": whose text the words stand in."""
    for k in [*range(start_of(nodes, p.index), p.index), *stretch(nodes, p.index)]:
        m = nodes[k].mention
        if m is None or m.modifier or (case_of(m) and "g" not in case_of(m)):
            continue
        noun = next((j for j in range(k - 1, max(-1, k - 4), -1) if not adjectival(nodes[j])), None)
        if noun is not None and nodes[noun].word and not nodes[noun].mention and governed_by(nodes, noun) is not None:
            owner: Mention = m
            return owner
    return None


def _reports(p: Predicate) -> bool:
    """A reporting word that is no act of its own: what stands behind it speaks."""
    return p.node.has("cue") and not p.node.has("trigger")


def _sure(m: Mention) -> bool:
    return case_of(m) == {"n"}


def _clausal(u: Predicate) -> bool:
    return u.takes_clause


def _joined(nodes: list[Node], a: int, b: int) -> bool:
    return any(nodes[k].has("glue:coordinators", "glue:adversatives") for k in range(a + 1, b))


def _rightward(p: Predicate, nodes: list[Node]) -> Mention | None:
    """The subject behind its verb: a sure nominative, or a mention that may be one and is not the object of the same words."""
    found = [k for k in stretch(nodes, p.index) if nominative(nodes, k, p)]
    sure = [k for k in found if _sure(nodes[k].mention)]  # type: ignore[arg-type]
    if sure:
        return nodes[sure[0]].mention
    for k in found:
        if all(not n.mention or n.mention.modifier or case_of(n.mention) for n in nodes[p.index + 1 : k]):
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
    start = start_of(nodes, p.index)
    if start and pause(nodes, start - 1) and not any(n.mention and not n.mention.modifier for n in nodes[start : p.index]):
        return _before(nodes, start - 1)
    mine = cases({"A" + t[1:] for t in p.node.tags if len(t) == 3})
    for k in stretch(nodes, p.index):
        m = nodes[k].mention
        if m and m.argument and not m.modifier and (not case_of(m) or not mine or not case_of(m).isdisjoint(mine)):
            return m
    return None


def _controlled(p: Predicate, nodes: list[Node], verbs: Verbs) -> Mention | None:
    """The subject of an infinitive or gerund: that of the verb it hangs on, or the one whom that verb asks."""
    if "I" in p.node.tags and (whose := _whose(nodes, p.index)):
        return whose
    up = next((verbs[k] for k in sorted(verbs, reverse=True) if k < p.index and not attributive(nodes[k])), None)
    if up is None:
        return None
    gerund = "G" in p.node.tags
    noun = p.index - 1
    plain = noun > 0 and not nodes[noun].verb and not nodes[noun].mention
    meant = plain and nodes[noun].moods  # "of an intention to": that of who tells of it
    if not gerund and plain and not meant and governed_by(nodes, noun) is not None:
        return None  # "in an attempt to": whose attempt is not read
    if not gerund and up.node.has("glue:causatives"):
        entry = up.node.entry("trigger")
        asked = up.objects[0] if up.objects else next((m for c, m in up.obliques if c == "case:dative"), None)
        if asked and (entry is None or entry.id == "REQUEST"):
            return asked
    return up.subject


def _whose(nodes: list[Node], i: int) -> Mention | None:
    """ "In the attempts of the police to block": the owner of the noun, behind a preposition, on which an infinitive hangs."""
    m, noun = nodes[i - 1].mention if i > 1 else None, nodes[i - 2]
    if m is None or not m.argument or m.modifier or "g" not in case_of(m) or noun.mention or noun.has("trigger", "cue"):
        return None
    return m if any(t[0] == "N" for t in noun.tags) and not noun.verb and governed_by(nodes, i - 2) is not None else None


def _earlier(p: Predicate, nodes: list[Node], verbs: Verbs, at: int) -> Mention | None:
    """The subject left of a comma: over asides, a nominative of the clause, or the subject of its verb."""
    while at > 0 and (pause(nodes, at) or nodes[at].text in "()"):
        start = start_of(nodes, at)
        part = range(start, at)
        opener = nodes[start - 1] if start else None
        aside = opener is not None and (opener.has(*BORDERS) or opener.has(*SUBORDINATE))
        if not aside and not any(attributive(nodes[k]) or "G" in nodes[k].tags for k in part if k in verbs):
            own = [verbs[k] for k in part if k in verbs and is_finite(nodes[k]) and verbs[k].subject]
            if own and start and pause(nodes, start - 1) and _inserted(own[0]):
                at = _skip(nodes, start - 1)
                continue
            if own:
                return (own[0] if p.node.has("cue") else own[-1]).subject
            found = next((k for k in part if nominative(nodes, k, p)), None)
            if found is not None and not (start and pause(nodes, start - 1) and _apposed(nodes, start, found)):
                return nodes[found].mention
        at = _skip(nodes, start - 1)
    return None


def _inserted(u: Predicate) -> bool:
    """ "The US, noted NAME, goes on": a report between commas with its speaker behind is no part of the clause."""
    return _reports(u) and u.subject is not None and u.subject.span.start > u.node.end


def _skip(nodes: list[Node], k: int) -> int:
    """Back over the word that opens an aside, to its comma."""
    while k > 0 and not pause(nodes, k) and nodes[k].text not in "()" and nodes[k].has(*BORDERS, *SUBORDINATE, "glue:prepositions"):
        k -= 1
    return k


def _apposed(nodes: list[Node], start: int, found: int) -> bool:
    """A mention alone between two commas explains the one before."""
    before = nodes[start - 2].mention if start > 1 else None
    return before is not None and found == start and nominative(nodes, start - 2)
