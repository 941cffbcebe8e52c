"""Streams that are read as a whole, within a bound."""

from __future__ import annotations

from typing import BinaryIO


def whole(stream: BinaryIO, most: int, what: str) -> bytes:
    """All bytes of a stream. Raises ValueError where there are more than `most`; `what` it then is not, and what to do."""
    raw = stream.read(most + 1)
    if len(raw) > most:
        raise ValueError(f"has more than {most:,} bytes, which is no {what}")
    return raw
