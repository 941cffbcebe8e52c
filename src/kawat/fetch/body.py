"""Bodies of answers, unpacked within bounds."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator

from kawat.fetch.answer import NOT_TEXT, TOO_LARGE, FetchError

PACKINGS = "gzip, deflate"
_CHUNK = 65_536
_GZIP = b"\x1f\x8b"

Read = Callable[[int], bytes]
"""Up to that many bytes as they come over the wire, b"" at the end."""


def read_body(read: Read, packing: str, most: int) -> bytes:
    """Reads until the body ends, at most `most` bytes unpacked; memory stays near that whatever the packing claims. Raises FetchError."""
    out = bytearray()
    for part in _parts(read, packing, most):
        out += part
        if len(out) > most:
            raise FetchError(f"has more than {most:,} bytes unpacked", TOO_LARGE)
    return bytes(out)


def read_start(read: Read, packing: str, most: int) -> bytes:
    """The same for a body of which the first `most` bytes are enough."""
    out = bytearray()
    for part in _parts(read, packing, most):
        out += part
        if len(out) >= most:
            break
    return bytes(out[:most])


def unzip(body: bytes, most: int) -> bytes:
    """A body that is itself a gzip file (sitemap.xml.gz), unpacked; any other as it is. Raises FetchError."""
    return read_body(io.BytesIO(body).read, "gzip", most) if body.startswith(_GZIP) else body


def _parts(read: Read, packing: str, most: int) -> Iterator[bytes]:
    """The body in parts of at most 64 KB."""
    packing = packing.strip().lower()
    if packing in ("gzip", "x-gzip", "deflate"):
        yield from _unpacked(read, most, packing)
        return
    if packing not in ("", "identity"):
        raise FetchError(f"is packed as {packing}, which was not asked for", NOT_TEXT)
    while part := read(_CHUNK):
        yield part


def _unpacked(read: Read, most: int, packing: str) -> Iterator[bytes]:
    engine = None
    wire = 0
    try:
        while (part := read(_CHUNK)) and wire <= most:
            wire += len(part)
            while part:
                if engine is None or engine.eof:
                    if engine is not None and not part.startswith(_GZIP):
                        return  # what stands behind the end is not ours
                    engine = zlib.decompressobj(_window(packing, part))  # several gzip members in a row are one file
                yield engine.decompress(part, _CHUNK)
                part = engine.unused_data if engine.eof else engine.unconsumed_tail
    except zlib.error as e:
        raise FetchError(f"its packing is broken: {e}") from e
    if engine is not None and not engine.eof:
        raise FetchError("breaks off in the middle")


def _window(packing: str, first: bytes) -> int:
    """Deflate is sent with its zlib frame, as it should be, or without."""
    if packing != "deflate":
        return zlib.MAX_WBITS | 16
    framed = first[0] & 0x0F == 8 and (len(first) < 2 or int.from_bytes(first[:2], "big") % 31 == 0)
    return zlib.MAX_WBITS if framed else -zlib.MAX_WBITS
