"""Clauses between a preposition and a word for time behind them: "at A bombs B after", where languages put both."""

from __future__ import annotations

from kawat.clauses.borders import pause
from kawat.mentions.nodes import Node
from kawat.packs import Pack

_REACH = 18  # nodes of such a clause


def frame(nodes: list[Node], pack: Pack) -> None:
    """Mark where such clauses end and, if they name who acts in them, where they begin."""
    closers = tuple(pack.data.glue.closers)
    if not closers:
        return
    free = 0
    for k, n in enumerate(nodes):
        if k < free or not (n.has("glue:place_of_event") or pack.data.times.bounds.get(n.text) == "since"):
            continue
        end = _end(nodes, k, closers)
        if end:
            nodes[end].frame = k
            n.frame = end if _acts(nodes, k, pack) else -1
            free = end + 1


def _end(nodes: list[Node], k: int, closers: tuple[str, ...]) -> int:
    """Index of the word that closes the clause opened at `k`; 0 where there is none, or no verb before it."""
    verb = False
    for j in range(k + 1, min(len(nodes), k + _REACH)):
        n = nodes[j]
        if pause(nodes, j) or n.text in ";:()" or n.has("quote") or (verb and n.verb and n.has("cue") and not n.has("trigger")):
            return 0
        if verb and not (n.mention or n.time or n.verb) and n.text.endswith(closers) and (not n.kinds or n.text in closers):
            return j
        verb |= n.verb
    return 0


def _acts(nodes: list[Node], k: int, pack: Pack) -> bool:
    """Whoever stands right behind the preposition does what follows, unless people meet or things are held there."""
    m = nodes[k + 1].mention
    if m is None or not m.argument or nodes[k + 2].has("glue:genitive"):
        return False
    verb = next(n for n in nodes[k + 1 :] if n.verb)
    types = {pack.data.triggers[e.ref].type for e in verb.entries if e.kind == "trigger"}
    return "CONSULT" not in types and not verb.has("glue:takes_place")
