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


def test_a_text_that_is_back_is_the_newest_again(store: Store) -> None:
    a, b = (msgspec.structs.replace(LETTER, text=f"{LETTER.text} {n}") for n in "ab")
    for n, report in enumerate((a, b, a)):
        store.add([msgspec.structs.replace(report, fetched=f"2024-11-1{n}T00:00:00Z")])
    assert [r.text for r in store.reports()] == [a.text]
    with store.writing() as writer:
        assert writer.db.execute("SELECT count(*), sum(latest) FROM reports").fetchone() == (2, 1)


def test_times_are_compared_as_times(store: Store) -> None:
    texts = [f"{LETTER.text} {n}" for n in range(3)]
    times = ("2024-11-13T10:00:00+07:00", "2024-11-13T05:00:00Z", "Wed, 13 Nov 2024")
    for text, fetched in zip(texts, times, strict=True):
        store.add([msgspec.structs.replace(LETTER, text=text, fetched=fetched)])
    assert [r.text for r in store.reports()] == [texts[2]], "what is no time is no reason to be older"
    store.add([msgspec.structs.replace(LETTER, text=texts[0] + " again", fetched="2024-11-13T04:00:00Z")])
    assert [r.version for r in store.reports()] == [4]


def test_a_copy_that_says_less_changes_nothing(store: Store) -> None:
    day = kawat.When(start="2024-11-13", end="2024-11-13", precision="day", basis="stated")
    store.add([msgspec.structs.replace(LETTER, published=day, outlet="Kabar")])
    assert store.add([LETTER]).unchanged == 1
    assert [(r.outlet, str(r.published)) for r in store.reports()] == [("Kabar", "2024-11-13")]
    assert store.add([msgspec.structs.replace(LETTER, outlet="Other")]).changed == 1


def test_reports_of_files_keep_what_identifies_them(store: Store, tmp_path: Path) -> None:
    for year in ("2024", "2025"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "1.txt").write_text(f"{LETTER.text} {year}.")
    assert store.add(kawat.reports(str(tmp_path / "2024"), str(tmp_path / "2025"))).added == 2
    (tmp_path / "2024" / "copy.txt").write_text(f"{LETTER.text} 2024.")
    assert store.add(str(tmp_path / "2024")).unchanged == 2
    assert len(list(store.reports())) == 2


def test_stopped_in_the_middle_no_transaction_stays_open(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Writer, "_put_records", stop)
    with pytest.raises(KeyboardInterrupt):
        store.add([LETTER])
    monkeypatch.undo()
    assert store.add([LETTER]).added == 1


def test_a_text_that_is_too_long_is_a_failure(store: Store) -> None:
    summary = store.add([msgspec.structs.replace(LETTER, text=LETTER.text * 30_000)])
    assert (summary.failed, summary.unread) == (1, {})


@pytest.mark.parametrize("day", ["2024-11", "soon"])
def test_a_day_that_is_none_is_a_failure(store: Store, day: str) -> None:
    wrong = kawat.When(start=day, end=day, precision="day", basis="stated")
    assert store.add([msgspec.structs.replace(LETTER, published=wrong)]).failed == 1
    assert list(store.reports()) == []


def test_a_damaged_store_is_told(store: Store) -> None:
    store.add(samples()[:3])
    store.close()
    raw = store.path.read_bytes()
    store.path.write_bytes(raw[:4096] + b"\xa5" * (len(raw) - 4096))
    with pytest.raises(StoreError, match="damaged"):
        list(store.reports())


def test_keys_point_at_columns(full: Store) -> None:
    """Datasette fails on those that do not."""
    tables = [row[0] for row in full.db().execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    assert all(row[4] for t in tables for row in full.db().execute(f"PRAGMA foreign_key_list({t})"))


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


def test_records_are_replaced_whole(store: Store) -> None:
    store.add([LETTER])
    with store.writing() as writer:
        other = msgspec.structs.replace(one("Rusia menolak undangan Jepang, kata Lavrov."), packs={"id": "older"})
        writer.replace(1, rows_of(msgspec.structs.replace(other, report=msgspec.structs.replace(LETTER)), "id", "0"))
        assert writer.db.execute("SELECT count(*) FROM quote_index WHERE quote_index MATCH 'keputusan'").fetchone() == (0,)
        assert writer.db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert writer.db.execute("SELECT count(*) FROM pairs").fetchone()[0] > 0
        empty = msgspec.structs.replace(other, report=LETTER, actors=(), statements=(), events=(), relations=(), provenance=())
        writer.replace(1, rows_of(empty, "id", "0"))
        assert [writer.db.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("pairs", "parties", "events", "actors")] == [0] * 4


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
