"""Who speaks in a later clause: of two who met the first, where one word is "and" and "with"; and nobody to themselves."""

from __future__ import annotations

from kawat.clauses.borders import pause
from kawat.clauses.predicates import Predicate
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.packs import Pack

_SHARED = frozenset({"agree", "announce", "promise", "hope", "believe"})  # what those who met may well say with one voice


def part_company(nodes: list[Node], verbs: dict[int, Predicate], pack: Pack) -> None:
    """Behind a pause a person who met another is the subject of a reporting verb alone; the other one is only whom they met."""
    met: Mention | None = None
    since = 0
    for i in sorted(verbs):
        p = verbs[i]
        if p.subject and p.subject.accompanied and _meets(p, pack):
            met, since = p.subject, i
        elif met and p.subject is met and _speaks_alone(p, pack) and any(pause(nodes, k) for k in range(since, i)):
            p.subject = met.parts[0]


def _meets(p: Predicate, pack: Pack) -> bool:
    rows = [pack.data.triggers[e.ref] for e in p.node.entries if e.kind == "trigger"]
    return any(t.type == "CONSULT" and t.symmetric for t in rows) or p.node.has("glue:light")


def _speaks_alone(p: Predicate, pack: Pack) -> bool:
    senses = {pack.data.cues[e.ref].sense for e in p.node.entries if e.kind == "cue"}
    return bool(senses) and senses.isdisjoint(_SHARED)


def of_reporter(verbs: dict[int, Predicate]) -> None:
    """ "The paper said A broke the pact, and urges A to stop": nobody asks this of themselves, so whoever reports does."""
    report: Predicate | None = None
    for i in sorted(verbs):
        p = verbs[i]
        asked = p.objects[0] if p.objects and p.node.has("cue") and p.node.has("trigger") else None
        if report and report.subject and p.subject and asked and _same(asked, p.subject) and not _same(asked, report.subject):
            p.subject = report.subject
        elif report is None and p.takes_clause and p.subject:
            report = p


def _same(a: Mention, b: Mention) -> bool:
    return a is not b and bool(a.ids) and a.ids == b.ids
