"""One entry for each distinct act: retellings in the same report become evidence of the first."""

from __future__ import annotations

import bisect
from collections.abc import Callable

import msgspec

from kawat.documents.pieces import Line
from kawat.documents.sentences import Document
from kawat.events.status import VERBAL
from kawat.mentions.link import Cast
from kawat.records import Event, When

_WINDOW = 20
_STRONG = ("happened", "ongoing", "historical")


def merge(events: list[Event], cast: Cast, doc: Document) -> list[Event]:
    """Events in reading order, retellings merged, numbered e1, e2 …"""
    out: list[Event] = []
    alike: dict[tuple[str, frozenset[str]], list[int]] = {}
    line_of = _lines(doc)
    for e in sorted(events, key=lambda x: x.trigger):
        rows = alike.setdefault((e.type, frozenset(cast.lifted(e.actors))), [])
        k = next(
            (k for k in _candidates(rows) if _same(out[k], e, cast, _retold(line_of(out[k]), line_of(e)), line_of(out[k]) == line_of(e))),
            None,
        )
        if k is None:
            rows.append(len(out))
            out.append(e)
        else:
            out[k] = _joined(*_fuller(out[k], e, cast, line_of))
    return [msgspec.structs.replace(e, id=f"e{k + 1}") for k, e in enumerate(out)]


def _candidates(rows: list[int]) -> list[int]:
    """The first ones, which headlines tell, and the last ones: a report is not retold over hundreds of acts."""
    return rows if len(rows) <= 2 * _WINDOW else rows[:_WINDOW] + rows[-_WINDOW:]


def _fuller(a: Event, b: Event, cast: Cast, line_of: Callable[[Event], Line]) -> tuple[Event, Event]:
    """The record that names more people first; of two alike the story's before its headline's."""
    rank = [(_people(e, cast), line_of(e).kind == "story") for e in (a, b)]
    return (a, b) if rank[0] >= rank[1] else (b, a)


def _people(e: Event, cast: Cast) -> int:
    """How many of the parties are persons: the fuller record of an act is the one that names them."""
    return sum(cast.drafts[i].kind == "person" for i in (*e.actors, *e.recipients) if i in cast.drafts)


def _lines(doc: Document) -> Callable[[Event], Line]:
    starts = [x.span.start for x in doc.lines]
    return lambda e: doc.lines[max(bisect.bisect_right(starts, e.trigger.start) - 1, 0)]


def _strangers(a: tuple[str, ...], b: tuple[str, ...], cast: Cast) -> bool:
    """Both name people, and none in common."""
    pa, pb = ({i for i in ids if i in cast.drafts and cast.drafts[i].kind == "person"} for ids in (a, b))
    if bool(pa) != bool(pb):  # one person, and a group who may be others
        return all(i in cast.drafts and cast.drafts[i].kind == "group" for i in (a if pb else b))
    return bool(pa and pb and not pa & pb)


def _retold(a: Line, b: Line) -> bool:
    """The story tells again what its headline or caption said, or the line before."""
    return a.kind != "story" or b.kind != "story" or abs(a.number - b.number) <= 1


def _same(a: Event, b: Event, cast: Cast, retold: bool, same_line: bool) -> bool:
    if (a.status in _STRONG) != (b.status in _STRONG):
        return False
    if a.type in VERBAL and a.rule != b.rule and not retold:
        return False
    if a.mode != b.mode and "visit" in (a.mode, b.mode) and not same_line:
        return False
    if a.mode and b.mode and a.mode != b.mode and _other_act(a, b, retold, same_line):
        return False
    if _strangers(a.actors, b.actors, cast):
        return False
    ra, rb = cast.lifted(a.recipients), cast.lifted(b.recipients)
    if ra and rb and not (ra & rb):
        return False
    if a.type in VERBAL and not retold and not (ra & rb):
        return False  # promises of other things, charges against others
    return _dates_meet(a, b)


def _other_act(a: Event, b: Event, retold: bool, same_line: bool) -> bool:
    """Whether acts of two modes are two: a clash is no strike, nor a march told beside it; shots and whom they killed are one."""
    if a.type == "PROTEST" and (same_line or "demo" not in (a.mode, b.mode)):
        return True
    return a.type not in VERBAL and not retold and "visit" not in (a.mode, b.mode)


def _dates_meet(a: Event, b: Event) -> bool:
    """Where both dates stand in the text they must overlap; a date taken from the report meets any."""
    if not a.date or not b.date:
        return True
    if a.date.basis == "published" or b.date.basis == "published" or not (a.date.span and b.date.span):
        return True
    s1, e1 = a.date.start or "", a.date.end or "9"
    s2, e2 = b.date.start or "", b.date.end or "9"
    return s1 <= e2 and s2 <= e1


def _says_more(a: When | None, b: When | None) -> bool:
    """The date `a` comes from the text and `b` does not, or is wider."""
    if a is None or a.basis == "published":
        return False
    if b is None or b.basis == "published":
        return True
    return bool(a.span and a.end and b.end and (b.start or "", a.end) < (a.start or "", b.end) and a.end <= b.end)


def _joined(first: Event, again: Event) -> Event:
    dated = _says_more(again.date, first.date)
    status = again.status if dated and "historical" in (first.status, again.status) else first.status
    recipients = first.recipients or again.recipients
    spans = first.party_spans if first.recipients or not again.recipients else (*first.party_spans, *again.party_spans[len(again.actors) :])
    return msgspec.structs.replace(
        first, evidence=(*first.evidence, *again.evidence), date=again.date if dated else first.date, status=status,
        recipients=recipients, party_spans=spans,
        place=first.place or again.place, place_span=first.place_span or again.place_span,
    )  # fmt: skip
