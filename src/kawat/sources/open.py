"""Names of inputs -> what they hold: files, folders, standard input, URLs, each packed or not."""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from kawat.errors import SourceError
from kawat.sources.foreign import foreign, of_database
from kawat.sources.item import Found, Item
from kawat.sources.options import Meter, Options
from kawat.sources.packed import GZIP, ZSTD, PackedError, Unpacked
from kawat.sources.registry import BY_NAME, PEEK, source_of
from kawat.sources.text import STDIN

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_BUFFER = 65_536  # bytes of unpacked content
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=://)", re.IGNORECASE)


def open_all(names: Iterable[str], options: Options, form: str | None = None) -> Iterator[Found]:
    """What the named inputs hold, one at a time; `form` is the name of a source, where it is not to be guessed. One that cannot
    be read comes out as a SourceError and the others go on. Raises MissingPartError where a library for one of them is not installed."""
    options = replace(options, run=options.run.again())
    for name in names:
        yield from open_one(name, options, form)


def open_one(name: str, options: Options, form: str | None = None) -> Iterator[Found]:
    """The same for one of several inputs of a run."""
    scheme = _SCHEME.match(name)
    if scheme and scheme[0].lower() in ("http", "https"):
        yield from _url(scheme[0].lower() + name[scheme.end() :], options, form)
    elif scheme:
        yield SourceError("cannot be asked: only http and https are; files are named by their path", name)
    elif name == "-":
        yield from read_stream(sys.stdin.buffer, STDIN, options, form)
    elif os.path.isdir(name):
        yield from _folder(name, options, form)
    else:
        yield from _file(name, options, form)


def _file(name: str, options: Options, form: str | None) -> Iterator[Found]:
    try:
        with io.BufferedReader(_Metered(name, options.meter)) as stream:
            yield from read_stream(stream, name, options, form)
    except (OSError, ValueError) as e:  # ValueError: a name that no file can have
        yield SourceError(f"cannot be read: {getattr(e, 'strerror', None) or e}", name)


def _folder(folder: str, options: Options, form: str | None) -> Iterator[Found]:
    """All files of a folder and the folders in it, in the order of their names; hidden ones and databases (a store among them) are passed
    over."""
    empty = True
    about = os.stat(folder)
    for path in _walk(folder, {(about.st_dev, about.st_ino)}):
        empty = False
        if isinstance(path, SourceError):
            yield path
        else:
            yield from _file(path, options, form)
    if empty:
        yield SourceError("holds no file (hidden ones and databases are passed over)", folder)


def _walk(folder: str, seen: set[tuple[int, int]]) -> Iterator[str | SourceError]:
    """Files, each folder once: links may lead back."""
    try:
        names = sorted(n for n in os.listdir(folder) if not n.startswith("."))
    except OSError as e:
        yield SourceError(f"cannot be read: {e.strerror or e}", folder)
        return
    for name in names:
        path = os.path.join(folder, name)
        try:
            about = os.stat(path)
        except OSError as e:
            yield SourceError(f"cannot be read: {e.strerror or e}", path)
            continue
        if stat.S_ISREG(about.st_mode):
            if not of_database(path):
                yield path
        elif not stat.S_ISDIR(about.st_mode):
            yield SourceError("is no file but a pipe, socket or device; it is read only if you name it yourself", path)
        elif (about.st_dev, about.st_ino) not in seen:
            seen.add((about.st_dev, about.st_ino))
            yield from _walk(path, seen)


class _Metered(io.FileIO):
    """A file that tells how far it is read."""

    def __init__(self, path: str, meter: Meter) -> None:
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
        paths = (os.path.join(folder, file) for file in files)
        yield from (p for p in paths if os.path.isfile(p) and not of_database(p))


def _url(url: str, options: Options, form: str | None) -> Iterator[Found]:
    from kawat.sources.urls import read_url

    yield from read_url(url, options, form)


def read_stream(stream: BinaryIO, place: str, options: Options, form: str | None = None) -> Iterator[Found]:
    """What a stream holds. Packed content is unpacked as it is read, so that no input is in memory as a whole."""
    count = 0
    try:
        content = _content(stream)
        source = BY_NAME[form] if form else source_of(place, _first(content))
        for found in source.read()(cast(BinaryIO, content), place, options):
            count += isinstance(found, Item)
            yield found
    except SourceError as e:
        yield SourceError(e.reason, place)
    except PackedError as e:
        before = (
            f"{count:,} report{'' if count == 1 else 's'} before that {'is' if count == 1 else 'are'} read"
            if count
            else "nothing in it is read"
        )
        yield SourceError(f"{e}; {before}", place)


def _content(stream: BinaryIO) -> io.BufferedReader:
    """A stream without its packing. Raises SourceError for packing that is not undone here, and for what holds no reports as it is."""
    outer = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
    first = _first(outer)
    for magic in (GZIP, ZSTD):
        if first.startswith(magic):
            inner = io.BufferedReader(Unpacked(cast(BinaryIO, outer), magic), _BUFFER)
            first = _first(inner)
            if first.startswith((GZIP, ZSTD)):
                raise SourceError("is packed twice: unpack it once")
            outer = inner
            break
    if fault := foreign(first):
        raise SourceError(fault)
    return outer


def _first(stream: io.BufferedReader[Any]) -> bytes:
    """How a stream begins. Damage there is met again by whoever reads it."""
    try:
        return stream.peek(PEEK)[:PEEK]
    except PackedError:
        return b""
