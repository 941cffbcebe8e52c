"""Paths and readings that several tests share."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from kawat import Reading, Report, read
from kawat.sources.days import published_on
from kawat.sources.report import reports

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"


def samples() -> list[Report]:
    """All sample reports, of every language."""
    out: list[Report] = []
    for path in sorted(SAMPLES.glob("*.jsonl")):
        for row in reports(str(path)):
            assert isinstance(row, Report), row
            out.append(row)
    return out


@functools.cache
def reading_of(ident: str) -> Reading:
    return read(next(r for r in samples() if r.id == ident))


@functools.cache
def one(text: str, language: str = "id", published: str = "2024-11-13") -> Reading:
    """The reading of a short text."""
    return read(Report(id="one", text=text, language=language, published=published_on(published)))


@pytest.fixture(autouse=True, scope="session")
def _cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Compiled packs go to a folder of the test run."""
    import os

    os.environ["KAWAT_CACHE"] = str(tmp_path_factory.mktemp("cache"))
