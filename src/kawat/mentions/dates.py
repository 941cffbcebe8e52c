"""Dates and times: spotting the words, resolving them against publication.

The orders in which a language writes dates are templates of its pack (times.toml); here they become
regular expressions, once a pack. Resolution is the same for every language.
"""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kawat.lexicon.schema import TimesFile
from kawat.packs import Pack
from kawat.records import Basis, Precision, Span, When

_SOON, _MONTHS_SOON = 60, 21  # days
_TOKEN = re.compile(r"\w+")
_LETTERS = "DMYNWUSPF[ "  # of the names of slots
_BEGIN = re.compile(r"\w+|\(")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class TimeHit:
    """Words of time: their span, what stands in each slot (D, MONTH, UNIT …), and a bound before them ("sebelum")."""

    span: Span
    slots: dict[str, str]
    bound: str | None = None


class _Spotter:
    def __init__(self, times: TimesFile, spaced: bool) -> None:
        self.times = times
        self.months = {k.lower(): v for k, v in times.months.items()}
        self.weekdays = {k.lower(): v for k, v in times.weekdays.items()}
        self.shifts = {k.lower(): v for k, v in times.shifts.items()}
        self.units = {k.lower(): v for k, v in times.units.items()}
        self.parts = {k.lower(): v for k, v in times.parts.items()}
        self.numbers = {k.lower(): v for k, v in times.numbers.items()}
        self.relative = {w.lower(): r for r in times.relative for w in r.words}
        self.periods = {n.lower(): p for p in times.period for n in p.names}
        barred = rf"(?!\s+{_words(times.never_before)}(?!\w))" if times.never_before else ""
        slots = {
            "MONTH": _words(times.months, fold=False, loose=not spaced), "WEEKDAY": _words(times.weekdays, fold=False),
            "UNIT": _words(times.units), "SHIFT": _words(times.shifts) + barred, "PART": _words(times.parts),
            "DAYPART": _words(times.day_parts), "N": r"\d{1,3}|" + _words(times.numbers),
            "D": r"0?[1-9]|[12]\d|3[01]", "M": r"0?[1-9]|1[0-2]", "Y": r"(?:19|20)\d\d",
            "ENDING": f"(?:{'|'.join(times.ordinals)})?" if times.ordinals else "",
        }  # fmt: skip
        fixed = [*self.relative, *self.periods]
        orders = times.orders if "FIXED" in times.orders else [*times.orders, "FIXED"]
        rows = [f"(?P<FIXED>{_words(fixed)}{barred})" if o == "FIXED" else _order(o, slots, i, spaced) for i, o in enumerate(orders)]
        ends = (r"(?<![\w-])(?<!\d[.,])", r"(?![\w])") if spaced else (r"(?<!\d)(?<!\d[.,])", "")
        self.pattern = re.compile(f"{ends[0]}(?:{'|'.join(rows)}){ends[1]}")
        self.jubilees = tuple(_longest_literal(o) for o in times.anniversaries)
        self.anniversary = re.compile("|".join(_order(o, slots, i, spaced) for i, o in enumerate(times.anniversaries)))
        between = _words(times.bound_links) if times.bound_links else r"\w+"
        bounds = rf"(?<!\w)(?i:({_words(times.bounds)}))\s+(?:{between}\s+)?$" if spaced else rf"({_words(times.bounds)})\s*$"
        self.bounds = re.compile(bounds) if times.bounds else None
        self.closing = None if spaced or not times.bounds else re.compile(rf"\s*({_words(times.bounds)})")
        # A cheap test that most sentences fail.
        hints = [*times.months, *times.weekdays, *times.shifts, *times.units, *fixed]
        self.hints = frozenset(w.lower() for h in hints for w in _TOKEN.findall(h)[:1])
        starts = {w[0] for h in (hints, times.numbers, times.shifts, times.day_parts) for w in h} | {o[0] for o in times.orders}
        self.openers = self._openers(fixed)
        self.first = None if spaced else re.compile(f"[0-9(（{''.join(sorted(starts - set(_LETTERS)))}]")

    def _openers(self, fixed: list[str]) -> frozenset[str]:
        """Tokens in lower case that time words can begin with, but for digits."""
        t = self.times
        lists: dict[str, Iterable[str]] = {
            "MONTH": t.months, "WEEKDAY": t.weekdays, "UNIT": t.units, "SHIFT": t.shifts, "PART": t.parts,
            "DAYPART": t.day_parts, "N": t.numbers,
        }  # fmt: skip
        found = [*fixed]
        for order in t.orders:
            for part in order.split():
                head = next(x for x in re.split(f"({_SLOT.pattern})", part.strip("[]")) if x)
                found += lists.get(head, [head])
                if not part.startswith("["):
                    break
        return frozenset(_BEGIN.findall(w.lower())[0] for w in found if _BEGIN.search(w))


