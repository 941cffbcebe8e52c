"""Asks for URLs: robots.txt, delays, redirects, conditional requests."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import responses
from typing import NamedTuple
from urllib.parse import urljoin

from kawat import __version__
from kawat.fetch.address import Target, target_of
from kawat.fetch.answer import NOT_TEXT, TOO_LARGE, Answer, FetchError, RefusedError, StoppedError
from kawat.fetch.body import PACKINGS, read_body, read_start
from kawat.fetch.robots import LARGEST, Rules
from kawat.fetch.wire import Head, ask

_REDIRECTS = (301, 302, 303, 307, 308)
_TOO_MANY, _UNAVAILABLE = 429, 503
_ROBOTS_KEPT = 3600.0  # seconds; RFC 9309 allows a day
_ROBOTS_AGAIN = 300.0  # until a robots.txt that could not be had is asked for again
_LEFT_ALONE = 600.0  # seconds that a busy host is left alone where it does not say how long
_LONGEST_LEAVE = 3600.0
_ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"
_TEXTS = ("html", "xml", "json", "x-opml", "gzip", "x-gzip", "octet-stream")


class Manners(NamedTuple):
    """How servers are asked. `agent` is our name in robots.txt; `private`: addresses of private networks too. Times in seconds."""

    agent: str
    private: bool
    seconds: float
    redirects: int
    delay: float


@dataclass(slots=True)
class _Host:
    """One host: asked by one at a time (`turn`; `door` is that of its robots.txt), not before `free` (monotonic). `alone`: why it is
    left alone until then."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    door: threading.Lock = field(default_factory=threading.Lock)
    free: float = 0.0
    alone: str = ""


class _Known(NamedTuple):
    """The robots.txt of an origin: `rules`, or why there are none; good until `until`."""

    rules: Rules | None
    fault: str
    until: float


class Client:
    """For any number of threads. Remembers hosts and their robots.txt as long as it lives; no cookies, no passwords."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self._token = manners.agent.partition("/")[0].split()[0] if manners.agent.strip() else "kawat"
        self._hosts: dict[str, _Host] = {}
        self._robots: dict[str, _Known] = {}
        self._lock = threading.Lock()

    def get(self, url: str, most: int, stop: threading.Event, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """What stands at a URL now, at most `most` bytes; status 200, or 304 where nothing is new since `etag` and `last_modified`.

        Raises FetchError for every other end, StoppedError when asked to stop.
        """
        headers = self._headers()
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": last_modified} if last_modified else {}
        target = target_of(url)
        for _ in range(self.manners.redirects + 1):
            self._check_robots(target, stop)
            found = self._once(target, headers, most, stop)
            if isinstance(found, Answer):
                return found
            target = target_of(urljoin(target.url, found))
        raise FetchError(f"more than {self.manners.redirects} redirects")

    def _headers(self) -> dict[str, str]:
        agent = self.manners.agent if "/" in self.manners.agent else f"{self.manners.agent}/{__version__}"
        return {"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": PACKINGS, "Connection": "close"}

    def _once(self, target: Target, headers: dict[str, str], most: int, stop: threading.Event, robots: bool = False) -> Answer | str:
        """One request in the host's turn; the place a redirect points to is a str."""
        host = self._host(target)
        with host.turn:
            self._wait(target, host, stop)
            try:
                with ask(target, headers, self.manners.seconds, self.manners.private, stop) as head:
                    _leave(host, head)
                    found = _answer(target, head, most, robots)
            except RefusedError:
                raise  # nothing was sent
            except FetchError as e:
                self._rest(target, host)
                if stop.is_set():
                    raise StoppedError from e
                raise
            self._rest(target, host)
            return found

    def _rest(self, target: Target, host: _Host) -> None:
        known = self._robots.get(target.origin)
        delay = max(self.manners.delay, known.rules.delay if known and known.rules else 0.0)
        host.free = max(host.free, time.monotonic() + delay)

    def _wait(self, target: Target, host: _Host, stop: threading.Event) -> None:
        wait = host.free - time.monotonic()
        if host.alone and wait > self.manners.seconds:
            raise FetchError(f"{target.host} {host.alone}; it is left alone for another {wait / 60:.0f} min", _TOO_MANY, lone=True)
        if stop.wait(max(wait, 0.0)):
            raise StoppedError
        host.alone = ""

    def _host(self, target: Target) -> _Host:
        with self._lock:
            return self._hosts.setdefault(target.host, _Host())

    def _check_robots(self, target: Target, stop: threading.Event) -> None:
        """Raises FetchError where robots.txt does not allow the URL, or cannot be had: then the host is left alone."""
        with self._host(target).door:
            known = self._robots.get(target.origin)
            if known is None or known.until < time.monotonic():
                known = self._robots[target.origin] = self._rules(target, stop)
                self._rest(target, self._host(target))
        if known.rules is None:
            raise FetchError(f"the robots.txt of {target.host} cannot be had ({known.fault}), so the host is left alone for now", lone=True)
        if not known.rules.allow(target.url):
            raise RefusedError("robots.txt does not allow it")

    def _rules(self, target: Target, stop: threading.Event) -> _Known:
        """404 and its like say that all is allowed, as RFC 9309 has it; a server in trouble says nothing."""
        place = target._replace(path="/robots.txt")
        body = b""
        try:
            for _ in range(self.manners.redirects + 1):
                found = self._once(place, self._headers(), LARGEST, stop, robots=True)
                if isinstance(found, Answer):
                    body = found.body
                    break
                place = target_of(urljoin(place.url, found))
        except RefusedError:
            raise
        except FetchError as e:
            if not 400 <= e.status < 500 or e.status == _TOO_MANY:
                return _Known(None, e.reason, time.monotonic() + _ROBOTS_AGAIN)
        return _Known(Rules(body, self._token), "", time.monotonic() + _ROBOTS_KEPT)


