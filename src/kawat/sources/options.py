"""What a user may set about taking in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kawat.sources.item import Visit

if TYPE_CHECKING:
    from kawat.fetch.client import Client


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input may take. Sizes in bytes, times in seconds."""

    line: int = 20_000_000  # of JSONL or CSV
    text: int = 20_000_000  # a text file
    json: int = 100_000_000  # a JSON file that is not lines: it is decoded as a whole
    page: int = 10_000_000  # an HTML page, unpacked
    feed: int = 20_000_000  # a feed, sitemap or list, unpacked
    links: int = 50_000  # of one feed or sitemap
    seconds: float = 30.0  # for one answer of a server, all in all
    redirects: int = 5
    delay: float = 1.0  # between two requests to one host


@dataclass(slots=True)
class Meter:
    """How far the files are read: bytes of all and of what was read. `known`: links that were not followed, for they were before and
    nothing says that they changed."""

    total: int = 0
    done: int = 0
    known: int = 0


@dataclass(slots=True)
class Run:
    """What all inputs of one run share. `stop` asks sources that wait to end soon; `asked`: URLs that were asked for, each once; the
    client, once there is one, knows the hosts; who holds `pool` may ask many hosts at once."""

    stop: threading.Event = field(default_factory=threading.Event)
    client: Client | None = None
    asked: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)
    pool: threading.Lock = field(default_factory=threading.Lock)

    def again(self) -> Run:
        """A new run, with the same hosts and the same event to stop it."""
        return Run(self.stop, self.client)

    def first(self, url: str) -> bool:
        """Whether this run did not ask for the URL yet; from now on it did."""
        with self.lock:
            new = url not in self.asked
            self.asked.add(url)
            return new


@dataclass(frozen=True, slots=True)
class Options:
    """`fields`: our key -> the input's own name for it (`--map`). `visited`: what is known of a URL, `holds`: whether its report is there;
    several threads ask at once. `private`: whether addresses of private networks may be asked (`--allow-private`). `depth`: how many
    lists stand around this input."""

    fields: dict[str, str] = field(default_factory=dict)
    limits: Limits = Limits()
    visited: Callable[[str], Visit | None] = lambda _url: None
    holds: Callable[[str], bool] = lambda _url: False
    private: bool = False
    agent: str = "kawat"
    meter: Meter = field(default_factory=Meter)
    run: Run = field(default_factory=Run)
    depth: int = 0
