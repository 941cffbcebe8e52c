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
_ANSWERS = frozenset({"ACCUSE", "SUPPORT", "REJECT", "THREATEN", "CONCEDE"})  # to what somebody did


def preverbal(p: Predicate, nodes: list[Node], pack: Pack) -> None:
    """Fill the arguments, negation and modality that stand before an act."""
    found = set(p.modality)
    plain, named = 0, False
    k = p.index - 1
    while k >= 0 and (not _stops(nodes[k]) or _carries(nodes, k, p)):
        n = nodes[k]
        if 0 <= n.frame < k:
            k = n.frame - 1
            continue
        if n.mention:
            g = governor(nodes, k)
            if g is None or (not p.node.verb and _owns(nodes, k, g, p, pack)):
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
            if not n.has("glue:object_marker") or (plain == 0 and not named):
                found |= n.moods
        plain += n.word and not n.kinds
        named |= n.has("trigger")
        k -= 1
    p.modality = frozenset(found)


def _owns(nodes: list[Node], k: int, g: int, p: Predicate, pack: Pack) -> bool:
    """The mention at `k` owns the act noun, though a preposition stands before it: it leads the noun, or a verb behind that."""
    if k == p.index - 2 and _wanted(nodes, p.index, nodes[g].text, pack):
        return True
    marked = p.owner is None and any(n.has("glue:genitive") for n in nodes[k + 1 : p.index])
    about = not nodes[g].has("glue:locative", "glue:comitative", "glue:passive_agent", "glue:object_marker", "glue:between")
    return marked and about and not _takes(p.node, nodes[g].text, pack)


def _wanted(nodes: list[Node], i: int, preposition: str, pack: Pack) -> bool:
    """The act behind node `i` takes the preposition before it: "for A's truce thanks B"; what `i` names is A's."""
    n = nodes[i + 1] if i + 1 < len(nodes) else None
    return n is not None and n.verb and _takes(n, preposition, pack)


def _takes(n: Node, preposition: str, pack: Pack) -> bool:
    """The frame of an act has a place for what stands behind the preposition."""
    rows = [pack.data.triggers[e.ref] for e in n.entries if e.kind == "trigger"]
    return any(f"prep:{preposition}" in t.actor + t.recipient for t in rows)


def _carries(nodes: list[Node], k: int, p: Predicate) -> bool:
    """A light verb right before its act only carries tense and mood: "is still imposing sanctions"."""
    return k == p.index - 1 and nodes[k].has("glue:light") and not nodes[k].has("trigger", "cue")


def _stops(n: Node) -> bool:
    return (n.verb and not _modal(n)) or n.text in _HARD or n.has("quote", "glue:complementizers")


def _modal(n: Node) -> bool:
    """A verb that only tells how real the next act is: "intends with A to hold talks"."""
    return bool(n.moods) and not n.has("cue")


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
    if nodes[i].has("glue:copulas"):
        return False
    k = i - 1
    while k > 0 and _attribute(nodes[k]):
        k -= 1
    if k >= 0 and (nodes[k].has("glue:genitive") or (k < i - 1 and _carrier(nodes[k]))):
        return True
    if _compound(nodes, i):
        return True
    for n in nodes[i + 1 :]:
        if n.has("glue:takes_place"):
            return True
        if n.has("trigger", "cue", "quote", "glue:genitive") or n.text in _HARD or (n.mention and n.mention.argument):
            return False
    return False


def _attribute(n: Node) -> bool:
    """What stands between an owner's mark or a light verb and an act noun: "A's first talks"."""
    return n.has("glue:prenominal", "glue:indefinite", "glue:aspect") and not n.verb and not n.mention


def _carrier(n: Node) -> bool:
    """A verb that only does what its noun names."""
    return n.has("glue:light") and not n.has("glue:passive_agent", "trigger", "cue")


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


