"""Where quotation marks open and close."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kawat.records import Span

_SINGLE = "'‘’‹›"
_CARRY = 6  # a quotation may run over this many further lines before its closing mark


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation: `outer` with its marks, `inner` without. `closed`: a closing mark was found."""

    outer: Span
    inner: Span
    closed: bool
    single: bool


def find_quotes(text: str, marks: list[tuple[str, str]]) -> list[Quote]:
    """All outermost quotations in order of start.

    Writers mix marks (“…", „…“), so double marks of any kind close each other; single ones count only
    where they cannot be apostrophes. A quotation left open at the end of a line goes on over the next
    lines if one of them closes it before another opens; else it ends with its line.
    """
    chars = {c for pair in marks for c in pair}
    double = chars - set(_SINGLE)
    out: list[Quote] = []
    start = -1
    line_end = -1
    barren = 0  # no single mark closes before this offset
    marks_at = re.compile(f"[{re.escape(''.join(chars))}]")
    i, size = 0, len(text)
    while i < size:
        mark = marks_at.search(text, i)
        i = mark.start() if mark else size  # only there, or at the end of a line with an open quotation, does anything happen
        if start >= 0 and line_end >= 0:
            i = min(i, line_end)
        if i == size:
            break
        c = text[i]
        if start >= 0 and i == line_end:
            close = _closing_later(text, i + 1, double)
            end = close if close >= 0 else i
            out.append(Quote(Span(start, end + (close >= 0)), Span(start + 1, end), close >= 0, False))
            i, start = end + 1, -1
            continue
        if c in double:
            if start < 0:
                if i + 1 < size and not text[i + 1].isspace():
                    start = i
                    line_end = text.find("\n", i)
            else:
                out.append(Quote(Span(start, i + 1), Span(start + 1, i), True, False))
                start = -1
        elif start < 0 and c in chars and c in _SINGLE and i >= barren and _opens(text, i):
            end = _single_close(text, i + 1)
            if end > 0:
                out.append(Quote(Span(i, end + 1), Span(i + 1, end), True, True))
                i = end
            else:
                line = text.find("\n", i)
                barren = line if line >= 0 else size
        i += 1
    if start >= 0:
        out.append(Quote(Span(start, size), Span(start + 1, size), False, False))
    return out


def _opens(text: str, i: int) -> bool:
    before = text[i - 1] if i else " "
    after = text[i + 1] if i + 1 < len(text) else " "
    return (before.isspace() or before in "([-–—") and after.isalnum()


def _single_close(text: str, i: int) -> int:
    """Offset of the single mark that closes a quotation opened before `i`, on the same line; -1: none."""
    end = text.find("\n", i)
    end = len(text) if end < 0 else end
    for k in range(i, end):
        if text[k] in _SINGLE and not text[k - 1].isspace() and (k + 1 >= end or not text[k + 1].isalnum()):
            return k
    return -1


def _closing_later(text: str, i: int, double: set[str]) -> int:
    """Offset of a double mark that closes a quotation running on from before `i`; -1: none."""
    for _ in range(_CARRY):
        end = text.find("\n", i)
        end = len(text) if end < 0 else end
        at = next((k for k in range(i, end) if text[k] in double), -1)
        if at >= 0:
            closes = at > i and not text[at - 1].isspace() and (at + 1 >= end or not text[at + 1].isalnum())
            return at if closes else -1
        if end >= len(text) or not text[i:end].strip():
            return -1
        i = end + 1
    return -1


_DASH = "–—-"
_BREAK = re.compile(rf"[,!?…] [{_DASH}] (?=[^\W\d_])")  # before "he said", and before the quotation goes on


def with_dashes(text: str, lines: list[Span], quotes: list[Quote]) -> list[Quote]:
    """Quotations with those that a dash at the start of a line opens: "- We are ready, - he said. - We wait"."""
    out = list(quotes)
    for line in lines:
        if text[line.start] not in _DASH or text[line.start + 1 : line.start + 2] != " ":
            continue
        end = _BREAK.search(text, line.start + 2, line.end)
        if end is None or not text[end.end()].islower():
            continue
        inner = Span(line.start + 2, end.start() + (text[end.start()] != ","))
        if not any(q.outer.start < inner.end and inner.start < q.outer.end for q in quotes):
            out.append(Quote(Span(line.start, inner.end), inner, True, False))
    return sorted(out, key=lambda q: q.outer)
