"""Which URLs and addresses may be asked, and the way there."""

from __future__ import annotations

import errno
import ipaddress
import os
import re
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from kawat.fetch.answer import FetchError, RefusedError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_SCHEMES = {"http": 80, "https": 443}
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_SAFE = "/:?&=+,;@!$'()*~%[]|"
_UNWRITABLE = re.compile(r"[\x00-\x20\x7f]")
LONGEST = 4096  # characters of a URL
_UNDERWAY = (errno.EINPROGRESS, errno.EALREADY, errno.EWOULDBLOCK)
_SLICE = 0.1  # seconds


class Target(NamedTuple):
    """A URL taken apart for asking; `host` in the ASCII form of names, `path` with the query, escaped."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port, for which one robots.txt speaks."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == _SCHEMES[self.scheme] else f":{self.port}")

    @property
    def url(self) -> str:
        return self.origin + self.path


def target_of(url: str) -> Target:
    """Raises RefusedError for what is never asked: other schemes than http and https, names and passwords, no host."""
    try:
        parts = urlsplit(url)
        host, port, scheme = parts.hostname or "", parts.port, parts.scheme.lower()
    except ValueError as e:
        raise RefusedError(f"is no URL: {e}") from e
    if scheme not in _SCHEMES:
        raise RefusedError(f"only http and https are asked, not {scheme or 'this'}")
    if "@" in parts.netloc:
        raise RefusedError("a URL with a user name or password is not asked: take them out")
    path = "?".join(quote(p, safe=_SAFE, errors="replace") for p in (parts.path or "/", parts.query) if p)
    if len(path) > LONGEST:
        raise RefusedError(f"is longer than {LONGEST:,} characters")
    return Target(scheme, _ascii(host), port or _SCHEMES[scheme], path)


def _ascii(host: str) -> str:
    try:
        name = host.rstrip(".") if host.isascii() else host.rstrip(".").encode("idna").decode()
    except UnicodeError as e:
        raise RefusedError(f"{host!r} is no name of a host") from e
    if not name or _UNWRITABLE.search(name):
        raise RefusedError(f"{host!r} is no name of a host")
    return name


def public(address: str) -> bool:
    """Whether an IP address is one of the open internet. What is packed into IPv6 (mapped, NAT64, 6to4, Teredo) is unpacked first."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return all(_open(a) for a in _layers(found))


def _layers(address: Address) -> Iterator[Address]:
    inner: list[Address | None] = []
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            inner = [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
        else:
            inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    packed = [a for a in inner if a is not None]
    yield from packed or [address]


def _open(address: Address) -> bool:
    inner = address.is_multicast or address.is_reserved or address.is_loopback or address.is_link_local
    return address.is_global and not inner and not (isinstance(address, ipaddress.IPv6Address) and address.is_site_local)


def connect(host: str, port: int, until: float, private: bool, pulled: Callable[[], bool]) -> socket.socket:
    """A socket to the host. Names are looked up here, once, and the very address that was checked is the one that is connected to, so
    that a name that changes its address in between gains nothing. `until`: of time.monotonic; `pulled` tells to give up.

    Raises RefusedError where no address is allowed, FetchError where none answers.
    """
    fault: OSError | None = None
    refused = ""
    for family, kind, protocol, place in _look_up(host, port, until, pulled):
        if not private and not public(str(place[0])):
            refused = str(place[0])
            continue
        sock = socket.socket(family, kind, protocol)
        try:
            _join(sock, place, until, pulled)
        except OSError as e:
            fault = e
            sock.close()
        else:
            return sock
    if fault is None and refused:
        raise RefusedError(f"{refused} is an address of a private network; kawat add and watch ask there with --allow-private")
    raise FetchError(f"no connection to {host}: {(fault and fault.strerror) or fault or 'it has no address'}", lone=True)


def _join(sock: socket.socket, place: Any, until: float, pulled: Callable[[], bool]) -> None:
    """Connects in slices of time, for a blocked connect cannot be called off."""
    sock.setblocking(False)
    code = sock.connect_ex(place)
    with selectors.DefaultSelector() as waiting:
        waiting.register(sock, selectors.EVENT_WRITE)
        while code in _UNDERWAY:
            if pulled() or time.monotonic() >= until:
                raise TimeoutError("it does not answer")
            if waiting.select(_SLICE):
                code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))
    sock.settimeout(max(until - time.monotonic(), 0.01))


def _look_up(host: str, port: int, until: float, pulled: Callable[[], bool]) -> list[tuple[int, int, int, Any]]:
    """In a thread of its own, which is left behind when time is up: a resolver cannot be called off either."""
    found: list[tuple[int, int, int, Any]] = []
    faults: list[Exception] = []

    def work() -> None:
        try:
            rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found.extend((family, kind, protocol, place) for family, kind, protocol, _, place in rows)
        except (OSError, UnicodeError) as e:
            faults.append(e)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    while thread.is_alive() and not pulled() and time.monotonic() < until:
        thread.join(_SLICE)
    if faults or not found:
        reason = getattr(faults[0], "strerror", None) or faults[0] if faults else "its name is not looked up in time"
        raise FetchError(f"no host {host} is known: {reason}", lone=True)
    return list(found)
