#!/usr/bin/env python3
"""How fast reports go into a store, how much memory that takes, and how fast the store answers. Figures differ by machine.

    python bench/store.py [--reports 100000] [--seconds 20] [--folder FOLDER]

Makes reports of 350 words (600 characters of Chinese) from sentences of the samples, each with names of its own, so that
vocabulary grows as it does in news; every sentence tells of diplomacy, which is the slowest text there is. Then:

- rate: `kawat add` on one core, and with two processes on two, for so many seconds each; and how much more two processes
  read than one that have nothing to do with each other
- memory: of all processes while all reports go in; it must not grow
- reader: another process asks all the while; its slowest answer shows whether it is ever blocked
- answers: events between two states, and full text, with everything in
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from speed import plain_rate

import kawat
from kawat import Report
from kawat.store.store import Store

ROOT = Path(__file__).parent.parent
LANGUAGES = ("en", "id", "ru", "vi", "zh")
WORDS, CHARACTERS = 350, 600
PAIRS = (("CHN", "USA"), ("RUS", "UKR"), ("CHN", "PHL"), ("ISR", "hezbollah"), ("wang-yi", "RUS"), ("NOR", "PSE"))
SEARCHES = (
    "Lavrov",
    "đại sứ Trung Quốc",
    "制裁",
    '"foreign ministry"',
    "пошлины OR санкции",
    "Beijing talks -Tokyo",
    "gencatan senjata",
    "the",
)
_FIRST = ("An", "Bo", "Da", "El", "Fa", "Gi", "Ha", "Io", "Ka", "Le", "Mi", "No", "Or", "Pa", "Ra", "Su", "Ti", "Ul", "Ve", "Za")


class Run(NamedTuple):
    """What one `kawat add` did: reports a second, and (reports, memory in MB) as it went on."""

    rate: float
    memory: list[tuple[int, float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each measurement of the rate")
    parser.add_argument("--folder", type=Path, help="where to put reports and store (about 2.5 GB); a temporary folder if not given")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.folder) as name:
        folder = Path(name)
        news = folder / "news.jsonl"
        write(news, args.reports)
        print(f"plain Python     {plain_rate() / 1e6:8.1f} million loop steps/s (what this machine does now: compare figures by it)")
        one, two = (add(news, folder / f"{n}.db", n, args.seconds).rate for n in (1, 2))
        print(f"one core         {one:8.0f} reports/s of {WORDS} words")
        print(f"two cores        {two:8.0f} reports/s, {two / one if one else 0:.2f} times")
        print(
            f"apart            {apart(news, 2, args.seconds) / apart(news, 1, args.seconds):8.2f} times (two processes that share nothing)"
        )
        store = folder / "news.db"
        with reader(store, folder / "reader.json"):
            run = add(news, store, os.cpu_count() or 1, None)
        print(f"all {args.reports:,}      {run.rate:8.0f} reports/s")
        tell_memory(run.memory)
        slow = json.loads((folder / "reader.json").read_text())
        worst, middle = (slow[x] * 1000 for x in ("worst", "median"))
        print(f"reader meanwhile {worst:8.1f} ms at worst of {slow['answers']:,} answers, {middle:.1f} in the middle")
        answers(store)


def sentences(language: str) -> list[str]:
    """The sentences of the samples of a language, without headlines and furniture."""
    from kawat import packs
    from kawat.documents.sentences import cut

    out = []
    for report in kawat.reports(str(ROOT / "samples" / f"{language}.jsonl")):
        assert isinstance(report, Report)
        doc = cut(report.text, report.title, packs.load(language))
        out += [text for s in doc.sentences if len(text := report.text[slice(*s.span)].strip()) > (12 if language == "zh" else 40)]
    return out


def write(path: Path, count: int) -> None:
    """So many reports as JSONL, the same every time."""
    chance = random.Random(4)
    stock = {language: sentences(language) for language in LANGUAGES}
    with path.open("w", encoding="utf-8") as out:
        for k in range(count):
            language = LANGUAGES[k % len(LANGUAGES)]
            name = "".join(chance.choice(_FIRST) for _ in range(3)).capitalize()
            text = story(stock[language], language, name, chance)
            row = {"id": f"{k}", "url": f"https://bench.example/{language}/{k}", "outlet": f"{language} {k % 40}", "language": language}
            day = f"20{20 + k % 5}-{1 + k % 12:02}-{1 + k % 28:02}"
            out.write(json.dumps(row | {"published": day, "title": text[:60], "text": text}, ensure_ascii=False) + "\n")


def story(stock: list[str], language: str, name: str, chance: random.Random) -> str:
    """Paragraphs of two or three sentences, up to the length wanted; one name in it is its own."""
    text, length = [f"{name} ({name}{chance.randrange(10**6)})"], 0
    while length < (CHARACTERS if language == "zh" else WORDS):
        sentence = chance.choice(stock)
        length += len(sentence) if language == "zh" else len(sentence.split())
        text.append(sentence)
    gaps = itertools.cycle(("\n", " ", " ") if language != "zh" else ("\n", "", ""))
    return "".join(s + next(gaps) for s in text).strip()


def add(news: Path, store: Path, processes: int, seconds: float | None) -> Run:
    """`kawat add` in a process of its own, on as many cores as it has processes; stopped after so many seconds from its first report on."""
    cores = set(itertools.islice(sorted(os.sched_getaffinity(0)), processes))
    command = [sys.executable, "-m", "kawat", "add", str(news), "--store", str(store), "--processes", str(processes)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(0, cores))
    began, first, memory = 0.0, 0, list[tuple[int, float]]()
    while process.poll() is None:
        time.sleep(0.5)
        done = count(store)
        if done < 50 * processes:
            continue
        if not began:
            began, first = time.perf_counter(), done
        memory.append((done, sum(resident(p) for p in [process.pid, *children(process.pid)])))
        if seconds and time.perf_counter() - began > seconds:
            process.terminate()
            break
    rate = (count(store) - first) / (time.perf_counter() - began) if began else 0.0
    process.wait()
    return Run(rate, memory)


_READ = """
import sys, time, kawat
end = None
done = 0
for k, report in enumerate(kawat.reports(sys.argv[1])):
    kawat.read(report)
    done += end is not None
    if k == 50:
        end = time.perf_counter() + float(sys.argv[2])
    if end and time.perf_counter() > end:
        break
