"""Clause grammar: for each act in a sentence its subject, object and marked arguments, and what its clause is.

A shallow walk over nodes, the same for every language: clause borders are complementizers, subordinators,
relative words, verbs and commas; quotations are parsed on their own. Which words these are is the pack's.
"""

from __future__ import annotations

from collections.abc import Iterator

from kawat.clauses import cases, nominative
from kawat.clauses.borders import DASHES, SUBORDINATE, governor, opens_clause, pause
from kawat.clauses.classes import before, decide, object_behind, small
from kawat.clauses.company import of_reporter, part_company
from kawat.clauses.enclosed import frame
from kawat.clauses.happening import take_place
from kawat.clauses.headlines import look_ahead
from kawat.clauses.light import light_of
from kawat.clauses.marking import BORDERS, attributive, planner
from kawat.clauses.openers import set_opener
from kawat.clauses.owners import find_owner
from kawat.clauses.predicates import Domain, Predicate
from kawat.clauses.preverbal import act_noun, mark_relatives, owner_of_next, preverbal, regard
from kawat.clauses.subjects import find_subject
from kawat.clauses.voice import enclose, made, nominal, willed
from kawat.documents.quotes import Quote
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import ACTS, Node, is_verb
from kawat.packs import Pack

_QUOTE_WORDS = 4  # a quotation of at least so many words is a sentence of its own; a shorter one belongs to its clause
_PROSPECTS = frozenset({"planned", "proposed", "hypothetical"})
_SENTENCE_MARKS = (",", ".", "!", "?", "…", "。", "！", "？")


def domains(nodes: list[Node], quotes: list[Quote], pack: Pack) -> list[Domain]:
    """The sentence's outer domain first, then its quotations. `quotes`: those that touch the sentence."""
    if not nodes:
        return []
    outer: list[Node] = []
    inner: list[Domain] = []
    runs = list(_by_quotation(nodes, quotes))
    for (q, part), (_, after) in zip(runs, [*runs[1:], (None, [])], strict=True):
        if q is None:
            outer += part
        elif _own_sentence(q, part, pack) or _spoken(after) or (not outer and _opening(part, after, pack)):
            body = [n for n in part if q.inner.start <= n.start and n.end <= q.inner.end]
            outer.append(Node(part[0].start, part[-1].end, '"', kinds=frozenset({"quote"})))
            inner.append(Domain(body, q))
        else:
            outer += [n for n in part if n.start >= q.inner.start and n.end <= q.inner.end]
    found = [Domain(outer), *inner]
    for d in found:
        _parse(d, pack)
    return found


def _by_quotation(nodes: list[Node], quotes: list[Quote]) -> Iterator[tuple[Quote | None, list[Node]]]:
    """Runs of nodes with the quotation that they stand in (None: in none). Both lists are in order of start."""
    k = 0
    run: list[Node] = []
    current: Quote | None = None
    for n in nodes:
        while k < len(quotes) and max(quotes[k].outer.end, quotes[k].inner.end) <= n.start:
            k += 1
        q = quotes[k] if k < len(quotes) and quotes[k].outer.start <= n.start else None
        if run and q is not current:
            yield current, run
            run = []
        current = q
        run.append(n)
    if run:
        yield current, run


def _own_sentence(q: Quote, nodes: list[Node], pack: Pack) -> bool:
    """A long quotation (with a verb, where verbs are told by their place), or a short one with a sentence's mark inside its end."""
    last = next((n for n in reversed(nodes) if n.end <= q.inner.end), None)
    words = sum(n.word for n in nodes)
    long = words >= 2 * _QUOTE_WORDS or (
        words >= _QUOTE_WORDS and (pack.grammar.word_class == "form" or any(is_verb(n, pack) or n.has("glue:modals") for n in nodes))
    )
    return not q.closed or long or (last is not None and last.text in _SENTENCE_MARKS)


def _spoken(after: list[Node]) -> bool:
    """What follows a quotation is a comma and a dash: it was said, however short."""
    return len(after) > 2 and after[0].text == "," and after[1].text in DASHES


def _opening(part: list[Node], after: list[Node], pack: Pack) -> bool:
    """A clause in quotation marks at the front, set off by a comma: '"We are not afraid", he said'."""
    said = pack.grammar.word_class == "listed" and any(n.verb or is_verb(n, pack) or n.has("glue:negation") for n in part)
    return said and len(after) > 1 and after[0].text == ","


