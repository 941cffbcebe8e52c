"""Plain text: one file, one report."""

from __future__ import annotations

import os
from pathlib import Path

from kawat.errors import SourceError
from kawat.records import Report


def decode(raw: bytes, name: str) -> str:
    """Bytes of a text file as text. Raises SourceError for binary data and for encodings other than UTF-8 and UTF-16."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "utf-8"
        if b"\0" in raw:
            raise SourceError(f"{name}: looks like binary data, not text")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as e:
        raise SourceError(f"{name}: not {encoding.upper()} at byte {e.start}; convert it to UTF-8 first") from e


def report_of(text: str, ident: str) -> Report:
    """A report whose text is the whole file."""
    return Report(id=ident, text=text)


def read_text(path: Path) -> Report:
    """The report in a text file; its id is the file's name without its ending."""
    try:
        raw = path.read_bytes()
    except OSError as e:
        raise SourceError(f"{path}: cannot be read: {e.strerror}") from e
    return report_of(decode(raw, str(path)), os.fsencode(path.stem).decode("utf-8", "replace"))
