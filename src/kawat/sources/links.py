"""Links to what they lead to: pages and lists, from the web or, from a list in a file, from beside it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from html import escape
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast
from urllib.parse import unquote, urljoin, urlsplit

import msgspec

from kawat.errors import SourceError
from kawat.fetch.answer import NOT_TEXT, Answer, FetchError, StoppedError
from kawat.fetch.body import unzip
from kawat.fetch.client import Client, Manners
from kawat.records import When
from kawat.sources.days import now
from kawat.sources.foreign import foreign
from kawat.sources.item import Found, Item, Page, Visit
from kawat.sources.options import Options
from kawat.sources.registry import BY_NAME, PEEK, Source, source_of
from kawat.sources.text import place_key
from kawat.sources.urls import is_front, plain_url
from kawat.sources.visits import GOOD, due, unfinished

PAGE = "html"  # the form that links of feeds and sitemaps must have
DEEPEST = 3  # lists within lists
_CHANGES_SHOW = ("html", "feed", "sitemap", "text")  # if these are the same, so is all they lead to
_BINARY = (b"%PDF", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff")
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16


class Link(NamedTuple):
    """A link and what its list says of it. `body`: the page's content where the list holds it in full; `updated` has a time zone."""

    url: str
    title: str | None = None
    published: When | None = None
    updated: datetime | None = None
    outlet: str | None = None
    language: str | None = None
    body: str | None = None


class Lone:
    """Hosts that are left alone for the rest of a list, and how many links that leaves."""

    def __init__(self) -> None:
        self.hosts: dict[str, int] = {}

    def add(self, url: str) -> None:
        self.hosts.setdefault(urlsplit(url).netloc, 0)

    def leaves(self, url: str) -> bool:
        host = urlsplit(url).netloc
        if host in self.hosts:
            self.hosts[host] += 1
        return host in self.hosts

    def told(self, place: str) -> Iterator[SourceError]:
        for host, number in self.hosts.items():
            if number:
                yield SourceError(f"{number:,} more links to {host} are left for the next time", place)


def follow(links: Iterable[Link], place: str, options: Options, form: str | None = None) -> Iterator[Found]:
    """What the links of the list at `place` (path or URL) lead to, one after the other."""
    lone = Lone()
    for link in within(links, place, options):
        if isinstance(link, SourceError):
            yield link
            continue
        yield from lead(link, place, options, form, lone)
        if options.run.stop.is_set():
            return
    yield from lone.told(place)


def within(links: Iterable[Link], place: str, options: Options) -> Iterator[Link | SourceError]:
    """The links up to the limit; what stands behind it is told once."""
    for number, link in enumerate(links):
        if number >= options.limits.links:
            yield SourceError(f"has more than {options.limits.links:,} links; those behind are left out", place)
            return
        yield link


def lead(link: Link, place: str, options: Options, form: str | None, lone: Lone | None = None) -> Iterator[Found]:
    """What one link leads to. A link without a scheme stands beside its list: in the web, or in the folder if the list is a file."""
    if served(place):
        link = link._replace(url=urljoin(place, link.url))
    elif not urlsplit(link.url).scheme:
        yield from _beside(link, Path(place), options, form)
        return
    yield from ask(link, options, form, lone=lone)


def served(place: str) -> bool:
    return place.startswith(("http://", "https://"))


def ask(link: Link, options: Options, form: str | None, lone: Lone | None = None, named: bool = False) -> Iterator[Found]:
    """What stands at a URL, and the Visit behind it. `named`: the user asks for this very URL, so it is asked for whatever is known."""
    url = plain_url(link.url)
    if secret := urlsplit(url).netloc.rpartition("@")[0]:
        yield SourceError("a URL with a user name or password is not asked: take them out", url.replace(f"{secret}@", "…@"))
        return
    if not options.run.first(url):
        return
    known = options.visited(url)
    if known and not named and not due(known, link.updated, form != PAGE and not link.updated):
        _count_known(options)
        if unfinished(known):
            yield known
        return
    if lone is not None and lone.leaves(url):
        yield known or Visit(url=url, fetched=now(), status=0)
        return
    moment = now()
    try:
        answer = _get(url, known, options, form)
        source = None if answer.status == 304 else _source(answer, form)
    except StoppedError:
        return
    except FetchError as e:
        if lone is not None and e.lone:
            lone.add(url)
        yield kept(link, url, url) if link.body and not options.holds(url) else SourceError(e.reason, url)
        yield Visit(url=url, fetched=moment, status=e.status, tries=known.tries + 1 if known else 1)
        return
    visit = Visit(url=url, fetched=moment, status=answer.status, etag=answer.etag, last_modified=answer.last_modified)
    if source is None:
        _count_known(options)
        old = (known.etag, known.last_modified) if known else (None, None)
        yield msgspec.structs.replace(visit, etag=visit.etag or old[0], last_modified=visit.last_modified or old[1])
        return
    whole = True
    for found in _held(answer, source, link, options):
        whole = whole and not (isinstance(found, Visit) and unfinished(found))
        yield found
    if options.run.stop.is_set():
        return
    if not whole or source.name not in _CHANGES_SHOW:
        visit = msgspec.structs.replace(visit, etag=None, last_modified=None)
    yield visit if whole else msgspec.structs.replace(visit, tries=1)


