"""Names of inputs -> what they hold: files, folders, standard input, URLs, each packed or not."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from kawat.errors import SourceError
from kawat.sources.item import Found
from kawat.sources.options import Meter, Options
from kawat.sources.registry import BY_NAME, PEEK, source_of
from kawat.sources.text import STDIN

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GZIP = b"\x1f\x8b"


def open_all(names: Iterable[str], options: Options, form: str | None = None) -> Iterator[Found]:
    """What the named inputs hold, one at a time; `form` is the name of a source, where it is not to be guessed. One that cannot
    be read comes out as a SourceError and the others go on. Raises MissingPartError where a library for one of them is not installed."""
    options = replace(options, run=options.run.again())
    for name in names:
        yield from open_one(name, options, form)


def open_one(name: str, options: Options, form: str | None = None) -> Iterator[Found]:
    """The same for one of several inputs of a run."""
    if name.startswith(("http://", "https://")):
        yield from _url(name, options, form)
    elif name == "-":
        yield from read_stream(sys.stdin.buffer, STDIN, options, form)
    else:
        yield from _path(Path(name), name, options, form)


def _path(path: Path, name: str, options: Options, form: str | None) -> Iterator[Found]:
    try:
        if path.is_dir():
            for child in sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p, path)):
                yield from _path(child, str(child), options, form)
            return
        with io.BufferedReader(_Metered(path, options.meter)) as stream:
            yield from read_stream(stream, name, options, form)
    except OSError as e:
        yield SourceError(f"cannot be read: {e.strerror or e}", name)


class _Metered(io.FileIO):
    """A file that tells how far it is read."""

    def __init__(self, path: Path, meter: Meter) -> None:
        super().__init__(path)
        self._meter = meter

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        count = super().readinto(buffer)
        self._meter.done += count or 0
        return count


def size_of(names: Iterable[str]) -> int:
    """Bytes of all the named files and folders; 0 where that cannot be known."""
    if any(name == "-" or "://" in name for name in names):
        return 0
    files = (f for name in names for f in _files(name))
    return sum(os.stat(f).st_size for f in files if os.path.isfile(f))


def _files(name: str) -> Iterator[str]:
    if not os.path.isdir(name):
        yield name
    for folder, _, files in os.walk(name):
        yield from (os.path.join(folder, file) for file in files)


def _hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def _url(url: str, options: Options, form: str | None) -> Iterator[Found]:
    from kawat.sources.urls import read_url

    yield from read_url(url, options, form)


def read_stream(stream: BinaryIO, place: str, options: Options, form: str | None = None) -> Iterator[Found]:
    """What a stream holds. Packed content is unpacked as it is read, so that no input is in memory as a whole."""
    outer = _peekable(stream)
    given = inner = outer
    if outer.peek(PEEK).startswith(_GZIP):
        inner = _peekable(gzip.GzipFile(fileobj=outer))
    try:
        source = BY_NAME[form] if form else source_of(place, inner.peek(PEEK)[:PEEK])
        if source.unpacks and inner is not outer and outer.seekable():
            outer.seek(0)
        else:
            given = inner
        yield from source.read()(cast(BinaryIO, given), place, options)
    except (EOFError, gzip.BadGzipFile, zlib.error) as e:
        yield SourceError(f"breaks off: {e}; what stood before is taken in", place)


def _peekable(stream: BinaryIO | gzip.GzipFile) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
