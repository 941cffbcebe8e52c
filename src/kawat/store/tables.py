"""The rows that a store gives, as types: what stands here is what `.arrow()` and exports have as columns."""

from __future__ import annotations

import datetime

from kawat.records import Record


class ReportRow(Record, frozen=True, kw_only=True):
    """A report; `report` is its number in the store, `sources` are those that it names, `events` and `statements` how many it tells."""

    report: int
    id: str
    published: datetime.date | None
    outlet: str | None
    language: str | None
    title: str | None
    url: str | None
    authors: list[str]
    tags: list[str]
    events: int
    statements: int
    sources: list[str]
    version: int
    fetched: str | None
    added: str
    text: str


class EventRow(Record, frozen=True, kw_only=True):
    """An event; `actors` and `recipients` are ids, the same with `_names` their names, `words` the trigger and `trigger` its span,
    `evidence` the words that tell the event."""

    event: int
    report: int
    date: datetime.date | None
    until: datetime.date | None
    precision: str | None
    basis: str | None
    type: str
    mode: str | None
    score: float
    actors: list[str]
    recipients: list[str]
    actor_names: list[str]
    recipient_names: list[str]
    place: str | None
    status: str
    asserted_by: str
    words: str
    evidence: list[str]
    trigger: list[int]
    rule: str
    language: str | None
    outlet: str | None
    published: datetime.date | None
    title: str | None
    url: str | None


class StatementRow(Record, frozen=True, kw_only=True):
    """A statement; `speaker` is an id, `speaker_name` its name, `called` the words that name the speaker, `content` what was said, `about`
    actor ids."""

    statement: int
    report: int
    speaker: str | None
    speaker_name: str | None
    called: str | None
    kind: str
    cue: str | None
    content: list[str]
    to: str | None
    via: str | None
    about: list[str]
    rule: str
    language: str | None
    outlet: str | None
    published: datetime.date | None
    title: str | None
    url: str | None


class FailureRow(Record, frozen=True, kw_only=True):
    """What could not be read: where it stands, why, since when and how often it was tried. `report` is its number where it is kept all
    the same."""

    place: str
    reason: str
    first: str
    last: str
    times: int
    report: int | None
