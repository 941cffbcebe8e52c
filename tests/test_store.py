"""The store: what goes in comes out, nothing is counted twice, and faults are told."""

from __future__ import annotations

import datetime
import itertools
import sqlite3
import threading
from pathlib import Path

import msgspec
import pytest
from conftest import one, reading_of, samples

import kawat
from kawat import Reading, Report, SourceError, StoreError
from kawat.store import connect, query
from kawat.store.fold import fold, query_of
from kawat.store.rows import digest_of, rows_of
from kawat.store.store import Store
from kawat.store.write import Prepared, Writer

WHOLE = [s.id for s in samples()]
LETTER = Report(id="letter", text="Menteri Luar Negeri Rusia Sergei Lavrov mengecam keputusan Amerika Serikat itu.", language="id")


def prepared(reading: Reading, key: str | None = None) -> Prepared:
    digest = digest_of(reading.report)
    rows = rows_of(reading, reading.report.language, kawat.__version__)
    return Prepared(key or reading.report.id, digest, digest, reading.report.id, rows)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return kawat.open(tmp_path / "news.db")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """All samples in a store."""
    store = Store(tmp_path_factory.mktemp("full") / "news.db")
    with store.writing() as writer:
        for ident in WHOLE:
            writer.put(prepared(reading_of(ident)))
    return store


@pytest.mark.parametrize("ident", WHOLE)
def test_what_goes_in_comes_out(full: Store, ident: str) -> None:
    assert full.reading(1 + WHOLE.index(ident)) == reading_of(ident)


def test_every_field_of_a_report_is_kept(store: Store) -> None:
    day = kawat.When(start="2024-11-01", end="2024-11-30", precision="month", basis="stated", span=kawat.Span(0, 7))
    report = Report(
        id="x", text="Russia \0 ё 中 🙂", url="https://a.example/x", outlet="A", language="en", title="T", published=day, modified=day,
        authors=("B", "C"), tags=("d",), fetched="2024-11-13T00:00:00Z",
    )  # fmt: skip
    assert store.add([report]).added == 1
    found = store.reading(1)
    assert found is not None
    assert msgspec.structs.replace(found.report, pieces=()) == report


def test_the_same_again_changes_nothing(store: Store) -> None:
    assert store.add(samples()[:4]).added == 4
    before = (store.path.stat().st_size, list(store.events()))
    again = store.add(samples()[:4])
    assert (again.added, again.changed, again.unchanged) == (0, 0, 4)
    assert (store.path.stat().st_size, list(store.events())) == before


def test_a_text_that_changed_is_a_new_version_and_the_old_one_is_kept(store: Store) -> None:
    new = msgspec.structs.replace(LETTER, text=LETTER.text + " Rusia menolak undangan Jepang.")
    assert store.add([LETTER]).added == 1
    assert store.add([new]).changed == 1
    assert [(r.version, r.text) for r in store.reports()] == [(2, new.text)]
    assert {e.report for e in store.events()} == {2}
    old = store.reading(1)
    assert old is not None
    assert old.report.text == LETTER.text
    assert len(old.events) == 1
    assert store.add([LETTER, new]).unchanged == 2


def test_an_older_copy_that_comes_later_does_not_win(store: Store) -> None:
    new, old = (msgspec.structs.replace(LETTER, text=f"{LETTER.text} {n}", fetched=f"2024-11-0{n}T00:00:00Z") for n in (2, 1))
    store.add([new, old])
    assert [r.text for r in store.reports()] == [new.text]


def test_same_words_of_two_outlets_are_two_reports(store: Store) -> None:
    two = [msgspec.structs.replace(LETTER, url=f"https://{x}.example/1", outlet=x) for x in "ab"]
    assert store.add(two).added == 2
    assert store.add([msgspec.structs.replace(two[0], url="https://A.example/1?utm_source=feed#top")]).unchanged == 1


def test_a_report_without_a_pack_is_kept_and_told(store: Store) -> None:
    summary = store.add(
        [Report(id="fr", text="Le ministre français a rencontré son homologue allemand à Paris mardi dernier.", language="fr")]
    )
    assert (summary.added, summary.unread) == (1, {"fr": 1})
    assert [(f.place, f.report, "no pack" in f.reason) for f in store.failures()] == [("fr", 1, True)]


def test_failures_are_kept_until_it_can_be_read(store: Store) -> None:
    store.add([SourceError("broken", "letter"), SourceError("broken still", "letter"), SourceError("gone", "other")])
    assert [(f.place, f.reason, f.times) for f in store.failures()] == [("letter", "broken still", 2), ("other", "gone", 1)]
    store.add([LETTER])
    assert [f.place for f in store.failures()] == ["other"]


def test_lone_surrogates_are_a_failure_and_the_others_go_in(store: Store) -> None:
    summary = store.add([msgspec.structs.replace(LETTER, id="bad", title="\ud800"), LETTER])
    assert (summary.failed, summary.added) == (1, 1)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("dai su", "Đại sứ Việt Nam"), ("Đại sứ", "dai su"), ("Đại sứ", "Đại sứ"), ("елкин", "Ёлкин"), ("俄罗斯", "俄羅斯總統"),
        ("斯总", "俄羅斯總統"), ("统", "俄羅斯總統"), ("罗", "俄罗斯"), ("'quoted", "it was “quoted”"), ("Türkiye", "turkiye"),
        ("rus*", "Russia"), ('"jet fighter"', "a jet fighter"), ("cat OR dog", "a dog"), ("a cat OR dog", "a dog"),
        ("US-China", "the us china talks"),
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
    db.execute("CREATE VIRTUAL TABLE x USING fts5 (t, tokenize = 'unicode61 remove_diacritics 0')")
    db.execute("INSERT INTO x VALUES (?)", (fold(text),))
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


