"""One question to one server: the connection, its time limit, the head of the answer."""

from __future__ import annotations

import contextlib
import http.client
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import urllib3.connection
import urllib3.exceptions

from kawat.fetch.address import Target, connect
from kawat.fetch.answer import FetchError

_ERRORS = (urllib3.exceptions.HTTPError, http.client.HTTPException, OSError, ValueError)


class _Plug:
    """Pulled when time is up or the user stops: a second handle on the socket, for TLS takes the first one over."""

    def __init__(self) -> None:
        self._handle: socket.socket | None = None
        self._lock = threading.Lock()
        self.pulled = False

    def hold(self, sock: socket.socket) -> None:
        with self._lock:
            self._handle = sock.dup()
        if self.pulled:
            self.pull()

    def pull(self) -> None:
        self.pulled = True
        with self._lock, contextlib.suppress(OSError):
            if self._handle:
                self._handle.shutdown(socket.SHUT_RDWR)

    def drop(self) -> None:
        with self._lock:
            if self._handle:
                self._handle.close()
                self._handle = None


class _Checked(urllib3.connection.HTTPConnection):
    """A connection to an address that was checked. No proxies: they would look names up behind our back."""

    plug: _Plug
    until: float
    private: bool

    def _new_conn(self) -> socket.socket:
        sock = connect(self.host, self.port or 0, self.until, self.private, lambda: self.plug.pulled)
        self.plug.hold(sock)
        return sock


class _CheckedTLS(_Checked, urllib3.connection.HTTPSConnection):
    pass


class Head(NamedTuple):
    """The head of an answer, the body still on the wire: `response.read(n, decode_content=False)`."""

    status: int
    headers: Any
    response: Any

    def read(self, size: int) -> bytes:
        return bytes(self.response.read(size, decode_content=False))


@contextlib.contextmanager
def ask(target: Target, headers: dict[str, str], seconds: float, private: bool, stop: threading.Event) -> Iterator[Head]:
    """A GET; in the `with` block the body may be read. `seconds` is for all of it: names, connection, head and body.

    Raises FetchError, also out of the block for what goes wrong while the body is read.
    """
    plug = _Plug()
    done = threading.Event()
    threading.Thread(target=_watch, args=(plug, seconds, stop, done), daemon=True).start()
    late = FetchError(f"did not answer in full within {seconds:g} s")
    line: Any = None
    try:
        line = _line(target, seconds, private, plug)
        line.request("GET", target.path, headers=headers, preload_content=False, decode_content=False)
        answer = line.getresponse()
        yield Head(answer.status, answer.headers, answer)
        if plug.pulled:  # a body without a length seems to end there
            raise late
    except FetchError as e:
        raise (late if plug.pulled and not e.status and not e.lone else e) from e.__cause__
    except _ERRORS as e:
        raise (late if plug.pulled else FetchError(f"the connection broke: {_reason(e)}")) from e
    finally:
        done.set()
        plug.drop()
        if line is not None:
            line.close()


def _line(target: Target, seconds: float, private: bool, plug: _Plug) -> Any:
    line: Any
    if target.scheme == "https":
        line = _CheckedTLS(target.host, target.port, timeout=seconds, ssl_context=_trusted())
    else:
        line = _Checked(target.host, target.port, timeout=seconds)
    line.plug, line.until, line.private = plug, time.monotonic() + seconds, private
    return line


@cache
def _trusted() -> ssl.SSLContext:
    """What the system trusts, and Mozilla's list where certifi is there."""
    context = ssl.create_default_context()
    with contextlib.suppress(ImportError):
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _watch(plug: _Plug, seconds: float, stop: threading.Event, done: threading.Event) -> None:
    until = time.monotonic() + seconds
    while not done.wait(min(0.1, max(until - time.monotonic(), 0.001))):
        if stop.is_set() or time.monotonic() >= until:
            plug.pull()
            return


def _reason(error: Exception) -> str:
    inner = error.args[-1] if error.args else ""
    words = str(inner if isinstance(inner, Exception) else error) or type(error).__name__
    return "".join(c if c.isprintable() else " " for c in words[:200]).strip()
