"""Every kind of input, a line each. A new source is a function and a line here."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from importlib import import_module
from typing import BinaryIO, NamedTuple, Protocol, cast

from kawat.errors import MissingPartError
from kawat.sources.item import Found
from kawat.sources.options import Options


class Read(Protocol):
    """Yields what a stream holds, one at a time. `place` names the stream: a path or URL. Raises nothing for what the stream holds."""

    def __call__(self, stream: BinaryIO, place: str, options: Options) -> Iterator[Found]: ...


class Source(NamedTuple):
    """`module` holds `items`, which reads the source (a Read). Told by the ending of a name, else by how the content begins: a
    pattern, or the first tag of markup. `extra` is what to install for it."""

    name: str
    module: str
    endings: tuple[str, ...] = ()
    begins: str | None = None
    tags: tuple[str, ...] = ()
    extra: str | None = None

    def read(self) -> Read:
        """The function that reads it. Raises MissingPartError where its library is not there."""
        try:
            return cast(Read, import_module(self.module).items)
        except ModuleNotFoundError as e:
            if not self.extra or (e.name or "").startswith("kawat"):
                raise
            raise MissingPartError(f"reading {self.name} needs {e.name}, which is not installed: pip install 'kawat[{self.extra}]'") from e


SOURCES = (
    Source("warc", "kawat.sources.warc", (".warc", ".wet"), r"WARC/"),
    Source("parquet", "kawat.sources.parquet", (".parquet", ".pq"), r"PAR1", extra="tables"),
    Source("csv", "kawat.sources.csv", (".csv", ".tsv")),
    Source("jsonl", "kawat.sources.jsonl", (".jsonl", ".ndjson"), r'\{[^\S\n]*"'),
    Source("json", "kawat.sources.json", (".json",), r"\[\s*\{|\{\s*\n"),
    Source("opml", "kawat.sources.opml", (".opml",), tags=("opml",), extra="web"),
    Source("sitemap", "kawat.sources.sitemap", tags=("urlset", "sitemapindex"), extra="web"),
    Source("feed", "kawat.sources.feed", (".rss", ".atom"), tags=("rss", "feed", "rdf:rdf"), extra="web"),
    Source("html", "kawat.sources.page", (".html", ".htm", ".xhtml"), tags=("html", "head", "body"), extra="web"),
    Source("site", "kawat.sources.site", extra="web"),
    Source("urls", "kawat.sources.urls", (".urls",), r"https?://\S+\s*(\n|$)", extra="web"),
    Source("text", "kawat.sources.text", (".txt", ".text")),
)
BY_NAME = {s.name: s for s in SOURCES}
PEEK = 4096  # bytes by which a source is told


_TAG = re.compile(r"<([a-z][\w.:-]*)", re.IGNORECASE)
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


def source_of(name: str, first: bytes) -> Source:
    """By the name's ending, else by how the content begins; what nothing else claims is text. A text of nothing but URLs is a list of
    them, whatever it is called."""
    low = name.lower().partition("?")[0].removesuffix(".gz").removesuffix(".zst")
    head = first.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace").lstrip()
    for source in SOURCES:
        if source.endings and low.endswith(source.endings):
            return BY_NAME["urls"] if source.name == "text" and _only_urls(head, len(first) >= PEEK) else source
    tag = _TAG.search(head) if head.startswith("<") else None
    for source in SOURCES:
        if (source.begins and re.match(source.begins, head)) or (tag and tag[1].lower() in source.tags):
            return source
    return BY_NAME["urls" if _only_urls(head, len(first) >= PEEK) else "text"]


def _only_urls(head: str, cut: bool) -> bool:
    """Whether all lines are URLs, blank or comments. `cut`: what is there is only how it begins, and the last line may be half a one."""
    lines = [line.strip() for line in head.splitlines()]
    urls = [line for line in (lines[:-1] if cut else lines) if line and not line.startswith("#")]
    return bool(urls) and all(map(_URL.fullmatch, urls))
