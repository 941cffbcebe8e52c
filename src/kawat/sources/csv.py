"""Tables as CSV or TSV: a line of names, then one report a row."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from kawat.errors import SourceError
from kawat.sources.item import Found
from kawat.sources.options import Options
from kawat.sources.rows import KEYS, Row, item_of, mapped, shown
from kawat.sources.text import CONVERT

_SIGNS = ",;\t|"
_NOT_UTF8 = re.compile("[\udc80-\udcff]").search  # what surrogateescape makes of it
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """Reports of a table whose first line names its columns; what divides cells is told from that line. Rows are named by the line on which
    they begin. A faulty row comes out as a SourceError and the rest goes on; a table without a text is one SourceError."""
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BytesIO(stream.read())
    first = buffered.peek(2)[:2] if isinstance(buffered, io.BufferedReader) else buffered.getvalue()[:2]
    wide = first in _UTF16
    text = io.TextIOWrapper(buffered, "utf-16" if wide else "utf-8-sig", "strict" if wide else "surrogateescape", newline="")
    try:
        yield from _rows(_Lines(text, options.limits.line), place, options)
    except UnicodeDecodeError as e:
        yield SourceError(f"is not UTF-16 from byte {e.start:,} of a block on; convert it to UTF-8 first", place)
    finally:
        text.detach()


class _Lines:
    """Lines, none longer than the limit. `count` of them were read; `size` is how long those of the row at hand are."""

    def __init__(self, text: io.TextIOWrapper, most: int) -> None:
        self._text, self._most = text, most
        self.count = self.size = 0

    def __iter__(self) -> Iterator[str]:
        while line := self._text.readline(self._most):
            self.count += 1
            self.size += len(line)
            if self.size >= self._most:
                self._pass_over(line)
                raise csv.Error(f"a row of more than {self._most:,} characters; is a quotation mark never closed?")
            yield line

    def _pass_over(self, line: str) -> None:
        while line and not line.endswith(("\n", "\r")):
            line = self._text.readline(self._most)


def _rows(lines: _Lines, place: str, options: Options) -> Iterator[Found]:
    csv.field_size_limit(max(csv.field_size_limit(), options.limits.line))  # of the whole process; the lines are bounded before it
    head = next((line for line in lines if line.strip()), None)
    if head is None:
        return
    sign = _divider(head, options.fields, place)
    names = [n.strip() for n in next(csv.reader([head], delimiter=sign))]
    if fault := missing(names, options.fields):
        yield SourceError(fault, place)
        return
    for number, cells in _cells(lines, sign):
        where = f"{place}, line {number}"
        if isinstance(cells, SourceError):
            yield SourceError(cells.reason, where)
        elif len(cells) != len(names):
            yield SourceError(f"has {len(cells)} cells, and the first line names {len(names)} columns", where)
        elif any(map(_NOT_UTF8, cells)):
            yield SourceError(f"is not UTF-8; {CONVERT}", where)
        else:
            filled = {name: cell for name, cell in zip(names, cells, strict=True) if cell}
            yield item_of(Row(**mapped(filled, options.fields)), place, number)


def _cells(lines: _Lines, sign: str) -> Iterator[tuple[int, list[str] | SourceError]]:
    """Rows that are not empty, each with the line on which it begins."""
    while True:
        source = iter(lines)
        reader = csv.reader(source, delimiter=sign)
        try:
            while True:
                number, lines.size = lines.count + 1, 0
                if (cells := next(reader, None)) is None:
                    return
                if cells:
                    yield number, cells
        except csv.Error as e:
            yield number, SourceError(str(e))


def _divider(head: str, fields: Mapping[str, str], place: str) -> str:
    """The sign that divides the line of names into most known ones, then into most."""
    if "\t" in head and place.lower().removesuffix(".gz").removesuffix(".zst").endswith(".tsv"):
        return "\t"
    known = {*KEYS, *fields.values()}

    def found(sign: str) -> tuple[int, int]:
        names = next(csv.reader([head], delimiter=sign))
        return len(known.intersection(n.strip() for n in names)), len(names)

    return max(_SIGNS, key=found)


def missing(names: Sequence[str], fields: Mapping[str, str]) -> str | None:
    """What columns a table lacks, as a message; `names` may hold dots (of nested columns)."""
    there = f"its columns are {shown(names)}"
    for key, name in fields.items():
        if name not in names:
            return f"has no column {name!r}, which --map names for {key}; {there}"
    if not {"text", "html"} & ({*names} | {*fields}):
        return f"has no column `text` or `html`; {there}: say which one holds the text, as --map text=NAME"
    return None
