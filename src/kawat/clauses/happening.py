"""Act nouns that are subjects: of a verb of taking place, or of one by which they never come."""

from __future__ import annotations

from kawat.clauses.borders import pause
from kawat.clauses.marking import BORDERS, attributive, governed_by
from kawat.clauses.predicates import Domain, Predicate
from kawat.lexicon.inflect import cases, passive
from kawat.mentions.nodes import Node


def is_passive(p: Predicate, marked: bool) -> bool:
    return p.passive or (marked and passive(p.node.tags))


def _modal(nodes: list[Node], k: int) -> bool:
    """ "Can" before an infinitive, "was" before a participle, in languages with cases."""
    after = nodes[k + 1 : k + 3]
    be = nodes[k].has("glue:copulas") and any(t[0] == "S" for n in after for t in n.tags)
    return be or (bool(nodes[k].moods) and any("I" in n.tags for n in after))


def take_place(d: Domain, verbs: dict[int, Predicate], marked: bool) -> None:
    """ "Consultations took place between A and B": the act noun has the arguments of its verb."""
    for p in d.predicates:
        if p.node.verb or p.light:
            continue
        if any(_put_off(p, v, d.nodes, marked) for k, v in verbs.items() if k > p.index):
            p.negated, p.modality = True, p.modality | {"planned"}
        verb = next((verbs[k] for k in sorted(verbs) if k > p.index and not (marked and _modal(d.nodes, k))), None)
        between = d.nodes[p.index + 1 : verb.index] if verb else []
        if (
            verb
            and (verb.node.has("glue:takes_place") or (is_passive(verb, marked) and verb.node.has("glue:light", "glue:ends")))
            and not any((n.text == "," and not attributive(verb.node)) or n.has(*BORDERS) for n in between)
        ):
            p.happens = verb
            p.negated |= verb.negated  # "the meeting did not take place"
            p.obliques += verb.obliques
            p.modality |= verb.modality | verb.node.moods


def _put_off(p: Predicate, verb: Predicate, nodes: list[Node], marked: bool) -> bool:
    """ "The visit, planned for May, was postponed": asides between commas may stand between."""
    if not verb.node.has("glue:put_off") or not is_passive(verb, marked) or governed_by(nodes, p.index) is not None:
        return False
    mine, its = ({t[1] for t in n.tags if len(t) > 1} for n in (p.node, verb.node))
    if p.node.tags and ("n" not in cases(p.node.tags) or mine.isdisjoint(its)):
        return False
    between = range(p.index + 1, verb.index)
    return not any(nodes[k].has(*BORDERS) or _other(nodes[k]) for k in between) and sum(pause(nodes, k) for k in between) in (0, 2)


def _other(n: Node) -> bool:
    """Another act, or a verb of another clause."""
    return (n.verb and not attributive(n) and not n.has("glue:copulas", "glue:auxiliaries")) or (n.has("trigger") and not n.mention)
