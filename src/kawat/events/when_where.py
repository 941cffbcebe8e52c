"""The date and place of an event."""

from __future__ import annotations

from itertools import accumulate

import msgspec

from kawat.clauses.borders import pause
from kawat.clauses.predicates import Domain, Predicate
from kawat.events.context import Context
from kawat.events.status import VERBAL, ahead
from kawat.mentions.nodes import Node
from kawat.records import Span, Status, When

_DATED = 3  # words from a noun's date to the noun
_FAR = 8  # what a comma or another verb between counts for, in words


def date_of(ctx: Context, domain: Domain, p: Predicate, type_: str) -> When | None:
    """The time words that belong to a predicate, of several the nearest; else those that belong to no other act."""
    chained = ctx.pack.grammar.adjuncts == "before"
    times = [k for k, n in enumerate(domain.nodes) if n.time]
    at = [k for k in times if not (_of_object(domain, k, p) if chained else _of_noun(domain.nodes, k)) and not _modifies(domain, k, p)]
    at = [k for k in at if not _enclosed(domain.nodes, k, p)]
    mine = [k for k in at if _held_on(domain, k, p) or _then(ctx, domain, k, p)] or [
        k for k in at if _belongs(domain, k, p, type_ not in VERBAL)
    ]
    mine = mine or [k for k in at if _gone_on(domain, k, p, chained) or _unclaimed(domain, k, p)]
    best = min(mine, key=lambda k: (_to_come(ctx, domain.nodes[k], p), _gap(domain, p, k)), default=None)
    row = ctx.times.get(domain.nodes[best].start) if best is not None else None
    if row is None:
        return _before(ctx, domain, p)
    return row.ahead if "planned" in p.modality or p.opener == "condition" else row.past


def _enclosed(nodes: list[Node], k: int, p: Predicate) -> bool:
    """Time words of a clause with a subject of its own, in which `p` does not stand: "since [A invaded B in 2022]"."""
    return any(j < k < n.frame and not j < p.index < n.frame for j, n in enumerate(nodes[:k]) if n.frame > j)


_NOUN = 6  # words from a classifier to the time behind its noun


def _to_come(ctx: Context, n: Node, p: Predicate) -> bool:
    """Time words that lie ahead date what has happened only where no others do."""
    row = ctx.times.get(n.start)
    return "planned" not in p.modality and row is not None and ahead(row.past, ctx.published)


def _of_object(domain: Domain, k: int, p: Predicate) -> bool:
    """Where time stands before the verb, that behind dates the object, unless a preposition leads it: "meddle in 6 November election"."""
    nodes = domain.nodes
    return p.node.verb and p.index < k and not nodes[k - 1].has("glue:prepositions") and any(n.word for n in nodes[k + 1 :])


def _of_noun(nodes: list[Node], k: int) -> bool:
    """Time words right behind a plain noun with its classifier: "the [classifier] election of 6 November"."""
    for j in range(k - 1, max(-1, k - _NOUN), -1):
        n = nodes[j]
        if n.has("glue:prepositions", "trigger", "cue") or n.verb or n.time or not n.word:
            return False
        if n.has("glue:nominalizers"):
            return j < k - 1
    return False


def _modifies(domain: Domain, k: int, p: Predicate) -> bool:
    """Time words that date another noun: "the Nov. 6 elections", "Tuesday's raid"."""
    nodes = domain.nodes
    if k + 1 >= len(nodes) or not any(n.form for n in nodes):
        return False
    after = nodes[k + 1]
    if after.mention and after.mention.kind == "state" and k + 2 < len(nodes):
        after = nodes[k + 2]  # "the Nov. 6 U.S. elections"
    if after.has("glue:genitive"):
        return not k < p.index <= k + _DATED or p.node.verb
    noun = after.word and not after.verb and not after.time and not after.has("glue:prepositions", "glue:coordinators", "glue:auxiliaries")
    return k > 0 and nodes[k - 1].has("glue:articles") and noun and not (k < p.index <= k + _DATED and p.node.noun)