def mark_relatives(nodes: list[Node], verbs: dict[int, Predicate], pack: Pack) -> None:
    """A clause before the noun that it tells of ("the V-ing O 's N"): its verb is no main verb, and what it lacks is that noun."""
    inner = -1
    for i, p in verbs.items():
        if i == inner:
            continue
        if _of_content(nodes, i, pack):
            p.opener, p.attributive, p.content = "relative", True, True
            continue
        if i and nodes[i - 1].has("glue:indefinite", "glue:copulas"):  # "a [condemning … 's] resolution", "is [condemning …]"
            p.opener, p.attributive = "relative", True
            continue
        far = _end_of_relative(nodes, i, over=True)
        if far is not None and (head := _head_behind(nodes, far)) and (at := _hander(nodes, i, p, verbs, pack)) is not None:
            _relate(p, head, nodes, far)
            _take_head(head, nodes, at, far, verbs)
            noun = next((j for j in range(i + 1, far) if j in verbs), -1)  # "[crushed protests 's] A": they are no act of A's
            if noun > 0 and not nodes[i].has("glue:light", "glue:causatives"):
                verbs[noun].subject, verbs[noun].attributive = None, True
                inner = noun
            continue
        k = _end_of_relative(nodes, i)
        if k is None:
            continue
        if i and nodes[i - 1].has("glue:aspect"):  # "filmed a [supporting A 's] march"
            p.opener, p.attributive = "relative", True
            continue
        head = _head_behind(nodes, k)
        later = any(j > k for j in verbs)
        if k > i + 1 and (p.takes_clause or not (head and later) or _accuses(nodes, i, p)):
            continue
        p.opener, p.attributive = "relative", True
        if k > i + 1 or p.subject is None:
            p.subject = head
        elif head and not p.objects:
            p.objects = [head]


def _of_content(nodes: list[Node], i: int, pack: Pack) -> bool:
    """ "The plan to end the war": what a plan holds is not done. "Blamed A's plan" has its object there, but behind another verb."""
    k = _end_of_relative(nodes, i)
    head, nouns = nodes[k + 1] if k is not None else None, tuple(pack.data.glue.contents)
    if head is None or (not head.text.startswith(nouns) and (head.kinds or not head.text.endswith(nouns))):
        return False
    types = {pack.data.triggers[e.ref].type for e in nodes[i].entries if e.kind == "trigger"}
    return bool(types) and (types.isdisjoint(_ANSWERS | {"AGREE", "REQUEST"}) or (i > 0 and nodes[i - 1].verb))


def _hander(nodes: list[Node], i: int, p: Predicate, verbs: dict[int, Predicate], pack: Pack) -> int | None:
    """ "A [on V-ing 's B] puts sanctions", "A helps [V-ing 's B]": its subject stands before the node returned, so B V-s."""
    for k in range(i - 1, -1, -1):
        n = nodes[k]
        if n.text in _HARD or n.has("quote", "glue:coordinators", "glue:genitive"):
            return None
        if n.mention and n.mention.argument and governor(nodes, k) is None:
            return None
        if k in verbs and not n.has("glue:light"):
            alone = nodes[i + 1].has("glue:genitive") and not p.obliques  # "A joins [C V-s 's B]": B is what is V-ed
            return None if alone or verbs[k].subject is not p.subject or _governs(verbs[k], k == i - 1, pack) else k
        if n.has("glue:prepositions") and not n.has("glue:adverbs", "glue:passive_agent") and not nodes[k + 1].mention:
            return k if p.subject else None
    return None


def _governs(up: Predicate, beside: bool, pack: Pack) -> bool:
    """A verb that has the next one, not a noun, for its object: "demands to free", "decides to expel", "is hit by"."""
    n = up.node
    if up.takes_clause or _modal(n) or n.has("glue:passive_agent", "glue:resolves", "glue:ends", "glue:negation"):
        return True
    types = {pack.data.triggers[e.ref].type for e in n.entries if e.kind == "trigger"}
    return n.has("glue:causatives") and not (beside and types and types <= {"ACCUSE", "SUPPORT"})


def _relate(p: Predicate, head: Mention, nodes: list[Node], end: int) -> None:
    """The verb of a relative clause whose head does it; its object stands before the mark at `end`."""
    p.opener, p.attributive, p.subject = "relative", True, head
    if head in p.objects:
        inner = nodes[end - 1].mention
        p.objects = [inner] if inner and inner.argument and governor(nodes, end - 1) is None else []


def _take_head(head: Mention, nodes: list[Node], at: int, end: int, verbs: dict[int, Predicate]) -> None:
    """The head of a relative clause belongs to the verb at `at`, or to the next one behind the preposition there."""
    if at in verbs:
        verbs[at].objects = verbs[at].objects or [head]
        return
    later = next((verbs[j] for j in sorted(verbs) if j > end), None)
    if later and not any(n.text in _HARD for n in nodes[end : later.index]):
        later.obliques.append((nodes[at].text, head))


