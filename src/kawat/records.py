"""The shared nouns: what Kawat writes about a report.

Every record is frozen. Spans are half-open code-point offsets into `Report.text`, which is the
input unchanged. Names follow PLOVER 2.0 (events), PROV-O (provenance) and ISO 3166-1 (states).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import msgspec


class Span(NamedTuple):
    """Half-open `[start, end)` in code points of `Report.text`; `[start, end]` in JSON."""

    start: int
    end: int


ActorKind = Literal["state", "person", "organisation", "media", "group"]
Precision = Literal["day", "month", "year", "period"]
Basis = Literal["stated", "resolved", "published"]
StatementKind = Literal["direct", "mixed", "indirect"]
Status = Literal["happened", "ongoing", "planned", "proposed", "threatened", "hypothetical", "denied", "historical"]


class Record(msgspec.Struct, frozen=True):
    """Base of all records: immutable, compared by value."""


class When(Record, frozen=True, kw_only=True):
    """A time. `start` and `end` are inclusive ISO days; either may be null for an open period.

    `basis`: `stated` (the text gives the full date), `resolved` (from words such as "last week" and
    the publication day, or from another sentence of the report) or `published` (the text says nothing
    and the publication day stands in). `span` holds the words, null where there are none.
    """

    start: str | None
    end: str | None
    precision: Precision
    basis: Basis
    span: Span | None = None


class Piece(Record, frozen=True, kw_only=True):
    """A part of the page that is not running story: caption, source_line, comment_widget, …"""

    kind: str
    span: Span


class Report(Record, frozen=True, kw_only=True):
    """One report. `published` and `modified` are the publisher's own days, `tags` the site's own keywords and sections."""

    id: str
    text: str
    url: str | None = None
    outlet: str | None = None
    language: str | None = None
    title: str | None = None
    published: When | None = None
    modified: When | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    fetched: str | None = None
    pieces: tuple[Piece, ...] = ()


class Role(Record, frozen=True, kw_only=True):
    """What the text calls a person. `title` is the words, `office` the slug shared by all languages."""

    title: str
    office: str | None
    country: str | None
    span: Span


class Actor(Record, frozen=True, kw_only=True):
    """Somebody who acts or is acted on.

    `country` is the state the actor belongs to; `country_basis` says how that is known: `listed` (the
    world pack), `stated` (the words beside the name) or `scene` (only by the place that the report is
    about); `country_span` are the words in the last two cases.
    """

    id: str
    kind: ActorKind
    name: str
    country: str | None = None
    country_basis: Literal["listed", "stated", "scene"] | None = None
    country_span: Span | None = None
    sector: str | None = None
    roles: tuple[Role, ...] = ()
    mentions: tuple[Span, ...] = ()


class Statement(Record, frozen=True, kw_only=True):
    """Somebody's words or stated beliefs. `source` are the words that name the speaker."""

    id: str
    speaker: str | None
    source: Span | None
    kind: StatementKind
    cue: Span | None
    content: tuple[Span, ...]
    to: str | None = None
    via: str | None = None
    about: tuple[str, ...] = ()
    rule: str = ""


class Event(Record, frozen=True, kw_only=True):
    """Who did what to whom (PLOVER 2.0). `asserted_by` is `narrator` or an actor id.

    `date.span`, `place_span` and `evidence` pin the fields; `party_spans` pins each actor and
    recipient to the words that put it there, in their order.
    """

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    party_spans: tuple[Span, ...] = ()
    date: When | None = None
    place: str | None = None
    place_span: Span | None = None
    status: Status = "happened"
    asserted_by: str = "narrator"
    trigger: Span
    evidence: tuple[Span, ...] = ()
    score: float = 0.0
    rule: str = ""


class Pair(Record, frozen=True, kw_only=True):
    """Two parties that the user names by their words in `text` (one may be null): what holds between them is asked."""

    id: str | int
    text: str
    actor: Span | None = None
    recipient: Span | None = None
    language: str | None = None


class Act(Record, frozen=True, kw_only=True):
    """What holds between the parties of a `Pair`: PLOVER `type` and `mode`, null where nothing is found."""

    id: str | int
    type: str | None = None
    mode: str | None = None
    rule: str | None = None
    trigger: Span | None = None


class Relation(Record, frozen=True, kw_only=True):
    """A standing relation: partnership, diplomatic_relations, treaty, alliance, mechanism, policy, dispute."""

    kind: str
    name: str
    parties: tuple[str, ...] = ()
    since: When | None = None
    asserted_by: str = "narrator"
    evidence: tuple[Span, ...] = ()
    rule: str = ""


class Provenance(Record, frozen=True, kw_only=True):
    """Where information came from: relation is cites, republishes, translates or photo."""

    name: str
    relation: str
    outlet: str | None = None
    language: str | None = None
    url: str | None = None
    span: Span | None = None
    rule: str = ""


class Reading(Record, frozen=True, kw_only=True):
    """Everything that one report says. `notes` are messages for people, e.g. an unknown language."""

    report: Report
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    provenance: tuple[Provenance, ...] = ()
    notes: tuple[str, ...] = ()
    packs: dict[str, str] = {}
