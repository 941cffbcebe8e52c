"""What is denied or admitted as a noun: "The charge China denies", in languages where case tells the object."""

from __future__ import annotations

from kawat.clauses.marking import governed_by, start_of
from kawat.clauses.predicates import Domain, Predicate
from kawat.lexicon.inflect import cases
from kawat.lexicon.schema import Cue
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.records import Span
from kawat.statements.content import Found

_OF_REPORTS = frozenset({"deny", "admit"})


def fronted(d: Domain, p: Predicate, cue: Cue, subject: Mention) -> Found | None:
    """The object before subject and verb: "These reports the ministry denied"."""
    nodes = d.nodes
    at = next((k for k in range(p.index) if nodes[k].mention is subject), 0)
    first = start_of(nodes, p.index)
    part = nodes[first:at]
    verbs = any(n.verb and not n.has("glue:copulas") for n in nodes[first : p.index])
    if cue.sense not in _OF_REPORTS or not part or verbs:
        return None
    noun = next((k for k in range(first, at) if _reported(nodes[k]) or (p.node.has("trigger") and _plain(nodes[k]))), None)
    if noun is None or governed_by(nodes, noun) is not None or not _accusative(nodes[noun]):
        return None
    return Found([Span(part[0].start, part[-1].end)], "clause")


def of_report(d: Domain, p: Predicate, cue: Cue, content: Found) -> bool:
    """True where what is denied is itself something said: charges, reports, words."""
    if cue.sense not in _OF_REPORTS:
        return False
    if p.node.has("trigger") and p.node.cue_span.end < p.node.end:
        return True  # "denied the charges" as one phrase
    span = content.spans[0]
    return any(_reported(n) for n in d.nodes if span.start <= n.start < span.end)


def _reported(n: Node) -> bool:
    return n.has("cue") and not n.verb


def _plain(n: Node) -> bool:
    """A noun that a listed phrase has taken for its object: "charges … denied"."""
    return not n.kinds and not n.mention and n.word


def _accusative(n: Node) -> bool:
    return "a" in cases(n.tags)
