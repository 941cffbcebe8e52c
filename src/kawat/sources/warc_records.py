"""The records of a WARC file, and what is lost where it is damaged.

A record is a head, which says how long its block is, and the block (ISO 28500:2017). What is whole before damage is read; behind it reading
goes on at the next gzip member or the next line that begins a record.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple, cast

from kawat.sources.http import Head, head_of
from kawat.sources.packed import PackedError, Unpacked

_VERSION = re.compile(rb"WARC/[01]\.\d+[ \t]*\r?\n?$")
_START = b"WARC/"
_LINES = 1_000  # of a head
_LINE = 65_536  # bytes
_SKIP = 1 << 20  # bytes passed over at once


class WarcRecord(NamedTuple):
    """`number` counts all records from 1. `block` is cut at what was asked for; `size` is its length."""

    number: int
    head: Head
    block: bytes
    size: int


class Gap(NamedTuple):
    """What could not be read, as a message."""

    message: str


class _BadRecordError(Exception):
    """A record that is not whole, or something that is none."""


class WarcReader:
    """`most` tells from the head of a record how many bytes of its block are wanted; None passes it over."""

    def __init__(self, stream: BinaryIO, most: Callable[[Head], int | None]) -> None:
        self._stream = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))
        self._packed = self._stream.raw if isinstance(self._stream.raw, Unpacked) else None
        if self._packed:
            self._packed.start = _START
        self._end = None if self._packed else _end(self._stream)
        self._most = most
        self._number = self._whole = 0  # records begun, and read as a whole
        self._gaps = 0
        self._read = 0  # bytes, unpacked
        self._began = ""  # where the record at hand begins
        self._line: bytes | None = None  # read ahead
        self._fault: PackedError | None = None  # met ahead

    def records(self) -> Iterator[WarcRecord | Gap]:
        """Records that are wanted and whole, and gaps."""
        while self._line != b"" or self._fault or self._opened():
            try:
                record = self._record()
            except (_BadRecordError, PackedError) as e:
                yield self._gap(e)
            else:
                if record:
                    yield record
        if not self._number and not self._read and not self._gaps:
            yield Gap("is empty: an archive holds at least one record")

    def _record(self) -> WarcRecord | None:
        """The next record, None for one that is not wanted or for none."""
        line = self._begin()
        if not line:
            return None
        if not _VERSION.match(line):
            raise _BadRecordError(f"something that is no record stands at {self._began}")
        self._number += 1
        head = self._head()
        length = head.get("content-length", "")
        if not (length.isascii() and length.isdigit()) or len(length) > 18:
            raise _BadRecordError(f"{self._name()} does not say how long it is")
        most = self._most(head)
        block = self._block(int(length), most or 0)
        self._look_behind()
        self._whole += 1
        return None if most is None else WarcRecord(self._number, head, block, int(length))

    def _begin(self) -> bytes:
        """The first line of the next record, empty at the end."""
        if self._fault:
            fault, self._fault = self._fault, None
            raise fault
        line, self._line = self._line, None
        while line is None or (line and not line.strip()):
            line = self._readline()
        if not line:
            self._line = line
        self._began = self._at(len(line))
        return line

    def _head(self) -> Head:
        lines = []
        while (line := self._readline()).strip():
            lines.append(line)
            if len(lines) > _LINES:
                raise _BadRecordError(f"{self._name()} has a head of more than {_LINES:,} lines")
        if not line:
            self._line = line
            raise _BadRecordError(f"{self._name()} breaks off in its head")
        return head_of(lines)

    def _block(self, size: int, most: int) -> bytes:
        """The first `most` bytes of a block, of which all is read."""
        if self._end is not None and self._read + size > self._end:
            raise _BadRecordError(f"{self._name()} says that it has {size:,} bytes, and the file has only {self._end - self._read:,} more")
        block = self._stream.read(min(size, most))
        left = size - len(block)
        if len(block) == min(size, most):
            while left and (passed := len(self._stream.read(min(left, _SKIP)))):
                left -= passed
        self._read += size - left
        if left:
            self._line = b""
            raise _BadRecordError(f"{self._name()} says that it has {size:,} bytes, and only {size - left:,} are there")
        return block

    def _look_behind(self) -> None:
        """A record is whole where another one or the end follows, and the checksum of what it is packed in is right."""
        try:
            line = self._readline()
            while line and not line.strip():
                line = self._readline()
        except PackedError as e:
            if e.taints:
                raise
            self._fault = e
            return
        self._line = line
        if line and not _VERSION.match(line):
            raise _BadRecordError(f"{self._name()} is not as long as it says")

    def _gap(self, error: _BadRecordError | PackedError) -> Gap:
        """Go on behind what cannot be read."""
        self._gaps += 1
        again: Exception | None = error
        while again:
            try:
                if isinstance(again, PackedError) and self._packed:
                    self._line = None if self._packed.resume() is not None else b""
                again = None
                self._to_record()
            except PackedError as e:
                again = e
        count = f"{self._whole:,} whole record{'' if self._whole == 1 else 's'} before it"
        if self._line:
            return Gap(f"{error}; {count}; reading goes on at {self._at(len(self._line))}, what lies between is lost")
        if not self._number and isinstance(error, _BadRecordError):
            return Gap("holds no WARC record; if it is something else, say what with --from")
        return Gap(f"{error}; {count}, none behind it; if the file was cut short, fetch it again: what is known is not taken in twice")

    def _to_record(self) -> None:
        """Pass over lines until one begins a record."""
        line = self._line
        while line is None or not _VERSION.match(line):
            if line == b"" and not self._opened():
                break
            line = self._readline()
        self._line = line

    def _opened(self) -> bool:
        """Whether there is another member to read."""
        if self._packed and self._packed.more():
            self._line = None
            return True
        return False

    def _readline(self) -> bytes:
        line = self._stream.readline(_LINE)
        self._read += len(line)
        return line

    def _at(self, back: int) -> str:
        """A place in the file, so many bytes back: of a packed one, where the member begins, or how far its only one was unpacked."""
        place = self._read - back
        if not self._packed:
            return f"byte {place:,}"
        return f"byte {self._packed.began:,}" if self._packed.began or not place else f"byte {place:,} of what is unpacked"

    def _name(self) -> str:
        return f"record {self._number:,} (at {self._began})"


def _end(stream: io.BufferedReader) -> int | None:
    """How many bytes there are, where that can be told."""
    if not stream.seekable():
        return None
    here = stream.tell()
    end = stream.seek(0, io.SEEK_END)
    stream.seek(here)
    return end - here