print(done)
"""


def apart(news: Path, processes: int, seconds: float) -> float:
    """Reports a second that processes read which share nothing: what the machine can give."""
    command = [sys.executable, "-c", _READ, str(news), str(seconds)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    return sum(int(p.communicate()[0]) for p in running) / seconds


def count(store: Path) -> int:
    """Reports that are in."""
    if not store.exists():
        return 0
    try:
        with Store(store) as mine:
            return int(mine.db().execute("SELECT coalesce(max(report), 0) FROM reports").fetchone()[0])
    except kawat.StoreError:
        return 0


def children(pid: int) -> list[int]:
    """Processes that a process started and that are there."""
    try:
        return [int(p) for p in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def resident(pid: int) -> float:
    """Memory of a process in MB, pages of files not counted: those of the store may be given back at any time."""
    try:
        found = re.search(r"RssAnon:\s*(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def tell_memory(memory: list[tuple[int, float]]) -> None:
    """The most of it, and the middle of each tenth of the way: it must not grow."""
    if not memory:
        print("memory           too few reports to tell")
        return
    last = memory[-1][0] + 1
    tenths = [[m for n, m in memory if n * 10 // last == k] for k in range(10)]
    told = " ".join(f"{statistics.median(row):.0f}" for row in tenths if row)
    print(f"memory           {max(m for _, m in memory):8.0f} MB at most in all processes; by tenths of the way {told}")


_READER = """
import json, statistics, sys, time
from kawat import StoreError
from kawat.store.store import Store
path, out = sys.argv[1:]
times, store = [], Store(path)
try:
    while sys.stdin.closed or not __import__("select").select([sys.stdin], [], [], 0.02)[0]:
        began = time.perf_counter()
        try:
            list(store.events(between=("CHN", "USA"), limit=20))
        except StoreError:
            continue
        times.append(time.perf_counter() - began)
finally:
    json.dump({"worst": max(times), "median": statistics.median(times), "answers": len(times)}, open(out, "w"))
"""


class reader:  # noqa: N801
    """Another process that asks all the while."""

    def __init__(self, store: Path, out: Path) -> None:
        self.command = [sys.executable, "-c", _READER, str(store), str(out)]

    def __enter__(self) -> None:
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE)

    def __exit__(self, *_: object) -> None:
        self.process.communicate(b"stop\n")


def answers(path: Path) -> None:
    """The slowest of several questions, each asked five times in a fresh connection; the middle one of the five counts."""
    with Store(path) as store:
        reports, events = (store.db().execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in ("reports", "events"))
        print(f"store            {path.stat().st_size / 1e6:8.0f} MB, {reports:,} reports, {events:,} events")
    pairs = {f"{a}-{b}": timed(path, lambda s, a=a, b=b: list(s.events(between=(a, b), limit=20))) for a, b in PAIRS}  # type: ignore[misc]
    found = {w: timed(path, lambda s, w=w: list(s.reports(w, limit=20))) for w in SEARCHES}  # type: ignore[misc]
    for name, times in (("pair look-up", pairs), ("full text", found)):
        told = ", ".join(f"{what} {1000 * t:.1f}" for what, t in times.items())
        print(f"{name:16} {1000 * max(times.values()):8.1f} ms at worst ({told})")


def timed(path: Path, ask: Callable[[Store], object]) -> float:
    """Seconds of an answer."""

    def once() -> float:
        began = time.perf_counter()
        ask(store)
        return time.perf_counter() - began

    with Store(path) as store:
        store.db()
        return statistics.median(once() for _ in range(5))


if __name__ == "__main__":
    main()
