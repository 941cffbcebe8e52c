"""Who goes on alone after a meeting: "A with-B held talks, and urged …" is what A urged, where one word is "and" and "with"."""

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
