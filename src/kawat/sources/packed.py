"""Packed input (gzip, zstd), unpacked as it is read; what is damaged is told from what ends."""

from __future__ import annotations

import io
import zlib
from typing import Any, BinaryIO, Protocol

from kawat.errors import MissingPartError

GZIP = b"\x1f\x8b\x08"  # deflate is the only method there is
ZSTD = b"\x28\xb5\x2f\xfd"
SKIPPED = b"\x2a\x4d\x18"  # bytes 1 to 3 of a zstd frame that holds no content
OTHERS = {b"BZh": "bzip2", b"\xfd7zXZ\0": "xz", b"PK\x03\x04": "zip", b"7z\xbc\xaf\x27\x1c": "7z", b"\x04\x22\x4d\x18": "lz4"}
_BLOCK = 32_768
_HEAD = 8  # bytes that tell what a member is
_PIECE = 1_024  # of zstd, whose blocks of 4 bytes can hold 128 KB
_WINDOW = 1 << 27  # bytes that zstd may ask for
_BOMB_SIZE = 100_000_000  # bytes from which on the ratio counts
_BOMB_RATIO = 200  # news packs at 3 to 20; deflate can do 1,032


class PackedError(Exception):
    """Packed input cannot be read on. `offset`: the byte of the packed input where that was noticed. `taints`: what was handed out of the
    same member may be wrong too, for its checksum is, or its code."""

    def __init__(self, reason: str, offset: int, taints: bool = False) -> None:
        super().__init__(reason, offset)
        self.reason, self.offset, self.taints = reason, offset, taints

    def __str__(self) -> str:
        return f"{self.reason} at byte {self.offset:,}"


class Unpacked(io.RawIOBase):
    """The content of gzip members or zstd frames, one after another. Reading raises PackedError where they are damaged or break off, behind
    all that could be unpacked; `resume` goes on at the next one.

    Where `start` is set, reading ends before a member that begins with it, as at the end of a file; `more` opens that member.
    """

    def __init__(self, stream: BinaryIO, magic: bytes) -> None:
        self._stream, self._magic = stream, magic
        self._member: _Member | None = None
        self._rest = b""  # read and not yet unpacked
        self._ahead = b""  # unpacked and not yet handed out
        self._fault: PackedError | None = None  # behind what is ahead
        self._made = 0
        self._halted = False
        self.offset = 0  # packed bytes used so far
        self.began = 0  # where the member at hand begins
        self.start = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        while not (self._ahead or self._fault or self._halted):
            if not self._advance(len(view)):
                return 0
        if self._halted:
            return 0
        if self._fault and not self._ahead:
            raise self._fault
        block, self._ahead = self._ahead[: len(view)], self._ahead[len(view) :]
        view[: len(block)] = block
        return len(block)

    def more(self) -> bool:
        """Whether reading ended before a member, which is read from now on."""
        halted, self._halted = self._halted, False
        return halted

    def resume(self) -> int | None:
        """Leave what is damaged, and go to where the next member seems to begin: its offset, or None at the end of the input."""
        self._member, self._ahead, self._fault, self._halted = None, b"", None, False
        self._use(1)
        while (at := self._rest.find(self._magic)) < 0:
            self._use(max(0, len(self._rest) - len(self._magic) + 1))
            before = len(self._rest)
            self._fill(before + 1)
            if len(self._rest) == before:
                self._use(before)
                return None
        self._use(at)
        return self.offset

    def _advance(self, most: int) -> bool:
        """One step: a member begun, or a block of about `most` bytes unpacked. False at the end of the input."""
        try:
            if self._member is None:
                return self._open()
            self._ahead = self._inflate(self._member, most)
        except PackedError as e:
            self._fault = e
        return True

    def _open(self) -> bool:
        """Begin the next member; whether there is one."""
        while self._fill(_HEAD) and self._rest[0] == 0:  # padding
            self._use(len(self._rest) - len(self._rest.lstrip(b"\0")))
        if not self._rest:
            return False
        if self._magic == ZSTD and self._rest[1:4] == SKIPPED:
            self._skip()
            return True
        if not self._rest.startswith(self._magic):
            cut = self._magic.startswith(self._rest)
            raise PackedError("breaks off" if cut else "goes on with something that is not packed", self.offset)
        self._member, self.began = _member(self._magic), self.offset
        if self.start and self._made:
            self._look()
        return True

    def _skip(self) -> None:
        if self._rest[0] == 0x5D:
            raise PackedError("is packed with a dictionary of its own, which Kawat does not read: unpack it first", self.offset)
        left = 8 + int.from_bytes(self._rest[4:8], "little")
        while left and self._fill():
            left -= self._use(min(left, len(self._rest)))

    def _look(self) -> None:
        """Halt before a member that begins with `start`."""
        while self._member and len(self._ahead) < len(self.start):
            self._ahead += self._inflate(self._member, len(self.start))
        self._halted = self._ahead.startswith(self.start)

    def _inflate(self, member: _Member, most: int) -> bytes:
        if not self._fill():
            raise PackedError("breaks off", self.offset)
        block, rest, reason = member.unpack(self._rest, most)
        self._use(len(self._rest) - len(rest))
        self._made += len(block)
        if reason:
            self._fault = PackedError(f"is damaged ({reason})", self.offset, taints=True)
        if reason or member.ended:
            self._member = None
        if self._made > _BOMB_SIZE and self._made > _BOMB_RATIO * self.offset:
            raise PackedError(f"unpacks to more than {_BOMB_RATIO} times its size, which no news does: refused", self.offset)
        return block

    def _fill(self, least: int = 1) -> bool:
        """Have at least so many bytes to unpack, if there are; whether there is one."""
        while len(self._rest) < least and (block := self._stream.read(_BLOCK)):
            self._rest += block
        return bool(self._rest)

    def _use(self, count: int) -> int:
        self._rest = self._rest[count:]
        self.offset += count
        return count


