"""`kawat add` and its companions: stopping at any point, bad reports among good ones, processes that die."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from conftest import SAMPLES, samples

import kawat
from kawat import Reading, Report, SourceError
from kawat.engines.local import Job, Ready, Workers
from kawat.faces.cli import main
from kawat.store import prepare
from kawat.store.store import Store

STATES = ("Rusia", "Jepang", "Vietnam", "Filipina", "Turki", "Spanyol", "Kanada", "Mesir", "Peru", "Norwegia")
ACTS = ("mengecam", "menolak undangan", "memuji keputusan", "mendesak", "menjatuhkan sanksi terhadap")


def run(*args: str | Path, stdin: str | bytes = "") -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], input=stdin)


def write(path: Path, reports: list[Report]) -> Path:
    rows = [{"id": r.id, "text": r.text, "language": r.language, "published": "2024-11-13", "url": r.url} for r in reports]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def reports(count: int, seed: int = 1) -> list[Report]:
    """Short reports that differ from each other."""
    chance = random.Random(seed)
    texts = [
        " ".join(f"{chance.choice(STATES)} {chance.choice(ACTS)} {chance.choice(STATES)} pada hari Senin." for _ in range(6))
        for _ in range(count)
    ]
    return [Report(id=f"r{k}", text=f"{text} Nomor {k}.", language="id", url=f"https://a.example/{k}") for k, text in enumerate(texts)]


def readings(store: Store) -> list[Reading | None]:
    return [store.reading(row.report) for row in store.reports()]


def test_samples_go_in_once(tmp_path: Path) -> None:
    store = tmp_path / "news.db"
    first = run("add", *sorted(SAMPLES.glob("*.jsonl")), "--store", store)
    assert first.exit_code == 0
    assert f"{len(samples())} added" in first.stderr
    again = run("add", *sorted(SAMPLES.glob("*.jsonl")), "--store", store)
    assert f"0 added, {len(samples())} there already" in again.stderr


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", reports(40))
    stores = []
    for n in (1, 3):
        assert run("add", path, "--store", tmp_path / f"{n}.db", "--processes", str(n)).exit_code == 0
        stores.append(readings(kawat.open(tmp_path / f"{n}.db")))
    assert stores[0] == stores[1]
    assert len(stores[0]) == 40


def test_a_renamed_file_and_a_moved_line_change_nothing(tmp_path: Path) -> None:
    rows = [msgspec.structs.replace(r, url=None) for r in reports(5)]
    store = tmp_path / "news.db"
    run("add", write(tmp_path / "a.jsonl", rows), "--store", store)
    assert "0 added, 5 there already" in run("add", write(tmp_path / "b.jsonl", rows[::-1]), "--store", store).stderr


def test_equal_ids_of_two_files_are_two_reports(tmp_path: Path) -> None:
    store = tmp_path / "news.db"
    for seed in (1, 2):
        rows = [msgspec.structs.replace(r, url=None) for r in reports(3, seed)]
        assert "3 added" in run("add", write(tmp_path / f"{seed}.jsonl", rows), "--store", store).stderr


def test_one_bad_report_does_not_stop_the_others(tmp_path: Path) -> None:
    path = write(tmp_path / "news.jsonl", reports(3))
    path.write_text(path.read_text("utf-8") + '{nonsense\n{"id": 7}\n', "utf-8")
    store = tmp_path / "news.db"
    result = run("add", path, tmp_path / "absent.txt", "--store", store)
    assert result.exit_code == 1
    assert "3 added, 3 failed" in result.stderr
    listed = run("failures", "--store", store)
    for place in ("line 4", "line 5", "absent.txt"):
        assert place in listed.stdout
    lines = [json.loads(line) for line in run("failures", "--store", store, "--to", "jsonl").stdout.splitlines()]
    assert {line["times"] for line in lines} == {1}
    write(path, reports(5))
    assert run("add", path, "--store", store).exit_code == 0
    assert [f.place for f in kawat.open(store).failures()] == [str(tmp_path / "absent.txt")]
    (tmp_path / "absent.txt").write_text("Rusia mengecam Jepang pada hari Senin.", "utf-8")
    run("add", tmp_path / "absent.txt", "--store", store)
    assert "Everything could be read" in run("failures", "--store", store).stdout
    run("add", tmp_path / "typo.txt", "--store", store)
    assert "1 forgotten" in run("failures", "--store", store, "--forget").stdout
    assert list(kawat.open(store).failures()) == []


def test_options_fill_gaps(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Rusia mengecam Jepang pada hari Senin.", "utf-8")
    result = run("add", path, "--store", tmp_path / "n.db", "--published", "2024-11-13", "--outlet", "Kabar", "--language", "id")
    assert result.exit_code == 0
    [row] = kawat.open(tmp_path / "n.db").events()
    assert (row.outlet, str(row.date), row.language) == ("Kabar", "2024-11-11", "id")
    assert run("add", path, "--store", tmp_path / "n.db", "--published", "last week").exit_code == 2


def test_standard_input(tmp_path: Path) -> None:
    raw = write(tmp_path / "x.jsonl", reports(2)).read_bytes()
    assert "2 added" in run("add", "-", "--store", tmp_path / "n.db", stdin=raw).stderr


def test_reread_reads_only_what_is_stale(tmp_path: Path) -> None:
    store = kawat.open(tmp_path / "n.db")
    store.add([*samples()[:5], Report(id="fr", text="Le ministre a parlé.", language="fr")])
    before = readings(store)
    assert "0 reports read again" in run("reread", "--store", store.path).stderr
    with store.writing() as writer:
        writer.db.execute("""UPDATE reports SET packs = '{"en":"older"}' WHERE report = 2""")
        writer.db.execute("DELETE FROM pairs WHERE event / 1000000 = 2")
        writer.db.execute("DELETE FROM parties WHERE event / 1000000 = 2")
    assert readings(store) != before
    assert "1 report read again" in run("reread", "--store", store.path).stderr
    assert readings(store) == before
    assert "6 reports read again" in run("reread", "--all", "--store", store.path).stderr
    assert readings(store) == before
    assert run("reread", "--store", tmp_path / "typo.db").exit_code == 1


def test_pages_are_kept_as_they_came(tmp_path: Path) -> None:
    page = sorted((Path(__file__).parent / "pages").glob("*.html"))[0]
    for keep in ((), ("--keep-raw",)):
        store = tmp_path / f"{len(keep)}.db"
        assert run("add", page, "--store", store, *keep).exit_code == 0
        assert kawat.open(store).page(1) == (page.read_bytes() if keep else None)


def test_a_store_is_asked(tmp_path: Path) -> None:
    store = tmp_path / "n.db"
    Store(store).add(samples())
    shown = run("events", "--store", store, "--between", "USA", "CHN", "--limit", "5").stdout.splitlines()
    assert len(shown) == 6
    assert "Donald Trump, Xi Jinping" in shown[1]
    lines = run("events", "--store", store, "--actor", "CHN", "--type", "consult", "--to", "jsonl").stdout.splitlines()
    assert lines
    assert {json.loads(line)["type"] for line in lines} == {"CONSULT"}
    assert "Salisbury" in run("search", "--store", store, "salisbury", "poisoning").stdout
    named = run("events", "--store", store, "--between", "united states", "chn", "--limit", "5").stdout.splitlines()
    assert named == shown
    assert run("events", "--store", store, "--actor", "European Union").stdout == run("events", "--store", store, "--actor", "eu").stdout
    assert run("events", "--store", store, "--actor", "Wang Yi").stdout.count("Wang Yi")
    number = shown[1].split()[0]
    assert "Who did what to whom" in run("show", number, "--store", store).stdout
    [line] = run("show", number, "--store", store, "--to", "jsonl").stdout.splitlines()
    assert json.loads(line)["events"]
    missing = run("show", "999", number, "--store", store)
    assert (missing.exit_code, "no report 999" in missing.stderr, "Who did" in missing.stdout) == (1, True, True)
    assert "Nothing found" in run("search", "--store", store, "xylophone").stdout
    assert "No such event" in run("events", "--store", store, "--between", "PER", "NOR").stdout
    assert "Salisbury" not in run("search", "--store", store, "Lavrov", "-Salisbury", "-told reporters").stdout
    assert "No report names 'Atlantis'" in run("events", "--store", store, "--actor", "Atlantis").stdout
    assert "no PLOVER type" in run("events", "--store", store, "--type", "meet").stderr
    assert run("search", "--store", store, "?").exit_code == 2
    assert run("search", "--store", tmp_path / "typo.db", "a").exit_code == 1


def start(path: Path, store: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kawat", "add", str(path), "--store", str(store), *more]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)


def committed(store: Path) -> int:
    if not store.exists():
        return 0
    try:
        return len(list(Store(store).reports()))
    except kawat.StoreError:  # killed before the schema was there
        return 0


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_killed_at_any_point_it_loses_nothing(tmp_path: Path) -> None:
    """Twenty times: the store opens, every report that was committed is whole, and the next start goes on."""
    chance, count = random.Random(20), 4000
    given = {r.id: r for r in reports(count)}
    path, store = write(tmp_path / "news.jsonl", list(given.values())), tmp_path / "news.db"
    before = 0
    expected: dict[str, Reading] = {}
    for turn in range(20):
        process = start(path, store, "--processes", str(1 + turn % 2))
        deadline = time.monotonic() + 60
        if turn % 4:  # else it is killed while it starts
            while committed(store) == before and process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.02)
        time.sleep(chance.random() * 0.4)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        after = committed(store)
        assert before <= after < count, "it must be killed in the middle"
        before = after
        if store.exists() and after:
            with Store(store).writing() as writer:
                assert writer.db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            expected |= {r: kawat.read(whole(given[r])) for r in ids(store) if r not in expected}
            assert {r.report.id: r for r in readings(Store(store)) if r} == expected
    assert before > 0
    short = write(tmp_path / "short.jsonl", [r for r in given.values() if r.id in expected or int(r.id[1:]) < before + 50])
    process = start(short, store)
    assert process.wait(120) == 0
    assert len(ids(store)) == len(set(ids(store))) == before + 50


def ids(store: Path) -> list[str]:
    return [r.id for r in Store(store).reports()]


def whole(report: Report) -> Report:
    from kawat.sources.days import published_on

    return msgspec.structs.replace(report, published=published_on("2024-11-13"))


def test_stopped_by_hand_it_says_what_it_did(tmp_path: Path) -> None:
    path, store = write(tmp_path / "news.jsonl", reports(4000)), tmp_path / "news.db"
    process = start(path, store, "--processes", "1")
    while not committed(store) and process.poll() is None:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "stopped; the same command goes on where it was" in told
    assert "Traceback" not in told


def twice(task: str) -> str:
    """What the processes of the tests below do."""
    if task == "die":
        os._exit(7)
    if task == "hang":
        signal.signal(signal.SIGALRM, signal.SIG_IGN)
        time.sleep(600)
    if task == "raise":
        raise kawat.KawatError("a faulty pack")
    if task == "slow":
        time.sleep(0.3)
    return task * 2


JOB: Job[str, str] = Job(twice, lambda task: len(task) < 2, lambda task, reason: f"{task} lost: {reason}", 1.0)


def test_results_come_in_the_order_of_tasks() -> None:
    tasks: list[str | Ready[str]] = ["slow", "a", Ready("as it is"), "bb", "slow", "cc", *["dd"] * 30]
    with Workers(JOB, 3) as workers:
        assert list(workers.map(tasks)) == ["slowslow", "aa", "as it is", "bbbb", "slowslow", "cccc"] + ["dddd"] * 30


def test_a_process_that_dies_costs_its_task_only() -> None:
    with Workers(JOB, 2) as workers:
        first, *rest = workers.map(["die", "bb", "die", "cc", "dd"])
    assert first.startswith("die lost: the process that read it ended (exit code 7)")
    assert [r for r in rest if "lost" not in r] == ["bbbb", "cccc", "dddd"]


def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kawat.engines.local._GRACE", 0.2)
    with Workers(JOB, 1) as workers:
        assert list(workers.map(["hang", "bb"])) == ["hang lost: took longer than 1 s to read, and its process had to be ended", "bbbb"]


def test_a_faulty_pack_stops_all() -> None:
    with Workers(JOB, 2) as workers, pytest.raises(kawat.KawatError, match="a faulty pack"):
        list(workers.map(["bb", "raise", "cc"]))


def test_tasks_are_taken_only_a_few_ahead() -> None:
    taken = 0

    def tasks() -> Iterator[str]:
        nonlocal taken
        for _ in range(500):
            taken += 1
            yield "bb"

    with Workers(JOB, 2) as workers:
        for done, _ in enumerate(workers.map(tasks())):
            assert taken - done < 40


def test_a_report_that_takes_too_long_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepare, "SECONDS", 0.05)

    def endless() -> str:
        while True:
            pass

    result = prepare.guarded(endless, "x.txt")
    assert isinstance(result, SourceError)
    assert str(result) == "x.txt: took longer than 0.05 s to read"
