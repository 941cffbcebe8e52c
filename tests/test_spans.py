"""Laws: every span slices to what its record claims; tokens and gaps rebuild the text; reading twice is the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from conftest import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kawat import Reading, Report, Span, packs, read
from kawat.documents.sentences import cut
from kawat.lexicon.match import fold
from kawat.lexicon.tokens import TOKEN
from kawat.sources.days import published_on

WORDS = [w for r in samples() for w in r.text.split(" ")]
MARKS = [
    '"',
    "“",
    "”",
    "'",
    "’",
    "(",
    ")",
    ",",
    ".",
    ":",
    "\n",
    "\n\n",
    "‏",
    "‮",
    "́",
    "\u00ad",
    "😀",
    "İ",
    "ﬁ",
    "，",
    "Ａ",
    "\u00a0",
    "-",
    "|",
    "\t",
]
texts = st.lists(st.sampled_from(WORDS + MARKS * 12), max_size=80).map(" ".join) | st.text(max_size=120)


def spans_of(r: Reading) -> Iterator[Span]:
    yield from (p.span for p in r.report.pieces)
    for a in r.actors:
        yield from a.mentions
        yield from (role.span for role in a.roles)
        if a.country_span:
            yield a.country_span
    for s in r.statements:
        yield from s.content
        yield from (x for x in (s.source, s.cue) if x)
    for e in r.events:
        yield from (e.trigger, *e.evidence, *e.party_spans)
        yield from (x for x in (e.place_span, e.date.span if e.date else None) if x)
    for rel in r.relations:
        yield from rel.evidence
    yield from (p.span for p in r.provenance if p.span)


def check(report: Report) -> None:
    first = read(report)
    assert first.report.text == report.text
    for span in spans_of(first):
        assert 0 <= span.start < span.end <= len(report.text)
    for a in first.actors:
        for role in a.roles:
            assert report.text[slice(*role.span)] == role.title
    known = {a.id for a in first.actors}
    for s in first.statements:
        assert s.speaker in known
        assert s.content
        assert s.rule
        assert all(not set(report.text[slice(*c)]) & {"\n"} for c in s.content)
    for e in first.events:
        assert set(e.actors) | set(e.recipients) <= known
        assert len(e.party_spans) == len(e.actors) + len(e.recipients)
        assert e.actors
        assert e.rule
        assert -10 <= e.score <= 10
        assert any(x.start <= e.trigger.start and e.trigger.end <= x.end for x in e.evidence)
    assert read(report) == first


def test_samples_hold_the_laws() -> None:
    for report in samples():
        check(report)


@pytest.mark.parametrize("language", packs.languages())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=texts)
def test_any_text_holds_the_laws(language: str, text: str) -> None:
    check(Report(id="x", text=text, language=language, published=published_on("2024-11-13")))


@settings(max_examples=300, deadline=None)
@given(texts)
def test_folding_keeps_length(text: str) -> None:
    assert len(fold(text)) == len(text)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_tokens_and_gaps_rebuild_the_text(text: str) -> None:
    rebuilt, at = [], 0
    for token in TOKEN.finditer(text):
        gap = text[at : token.start()]
        assert not gap.strip()
        rebuilt += [gap, token[0]]
        at = token.end()
    assert "".join([*rebuilt, text[at:]]) == text


@settings(max_examples=100, deadline=None)
@given(texts)
def test_sentences_cover_every_word_of_read_lines(text: str) -> None:
    doc = cut(text, None, packs.load("id"))
    covered = set()
    for s in doc.sentences:
        covered |= set(range(*s.span))
    datelines = {k for p in doc.pieces if p.kind == "dateline" for k in range(*p.span)}
    for line in doc.lines:
        if line.read:
            assert all(k in covered or k in datelines or text[k].isspace() for k in range(*line.span))
