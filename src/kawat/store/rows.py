"""A reading as rows of the store, and back. Pure functions: rows are made where the report is read, in whatever process that is."""

from __future__ import annotations

import itertools
from datetime import date
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from kawat.records import Event, Reading, Report, Span
from kawat.sources.urls import plain_url
from kawat.store.index import Words, quote_words, text_words

Row = tuple[Any, ...]
_json = msgspec.json.Encoder().encode
_msgpack = msgspec.msgpack.Encoder().encode


class Rows(NamedTuple):
    """What one reading puts into each table, without the numbers that the store gives: `report` stands before every row, and rows of
    `numbered` tables begin with their place in the report, from 0."""

    report: Row
    text: Words
    quotes: list[Words]  # of each statement
    tables: dict[str, list[Row]]


REPORT = (
    "id", "url", "outlet", "language", "title", "authors", "tags", "published_start", "published_end", "published_precision",
    "published_basis", "published_span", "modified", "fetched", "text", "given_language", "packs", "reader", "notes",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "pieces": ("kind", "start", "end"),
    "actors": ("actor", "kind", "name", "country", "country_basis", "country_start", "country_end", "sector"),
    "names": ("actor", "name", "start", "end"),
    "roles": ("actor", "title", "office", "country", "start", "end"),
    "statements": (
        "statement", "id", "speaker", "source_start", "source_end", "kind", "cue_start", "cue_end", "content", "to", "via", "about", "rule",
    ),
    "events": (
        "event", "id", "type", "mode", "contexts", "date_start", "date_end", "date_precision", "date_basis", "date_span_start",
        "date_span_end", "place", "place_start", "place_end", "status", "asserted_by", "trigger_start", "trigger_end", "evidence",
        "score", "rule",
    ),
    "parties": ("event", "place", "side", "actor", "start", "end"),
    "pairs": ("event", "actor", "other", "date", "direction"),
    "relations": ("relation", "kind", "name", "parties", "since", "asserted_by", "evidence", "rule"),
    "provenance": ("name", "relation", "outlet", "language", "url", "start", "end", "rule"),
}  # fmt: skip
NUMBERED = frozenset({"statements", "events", "parties", "pairs", "relations"})
WITHOUT_REPORT = frozenset({"parties", "pairs"})
ANYBODY = ""  # in `pairs`, for whoever else took part
TO, TOGETHER = 1, 0  # in `pairs`, what the first does; -TO: the other to the first
MOST = 1_000_000  # rows of one numbered table that a report can have: a row's number is report * MOST + its place


def digest_of(report: Report) -> bytes:
    """16 bytes that change when anything changes that a reading depends on; the id and the time of fetching do not count."""
    kept = (report.text, report.title, plain_url(report.url or ""), report.outlet, report.language, report.published)
    return blake2b(_msgpack(kept), digest_size=16).digest()


def rows_of(reading: Reading, given_language: str | None, reader: str) -> Rows:
    """All rows of a reading. `given_language` is what the input said, `reader` the version of Kawat. Raises ValueError for a text that
    no store can hold, and for days that are none."""
    report, text = reading.report, reading.report.text
    text.encode()  # lone surrogates are no characters
    for when in (report.published, report.modified):
        for day in (when.start, when.end) if when else ():
            if day is not None:
                date.fromisoformat(day)
    quotes = [quote_words(text, s.content) for s in reading.statements]
    tables: dict[str, list[Row]] = {
        "pieces": [(p.kind, *p.span) for p in report.pieces],
        "actors": [(a.id, a.kind, a.name, a.country, a.country_basis, *_span(a.country_span), a.sector) for a in reading.actors],
        "names": [(a.id, text[m.start : m.end], *m) for a in reading.actors for m in a.mentions],
        "roles": [(a.id, r.title, r.office, r.country, *r.span) for a in reading.actors for r in a.roles],
        "statements": [
            (k, s.id, s.speaker, *_span(s.source), s.kind, *_span(s.cue), _text(s.content), s.to, s.via, _text(s.about), s.rule)
            for k, s in enumerate(reading.statements)
        ],
        "events": [(k, *_event(e)) for k, e in enumerate(reading.events)],
        "parties": [(k, *row) for k, e in enumerate(reading.events) for row in _parties(e)],
        "pairs": _pairs(reading),
        "relations": [
            (k, r.kind, r.name, _text(r.parties), _text(r.since) if r.since else None, r.asserted_by, _text(r.evidence), r.rule)
            for k, r in enumerate(reading.relations)
        ],
        "provenance": [(p.name, p.relation, p.outlet, p.language, p.url, *_span(p.span), p.rule) for p in reading.provenance],
    }
    return Rows(_report(reading, given_language, reader), text_words(report.title, text), quotes, tables)


def _text(value: object) -> str:
    return _json(value).decode()


def _span(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)


def _report(reading: Reading, given_language: str | None, reader: str) -> Row:
    r = reading.report
    p = r.published
    day = (p.start, p.end, p.precision, p.basis, _text(p.span) if p.span else None) if p else (None,) * 5
    modified = _text(r.modified) if r.modified else None
    return (
        r.id, r.url, r.outlet, r.language, r.title, _text(r.authors), _text(r.tags), *day, modified, r.fetched, r.text, given_language,
        _text(reading.packs), reader, _text(reading.notes),
    )  # fmt: skip


def _event(e: Event) -> Row:
    d = e.date
    when = (d.start, d.end, d.precision, d.basis, *_span(d.span)) if d else (None,) * 6
    return (
        e.id, e.type, e.mode, _text(e.contexts), *when, e.place, *_span(e.place_span), e.status, e.asserted_by, *e.trigger,
        _text(e.evidence), e.score, e.rule,
    )  # fmt: skip


def _parties(e: Event) -> list[Row]:
    sides = [("actor", a) for a in e.actors] + [("recipient", a) for a in e.recipients]
    spans = itertools.chain(e.party_spans, itertools.repeat(None))
    return [(k, side, actor, *_span(span)) for k, ((side, actor), span) in enumerate(zip(sides, spans, strict=False))]


def _pairs(reading: Reading) -> list[Row]:
    """Who to whom, between the parties themselves and between their states, and each with ANYBODY; a pair stands once, in the order of
    its ids."""
    state = {a.id: a.country for a in reading.actors}
    found: dict[Row, int] = {}
    for k, e in enumerate(reading.events):
        day = (e.date.start if e.date else None) or ""
        actors, recipients = _with_states(e.actors, state), _with_states(e.recipients, state)
        done = [(a, b, TO) for a, b in itertools.product(actors, recipients)]
        done += [(a, b, TOGETHER) for a, b in itertools.combinations(actors, 2)]
        done += [(a, ANYBODY, TO) for a in actors] + [(ANYBODY, b, TO) for b in recipients]
        for a, b, direction in done:
            own = state.get(a) == b or state.get(b) == a  # a person and the state acted for are one side, unless both are named
            if a != b and (not own or {a, b} <= {*e.actors, *e.recipients}):
                one, other = sorted((a, b))
                found.setdefault((k, one, other, day), direction if one == a else -direction)
    return [(*row, direction) for row, direction in found.items()]


def _with_states(actors: tuple[str, ...], state: dict[str, str | None]) -> list[str]:
    return list(dict.fromkeys(x for a in actors for x in (a, state.get(a)) if x))
