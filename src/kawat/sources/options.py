"""What a user may set about taking in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kawat.sources.item import Visit


@dataclass(frozen=True, slots=True)
class Limits:
    """What one input may take. Sizes in bytes, times in seconds."""

    line: int = 20_000_000  # of JSONL or CSV
    text: int = 20_000_000  # a text file
    page: int = 10_000_000  # an HTML page, unpacked
    feed: int = 20_000_000  # a feed, sitemap or list, unpacked
    links: int = 50_000  # of one feed or sitemap
    seconds: float = 30.0  # for one answer of a server, all in all
    redirects: int = 5
    delay: float = 1.0  # between two requests to one host


@dataclass(slots=True)
class Meter:
    """How far the files are read: bytes of all and of what was read."""

    total: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """`fields`: our key -> the input's own name for it (`--map`). `visited`: what is known of a URL. `private`: whether addresses
    of private networks may be asked (`--allow-private`)."""

    fields: dict[str, str] = field(default_factory=dict)
    limits: Limits = Limits()
    visited: Callable[[str], Visit | None] = lambda _url: None
    private: bool = False
    agent: str = "kawat"
    meter: Meter = field(default_factory=Meter)