def _words(words: object, fold: bool = True, loose: bool = False) -> str:
    """The words as alternatives, longest first; `loose`: white space may stand behind a number ("6 月")."""
    listed = sorted((str(w) for w in words), key=len, reverse=True)  # type: ignore[attr-defined]
    body = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in listed)
    if loose:
        body = re.sub(r"(\d)(?=[^\d|])", r"\1\\s*", body)
    return f"(?i:{body})" if fold else f"(?:{body})"


_SLOT = re.compile(r"WEEKDAY|DAYPART|MONTH|SHIFT|UNIT|PART|(?<![A-Za-z])(?:D|M|Y|N)(?![A-Za-z])")


def _order(order: str, slots: dict[str, str], index: int, spaced: bool) -> str:
    """One template as a regular expression with groups named SLOT_index (SLOT2_index for a second one)."""
    out: list[str] = []
    seen: set[str] = set()

    def slot(name: str) -> str:
        group = f"{name}2_{index}" if name in seen else f"{name}_{index}"
        seen.add(name)
        return f"(?P<{group}>{slots[name]})" + (slots["ENDING"] if name == "D" else "")

    for part in order.split():
        optional = part.startswith("[")
        part = part.strip("[]")
        literal = re.split(f"({_SLOT.pattern})", part)
        body = "".join(slot(x) if _SLOT.fullmatch(x) else _literal(x) for x in literal)
        joint = r"\s*" if not re.search(r"\w", part) else r"\s+"
        out.append(f"(?:{body}{joint})?" if optional else body + joint)
    whole = re.sub(r"\\s\+(\)\?)?(?=\(\?:,)", r"\\s*\1", "".join(out))
    if not spaced:
        return re.sub(r"(\\s\*)+$", "", whole.replace(r"\s+", r"\s*"))
    return re.sub(r"\\s[*+]$", "", whole).replace(r"\s+\(", r"\s*\(").replace(r"\s+\)", r"\s*\)").replace(r"\s+,", r"\s*,")


def _longest_literal(order: str) -> str:
    """The longest piece of a template that every match holds, in lower case."""
    pieces = [x for part in order.split() if not part.startswith("[") for x in _SLOT.split(part)]
    return max(pieces, key=len, default="").lower()


def _literal(words: str) -> str:
    """Words in any case, marks as they are."""
    return f"(?i:{re.escape(words)})" if re.search(r"\w", words) else re.escape(words)


@functools.lru_cache(maxsize=16)
def spotter(pack: Pack) -> _Spotter:
    """The compiled date templates of a pack."""
    return _Spotter(pack.data.times, pack.spaced)


def spot(text: str, span: Span, pack: Pack) -> list[TimeHit]:
    """Time words inside `span`, left to right, not overlapping."""
    s = spotter(pack)
    part = text[slice(*span)]
    if s.first is None and not _DIGIT.search(part) and s.hints.isdisjoint(_TOKEN.findall(part.lower())):
        return []
    hits: list[TimeHit] = []
    for m in _found(s, text, span):
        slots = {k.rsplit("_", 1)[0]: (" " if s.first is None else "").join(v.split()) for k, v in m.groupdict().items() if v}
        if not slots:
            continue
        before = s.bounds.search(text, span.start, m.start()) if s.bounds else None
        if before is None and s.closing:
            before = s.closing.match(text, m.end(), span.end)
        bound = s.times.bounds.get(before[1].lower()) if before else None
        hits.append(TimeHit(Span(m.start(), m.end()), slots, bound))
    return hits


def _found(s: _Spotter, text: str, span: Span) -> Iterator[re.Match[str]]:
    """Matches from left to right; without spaces only where a time word can begin, for all places would be slow."""
    if s.first is None:
        yield from _at_openers(s, text, span)
        return
    at = span.start
    while at < span.end and (begin := s.first.search(text, at, span.end)):
        m = s.pattern.match(text, begin.start(), span.end)
        if m:
            yield m
        at = m.end() if m and m.end() > m.start() else begin.start() + 1


def _at_openers(s: _Spotter, text: str, span: Span) -> Iterator[re.Match[str]]:
    """Matches tried only at the tokens that time words begin with."""
    at = span.start
    for token in _BEGIN.finditer(text, span.start, span.end):
        if token.start() >= at and (token[0][0].isdigit() or token[0].lower() in s.openers):
            m = s.pattern.match(text, token.start(), span.end)
            if m and m.end() > m.start():
                yield m
                at = m.end()


