"""Tables as Parquet, one report a row."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import msgspec
import pyarrow
import pyarrow.parquet

from kawat.errors import SourceError
from kawat.sources.csv import missing
from kawat.sources.item import Found
from kawat.sources.options import Options
from kawat.sources.rows import KEYS, Row, item_of, mapped

_ROWS = 64  # in memory at once


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """Reports of a Parquet file; only columns of use are read. `published` and the like may be timestamps or days, `authors` and `tags`
    lists; a dotted name reaches into nested columns. The table of contents stands at the end, so the input must be a file, not packed."""
    if not stream.seekable():
        yield SourceError("is Parquet, which can only be read from a file that is not packed: save it to one", place)
        return
    number = 0
    try:
        table = pyarrow.parquet.ParquetFile(stream, pre_buffer=False)
        names = [*table.schema_arrow.names, *_nested(table.schema_arrow)]
        if fault := missing(names, options.fields):
            yield SourceError(fault, place)
            return
        columns = [n for n in names if n in options.fields.values() or (n in KEYS and n not in options.fields)]
        for batch in table.iter_batches(_ROWS, columns=columns, use_threads=False):
            for row in _micro(batch).to_pylist():
                number += 1
                yield _item(row, place, number, options.fields)
    except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as e:
        yield SourceError(f"cannot be read on as Parquet behind row {number:,}: {' '.join(str(e).split())[:300]}", place)


def _nested(schema: Any, before: str = "") -> Iterator[str]:
    for column in schema:
        if before:
            yield before + column.name
        if pyarrow.types.is_struct(column.type):
            yield from _nested(column.type, f"{before}{column.name}.")


def _micro(batch: Any) -> Any:
    """Timestamps of nanoseconds cut to microseconds: Python knows no finer ones."""
    for at, column in enumerate(batch.schema):
        if pyarrow.types.is_timestamp(column.type) and column.type.unit == "ns":
            cut = batch.column(at).cast(pyarrow.timestamp("us", column.type.tz), safe=False)
            batch = batch.set_column(at, column.name, cut)
    return batch


def _item(row: Mapping[str, Any], place: str, number: int, fields: Mapping[str, str]) -> Found:
    try:
        return item_of(msgspec.convert({k: _plain(v) for k, v in mapped(row, fields).items()}, Row), place, number, "row")
    except (msgspec.ValidationError, UnicodeDecodeError) as e:
        return SourceError(f"not a report: {e}", f"{place}, row {number}")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.date):  # datetimes are dates too
        return value.isoformat()
    return value.decode("utf-8") if isinstance(value, bytes) else value
