"""Asking a store: events, reports and statements, by words and by conditions."""

from __future__ import annotations

import datetime
import itertools
import sqlite3

import msgspec
import pytest
from conftest import LETTER

from kawat import Report
from kawat.faces.ask import _line
from kawat.store import query
from kawat.store.fold import fold, query_of, written
from kawat.store.store import Store


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("dai su", "Đại sứ Việt Nam"), ("Đại sứ", "dai su"), ("Đại sứ", "Đại sứ"), ("елкин", "Ёлкин"), ("俄罗斯", "俄羅斯總統"),
        ("斯总", "俄羅斯總統"), ("统", "俄羅斯總統"), ("罗", "俄罗斯"), ("'quoted", "it was “quoted”"), ("Türkiye", "turkiye"),
        ("rus*", "Russia"), ('"jet fighter"', "a jet fighter"), ("cat OR dog", "a dog"), ("a cat OR dog", "a dog"),
        ("US-China", "the us china talks"), ("Лавров", "Ла\u0301вров"), ("istanbul", "İstanbul"),
    ],
)  # fmt: skip
def test_search_meets_the_text(words: str, text: str) -> None:
    assert matches(words, text)


@pytest.mark.parametrize(
    ("words", "text"),
    [("俄斯", "俄罗斯"), ("dog -cat", "dog and cat"), ("a cat OR dog", "the dog"), ('"fighter jet"', "a jet fighter"), ("мои", "мой")],
)
def test_search_does_not_meet_more(words: str, text: str) -> None:
    assert not matches(words, text)


def matches(words: str, text: str) -> bool:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE x USING fts5 (t, written, tokenize = 'unicode61 remove_diacritics 0')")
    db.execute("INSERT INTO x VALUES (?, ?)", (fold(text), written(text)))
    return bool(db.execute("SELECT 1 FROM x WHERE x MATCH ?", (query_of(words),)).fetchall())


@pytest.mark.parametrize("words", ["", "  ", '"', "-", "-cat", "OR", "OR OR", "* ! ?", '""'])
def test_an_empty_search_is_told(words: str) -> None:
    with pytest.raises(ValueError, match="nothing to search for"):
        query_of(words)


@pytest.mark.parametrize(
    "words", ["a OR OR b", "OR a", "a OR", 'x "y', "NEAR(a b)", "t : a", "a AND b", "{a}", "a^2", "-a b -c", "中 OR 国家"]
)
def test_any_search_is_a_query(words: str) -> None:
    matches(words, "whatever")


def test_search_finds_the_best_first_and_counts_new_versions_only(full: Store, store: Store) -> None:
    assert "en-05" in [r.id for r in full.reports("Salisbury", limit=3)]
    assert {s.speaker for s in full.statements("sanksi")} >= {"kaja-kallas"}
    store.add([LETTER])
    store.add([msgspec.structs.replace(LETTER, text="Rusia menolak undangan Jepang.")])
    assert list(store.reports("Lavrov")) == []


def test_what_is_written_as_typed_comes_first(store: Store) -> None:
    texts = ["Mỹ bàn về vũ khí.", "Hai bên ban hành lệnh.", "Nga bán vũ khí cho Ấn Độ.", "Họ bạn bè lâu năm.", "Tin khác."]
    store.add([Report(id=str(n), text=text, language="vi") for n, text in enumerate(texts)])
    found = [r.id for r in store.reports("bán")]
    assert (found[0], sorted(found)) == ("2", ["0", "1", "2", "3"])
    assert next(iter(store.reports("bàn"))).id == "0"
    assert [r.id for r in store.reports('"bán vũ khí"', limit=5)] == ["2"]


