"""Text in decomposed letters (Unicode NFD): read as composed letters (NFC), with spans into the text as given."""

from __future__ import annotations

import unicodedata
from typing import Any, TypeVar

import msgspec

from kawat.records import Span

T = TypeVar("T")


def compose(text: str) -> tuple[str, list[int]] | None:
    """The text in NFC and, for each of its offsets and its end, the offset in `text`; None where it is in NFC already."""
    if unicodedata.is_normalized("NFC", text):
        return None
    parts: list[str] = []
    offsets: list[int] = []
    start, size = 0, len(text)
    while start < size:
        end = start + 1
        while end < size and unicodedata.combining(text[end]):
            end += 1
        part = unicodedata.normalize("NFC", text[start:end])
        parts.append(part)
        offsets += [min(start + k, end - 1) for k in range(len(part))]
        start = end
    return "".join(parts), [*offsets, size]


def mapped(value: T, offsets: list[int]) -> T:
    """A record with all its spans moved by a table of offsets."""
    found: Any = value
    if isinstance(found, Span):
        found = Span(offsets[found.start], offsets[found.end])
    elif isinstance(found, tuple):
        found = tuple(mapped(x, offsets) for x in found)
    elif isinstance(found, msgspec.Struct):
        found = msgspec.structs.replace(found, **{name: mapped(getattr(found, name), offsets) for name in found.__struct_fields__})
    return found  # type: ignore[no-any-return]
