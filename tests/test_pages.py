"""Pages of news sites, written by us in the markup of ten kinds of them: text, what the page says about itself, and what must stay out.

Beside tests/pages/NAME.html stands NAME.expected.json: `lines` in their order, `optional` lines that may stand between them, `furniture`
that must not leak, and the fields of the report.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from conftest import ROOT

from kawat import Report, SourceError
from kawat.records import When
from kawat.sources.article import article
from kawat.sources.charset import decode_page, oddness
from kawat.sources.item import Item, Page
from kawat.sources.metadata import same_site
from kawat.sources.report import key_of, report_of, reports

PAGES = ROOT / "tests" / "pages"
KINDS = sorted(p.stem for p in PAGES.glob("*.html"))


def expected(kind: str) -> dict[str, Any]:
    return json.loads((PAGES / f"{kind}.expected.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def read_page(kind: str, **given: Any) -> Report:
    return article(Page(**{"body": (PAGES / f"{kind}.html").read_bytes(), "url": expected(kind)["url"], **given}))


def test_a_front_page_is_no_report() -> None:
    with pytest.raises(SourceError, match="front page"):
        read_page("wire", url="https://harbour-wire.example/")


@pytest.mark.parametrize("kind", KINDS)
def test_text(kind: str) -> None:
    wanted = expected(kind)
    lines = [x for x in read_page(kind).text.split("\n") if x not in wanted["optional"]]
    assert lines == wanted["lines"]


@pytest.mark.parametrize("kind", KINDS)
def test_furniture_stays_out(kind: str) -> None:
    text = read_page(kind).text
    assert [words for words in expected(kind)["furniture"] if words in text] == []


@pytest.mark.parametrize("kind", KINDS)
def test_first_and_last_paragraph_stay_in(kind: str) -> None:
    """Whatever stands around the article is cut away: it must not be what keeps these in."""
    wanted, text = expected(kind)["lines"], read_page(kind).text
    assert text.startswith(wanted[0] + "\n")
    assert wanted[1] in text
    assert wanted[-1] in text


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_page_says_about_itself(kind: str) -> None:
    report = read_page(kind)
    got = {k: getattr(report, k) for k in expected(kind)["report"]}
    got = {k: v.start if isinstance(v, When) else list(v) if isinstance(v, tuple) else v for k, v in got.items()}
    assert got == expected(kind)["report"]
    assert report.id == report.url


@pytest.mark.parametrize("kind", KINDS)
def test_declared_charset_may_be_wrong(kind: str) -> None:
    """A server that says Latin-1, windows-1251 or UTF-8 of everything garbles nothing."""
    for charset in ("iso-8859-1", "utf-8", "windows-1251", "no-such-charset", None):
        assert read_page(kind, charset=charset).text == read_page(kind).text


RUSSIAN = "Министр иностранных дел заявил, что переговоры о границе начнутся в понедельник. " * 3
CHINESE = "外交部发言人表示，双方将继续就边界问题进行谈判，并欢迎国际社会提供帮助。" * 3
TRADITIONAL = "外交部發言人表示，雙方將繼續就邊界問題進行談判，並歡迎國際社會提供幫助。" * 3


@pytest.mark.parametrize(
    ("text", "real", "declared"),
    [
        (RUSSIAN, "koi8-r", "windows-1251"),
        (RUSSIAN, "windows-1251", "koi8-r"),
        (RUSSIAN, "windows-1251", "iso-8859-1"),
        (RUSSIAN, "utf-8", "windows-1251"),
        (RUSSIAN, "utf-16", None),
        (RUSSIAN, "utf-16-le", None),
        (CHINESE, "gb18030", "gb2312"),
        (CHINESE, "gb18030", "big5"),
        (CHINESE, "gb18030", "utf-8"),
        (CHINESE, "gb18030", None),
        (TRADITIONAL, "big5", "gb2312"),
        (TRADITIONAL, "big5", "iso-8859-1"),
        ("Thủ tướng nói rằng hai bên đã đồng ý tiếp tục đàm phán. " * 3, "utf-8", "iso-8859-1"),
        ("Le ministère a déclaré être très préoccupé. " * 3, "iso-8859-1", None),
        ("“We’ll see – soon,” he said.", "windows-1252", "iso-8859-1"),
    ],
)
def test_charset(text: str, real: str, declared: str | None) -> None:
    page = f"<html><body><p>{text}</p></body></html>"
    assert decode_page(page.encode(real), declared) == page


def test_a_few_damaged_bytes_do_not_cost_the_page() -> None:
    raw = f"<html><body><p>{RUSSIAN}".encode()[:-3] + b"\xd0</p>"
    assert decode_page(raw, "utf-8").startswith(f"<html><body><p>{RUSSIAN[:200]}")


def test_oddness_tells_misread_text() -> None:
    assert oddness(RUSSIAN) == oddness(CHINESE) == oddness(TRADITIONAL) == 0
    assert oddness(RUSSIAN.encode("koi8-r").decode("cp1251")) > 0.5
    assert oddness(RUSSIAN.encode("cp1251").decode("cp1252")) > 0.5


STORY = "<p>The foreign ministers of the two countries met in the capital on Monday and agreed to open the border again in spring.</p>" * 3


def page_of(head: str, body: str = f"<article><h1>Ministers agree on the border</h1>{STORY}</article>", **given: Any) -> Report:
    return article(Page(body=f"<html><head>{head}</head><body>{body}</body></html>".encode(), **given))


def test_day_in_the_zone_of_the_publisher() -> None:
    utc, local = "2024-05-14T22:30:00Z", "2024-05-15T05:30:00+07:00"
    metas = '<meta property="article:published_time" content="{}"><meta name="pubdate" content="{}">'
    for pair in ((utc, local), (local, utc), (utc, "2024-05-15 05:30")):
        found = page_of(metas.format(*pair)).published
        assert found == When(start="2024-05-15", end="2024-05-15", precision="day", basis="stated")


@pytest.mark.parametrize("empty", ["0001-01-01T00:00:00", "1970-01-01", "soon", "2024-13-45"])
def test_a_day_that_is_none_is_no_day(empty: str) -> None:
    assert page_of(f'<meta property="article:published_time" content="{empty}">').published is None


def test_a_day_from_the_url_says_that_it_is_worked_out() -> None:
    found = page_of("", url="https://quay.example/2021/07/09/border").published
    assert found == When(start="2021-07-09", end="2021-07-09", precision="day", basis="resolved")


def test_days_in_the_story_date_no_page() -> None:
    story = STORY.replace("in spring", "on 3 March 1999")
    assert page_of("", f"<article><h1>Ministers agree</h1>{story}</article>").published is None


def test_what_comes_with_the_page_fills_gaps_only() -> None:
    day = When(start="2020-01-02", end="2020-01-02", precision="day", basis="stated")
    bare = page_of("", "<div>" + STORY + "</div>", title="From the feed", outlet="Feed", published=day, url="https://quay.example/1")
    assert (bare.title, bare.outlet, bare.published) == ("From the feed", "Feed", day)
    assert bare.text.startswith("From the feed\nThe foreign")
    full = page_of('<meta property="og:site_name" content="Quay">', title="From the feed", outlet="Feed")
    assert (full.title, full.outlet) == ("Ministers agree on the border", "Quay")


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("/news/1", "https://quay.example/news/1"),
        ("https://www.quay.example/news/1?utm_source=x#top", "https://www.quay.example/news/1"),
        ("https://other.example/news/1", "https://m.quay.example/fetched"),
        ("javascript:void(0)", "https://m.quay.example/fetched"),
        ("https://[broken", "https://m.quay.example/fetched"),
        ("https://quay.example/", "https://m.quay.example/fetched"),
    ],
)
def test_canonical_url(link: str, wanted: str) -> None:
    found = page_of(f'<link rel="canonical" href="{link}">', url="https://m.quay.example/fetched").url
    assert found == wanted.replace("https://quay", "https://m.quay") if link.startswith("/") else found == wanted


def test_same_site() -> None:
    assert same_site("https://amp.quay.example/1", "https://www.quay.example/2")
    assert not same_site("https://quay.example/1", "https://notquay.example/1")


@pytest.mark.parametrize(
    "written",
    [
        '{"@type": "NewsArticle", "headline": "Ministers agree on the border", "author": "Ana Lima",}',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Ministers agree on the border", "author": ["Ana Lima"]}\n//]]>',
        '[{"@type": "WebSite"}, [{"@type": ["Thing", "NewsArticle"], "headline": "H", "author": [{"name": "Ana Lima"}]}]]',
        '{"@graph": [{"@id": "#a", "name": "Ana Lima"}, {"@type": "ReportageNewsArticle", "headline": "H", "author": {"@id": "#a"}}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "H", "author": {"name": "Ana\nLima"}}}',
    ],
)
def test_json_ld(written: str) -> None:
    assert page_of(f'<script type="application/ld+json">{written}</script>').authors == ("Ana Lima",)


def test_broken_json_ld_leaves_the_rest() -> None:
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", "author": </script><meta name="author" content="Ana Lima">'
    assert page_of(broken).authors == ("Ana Lima",)


def test_the_headline_is_the_one_that_is_seen() -> None:
    shortened = '<meta property="og:title" content="Ministers agree on the bord"><title>Ministers agree on the border | Quay</title>'
    assert page_of(shortened).title == "Ministers agree on the border"
    assert page_of("<title>Ministers agree - Quay</title><meta property='og:site_name' content='Quay'>", STORY).title == "Ministers agree"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("empty", ""),
        ("blank", " \n "),
        ("no markup", "Ministers agree on the border."),
        ("no text", "<html><head><title>x</title></head><body></body></html>"),
        ("a page of script", "<html><body><script>" + "var a = 1;\n" * 100_000 + "</script></body></html>"),
        ("nested", "<html><body>" + "<div>" * 100_000 + STORY),
        ("nested a little", "<html><body>" + "<div>" * 300 + STORY),
        ("tags", "<html><body>" + "<b>x</b>" * 60_000 + STORY),
        ("attributes", "<html><body><p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">" + STORY),
        ("table", "<html><body><table>" + "<tr><td>1</td></tr>" * 60_000 + "</table>" + STORY),
        ("spans", "<html><body><p>" + "<i>x</i> " * 8_000 + STORY),
        ("large", "<html><body><p>" + "word " * 2_100_000 + "</p>"),
    ],
)
def test_no_page_of_an_article_is_refused(
    name: str,  # noqa: ARG001
    page: str,
) -> None:
    with pytest.raises(SourceError):
        article(Page(body=page.encode()))


@pytest.mark.parametrize(
    ("name", "storm"),
    [
        ("laughs", '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;</p>'),
        ("entities", "<p>" + "&amp;&eacute;" * 50_000 + "</p>"),
        ("nul", "<p>\0\0\0 and\x01 so on</p>" * 100),
        ("comments never closed", "<!--" * 100_000),
        ("scripts never closed", "<script>" * 20_000),
        ("brackets", "<" * 500_000),
        ("json", '<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
        ("class", '<p class="' + "comment-" * 100_000 + '">x</p>'),
        ("blanks", "<p>" + " " * 500_000 + "x</p>"),
        ("days", "<p>" + "12.03.2004 " * 20_000 + "</p>"),
    ],
)
def test_a_storm_behind_the_story_leaves_it_readable(
    name: str,  # noqa: ARG001
    storm: str,
) -> None:
    found = article(Page(body=f"<html><body><article><h1>Ministers agree</h1>{STORY}{storm}</article></body></html>".encode()))
    assert "agreed to open the border again in spring." in found.text
    assert not any(c in found.text for c in "\0\x01")


def test_ids_and_keys(tmp_path: Any) -> None:
    path = tmp_path / "story.html"
    path.write_text(f"<html><body><article>{STORY}</article></body></html>", encoding="utf-8")
    assert [r.id for r in reports(str(path)) if isinstance(r, Report)] == ["story"]
    page = Page(body=(PAGES / "wire.html").read_bytes(), url="http://quay.example/x")
    report = report_of(Item(place="x", content=page, key="x"))
    assert isinstance(report, Report)
    assert key_of(Item(place="x", content=page, key="x"), report) == report.url


@pytest.mark.parametrize(("stated", "wanted"), [("en-US", "vi"), ("vi", "vi"), ("lo", "vi"), ("xx", "xx"), ("en", "vi")])
def test_a_text_belies_the_language_of_its_software(stated: str, wanted: str) -> None:
    lines = "".join(
        f"<p>Bộ Ngoại giao Việt Nam ngày {n} tháng 5 bày tỏ quan ngại sâu sắc về tình hình tại khu vực và kêu gọi các bên kiềm chế.</p>"
        for n in range(1, 7)
    )
    page = (
        f"<html lang='{stated}'><head><title>Việt Nam kêu gọi các bên kiềm chế</title></head><body><article>{lines}</article></body></html>"
    )
    report = report_of(Item(place="page", content=Page(body=page.encode())))
    assert isinstance(report, Report)
    assert report.language == wanted