def anniversaries(text: str, span: Span, pack: Pack) -> list[tuple[Span, int]]:
    """Spans such as "peringatan ke-75" with their number of years."""
    s = spotter(pack)
    part = text[slice(*span)].lower()
    if not any(x in part for x in s.jubilees):
        return []
    out: list[tuple[Span, int]] = []
    for m in s.anniversary.finditer(text, span.start, span.end):
        word = next((v for v in m.groupdict().values() if v), None)
        if word:
            out.append((Span(m.start(), m.end()), int(word) if word.isdecimal() else s.numbers[word.lower()]))
    return out


@dataclass(frozen=True, slots=True)
class Timed:
    """Time words resolved for what has happened (`past`) and for what lies ahead (`ahead`); either may be None."""

    span: Span
    past: When | None
    ahead: When | None


def timed(hit: TimeHit, pack: Pack, published: date | None, story: date | None) -> Timed:
    """Both readings of time words; "since" always looks back."""
    past = resolve(hit, pack, published, story)
    return Timed(hit.span, past, past if hit.bound == "since" else resolve(hit, pack, published, story, ahead=True))


def resolve(hit: TimeHit, pack: Pack, published: date | None, story: date | None = None, ahead: bool = False) -> When | None:
    """Resolve time words against the publication day.

    `story`: the day the report is about, for words like "the next day". `ahead`: the act lies in the
    future, so an open date is the next such day, not the last. Precision follows the words. None: it
    cannot be resolved (no year in the text and no publication day).
    """
    try:
        found = _interval(hit, spotter(pack), published, story, ahead)
    except (ValueError, OverflowError):  # "999 decades ago", or a day at the ends of the calendar
        return None
    if found is None:
        return None
    start, end, precision, basis = found
    if hit.bound == "until":
        start, precision = start.replace(month=1, day=1), "period"
        return _when(start, end, precision, basis, hit.span)
    if hit.bound == "since" and precision != "period":
        return When(start=start.isoformat(), end=None, precision="period", basis=basis, span=hit.span)
    return _when(start, end, precision, basis, hit.span)


def _when(start: date, end: date, precision: Precision, basis: Basis, span: Span | None) -> When:
    return When(start=start.isoformat(), end=end.isoformat(), precision=precision, basis=basis, span=span)


_Found = tuple[date, date, Precision, Basis]


def _interval(hit: TimeHit, s: _Spotter, pub: date | None, story: date | None, ahead: bool) -> _Found | None:
    g = hit.slots
    if "FIXED" in g:
        return _fixed(" ".join(g["FIXED"].lower().split()), s, pub, story)
    if "MONTH" in g or ("M" in g and ("D" not in g or "D2" in g)):
        return _month(g, s, pub, ahead)
    if "D" in g and "M" in g:
        return _numeric(g, pub, ahead)
    if "WEEKDAY" in g:
        return _weekday(g, s, pub, ahead)
    if "UNIT" in g:
        return _unit(g, s, pub)
    if "Y" in g:
        year = int(g["Y"])
        return date(year, 1, 1), date(year, 12, 31), "year", "stated"
    return _day_alone(int(g["D"]), pub, ahead) if "D" in g else None


def _fixed(words: str, s: _Spotter, pub: date | None, story: date | None) -> _Found | None:
    if words in s.periods:
        p = s.periods[words]
        return date.fromisoformat(p.start), date.fromisoformat(p.end), "period", "resolved"
    r = s.relative[words]
    base = story if r.anchor == "story" and story else pub
    if base is None:
        return None
    start, end, precision = _span_of(r.unit, base, r.offset)
    if r.earlier:  # "earlier this year": up to the week before, "earlier this week": up to the day before
        back = 1 if r.unit == "week" else base.isoweekday()
        return start, max(start, base - timedelta(days=back)), "period", "resolved"
    return start, end, precision, "resolved"


def _month(g: dict[str, str], s: _Spotter, pub: date | None, ahead: bool) -> _Found | None:
    month = s.months[g["MONTH"].lower()] if "MONTH" in g else int(g["M"])
    shift = s.shifts.get(" ".join(g.get("SHIFT", "").lower().split()))
    basis: Basis = "stated" if "Y" in g else "resolved"
    if "Y" in g:
        year = int(g["Y"])
    elif pub is None:
        return None
    elif "UNIT" in g and shift is not None:
        year = pub.year + shift
    else:
        year = _year_for(month, int(g.get("D", "15")), pub, ahead or shift == 1, back=shift == -1, soon=_SOON if "D" in g else _MONTHS_SOON)
    if "D" not in g:
        start, end = date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return (*_part(g, s, start, end, "month"), basis)
    first, last = _day(year, month, g["D"]), _day(year, month, g.get("D2", g["D"]))
    if first is None or last is None:
        return None
    return first, last, "day" if first == last else "period", basis


