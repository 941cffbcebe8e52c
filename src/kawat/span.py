"""Small helpers over spans."""

from __future__ import annotations

from kawat.records import Span


def cover(spans: list[Span] | tuple[Span, ...]) -> Span:
    """The smallest span that holds all of `spans` (at least one)."""
    return Span(min(s.start for s in spans), max(s.end for s in spans))


def inside(inner: Span, *outer: Span) -> bool:
    """True where one of `outer` holds all of `inner`."""
    return any(o.start <= inner.start and inner.end <= o.end for o in outer)


def overlap(a: Span, b: Span) -> bool:
    """True where the spans share a character."""
    return a.start < b.end and b.start < a.end


def trim(text: str, start: int, end: int) -> Span:
    """`[start, end)` without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
