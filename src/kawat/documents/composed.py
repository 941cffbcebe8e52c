"""Text as given -> text as the packs write it: letters composed (NFC), without characters that nobody sees; spans lead back."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple, TypeVar

import msgspec

from kawat.records import Span

T = TypeVar("T")
# Soft hyphens, joiners, marks of direction, selectors of variants, byte order marks: they say how to draw, not what is written.
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_MARKS = "\u0300-\u036f"  # accents over or under the letter before
_BLANKS = " \u00a0\u2000-\u200a\u202f\u205f"
_ODD = re.compile(f"[{_UNSEEN}{_MARKS}]")
_WANTED = re.compile(f"[{_UNSEEN}{_MARKS}]|[{_BLANKS}]{{2}}")
_BLANK = re.compile(f"[{_BLANKS}]")
_DROPPED = re.compile(f"[{_UNSEEN}]")
_LEFT = re.compile(f"[{_MARKS}]")
# Letters, digits and marks that are written as packs are, and single blanks between: the last of a row is left to be looked at.
_PLAIN = "!-~\u00a1-\u00ac\u00ae-\u02ff\u0400-\u0482\u048a-\u052f\u1e00-\u1eff\u2010-\u2027\u3001-\u3002\u4e00-\u9fff\uff01-\uff5e"
_AS_READ = re.compile(f"(?:[{_PLAIN}]| (?=[{_PLAIN}])){{1,2000}}(?=[ {_PLAIN}])")


class Offsets(NamedTuple):
    """For each offset of the text as read: where in the text as given what stands there starts, and what stands before it ends."""

    starts: list[int]
    ends: list[int]

    def span(self, span: Span) -> Span:
        """The same words in the text as given."""
        start = self.starts[span.start]
        return Span(start, max(start, self.ends[span.end]))


def compose(text: str) -> tuple[str, Offsets] | None:
    """The text as read, with its way back; None where it is the text as given.

    A mark that no composed letter has (the stress of "замо́к") is left out like the characters that nobody sees; blanks in a row are one.
    """
    if unicodedata.is_normalized("NFC", text) and not _WANTED.search(text):
        return None
    parts: list[str] = []
    starts: list[int] = []
    ends = [0]
    start, size = 0, len(text)
    while start < size:
        if run := _AS_READ.match(text, start):
            parts.append(run[0])
            starts += range(start, run.end())
            ends += range(start + 1, run.end() + 1)
            start = run.end()
        end = _end(text, start)
        part = _seen(text[start:end])
        parts.append(part)
        starts += [min(start + k, end - 1) for k in range(len(part))]
        last = _last_seen(text, start, end)
        ends += [min(start + k + 1, last) for k in range(len(part) - 1)] + [last] * bool(part)
        start = end
    return "".join(parts), Offsets([*starts, size], ends)


def _end(text: str, start: int) -> int:
    """Where a letter with its marks, or a row of blanks, ends."""
    end, blank = start + 1, _BLANK.match(text, start)
    while end < len(text) and (unicodedata.combining(text[end]) or _ODD.match(text, end) or (blank and _BLANK.match(text, end))):
        end += 1
    return end


def _seen(cluster: str) -> str:
    """A letter with its marks as one character, as far as there is one."""
    if len(cluster) == 1 and not _ODD.match(cluster):
        return unicodedata.normalize("NFC", cluster)
    if _BLANK.match(cluster):
        return " "
    whole = unicodedata.normalize("NFC", _DROPPED.sub("", cluster))
    return _LEFT.sub("", whole)


def _last_seen(text: str, start: int, end: int) -> int:
    """Where a letter with its marks ends, without what nobody sees behind it."""
    while end > start + 1 and _DROPPED.match(text, end - 1):
        end -= 1
    return end


def mapped(value: T, offsets: Offsets) -> T:
    """A record with all its spans led back to the text as given."""
    found: Any = value
    if isinstance(found, Span):
        found = offsets.span(found)
    elif isinstance(found, tuple):
        found = tuple(mapped(x, offsets) for x in found)
    elif isinstance(found, msgspec.Struct):
        found = msgspec.structs.replace(found, **{name: mapped(getattr(found, name), offsets) for name in found.__struct_fields__})
    return found  # type: ignore[no-any-return]
