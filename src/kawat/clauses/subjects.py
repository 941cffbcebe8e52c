"""Who the subject of a predicate is.

A walk to the left, the same for languages with the order subject-verb-object. Two rules carry most of it:
the object of an earlier verb is no subject, unless that verb takes a clause ("said Israel will strike"); and
what stands between commas, opened by "who", "a", a preposition or an age, is an aside.
"""

from __future__ import annotations

from kawat.clauses.borders import HARD, LINKS, SUBORDINATE, dashed, governor, opens_clause, pause, topical
from kawat.clauses.openers import Verbs, apposed_noun, around, bare, border, last_of, over
from kawat.clauses.owners import attributive
from kawat.clauses.predicates import Predicate
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node


def find_subject(p: Predicate, nodes: list[Node], verbs: Verbs) -> Mention | None:
    """The subject of a verb, or None where the clause names none."""
    if p.node.has("cue") and (up := parallel_report(p, nodes, verbs)):
        p.parallel = up
        return up.subject
    if up := _resumed(p, nodes, verbs):
        p.opener, p.parent = up.opener, up.parent
        return up.subject
    if p.node.form == "progressive" and p.index and pause(nodes, p.index - 1) and (up := _main(verbs)):
        return up.subject  # "…, saying that": whose act the sentence tells
    if p.index and nodes[p.index - 1].has("glue:depictive") and (quoted := _quoted(verbs)):
        return quoted
    if up := _listed(p, nodes, verbs):
        reports = [verbs[v] for v in sorted(verbs) if verbs[v].opener == "main" and verbs[v].node.has("cue")]
        p.parallel = reports[-1] if reports else None
        return up.subject
    return _leftward(p, p.start - 1, nodes, verbs) or _behind_phrase(p, nodes, verbs)


def _listed(p: Predicate, nodes: list[Node], verbs: Verbs) -> Predicate | None:
    """ "A welcomed the visit; stressed that …; agreed to …": a verb right behind a semicolon, where verbs have no forms."""
    k = p.start - 1
    while k > 0 and nodes[k].has("glue:adverbs", "glue:tenses", "glue:adversatives", "glue:coordinators"):
        k -= 1
    if k < 1 or nodes[k].text != ";" or p.node.form or p.node.tags:
        return None
    return next((verbs[v] for v in sorted(verbs) if verbs[v].opener == "main" and verbs[v].subject), None)


def _resumed(p: Predicate, nodes: list[Node], verbs: Verbs) -> Predicate | None:
    """ "Said that A should leave and accused B": a past form behind "and" goes on from the report, not from the bare verb inside it."""
    k = p.index - 1
    while k > 0 and nodes[k].has("glue:adverbs") and not nodes[k].has(*LINKS):
        k -= 1
    last = last_of(verbs, p.index)
    if p.node.form != "past" or k < 0 or not nodes[k].has("glue:coordinators") or last is None or last.opener != "complement":
        return None
    up = last.parent
    return up if last.node.form == "base" and up is not None and up.node.form == "past" and up.subject else None


def _behind_phrase(p: Predicate, nodes: list[Node], verbs: Verbs) -> Mention | None:
    """ "At a conference A said": somebody right before the verb, not right behind the preposition at the front of the sentence."""
    k = p.start - 1
    m = nodes[k].mention if k >= 0 else None
    if m is None or verbs or p.opener != "main" or not m.argument or m.kind not in ("person", "name", "office"):
        return None
    at = governor(nodes, k)
    return m if at == 0 and k - at > 1 and not nodes[k - 1].has("glue:articles") else None


def _main(verbs: Verbs) -> Predicate | None:
    """The last verb of the main clause that has a subject and stands in the sentence proper."""
    return next((verbs[v] for v in sorted(verbs, reverse=True) if verbs[v].opener == "main" and verbs[v].subject), None)


def _quoted(verbs: Verbs) -> Mention | None:
    """ "AGENCY quoted the minister as saying": the one who is quoted speaks."""
    up = next((verbs[v] for v in sorted(verbs, reverse=True) if verbs[v].node.has("cue")), None)
    return None if up is None else up.subject if up.passive else next(iter(up.objects), None)


