"""Answers of web servers as archives keep them. Method: RFC 9112 (messages), RFC 9110 (content codings)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from typing import NamedTuple

from kawat.errors import SourceError

Head = dict[str, str]
"""Names in lower case; what stands several times is joined by commas."""

_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HTML = ("text/html", "application/xhtml+xml")
_UNTOLD = ("", "application/octet-stream", "unknown/unknown")


class Answer(NamedTuple):
    """`body` as it stands in the message, still coded."""

    status: int
    head: Head
    body: bytes


def head_of(lines: Iterable[bytes]) -> Head:
    """Lines `Name: value`; a line that begins with a blank goes on with the one before. Lines of another shape are passed over."""
    head: Head = {}
    name = ""
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        if text[:1] in (" ", "\t") and name:
            head[name] += " " + text.strip()
            continue
        before, colon, value = text.partition(":")
        name = before.strip().lower() if colon else ""
        if name:
            head[name] = f"{head[name]}, {value.strip()}" if name in head else value.strip()
    return head


def answer_of(block: bytes) -> Answer | None:
    """An HTTP response, None for what is none."""
    if not block.startswith(b"HTTP/"):
        return None
    blank = _BLANK.search(block)
    first, *lines = block[: blank.start() if blank else len(block)].split(b"\n")
    status = first.split(None, 2)[1:2]
    return Answer(int(status[0]) if status and status[0].isdigit() else 0, head_of(lines), block[blank.end() :] if blank else b"")


def charset_of(head: Head) -> str | None:
    """What the server says about the encoding of the text."""
    found = _CHARSET.search(head.get("content-type", ""))
    return found[1].lower() if found else None


def may_be_html(head: Head) -> bool:
    """Whether the server says so, or nothing."""
    return _kind(head) in (*_HTML, *_UNTOLD)


def is_html(head: Head, body: bytes) -> bool:
    """By what the server says; where it says nothing, by how the body begins."""
    return _kind(head) in _HTML or (_kind(head) in _UNTOLD and bool(_MARKUP.match(body)))


def _kind(head: Head) -> str:
    return head.get("content-type", "").partition(";")[0].strip().lower()


def decoded(answer: Answer, most: int) -> bytes:
    """The body without its transfer and content codings. Archives often keep it decoded under the head that it came with: a body that is
    not in the coding that is named stays as it is. Raises SourceError for more than `most` bytes and for a coding that is not known."""
    body = answer.body
    if "chunked" in answer.head.get("transfer-encoding", "").lower():
        body = _unchunked(body)
    for coding in reversed(answer.head.get("content-encoding", "").lower().split(",")):
        body = _uncoded(body, coding.strip(), most)
    if len(body) > most:
        raise SourceError(f"has more than {most:,} bytes, which is no page of an article")
    return body


_CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")


def _unchunked(body: bytes) -> bytes:
    parts, at = [], 0
    while (found := _CHUNK.match(body, at)) and (size := int(found[1], 16)):
        at = found.end() + size
        parts.append(body[found.end() : at])
    return b"".join(parts) if parts else body


def _uncoded(body: bytes, coding: str, most: int) -> bytes:
    if coding in ("", "identity", "none") or not body:
        return body
    if coding in ("gzip", "x-gzip"):
        return _inflated(body, zlib.MAX_WBITS | 16, most)
    if coding == "deflate":
        plain = _inflated(body, zlib.MAX_WBITS, most)
        return _inflated(body, -zlib.MAX_WBITS, most) if plain is body else plain
    if coding == "br":
        return _unbrotlied(body, most)
    if coding == "zstd":
        return _unzstd(body, most)
    if _MARKUP.match(body):
        return body
    raise SourceError(f"is coded as {coding!r}, which Kawat does not read")


def _inflated(body: bytes, bits: int, most: int) -> bytes:
    code = zlib.decompressobj(bits)
    try:
        return code.decompress(body, most + 1)
    except zlib.error:
        return body


def _unbrotlied(body: bytes, most: int) -> bytes:
    try:
        import brotli
    except ModuleNotFoundError as e:
        if _MARKUP.match(body):
            return body
        raise SourceError("is coded with brotli, which is not installed: pip install 'kawat[warc]'") from e
    code, made = brotli.Decompressor(), b""
    try:
        made = code.process(body, output_buffer_limit=most + 1)
        while len(made) <= most and not code.is_finished() and (more := code.process(b"", output_buffer_limit=most + 1)):
            made += more
    except brotli.error:
        return body
    return bytes(made)


def _unzstd(body: bytes, most: int) -> bytes:
    import zstandard

    try:
        return bytes(zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(body).read(most + 1))
    except zstandard.ZstdError:
        return body
