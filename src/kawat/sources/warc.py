"""Web archives: WARC 1.0 and 1.1 with pages, WET with texts, packed as a whole or record by record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from kawat.errors import SourceError
from kawat.records import Report
from kawat.sources.http import Answer, Head, answer_of, charset_of, decoded, is_html, may_be_html
from kawat.sources.item import Found, Item, Page
from kawat.sources.options import Limits, Options
from kawat.sources.text import decode
from kawat.sources.urls import plain_url
from kawat.sources.warc_records import Gap, WarcReader, WarcRecord


def items(stream: BinaryIO, place: str, options: Options) -> Iterator[Found]:
    """The pages of an archive (HTML of `response` and `resource` records with status 200) and its texts (`conversion` records); other
    records are passed over. Damage comes out as a SourceError that says how far reading went, and what is whole behind it is read."""
    limits = options.limits
    for found in WarcReader(stream, lambda head: _wanted(head, limits)).records():
        if isinstance(found, Gap):
            yield SourceError(found.message, place)
            continue
        where, url = f"{place}, record {found.number}", _url(found.head)
        try:
            content = _content(found, url, where, limits)
        except SourceError as e:
            yield SourceError(e.reason, f"{where} ({url})")
            continue
        if content:
            yield Item(place=where, content=content, key=plain_url(url) if url else None)


def _wanted(head: Head, limits: Limits) -> int | None:
    """How many bytes of the block are worth reading: one more than allowed shows that it is too long."""
    kind = head.get("warc-type", "").lower()
    if kind == "conversion":
        return limits.text + 1
    return limits.page + 65_536 if kind in ("response", "resource") else None


def _content(record: WarcRecord, url: str | None, where: str, limits: Limits) -> Report | Page | None:
    kind = record.head["warc-type"].lower()
    if kind == "conversion":
        return _text(record, url, where, limits)
    answer = answer_of(record.block) if kind == "response" else Answer(200, record.head, record.block)
    if not answer or answer.status != 200 or not may_be_html(answer.head):
        return None
    if record.size > len(record.block):
        raise SourceError(f"has more than {limits.page:,} bytes, which is no page of an article")
    body = decoded(answer, limits.page)
    if not is_html(answer.head, body):
        return None
    return Page(body=body, url=url, charset=charset_of(answer.head), fetched=record.head.get("warc-date"))


def _text(record: WarcRecord, url: str | None, where: str, limits: Limits) -> Report | None:
    if not record.head.get("content-type", "text/plain").lower().startswith("text/plain"):
        return None
    if record.size > limits.text:
        raise SourceError(f"has more than {limits.text:,} bytes, which is no single report")
    try:
        text = decode(record.block)
    except ValueError as e:
        raise SourceError(str(e)) from e
    return Report(id=url or where, text=text, url=url, fetched=record.head.get("warc-date"))


def _url(head: Head) -> str | None:
    """Some archives of WARC 1.0 put it in angle brackets."""
    return head.get("warc-target-uri", "").strip("<>") or None