def _leave(host: _Host, head: Head) -> None:
    """Notes how long a busy host wants to be left alone (Retry-After)."""
    asked = head.headers.get("Retry-After")
    if head.status == _TOO_MANY or (head.status == _UNAVAILABLE and asked):
        host.free = time.monotonic() + min(_seconds(asked), _LONGEST_LEAVE)
        host.alone = f"answered {head.status}"


def _seconds(asked: str | None) -> float:
    """Retry-After: seconds, or the time when."""
    if asked and asked.strip().isdecimal():
        return float(asked)
    try:
        moment = parsedate_to_datetime(asked or "")
        return max((moment.astimezone(UTC) - datetime.now(UTC)).total_seconds(), 0.0)
    except (TypeError, ValueError, IndexError, OverflowError):
        return _LEFT_ALONE


def _answer(target: Target, head: Head, most: int, robots: bool) -> Answer | str:
    status, headers = head.status, head.headers
    if status in _REDIRECTS and headers.get("Location"):
        return str(headers["Location"])
    if status not in (200, 304):
        raise FetchError(f"the server says {status} {responses.get(status, '')}".rstrip(), status, lone=status == _TOO_MANY)
    kind, charset = _kind(headers.get("Content-Type") or "")
    packing = headers.get("Content-Encoding") or ""
    body = b""
    if robots and status == 200:
        body = read_start(head.read, packing, most)
    elif status == 200:
        _check_kind(kind)
        _check_length(headers.get("Content-Length") or "", most)
        body = read_body(head.read, packing, most)
    return Answer(target.url, status, body, kind, charset, _token(headers.get("ETag")), _token(headers.get("Last-Modified")))


def _token(header: str | None) -> str | None:
    """A header that we send back later; not if it is folded, or a novel."""
    return header if header and len(header) <= 512 and header.isascii() and header.isprintable() else None


def _kind(header: str) -> tuple[str, str | None]:
    message = Message()
    message["Content-Type"] = header
    charset = message.get_param("charset")
    return header.partition(";")[0].strip().lower(), charset if isinstance(charset, str) else None


def _check_length(length: str, most: int) -> None:
    if length.isdecimal() and int(length) > most:
        raise FetchError(f"has {int(length):,} bytes, more than the {most:,} that are taken", TOO_LARGE)


def _check_kind(kind: str) -> None:
    main, _, sub = kind.partition("/")
    if kind and main != "text" and sub not in _TEXTS and not sub.endswith(("+xml", "+json", "ndjson")):
        raise FetchError(f"is {kind}, no text", NOT_TEXT)
