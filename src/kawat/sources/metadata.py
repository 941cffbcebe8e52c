"""What a page says about itself: JSON-LD (schema.org), microdata, OpenGraph and other meta tags, its headings.

Where several say it, the order above holds, for it is the order in which sites keep them right. Broken JSON-LD is left out.
"""

from __future__ import annotations

import html
import json
import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from kawat.errors import SourceError
from kawat.records import When
from kawat.sources.days import published_on
from kawat.sources.tree import Element, letters, words_of
from kawat.sources.urls import plain_url

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish_date",
    "publish-date", "publication_date", "content_publisheddate", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "displaydate",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "lastmod", "last-modified")
_TITLES = ("og:title", "articletitle", "twitter:title", "dc.title", "title")
_SITES = ("og:site_name", "sitename", "publisher", "dc.publisher", "article:publisher", "application-name")
_AUTHORS = ("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author")
_TAGS = ("article:tag", "news_keywords", "keywords", "article:section")
_MOST_TAGS = 50
_MOST_JSON = 1_000_000  # characters of one script
_MOST_NODES = 2_000  # of JSON-LD
_DEEPEST = 60
_ZONES = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Said:
    """What the page states. `heading` is the element of the headline, where one is seen."""

    title: str | None = None
    heading: Any = None
    outlet: str | None = None
    published: When | None = None
    modified: When | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    url: str | None = None
    language: str | None = None


class _Sources:
    """The three places, read once."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.metas: dict[str, list[str]] = {}
        for tag in root.iter("meta"):
            name = tag.get("property") or tag.get("name") or tag.get("http-equiv")
            if name and (value := " ".join((tag.get("content") or "").split())):
                self.metas.setdefault(name.lower(), []).append(value)
        self.article, self.page, self.by_id = _linked(root)

    def linked(self, key: str) -> list[Any]:
        """Values of the JSON-LD of the article, else of the page; references within it followed."""
        found = self.article.get(key) or self.page.get(key)
        values = found if isinstance(found, list) else [found] if found else []
        return [self.by_id.get(v["@id"], v) if isinstance(v, dict) and isinstance(v.get("@id"), str) else v for v in values]

    def items(self, name: str) -> list[Element]:
        return self.root.xpath("//*[@itemprop=$n]", n=name)[:100]  # type: ignore[no-any-return]

    def meta(self, *names: str) -> list[str]:
        return [value for name in names for value in self.metas.get(name, ())]


def metadata(root: Element, fetched: str | None = None) -> Said:
    """What the page at the URL `fetched` states; its URL is the canonical one only where that is on the same site."""
    said = _Sources(root)
    outlet = next((o for o in _named(said, "publisher", _SITES) if not _is_url(o) and "." not in o), None)
    outlet = outlet or next((o for o in _named(said, "publisher", _SITES) if not _is_url(o)), None)
    title, heading = _title(said, outlet)
    published = _days(_stated(said, "datePublished", _PUBLISHED))
    return Said(
        title=title, heading=heading, outlet=outlet, published=published, modified=_days(_stated(said, "dateModified", _MODIFIED)),
        authors=_authors(said), tags=_tags(said), url=_canonical(said, fetched), language=_language(said),
    )  # fmt: skip


def _linked(root: Element) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Of all JSON-LD: the article, the page, and every node by its id."""
    nodes: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and len(nodes) < _MOST_NODES:
            nodes += _nodes(_json(script.text or ""))
    by_id = {n["@id"]: n for n in nodes if isinstance(n.get("@id"), str) and len(n) > 1}
    articles = [n for n in nodes if any(t.endswith(("Article", "BlogPosting", "Report")) for t in _types(n))]
    pages = [n for n in nodes if any(t.endswith("WebPage") for t in _types(n))]
    whole = [n for n in articles if n.get("headline")] or articles
    return (whole or [{}])[0], (pages or [{}])[0], by_id


