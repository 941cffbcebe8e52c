"""JSON that is not lines: a list of reports, one report, or an object that holds such a list."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import BinaryIO

import msgspec

from kawat.errors import SourceError
from kawat.sources.item import Found
from kawat.sources.jsonl import items_of, numbered
from kawat.sources.objects import Objects
from kawat.sources.options import Options
from kawat.sources.rows import shown

_LIST = re.compile(rb"\[\s*\{").match
_LIST_BEGINS = re.compile(rb'\s*(?:\{\s*"[^"]*"\s*:\s*)?\[\s*(?=\{)').match
_BETWEEN = re.compile(r"[\s,]*")
_BAD = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """Reports of a JSON file: one object, a list of them, or an object with such a list under one of its keys. What is in truth JSON
    Lines is read as lines. A faulty object comes out as a SourceError and the rest goes on; what is no JSON is one SourceError."""
    count, first = _first(stream, options)
    if _object(first) is not None:
        rest = numbered(stream, options.limits, count)
        if (second := next(rest, None)) is not None:
            yield from items_of(chain([(count, first), second], rest), place, options)
            return
    most = options.limits.json
    raw = first + stream.read(max(most - len(first), 0) + 1)
    if len(raw) > most:
        yield SourceError(f"has more than {most:,} bytes of JSON: make lines of it, e.g. jq -c '.[]' FILE > FILE.jsonl", place)
        return
    try:
        yield from _whole(raw, place, options.fields)
    except _BAD as e:
        if _object(_second(raw, options)) is not None:  # lines, of which the first is faulty: those of lists end with commas
            yield from items_of(numbered(io.BytesIO(raw), options.limits, count - 1), place, options)
        else:
            yield from _until_cut(raw.removeprefix(codecs.BOM_UTF8), place, options.fields, f"is no whole JSON: {e}")
    except SourceError as e:
        yield SourceError(e.reason, place)


def _first(stream: BinaryIO, options: Options) -> tuple[int, bytes]:
    """The first line that is not blank, as far as a line may go, and its number."""
    count = 0
    while raw := stream.readline(options.limits.line):
        count += 1
        if (line := raw.removeprefix(codecs.BOM_UTF8)).strip():
            return count, line
    return count, b""


def _object(raw: bytes | msgspec.Raw) -> dict[str, msgspec.Raw] | None:
    try:
        return msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except _BAD:
        return None


def _second(raw: bytes, options: Options) -> bytes:
    """The second line that is not blank."""
    lines = numbered(io.BytesIO(raw), options.limits)
    next(lines, None)
    _, second = next(lines, (0, b""))
    return second if isinstance(second, bytes) else b""


def _whole(raw: bytes, place: str, fields: Mapping[str, str]) -> Iterator[Found]:
    """Each object is decoded by itself, so that a faulty one is alone. Raises SourceError and what msgspec raises, before it yields."""
    objects = Objects(place, fields, "item")
    for number, one in enumerate(_listed(raw, fields), 1):
        yield objects.item(one, number)
    yield from objects.unmet()


def _until_cut(raw: bytes, place: str, fields: Mapping[str, str], fault: str) -> Iterator[Found]:
    """The objects of a list up to where it breaks off or is damaged, and how far that is; only the `fault` where there is none."""
    begin = _LIST_BEGINS(raw)
    text, at, number = raw[begin.end() :].decode("utf-8", "replace") if begin else "", 0, 0
    objects, one = Objects(place, fields, "item"), json.JSONDecoder()
    while text:
        try:
            _, end = one.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        number += 1
        yield objects.item(text[at:end].encode(), number)
        between = _BETWEEN.match(text, end)
        at = between.end() if between else end
    told = f"{fault}; the {number:,} before that are read, what is behind it is not" if number else fault
    yield SourceError(told, place)


def _listed(raw: bytes, fields: Mapping[str, str]) -> list[msgspec.Raw]:
    """The encoded objects. Raises SourceError where there are none, and what msgspec raises for what is no JSON."""
    if not raw.strip():
        raise SourceError("is empty")
    whole = msgspec.json.decode(raw, type=dict[str, msgspec.Raw] | list[msgspec.Raw])
    if isinstance(whole, list):
        return _objects(whole, "the list")
    if _wanted(fields) & whole.keys():
        return [msgspec.Raw(raw)]
    held = [k for k, value in whole.items() if _LIST(bytes(value))]
    if len(held) > 1:
        raise SourceError(f"holds several lists, {shown(held)}: take one out, e.g. jq -c '.{held[0]}[]' FILE > FILE.jsonl")
    if not held:
        return [msgspec.Raw(raw)]
    return _objects(msgspec.json.decode(whole[held[0]], type=list[msgspec.Raw]), f"the list under {held[0]!r}")


def _wanted(fields: Mapping[str, str]) -> set[str]:
    """Keys by which an object is a report itself: those of a text, with their dots or their first part."""
    names = [fields.get(k, k) for k in ("text", "html")]
    return {*names, *(n.partition(".")[0] for n in names)}


def _objects(held: list[msgspec.Raw], what: str) -> list[msgspec.Raw]:
    if not held:
        raise SourceError(f"holds no report: {what} is empty")
    if not any(bytes(one).startswith(b"{") for one in held):
        raise SourceError(f"holds no report: {what} is not one of objects")
    return held