def _before(ctx: Context, domain: Domain, p: Predicate) -> When | None:
    """ "Before he was elected on 5 November, he threatened": some day of that year up to then."""
    bounds = ctx.pack.data.times.bounds
    for k, n in enumerate(domain.nodes):
        row = ctx.times.get(n.start) if n.time else None
        if row is None or row.past is None or row.past.end is None or p.opener != "main":
            continue
        owner = _owner(domain, k)
        if owner.opener == "time" and bounds.get(domain.nodes[owner.border].text.lower()) == "until":
            return msgspec.structs.replace(row.past, start=f"{row.past.end[:4]}-01-01", precision="period", basis="resolved")
    return None


def _belongs(domain: Domain, k: int, p: Predicate, deed: bool = False) -> bool:
    """Time words go with the nearest act of their clause; before all acts, or set off at the end, with the main ones."""
    if k < domain.predicates[0].index or _set_off(domain, k):
        return p.opener not in ("complement", "relative") or len(domain.predicates) == 1
    owner = _owner(domain, k)
    if owner.light is p or any(owner is x for x in (p, p.light, p.happens)):
        return True
    if deed and _done_to(domain, p, owner):
        return True  # "fired on a demonstration on Friday"
    if (p.takes_clause or (owner.node.noun and owner.node.has("trigger") and owner is not p)) and owner.index > p.index:
        return False
    return not _between(domain, *sorted((owner, p), key=lambda q: q.index))


def _done_to(domain: Domain, p: Predicate, noun: Predicate) -> bool:
    """The act noun that a deed is done to."""
    if not noun.node.noun or noun.index <= p.index:
        return False
    row = domain.nodes[p.index + 1 : noun.index]
    plain = all(n.word and not n.mention and not n.verb for n in row)
    return plain and not any(n.has("glue:prepositions", "glue:coordinators") for n in row[1:])


def _between(domain: Domain, first: Predicate, last: Predicate) -> bool:
    _count_walls(domain)
    return first.index < last.index and domain.splits[last.index] > domain.splits[first.index + 1]


def _held_on(domain: Domain, k: int, p: Predicate) -> bool:
    """ "The talks, which took place on Friday": the day of the last act noun before such a clause."""
    owner = _owner(domain, k)
    if p.node.verb or owner.opener != "relative" or not owner.node.has("glue:takes_place"):
        return False
    nouns = [q for q in domain.predicates if q.index < owner.border and not q.node.verb]
    return bool(nouns) and nouns[-1] is p


def _then(ctx: Context, domain: Domain, k: int, p: Predicate) -> bool:
    """ "Cut ties in May, when crowds stormed the embassy": the time right before the clause is that of its act too."""
    nodes = domain.nodes
    near = p.border == k + 1 or (p.border == k + 2 and pause(nodes, k + 1))
    return p.opener == "time" and near and nodes[p.border].text.lower() not in ctx.pack.data.times.bounds


def _owner(domain: Domain, k: int) -> Predicate:
    owner = domain.nearest.get(k)
    if owner is None:
        owner = domain.nearest[k] = min(domain.predicates, key=lambda q: _gap(domain, q, k))
    return owner


def _set_off(domain: Domain, k: int) -> bool:
    """ "…, Friday." at the end of a sentence."""
    nodes = domain.nodes
    return k > 0 and pause(nodes, k - 1) and not any(n.word and not n.time for n in nodes[k + 1 :])


def _gone_on(domain: Domain, k: int, p: Predicate, chained: bool) -> bool:
    """Words of the act that `p` goes on from: "attacked it on Friday and took hostages"; `chained`: also behind a comma."""
    owner = _owner(domain, k)
    if owner.index > p.index or owner.subject is None or owner.subject is not p.subject or owner.opener != p.opener:
        return False
    chained |= owner is domain.predicates[0] and not owner.node.has("trigger")  # "Speaking on Friday, he promised"
    return k < p.index and (chained or not any(pause(domain.nodes, j) for j in range(owner.index, p.index)))


def _unclaimed(domain: Domain, k: int, p: Predicate) -> bool:
    """Words of a plain verb in a clause that hangs on `p`: "fired at a rally that was held on Friday"."""
    owner = _owner(domain, k)
    if owner.index < p.index and not owner.node.verb and p.opener == "main":
        end = next((j for j in range(k, p.index) if pause(domain.nodes, j)), 0)
        return end > k and not any(n.verb for n in domain.nodes[owner.index : end])  # "In their meeting in May, they agreed"
    if any(p.index < q.index < owner.border and q.node.verb for q in domain.predicates):
        return False  # "After their talks A said that the war must end, which began in 2022"
    return owner.index > p.index and owner.opener == "relative" and not owner.node.has("trigger", "cue") and not p.takes_clause