def test_of_very_many_hits_the_newest_are_ranked(full: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = {r.report for r in full.reports("Rusia")}
    monkeypatch.setattr(query, "RANKED", 3)
    assert {r.report for r in full.reports("Rusia", limit=20)} == set(sorted(everything)[-3:])
    assert {r.report for r in full.reports("Rusia")} == everything


def test_events_between_two_are_found_for_their_people_too(full: Store) -> None:
    events = list(full.events(between=("CHN", "USA")))
    assert any("xi-jinping" in e.actors for e in events)
    assert all(e.date is None or a.date is None or e.date >= a.date for e, a in itertools.pairwise(events))
    directed = list(full.events(actor="RUS", recipient="UKR"))
    assert directed
    assert {e.event for e in directed} < {e.event for e in full.events(between=("RUS", "UKR"))}
    assert {e.event for e in full.events(between=("RUS", "UKR"))} == {e.event for e in full.events(between=("UKR", "RUS"))}
    assert {e.event for e in full.events(actor="RUS")} > {e.event for e in directed}


def test_filters_narrow(full: Store) -> None:
    everything = list(full.events())
    assert [e for e in everything if e.type == "CONSULT" and e.language == "ru"] == list(full.events(type="CONSULT", language="ru"))
    late = datetime.date(2025, 1, 1)
    assert [e.event for e in everything if e.date and e.date >= late] == [e.event for e in full.events(since="2025-01-01")]
    assert len(list(full.events(limit=3))) == 3
    assert {s.speaker for s in full.statements(speaker="wang-yi")} == {"wang-yi"}


def test_days_are_asked_as_they_are_written(full: Store) -> None:
    year, month = list(full.events(since="2024", until="2024")), list(full.events(since="2024-11", until="2024-11"))
    assert year
    assert {e.event for e in month} < {e.event for e in year}
    periods = [e for e in full.events() if e.precision == "period" and e.date and e.until and e.date < e.until]
    assert periods
    for e in periods:
        inside = str(e.until)
        assert e.event in {x.event for x in full.events(since=inside)}
        assert e.event in {x.event for x in full.events(actor=e.actors[0], since=inside)} | {x.event for x in full.events(since=inside)}
    between = list(full.events(between=("CHN", "USA")))
    some = list(full.events(between=("CHN", "USA"), since="2024-01-01", until="2024-12-31"))
    assert {e.event for e in some} == {e.event for e in between if e.date and str(e.until or e.date) >= "2024" and str(e.date) < "2025"}


@pytest.mark.parametrize(
    ("question", "fault"), [({"since": "yesterday"}, "no day"), ({"until": "31.12.24"}, "no day"), ({"type": "MEET"}, "no PLOVER type")]
)
def test_what_cannot_be_meant_is_told(full: Store, question: dict[str, str], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        full.events(**question)  # type: ignore[arg-type]


def test_names_are_ids_too(full: Store) -> None:
    assert list(full.events(between=("china", "United States"))) == list(full.events(between=("CHN", "USA")))
    assert list(full.statements(speaker="Wang Yi")) == list(full.statements(speaker="wang-yi"))
    assert full.names("Viet Nam") == full.names("VNM") == full.names("Wang Yi") is True
    assert not full.names("Atlantis")


def test_conditions_beside_a_search_hold_for_all_hits(full: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "RANKED", 1)
    everything = list(full.reports("Rusia"))
    old = min(everything, key=lambda r: str(r.published))
    assert old.report in [r.report for r in full.reports("Rusia", until=str(old.published), limit=5)]


def test_words_of_a_row_are_those_of_its_spans(full: Store) -> None:
    texts = {r.report: r.text for r in full.reports()}
    for e in full.events():
        assert e.words == texts[e.report][slice(*e.trigger)]


def test_arrow_has_the_same_rows(full: Store) -> None:
    pytest.importorskip("pyarrow")
    for rows in (full.events(), full.reports(), full.statements(), full.failures()):
        table = rows.arrow()
        assert table.to_pylist() == [msgspec.structs.asdict(r) for r in rows]
    assert str(full.events().arrow().schema.field("date").type) == "date32[day]"


def test_views_open_with_names(full: Store) -> None:
    for view in ("report_list", "event_list", "statement_list", "actor_list", "relation_list", "provenance_list"):
        assert full.db().execute(f"SELECT * FROM {view} LIMIT 3").fetchall(), view
    row = full.db().execute("SELECT actors, words FROM event_list WHERE type = 'CONSULT' AND report = 1 AND actors IS NOT NULL").fetchone()
    assert row is not None


def test_actors_are_named_in_their_order(full: Store) -> None:
    for e in full.events():
        assert len(e.actors) == len(e.actor_names)
        assert len(e.recipients) == len(e.recipient_names)
    names = {ident: name for e in full.events() for ident, name in zip(e.actors, e.actor_names, strict=True)}
    assert (names["CHN"], names["xi-jinping"]) == ("China", "Xi Jinping")
    assert {s.speaker_name for s in full.statements(speaker="CHN")} == {"China"}


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("Đại sứ và đại sư", ["dai su"], ["Đại", "sứ", "đại", "sư"]),
        ("Ёлкин не ёлка", ["елк*"], ["Ёлкин", "ёлка"]),
        ("外交部發言人", ["发言"], ["發言"]),
        ("cat OR dog", ["dog", "OR", "bird"], ["dog"]),
        ("a cat and a dog", ["dog", "-cat"], ["dog"]),
        ("Ngoa\u0323i giao", ["ngoai"], ["Ngoa\u0323i"]),
    ],
)
def test_what_was_found_is_marked(text: str, asked: list[str], marked: list[str]) -> None:
    line = _line("another line\n" + text, asked)
    assert line.plain == text
    assert [line.plain[s.start : s.end] for s in line.spans] == marked


def test_a_long_line_is_cut_between_words() -> None:
    words = " ".join(f"word{k}" for k in range(200))
    line = _line(words, ["word100"]).plain
    assert line.startswith("… word")
    assert set(line.strip("… ").split()) <= set(words.split())
    assert "word100" in line
    assert len(_line("字" * 500 + "外交" + "字" * 500, ["外交"]).plain) < 110
