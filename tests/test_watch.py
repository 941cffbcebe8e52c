"""Watching: rounds over lists, as a function and as a process that is stopped and started again."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from server import LAUGHS, Site, bomb, dated, drip, entry, feed, page, redirect, reply, serving, status

from kawat.engines.watch import watch
from kawat.errors import SourceError
from kawat.faces.cli import main
from kawat.sources.item import Found, Item, Visit
from kawat.sources.open import open_one
from kawat.sources.options import Limits, Options, Run
from kawat.store.intake import Summary, readers, take_in
from kawat.store.store import Store

TEXTS = {
    "a": "Spain condemned the Norwegian decision on Tuesday. Foreign Minister José Manuel Albares said that Madrid would answer.",
    "b": "Japan and the Philippines signed a defence agreement in Manila on Monday. The president welcomed it as a new beginning.",
    "c": "Türkiye rejected the report of the European Union. The foreign ministry called it biased and said so in a statement.",
}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        for name, text in TEXTS.items():
            running.answers[f"/{name}"] = dated(page(f"Report {name}", f"{text}\n" * 3))
        yield running


def known(found: list[Found]) -> dict[str, Visit]:
    return {f.url: f for f in found if isinstance(f, Visit)}


def test_rounds_read_an_edited_list_anew(site: Site, tmp_path: Path) -> None:
    lists = tmp_path / "lists.txt"
    lists.write_text(f"# nothing yet\n{site.url('/feed')}\n")
    site.answers |= {"/feed": dated(feed(entry("/a")), "text/xml"), "/new": reply(feed(entry("/a"), entry("/b")), "text/xml")}
    found: list[Found] = []
    options = Options(private=True, limits=Limits(delay=0.0), visited=lambda url: known(found).get(url), run=Run())
    rounds = 0

    def take(brought: Iterator[Found]) -> None:
        nonlocal rounds
        rounds += 1
        found.extend(brought)
        lists.write_text(f"{site.url('/feed')}\n{site.url('/new')}\n")
        if rounds == 3:
            options.run.stop.set()

    watch([str(lists)], take, options, every=0.05)
    assert [f.place for f in found if isinstance(f, Item)] == [site.url("/a"), site.url("/b")]
    assert site.asked() == ["/feed", "/a", "/feed", "/new", "/b", "/feed", "/new"]
    assert len([r for r in site.log if r.path == "/robots.txt"]) == 1, "hosts are remembered between rounds"


def test_stop_ends_the_sleep(site: Site) -> None:
    options = Options(private=True, limits=Limits(delay=0.0), run=Run())
    began = time.monotonic()

    def take(found: Iterator[Found]) -> None:
        assert [type(f) for f in found] == [Item, Visit]
        options.run.stop.set()

    watch([site.url("/a")], take, options, every=600)
    assert time.monotonic() - began < 30


def test_what_failed_and_then_could_be_read_is_no_failure_any_more(site: Site, tmp_path: Path) -> None:
    site.answers |= {"/list": reply(site.url("/feed"), "text/plain"), "/feed": reply(feed(entry("/a", "&j;"), head=LAUGHS), "text/xml")}
    with Store(tmp_path / "s.db") as store, store.writing() as writer, readers(1) as pool:
        options = Options(private=True, limits=Limits(delay=0.0), visited=store.visited)

        def once() -> None:
            watch([site.url("/list")], lambda found: take_in(writer, found, pool, Summary()), options, 1, once=True)

        once()
        assert [row.place for row in store.failures()] == [site.url("/feed")]
        once()
        assert [row.times for row in store.failures()] == [2]
        site.answers["/feed"] = reply(feed(entry("/a")), "text/xml")
        time.sleep(1.1)  # failures are known to the second
        once()
        assert not list(store.failures())
        assert [row.url for row in store.reports()] == [site.url("/a")]


def test_links_where_nothing_is_new_are_counted(site: Site, tmp_path: Path) -> None:
    site.answers["/feed"] = reply(feed(entry("/a"), entry("/b"), entry("/gone")), "text/xml")
    add = ["add", site.url("/feed"), "--store", str(tmp_path / "s.db"), "--processes", "1", "--allow-private"]
    first = CliRunner().invoke(main, add)
    assert (first.exit_code, "2 added" in first.stderr, "not followed" in first.stderr) == (1, True, False)
    again = CliRunner().invoke(main, add).stderr
    assert "3 links not followed again" in again


def test_the_front_page_of_a_site_leads_to_its_feed(site: Site) -> None:
    site.answers["/feed"] = reply(feed(entry("/a"), entry("/b")), "text/xml")
    head = '<link rel="alternate" type="text/html" hreflang="en" href="/en"><link rel="Alternate" type="application/rss+xml" href="/{}">'
    options = Options(private=True, limits=Limits(delay=0.0))

    def found() -> list[Found]:
        return list(open_one(site.url("/"), replace(options, run=Run())))

    site.answers["/"] = reply(page("Harbour Wire", "News of the day", head=head.format("feed") + head.format("comments")))
    assert [f.place for f in found() if isinstance(f, Item)] == [site.url("/a"), site.url("/b")]
    site.answers["/"] = reply(page("Harbour Wire", "News of the day", head=head.format("a")))
    assert [f.place for f in found() if isinstance(f, SourceError)] == [site.url("/a")], "what is called a feed must be one"
    site.answers["/"] = reply(page("Harbour Wire", "News of the day"))
    assert [(f.place, "names no feed" in f.reason) for f in found() if isinstance(f, SourceError)] == [(site.url("/"), True)]
    site.answers["/list"] = reply(feed(entry("/")), "text/xml")
    faults = [f for f in open_one(site.url("/list"), replace(options, run=Run())) if isinstance(f, SourceError)]
    assert [f.reason for f in faults] == ["is no page of an article but site"]


def test_a_crash_after_a_page_loses_nothing(site: Site) -> None:
    site.answers["/feed"] = dated(feed(*(entry(f"/{n}") for n in "abc")), "text/xml")
    plain = Options(private=True, limits=Limits(delay=0.0))
    whole: list[Found] = []
    watch([site.url("/feed")], whole.extend, plain, 1, once=True)
    for kept in range(len(whole)):
        before = whole[:kept]
        after: list[Found] = []
        watch([site.url("/feed")], after.extend, replace(plain, visited=known(before).get, run=Run()), 1, once=True)
        had = {f.place for f in (*before, *after) if isinstance(f, Item)}
        assert had == {site.url(f"/{n}") for n in "abc"}, kept


def _start(store: Path, *lists: str, wait: str = "1s") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "kawat.faces.cli", "watch", *lists, "--store", str(store), "--every", wait, "--processes", "1"]
    run = "import sys; from kawat.faces.cli import main; main(sys.argv[1:])"
    return subprocess.Popen([sys.executable, "-c", run, *command[3:], "--allow-private"], stderr=subprocess.PIPE, text=True)


def _until(met: str, store: Path) -> None:
    """Waits until a query of the store gives something."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as db:
                if db.execute(met).fetchone():
                    return
        except sqlite3.OperationalError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"never met: {met}")


