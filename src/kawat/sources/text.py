"""Plain text: one file, one report."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kawat.errors import SourceError
from kawat.records import Report
from kawat.sources.item import Found, Item
from kawat.sources.options import Options
from kawat.sources.whole import whole


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """The whole stream as one report; its id is the file's name without its ending."""
    try:
        raw = whole(stream, options.limits.text, "single report: split it, one report a line of JSONL")
        report = Report(id=stem(place), text=decode(raw))
    except ValueError as e:
        yield SourceError(str(e), place)
        return
    if not report.text or report.text.isspace():
        yield SourceError("is empty", place)
        return
    yield Item(place=place, content=report, key=place_key(place))


def decode(raw: bytes) -> str:
    """Bytes of a text file as text. Raises ValueError for binary data and for encodings other than UTF-8 and UTF-16."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"
        if b"\0" in raw:
            raise ValueError("looks like binary data, not text")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as e:
        raise ValueError(f"not {encoding.upper()} at byte {e.start}; {CONVERT}") from e


CONVERT = "convert it to UTF-8 first, e.g. iconv -f windows-1252 -t utf-8 FILE (or windows-1251, gb18030, whatever it is in)"


def stem(place: str) -> str:
    """The name of a file without its folders and ending, as an id."""
    return os.fsencode(Path(place).stem).decode("utf-8", "replace")


def place_key(place: str) -> str | None:
    """What names a file whatever the folder one stands in; None for standard input, which is another one each time."""
    if place == STDIN:
        return None
    return place if "://" in place else os.fsencode(Path(place).resolve()).decode("utf-8", "replace")


STDIN = "standard input"
