"""The store: what goes in comes out, nothing is counted twice, and faults are told."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import msgspec
import pytest
from conftest import LETTER, one, prepared, reading_of, samples

import kawat
from kawat import Report, SourceError, StoreError
from kawat.store import connect, fold, index, write
from kawat.store.rows import rows_of
from kawat.store.store import Store
from kawat.store.write import Writer

WHOLE = [s.id for s in samples()]


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
        with pytest.raises(StoreError, match="version 99, this Kawat knows 2: install a newer Kawat"):
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


def test_where_words_fold_otherwise_the_index_is_made_anew(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Else questions would miss them, and what is taken out of the index would not be what it holds."""
    store.add([LETTER])
    store.close()
    monkeypatch.setattr(fold, "_PLAIN", {**fold._PLAIN, ord("v"): "w"})
    monkeypatch.setattr(index, "version", lambda: "other")
    assert not list(store.reports("Lavrov")), "a question alone changes nothing"
    store.close()
    with store.writing() as writer:
        assert [r.id for r in store.reports("Lawrow")] == ["letter"]
        writer.replace(1, rows_of(one("Rusia menolak undangan Jepang, kata Lavrov."), "id", "0"))
        for name in ("text_index", "quote_index"):
            writer.db.execute(f"INSERT INTO {name} ({name}) VALUES ('integrity-check')")
        assert writer.db.execute("SELECT version FROM folding").fetchall() == [("other",)]
    assert [r.message for r in caplog.records if "made anew" in r.message], "who waits is told why"


def test_a_store_of_the_first_version_gets_its_index(tmp_path: Path) -> None:
    store = Store(tmp_path / "news.db")
    first = connect.write_to(store.path, {1: connect.migrations()[1]})
    old = prepared(kawat.read(LETTER))
    first.execute(write._INSERT_REPORT, (1, old.key, 1, 1, old.digest, "2026-11-01", old.place, *old.rows.report))
    first.close()
    assert store.add([LETTER]).unchanged == 1
    assert [r.id for r in store.reports("Lavrov")] == ["letter"]


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
