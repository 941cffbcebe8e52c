"""JSON Lines: one report a line."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from kawat.errors import SourceError
from kawat.records import Pair
from kawat.sources.item import Found
from kawat.sources.options import Limits, Options
from kawat.sources.rows import Row, item_of, mapped

_BAD = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """Reports of a JSONL file. A faulty line comes out as a SourceError that names file and line; the rest goes on."""
    plain, loose = msgspec.json.Decoder(Row), msgspec.json.Decoder(dict[str, Any])
    for number, raw in numbered(stream, options.limits):
        try:
            if isinstance(raw, SourceError):
                raise raw
            row = msgspec.convert(mapped(loose.decode(raw), options.fields), Row) if options.fields else plain.decode(raw)
        except SourceError as e:
            yield SourceError(e.reason, f"{place}, line {number}")
        except (*_BAD, msgspec.ValidationError) as e:
            yield SourceError(f"not a report: {e}", f"{place}, line {number}")
        else:
            yield item_of(row, place, number)


def numbered(stream: BinaryIO, limits: Limits) -> Iterator[tuple[int, bytes | SourceError]]:
    """Lines that are not empty, counted from 1. A line beyond the limit is an error, and never in memory as a whole."""
    number = 0
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
