#!/usr/bin/env python3
"""How fast and how large: help, packs, reading. One core; figures differ by machine.

    python bench/speed.py [--languages id,en] [--seconds 5]

Reads the samples of each language, and of all mixed, over and over as long reports (the machine is noisy: the best of several
rounds counts) and prints sentences per second, peak memory, time to load compiled packs and time of `--help`.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kawat import Report

ROOT = Path(__file__).parent.parent
_LONG = 40_000  # code points of a long report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument(
        "--languages", default=",".join(sorted(p.name for p in (ROOT / "src/kawat/packs").iterdir() if (p / "pack.toml").exists()))
    )
    parser.add_argument("--seconds", type=float, default=5.0, help="of reading, for each language and for all mixed")
    args = parser.parse_args()
    languages = args.languages.split(",")
    with tempfile.TemporaryDirectory() as cache:
        os.environ["KAWAT_CACHE"] = cache
        print(f"code                    {'compiled' if compiled() else 'plain Python'}")
        print(f"kawat --help            {best_of(5, help_time):8.3f} s")
        print(f"packs compiled          {load_time(languages):8.3f} s  ({', '.join(languages)})")
        print(f"packs loaded from cache {best_of(5, lambda: load_time(languages)):8.3f} s")
        for group in [[x] for x in languages] + [languages] * (len(languages) > 1):
            rate, sentences, characters = reading_rate(group, args.seconds)
            print(f"reading {'+'.join(group):15} {rate:8.0f} sentences/s  ({characters / sentences:.0f} characters a sentence)")
        print(f"plain Python            {plain_rate() / 1e6:8.1f} million loop steps/s (what this machine does now: compare figures by it)")
        print(f"peak memory             {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


def compiled() -> bool:
    """True where the stages of reading are machine code (`make fast`)."""
    from kawat import packs

    return not str(packs.__file__).endswith(".py")


def best_of(times: int, measure: Callable[[], float]) -> float:
    """The smallest of several measurements in seconds."""
    return min(measure() for _ in range(times))


def plain_rate() -> float:
    """Steps a second of a loop that has nothing to do with Kawat: the machine's own speed at this moment."""
    steps = 1_000_000

    def loop() -> float:
        began = time.perf_counter()
        sum(k * k for k in range(steps))
        return time.perf_counter() - began

    return steps / best_of(10, loop)


def help_time() -> float:
    """Seconds of `kawat --help` in a process of its own."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "kawat", "--help"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def load_time(languages: list[str]) -> float:
    """Seconds to import Kawat and load packs, in a process of its own."""
    loads = f"for x in {languages}: packs.load(x)"
    code = f"import time; t = time.perf_counter(); from kawat import packs\n{loads}\nprint(time.perf_counter() - t)"
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def reading_rate(languages: list[str], seconds: float) -> tuple[float, int, int]:
    """Sentences a second of the best round, sentences and code points of a round."""
    from kawat import packs, read
    from kawat.documents.sentences import cut

    reports = [r for language in languages for r in long_reports(language)]
    sentences = sum(len(cut(r.text, None, packs.load(r.language or "")).sentences) for r in reports)
    best, ends = 0.0, time.perf_counter() + seconds
    while time.perf_counter() < ends:
        began = time.perf_counter()
        for r in reports:
            read(r)
        best = max(best, sentences / (time.perf_counter() - began))
    return best, sentences, sum(len(r.text) for r in reports)


def long_reports(language: str) -> list[Report]:
    """The samples of a language, each repeated until it is long."""
    from kawat import Report
    from kawat.sources.days import published_on
    from kawat.sources.report import reports

    stories = [r for r in reports(str(ROOT / "samples" / f"{language}.jsonl")) if isinstance(r, Report)]
    texts = ["\n".join([story.text] * max(1, _LONG // len(story.text))) for story in stories]
    return [Report(id=str(k), text=text, language=language, published=published_on("2024-11-13")) for k, text in enumerate(texts)]


if __name__ == "__main__":
    main()
