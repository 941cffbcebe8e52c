"""Asking a store: rows one at a time, or all as an Arrow table."""

from __future__ import annotations

import datetime
import json
import sqlite3
import typing
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from kawat.errors import MissingPartError
from kawat.records import Record
from kawat.store.connect import told
from kawat.store.fold import query_of
from kawat.store.rows import TO
from kawat.store.tables import EventRow, FailureRow, ReportRow, StatementRow

if TYPE_CHECKING:
    import pyarrow

_BATCH = 20_000  # rows
RANKED = 6_000  # hits of a search among which the best are looked for
R = TypeVar("R", bound=Record)

_START, _END = "json_extract(j.value, '$[0]')", "json_extract(j.value, '$[1]')"
_SPANS = f"(SELECT json_group_array(substr(r.text, {_START} + 1, {_END} - {_START})) FROM json_each({{}}) j)"
_WORDS = "substr(r.text, {0}_start + 1, {0}_end - {0}_start)"
_ABOUT_REPORT = "r.language, r.outlet, r.published_start, r.title, r.url"
_SIDE = "(SELECT json_group_array(x) FROM (SELECT {1} AS x FROM parties p WHERE p.event = e.event AND p.side = '{0}' ORDER BY p.place))"
_NAME = "coalesce((SELECT a.name FROM actors a WHERE a.report = {0}.report AND a.actor = {1}), {1})"
_SIDES = ", ".join(_SIDE.format(side, x) for x in ("p.actor", _NAME.format("e", "p.actor")) for side in ("actor", "recipient"))
_REPORT = (
    "r.report, r.id, r.published_start, r.outlet, r.language, r.title, r.url, r.authors, r.tags,"
    " (SELECT count(*) FROM events e WHERE e.report = r.report), (SELECT count(*) FROM statements s WHERE s.report = r.report),"
    " (SELECT json_group_array(p.name) FROM provenance p WHERE p.report = r.report), r.version, r.fetched, r.added, r.text"
)
_EVENT = (
    "e.event, e.report, e.date_start, e.date_end, e.date_precision, e.date_basis, e.type, e.mode, e.score,"
    f" {_SIDES}, e.place, e.status, e.asserted_by, {_WORDS.format('e.trigger')},"
    f" {_SPANS.format('e.evidence')}, json_array(e.trigger_start, e.trigger_end), e.rule, {_ABOUT_REPORT}"
)
_STATEMENT = (
    f"s.statement, s.report, s.speaker, {_NAME.format('s', 's.speaker')}, {_WORDS.format('s.source')}, s.kind,"
    f" {_WORDS.format('s.cue')}, {_SPANS.format('s.content')},"
    f' s."to", s.via, s.about, s.rule, {_ABOUT_REPORT}'
)
_FAILURE = (
    "place, reason, first, last, times, report FROM (SELECT place, reason, first, last, times, NULL AS report FROM failures UNION ALL"
    " SELECT place, json_extract(notes, '$[0]'), added, added, 1, report FROM reports WHERE latest AND packs = '{}') ORDER BY last, place"
)


class Asked(NamedTuple):
    """Whom to ask: a connection when it is needed, and the file's name for its errors."""

    db: Callable[[], sqlite3.Connection]
    path: Path


