"""One happening in five languages gives the same records: actors, speakers, events with their day."""

from __future__ import annotations

import pytest
from conftest import reading_of

LANGUAGES = ("en", "id", "ru", "vi", "zh")
HAPPENINGS = ("hanoi-visit", "eu-sanctions")


def essence(ident: str) -> tuple[object, ...]:
    """Sets of actor ids, of speakers, and of events by type, actors, recipients and day."""
    r = reading_of(ident)
    events = {(e.type, frozenset(e.actors), frozenset(e.recipients), e.date.start if e.date else None) for e in r.events}
    return {a.id for a in r.actors}, {s.speaker for s in r.statements}, events


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("happening", HAPPENINGS)
def test_same_in_every_language(happening: str, language: str) -> None:
    assert essence(f"{happening}-{language}") == essence(f"{happening}-en")


def test_it_is_not_empty() -> None:
    actors, speakers, events = essence("hanoi-visit-en")
    assert actors == {"emmanuel-macron", "luong-cuong", "FRA", "VNM", "asean"}
    assert speakers == {"emmanuel-macron", "luong-cuong"}
    assert ("CONSULT", frozenset({"emmanuel-macron", "luong-cuong"}), frozenset(), "2025-05-26") in events  # type: ignore[operator]


@pytest.mark.parametrize(
    ("copy", "original"), [("hanoi-visit-en-reprint", "Channel Ledger"), ("eu-sanctions-id-translated", "baobencang.example")]
)
def test_copies_name_their_source(copy: str, original: str) -> None:
    assert [p.name for p in reading_of(copy).provenance] == [original]