def _accuses(nodes: list[Node], i: int, p: Predicate) -> bool:
    """ "A accuses B's critics of …": its object does the next act, and its own subject stands before it."""
    return nodes[i].has("glue:causatives") and nodes[i].has("cue") and p.subject is not None


def _head_behind(nodes: list[Node], k: int) -> Mention | None:
    """The noun that the relative clause ending at `k` tells of."""
    return next((n.mention for n in nodes[k + 1 : k + 3] if n.mention and n.mention.argument), None)


def _end_of_relative(nodes: list[Node], i: int, over: bool = False) -> int | None:
    """Index of the mark that ends the relative clause of the verb at `i`; `over`: its object may be an act, which looks like a verb."""
    for k in range(i + 1, min(len(nodes) - 1, i + 6)):
        n = nodes[k]
        if n.has("glue:genitive"):
            return k
        act = over and not (n.has("cue") and not n.has("trigger")) and not any(x.mention or x.verb for x in nodes[i + 1 : k])
        if n.text in _HARD or (n.verb and not act) or n.has("quote"):
            return None
    return None


def regard(nodes: list[Node], verbs: dict[int, Predicate], pack: Pack) -> None:
    """A clause between a preposition and the act that takes it: "A over [B bombs C] voices anger" is done to B, who bombs."""
    for i, p in verbs.items():
        k = _regarded(nodes, i, verbs, pack) if not p.objects else None
        m = nodes[k + 1].mention if k is not None else None
        if k is None or m is None:
            continue
        p.obliques.append((nodes[k].text, m))
        if p.subject and p.subject.span.start > nodes[k].start:
            p.subject = _before_frame(nodes, k, verbs)
        for j, q in verbs.items():
            if k < j < i:
                q.attributive = True
                if _last_named(nodes, k, j) is m:
                    q.obliques = [(w, x) for w, x in q.obliques if x is not m]
                    q.subject = m


def _before_frame(nodes: list[Node], k: int, verbs: dict[int, Predicate]) -> Mention | None:
    """The subject of the clause in which the preposition at `k` opens another."""
    for j in range(k - 1, -1, -1):
        if j in verbs:
            return verbs[j].subject
        m = nodes[j].mention
        if m and m.argument and governor(nodes, j) is None:
            return m
    return None


def _last_named(nodes: list[Node], k: int, j: int) -> Mention | None:
    """Who stands last before the verb at `j` behind no other preposition than that at `k`, and owns nothing there."""
    for x in range(j - 1, k, -1):
        n = nodes[x]
        if n.has("glue:genitive"):
            return None
        if n.mention and n.mention.argument and governor(nodes, x) in (k, None):
            return n.mention
    return None


def _regarded(nodes: list[Node], i: int, verbs: dict[int, Predicate], pack: Pack) -> int | None:
    """Index of the preposition which the act at `i` takes before all else, and whose clause holds a verb."""
    rows = [pack.data.triggers[e.ref] for e in nodes[i].entries if e.kind == "trigger"]
    wanted = {place[5:] for t in rows if t.type in _ANSWERS for place in t.recipient if place.startswith("prep:")}
    verb = False
    for k in range(i - 1, -1, -1):
        n = nodes[k]
        verb |= k in verbs
        if n.text in _HARD or n.has("quote") or (not verb and n.has("glue:coordinators") and not n.has("glue:comitative")):
            return None
        if n.text in wanted and n.has("glue:prepositions"):
            m = nodes[k + 1].mention
            return k if m and m.argument and verb else None
    return None


def owner_of_next(nodes: list[Node], k: int) -> bool:
    """The mention at `k` only owns what follows: "A's plan's critics" are critics, "the A issue" is an issue."""
    if k + 1 < len(nodes) and nodes[k + 1].has("glue:topics_behind"):
        return True
    for j in range(k + 1, len(nodes) - 1):
        n = nodes[j]
        if n.has("glue:genitive") and nodes[j + 1].mention:
            return True
        if n.mention or n.verb or not n.word or n.has("trigger", "cue", "glue:coordinators", "glue:prepositions"):
            return False
    return False
