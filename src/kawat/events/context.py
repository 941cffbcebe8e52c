"""What every stage of events needs, and the questions they all ask of it."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from datetime import date

from kawat.documents.sentences import Document, Sentence
from kawat.lexicon.compile import Entry
from kawat.lexicon.match import fold
from kawat.mentions.cast import Draft
from kawat.mentions.dates import Timed
from kawat.mentions.link import Cast
from kawat.mentions.mention import Mention
from kawat.mentions.nodes import Node
from kawat.packs import Pack
from kawat.records import Span, When
from kawat.statements.cues import Said


@dataclass(slots=True)
class Context:
    """What every stage of events needs about the report."""

    doc: Document
    cast: Cast
    pack: Pack
    said: list[Said]
    published: date | None
    times: dict[int, Timed]  # by the offset of their words
    story: When | None
    said_in: dict[int, list[Said]] = field(init=False, default_factory=dict)  # by sentence

    def __post_init__(self) -> None:
        for s in self.said:
            self.said_in.setdefault(s.sentence, []).append(s)


@dataclass(slots=True)
class Parties:
    """Actor ids with the words that put them there."""

    ids: list[str]
    spans: list[Span]


def without(p: Parties, ids: list[str]) -> Parties:
    keep = [(i, s) for i, s in zip(p.ids, p.spans, strict=True) if i not in ids]
    return Parties([i for i, _ in keep], [s for _, s in keep])


def parties(ctx: Context, mentions: tuple[Mention, ...], speaker: str | None) -> Parties:
    """Ids and spans of mentions; "we" is the speaker, and a name in no list becomes an actor by acting."""
    ids: list[str] = []
    spans: list[Span] = []
    for m in mentions:
        if m.kind == "name":
            ctx.cast.adopt(m)
        found = m.ids
        if m.kind == "pronoun" and m.name == "speaker" and speaker:
            found = (speaker,)
        for ident in found:
            if ident not in ids:
                ids.append(ident)
                spans.append(_part_span(m, ident))
    return Parties(ids, spans)


def _part_span(m: Mention, ident: str) -> Span:
    return next((p.span for p in m.parts if ident in p.ids), m.span)


def country(ctx: Context, ident: str) -> str | None:
    """The state of an actor."""
    d = ctx.cast.drafts.get(ident)
    return d.country if d else None


def political(ctx: Context, ids: list[str]) -> bool:
    """True where a state, a listed body or somebody of a known state is among them: a teacher who scolds a pupil is no event."""
    drafts = [ctx.cast.drafts[i] for i in ids if i in ctx.cast.drafts]
    return any(d.country or d.kind in ("state", "organisation") or ctx.pack.world.body(d.id) or _of_body(ctx, d) for d in drafts)


def officials(d: Draft) -> bool:
    """Those who act for a state or a body, named by their offices: "the leaders of ASEAN"."""
    return d.kind == "group" and d.sector == "GOV"


def _of_body(ctx: Context, d: Draft) -> bool:
    """Officials of a body without a state, whom nobody names: "the UN secretary-general", "NATO leaders"."""
    offices = [r.office for r in d.roles if r.office] if d.kind == "person" else [d.id] if officials(d) else []
    return any(ctx.pack.world.body(o[:k]) for o in offices for k in range(len(o)) if o[k] == "-")


def asserted_by(ctx: Context, sentence: Sentence, at: Span) -> str | None:
    """The speaker of the innermost statement whose content holds `at`; None for the narrator."""
    best: tuple[int, str] | None = None
    for s in ctx.said_in.get(sentence.number, ()):
        if s.record.cue == at:
            continue
        for c in s.record.content:
            if c.start <= at.start and at.end <= c.end and s.record.speaker and (best is None or c.end - c.start < best[0]):
                best = c.end - c.start, s.record.speaker
    return best[1] if best else None


def near(ctx: Context, sentence: Sentence, needs: list[str]) -> bool:
    """True where one of the words that a trigger needs begins a word of the sentence."""
    words = _folded(ctx.doc.text[slice(*sentence.span)])
    if ctx.pack.lexicon:
        return any(ctx.pack.lexicon.holds(words, _folded(n)) for n in needs)
    return any(_begins(words, _folded(n), ctx.pack.spaced) for n in needs)


_folded = functools.lru_cache(maxsize=2048)(fold)


def _begins(text: str, word: str, spaced: bool) -> bool:
    at = text.find(word)
    while spaced and at > 0 and text[at - 1].isalnum():
        at = text.find(word, at + 1)
    return at >= 0


def active(ctx: Context, sentence: Sentence, node: Node) -> Entry | None:
    """The first trigger of a node whose needs are met."""
    for entry in node.entries:
        if entry.kind == "trigger":
            needs = ctx.pack.data.triggers[entry.ref].needs
            if not needs or near(ctx, sentence, needs):
                return entry
    return None
