"""What each line of a page is: story, headline, caption, source line, comment box …

Cleaning marks and never deletes: a piece is a kind and a span of the text.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from kawat.lexicon.schema import FurnitureFile
from kawat.packs import Pack
from kawat.records import Piece, Span
from kawat.span import trim

_HEADLINE_MAX = 160
_FEW = 12  # letters: fewer tell no script
_FOREIGN = 5  # a line of which so much (one in five) is in another script is in another language
# Letters of a script; Latin stands in texts of all. Kana and Hangul are no "han": Japanese has about half its letters in kana.
_SCRIPTS = {"latin": "", "cyrillic": "\u0400-\u052f", "han": "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"}
_LATIN = "A-Za-z\u00aa-\u024f\u1e00-\u1eff\uff21-\uff5a"
_END = tuple('.!?…。！？"”')


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number, its span without outer white space, and the kind of piece it is."""

    number: int
    span: Span
    kind: str
    read: bool


class _Rules:
    """A furniture file with its regular expressions compiled."""

    def __init__(self, file: FurnitureFile) -> None:
        self.rows = [(f, tuple(f.starts), frozenset(f.whole), _any(f.regex)) for f in file.furniture]
        self.starts = tuple({s for _, starts, _, _ in self.rows for s in starts})
        self.whole = frozenset().union(*(whole for _, _, whole, _ in self.rows))
        self.shapes = [regex for _, _, _, regex in self.rows if regex]
        self.dateline = _any(file.dateline)
        self.credit = _any([rf"(?:{p})\Z" for p in file.credit])
        words = [rf"(?:{s})" for s in file.foreign_shapes] + [re.escape(w) for w in file.foreign_words]
        self.foreign = re.compile(rf"(?<![\w'’.@/-])(?:{'|'.join(words)})(?![\w'’@/-])") if words else None

    def kind(self, line: str) -> tuple[str, bool] | None:
        line = line.replace(" :", ":")
        if not (line.startswith(self.starts) or line in self.whole or any(regex.fullmatch(line) for regex in self.shapes)):
            return None  # as most lines
        for row, starts, whole, regex in self.rows:
            if line.startswith(starts) or line in whole or (regex and regex.fullmatch(line)):
                return row.kind, row.keep
        return None


def _any(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(f"(?:{p})" for p in patterns)) if patterns else None


@functools.lru_cache(maxsize=16)
def _rules(pack: Pack) -> _Rules:
    return _Rules(pack.data.furniture)


def find_lines(text: str, title: str | None, pack: Pack) -> list[Line]:
    """All lines that are not blank. Furniture is not read; captions and headlines are."""
    rules = _rules(pack)
    lines: list[Line] = []
    start = 0
    for number, raw in enumerate(text.split("\n")):
        span = trim(text, start, start + len(raw))
        start += len(raw) + 1
        if span.start < span.end:
            found = rules.kind(text[span.start : span.end])
            kind, read = found or (("foreign_language", False) if _other_script(text, span, pack) else ("story", True))
            lines.append(Line(number, span, kind, read))
    return _with_headline(text, title, lines)


@functools.lru_cache(maxsize=16)
def _own_letters(script: str) -> re.Pattern[str]:
    return re.compile(rf"[{_LATIN}{_SCRIPTS.get(script, '')}\W\d_]+")


def _other_script(text: str, span: Span, pack: Pack) -> bool:
    """A line in a language of another script than the pack's: nothing of it is read."""
    own = _own_letters(pack.data.head.pack.script)
    if own.fullmatch(text, span.start, span.end):
        return False
    line = text[slice(*span)]
    letters = sum(c.isalpha() for c in line)
    return letters >= _FEW and _FOREIGN * sum(c.isalpha() for c in own.sub("", line)) > letters


def _with_headline(text: str, title: str | None, lines: list[Line]) -> list[Line]:
    """Mark the headline: the first line where it equals the title, or is short, unpunctuated and followed by prose."""
    if len(lines) < 2 or lines[0].kind != "story":
        return lines
    first = text[slice(*lines[0].span)]
    after = [x for x in lines[1:4] if x.kind == "story"]
    longer = any(x.span.end - x.span.start > len(first) for x in after)
    if first == (title or "").strip() or (len(first) <= _HEADLINE_MAX and not first.endswith(_END) and longer):
        lines[0] = Line(lines[0].number, lines[0].span, "headline", True)
    return lines


def find_pieces(text: str, lines: list[Line], pack: Pack) -> list[Piece]:
    """Pieces of the page, in order: whole lines that are not story, and datelines, credits and stuck words inside lines."""
    rules = _rules(pack)
    pieces = [Piece(kind=x.kind, span=x.span) for x in lines if x.kind != "story"]
    story = [x for x in lines if x.kind == "story"]
    for line in story[:3]:
        dateline = dateline_of(text, line, pack)
        if dateline:
            pieces.append(Piece(kind="dateline", span=dateline))
    for line in story:
        credit = credit_of(text, line, pack)
        if credit:
            pieces.append(Piece(kind="source_line", span=credit))
    for line in story:
        pieces += [Piece(kind="translation_glitch", span=s) for s in _stuck_words(text, line.span, rules)]
    return sorted(pieces, key=lambda p: p.span)


def dateline_of(text: str, line: Line, pack: Pack) -> Span | None:
    """The words "JAKARTA, Agency -" before a story's first words."""
    pattern = _rules(pack).dateline
    found = pattern.match(text, line.span.start, line.span.end) if pattern else None
    return trim(text, found.start(), found.end()) if found else None


def credit_of(text: str, line: Line, pack: Pack) -> Span | None:
    """The words "- Agency" behind a story's last words."""
    pattern = _rules(pack).credit
    found = pattern.search(text, line.span.start, line.span.end) if pattern else None
    return trim(text, found.start(), found.end()) if found and found.start() > line.span.start else None


def _stuck_words(text: str, span: Span, rules: _Rules) -> list[Span]:
    """Words of another language inside a sentence: by shape, by list, or by script."""
    out: list[Span] = []
    if rules.foreign:
        for found in rules.foreign.finditer(text, span.start, span.end):
            if out and not text[out[-1].end : found.start()].strip():
                out[-1] = Span(out[-1].start, found.end())
            else:
                out.append(Span(found.start(), found.end()))
    return [s for s in out if not _in_name_or_quote(text, s)]


def _in_name_or_quote(text: str, s: Span) -> bool:
    """English between capitals ("Center for Security") or marks is a name, not a slip."""
    before = re.search(r"([^\W\d_][\w'’.-]*|[\"“‘'(])\s*$", text[max(0, s.start - 30) : s.start])
    after = re.match(r"\s*([^\W\d_][\w'’.-]*|[\"”’')])", text[s.end : s.end + 30])
    marked = (before and before[1][0] in "\"“‘'(") or (after and after[1][0] in "\"”’')")
    named = before and after and before[1][0].isupper() and after[1][0].isupper()
    return bool(marked or named)