def parallel_report(p: Predicate, nodes: list[Node], verbs: Verbs) -> Predicate | None:
    """A reporting verb right behind "and" goes with the last one of its clause: "said that … and added that"."""
    k = p.index - 1
    while k >= 0 and (nodes[k].time or nodes[k].has("glue:adverbs")) and not nodes[k].has(*LINKS):
        k -= 1
    if k < 0 or not (nodes[k].has(*LINKS) or (p.node.form == "progressive" and pause(nodes, k))):
        return None
    return next(
        (verbs[v] for v in sorted(verbs, reverse=True) if verbs[v].node.has("cue") and verbs[v].opener == "main" and verbs[v].subject), None
    )


def _leftward(p: Predicate, j: int, nodes: list[Node], verbs: Verbs) -> Mention | None:
    linked = plain = words = False
    while j >= 0:
        n = nodes[j]
        if 0 <= n.frame < j:
            j = n.frame - 1
            continue
        if n.mention and n.mention.argument:
            if _case_of(nodes, j, p):
                return n.mention
            g = governor(nodes, j)
            if g is None and p.node.form and p.node.has("cue") and attributive(nodes, j):
                return None
            if g is None and linked and p.node.form == "progressive" and attributive(nodes, j):
                j -= 1
                continue  # "burning Israeli flags and throwing stones"
            if g is None or (
                nodes[g].has("glue:instrument") and g == j - 1 and p.node.form in ("", "progressive") and _directly(nodes, j, p.index)
            ):
                return _owner(p, j, linked, nodes, verbs)
            if (
                p.start != p.index
                and n.mention.country
                and nodes[g].has("glue:instrument")
                and all(x.has("glue:plural_markers") for x in nodes[g + 1 : j])
            ):
                return n.mention  # "with many leaders in prison"
            if p.node.has("cue") and nodes[g].has("glue:possessive") and g and not nodes[g - 1].mention:
                return n.mention  # "A statement of the ministry says"
            j = g - 1
            continue
        if n.has("glue:relative"):
            return _antecedent(p, j, nodes, verbs)
        if border(nodes, j):
            if plain and not linked and not n.has("glue:sub:purpose", "glue:sub:means", "glue:sub:time"):
                return None  # a noun in no list is the subject
            own = n.has("glue:complementizers") and nodes[j + 1].has("relation")
            return None if own else _control(nodes, j, verbs)
        if j in verbs:
            if verbs[j].opener == "purpose" and over(verbs[j], p, nodes):
                return _outside(p, verbs[j], nodes, verbs)
            unnamed = words and (_made_to(verbs[j].node) or _there_are(nodes, j))
            return None if unnamed or (plain and not linked and verbs[j].takes_clause) else _subject_of(verbs[j], linked)
        if pause(nodes, j):
            return nodes[j - 1].mention if apposed_noun(nodes, j) else _over_pause(p, j, nodes, verbs)
        if n.text in HARD or n.has("quote"):
            return None
        linked |= n.has(*LINKS)
        words |= n.word and (not n.kinds or n.has("glue:plural_markers"))
        plain |= n.word and ((not n.kinds and n.text[0].islower()) or _such(nodes, j))
        if n.text == ")":
            while j > 0 and nodes[j].text != "(":
                j -= 1
        j -= 1
    return None


def _such(nodes: list[Node], j: int) -> bool:
    """ "Such deeds", "this deed": a noun for something done, told by the word behind it, where verbs have no forms."""
    noun = nodes[j].has("glue:nominalizers") and not nodes[j].has("glue:plural_markers", "glue:prepositions")
    return noun and nodes[j + 1].has("glue:definite", "glue:anaphora")


def _there_are(nodes: list[Node], j: int) -> bool:
    """ "There are many states that break the ban", where nothing opens the relative clause."""
    return nodes[j].has("glue:existential") and nodes[j + 1].has("glue:plural_markers")