def test_watch_takes_in_what_it_should_and_nothing_else(site: Site, tmp_path: Path) -> None:
    store, lists = tmp_path / "news.db", tmp_path / "feeds.opml"
    far = "localhost"
    outlines = "".join(
        f'<outline xmlUrl="{u}"/>' for u in (site.url("/feed"), site.url("/odd", far), site.url("/laughs"), site.url("/slow"))
    )
    lists.write_text(f'<opml version="2.0"><body><outline text="All">{outlines}</outline></body></opml>')
    site.answers |= {
        "/robots.txt": reply("User-agent: *\nDisallow: /private"),
        "/feed": dated(feed(entry("/a"), entry("/b"), entry("/a#again"), entry("/private/x"), entry("/gone")), "text/xml"),
        "/odd": dated(
            feed(entry("/to"), entry("/bomb"), entry("/file"), entry("/pdf"), entry("file:///etc/hostname")), "application/atom+xml"
        ),
        "/to": redirect(site.url("/c", far)),
        "/bomb": bomb(200_000_000),
        "/file": redirect("file:///etc/hostname"),
        "/pdf": reply("%PDF-1.7", "application/pdf"),
        "/laughs": reply(feed(entry("/a", "&j;"), head=LAUGHS), "text/xml"),
        "/slow": drip(head=True, pause=0.3),
        "/private/x": dated(page("Private", TEXTS["a"])),
        "/gone": status(410),
    }
    fine = [site.url("/a"), site.url("/b"), site.url("/c", far)]
    with _start(store, str(lists)) as process:
        _until("SELECT 1 FROM visits WHERE url LIKE '%/odd'", store)
        _until("SELECT 1 FROM visits WHERE url LIKE '%/laughs'", store)
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 0, told
    assert "3 added" in told
    with Store(store) as held:
        assert sorted(row.url or "" for row in held.reports()) == sorted(fine)
        failed = {row.place.rpartition("/")[2]: row.reason for row in held.failures()}
    assert set(failed) == {"x", "gone", "bomb", "file", "pdf", "hostname", "laughs"}
    assert "/private/x" not in site.asked()
    first = site.asked()
    assert all(first.count(p) == 1 for p in ("/a", "/b", "/to", "/c", "/gone", "/bomb", "/pdf"))

    site.log.clear()
    with _start(store, str(lists), wait="10m") as process:
        end = time.monotonic() + 30
        while "/slow" not in site.asked() and time.monotonic() < end:
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=20)
    assert process.returncode == 0, told
    assert set(site.asked()) <= {"/feed", "/odd", "/laughs", "/slow"}
    asked = {r.path: r.headers.get("if-none-match") for r in site.log}
    assert asked["/feed"] == '"1"'
    with Store(store) as held:
        assert len(list(held.reports())) == 3