def _parse(d: Domain, pack: Pack) -> None:
    nodes = d.nodes
    marked = pack.grammar.arguments == "case"
    verbs: dict[int, Predicate] = {}
    if pack.grammar.word_class == "position":
        decide(nodes, pack)
    else:
        for i, n in enumerate(nodes):
            n.verb = is_verb(n, pack) and not _adverbial(nodes, i) and not _root_noun(nodes, i, pack) and not nominal(nodes, i, pack)
    if pack.grammar.word_class == "none":
        for i, n in enumerate(nodes):
            n.verb = n.verb and not act_noun(nodes, i)
        frame(nodes, pack)
    if marked:
        nominative.unverb(nodes)
    for i, n in enumerate(nodes):
        if not n.verb and n.kinds.isdisjoint(ACTS):
            continue
        named = nominal(nodes, i, pack) or (pack.grammar.word_class == "none" and not n.verb)
        p = Predicate(i, n, takes_clause=n.verb and _takes_clause(n, pack), start=i, nominal=named)
        if n.verb and pack.grammar.passive == "enclosing":
            enclose(p, nodes, verbs)
        set_opener(p, nodes, verbs)
        if n.verb:
            p.subject = nominative.find_subject(p, nodes, verbs) if marked else find_subject(p, nodes, verbs)
            verbs[i] = p
            if p.subject is None and n.form and n.has("cue"):
                p.subject = _whose_words(p, d)
        else:
            p.light = light_of(nodes, i, verbs, pack)
        if marked:
            p.attributive = attributive(n) and (p.subject is None or p.subject.kind not in ("person", "state"))
            p.subject = p.subject or (nominative.find_house(p, nodes, pack) if n.has("cue") else None)
            _auxiliaries(p, nodes, verbs, pack)
            if n.tags and all(t[0] in "Ff" for t in n.tags):
                p.modality |= {"planned"}  # a future form
            elif n.tags and all(t == "G" for t in n.tags) and (first := _last_verb(verbs, i)) and first.opener == "main":
                p.modality |= first.modality & _PROSPECTS  # "will withdraw, freeing the hostages"
            cases.find_arguments(p, nodes, pack)
            p.following = list(_following(p, nodes))
            d.predicates.append(p)
            continue
        if n.verb or pack.grammar.adjuncts == "behind" or not n.has("trigger"):
            _dependents(p, nodes, prenominal=pack.grammar.adjuncts == "before")
        if pack.grammar.possessor == "behind":
            p.owner = next(iter(p.objects), None)
        elif pack.grammar.possessor == "marked":
            p.owner = p.oblique("OF")
        elif not n.verb and pack.grammar.adjuncts == "behind":
            p.owner = find_owner(nodes, i)
        if n.verb and pack.grammar.passive == "auxiliary":
            p.passive = _passive(p, nodes, verbs, pack)
        _auxiliaries(p, nodes, verbs, pack)
        if pack.grammar.adjuncts == "before":
            preverbal(p, nodes, pack)
        d.predicates.append(p)
    if pack.grammar.adjuncts == "before":
        mark_relatives(nodes, verbs, pack)
        regard(nodes, verbs, pack)
        part_company(nodes, verbs, pack)
        of_reporter(verbs)
    if pack.grammar.word_class == "position" and not marked:
        look_ahead(d, pack.data.glue.infinitive)
    _cataphora(d, verbs, marked)
    _share_objects(d, verbs)
    _fronted(d, verbs)
    take_place(d, verbs, marked)


def _share_objects(d: Domain, verbs: dict[int, Predicate]) -> None:
    """ "Blocked and attacked the ships": the first verb has the object of the second."""
    for i in sorted(verbs, reverse=True):
        second = verbs.get(i + 2)
        if second and d.nodes[i + 1].has("glue:coordinators") and not verbs[i].objects:
            verbs[i].objects = second.objects


def _fronted(d: Domain, verbs: dict[int, Predicate]) -> None:
    """ "With Brazil, Indonesia agreed": the phrase at the front belongs to the main verb."""
    nodes = d.nodes
    main = next((verbs[i] for i in sorted(verbs) if verbs[i].opener == "main"), None)
    if main and main.index > 3 and nodes[0].has("glue:instrument") and nodes[1].mention and pause(nodes, 2):
        main.obliques.append((nodes[0].text.lower(), nodes[1].mention))


def _adverbial(nodes: list[Node], i: int) -> bool:
    """A word that only modifies the verb after it ("berulang kali")."""
    return nodes[i].has("glue:adverbs") and not nodes[i].has("trigger")


def _root_noun(nodes: list[Node], i: int, pack: Pack) -> bool:
    """A bare root that headlines use as a verb ("AS ekspor gandum") is a noun behind a plain word or preposition ("barang ekspor")."""
    n = nodes[i]
    word = n.text.lower()
    if pack.verb_shape is None or " " in word or pack.verb_shape.fullmatch(word) or word in pack.verbs or not i:
        return False
    before = nodes[i - 1]
    if before.mention or before.time or not before.word or before.has("glue:adverbs", "glue:negation", "quote"):
        return False
    return not before.moods and not before.has(*SUBORDINATE)


