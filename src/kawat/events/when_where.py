"""The date and place of an event."""

from __future__ import annotations

from kawat.clauses.predicates import Domain, Predicate
from kawat.documents.sentences import Sentence
from kawat.events.context import Context
from kawat.mentions.nodes import Node
from kawat.records import Span, Status, When


def date_of(ctx: Context, sentence: Sentence, at: Span, verbs: list[int]) -> When | None:
    """The time words of the sentence nearest to the trigger; a comma or verb between counts as much as a long phrase."""
    rows = ctx.times[sentence.number]
    if not rows:
        return None
    text = ctx.doc.text

    def far(span: Span) -> int:
        a, b = (at.end, span.start) if span.start >= at.end else (span.end, at.start)
        pauses = sum(text.count(c, a, b) for c in ",;:")
        return b - a + 60 * (pauses + sum(a <= v < b for v in verbs))

    return min(rows, key=lambda r: far(r[1]))[0]


def default_date(ctx: Context, type_: str, status: Status) -> When | None:
    """No time words: what happened, happened on the day the report is about, else it is dated by publication."""
    if status not in ("happened", "denied"):
        return None
    if ctx.story:
        import msgspec

        return msgspec.structs.replace(ctx.story, basis="resolved")
    if ctx.published:
        day = ctx.published.isoformat()
        return When(start=day, end=day, precision="day", basis="published")
    return None


def place_of(ctx: Context, domain: Domain, p: Predicate) -> tuple[str | None, Span | None, str | None]:
    """The place words nearest to the trigger: name, span and state."""
    best: tuple[int, Node] | None = None
    for k, n in enumerate(domain.nodes):
        located = k and domain.nodes[k - 1].has("glue:place_of_event")
        if located and ((n.mention and (n.mention.place or n.mention.kind == "state")) or n.has("place")):
            gap = abs(k - p.index)
            if best is None or gap < best[0]:
                best = gap, n
    if best is None:
        return None, None, None
    node = best[1]
    place = node.entry("place")
    if place:
        row = ctx.pack.data.places[place.ref]
        return row.name, node.span, row.state or None
    return node.text, node.span, node.mention.country if node.mention else None