class Rows(Generic[R]):
    """The answer to a question, asked anew each time it is gone through. Iterating gives one record at a time."""

    def __init__(self, asked: Asked, kind: type[R], sql: str, values: Sequence[object] = ()) -> None:
        self._asked, self._kind, self._sql, self._values = asked, kind, sql, tuple(values)
        hints = typing.get_type_hints(kind)
        self._types = {name: hints[name] for name in kind.__struct_fields__}

    def __iter__(self) -> Iterator[R]:
        names = tuple(self._types)
        makers = [_maker(kind) for kind in self._types.values()]
        with told(self._asked.path):
            for row in self._asked.db().execute(self._sql, self._values):
                yield self._kind(**{n: make(v) if make and v is not None else v for n, make, v in zip(names, makers, row, strict=True)})

    def arrow(self) -> pyarrow.Table:
        """All rows as a pyarrow Table, which pandas, Polars, DuckDB and R take as it is. Raises MissingPartError without pyarrow."""
        try:
            import pyarrow as pa
        except ModuleNotFoundError as e:
            raise MissingPartError("Arrow tables need pyarrow, which is not installed: pip install 'kawat[tables]'") from e
        schema = pa.schema([(name, _arrow_type(kind, pa)) for name, kind in self._types.items()])
        makers = [_maker(kind) for kind in self._types.values()]
        batches = []
        for rows in self._batches():
            columns = [
                [make(v) if v is not None else None for v in column] if make else column
                for make, column in zip(makers, zip(*rows, strict=True), strict=True)
            ]
            batches.append(pa.record_batch([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema))
        return pa.Table.from_batches(batches, schema)

    def _batches(self) -> Iterator[list[Any]]:
        with told(self._asked.path):
            cursor = self._asked.db().execute(self._sql, self._values)
            while rows := cursor.fetchmany(_BATCH):
                yield rows


def _maker(kind: Any) -> Callable[[Any], Any] | None:
    """What makes a column's value of what SQLite holds."""
    if datetime.date in (kind, *typing.get_args(kind)):
        return datetime.date.fromisoformat
    return json.loads if typing.get_origin(kind) is list else None


def _arrow_type(kind: Any, pa: Any) -> Any:
    if typing.get_origin(kind) is list:
        return pa.list_(_arrow_type(typing.get_args(kind)[0], pa))
    plain = next((x for x in typing.get_args(kind) if x is not type(None)), kind)
    return {int: pa.int64(), float: pa.float64(), str: pa.string(), datetime.date: pa.date32()}[plain]


class Days(NamedTuple):
    """The first and the last ISO day that are asked for; None for no bound."""

    since: str | None = None
    until: str | None = None


class Where:
    """Conditions of a question, all of which must hold."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.values: list[object] = []

    def add(self, condition: str, value: object) -> Where:
        """Add a condition with one `?` where `value` is not None."""
        if value is not None:
            self.parts.append(condition)
            self.values.append(value)
        return self

    def sql(self) -> str:
        return f" WHERE {' AND '.join(self.parts)}" if self.parts else ""


def reports(asked: Asked, search: str | None, where: Where, limit: int | None) -> Rows[ReportRow]:
    """Reports, each in its newest version. With `search` the best first, else as they were taken in."""
    if search is None:
        return Rows(
            asked,
            ReportRow,
            f"SELECT {_REPORT} FROM reports r{where.add('r.latest = ?', 1).sql()} ORDER BY r.report{_top(limit)}",
            where.values,
        )
    tables = "text_index x CROSS JOIN reports r ON r.report = x.rowid AND r.latest"
    _match(where, "text_index", search, limit)
    return Rows(asked, ReportRow, f"SELECT {_REPORT} FROM {tables}{where.sql()} ORDER BY x.rank{_top(limit)}", where.values)


def statements(asked: Asked, search: str | None, where: Where, limit: int | None) -> Rows[StatementRow]:
    """Statements of newest versions. With `search` (in what was said) the best first, else as they were taken in."""
    tables = "statements s JOIN reports r ON r.report = s.report AND r.latest"
    if search is None:
        return Rows(asked, StatementRow, f"SELECT {_STATEMENT} FROM {tables}{where.sql()} ORDER BY s.statement{_top(limit)}", where.values)
    tables = f"quote_index x CROSS JOIN {tables.replace(' JOIN', ' ON s.statement = x.rowid CROSS JOIN', 1)}"
    _match(where, "quote_index", search, limit)
    return Rows(asked, StatementRow, f"SELECT {_STATEMENT} FROM {tables}{where.sql()} ORDER BY x.rank{_top(limit)}", where.values)


def events(asked: Asked, pair: tuple[str, str] | None, directed: bool, days: Days, where: Where, limit: int | None) -> Rows[EventRow]:
    """Events of newest versions. With a `pair` (ANYBODY for one of them) those between the two, newest first, or where `directed` what
    the first does to the other; else as they were taken in, but newest first where there is a limit."""
    where.add("coalesce(e.date_end, e.date_start) >= ?", days.since).add("e.date_start <= ?", days.until)
    if pair is None:
        order = "e.date_start DESC, e.event DESC" if limit else "e.event"
        tables = "events e CROSS JOIN reports r ON r.report = e.report AND r.latest"
        return Rows(asked, EventRow, f"SELECT {_EVENT} FROM {tables}{where.sql()} ORDER BY {order}{_top(limit)}", where.values)
    one, other = sorted(pair)
    direction = TO if one == pair[0] else -TO
    where.add("x.actor = ?", one).add("x.other = ?", other).add("x.direction = ?", direction if directed else None)
    where.add("x.date > ?", "" if days.until else None).add("x.date <= ?", days.until)
    where.add("x.date >= date(?, '-1 year')", days.since)  # a period may have begun before
    tables = "pairs x CROSS JOIN events e ON e.event = x.event CROSS JOIN reports r ON r.report = e.report AND r.latest"
    sql = f"SELECT {_EVENT} FROM {tables}{where.sql()} ORDER BY x.date DESC, x.event DESC{_top(limit)}"
    return Rows(asked, EventRow, sql, where.values)


def failures(asked: Asked) -> Rows[FailureRow]:
    """What could not be read, and reports that are kept without records since no pack reads them."""
    return Rows(asked, FailureRow, f"SELECT {_FAILURE}")


def _match(where: Where, index: str, search: str, limit: int | None) -> None:
    """What an index holds of a search. Ranking takes time with the number of hits, so for the best few only the newest many are
    ranked, unless other conditions would leave few of them."""
    words, alone = query_of(search), not where.parts
    where.add(f"{index} MATCH ?", words)
    if limit is not None and alone:
        newest = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET {RANKED}"
        where.add(f"x.rowid > coalesce(({newest}), 0)", words)


def _top(limit: int | None) -> str:
    return "" if limit is None else f" LIMIT {int(limit)}"