def test_records_are_replaced_whole(store: Store) -> None:
    store.add([LETTER])
    with store.writing() as writer:
        other = msgspec.structs.replace(one("Rusia menolak undangan Jepang, kata Lavrov."), packs={"id": "older"})
        writer.replace(1, rows_of(msgspec.structs.replace(other, report=msgspec.structs.replace(LETTER)), "id", "0"))
        assert writer.db.execute("SELECT count(*) FROM quote_index WHERE quote_index MATCH 'keputusan'").fetchone() == (0,)
        assert writer.db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_newer_store_is_left_alone(store: Store) -> None:
    store.add([LETTER])
    with store.writing() as writer:
        writer.db.execute("PRAGMA user_version = 99")
    store.close()
    for ask in (lambda: store.add([LETTER]), lambda: list(store.reports())):
        with pytest.raises(StoreError, match="version 99, this Kawat knows 1: install a newer Kawat"):
            ask()


def test_an_older_store_is_brought_up(tmp_path: Path) -> None:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0002_mood.sql").write_text("ALTER TABLE reports ADD COLUMN mood TEXT; -- one\nCREATE TABLE moods (x);\n")
    path = tmp_path / "news.db"
    connect.write_to(path, {1: connect.migrations()[1]}).close()
    db = connect.write_to(path, connect.migrations(folder))
    assert db.execute("PRAGMA user_version").fetchone() == (2,)
    assert db.execute("SELECT mood FROM reports").fetchall() == []
    (folder / "0003_broken.sql").write_text("CREATE TABLE half (x);\nCREATE TABLE moods (x);\n")
    with pytest.raises(StoreError, match="moods already exists"):
        connect.write_to(path, connect.migrations(folder))
    assert db.execute("SELECT name FROM sqlite_schema WHERE name = 'half'").fetchall() == [], "half a step is none"


def test_what_is_no_store_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    sqlite3.connect(other).execute("CREATE TABLE x (y)").connection.close()
    text = tmp_path / "text.db"
    text.write_text("Not a database at all. " * 100)
    for path in (other, text):
        before = path.read_bytes()
        with pytest.raises(StoreError, match="no store of Kawat"):
            Store(path).add([LETTER])
        assert path.read_bytes() == before


def test_asking_makes_no_file(tmp_path: Path) -> None:
    store = kawat.open(tmp_path / "typo.db")
    with pytest.raises(StoreError, match="no such store"):
        list(store.reports())
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreError, match="folder"):
        Store(tmp_path / "no" / "news.db").add([LETTER])


def test_a_read_only_store_can_be_asked_and_says_so_when_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.add([LETTER])
    store.close()
    real = sqlite3.connect

    def read_only(path: object, **options: object) -> sqlite3.Connection:
        address = str(path) if str(path).startswith("file:") else f"file:{path}?immutable=1"
        return real(address, uri=True, **{k: v for k, v in options.items() if k != "uri"})  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(sqlite3, "connect", read_only)  # the tests' user may write everywhere
    assert len(list(store.reports())) == 1
    with pytest.raises(StoreError, match="read-only"):
        store.add([msgspec.structs.replace(LETTER, id="other", text="Rusia menolak undangan Jepang.")])


def test_a_full_disk_loses_nothing_that_was_added(store: Store) -> None:
    store.add(samples()[:3])
    with store.writing() as writer:
        pages = writer.db.execute("PRAGMA page_count").fetchone()[0]
        writer.db.execute(f"PRAGMA max_page_count = {pages + 10}")
    with pytest.raises(StoreError, match="the disk is full: what was added before stands"):
        store.add(samples())
    count = len(list(store.reports()))
    assert 3 <= count < len(WHOLE)
    with store.writing() as writer:
        writer.db.execute("PRAGMA max_page_count = 1000000")
    assert store.add(samples()).added == len(WHOLE) - count
    check(store)


def test_two_writers_at_once_lose_nothing(store: Store) -> None:
    store.add([])
    halves = [samples()[:12], samples()[6:18]]
    errors: list[BaseException] = []

    def add(reports: list[Report]) -> None:
        try:
            with Store(store.path) as mine:
                mine.add(reports)
        except BaseException as e:
            errors.append(e)

    threads = [threading.Thread(target=add, args=(half,)) for half in halves]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert errors == []
    assert sorted(r.id for r in store.reports()) == sorted(s.id for s in samples()[:18])
    check(store)


def test_a_lock_that_stays_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "_PATIENCE", 0.05)
    with store.writing() as writer:
        Writer(connect.write_to(store.path)).db.execute("BEGIN IMMEDIATE")
        assert writer.db.execute("SELECT count(*) FROM reports").fetchone() == (0,), "readers go on"
        with pytest.raises(StoreError, match="another process has kept it locked"), connect.told(store.path):
            writer.put(prepared(one(LETTER.text)))


def check(store: Store) -> None:
    """Every report of the store is whole."""
    with store.writing() as writer:
        assert writer.db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert writer.db.execute("PRAGMA foreign_key_check").fetchall() == []
        numbers = [row[0] for row in writer.db.execute("SELECT report FROM reports")]
    for number in numbers:
        found = store.reading(number)
        assert found is not None
        assert found == reading_of(found.report.id)
