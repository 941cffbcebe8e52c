"""The samples give the same reports, and so the same records, by every way in."""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from click.testing import CliRunner
from conftest import ROOT, SAMPLES, samples

from kawat import Report, read
from kawat.faces.cli import main
from kawat.sources.options import Limits, Options
from kawat.sources.report import reports


def essence(report: Report) -> tuple[object, ...]:
    """What records are made of; the id is that of the way."""
    return report.text, report.title, report.published, report.outlet, report.url, report.language


WANTED = {r.url: r for r in samples()}
WANTED_TITLES = {r.title: r for r in samples()}  # a server may not say that its pages are another site's


def taken(*names: str, form: str | None = None) -> dict[str | None, Report]:
    found: dict[str | None, Report] = {}
    for report in reports(*names, form=form):
        assert isinstance(report, Report), report
        found[report.url] = report
    return found


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_pages", ROOT / "tools" / "make_pages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_files_are_what_the_generator_makes(generator: ModuleType) -> None:
    made = {f"{ident}.html": page for ident, page in generator.pages().items()}
    assert made == {p.name: p.read_bytes() for p in (SAMPLES / "pages").iterdir()}
    assert generator.feed() == (SAMPLES / "feed.xml").read_text(encoding="utf-8")
    assert gzip.decompress(generator.warc()) == gzip.decompress((SAMPLES / "news.warc.gz").read_bytes())


@pytest.mark.parametrize("ident", [r.id for r in samples()])
def test_page(ident: str) -> None:
    (page,) = taken(str(SAMPLES / "pages" / f"{ident}.html")).values()
    assert essence(page) == essence(next(r for r in samples() if r.id == ident))


def test_folder() -> None:
    assert {u: essence(r) for u, r in taken(str(SAMPLES / "pages")).items()} == {u: essence(r) for u, r in WANTED.items()}


def test_packed_pages_and_rows_with_html(tmp_path: Path) -> None:
    rows = []
    for path in sorted((SAMPLES / "pages").iterdir()):
        (tmp_path / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
        if "charset=gb2312" not in path.read_text(encoding="utf-8", errors="replace"):
            rows.append(json.dumps({"id": path.stem, "html": path.read_text(encoding="utf-8")}, ensure_ascii=False))
    assert {u: essence(r) for u, r in taken(str(tmp_path)).items()} == {u: essence(r) for u, r in WANTED.items()}
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    assert all(essence(r) == essence(WANTED[u]) for u, r in taken(str(tmp_path / "rows.jsonl")).items())


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    with (SAMPLES / "pages" / "ru-01.html").open("rb") as page:
        monkeypatch.setattr(sys, "stdin", type("Stdin", (), {"buffer": page}))
        (report,) = taken("-", form="html").values()
    assert essence(report) == essence(WANTED[report.url])


def test_records_are_the_same() -> None:
    for url, report in taken(str(SAMPLES / "pages")).items():
        one, other = read(report), read(WANTED[url])
        for field in ("actors", "statements", "events", "relations", "provenance"):
            assert getattr(one, field) == getattr(other, field), (url, field)


def test_web_archive() -> None:
    assert {u: essence(r) for u, r in taken(str(SAMPLES / "news.warc.gz")).items()} == {u: essence(r) for u, r in WANTED.items()}


def test_feed_in_a_file() -> None:
    assert {u: essence(r) for u, r in taken(str(SAMPLES / "feed.xml")).items()} == {u: essence(r) for u, r in WANTED.items()}


def test_feed_of_a_server() -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(SAMPLES))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            options = Options(limits=Limits(delay=0.0), private=True)
            found = list(reports(f"http://127.0.0.1:{server.server_port}/feed.xml", options=options))
        finally:
            server.shutdown()
            thread.join()
    by_title = {r.title: msgspec.structs.replace(r, url=WANTED_TITLES[r.title].url) for r in found if isinstance(r, Report)}
    assert len(found) == len(by_title) == len(WANTED)
    assert {t: essence(r) for t, r in by_title.items()} == {t: essence(r) for t, r in WANTED_TITLES.items()}


def test_one_store_by_every_way(tmp_path: Path) -> None:
    """Pages, feed and archive bring nothing that the JSONL files have not brought."""
    store = tmp_path / "news.db"
    result = CliRunner().invoke(main, ["add", *map(str, sorted(SAMPLES.glob("*.jsonl"))), "--store", str(store)])
    assert f"{len(WANTED)} added" in result.stderr
    result = CliRunner().invoke(main, ["add", str(SAMPLES), "--store", str(store)])
    assert f"0 added, {4 * len(WANTED)} there already" in result.stderr
