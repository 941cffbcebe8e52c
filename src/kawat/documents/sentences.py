"""Lines -> sentences."""

from __future__ import annotations

import bisect
import functools
import re
from dataclasses import dataclass

from kawat.documents.pieces import Line, credit_of, dateline_of, find_lines, find_pieces
from kawat.documents.quotes import Quote, find_quotes, with_dashes
from kawat.packs import Pack
from kawat.records import Piece, Span
from kawat.span import trim

_OPENING = '"“«'
_LONGEST = 2000  # code points of a sentence
_LONGEST_UNSPACED = 500  # and where each of them is about half a word
_PAUSES = frozenset("，、；：,;:")
_HAN = "\u3400-\u9fff"
_STOP = re.compile(
    r"[.!?…]+[\"”’'»)\]“]*(?=\s)|[。！？…]+[」』”’]*"
    rf"|[.!?](?<=[{_HAN}][.!?])[\"”’]*(?=[{_HAN}\"“])"  # stops of half the width
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of one line. `kind` is that of its line; `number` counts over the report."""

    number: int
    line: int
    span: Span
    kind: str


@dataclass(frozen=True, slots=True)
class Document:
    """A report cut up: every part is a span of `text`."""

    text: str
    lines: list[Line]
    pieces: list[Piece]
    quotes: list[Quote]
    sentences: list[Sentence]
    opened: list[int]  # where each quotation begins

    def quotes_in(self, span: Span) -> list[Quote]:
        """Quotations that share a character with `span`."""
        first = bisect.bisect_right(self.opened, span.start) - 1
        last = bisect.bisect_left(self.opened, span.end)
        return [q for q in self.quotes[max(first, 0) : last] if q.outer.end > span.start]

    def quote_of(self, span: Span) -> Span | None:
        """The quotation that `span` stands in, without its marks."""
        return next((q.inner for q in self.quotes_in(span) if q.inner.start <= span.start and span.end <= q.inner.end), None)


def cut(text: str, title: str | None, pack: Pack) -> Document:
    """Lines, pieces, quotations and sentences of a text."""
    lines = find_lines(text, title, pack)
    quotes = find_quotes(text, pack.data.glue.quotes)
    if pack.grammar.dash_quotes:
        quotes = with_dashes(text, [x.span for x in lines], quotes)
    sentences: list[Sentence] = []
    for line in lines:
        if line.read:
            head = dateline_of(text, line, pack) if line.kind == "story" and line.number < 8 else None
            tail = credit_of(text, line, pack) if line.kind == "story" else None
            body = trim(text, head.end if head else line.span.start, tail.start if tail else line.span.end)
            for span in split(text, body, quotes, pack):
                sentences.append(Sentence(len(sentences), line.number, span, line.kind))
    return Document(text, lines, find_pieces(text, lines, pack), quotes, sentences, [q.outer.start for q in quotes])


@functools.lru_cache(maxsize=16)
def _abbreviations(pack: Pack) -> tuple[str, ...]:
    return tuple(pack.data.glue.abbreviations)


@functools.lru_cache(maxsize=16)
def _never_last(pack: Pack) -> frozenset[str]:
    """Words that no sentence ends with; a stop behind one is a slip of the pen."""
    return frozenset(pack.data.glue.locative) | frozenset(pack.data.glue.passive_agent)


def split(text: str, body: Span, quotes: list[Quote], pack: Pack) -> list[Span]:
    """Sentence spans inside `body`. A stop inside a closed quotation that the sentence goes on after does not split."""
    spans: list[Span] = []
    start = body.start
    for stop in _STOP.finditer(text, body.start, body.end):
        end = stop.end()
        if end >= body.end or _runs_on(text, stop, start, body.end, quotes, pack):
            continue
        spans.append(trim(text, start, end))
        start = end
    spans.append(trim(text, start, body.end))
    return [part for s in spans if s.start < s.end for part in _cut_long(text, s, pack)]


def _cut_long(text: str, s: Span, pack: Pack) -> list[Span]:
    """A "sentence" over the limit (a table, a list without stops) cut at white space, so that parsing stays linear.

    Where words are not parted by spaces a comma will do.
    """
    out: list[Span] = []
    start, longest = s.start, _LONGEST if pack.spaced else _LONGEST_UNSPACED
    while s.end - start > longest:
        ahead = range(start + longest, min(s.end, start + 2 * longest))
        gap = next((k for k in ahead if text[k].isspace() or (not pack.spaced and text[k - 1] in _PAUSES)), start + 2 * longest)
        out.append(trim(text, start, min(gap, s.end)))
        start = min(gap, s.end)
    out.append(trim(text, start, s.end))
    return [p for p in out if p.start < p.end]


def _runs_on(text: str, stop: re.Match[str], start: int, end: int, quotes: list[Quote], pack: Pack) -> bool:
    i = stop.end()
    while i < end and text[i].isspace():
        i += 1
    if i < end and (text[i].islower() or text[i] == "(" or _dashed(text, i)):
        return True
    if stop[0] == ".":
        if i < end and i > stop.end() and text[i] in _OPENING and text[stop.start() - 2].isspace():
            return _within_quote(stop.start(), quotes)  # "… on X. “We …": the letter is a name
        word = text[max(start, stop.start() - 12) : stop.start() + 1].rsplit(None, 1)[-1].lstrip("(\"“‘'")
        if word in _abbreviations(pack) or (len(word) == 2 and word[0].isupper()) or word[:-1] in _never_last(pack):
            return True
    return _within_quote(stop.start(), quotes) or _opens_with(start, stop.end(), quotes)


def _opens_with(start: int, end: int, quotes: list[Quote]) -> bool:
    """The sentence so far is a quotation alone, with its stop inside; without white space behind it goes on: who says it follows."""
    k = bisect.bisect_right(quotes, start, key=lambda q: q.outer.start) - 1
    return k >= 0 and quotes[k].closed and quotes[k].outer.start == start and quotes[k].outer.end == end


def _dashed(text: str, i: int) -> bool:
    """ "…!" - he said."""
    return text[i] in "-–—" and text[i + 1 : i + 2].isspace() and text[i + 2 : i + 3].islower()


def _within_quote(at: int, quotes: list[Quote]) -> bool:
    """Inside a quotation, and not at its very end."""
    k = bisect.bisect_right(quotes, at, key=lambda q: q.outer.start) - 1
    return k >= 0 and quotes[k].closed and at < quotes[k].inner.end - 2
