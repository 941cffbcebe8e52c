#!/usr/bin/env python3
"""How well the article is found on real pages, against texts and facts that others took from the same pages.

    python bench/pages.py newspaper4k-0.9.6/tests/data

The folder holds html/NAME.html, txt/NAME.txt (the text expected) and metadata/NAME.json (`title`, `publish_date`), as the source
distribution of newspaper4k does (pip download --no-deps --no-binary newspaper4k newspaper4k). Its texts leave out headline and captions,
which ours has, so precision is a little too low for what it means.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import kawat
from kawat import Report

_WORD = re.compile(r"[\u0e00-\u0e7f\u1000-\u109f\u3040-\u30ff\u3400-\u9fff]|\w+")


class Score(NamedTuple):
    """Shares of words, from 0 to 1; whether title and day are as expected, None where nothing is."""

    precision: float
    recall: float
    title: bool | None
    day: bool | None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    scores = []
    for text in sorted(folder.glob("txt/*.txt")):
        page = folder / "html" / f"{text.stem}.html"
        if not page.exists():
            continue
        [report] = kawat.reports(str(page))
        if not isinstance(report, Report):
            print(f"{text.stem:28} {report}")
            scores.append(Score(0.0, 0.0, None, None))
            continue
        scores.append(score(report, text.read_text("utf-8"), told(folder / "metadata" / f"{text.stem}.json")))
        print(f"{text.stem:28} P {scores[-1].precision:.3f} R {scores[-1].recall:.3f} title {scores[-1].title} day {scores[-1].day}")
    print(f"{len(scores)} pages: P {statistics.mean(s.precision for s in scores):.3f} R {statistics.mean(s.recall for s in scores):.3f}")
    for name in ("title", "day"):
        known = [getattr(s, name) for s in scores if getattr(s, name) is not None]
        print(f"{name} as expected in {sum(known)} of {len(known)}")


def told(path: Path) -> dict[str, str]:
    """What is expected of a page beside its text."""
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def score(report: Report, text: str, facts: dict[str, str]) -> Score:
    """One page, words counted as often as they stand."""
    got, wanted = (Counter(_WORD.findall(t)) for t in (report.text, text))
    both = (got & wanted).total()
    title, day = facts.get("title"), facts.get("publish_date")
    found = report.published.start if report.published else None
    return Score(both / got.total(), both / wanted.total(), report.title == title if title else None, found == day[:10] if day else None)


if __name__ == "__main__":
    main()
