"""JSON Lines: one report a line."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import msgspec

from kawat.errors import SourceError
from kawat.records import Pair
from kawat.sources.item import Found
from kawat.sources.objects import Objects
from kawat.sources.options import Limits, Options

_BAD = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """Reports of a JSONL file. A faulty line comes out as a SourceError that names file and line; the rest goes on."""
    yield from items_of(numbered(stream, options.limits), place, options)


def items_of(lines: Iterable[tuple[int, bytes | SourceError]], place: str, options: Options) -> Iterator[Found]:
    """The same of numbered lines."""
    objects = Objects(place, options.fields, "line")
    for number, raw in lines:
        yield SourceError(raw.reason, f"{place}, line {number}") if isinstance(raw, SourceError) else objects.item(raw, number)
    yield from objects.unmet()


def numbered(stream: BinaryIO, limits: Limits, number: int = 0) -> Iterator[tuple[int, bytes | SourceError]]:
    """Lines that are not empty, counted from 1; `number` of them are read already. A line beyond the limit is an error, and never in memory
    as a whole."""
    while raw := stream.readline(limits.line):
        number += 1
        if len(raw) == limits.line and not raw.endswith(b"\n"):
            while (rest := stream.readline(limits.line)) and not rest.endswith(b"\n"):
                pass
            yield number, SourceError(f"a line of more than {limits.line:,} bytes")
        elif (raw := raw.removeprefix(codecs.BOM_UTF8)).strip():
            yield number, raw


def read_pairs(stream: BinaryIO, name: str) -> Iterator[Pair | SourceError]:
    """Pairs of a JSONL file, with their faulty lines as SourceErrors."""
    for number, raw in numbered(stream, Limits()):
        where = f"{name}, line {number}"
        yield SourceError(raw.reason, where) if isinstance(raw, SourceError) else _pair(raw, where)


def _pair(raw: bytes, where: str) -> Pair | SourceError:
    try:
        pair = msgspec.json.decode(raw, type=Pair)
    except _BAD as e:
        return SourceError(f"not a pair: {e}", where)
    for key, span in (("actor", pair.actor), ("recipient", pair.recipient)):
        if span and not 0 <= span.start < span.end <= len(pair.text):
            return SourceError(f"{list(span)} is no span of the text, which has {len(pair.text)} characters", f"{where}, key {key}")
    return pair