def _json(written: str) -> Any:
    """A script's value; what is wrapped as a comment or ends lists with a comma is read all the same."""
    written = written.strip().removeprefix("//").removeprefix("<![CDATA[").removeprefix("<!--").strip().removesuffix(";")
    written = written.removesuffix("-->").removesuffix("]]>").rstrip(" /\n")
    if len(written) > _MOST_JSON:
        return None
    for text in (written, re.sub(r",\s*([\]}])", r"\1", written)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> list[dict[str, Any]]:
    """All objects that have a type or id, at any depth."""
    out: list[dict[str, Any]] = []
    waiting: deque[tuple[Any, int]] = deque([(value, 0)])
    while waiting and len(out) < _MOST_NODES:
        node, depth = waiting.popleft()
        if isinstance(node, dict):
            out.append(node)
            node = list(node.values())
        if isinstance(node, list) and depth < _DEEPEST:
            waiting += [(n, depth + 1) for n in node[:_MOST_NODES] if isinstance(n, dict | list)]
    return out


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    return [k for k in (kind if isinstance(kind, list) else [kind]) if isinstance(k, str)]


def _text(value: Any) -> str:
    """A value of JSON-LD as words: a string, or the name of an object."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(html.unescape(str(value)).split()) if isinstance(value, str | int) else ""


def _prop(item: Element) -> str:
    """The value of a microdata property: an attribute, the name inside, or its words."""
    stated = item.get("content") or item.get("datetime")
    if stated is None:
        inner = item.xpath("(.//*[@itemprop='name'])[1]")
        return _prop(inner[0]) if inner else words_of(item)[:300]
    return " ".join(stated.split())


def _named(said: _Sources, key: str, metas: tuple[str, ...]) -> list[str]:
    linked = [_text(v) for v in said.linked(key)]
    return [n for n in (*linked, *(_prop(i) for i in said.items(key)), *said.meta(*metas)) if n]


def _is_url(value: str) -> bool:
    return value.startswith(("http://", "https://", "//"))


def _authors(said: _Sources) -> tuple[str, ...]:
    linked = [_text(v) for v in said.linked("author")]
    names = [n for n in linked if n] or [_prop(i) for i in said.items("author")] or said.meta(*_AUTHORS)
    return _once(n for n in names if not _is_url(n))


def _tags(said: _Sources) -> tuple[str, ...]:
    linked = [_text(v) for key in ("keywords", "articleSection") for v in said.linked(key)]
    rows = [*linked, *said.meta(*_TAGS), *(_prop(i) for i in said.items("articleSection"))]
    return _once(tag for row in rows for tag in re.split("[,;，、；]", row))[:_MOST_TAGS]


def _once(names: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for name in names:
        if clean := name.strip():
            seen.setdefault(clean.casefold(), clean)
    return tuple(seen.values())


def _stated(said: _Sources, key: str, metas: tuple[str, ...]) -> list[str]:
    return [*(_text(v) for v in said.linked(key)), *(_prop(i) for i in said.items(key)), *said.meta(*metas)]


def _days(written: list[str]) -> When | None:
    """The first that is a day. Where that is a time in UTC and another tells the same time in the publisher's zone, its day counts."""
    good: list[tuple[str, When]] = []
    for value in written:
        try:
            day = published_on(value)
        except (ValueError, OverflowError):
            continue
        if day.start and day.start[:4] > "1900" and day.start != "1970-01-01":  # what a template writes for "none"
            good.append((value, day))
    if not good:
        return None
    first = _moment(good[0][0])
    if first and first.utcoffset() == timedelta(0):
        for value, day in good[1:]:
            local = _moment(value)
            if local and (same := local.utcoffset()) != timedelta(0):
                apart = abs((local.replace(tzinfo=None) - first.replace(tzinfo=None)) if same is None else local - first)
                if apart <= (_ZONES if same is None else timedelta(minutes=2)):
                    return day
    return good[0][1]


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        return None
    return moment if len(written.strip()) > 10 else None


def _title(said: _Sources, outlet: str | None) -> tuple[str | None, Element]:
    """The headline as it is seen, where a heading agrees with what the page calls itself (templates shorten the latter, or add the
    site's name); else what it calls itself."""
    head = next((words_of(t) for t in said.root.iter("title")), "")
    linked = [_text(v) for v in said.linked("headline")]
    calls = [c for c in (*linked, *(_prop(i) for i in said.items("headline")), *said.meta(*_TITLES), head) if c]
    first = list(said.root.iter("h1"))[:2]
    if not calls and len(first) == 1:
        return words_of(first[0])[:500] or None, first[0]
    wanted = [letters(c) for c in calls]
    headings = [h for tag in ("h1", "h2", "h3") for h in list(said.root.iter(tag))[:50]]
    for heading in headings:
        text = words_of(heading)[:500]
        own = letters(text)
        if any(own and (own in w or w in own) and 2 * len(own) >= len(w) and 2 * len(w) >= len(own) for w in wanted):
            return text, heading
    return (_without_site(calls[0], outlet), None) if calls else (None, None)


_JOINTS = re.compile(r"\s+[|\-–—:·«»]+\s+|\s*[_|]+\s*|--")


def _without_site(title: str, outlet: str | None) -> str:
    """A title without the name of the site before or behind it."""
    joints = list(_JOINTS.finditer(title))
    for joint in joints if outlet else ():
        before, behind = title[: joint.start()], title[joint.end() :]
        if letters(behind) == letters(outlet or ""):
            return before
        if letters(before) == letters(outlet or ""):
            return behind
    return title


def _language(said: _Sources) -> str | None:
    stated = (said.root.get("lang") or said.root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    linked = [_text(v) for v in said.linked("inLanguage")]
    for value in (stated, *linked, *said.meta("content-language", "og:locale", "dc.language")):
        if found := re.match(r"([a-z]{2,3})(?:[-_]\w+)*$", value.lower()):
            return {"in": "id"}.get(found[1], found[1])
    return None


def _canonical(said: _Sources, fetched: str | None) -> str | None:
    """The page's own URL for itself, absolute and on the same site as `fetched`, and not its front page; else `fetched`."""
    links = [t.get("href") for t in said.root.iter("link") if "canonical" in (t.get("rel") or "").lower().split()]
    main = [v.get("@id") if isinstance(v, dict) else v for v in said.linked("mainEntityOfPage")]
    for link in [*links, *said.meta("og:url"), *(u for u in main if isinstance(u, str)), *(_text(v) for v in said.linked("url"))]:
        try:
            url = urljoin(fetched or "", (link or "").strip())
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname or not parts.path.strip("/"):
            continue
        if fetched is None or same_site(url, fetched):
            return plain_url(url)
    return fetched


_DOORS = re.compile(r"^(?:www\d?|m|amp|mobile|wap|touch)\.")


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one host, or one's host stands below the other's; `www`, `m` and the like aside. Raises SourceError."""
    try:
        a, b = (_DOORS.sub("", urlsplit(u).hostname or "") for u in (one, other))
    except ValueError as e:
        raise SourceError(f"no URL: {e}") from e
    return bool(a and b) and (a == b or a.endswith("." + b) or b.endswith("." + a))