def _day(year: int, month: int, day: str) -> date | None:
    try:
        return date(year, month, int(day))
    except ValueError:
        return None


def _year_for(month: int, day: int, pub: date, ahead: bool, back: bool = False, soon: int = _SOON) -> int:
    """The year of a day and month given without one: the next such day for what lies ahead, else the last one.

    News names days that are shortly to come without a year too, so up to `soon` days ahead count as well.
    """
    day = min(day, 28)
    options = [date(pub.year + k, month, day) for k in (-1, 0, 1)]
    if ahead:
        return min(d for d in options if d >= pub).year
    latest = pub if back else pub + timedelta(days=soon)
    return max(d for d in options if d <= latest).year


def _numeric(g: dict[str, str], pub: date | None, ahead: bool) -> _Found | None:
    if "Y" not in g and pub is None:
        return None
    month = int(g["M"])
    year = int(g["Y"]) if "Y" in g or pub is None else _year_for(month, int(g["D"]), pub, ahead)
    day = _day(year, month, g["D"])
    return (day, day, "day", "stated" if "Y" in g else "resolved") if day else None


def _day_alone(day: int, pub: date | None, ahead: bool) -> _Found | None:
    """A day without its month: of the month of publication, else of the one before or, for what lies ahead, behind it."""
    if pub is None:
        return None
    months = (date(pub.year + (pub.month + k - 2) // 12, (pub.month + k - 2) % 12 + 1, 1) for k in ((1, 2) if ahead else (1, 0)))
    for first in months:
        found = _day(first.year, first.month, str(day))
        if found and (found >= pub if ahead else found <= pub + timedelta(days=1)):
            return found, found, "day", "resolved"
    return None


def _weekday(g: dict[str, str], s: _Spotter, pub: date | None, ahead: bool) -> _Found | None:
    if pub is None:
        return None
    back = (pub.isoweekday() - s.weekdays[g["WEEKDAY"].lower()]) % 7
    shift = s.shifts.get(" ".join(g.get("SHIFT", "").lower().split()), 0)
    if shift and ("UNIT" in g or s.times.week_begins):
        monday = pub - timedelta(days=pub.weekday()) + timedelta(weeks=shift)
        if s.times.week_begins == 7 and pub.weekday() == 6:
            monday += timedelta(weeks=1)
        day = monday + timedelta(days=s.weekdays[g["WEEKDAY"].lower()] - 1)
    elif shift > 0 or (ahead and shift == 0):
        day = pub + timedelta(days=(7 - back) % 7 or 7)
    else:
        day = pub - timedelta(days=back or (7 if shift < 0 else 0))
    return day, day, "day", "resolved"


def _unit(g: dict[str, str], s: _Spotter, pub: date | None) -> _Found | None:
    if pub is None or "SHIFT" not in g:
        return None
    unit = s.units[g["UNIT"].lower()]
    count = g.get("N", "1")
    n = int(count) if count.isdecimal() else s.numbers[" ".join(count.lower().split())]
    shift = s.shifts[" ".join(g["SHIFT"].lower().split())]
    if unit == "decade":
        unit, n = "year", n * 10
    start, end, precision = _span_of(unit, pub, shift * n if shift else 0)
    return (*_part(g, s, start, end, precision), "resolved")


def _span_of(unit: str, base: date, offset: int) -> tuple[date, date, Precision]:
    if unit == "day":
        day = base + timedelta(days=offset)
        return day, day, "day"
    if unit == "week":
        monday = base - timedelta(days=base.weekday()) + timedelta(weeks=offset)
        return monday, monday + timedelta(days=6), "period"
    if unit == "month":
        index = base.year * 12 + base.month - 1 + offset
        year, month = index // 12, index % 12 + 1
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"
    year = base.year + offset
    return date(year, 1, 1), date(year, 12, 31), "year"


def _part(g: dict[str, str], s: _Spotter, start: date, end: date, precision: Precision) -> tuple[date, date, Precision]:
    """The first, middle or last third of a period."""
    if "PART" not in g:
        return start, end, precision
    third = (end - start).days // 3
    which = s.parts[g["PART"].lower()]
    if which == "first":
        return start, start + timedelta(days=third), "period"
    if which == "last":
        return end - timedelta(days=third), end, "period"
    return start + timedelta(days=third), end - timedelta(days=third), "period"
