"""Write the samples as pages, a feed and a web archive: samples/pages/, samples/feed.xml, samples/news.warc.gz.

    python tools/make_pages.py

Each report stands in the markup of one kind of news site, with menus and lists of other articles made of the titles and outlets of its
neighbours. Same samples, same files: there is no clock and no chance in it.
"""

from __future__ import annotations

import gzip
import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
_QUOTES = ("“", "«", '"', "「")
_LEGACY = "gb18030"  # of pages in old markup

Row = dict[str, Any]


def rows() -> list[Row]:
    """All samples, in the order of their files."""
    return [json.loads(line) for path in sorted(SAMPLES.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]


def pages() -> dict[str, bytes]:
    """Id of each sample -> its page."""
    every = rows()
    out: dict[str, bytes] = {}
    for i, row in enumerate(every):
        kinds = KINDS.get(row["language"], KINDS["en"])
        kind = kinds[i % len(kinds)]
        others = [r for r in every if r["language"] == row["language"] and r["id"] != row["id"]][:4]
        out[row["id"]] = kind(row, others).encode(_LEGACY if kind is _old else "utf-8")
    return out


def _paragraphs(row: Row, tag: str = "p", names: str = "", quote: str = "") -> str:
    """All but the headline; what begins with a quotation may have a markup of its own."""
    lines = row["text"].split("\n")[1:]
    whole = [quote.format(escape(x)) if quote and x.startswith(_QUOTES) else f"<{tag}{names}>{escape(x)}</{tag}>" for x in lines]
    return "\n".join(whole)


def _links(others: list[Row], field: str = "title", shape: str = '<li><a href="{0}.html">{1}</a></li>') -> str:
    return "".join(shape.format(r["id"], escape(r[field])) for r in others)


def _linked(row: Row, kind: str) -> str:
    """JSON-LD of an article, in the zone of the publisher: seven hours ahead of Greenwich, in the early morning."""
    stated = {
        "@context": "https://schema.org", "@type": kind, "mainEntityOfPage": {"@type": "WebPage", "@id": row["url"]},
        "headline": row["title"], "datePublished": f"{row['published']}T05:30:00+07:00", "inLanguage": row["language"],
        "publisher": {"@type": "Organization", "name": row["outlet"]},
    }  # fmt: skip
    return f'<script type="application/ld+json">{json.dumps(stated, ensure_ascii=False)}</script>'


def _graph(row: Row, others: list[Row]) -> str:
    """A weblog system with blocks."""
    return f"""<!DOCTYPE html>
<html lang="{row["language"]}"><head><meta charset="UTF-8">
<title>{escape(row["title"])} | {escape(row["outlet"])}</title>
<link rel="canonical" href="{row["url"]}"><meta property="og:site_name" content="{escape(row["outlet"])}">
{_linked(row, "Article")}</head>
<body class="single single-post"><header class="wp-block-template-part">
<nav class="wp-block-navigation"><ul>{_links(others, "outlet")}</ul></nav></header>
<main class="wp-block-group"><h1 class="wp-block-post-title">{escape(row["title"])}</h1>
<div class="entry-content wp-block-post-content">
{_paragraphs(row, quote='<blockquote class="wp-block-quote"><p>{0}</p></blockquote>')}
</div>
<div class="wp-block-query"><ul class="wp-block-post-template">{_links(others)}</ul></div></main>
<footer class="wp-block-template-part"><p>{escape(row["outlet"])}</p></footer></body></html>
"""


def _wire(row: Row, others: list[Row]) -> str:
    """An agency: boxes with made-up names, all that is known in JSON-LD."""
    return f"""<!DOCTYPE html><html lang="{row["language"]}"><head><meta charset="utf-8">
<title>{escape(row["title"])}</title>
{_linked(row, "NewsArticle")}<script>window.__STATE__={{"flags":{{"a":1}}}};</script></head>
<body><div id="root"><header class="h__3kx">
<nav class="n__8aa">{_links(others, "outlet", '<div><a href="{0}.html">{1}</a></div>')}</nav></header>
<div class="page__c2"><article class="a__77f" data-testid="Article"><h1 data-testid="Heading" class="t__aa">{escape(row["title"])}</h1>
<div class="b__f2">
{_paragraphs(row, "div", ' data-testid="paragraph" class="text__p7"')}
</div></article>
<div class="r__rail"><ul>{_links(others)}</ul></div></div></div></body></html>
"""


def _fields(row: Row, others: list[Row]) -> str:
    """A content system that names its fields; meta tags only."""
    return f"""<!DOCTYPE html>
<html lang="{row["language"]}" dir="ltr"><head><meta charset="utf-8">
<title>{escape(row["title"])} | {escape(row["outlet"])}</title>
<link rel="canonical" href="{row["url"]}"><meta property="og:site_name" content="{escape(row["outlet"])}">
<meta property="og:title" content="{escape(row["title"])}">
<meta property="article:published_time" content="{row["published"]}T05:30:00+0700"></head>
<body class="path-node">
<div class="region region-header"><nav class="block block-menu"><ul class="menu">{_links(others, "outlet")}</ul></nav></div>
<main role="main"><h1 class="page-title"><span class="field field--name-title">{escape(row["title"])}</span></h1>
<article class="node node--type-article"><div class="node__content"><div class="text-formatted field field--name-body field__item">
{_paragraphs(row)}
</div></div></article>
<div class="block block-views"><div class="view-content"><ul>{_links(others)}</ul></div></div></main></body></html>
"""


def _amp(row: Row, others: list[Row]) -> str:
    """A page for telephones."""
    return f"""<!doctype html>
<html amp lang="{row["language"]}"><head><meta charset="utf-8">
<title>{escape(row["title"])} - {escape(row["outlet"])}</title>
<link rel="canonical" href="{row["url"]}">{_linked(row, "NewsArticle")}</head>
<body><amp-sidebar id="sidebar" layout="nodisplay"><ul>{_links(others, "outlet")}</ul></amp-sidebar>
<main class="detail"><article><h1 class="detail__title">{escape(row["title"])}</h1>
<amp-social-share type="email"></amp-social-share>
<div class="detail__body">
{_paragraphs(row)}
<amp-ad width="300" height="250" type="doubleclick"></amp-ad>
</div></article><section class="related"><ul>{_links(others)}</ul></section></main></body></html>
"""


def _cms(row: Row, others: list[Row]) -> str:
    """A publishing system with named parts."""
    return f"""<!DOCTYPE html>
<html lang="{row["language"]}"><head><meta charset="utf-8">
<title>{escape(row["title"])}</title>
<meta property="og:site_name" content="{escape(row["outlet"])}"><meta property="og:url" content="{row["url"]}">
<meta property="article:published_time" content="{row["published"]}T05:30:00+07:00"></head>
<body><div class="header__top"><ul class="menu-main">{_links(others, "outlet")}</ul></div>
<div class="detail__main"><h1 class="detail-title" data-role="title">{escape(row["title"])}</h1>
<div class="detail-content afcbc-body" data-role="content">
{_paragraphs(row)}
</div></div>
<div class="detail__sub">{_links(others, shape='<div class="box-category-item"><a href="{0}.html">{1}</a></div>')}</div>
</body></html>
"""


def _microdata(row: Row, others: list[Row]) -> str:
    """All that is known in attributes of the text."""
    return f"""<!DOCTYPE html>
<html lang="{row["language"]}"><head><meta charset="utf-8">
<title>{escape(row["title"])} - {escape(row["outlet"])}</title>
<link rel="canonical" href="{row["url"]}"></head>
<body><div class="header__menu">{_links(others, "outlet", '<a href="{0}.html">{1}</a> ')}</div>
<div class="layout-article" itemscope itemtype="https://schema.org/NewsArticle">
<meta itemprop="datePublished" content="{row["published"]}T05:30">
<div itemprop="publisher" itemscope itemtype="https://schema.org/Organization">
<meta itemprop="name" content="{escape(row["outlet"])}"></div>
<h1 class="article__title" itemprop="headline">{escape(row["title"])}</h1>
<div class="article__body" itemprop="articleBody">
{_paragraphs(row, "div", ' class="article__block" data-type="text"')}
</div></div>
<div class="recommend">{_links(others, shape='<div class="recommend__item"><a href="{0}.html">{1}</a></div>')}</div></body></html>
"""


def _portal(row: Row, others: list[Row]) -> str:
    """A portal."""
    return f"""<!DOCTYPE html>
<html lang="{row["language"]}"><head><meta http-equiv="Content-type" content="text/html; charset=utf-8">
<title>{escape(row["title"])}_{escape(row["outlet"])}</title>
<meta property="og:title" content="{escape(row["title"])}"><meta property="og:url" content="{row["url"]}">
<meta property="og:site_name" content="{escape(row["outlet"])}">
<meta property="article:published_time" content="{row["published"]}T05:30:00+08:00"></head>
<body><div class="top-nav">{_links(others, "outlet", '<a href="{0}.html">{1}</a>')}</div>
<h1 class="main-title">{escape(row["title"])}</h1><div class="article" id="artibody">
{_paragraphs(row, names=' cms-style="font-L"')}
</div><div class="blk-hotnews"><ul>{_links(others)}</ul></div></body></html>
"""


def _old(row: Row, others: list[Row]) -> str:
    """Tables, line breaks, and an encoding from before UTF-8."""
    return f"""<html lang="{row["language"]}"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{escape(row["title"])}--{escape(row["outlet"])}</title><link rel="canonical" href="{row["url"]}">
<meta name="SiteName" content="{escape(row["outlet"])}"><meta name="ArticleTitle" content="{escape(row["title"])}">
<meta name="PubDate" content="{row["published"]} 05:30"></head>
<body><table width="960"><tr>{_links(others, "outlet", '<td><a href="{0}.html">{1}</a></td>')}</tr></table>
<table width="960"><tr><td class="title" align="center">{escape(row["title"])}</td></tr><tr><td class="content">
{"<br><br>".join(map(escape, row["text"].split(chr(10))[1:]))}
</td></tr></table>
<table width="960">{_links(others, shape='<tr><td><a href="{0}.html">{1}</a></td></tr>')}</table></body></html>
"""


Kind = Callable[[Row, list[Row]], str]
KINDS: dict[str, tuple[Kind, ...]] = {
    "en": (_graph, _wire, _fields), "id": (_amp, _graph, _cms), "ms": (_fields, _amp), "vi": (_cms, _wire), "ru": (_microdata, _graph),
    "zh": (_portal, _old),
}  # fmt: skip


def feed() -> str:
    """RSS; its links are relative to where it is served."""
    items = "\n".join(
        f'<item><title>{escape(r["title"])}</title><link>pages/{r["id"]}.html</link><guid isPermaLink="false">{r["id"]}</guid>'
        f"<pubDate>{format_datetime(datetime.fromisoformat(r['published']).replace(hour=12, tzinfo=UTC))}</pubDate></item>"
        for r in rows()
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Kawat samples</title><link>feed.xml</link><description>Reports written for Kawat</description>
{items}
</channel></rss>
"""


def warc() -> bytes:
    """A web archive: one record for itself, then an answer of a server for each page, each packed on its own."""
    head = b"software: kawat tools/make_pages.py\r\nformat: WARC File Format 1.0\r\n"
    records = [_record("warcinfo", None, "application/warc-fields", head)]
    made = pages()
    for row in rows():
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(made[row['id']])}\r\n\r\n".encode() + made[row["id"]]
        records.append(_record("response", row["url"], "application/http; msgtype=response", http))
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def _record(kind: str, url: str | None, form: str, body: bytes) -> bytes:
    ident = uuid.uuid5(uuid.NAMESPACE_URL, url or "https://kawat.example/")
    target = f"WARC-Target-URI: {url}\r\n" if url else ""
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{ident}>\r\nWARC-Date: 2025-11-01T00:00:00Z\r\n{target}"
    return f"{head}Content-Type: {form}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"


def main() -> None:
    folder = SAMPLES / "pages"
    folder.mkdir(exist_ok=True)
    for ident, page in pages().items():
        (folder / f"{ident}.html").write_bytes(page)
    (SAMPLES / "feed.xml").write_text(feed(), encoding="utf-8")
    (SAMPLES / "news.warc.gz").write_bytes(warc())


if __name__ == "__main__":
    main()