def _made_to(n: Node) -> bool:
    """A verb such as "prevent": behind it whoever does the next act is named, be it by words in no list."""
    return n.has("glue:causatives") and not n.has("glue:light", "modality:proposed")


def _subject_of(u: Predicate, linked: bool) -> Mention | None:
    """The subject that a verb hands on; behind "and" that of the report which its clause belongs to, where it has none itself."""
    if u.subject is None and linked and u.opener == "complement" and u.parent:
        return u.parent.subject
    return u.subject


def _directly(nodes: list[Node], j: int, i: int) -> bool:
    """Only small words between: "with Macron still demanding"."""
    return all(n.has("glue:adverbs", "glue:negation") or n.moods for n in nodes[j + 1 : i])


def _owner(p: Predicate, j: int, linked: bool, nodes: list[Node], verbs: Verbs) -> Mention | None:
    """The subject, where the nearest bare mention stands at `j`: that mention, unless it is an earlier verb's object."""
    mention = nodes[j].mention
    if j > 1 and nodes[j - 1].has("glue:genitive"):  # the head of a relative clause before it, or the object's noun
        u = last_of(verbs, j)
        return u.subject if u and u.subject and not any(pause(nodes, k) for k in range(u.index, j)) else mention
    before = j - 2 if j > 2 and nodes[j - 1].has("glue:articles") else j - 1
    if j > 1 and nodes[before].has("glue:coordinators"):
        return mention  # "… to the border and NAME agreed": not joined to what stands before, so a clause of its own
    for k in range(j - 1, -1, -1):
        if nodes[k].frame > k:
            return mention
        if k in verbs:
            u = verbs[k]
            if u.opener == "purpose" and over(u, p, nodes):
                return _outside(p, u, nodes, verbs)
            if mention and mention.kind == "media" and k == j - 1 and u.subject and p.node.has("cue"):
                return u.subject  # "A answering the press said"
            says = u.node.has("glue:causatives") or (k == j - 1 and u.node.has("glue:copulas") and not (p.node.form or p.node.tags))
            if not linked and (says or u.takes_clause or _told_of(u, mention, j, p)):
                return mention
            if u.node.has("glue:causatives"):
                return u.subject  # "helped A and sent": the second verb has no part in what A does
            if u.opener == "relative" and not linked:
                return _beyond_relative(p, u, nodes, verbs)
            return u.subject or (None if linked and mention and _bare_object(u, mention) else mention)
        if pause(nodes, k) or nodes[k].text in HARD or nodes[k].has("quote", "glue:adversatives") or border(nodes, k):
            return mention
    return mention


def _case_of(nodes: list[Node], j: int, p: Predicate) -> bool:
    """ "The case [in which] A attacked": a noun for something done right before whoever did it, where verbs have no forms."""
    if not j or p.node.form or not nodes[j - 1].has("glue:nominalizers"):
        return False
    return not nodes[j - 1].has("glue:plural_markers", "glue:prepositions") and _directly(nodes, j, p.start)


def _told_of(u: Predicate, mention: Mention | None, j: int, p: Predicate) -> bool:
    """ "Punished the companies [that] arm A": a verb right behind people that something is done to, where verbs have no forms."""
    entry = u.node.entry("trigger")
    if mention is None or mention.kind != "group" or p.node.form or p.node.tags or entry is None:
        return False
    return entry.id in ("SANCTION", "COERCE", "ASSAULT", "THREATEN") and j == p.start - 1


def _bare_object(u: Predicate, mention: Mention) -> bool:
    """ "[Losses] weaken A and force B": the object of a verb whose subject is in no list."""
    return bool(u.objects) and u.objects[0] is mention and not u.node.form and not u.node.tags and u.index > 1


def _outside(p: Predicate, u: Predicate, nodes: list[Node], verbs: Verbs) -> Mention | None:
    """Left of the clause of `u`, an aim: nobody where the noun that has the aim is the subject."""
    k = u.border - 1
    return None if k >= 0 and nodes[k].has("glue:nominalizers") else _leftward(p, k, nodes, verbs)