def _count_known(options: Options) -> None:
    with options.run.lock:
        options.meter.known += 1


def _get(url: str, known: Visit | None, options: Options, form: str | None) -> Answer:
    limits = options.limits
    most = limits.page if form == PAGE else max(limits.page, limits.feed)
    seen = (known.etag, known.last_modified) if known and known.status in GOOD and not known.tries else (None, None)
    answer = _client(options).get(url, most, options.run.stop, *seen)
    return answer._replace(body=unzip(answer.body, most))


def _client(options: Options) -> Client:
    run, limits = options.run, options.limits
    with run.lock:
        if run.client is None:
            run.client = Client(Manners(options.agent, options.private, limits.seconds, limits.redirects, limits.delay))
        return run.client


def _source(answer: Answer, form: str | None) -> Source:
    """By content; by the URL's ending only where the content does not tell. Raises FetchError for what `form` does not allow."""
    head = answer.body[:PEEK]
    if head.startswith(_WIDE):
        head = head.decode("utf-16", "replace").encode("utf-8", "replace")
    if head.startswith(_BINARY) or b"\0" in head:
        raise FetchError(foreign(head) or "is no text", NOT_TEXT)
    source = source_of("", head)
    if source.name == "text":
        source = BY_NAME[PAGE] if "html" in answer.kind else source_of(urlsplit(answer.url).path, head)
    if source.name == PAGE and is_front(answer.url):
        source = BY_NAME["site"]
    if form == PAGE and source.name not in (PAGE, "text"):
        raise FetchError(f"is no page of an article but {source.name}", NOT_TEXT)
    return BY_NAME[form] if form and form != PAGE else source


def _held(answer: Answer, source: Source, link: Link, options: Options) -> Iterator[Found]:
    options.run.first(plain_url(answer.url))
    if source.name != PAGE:
        yield from source.read()(cast(BinaryIO, io.BytesIO(answer.body)), answer.url, replace(options, depth=options.depth + 1))
    elif len(answer.body) > options.limits.page:
        yield SourceError(f"has more than {options.limits.page:,} bytes, which is no page of an article", answer.url)
    else:
        page = Page(body=answer.body, url=answer.url, charset=answer.charset, fetched=now())
        yield Item(place=plain_url(link.url), content=_filled(page, link), key=plain_url(answer.url))


def _filled(page: Page, link: Link) -> Page:
    """What the list says, where the page comes without."""
    return msgspec.structs.replace(
        page, title=page.title or link.title, published=page.published or link.published, outlet=page.outlet or link.outlet,
        language=page.language or link.language,
    )  # fmt: skip


def kept(link: Link, place: str, key: str | None) -> Item:
    """The page as its feed has it in full."""
    title = escape(link.title or "")
    html = f"<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>{link.body}</article></body></html>"
    page = Page(body=html.encode("utf-8", "replace"), url=link.url or None, charset="utf-8", fetched=now())
    return Item(place=place, content=_filled(page, link), key=key)


def _beside(link: Link, around: Path, options: Options, form: str | None) -> Iterator[Found]:
    from kawat.sources.open import read_stream

    folder = around.resolve().parent
    path = around.parent / unquote(urlsplit(link.url).path)
    if not path.resolve().is_relative_to(folder):
        yield SourceError(f"{link.url!r} leads out of the folder of its list, so it is not read", str(around))
        return
    if not options.run.first(place_key(str(path)) or ""):
        return
    try:
        with path.open("rb") as stream:
            for found in read_stream(stream, str(path), replace(options, depth=options.depth + 1), form):
                if isinstance(found, Item) and isinstance(found.content, Page):
                    found = msgspec.structs.replace(found, content=_filled(found.content, link))
                yield found
    except (OSError, ValueError) as e:
        yield SourceError(f"cannot be read: {getattr(e, 'strerror', None) or e}", str(path))