def _takes_clause(n: Node, pack: Pack) -> bool:
    cues = [pack.data.cues[e.ref] for e in n.entries if e.kind == "cue"]
    return any(c.kind in ("verb", "participle") and c.sense not in ("praise", "criticise") for c in cues)


def _dependents(p: Predicate, nodes: list[Node], prenominal: bool = False) -> None:
    """Objects and prepositional arguments up to the next border; and, further on, whom the words still name.

    `prenominal`: owners and relative clauses stand before their noun, so the last mention of a chain is its head.
    """
    preposition: str | None = None
    between: str | None = None
    bare_open = True
    for k in range(p.index + 1, len(nodes)):
        n = nodes[k]
        if n.mention and n.mention.of == "possessor" and (preposition is not None or (k + 1 < len(nodes) and nodes[k + 1].mention)):
            continue  # "met with their counterparts", "said his spokesman NAME"
        if n.mention and (n.mention.argument or (n.mention.place and preposition is not None)):
            if preposition is not None:
                p.obliques.append((preposition, n.mention))
                if between and (second := _second_party(nodes, k)):
                    p.obliques.append((between, second))
            elif bare_open:
                if prenominal and n.mention.argument and owner_of_next(nodes, k):
                    continue
                p.objects.append(n.mention)
            bare_open, preposition, between = False, None, None
        elif _ends_reach(nodes, k):
            break
        elif not n.kinds:
            continue
        elif n.has("glue:passive_agent"):
            preposition = "BY"
        elif n.has("glue:possessive"):
            preposition = preposition or "OF"  # "at the port of B": whose port, not whose act
        elif prenominal and n.has("glue:comitative") and not (k + 2 < len(nodes) and nodes[k + 2].has("glue:genitive")):
            # behind its verb it is "and", unless it tells of a noun: "ratified the [with A 's] treaty"
            if k == p.index + 1:
                break  # "joins-A and B": the object stands in the verb's own form
        elif n.has("glue:prepositions", "glue:locative", "glue:between", "glue:topics"):
            preposition = n.text.lower()
            between = preposition if n.has("glue:between") else None
    p.following = list(_following(p, nodes))


def _ends_reach(nodes: list[Node], k: int) -> bool:
    n = nodes[k]
    if n.verb or pause(nodes, k) or n.text in (";", ":", "("):
        return True
    return bool(n.kinds) and (n.has("quote", "glue:relative", "glue:complementizers", "glue:adversatives") or opens_clause(nodes, k))


def _following(p: Predicate, nodes: list[Node]) -> Iterator[Mention]:
    """The mentions behind a predicate, up to "that" and the one right behind it."""
    for k in range(p.index + 1, len(nodes)):
        m = nodes[k].mention
        if "glue:complementizers" in nodes[k].kinds:
            first = nodes[k + 1].mention if k + 1 < len(nodes) else None
            if first and first.argument:
                yield first
            return
        if m and m.argument:
            yield m


def _second_party(nodes: list[Node], k: int) -> Mention | None:
    """ "Between A, who …, and B": the mention behind "and", over an aside after the mention at `k`."""
    first = nodes[k].mention
    if first is None or len(first.ids) > 1 or k + 1 >= len(nodes) or not pause(nodes, k + 1):
        return None
    for j in range(k + 2, len(nodes) - 1):
        if pause(nodes, j) and nodes[j + 1].has("glue:coordinators"):
            after = next((n for n in nodes[j + 2 : j + 6] if n.mention), None)
            return after.mention if after else None
    return None


def _passive(p: Predicate, nodes: list[Node], verbs: dict[int, Predicate], pack: Pack) -> bool:
    """A participle behind an auxiliary of the passive, in a row with such a one, or with an agent and no object."""
    n = p.node
    if n.form != "past" and n.text.lower() not in pack.unchanged:
        return False
    if reduced := _reduced(p, nodes, verbs):
        p.subject = reduced
        return True
    j = before(nodes, p.index, pack)
    if j >= 0 and nodes[j].has("glue:passive_auxiliaries"):
        return True
    if j >= 0 and nodes[j].has("glue:sub:time", "glue:sub:condition") and not nodes[j].has("glue:prepositions") and not p.objects:
        return True  # "when asked to comment"
    if j > 0 and nodes[j].has("glue:coordinators") and (first := _last_verb(verbs, p.index)) and first.passive and not p.objects:
        return True
    return p.oblique("BY") is not None and not p.objects and not object_behind(nodes, p.index, pack)