class _Member(Protocol):
    """One member. `unpack` gives about `most` bytes of content, what of the data it leaves, and what is wrong with the rest."""

    @property
    def ended(self) -> bool: ...

    def unpack(self, data: bytes, most: int) -> tuple[bytes, bytes, str]: ...


def _member(magic: bytes) -> _Member:
    return _Gzip() if magic == GZIP else _Zstd()


class _Gzip:
    def __init__(self) -> None:
        self._code = zlib.decompressobj(zlib.MAX_WBITS | 16)

    @property
    def ended(self) -> bool:
        return self._code.eof

    def unpack(self, data: bytes, most: int) -> tuple[bytes, bytes, str]:
        before = self._code.copy()
        try:
            block = self._code.decompress(data, most)
        except zlib.error as e:
            return *_until_fault(before, data, most), str(e).rpartition(": ")[2]
        return block, self._code.unused_data if self._code.eof else self._code.unconsumed_tail, ""


def _until_fault(code: Any, data: bytes, most: int) -> tuple[bytes, bytes]:
    """The content before what cannot be unpacked, and the data from there: zlib gives up the whole call for it."""
    made = []
    try:
        for _ in range(most):
            made.append(code.decompress(data, 1))
            data = code.unconsumed_tail
    except zlib.error:
        pass
    return b"".join(made), data


class _Zstd:
    def __init__(self) -> None:
        try:
            import zstandard
        except ModuleNotFoundError as e:
            raise MissingPartError("reading zstd needs zstandard, which is not installed: pip install 'kawat[web]'") from e
        self._fault = zstandard.ZstdError
        self._code = zstandard.ZstdDecompressor(max_window_size=_WINDOW).decompressobj()

    @property
    def ended(self) -> bool:
        return self._code.eof

    def unpack(self, data: bytes, most: int) -> tuple[bytes, bytes, str]:  # noqa: ARG002
        try:
            block = self._code.decompress(data[:_PIECE])
        except self._fault as e:
            return b"", data, str(e).rpartition(": ")[2]
        return block, self._code.unused_data + data[_PIECE:], ""