def _beyond_relative(p: Predicate, u: Predicate, nodes: list[Node], verbs: Verbs) -> Mention | None:
    """ "The man who saw the minister said": the head of the relative clause."""
    head = u.border - 1
    if head >= 0 and bare(nodes, head) and not (head and nodes[head - 1].has("glue:indefinite") and _apposed(nodes, head - 1)):
        return _owner(p, head, False, nodes, verbs)
    return _leftward(p, head, nodes, verbs) if head >= 0 else None


def _apposed(nodes: list[Node], k: int) -> bool:
    return k > 0 and pause(nodes, k - 1)


def _antecedent(p: Predicate, j: int, nodes: list[Node], verbs: Verbs) -> Mention | None:
    k = j - 1
    if k >= 0 and pause(nodes, k):
        k -= 1
        if k >= 0 and not nodes[k].mention:
            return _over_pause(p, j - 1, nodes, verbs)
    m = nodes[k].mention if k >= 0 else None
    return m if m and m.argument else maker(nodes, k, verbs)


def maker(nodes: list[Node], k: int, verbs: Verbs) -> Mention | None:
    """ "Signed a decree that bans": who made the paper at node `k`, which does what they do by it."""
    verb = last_of(verbs, k) if k >= 0 and nodes[k].has("glue:decrees") else None
    if verb is None or any(pause(nodes, j) for j in range(verb.index, k)):
        return None
    return verb.oblique("BY") if verb.passive else verb.subject


def _control(nodes: list[Node], j: int, verbs: Verbs) -> Mention | None:
    """Subject of a clause that names none: that of the verb it depends on, or the one whom that verb asks."""
    p = last_of(around(verbs, nodes, j), j)
    if p is None:
        return None
    asked = nodes[j].has("glue:sub:purpose", "glue:complementizers") and p.objects
    entry = p.node.entry("trigger")
    if asked and entry and entry.id == "REQUEST":
        return p.objects[0]
    if p.subject is None and p.node.has("cue") and p.objects:
        return p.objects[0]  # an inverted report: "…," said A while reminding that …
    return p.subject


def _over_pause(p: Predicate, at: int, nodes: list[Node], verbs: Verbs) -> Mention | None:
    """The subject left of a comma: over asides, the first bare mention of the clause, or the subject of its verb."""
    found: Mention | None = None
    end = at
    while end > 0:
        start = max((k for k in range(end) if pause(nodes, k)), default=-1) + 1
        part = range(start, end)
        head = next((k for k in part if not nodes[k].has("glue:adverbs", *LINKS) and not nodes[k].time and not _closes(nodes, k)), None)
        if dashed(nodes, end) is not None:
            head = None
        if head is not None and nodes[head].has(*SUBORDINATE) and opens_clause(nodes, head):
            return found or (_cause(part, verbs) if start == 0 else None)
        if head is not None and not _aside(nodes, head):
            own = [v for k in part if (v := verbs.get(k)) and v.opener != "relative" and not topical(nodes, v.opener, v.border)]
            if own:
                return found or (own[0] if p.node.has("cue") else own[-1]).subject
            found = next((nodes[k].mention for k in part if bare(nodes, k)), None) or found
        end = start - 1
    return found


def _closes(nodes: list[Node], k: int) -> bool:
    """The end of a quotation that is read apart: '"…," the minister, who chairs the talks, said'."""
    return k == 0 and nodes[k].has("quote") and len(nodes) > 1 and bare(nodes, 1)


def _cause(part: range, verbs: Verbs) -> Mention | None:
    """The subject that a clause before the main one names."""
    return next((verbs[k].subject for k in part if k in verbs), None)


def _aside(nodes: list[Node], head: int) -> bool:
    n = nodes[head]
    return (
        n.has("glue:relative", "glue:prepositions", "glue:indefinite", "glue:including", "quote")
        or n.text.isdecimal()
        or opens_clause(nodes, head)
    )