def _reduced(p: Predicate, nodes: list[Node], verbs: dict[int, Predicate]) -> Mention | None:
    """ "Spoke of the citizens detained in A": a participle right behind whom it tells of, where the clause has its verb already."""
    left = nodes[p.index - 1].mention if p.index else None
    if left is None or not left.argument or p.objects or p.node.form != "past" or p.node.has("cue"):
        return None
    first = _last_verb(verbs, p.index)
    if first is None or first.takes_clause or governor(nodes, p.index - 1) is None:
        return None
    between = range(first.index + 1, p.index)
    divided = any(pause(nodes, k) or nodes[k].has("glue:coordinators", *BORDERS) or opens_clause(nodes, k) for k in between)
    return None if divided else left


def _whose_words(p: Predicate, d: Domain) -> Mention | None:
    """ "The statement by the ministry said": whose words the noun before a reporting verb are."""
    q = next((q for q in reversed(d.predicates) if q.index < p.index), None)
    if q is None or not q.node.noun or not q.node.has("cue") or any(pause(d.nodes, k) for k in range(q.index, p.index)):
        return None
    return q.owner or q.oblique("BY")


def _last_verb(verbs: dict[int, Predicate], i: int) -> Predicate | None:
    return next((verbs[k] for k in sorted(verbs, reverse=True) if k < i), None)


def _auxiliaries(p: Predicate, nodes: list[Node], verbs: dict[int, Predicate], pack: Pack) -> None:
    """Negation and modality from the words right before the predicate (and before its light verb)."""
    found: set[str] = set()
    at = p.light.start if p.light else p.start
    if p.start != p.index and p.node.verb:
        found |= nodes[p.start].moods  # "will be" of "will be freed": one word with the auxiliary
    for j in range(at - 1, max(-1, at - 7), -1):
        n = nodes[j]
        if n.mention and j == at - 1 and planner(nodes, j, p.node):
            continue
        if n.mention or n.time:
            break
        if n.has("glue:negation"):
            p.negated = True
        elif n.has("glue:passive_auxiliaries") and p.node.form == "progressive" and p.node.verb and not n.verb:
            found.add("ongoing")
        elif not n.moods and not n.has("glue:sub:purpose", "glue:auxiliaries") and not small(n, pack):
            break
        found |= n.moods
    if p.light:
        p.negated |= p.light.negated
        found |= p.light.modality | p.light.node.moods
    if p.node.verb and p.subject and (u := _last_verb(verbs, p.start)):
        found |= willed(u, p, u.node.moods)
    if p.opener == "complement" and nodes[p.border].has("glue:whether"):
        found.add("hypothetical")
    if p.node.verb and p.start > 1 and nodes[p.start - 1].has("glue:coordinators") and (first := _last_verb(verbs, p.start)):
        found |= (
            first.modality & _PROSPECTS if first.opener == p.opener and first.node.form == p.node.form else set()
        )  # "plans to visit A and meet B"
    elif pack.grammar.word_class == "listed" and p.start > 1 and pause(nodes, p.start - 1) and (first := _last_verb(verbs, p.start)):
        row = first.subject is p.subject and first.opener == p.opener and not p.node.has("cue")
        found |= first.modality & {"planned"} if row and p.node.verb else set()  # "will downgrade ties, expel B"
    bare = p.node.form == "base" and p.node.verb and p.node.text.lower() not in pack.unchanged
    if (bare or p.opener == "purpose") and not found and (maker := _last_verb(verbs, p.start)) and made(maker, p):
        found |= maker.modality & {*_PROSPECTS, "conditional"}
        p.negated |= maker.negated
    if bare and p.opener == "complement" and not found and p.subject and len(p.subject.ids) == 1:
        found.add("proposed")  # "demanded that Iran leave"
    p.modality = frozenset(found)


def _cataphora(d: Domain, verbs: dict[int, Predicate], marked: bool) -> None:
    """A clause before the main one takes the main subject: "Menegaskan …, Wang Yi memuji …"."""
    own = sorted(verbs)
    for k, i in enumerate(own):
        if marked and not verbs[i].node.tags & {"G", "I"}:
            continue
        if verbs[i].subject is None and verbs[i].opener in ("main", "time", "cause", "concession", "purpose"):
            commas = [x for x in range(i, len(d.nodes)) if d.nodes[x].text == ","]
            if any(commas and j < commas[0] and verbs[j].node.has("glue:copulas") for j in own[k + 1 :]):
                continue  # "To tell A to yield means …": the clause is itself a subject
            later = next((verbs[j] for j in own[k + 1 :] if verbs[j].subject and any(i < c < j for c in commas)), None)
            before = d.nodes[verbs[i].border : i]  # "the panel", in no list, is a subject too
            own_noun = any((n.has("organisation") and not n.verb) or n.has("glue:articles", "glue:definite") for n in before)
            if later and not own_noun and not any(n.mention and n.mention.argument for n in d.nodes[:i]):
                verbs[i].subject = later.subject
