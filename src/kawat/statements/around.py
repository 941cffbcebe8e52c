"""What stands around a cue, its speaker and its content: small questions about nodes that the shapes ask."""

from __future__ import annotations

from kawat.clauses.borders import SUBORDINATE
from kawat.clauses.predicates import Predicate
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.statements.backwards import whose

_NAME = 4  # nodes from one mark to the other around a name


def opens_sentence(nodes: list[Node], i: int) -> bool:
    """Node `i` opens its sentence, but for small words."""
    return not any(n.word and not n.has("glue:adversatives", "glue:adverbs") for n in nodes[:i])


def adjacent(nodes: list[Node], i: int, m: Mention) -> bool:
    """Only adverbs and plain words between the cue and the mention."""
    for n in nodes[i + 1 :]:
        if n.mention is m:
            return True
        if whose(n):
            continue  # "said his spokesman NAME"
        noun = n.tags and not n.verb  # "condemned the strike SPEAKER", where case tells who is who
        if not n.word or (n.has("cue", "trigger") and not noun) or n.has("glue:complementizers", "glue:relative") or n.mention:
            return False
    return False


def opens_content(n: Node) -> bool:
    """ "That", or "so that" for demands; "for" and "to" open no content of a noun."""
    return n.has("glue:complementizers") or (n.has("glue:sub:purpose") and not n.has("glue:prepositions"))


def infinitive(nodes: list[Node], k: int, p: Predicate) -> bool:
    """ "The threat to close …": right behind a noun whose class its place told."""
    return p.node.noun and k == p.index + 1 < len(nodes) - 1 and nodes[k].has("glue:sub:purpose") and nodes[k + 1].verb


def colon_of(nodes: list[Node], k: int, i: int) -> bool:
    """ "Comment of the ministry: …": the colon right behind the noun's owner."""
    return nodes[k].text == ":" and k == i + 2 and nodes[k - 1].mention is not None


def closing(nodes: list[Node], k: int) -> bool:
    """What may follow the speaker of an inverted report: nothing, a mark, a time, a place, an aside."""
    if k >= len(nodes) or not nodes[k].word or nodes[k].time:
        return True
    if nodes[k].has("cue") and not any(n.word for n in nodes[k + 1 :]):
        return True  # "…, thus Wang Yi announced."
    return nodes[k].has(
        "glue:prepositions", "via:before", "glue:locative", "glue:relative", "glue:adverbs", "glue:coordinators", *SUBORDINATE
    )


def quotes_words(nodes: list[Node]) -> bool:
    """True where a quotation holds more than a name of a few words ("the paper “News”"), or does not close."""
    marks = [k for k, n in enumerate(nodes) if n.has("quote")]
    inside = zip(marks[::2], marks[1::2], strict=False)
    return len(marks) % 2 > 0 or any(b - a > _NAME or any(n.verb for n in nodes[a:b]) for a, b in inside)