def test_watch_refuses_times_that_are_none(tmp_path: Path) -> None:
    with _start(tmp_path / "s.db", "x.opml", wait="soon") as process:
        _, told = process.communicate(timeout=20)
    assert process.returncode == 2
    assert "is no time such as" in told


def test_a_list_that_is_not_there_is_told_and_the_others_go_on(site: Site, tmp_path: Path) -> None:
    found: list[Found] = []
    watch([str(tmp_path / "none.opml"), site.url("/a")], found.extend, Options(private=True, run=Run()), 1, once=True)
    assert [f.place for f in found if isinstance(f, SourceError)] == [str(tmp_path / "none.opml")]
    assert [f.place for f in found if isinstance(f, Item)] == [site.url("/a")]


def test_a_page_that_was_had_is_not_replaced_by_its_feed(site: Site, tmp_path: Path) -> None:
    """And one that came but could not be read is asked for again."""
    text = "<p>" + "The two ministers met in the harbour town and spoke of the border. " * 20 + "</p>"
    site.answers |= {
        "/feed": reply(feed(entry("/a", content=text), entry("/odd")), "text/xml"),
        "/odd": reply("<html><body></body></html>"),
    }
    with Store(tmp_path / "s.db") as store, store.writing() as writer, readers(1) as pool:
        options = Options(private=True, limits=Limits(delay=0.0), visited=store.visited, holds=store.holds)

        def once() -> None:
            watch([site.url("/feed")], lambda found: take_in(writer, found, pool, Summary()), options, 1, once=True)

        once()
        [before] = [(row.url, row.text, row.version) for row in store.reports()]
        assert [row.place for row in store.failures()] == [site.url("/odd")]
        site.answers["/a"] = status(503)
        site.answers["/odd"] = reply(
            page("Odd no more", "The two ministers met again in the harbour town and signed the border treaty. " * 3)
        )
        with store.writing() as mine:
            mine.db.execute("UPDATE visits SET status = 503, tries = 1 WHERE url = ?", (site.url("/a"),))
        time.sleep(1.1)  # failures are known to the second
        once()
        assert next((row.url, row.text, row.version) for row in store.reports()) == before
        assert [row.url for row in store.reports()] == [site.url("/a"), site.url("/odd")]
        assert [row.place for row in store.failures()] == [site.url("/a")]
