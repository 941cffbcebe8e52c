"""The order of stages, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import msgspec

from kawat import packs
from kawat.clauses.parse import domains
from kawat.clauses.predicates import Domain
from kawat.documents import language
from kawat.documents.composed import compose, mapped
from kawat.documents.sentences import Document, cut
from kawat.errors import SourceError
from kawat.events.between import between, name_parties
from kawat.events.context import Context
from kawat.events.force import find_forces
from kawat.events.merge import merge
from kawat.events.triggers import find_events
from kawat.lexicon.match import Hit, scan, take
from kawat.mentions.actors import find_mentions
from kawat.mentions.cast import retitled
from kawat.mentions.dates import Timed, timed
from kawat.mentions.foreign import find_names
from kawat.mentions.link import link
from kawat.mentions.names import capitals, lower_titles, name_runs
from kawat.mentions.nodes import Node, tile
from kawat.mentions.time_words import TimeHit, spot
from kawat.mentions.unspaced import tile_unspaced
from kawat.packs import Pack
from kawat.provenance.outlets import find_provenance
from kawat.records import Act, Pair, Reading, Report, Span, When
from kawat.relations.named import find_relations
from kawat.span import overlap
from kawat.statements.cues import find_statements, joined

_STORY_DAYS = 7  # the day a report is about lies at most so many days before publication
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LONGEST = 2_000_000  # code points of a report
_LEAD = 2  # and is named in its headline or first sentence


@dataclass(slots=True)
class Trace:
    """What a reading passed through, for `kawat explain` and the view."""

    doc: Document
    parsed: list[list[Domain]]


def read(report: Report) -> Reading:
    """Read one report. Never raises for what a text may hold: an unreadable text gives an empty Reading with a note."""
    with packs.no_collection():  # the trace is gone before it ends
        return read_traced(report)[0]


def read_traced(report: Report) -> tuple[Reading, Trace | None]:
    """Like `read`, with the stages' own findings."""
    if len(report.text) > _LONGEST:
        note = f"the text has {len(report.text):,} characters; a report may have {_LONGEST:,}: split it, one report a line of JSONL"
        return Reading(report=report, notes=(note,)), None
    if _SURROGATE.search(report.text):
        return Reading(report=report, notes=("the text holds lone surrogates, which are no characters: decode it anew",)), None
    readable = packs.languages()
    code = report.language.lower().split("-")[0] if report.language else language.detect(report.text, readable, packs.kin)
    if code is None or code not in readable:
        note = f"no pack for language {code!r}" if code else "no language could be told: too few letters"
        return Reading(report=msgspec.structs.replace(report, language=code), notes=(note,)), None
    pack = packs.load(code)
    return _read_composed(msgspec.structs.replace(report, language=code), pack)


def _read_composed(report: Report, pack: Pack) -> tuple[Reading, Trace]:
    """A text that is not written as packs are is read as if it were, and its records point into the text as given."""
    found, title = compose(report.text), compose(report.title or "")
    if found is None and title is None:
        return _read(report, pack)
    text, offsets = found or (report.text, None)
    reading, trace = _read(msgspec.structs.replace(report, text=text, title=title[0] if title else report.title), pack)
    if offsets:
        for n in (n for row in trace.parsed for d in row for n in d.nodes):
            n.start, n.end = offsets.span(n.span)
        reading = mapped(reading, offsets)
    actors = tuple(retitled(a, report.text) for a in reading.actors)
    given = msgspec.structs.replace(reading.report, text=report.text, title=report.title)
    return msgspec.structs.replace(reading, report=given, actors=actors), trace


def relate(pair: Pair) -> Act:
    """What holds between two parties of a text. Raises KawatError where its language has no pack or cannot be told."""
    code = pair.language.lower().split("-")[0] if pair.language else language.detect(pair.text, packs.languages(), packs.kin)
    if code is None:
        raise SourceError("no language could be told: too few letters")
    pack = packs.load(code)
    with packs.no_collection():
        doc = cut(pack.fold(pair.text), None, pack)
        apart = [span for span in (pair.actor, pair.recipient) if span]
        rows, _ = _rows(doc, [spot(doc.text, s.span, pack) for s in doc.sentences], pack, apart)
        rows = name_parties(rows, doc.text, pair)
        cast = link(rows, doc.text, pack, None, doc.quote_of)
        parsed = [domains(nodes, doc.quotes_in(s.span), pack) for s, nodes in zip(doc.sentences, rows, strict=True)]
        return between(Context(doc, cast, pack, [], None, {}, None), parsed, pair)


