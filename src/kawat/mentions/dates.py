"""Dates and times: the words resolved against publication, the same for every language."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from kawat.mentions.time_words import Spotter, TimeHit, spotter
from kawat.packs import Pack
from kawat.records import Basis, Precision, Span, When

_SOON, _MONTHS_SOON = 60, 21  # days


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


def _interval(hit: TimeHit, s: Spotter, pub: date | None, story: date | None, ahead: bool) -> _Found | None:
    g = hit.slots
    if "FIXED" in g:
        return _fixed(" ".join(g["FIXED"].lower().split()), s, pub, story)
    if "MONTH" in g or ("M" in g and ("D" not in g or "D2" in g)):
        return _month(g, s, pub, ahead)
    if "D" in g and "M" in g:
        return _numeric(g, pub, ahead)
    if "WEEKDAY" in g:
        return _weekday(g, s, pub, ahead)
    if "D" in g and s.units.get(g.get("UNIT", "").lower()) == "month":
        return _day_of_month(g, s, pub)
    if "UNIT" in g:
        return _unit(g, s, pub)
    if "Y" in g:
        year = int(g["Y"])
        return date(year, 1, 1), date(year, 12, 31), "year", "stated"
    return _day_alone(int(g["D"]), pub, ahead) if "D" in g else None


def _fixed(words: str, s: Spotter, pub: date | None, story: date | None) -> _Found | None:
    if words in s.periods:
        p = s.periods[words]
        return date.fromisoformat(p.start), date.fromisoformat(p.end), "period", "resolved"
    r = s.relative[words]
    base = story if r.anchor == "story" and story else pub
    if base is None or (r.anchor == "story" and story is None and r.offset > 1):
        return None
    start, end, precision = _span_of(r.unit, base, r.offset)
    if r.earlier:  # "earlier this year": up to the week before, "earlier this week": up to the day before
        back = 1 if r.unit == "week" else base.isoweekday()
        return start, max(start, base - timedelta(days=back)), "period", "resolved"
    return start, end, precision, "resolved"


def _month(g: dict[str, str], s: Spotter, pub: date | None, ahead: bool) -> _Found | None:
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


def _day_of_month(g: dict[str, str], s: Spotter, pub: date | None) -> _Found | None:
    """ "The 24th of this month"."""
    shift = s.shifts.get(" ".join(g.get("SHIFT", "").lower().split()))
    if pub is None or shift is None:
        return None
    first, _, _ = _span_of("month", pub, shift)
    day = _day(first.year, first.month, g["D"])
    return (day, day, "day", "resolved") if day else None


def _weekday(g: dict[str, str], s: Spotter, pub: date | None, ahead: bool) -> _Found | None:
    if pub is None:
        return None
    back = (pub.isoweekday() - s.weekdays[g["WEEKDAY"].lower()]) % 7
    shift = s.shifts.get(" ".join(g.get("SHIFT", "").lower().split()), 0)
    if shift and ("UNIT" in g or s.times.week_begins in (1, 7)):
        monday = pub - timedelta(days=pub.weekday()) + timedelta(weeks=shift)
        if (s.times.week_begins == 7 or (s.times.week_begins == 6 and shift < 0)) and pub.weekday() == 6:
            monday += timedelta(weeks=1)
        day = monday + timedelta(days=s.weekdays[g["WEEKDAY"].lower()] - 1)
    elif shift > 0 or (ahead and shift == 0):
        day = pub + timedelta(days=(7 - back) % 7 or 7)
    else:
        day = pub - timedelta(days=back or (7 if shift < 0 else 0))
    return day, day, "day", "resolved"


def _unit(g: dict[str, str], s: Spotter, pub: date | None) -> _Found | None:
    if pub is None or ("SHIFT" not in g and "N" not in g):
        return None
    unit = s.units[g["UNIT"].lower()]
    count = g.get("N", "1")
    n = int(count) if count.isdecimal() else s.numbers[" ".join(count.lower().split())]
    word = " ".join(g.get("SHIFT", "").lower().split())
    shift = s.shifts[word] if word else -1  # "ago" stands in the template
    if unit == "decade":
        unit, n = "year", n * 10
    if "N" in g and word in s.stretches:  # "the past three years"
        first, last, _ = _span_of(unit, pub, shift * n)
        return (first, pub, "period", "resolved") if shift < 0 else (pub, last, "period", "resolved")
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


def _part(g: dict[str, str], s: Spotter, start: date, end: date, precision: Precision) -> tuple[date, date, Precision]:
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
