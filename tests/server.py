"""A web server for tests on a free port: good pages, and answers that no server should give. It remembers what it was asked."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Request(NamedTuple):
    at: float
    host: str
    path: str
    headers: dict[str, str]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        host = (self.headers.get("Host") or "").partition(":")[0]
        headers = {k.lower(): v for k, v in self.headers.items()}
        self.server.log.append(Request(time.monotonic(), host, self.path, headers))
        self.close_connection = True
        answer = self.server.answers.get(host + self.path) or self.server.answers.get(self.path) or status(404)
        with suppress(OSError):  # the client may go away
            answer(self)

    def log_message(self, format: str, *args: object) -> None:
        pass


Reply = Callable[[Handler], None]


class Site(ThreadingHTTPServer):
    """`answers`: path, or host and path, -> what is answered. `log`: every request so far."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Reply] = {"/robots.txt": status(404)}
        self.log: list[Request] = []
        self.closing = threading.Event()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.server_address[1]}{path}"

    def asked(self, host: str | None = None) -> list[str]:
        """Paths that were asked for, without robots.txt."""
        return [r.path for r in self.log if r.path != "/robots.txt" and host in (None, r.host)]


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        site.shutdown()
        site.server_close()
        thread.join()


def reply(body: bytes | str, kind: str = "text/html; charset=utf-8", code: int = 200, **headers: str) -> Reply:
    """A plain answer; headers with _ for -."""
    data = body.encode() if isinstance(body, str) else body

    def send(handler: Handler) -> None:
        _head(
            handler, code, {"Content-Type": kind, "Content-Length": str(len(data)), **{k.replace("_", "-"): v for k, v in headers.items()}}
        )
        handler.wfile.write(data)

    return send


def status(code: int, **headers: str) -> Reply:
    return reply("", code=code, **headers)


def redirect(place: str) -> Reply:
    return status(302, Location=place)


def dated(body: str, kind: str = "text/html; charset=utf-8", tag: str = '"1"') -> Reply:
    """An answer with an ETag, and 304 for those who know it."""
    since = formatdate(1_730_000_000, usegmt=True)

    def send(handler: Handler) -> None:
        known = handler.headers.get("If-None-Match") == tag
        (status(304) if known else reply(body, kind, ETag=tag, Last_Modified=since))(handler)

    return send


def page(title: str, text: str, head: str = "") -> str:
    """An article in plain markup."""
    body = "".join(f"<p>{p}</p>" for p in text.split("\n"))
    top = f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
    return f"{top}<body><article><h1>{title}</h1>{body}</article></body></html>"


def feed(*entries: str, head: str = "", title: str = "Harbour Post", language: str = "en-GB") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>{title}</title><language>{language}</language>{''.join(entries)}</channel></rss>"
    )


def entry(link: str, title: str = "A title", date: str = "Tue, 12 Nov 2024 23:30:00 -0500", content: str = "") -> str:
    full = f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate><description>Short.</description>{full}</item>"


def drip(body: bytes = b"x", pause: float = 0.05, head: bool = False) -> Reply:
    """One byte after the other, without end; in the head of the answer, if asked to."""

    def send(handler: Handler) -> None:
        if not head:
            _head(handler, 200, {"Content-Type": "text/html"})
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while not handler.server.closing.wait(pause):
            handler.wfile.write(body)
            handler.wfile.flush()

    return send


def endless(handler: Handler) -> None:
    """A body that never ends, as fast as it can be taken."""
    _head(handler, 200, {"Content-Type": "text/html"})
    while not handler.server.closing.is_set():
        handler.wfile.write(b"<p>more</p>" * 1000)


def bomb(size: int, kind: str = "text/html") -> Reply:
    """`size` zero-like bytes, packed about a thousand to one."""
    packed = gzip.compress(b" " * size)
    return reply(packed, kind, Content_Encoding="gzip")


def cut(body: bytes, length: int) -> Reply:
    """A Content-Length that is not the body's."""

    def send(handler: Handler) -> None:
        _head(handler, 200, {"Content-Type": "text/html", "Content-Length": str(length)})
        handler.wfile.write(body)

    return send


def header_storm(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100_000):
        handler.wfile.write(b"X-%d: y\r\n" % number)


def no_http(handler: Handler) -> None:
    handler.wfile.write(b"\x00\x01 what is this\n" * 100)


def _head(handler: Handler, code: int, headers: dict[str, str]) -> None:
    handler.send_response(code)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Connection", "close")
    handler.end_headers()


LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(9)) + "]>"
XXE = '<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