def _gap(domain: Domain, p: Predicate, k: int) -> int:
    first, last = (p.index, k) if p.index < k else (k, p.index)
    _count_walls(domain)
    walls = domain.walls
    between = walls[last] - walls[first + 1] if first < last else 0
    if p.opener not in ("main", "complement") and k < p.border <= p.index and p.node.form:
        last += _FAR  # the clause of `p` begins behind the time words
    return last - first + _FAR * between


def _count_walls(domain: Domain) -> None:
    """Counted once: each pair of time words and act would else walk the nodes between them."""
    if not domain.walls:
        nodes = domain.nodes
        splits = [pause(nodes, j) or _divides(n) for j, n in enumerate(nodes)]
        domain.splits = [0, *accumulate(splits)]
        domain.walls = [0, *accumulate(x or n.verb for x, n in zip(splits, nodes, strict=True))]


def _divides(n: Node) -> bool:
    return n.has("glue:complementizers", "glue:relative", "glue:coordinators", "glue:adversatives")


def default_date(ctx: Context, status: Status) -> When | None:
    """No time words: what happened, happened on the day the report is about, else it is dated by publication."""
    if status not in ("happened", "denied"):
        return None
    if ctx.story:
        return msgspec.structs.replace(ctx.story, basis="resolved")
    if ctx.published:
        day = ctx.published.isoformat()
        return When(start=day, end=day, precision="day", basis="published")
    return None


def place_of(ctx: Context, domain: Domain, p: Predicate, type_: str) -> tuple[str | None, Span | None, str | None]:
    """The place words nearest to the trigger: English name, span and state."""
    at = [k for k, n in enumerate(domain.nodes) if _placed(domain, k, n, p.node if type_ == "PROTEST" else None)]
    rows = [k for k in at if _belongs(domain, k, p)] or [k for k in at if _unclaimed(domain, k, p)]
    if type_ in VERBAL:
        rows = [k for k in rows if _beside(domain, k, p)]
    best = min(rows, key=lambda k: abs(k - p.index), default=None)
    if best is None:
        return None, None, None
    node = domain.nodes[best]
    place = node.entry("place")
    if place:
        row = ctx.pack.world.places[place.ref]
        return row.name, node.span, row.state or None
    return _english(ctx, node), node.span, node.mention.country if node.mention else None


def _english(ctx: Context, node: Node) -> str:
    """The usual English name of a state or capital; of a house or street the words of the text."""
    m = node.mention
    if m is None or m.entry is None or m.kind != "state":
        return node.text
    if m.entry.via.startswith("capital"):
        return ctx.pack.world.state[m.ids[0]].capital or node.text
    return node.text if m.entry.via.startswith("seat") else m.name


def _placed(domain: Domain, k: int, n: Node, rally: Node | None) -> bool:
    """A place behind "in", and not the place of another thing ("the war in Sudan")."""
    nodes = domain.nodes
    if not ((n.mention and (n.mention.place or n.mention.kind == "state")) or "place" in n.kinds):
        return False
    if k and nodes[k - 1].has("glue:articles"):
        k -= 1
    if not k or not nodes[k - 1].has("glue:place_of_event") or nodes[k - 1].frame >= k:
        return False
    return not (
        k > 1
        and nodes[k - 2].has("glue:topics", "trigger")
        and not nodes[k - 2].verb
        and nodes[k - 2] is not nodes[0]
        and nodes[k - 2] is not rally
    )


def _beside(domain: Domain, k: int, p: Predicate) -> bool:
    """For words, the place where they are said: before the act, or right behind it and whom it names."""
    if k < p.index:
        return not any(pause(domain.nodes, j) for j in range(k + 1, p.index)) or k < 4
    return all(n.mention or n.time or n.has("glue:prepositions", "glue:locative", "glue:adverbs") for n in domain.nodes[p.index + 1 : k])
