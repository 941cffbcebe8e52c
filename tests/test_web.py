"""The web: what is taken in from servers, good and bad, and what they are asked for."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
from server import (
    LAUGHS,
    XXE,
    Site,
    bomb,
    cut,
    dated,
    drip,
    endless,
    entry,
    feed,
    header_storm,
    no_http,
    page,
    redirect,
    reply,
    serving,
    status,
)  # fmt: skip

from kawat.errors import SourceError
from kawat.fetch import address
from kawat.fetch.answer import FetchError
from kawat.fetch.body import read_body
from kawat.fetch.robots import Rules
from kawat.sources.charset import decode_page
from kawat.sources.item import Found, Item, Page, Visit
from kawat.sources.open import open_all
from kawat.sources.options import Limits, Options, Run
from kawat.sources.visits import due

TEXT = "Spain condemned the Norwegian decision on Tuesday.\nThe ministry said that it would answer in time."
QUICK = Options(private=True, limits=Limits(seconds=1.0, delay=0.0, page=500_000, feed=6_000_000))


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.answers |= {f"/{n}": reply(page(f"Page {n}", TEXT)) for n in "abc"}
        yield running


def taken(site: Site | None, *names: str, options: Options = QUICK) -> list[Found]:
    return list(open_all([site.url(n) if site and n.startswith("/") else n for n in names], options))


def places(found: list[Found]) -> list[str]:
    """Paths of the pages that were taken in."""
    return [f.place.partition("//")[2].partition("/")[2] for f in found if isinstance(f, Item)]


def faults(found: list[Found]) -> list[str]:
    return [f.reason for f in found if isinstance(f, SourceError)]


def content(found: Found) -> Page:
    assert isinstance(found, Item)
    assert isinstance(found.content, Page)
    return found.content


def remembering(found: list[Found], options: Options = QUICK) -> Options:
    """Options that know the Visits among what was found."""
    known = {f.url: f for f in found if isinstance(f, Visit)}
    return replace(options, visited=known.get)


def test_a_page_comes_with_its_url_and_a_visit_behind_it(site: Site) -> None:
    site.answers["/a?id=1"] = dated(page("A", TEXT))
    item, visit = taken(site, "/a?utm_source=x&id=1#top")
    url = site.url("/a?id=1")
    assert isinstance(item, Item)
    assert (item.place, item.key, content(item).url, content(item).charset) == (url, url, url, "utf-8")
    assert isinstance(visit, Visit)
    assert (visit.url, visit.status, visit.etag, visit.tries) == (url, 200, '"1"', 0)
    sent = site.log[-1].headers
    assert sent["user-agent"].startswith("kawat/")
    assert not {"cookie", "authorization", "referer", "if-none-match"} & set(sent)


def test_a_feed_brings_its_pages_with_what_it_says_of_them(site: Site) -> None:
    site.answers["/news/feed"] = reply(
        feed(entry("/a", "Spain &amp; <![CDATA[<i>Norway&#8217;s</i> fjords &amp; fish]]>"), entry("../b"), entry(site.url("/a#more"))),
        "application/rss+xml",
    )
    found = taken(site, "/news/feed")
    assert places(found) == ["a", "b"]
    assert [type(f).__name__ for f in found] == ["Item", "Visit", "Item", "Visit", "Visit"]
    first = content(found[0])
    assert first.published
    assert (first.title, first.outlet, first.language, first.published.start) == (
        "Spain & Norway’s fjords & fish",
        "Harbour Post",
        "en",
        "2024-11-12",
    )
    assert site.asked() == ["/news/feed", "/a", "/b"]


def test_conditional_requests(site: Site) -> None:
    site.answers["/feed"] = dated(feed(entry("/a"), entry("/b")), "application/rss+xml")
    first = taken(site, "/feed")
    site.log.clear()
    second = taken(site, "/feed", options=remembering(first))
    assert [f.status for f in second if isinstance(f, Visit)] == [304]
    assert site.log[-1].headers["if-none-match"] == '"1"'
    assert site.asked() == ["/feed"]
    site.answers["/feed"] = dated(feed(entry("/c"), entry("/a"), entry("/b")), "application/rss+xml", tag='"2"')
    third = taken(site, "/feed", options=remembering([*first, *second]))
    assert places(third) == ["c"], "pages that were had are not asked for again"


def test_lists_are_asked_again_and_their_feeds_too(site: Site) -> None:
    site.answers |= {
        "/feed": dated(feed(entry("/a")), "text/xml"),
        "/list": dated(f"{site.url('/feed')}\n{site.url('/b')}\n", "text/plain"),
    }
    first = taken(site, "/list")
    site.log.clear()
    again = taken(site, "/list", options=remembering(first))
    assert (places(first), places(again)) == (["a", "b"], ["b"])
    assert site.asked() == ["/list", "/feed", "/b"]
    asked = {r.path: r.headers.get("if-none-match") for r in site.log}
    assert asked["/list"] is None, "an unchanged list says nothing of its feeds"
    assert asked["/feed"] == '"1"'


def test_a_page_that_its_feed_calls_updated_is_asked_again(site: Site) -> None:
    def dates(hours: int) -> str:
        return format_datetime(datetime.now(UTC) + timedelta(hours=hours))

    site.answers["/feed"] = reply(feed(entry("/a", date=dates(-1)), entry("/b", date=dates(-3)), entry("/c", date=dates(5))), "text/xml")
    had = [Visit(url=site.url(f"/{n}"), fetched=(datetime.now(UTC) - timedelta(hours=2)).isoformat(), status=200) for n in "abc"]
    assert places(taken(site, "/feed", options=remembering(list(had)))) == ["a"]


def test_when_a_url_is_due() -> None:
    def visit(status: int, tries: int, hours: float) -> Visit:
        return Visit(url="u", fetched=(datetime.now(UTC) - timedelta(hours=hours)).isoformat(), status=status, tries=tries)

    assert due(None)
    assert not due(visit(200, 0, 9))
    assert due(visit(200, 0, 9), changing=True)
    assert due(visit(500, 1, 0))
    assert not due(visit(500, 3, 0.3))
    assert due(visit(500, 3, 0.4))
    assert due(visit(0, 50, 25))
    assert not due(visit(404, 1, 24 * 20))
    assert due(visit(404, 1, 24 * 31))


def test_failed_pages_are_tried_again_though_the_feed_is_the_same(site: Site) -> None:
    site.answers |= {"/feed": dated(feed(entry("/a"), entry("/late"), entry("/gone")), "text/xml"), "/late": status(500)}
    first = taken(site, "/feed")
    assert faults(first) == ["the server says 500 Internal Server Error", "the server says 404 Not Found"]
    last = first[-1]
    assert isinstance(last, Visit)
    assert (last.etag, last.tries) == (None, 1)
    site.answers["/late"] = reply(page("Late", TEXT))
    site.log.clear()
    second = taken(site, "/feed", options=remembering(first))
    assert (places(second), faults(second), site.asked()) == (["late"], [], ["/feed", "/late"])
    assert isinstance(second[-1], Visit)
    assert second[-1].etag


def test_the_feed_stands_in_for_a_page_that_cannot_be_had(site: Site) -> None:
    long = f"<p>{TEXT}</p>" * 10
    entries = (
        entry("/x", "X", content=long),
        entry("/y", content=long + "…"),
        entry("/z", content="<p>Short.</p>"),
        entry("/a", content=long),
    )
    site.answers |= {"/feed": reply(feed(*entries), "text/xml"), "/robots.txt": reply("User-agent: *\nDisallow: /x")}
    found = taken(site, "/feed")
    assert places(found) == ["x", "a"]
    assert faults(found) == ["the server says 404 Not Found"] * 2
    assert "Spain condemned" in content(found[0]).body.decode()
    assert b"<h1>Page a" in content(next(f for f in found if isinstance(f, Item) and f.place.endswith("/a"))).body
    assert site.asked() == ["/feed", "/y", "/z", "/a"]


def test_robots_are_asked_once_and_obeyed(site: Site) -> None:
    rules = "User-agent: *\nDisallow: /\n\nUser-agent: Kawat\nDisallow: /private\nCrawl-delay: 0.3"
    site.answers |= {"/robots.txt": reply(rules, "text/plain"), "/feed": reply(feed(entry("/a"), entry("/private/1")), "text/xml")}
    site.answers["/to"] = redirect("/private/2")
    found = taken(site, "/feed", "/to")
    assert places(found) == ["a"]
    assert faults(found) == ["robots.txt does not allow it"] * 2
    assert [r.path for r in site.log] == ["/robots.txt", "/feed", "/a", "/to"]
    gaps = [b.at - a.at for a, b in pairwise(site.log)]
    assert min(gaps) >= 0.29


def test_robots_that_cannot_be_had(site: Site) -> None:
    site.answers["/robots.txt"] = status(503)
    site.answers["/list"] = reply("\n".join(site.url(f"/{n}", "localhost") for n in "abc"), "text/plain")
    found = taken(site, "/a")
    assert "robots.txt of 127.0.0.1 cannot be had (the server says 503" in faults(found)[0]
    site.answers |= {"localhost/robots.txt": status(500), "/robots.txt": status(404)}
    found = taken(site, "/list")
    assert len(faults(found)) == 2
    assert "left for the next time" in faults(found)[1]
    assert site.asked() == ["/list"]


def test_robots_rules_with_many_stars_cost_nothing() -> None:
    began = time.monotonic()
    rules = Rules(b"User-agent: *\nDisallow: /" + b"*a" * 200 + b"*b\n", "kawat")
    assert rules.allow("http://x.org/" + "a" * 4000)
    assert not Rules(b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /\r\n", "kawat").allow("http://x.org/")
    Rules(bytes(range(256)) * 2000, "kawat").allow("http://x.org/")
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("kind", ["urls", "feed"])
def test_hosts_have_a_delay_and_do_not_wait_for_each_other(site: Site, kind: str) -> None:
    urls = [site.url(f"/{n}", h) for n in "abc" for h in ("127.0.0.1", "localhost")]
    lists = {"urls": reply("\n".join(urls), "text/plain"), "feed": reply(feed(*map(entry, urls)), "text/xml")}
    site.answers["/list"] = lists[kind]
    slow = replace(QUICK, limits=replace(QUICK.limits, delay=0.2))
    began = time.monotonic()
    found = taken(site, "/list", options=slow)
    assert [f.place for f in found if isinstance(f, Item)] == urls
    assert time.monotonic() - began < 30
    for host in ("127.0.0.1", "localhost"):
        times = [r.at for r in site.log if r.host == host]
        assert min(b - a for a, b in pairwise(times)) >= 0.19


def test_a_busy_server_is_left_alone_as_long_as_it_asks(site: Site) -> None:
    site.answers |= {"/feed": reply(feed(*(entry(f"/{n}") for n in "xabc")), "text/xml"), "/x": status(429, Retry_After="120")}
    found = taken(site, "/feed", "/a")
    assert faults(found)[0].startswith("the server says 429")
    assert "3 more links" in faults(found)[1]
    assert places(found) == []
    assert site.asked() == ["/feed", "/x"]


def test_a_busy_server_is_asked_again_after_a_short_while(site: Site) -> None:
    site.answers |= {
        "/list": reply("\n".join(site.url(f"/{n}", "localhost") for n in "xa"), "text/plain"),
        "/x": status(503, Retry_After="1"),
    }
    slow = replace(QUICK, limits=replace(QUICK.limits, seconds=3.0))
    assert places(taken(site, "/list", options=slow)) == ["a"]
    x, a = (next(r.at for r in site.log if r.path == p) for p in ("/x", "/a"))
    assert a - x >= 0.95


BAD: dict[str, tuple[Any, str]] = {
    "drip": (drip(), "did not answer in full within 1 s"),
    "headers that drip": (drip(head=True), "did not answer in full within 1 s"),
    "endless": (endless, "more than 6,000,000 bytes"),
    "gzip bomb": (bomb(50_000_000), "more than 6,000,000 bytes unpacked"),
    "large": (reply("x", Content_Length="99000000"), "99,000,000 bytes"),
    "large page": (reply("<html>" + "x" * 600_000), "no page of an article"),
    "cut": (cut(b"<html><p>half", 1000), "connection broke"),
    "cut gzip": (reply(b"\x1f\x8b\x08\0\0\0\0\0", Content_Encoding="gzip"), "breaks off"),
    "no gzip": (reply("<html>", Content_Encoding="gzip"), "packing is broken"),
    "other packing": (reply("<html>", Content_Encoding="br"), "packed as br"),
    "header storm": (header_storm, "connection broke"),
    "no http": (no_http, "connection broke"),
    "pdf": (reply("%PDF-1.7", "application/pdf"), "is application/pdf, no text"),
    "pdf as html": (reply("%PDF-1.7"), "is PDF"),
    "binary": (reply(b"\0\1\2" * 100), "is no text"),
    "ftp": (redirect("ftp://example.org/x"), "only http and https"),
    "file": (redirect("file:///etc/hostname"), "only http and https"),
    "secret": (redirect("http://me:pass@127.0.0.1/"), "user name or password"),
    "loop": (redirect("/bad"), "more than 5 redirects"),
    "500": (status(500), "says 500"),
    "410": (status(410), "says 410"),
    "laughs": (reply(feed(entry("/a", "&j;"), head=LAUGHS), "text/xml"), "declares entities"),
    "xxe": (reply(feed(entry("/a", "&secret;"), head=XXE), "text/xml"), "declares entities"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_answers_are_failures_and_the_others_go_on(site: Site, name: str) -> None:
    site.answers["/bad"], reason = BAD[name]
    began = time.monotonic()
    found = taken(site, "/bad", "/b")
    assert reason in " ".join(faults(found))
    assert places(found) == ["b"]
    assert set(site.asked()) <= {"/bad", "/b"}
    assert time.monotonic() - began < 30


def test_redirects_are_followed_and_the_page_is_known_by_where_it_stands(site: Site) -> None:
    site.answers |= {"/old": redirect("/older"), "/older": redirect(site.url("/a", "localhost"))}
    item, visit = taken(site, "/old")
    assert isinstance(item, Item)
    assert isinstance(visit, Visit)
    assert (item.key, visit.url) == (site.url("/a", "localhost"), site.url("/old"))
    assert [r.host for r in site.log if r.path == "/robots.txt"] == ["127.0.0.1", "localhost"]


def test_no_private_address_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    shut = replace(QUICK, private=False)
    port = site.server_address[1]
    hosts = ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "0177.0.0.1", "[::ffff:127.0.0.1]", "0.0.0.0")
    found = taken(None, *(f"http://{h}:{port}/a" for h in hosts), options=shut)
    assert len(faults(found)) == len(hosts)
    assert not places(found)
    monkeypatch.setattr(address, "public", lambda a: a == "127.0.0.1")
    site.answers["/in"] = redirect(f"http://127.0.0.2:{port}/a")
    assert "private network" in faults(taken(site, "/in", options=shut))[0]
    assert site.asked() == ["/in"]


def test_a_name_that_changes_its_address_gains_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the address that was checked is connected to: a name is looked up once for each connection."""
    real, asked = socket.getaddrinfo, []

    def turning(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        asked.append(host)
        return real("127.0.0.1" if len(asked) < 3 else "127.0.0.2", port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", turning)
    monkeypatch.setattr(address, "public", lambda a: a == "127.0.0.1")
    first, second = (
        taken(None, *(f"http://news.test:{site.server_address[1]}/{n}" for n in "ab"), options=replace(QUICK, private=False)),
        asked,
    )
    assert places(first) == ["a"]
    assert "127.0.0.2 is an address of a private network" in faults(first)[0]
    assert len(second) == 3


@pytest.mark.parametrize("inside", [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
    "240.0.0.1", "192.0.2.1", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1",     "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe", "::127.0.0.1", "2001:db8::1", "fec0::1",
])  # fmt: skip
def test_addresses_that_are_not_of_the_open_internet(inside: str) -> None:
    assert not address.public(inside)


@pytest.mark.parametrize("outside", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"])
def test_addresses_of_the_open_internet(outside: str) -> None:
    assert address.public(outside)


@pytest.mark.parametrize(
    "url", ["ftp://x.org/", "file:///etc/passwd", "http://", "http:///x", "http://a b/", "gopher://x", "http://[::1/", "http://x:y/"]
)
def test_urls_that_are_never_asked(url: str) -> None:
    with pytest.raises(FetchError):
        address.target_of(url)


def test_urls_are_written_for_the_wire() -> None:
    assert address.target_of("https://Новости.рф/Đà Nẵng?q=王 毅#x").url == (
        "https://xn--b1amnebsh.xn--p1ai/%C4%90%C3%A0%20N%E1%BA%B5ng?q=%E7%8E%8B%20%E6%AF%85"
    )
    assert address.target_of("http://x.org?a=%20b").url == "http://x.org/?a=%20b"


def test_passwords_do_not_come_out_in_errors() -> None:
    (fault,) = taken(None, "http://me:secret@example.org/")
    assert "secret" not in str(fault)


def test_packings_end_early(site: Site) -> None:
    site.answers["/sitemap.xml.gz"] = reply(gzip.compress(b"<urlset><!--" + b"x" * 20_000_000), "application/x-gzip")
    assert "more than 6,000,000 bytes unpacked" in faults(taken(site, "/sitemap.xml.gz"))[0]
    members = iter([gzip.compress(b"one ") + gzip.compress(b"two"), b"rubbish" * 10, b""])
    assert read_body(lambda _: next(members), "gzip", 100) == b"one two"


def test_sitemaps_with_days_of_change_and_sitemaps_of_sitemaps(site: Site) -> None:
    day = datetime.now(UTC).date()
    site.answers |= {
        "/sitemap.xml": reply(f"<sitemapindex><sitemap><loc>{site.url('/news.xml.gz')}</loc></sitemap>"
            "<sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>", "application/xml"),
        "/news.xml.gz": reply(gzip.compress(f"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
            xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
            <url><image:image><image:loc>/picture</image:loc><image:title>No</image:title></image:image><loc>{site.url("/a")}</loc>
            <news:news><news:publication><news:name>Harbour Post</news:name><news:language>en</news:language></news:publication>
            <news:publication_date>2024-11-13T01:00:00+07:00</news:publication_date><news:title>The title</news:title></news:news></url>
            <url><loc>{site.url("/b")}</loc><lastmod>{day - timedelta(days=9)}</lastmod></url>
            <url><loc>{site.url("/c")}</loc><lastmod>{day}</lastmod></url></urlset>""".encode()), "application/octet-stream"),
    }  # fmt: skip
    had = [Visit(url=site.url(f"/{n}"), fetched=(datetime.now(UTC) - timedelta(days=2)).isoformat(), status=200) for n in "bc"]
    found = taken(site, "/sitemap.xml", options=remembering(list(had)))
    assert places(found) == ["a", "c"]
    first = content(found[0])
    assert first.published
    assert (first.title, first.outlet, first.language, first.published.start) == ("The title", "Harbour Post", "en", "2024-11-13")
    assert site.asked() == ["/sitemap.xml", "/news.xml.gz", "/a", "/c"]


def test_outlines_in_outlines(site: Site) -> None:
    site.answers |= {"/one": reply(feed(entry("/a")), "text/xml"), "/two": reply(feed(entry("/b"), entry("/a")), "text/xml")}
    outline = f"""<opml version="2.0"><body><outline text="x"><outline text="y"><outline xmlUrl="{site.url("/one")}"/></outline></outline>
        <outline text="z" xmlUrl="/two"/><outline text="none"/></body></opml>"""
    site.answers["/list"] = reply(outline, "text/x-opml")
    found = taken(site, "/list")
    assert (places(found), faults(found)) == (["a", "b"], [])
    assert sorted(site.asked()) == ["/a", "/b", "/list", "/one", "/two"]


def test_lists_that_lead_to_themselves_end(site: Site) -> None:
    for n in range(9):
        site.answers[f"/list{n}"] = reply(site.url(f"/list{n + 1}") + "\n" + site.url("/list0"), "text/plain")
    found = taken(site, "/list0")
    assert "lists deep" in " ".join(faults(found))
    assert len(site.asked()) < 9


def test_feeds_of_strangers(site: Site) -> None:
    sound = feed(entry("/a"), entry("/b"))
    broken: dict[str, str | bytes] = {
        "nbsp": sound.replace("A title", "A&nbsp;title"),
        "ampersand": sound.replace("A title", "A & title"),
        "cut": sound[: sound.index("</item></channel>")],
        "charset": sound.replace("utf-8", "windows-1251", 1).replace("A title", "Испания").encode("windows-1251"),
        "wrong charset": sound.replace("A title", "Испания").encode("windows-1251"),
        "unknown charset": sound.replace("utf-8", "x-none", 1),
        "utf-16": sound.replace("utf-8", "utf-16", 1).encode("utf-16"),
        "blanks": "\n\n " + sound,
        "doctype": sound.replace("<rss", '<!DOCTYPE rss PUBLIC "-//X//DTD" "file:///etc/hostname"><rss', 1),
        "control": sound.replace("A title", "A\x0b\x00title").replace("\x00", ""),
        "atom": f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>A</title><link href="/a"/></entry>'
            f'<entry><link rel="alternate" href="{site.url("/b")}"/></entry></feed>',
        "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            '<channel/><item><link>/a</link></item><item><link>/b</link></item></rdf:RDF>',
    }  # fmt: skip
    for name, body in broken.items():
        site.answers["/feed"] = reply(body, "application/rss+xml")
        assert places(taken(site, "/feed")) == ["a", "b"], name


def test_feeds_that_are_large_or_deep_take_little_time(site: Site) -> None:
    many = "".join(entry(f"/a#{n}", content="<p>word</p>" * 100) for n in range(4000))
    odd = {
        "5 MB": (feed(many), ["a"]),
        "deep": ("<rss><channel>" + "<a>" * 300_000, None),
        "angles": ("<rss><channel><item><title>" + "<" * 1_000_000, None),
        "ampersands": ("<rss><channel><item><link>/a</link><title>" + "&" * 1_000_000, None),
        "one tag": ("<rss " + " ".join(f"a{n}='1'" for n in range(200_000)) + "/>", None),
        "tags": ("<rss><channel><item><title>" + "<a " * 1_000_000, None),
        "entries": (feed("<item/>" * 700_000), None),
    }
    for name, (body, expected) in odd.items():
        began = time.monotonic()
        site.answers["/feed"] = reply(body, "text/xml")
        found = taken(site, "/feed")
        assert time.monotonic() - began < 90, name
        assert isinstance(found[-1], Visit), name
        assert expected is None or places(found) == expected, name


def test_links_are_limited_and_the_rest_is_told(site: Site) -> None:
    site.answers["/feed"] = reply(feed(*(entry(f"/{n}") for n in "abc")), "text/xml")
    found = taken(site, "/feed", options=replace(QUICK, limits=replace(QUICK.limits, links=2)))
    assert places(found) == ["a", "b"]
    assert "more than 2 links" in faults(found)[0]


def test_a_feed_in_a_file_reads_the_pages_beside_it(tmp_path: Path, site: Site) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.html").write_text(page("Secret", TEXT))
    (tmp_path / "in" / "pages").mkdir()
    (tmp_path / "in" / "pages" / "one two.html").write_text(page("One", TEXT))
    links = (
        entry("pages/one%20two.html", "From the feed"),
        entry("../secret.html"),
        entry("pages/none.html"),
        entry("file:///etc/passwd"),
        entry(site.url("/a")),
    )
    (tmp_path / "in" / "feed.xml").write_text(feed(*links))
    (tmp_path / "in" / "list.urls").write_text(f"# ours\nfeed.xml\n\nnot a url\n{site.url('/b')}\n")
    found = taken(None, str(tmp_path / "in" / "list.urls"))
    assert [f.place.rpartition("/")[2] for f in found if isinstance(f, Item)] == ["one two.html", "a", "b"]
    first = content(next(f for f in found if isinstance(f, Item)))
    assert (first.title, first.outlet) == ("From the feed", "Harbour Post")
    assert [r.split(":")[0][:25] for r in faults(found)] == [
        "is no URL", "'../secret.html' leads ou", "cannot be read", "only http and https are a",
    ]  # fmt: skip


def test_a_feed_from_the_web_does_not_reach_files(site: Site, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(page("X", TEXT))
    site.answers["/feed"] = reply(feed(entry(f"file://{tmp_path}/x.html"), entry(f"{tmp_path}/x.html"), entry("x.html")), "text/xml")
    found = taken(site, "/feed")
    assert not places(found)
    assert set(site.asked()) == {"/feed", f"{tmp_path}/x.html", "/x.html"}


def test_entries_without_a_link(site: Site) -> None:
    whole = entry("", "Whole", content=f"<p>{TEXT}</p>" * 10).replace("<link></link>", "<guid isPermaLink='false'>tag:1</guid>")
    site.answers["/feed"] = reply(feed(whole, entry("").replace("<link></link>", "")), "text/xml")
    found = taken(site, "/feed")
    item = found[0]
    assert isinstance(item, Item)
    assert item.key == site.url("/feed") + "#tag:1"
    assert faults(found) == ["has neither a link nor its text in full"]


def test_stopping_is_prompt_and_keeps_no_visit_of_what_is_not_whole(site: Site) -> None:
    slow = replace(QUICK, limits=replace(QUICK.limits, seconds=30.0), run=Run())
    site.answers |= {"/feed": reply(feed(entry("/a"), entry("/slow"), entry("/b")), "text/xml"), "/slow": drip()}
    threading.Timer(0.7, slow.run.stop.set).start()
    began = time.monotonic()
    found = taken(site, "/feed", options=slow)
    assert time.monotonic() - began < 30
    assert [f.url for f in found if isinstance(f, Visit)] == [site.url("/a")]
    assert not faults(found)


def test_a_generator_that_is_closed_leaves_no_worker_behind(site: Site) -> None:
    site.answers["/list"] = reply("\n".join(site.url(f"/{n}", h) for h in ("127.0.0.1", "localhost") for n in "abc"), "text/plain")
    before = threading.active_count()
    found = open_all([site.url("/list")], QUICK)
    next(found)
    found.close()  # type: ignore[attr-defined]
    until = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.05)
    assert sum("_work" in t.name for t in threading.enumerate()) == 0


def test_visits_travel_as_records() -> None:
    visit = Visit(url="u", fetched="2024-11-12T00:00:00+00:00", status=200)
    assert msgspec.json.decode(msgspec.json.encode(visit), type=Visit) == visit


@pytest.mark.parametrize("name", ["punycode", "idna", "hex", "unicode_escape", "raw_unicode_escape", "undefined", "utf-7", "rot13"])
def test_encodings_that_no_page_is_in_are_not_believed(name: str) -> None:
    body = f'<html><head><meta charset="{name}"></head><body>'.encode() + "Café à Paris, ".encode("cp1252") * 20_000
    began = time.monotonic()
    assert "Café" in decode_page(body, name)
    assert time.monotonic() - began < 30
