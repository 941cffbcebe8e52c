"""Rows of a store as the records they came from."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

import msgspec

from kawat.records import Actor, Event, Piece, Provenance, Reading, Relation, Report, Role, Span, Statement, When
from kawat.sources.item import Visit

_Row = dict[str, Any]


def reading(db: sqlite3.Connection, number: int) -> Reading | None:
    """The reading of a report as it was written; None where there is no such report."""
    found = _rows(db, "SELECT * FROM reports WHERE report = ?", number)
    if not found:
        return None
    row = found[0]
    mine = {
        name: _rows(db, f"SELECT * FROM {name} WHERE report = ? ORDER BY rowid", number)
        for name in ("pieces", "actors", "names", "roles", "statements", "events", "relations", "provenance")
    }
    parties = _rows(db, "SELECT p.* FROM parties p JOIN events USING (event) WHERE report = ? ORDER BY event, p.place", number)
    return Reading(
        report=report(row, mine["pieces"]),
        actors=_actors(mine),
        statements=tuple(_statement(r) for r in mine["statements"]),
        events=_events(mine["events"], parties),
        relations=tuple(_relation(r) for r in mine["relations"]),
        provenance=tuple(_provenance(r) for r in mine["provenance"]),
        notes=_json(row["notes"], tuple[str, ...]),
        packs=_json(row["packs"], dict[str, str]),
    )


def visit(db: sqlite3.Connection, url: str) -> Visit | None:
    """What is known of a URL."""
    rows = _rows(db, f"SELECT {', '.join(Visit.__struct_fields__)} FROM visits WHERE url = ?", url)
    return Visit(**rows[0]) if rows else None


def given(db: sqlite3.Connection, number: int) -> tuple[str, Report] | None:
    """Where a report was taken from, and the report as it came, before anything was read."""
    found = _rows(db, "SELECT * FROM reports WHERE report = ?", number)
    return (found[0]["place"], report(found[0], [], given=True)) if found else None


def report(row: _Row, pieces: list[_Row], given: bool = False) -> Report:
    """The report of a row; `given`: as it came, before anything was read."""
    published = None
    if row["published_precision"]:
        published = When(
            start=row["published_start"], end=row["published_end"], precision=row["published_precision"], basis=row["published_basis"],
            span=_json(row["published_span"], Span) if row["published_span"] else None,
        )  # fmt: skip
    return Report(
        id=row["id"], text=row["text"], url=row["url"], outlet=row["outlet"], language=row["given_language" if given else "language"],
        title=row["title"], published=published, modified=_json(row["modified"], When) if row["modified"] else None,
        authors=_json(row["authors"], tuple[str, ...]), tags=_json(row["tags"], tuple[str, ...]), fetched=row["fetched"],
        pieces=tuple(Piece(kind=p["kind"], span=Span(p["start"], p["end"])) for p in pieces),
    )  # fmt: skip


def _rows(db: sqlite3.Connection, query: str, *values: object) -> list[_Row]:
    cursor = db.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _json(text: str, kind: Any) -> Any:
    return msgspec.json.decode(text, type=kind)


def _span(row: _Row, name: str = "") -> Span | None:
    start, end = row[f"{name}_start" if name else "start"], row[f"{name}_end" if name else "end"]
    return None if start is None else Span(start, end)


def _actors(mine: dict[str, list[_Row]]) -> tuple[Actor, ...]:
    mentions: dict[str, list[Span]] = defaultdict(list)
    roles: dict[str, list[Role]] = defaultdict(list)
    for r in mine["names"]:
        mentions[r["actor"]].append(Span(r["start"], r["end"]))
    for r in mine["roles"]:
        roles[r["actor"]].append(Role(title=r["title"], office=r["office"], country=r["country"], span=Span(r["start"], r["end"])))
    return tuple(
        Actor(
            id=r["actor"],
            kind=r["kind"],
            name=r["name"],
            country=r["country"],
            country_basis=r["country_basis"],
            country_span=_span(r, "country"),
            sector=r["sector"],
            roles=tuple(roles[r["actor"]]),
            mentions=tuple(mentions[r["actor"]]),
        )
        for r in mine["actors"]
    )


def _statement(r: _Row) -> Statement:
    return Statement(
        id=r["id"], speaker=r["speaker"], source=_span(r, "source"), kind=r["kind"], cue=_span(r, "cue"),
        content=_json(r["content"], tuple[Span, ...]), to=r["to"], via=r["via"], about=_json(r["about"], tuple[str, ...]), rule=r["rule"],
    )  # fmt: skip


def _events(rows: list[_Row], parties: list[_Row]) -> tuple[Event, ...]:
    of: dict[int, list[_Row]] = defaultdict(list)
    for p in parties:
        of[p["event"]].append(p)
    return tuple(_event(r, of[r["event"]]) for r in rows)


def _event(r: _Row, parties: list[_Row]) -> Event:
    when = None
    if r["date_precision"]:
        when = When(
            start=r["date_start"], end=r["date_end"], precision=r["date_precision"], basis=r["date_basis"], span=_span(r, "date_span")
        )
    return Event(
        id=r["id"], type=r["type"], mode=r["mode"], contexts=_json(r["contexts"], tuple[str, ...]),
        actors=tuple(p["actor"] for p in parties if p["side"] == "actor"),
        recipients=tuple(p["actor"] for p in parties if p["side"] == "recipient"),
        party_spans=tuple(span for p in parties if (span := _span(p))), date=when, place=r["place"], place_span=_span(r, "place"),
        status=r["status"], asserted_by=r["asserted_by"], trigger=Span(r["trigger_start"], r["trigger_end"]),
        evidence=_json(r["evidence"], tuple[Span, ...]), score=r["score"], rule=r["rule"],
    )  # fmt: skip


def _relation(r: _Row) -> Relation:
    return Relation(
        kind=r["kind"], name=r["name"], parties=_json(r["parties"], tuple[str, ...]), since=_json(r["since"], When) if r["since"] else None,
        asserted_by=r["asserted_by"], evidence=_json(r["evidence"], tuple[Span, ...]), rule=r["rule"],
    )  # fmt: skip


def _provenance(r: _Row) -> Provenance:
    return Provenance(
        name=r["name"], relation=r["relation"], outlet=r["outlet"], language=r["language"], url=r["url"], span=_span(r), rule=r["rule"]
    )  # fmt: skip
