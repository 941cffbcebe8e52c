"""Steps back from a cue or its speaker over the small words that belong to them."""

from __future__ import annotations

from kawat.clauses.borders import DASHES, pause
from kawat.mentions.nodes import Node


def skip_back(nodes: list[Node], i: int) -> int | None:
    """Index of the comma or quotation right before node `i`; None where it is inside a clause."""
    j = i - 1
    small_words = ("glue:adverbs", "glue:coordinators", "glue:articles", "glue:depictive")
    while j >= 0 and (nodes[j].has(*small_words) or (nodes[j].text in DASHES and j < i) or whose(nodes[j])):
        j -= 1
    if j >= 0 and (nodes[j].text == "," or nodes[j].has("quote")):
        return j
    dash = next((k for k in range(j + 1, i) if pause(nodes, k)), None)  # "A will answer – B said today."
    return dash if not (nodes[i].form or nodes[i].tags or nodes[i].verb) else None


def over_modifiers(nodes: list[Node], at: int) -> int:
    """The first node of what stands before a noun and tells of it: "the 79-year-old from Skopje NAME"."""
    while at > 0 and nodes[at - 1].word and not nodes[at - 1].verb:
        at -= 1
    return at


def over_attributes(nodes: list[Node], at: int) -> int:
    """The first of the possessors and plain words right before a noun: "his long-time adviser NAME"."""
    while at > 0 and _attribute(nodes[at - 1]):
        at -= 1
    return at


def _attribute(n: Node) -> bool:
    if n.mention:
        return n.mention.of == "possessor"
    return n.word and not n.verb and not n.time and (not n.kinds or n.has("modifier", "glue:genitive"))


def whose(n: Node) -> bool:
    """ "His" of "his spokesman NAME"."""
    return n.mention is not None and n.mention.of == "possessor"
