"""Paths and readings that several tests share."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

import kawat
from kawat import Reading, Report, read
from kawat.sources.days import published_on
from kawat.sources.report import reports
from kawat.store.rows import digest_of, rows_of
from kawat.store.store import Store
from kawat.store.write import Prepared

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
LETTER = Report(id="letter", text="Menteri Luar Negeri Rusia Sergei Lavrov mengecam keputusan Amerika Serikat itu.", language="id")


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


def prepared(reading: Reading, key: str | None = None) -> Prepared:
    """A reading as the store takes it."""
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
        for sample in samples():
            writer.put(prepared(reading_of(sample.id)))
    return store