def _read(report: Report, pack: Pack) -> tuple[Reading, Trace]:
    text = pack.fold(report.text)
    published = _day(report.published)
    doc = cut(text, pack.fold(report.title) if report.title else None, pack)
    spotted = [spot(text, s.span, pack) for s in doc.sentences]
    rows, beside = _rows(doc, spotted, pack)
    if not pack.spaced:  # words of time inside a longer name are gone
        spotted = [[n.time for n in nodes if n.time] for nodes in rows]
    cast = link(rows, text, pack, published, doc.quote_of, beside.home)
    parsed = [domains(nodes, doc.quotes_in(s.span), pack) for s, nodes in zip(doc.sentences, rows, strict=True)]
    provenance, via = find_provenance(doc, parsed, pack)
    said = find_statements(doc, parsed, cast, pack, via)
    times = _times(spotted, pack, published)
    ctx = Context(doc, cast, pack, said, published, {t.span.start: t for row in times for t in row}, _story(times, published))
    named = find_events(ctx, parsed)
    events = merge([*named, *find_forces(ctx, parsed, named, beside.forces)], cast, doc)
    relations = find_relations(ctx, parsed, beside.mechanisms)
    used = {i for e in events for i in (*e.actors, *e.recipients)} | {s.record.speaker for s in said}
    actors = [d.record(report.text) for d in cast.drafts.values() if d.mentions or d.id in used]
    reading = Reading(
        report=msgspec.structs.replace(report, pieces=tuple(doc.pieces)), actors=tuple(actors),
        statements=tuple(joined(said, doc)), events=tuple(events), relations=tuple(relations),
        provenance=tuple(provenance), packs={pack.language: pack.version},
    )  # fmt: skip
    return reading, Trace(doc, parsed)


def _day(when: When | None) -> date | None:
    """The day of publication; a month or year alone resolves nothing."""
    return date.fromisoformat(when.start) if when and when.start and when.precision == "day" else None


class Beside(NamedTuple):
    """Hits beside the nodes: their words are read as words too."""

    mechanisms: list[Hit]
    forces: list[Hit]
    home: str | None = None  # the state of the dateline


def _rows(doc: Document, spotted: list[list[TimeHit]], pack: Pack, apart: Sequence[Span] = ()) -> tuple[list[list[Node]], Beside]:
    """Sentences as nodes with unresolved mentions, and the hits beside them. `apart`: words that are in no list."""
    hits = scan(doc.text, pack)
    if apart:
        hits = {k: [h for h in row if not any(overlap(Span(h.start, h.end), x) for x in apart)] for k, row in hits.items()}
    beside = Beside(take(hits, "mechanism"), take(hits, "force"), _home(doc, hits, pack))
    pairs = zip(doc.sentences, spotted, strict=True)
    if pack.spaced:
        tiled = [tile(doc.text, s.span, hits, times, pack) for s, times in pairs]
    else:
        names = find_names(doc.text, hits, pack, {t.span.start for times in spotted for t in times})
        tiled = [tile_unspaced(doc.text, s.span, hits, times, names, pack) for s, times in pairs]
    if pack.spaced:
        lower_titles(tiled, pack)
    inside = {n.text for nodes in tiled for k, n in _behind_first(nodes) if not n.kinds and capitals(nodes, k)}
    known = frozenset(inside.union(*(n.text.split() for nodes in tiled for n in nodes if "person" in n.kinds)))
    named = [name_runs(nodes, doc.text, pack, known) for nodes in tiled]
    return [find_mentions(nodes, doc.text, pack) for nodes in named], beside


def _behind_first(nodes: list[Node]) -> Iterator[tuple[int, Node]]:
    """The nodes behind the first word, with their index."""
    first = next((k for k, n in enumerate(nodes) if n.word), len(nodes))
    return ((k, nodes[k]) for k in range(first + 1, len(nodes)))


def _home(doc: Document, hits: dict[int, list[Hit]], pack: Pack) -> str | None:
    """The state of the place from which a report is sent."""
    line = next((p.span for p in doc.pieces if p.kind == "dateline"), None)
    for hit in hits.get(line.start, ()) if line else ():
        for entry in hit.entries:
            if entry.kind == "state":
                return entry.id
            if entry.kind == "place":
                return pack.world.places[entry.ref].state or None
    return None


def _times(spotted: list[list[TimeHit]], pack: Pack, published: date | None) -> list[list[Timed]]:
    """Resolved time words by sentence."""
    out: list[list[Timed]] = []
    story: date | None = None
    for hits in spotted:
        out.append([])
        for hit in hits:
            t = timed(hit, pack, published, story)
            out[-1].append(t)
            if story is None and t.past and t.past.precision == "day" and t.past.start:
                story = date.fromisoformat(t.past.start)
    return out


def _story(times: list[list[Timed]], published: date | None) -> When | None:
    """The day the report is about: the first day named in its lead, shortly before publication."""
    for when in (t.past for row in times[:_LEAD] for t in row) if published else ():
        if when and published and when.precision == "day" and when.start:
            gap = (published - date.fromisoformat(when.start)).days
            if 0 <= gap <= _STORY_DAYS:
                return when
    return None
