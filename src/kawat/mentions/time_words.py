"""Words of dates and times in a text.

The orders in which a language writes dates are templates of its pack (times.toml); here they become
regular expressions, once a pack. What the words mean is found in dates.py.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kawat.lexicon.schema import TimesFile
from kawat.packs import Pack
from kawat.records import Span

_DAYS = 31
_BOUND = 60  # code points before time words that a bound and its link stand in
_TOKEN = re.compile(r"\w+")
_LETTERS = "DMYNWUSPF[ "  # of the names of slots
_BEGIN = re.compile(r"\w+|\(")
_DIGIT = re.compile(r"\d")
_KEPT = 1 << 14  # tokens of which is remembered what begins with them


@dataclass(frozen=True, slots=True)
class TimeHit:
    """Words of time: their span, what stands in each slot (D, MONTH, UNIT …), and a bound before them ("sebelum")."""

    span: Span
    slots: dict[str, str]
    bound: str | None = None


class Spotter:
    """The date templates of a language, compiled; patterns by first word are made when that word is first met."""

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
        self.digits = {} if spaced else {c: str(v) for c, v in times.numbers.items() if len(c) == 1 and v < 10}
        slots = {
            "MONTH": _words(times.months, fold=False, loose=not spaced), "WEEKDAY": _words(times.weekdays, fold=False),
            "UNIT": _words(times.units), "SHIFT": _words(times.shifts) + barred, "PART": _words(times.parts),
            "DAYPART": _words(times.day_parts), "N": r"\d{1,3}|" + _words(times.numbers),
            "D": r"0?[1-9]|[12]\d|3[01]", "M": r"0?[1-9]|1[0-2]", "Y": r"(?:19|20)\d\d" + _spelt_year(self.digits),
            "ENDING": f"(?:{'|'.join(times.ordinals)})?" if times.ordinals else "",
        }  # fmt: skip
        if not spaced:
            slots["D"] = _words(n for n, v in times.numbers.items() if 0 < v <= _DAYS) + "|" + slots["D"]
        fixed = [*self.relative, *self.periods]
        orders = times.orders if "FIXED" in times.orders else [*times.orders, "FIXED"]
        rows = [f"(?P<FIXED>{_words(fixed)}{barred})" if o == "FIXED" else _order(o, slots, i, spaced) for i, o in enumerate(orders)]
        ends = (r"(?<![\w-])(?<!\d[.,])", r"(?![\w])") if spaced else (r"(?<!\d)(?<!\d[.,])", "")
        self.rows, self.ends = rows, ends
        self.jubilees = tuple(_longest_literal(o) for o in times.anniversaries)
        self.anniversary = re.compile("|".join(_order(o, slots, i, spaced) for i, o in enumerate(times.anniversaries)))
        between = _words(times.bound_links) if times.bound_links else r"\w+"
        bounds = rf"(?<!\w)(?i:({_words(times.bounds)}))\s+(?:{between}\s+)?$" if spaced else rf"({_words(times.bounds)})\s*$"
        self.bounds = re.compile(bounds) if times.bounds else None
        self.barred = re.compile(rf"(?<!\w){_words(times.never_behind)}\s+$") if times.never_behind else None
        self.firsts = re.compile(_words(times.stretches["firsts"])) if times.stretches.get("firsts") else None
        self.stretches = frozenset(w.lower() for w in times.stretches.get("shifts", ()))
        self.counted = frozenset(w.lower() for w in times.stretches.get("counted", ()))
        self.start = re.compile(rf"\s+{_words(times.stretches['from'])}(?!\w)") if times.stretches.get("from") else None
        self.closing = None if spaced or not times.bounds else re.compile(rf"\s*({_words(times.bounds)})")
        # A cheap test that most sentences fail.
        hints = [*times.months, *times.weekdays, *times.shifts, *times.units, *fixed]
        self.hints = frozenset(w.lower() for h in hints for w in _TOKEN.findall(h)[:1])
        starts = {w[0] for h in (hints, times.numbers, times.shifts, times.day_parts) for w in h} | {o[0] for o in times.orders}
        self.openers = self._openers(orders, fixed)
        self.compiled: dict[tuple[int, ...], re.Pattern[str]] = {}
        self.met: dict[str, re.Pattern[str] | None] = {}
        self.first = None if spaced else re.compile(f"[0-9(（{''.join(sorted(starts - set(_LETTERS)))}]")
        self.pattern = re.compile(f"{ends[0]}(?:{'|'.join(rows)}){ends[1]}") if self.first else None

    def _openers(self, orders: list[str], fixed: list[str]) -> dict[str, tuple[int, ...]]:
        """Tokens in lower case that time words can begin with (all numbers as "0"), each with the templates that can begin so."""
        t = self.times
        lists: dict[str, Iterable[str]] = {
            "MONTH": t.months, "WEEKDAY": t.weekdays, "UNIT": t.units, "SHIFT": t.shifts, "PART": t.parts,
            "DAYPART": t.day_parts, "N": ["0", *t.numbers], "D": "0", "M": "0", "Y": "0", "FIXED": fixed,
        }  # fmt: skip
        found: dict[str, list[int]] = {}
        for i, order in enumerate(orders):
            words: list[str] = []
            for part in order.split():
                head = next(x for x in re.split(f"({_SLOT.pattern})", part.strip("[]")) if x)
                words += lists.get(head, [head])
                if not part.startswith("["):
                    break
            for token in {_opener(m[0]) for w in words if (m := _BEGIN.search(w.lower()))}:
                found.setdefault(token, []).append(i)
        return {token: tuple(rows) for token, rows in found.items()}

    def beginning(self, token: str) -> re.Pattern[str] | None:
        """The templates that can begin with a token, as one pattern, made when first met."""
        rows = self.openers.get(_opener(token.lower()))
        if rows and rows not in self.compiled:
            self.compiled[rows] = re.compile(f"{self.ends[0]}(?:{'|'.join(self.rows[i] for i in rows)}){self.ends[1]}")
        if len(self.met) > _KEPT:
            self.met.clear()
        found = self.met[token] = self.compiled[rows] if rows else None
        return found


def _spelt_year(digits: dict[str, str]) -> str:
    """A year written digit by digit in words: "two zero two four"."""
    if not digits:
        return ""
    of = {v: "".join(c for c, x in digits.items() if x == v) for v in "0129"}
    return f"|(?:[{of['1']}][{of['9']}]|[{of['2']}][{of['0']}])[{''.join(digits)}]{{2}}"


def _opener(token: str) -> str:
    return "0" if token[0].isdigit() else token


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
def spotter(pack: Pack) -> Spotter:
    """The compiled date templates of a pack."""
    return Spotter(pack.data.times, pack.spaced)


def spot(text: str, span: Span, pack: Pack) -> list[TimeHit]:
    """Time words inside `span`, left to right, not overlapping."""
    s = spotter(pack)
    part = text[slice(*span)]
    if s.first is None and not _DIGIT.search(part) and s.hints.isdisjoint(_TOKEN.findall(part.lower())):
        return []
    hits: list[TimeHit] = []
    for m in _found(s, text, span):
        slots = {k.rsplit("_", 1)[0]: (" " if s.first is None else "").join(v.split()) for k, v in m.groupdict().items() if v}
        if not slots or (s.barred and s.barred.search(text, max(span.start, m.start() - _BOUND), m.start())):
            continue
        if s.digits:
            slots |= {k: _decimal(slots[k], s) for k in ("D", "D2", "Y", "Y2") if k in slots}
        if "N" in slots and s.firsts and s.firsts.search(text, span.start, m.start()):
            continue  # "the first visit in ten years"
        if s.start and slots.get("SHIFT", "").lower() in s.counted and s.start.match(text, m.end(), span.end):
            continue  # "in two days after the talks": counted from them
        before = s.bounds.search(text, max(span.start, m.start() - _BOUND), m.start()) if s.bounds else None
        if before is None and s.closing:
            before = s.closing.match(text, m.end(), span.end)
        bound = s.times.bounds.get(before[1].lower()) if before else None
        hits.append(TimeHit(Span(m.start(), m.end()), slots, bound))
    return hits


def _decimal(words: str, s: Spotter) -> str:
    """A day or year in words as digits."""
    if words.isascii():
        return words
    return str(s.numbers[words]) if words in s.numbers else "".join(s.digits[c] for c in words)


def _found(s: Spotter, text: str, span: Span) -> Iterator[re.Match[str]]:
    """Matches from left to right; without spaces only where a time word can begin, for all places would be slow."""
    if s.first is None:
        yield from _at_openers(s, text, span)
        return
    at = span.start
    while at < span.end and (begin := s.first.search(text, at, span.end)):
        m = s.pattern and s.pattern.match(text, begin.start(), span.end)
        if m:
            yield m
        at = m.end() if m and m.end() > m.start() else begin.start() + 1


def _at_openers(s: Spotter, text: str, span: Span) -> Iterator[re.Match[str]]:
    """Matches tried only at the tokens that time words begin with."""
    at, met = span.start, s.met
    for token in _BEGIN.finditer(text, span.start, span.end):
        word = token[0]
        pattern = met[word] if word in met else s.beginning(word)
        if pattern and token.start() >= at:
            m = pattern.match(text, token.start(), span.end)
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
