"""Web archives, whole and damaged, and packed input of every kind."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kawat.errors import SourceError
from kawat.records import Report
from kawat.sources.item import Found, Item, Page
from kawat.sources.open import open_all, read_stream
from kawat.sources.options import Limits, Options

URL = "https://warta.example/{}"


def record(
    number: int, block: bytes, kind: str = "response", *, told: str = "application/http; msgtype=response", version: str = "1.0"
) -> bytes:
    head = (
        f"WARC/{version}\r\nWARC-Type: {kind}\r\nWARC-Date: 2024-11-13T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Target-URI: {URL.format(number)}\r\nContent-Type: {told}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, *lines: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    head = "\r\n".join((f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), *lines))
    return head.encode() + b"\r\n\r\n" + body


def page(number: int) -> bytes:
    words = " ".join(f"{number * 7919 + n * 104729:x}" for n in range(120))
    return f"<!DOCTYPE html><html><body><p>Halaman {number}: {words}</p></body></html>".encode()


PAGES = [page(n) for n in range(1, 9)]
RECORDS = [record(n, answer(p)) for n, p in enumerate(PAGES, 1)]
PLAIN = b"".join(RECORDS)
EACH = b"".join(gzip.compress(r, mtime=0) for r in RECORDS)
WHOLE = gzip.compress(PLAIN, mtime=0)


def packed_zstd() -> bytes:
    zstandard = pytest.importorskip("zstandard")
    return b"".join(zstandard.compress(r) for r in RECORDS)


def read(raw: bytes, name: str = "news.warc.gz", **limits: int) -> tuple[list[Item], list[SourceError]]:
    found: list[Found] = list(read_stream(io.BytesIO(raw), name, Options(limits=Limits(**limits))))
    return [f for f in found if isinstance(f, Item)], [f for f in found if isinstance(f, SourceError)]


def bodies(items: list[Item]) -> list[bytes]:
    return [i.content.body for i in items if isinstance(i.content, Page)]


@pytest.mark.parametrize("raw", [PLAIN, EACH, WHOLE, packed_zstd()], ids=["plain", "gzip by record", "gzip", "zstd"])
@pytest.mark.parametrize("name", ["news.warc", "standard input"])
def test_whole_archives(raw: bytes, name: str) -> None:
    items, errors = read(raw, name)
    assert bodies(items) == PAGES
    assert errors == []
    first = items[0]
    assert (first.place, first.key) == (f"{name}, record 1", URL.format(1))
    assert isinstance(first.content, Page)
    assert (first.content.url, first.content.charset, first.content.fetched) == (URL.format(1), "utf-8", "2024-11-13T08:00:00Z")


@pytest.mark.parametrize("pack", [lambda b: b, gzip.compress], ids=["plain", "gzip"])
def test_what_fastwarc_writes_is_read(pack: Callable[[bytes], bytes]) -> None:
    fastwarc = pytest.importorskip("fastwarc.warc")
    out = io.BytesIO()
    made = fastwarc.WarcRecord()
    made.init_headers(fastwarc.WarcRecordType.response)
    made.headers["WARC-Target-URI"] = URL.format(1)
    made.set_bytes_content(answer(PAGES[0]))
    made.write(out)
    items, errors = read(pack(out.getvalue()))
    assert bodies(items) == [PAGES[0]]
    assert errors == []


def cuts(raw: bytes) -> Iterator[int]:
    yield from range(1, len(raw), 97)
    yield from range(len(raw) - 12, len(raw))


@pytest.mark.parametrize("raw", [PLAIN, EACH, WHOLE, packed_zstd()], ids=["plain", "gzip by record", "gzip", "zstd"])
def test_cut_short_anywhere(raw: bytes) -> None:
    """What is whole comes out, and one error unless the cut is between two records."""
    ends = {len(b"".join(RECORDS[:n])) - k for n in range(9) for k in range(5)} if raw is PLAIN else set()
    ends |= {len(b"".join(gzip.compress(r, mtime=0) for r in RECORDS[:n])) for n in range(9)} if raw is EACH else set()
    last = 0
    for cut in cuts(raw):
        items, errors = read(raw[:cut], "news.warc")
        assert bodies(items) == PAGES[: len(items)], cut
        assert len(items) >= last, cut
        last = len(items)
        if cut not in ends and raw in (PLAIN, EACH, WHOLE):
            assert len(errors) == 1, cut
        assert all("before it, none behind it" in e.reason or "no WARC record" in e.reason for e in errors if cut > 20), [
            str(e) for e in errors
        ]
    assert last >= 7


def test_all_whole_records_before_a_cut_in_a_gzip_file_of_one_member() -> None:
    for cut in range(100, len(WHOLE), 211):
        known = zlib.decompressobj(31).decompress(WHOLE[:cut])
        whole = sum(known.startswith(b"".join(RECORDS[: n + 1]).rstrip()) for n in range(len(RECORDS)))
        assert len(read(WHOLE[:cut])[0]) == whole, cut


@pytest.mark.parametrize(
    "junk", [b"\xa5" * 300, b"\0" * 300, b"\x1f\x8b\x08junk" * 40, b"WARC/junk\r\n" * 30], ids=["bytes", "zeros", "members", "lines"]
)
def test_damage_loses_only_what_is_damaged(junk: bytes) -> None:
    for raw in (PLAIN, EACH):
        for at in range(60, len(raw) - 400, 331):
            items, errors = read(raw[:at] + junk + raw[at + len(junk) :])
            got = bodies(items)
            assert sum(b in PAGES for b in got) >= len(PAGES) - 4, at
            assert errors or sum(b in PAGES for b in got) >= len(PAGES) - 1, at


def test_a_wrong_checksum_is_told_and_its_record_is_not_taken() -> None:
    end = len(b"".join(gzip.compress(r, mtime=0) for r in RECORDS[:4]))
    raw = bytearray(EACH)
    raw[end - 6] ^= 1
    items, errors = read(bytes(raw))
    assert bodies(items) == PAGES[:3] + PAGES[4:]
    assert "is damaged (incorrect data check)" in errors[0].reason
    assert f"goes on at byte {end:,}" in errors[0].reason


def test_zeros_between_members_are_padding() -> None:
    items, errors = read(gzip.compress(RECORDS[0]) + b"\0" * 512 + gzip.compress(RECORDS[1]) + b"\0" * 512)
    assert (bodies(items), errors) == (PAGES[:2], [])


def test_a_record_may_lie_in_several_members() -> None:
    parts = b"".join(gzip.compress(PLAIN[n : n + 1000]) for n in range(0, len(PLAIN), 1000))
    items, errors = read(parts)
    assert (bodies(items), errors) == (PAGES, [])


@pytest.mark.parametrize("pack", [lambda b: b, gzip.compress], ids=["plain", "gzip by record"])
def test_a_record_that_claims_five_gigabytes(pack: Callable[[bytes], bytes]) -> None:
    size = f"Content-Length: {len(answer(PAGES[0]))}".encode()
    claims = RECORDS[0].replace(size, b"Content-Length: 5000000000")
    items, errors = read(pack(claims) + pack(RECORDS[1]))
    assert bodies(items) == [PAGES[1]]
    assert "record 1 (at byte 0) says that it has 5,000,000,000 bytes" in errors[0].reason


@pytest.mark.parametrize("length", [b"-5", b"", b"many", b"9" * 30, b"\xc2\xb2"])
def test_a_record_without_a_length(length: bytes) -> None:
    size = f"Content-Length: {len(answer(PAGES[0]))}".encode()
    items, errors = read(RECORDS[0].replace(size, b"Content-Length: " + length) + RECORDS[1])
    assert bodies(items) == [PAGES[1]]
    assert "does not say how long it is" in errors[0].reason


@pytest.mark.parametrize(
    ("raw", "reason"),
    [(b"", "is empty"), (b"hello world\n" * 50, "holds no WARC record"), (gzip.compress(b"hello world\n" * 50), "holds no WARC record")],
)
def test_what_is_no_archive(raw: bytes, reason: str) -> None:
    items, errors = read(raw, "a.warc.gz")
    assert items == []
    assert len(errors) == 1
    assert errors[0].reason.startswith(reason)


def test_other_records_are_passed_over() -> None:
    raw = b"".join(
        (
            record(1, b"software: x\r\n", "warcinfo", told="application/warc-fields"),
            record(2, b"GET / HTTP/1.1\r\n\r\n", "request", told="application/http; msgtype=request"),
            record(3, b"fetchTimeMs: 1\r\n", "metadata", told="application/warc-fields"),
            record(4, answer(b""), "revisit"),
            record(5, answer(b"User-agent: *", kind="text/plain")),
            record(6, answer(PAGES[0], status="404 Not Found")),
            record(7, answer(b"\x89PNG", kind="image/png")),
            record(8, b"a.example 1.2.3.4", told="text/dns"),
            record(9, answer(b"{}", kind="")),
            record(10, answer(PAGES[0], kind="")),
            record(11, PAGES[1], "resource", told="text/html", version="1.1"),
        )
    )
    items, errors = read(raw)
    assert errors == []
    assert [i.place for i in items] == ["news.warc.gz, record 10", "news.warc.gz, record 11"]
    assert bodies(items) == PAGES[:2]


def test_wet_gives_texts_as_they_are() -> None:
    text = "Judul\n\nMenlu Rusia mengecam sanksi itu.\n"
    items, errors = read(record(1, text.encode(), "conversion", told="text/plain"), "news.warc.wet.gz")
    assert errors == []
    assert items[0].content == Report(id=URL.format(1), text=text, url=URL.format(1), fetched="2024-11-13T08:00:00Z")
    items, errors = read(record(1, b"\xff\xfeq\xd8", "conversion", told="text/plain") + RECORDS[1])
    assert bodies(items) == [PAGES[1]]
    assert errors[0].place == "news.warc.gz, record 1 (https://warta.example/1)"


def chunked(body: bytes) -> bytes:
    parts = (body[n : n + 100] for n in range(0, len(body), 100))
    return b"".join(f"{len(p):x};x=y\r\n".encode() + p + b"\r\n" for p in parts) + b"0\r\n\r\n"


def deflated(body: bytes) -> bytes:
    code = zlib.compressobj(wbits=-15)
    return code.compress(body) + code.flush()


def brotlied(body: bytes) -> bytes:
    return bytes(pytest.importorskip("brotli").compress(body))


def zstandarded(body: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard").compress(body))


CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": deflated,
    "br": brotlied,
    "zstd": zstandarded,
}


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("transfer", [True, False])
def test_codings_are_undone_where_they_are_there(coding: str, transfer: bool) -> None:
    lines = (f"Content-Encoding: {coding}", *(["Transfer-Encoding: chunked"] if transfer else []))
    coded = CODINGS[coding](PAGES[0])
    raw = record(1, answer(chunked(coded) if transfer else coded, *lines)) + record(2, answer(PAGES[0], *lines))
    items, errors = read(raw)
    assert (bodies(items), errors) == ([PAGES[0], PAGES[0]], [])


@pytest.mark.parametrize("coding", [c for c in CODINGS if c != "x-gzip"])
def test_a_bomb_in_a_page_is_refused(coding: str) -> None:
    body = CODINGS[coding](b"<html>" + b" " * 20_000_000)
    items, errors = read(record(1, answer(body, f"Content-Encoding: {coding}")) + RECORDS[1], page=1_000_000)
    assert bodies(items) == [PAGES[1]]
    assert "more than 1,000,000 bytes" in errors[0].reason


def test_a_page_beyond_the_limit_is_refused() -> None:
    items, errors = read(record(1, answer(b"<html>" + b"x" * 2_000_000)) + RECORDS[1], page=1_000_000)
    assert bodies(items) == [PAGES[1]]
    assert "more than 1,000,000 bytes" in errors[0].reason


def test_an_unknown_coding_is_named() -> None:
    _, errors = read(record(1, answer(b"\x01\x02", "Content-Encoding: aes128gcm")))
    assert "aes128gcm" in errors[0].reason


def test_a_head_without_end_is_refused() -> None:
    raw = b"WARC/1.0\r\n" + b"X: y\r\n" * 5000 + b"\r\n" + RECORDS[1]
    items, errors = read(raw)
    assert bodies(items) == [PAGES[1]]
    assert "more than 1,000 lines" in errors[0].reason


def zeros(size: int) -> bytes:
    code = zlib.compressobj(9, wbits=31)
    block = b"\0" * 1_000_000
    return b"".join(code.compress(block) for _ in range(size // len(block))) + code.flush()


BOMB = zeros(300_000_000)


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.txt.gz", "a.html.gz", "a.csv.gz", "a.warc.gz"])
def test_bombs_are_refused(name: str) -> None:
    items, errors = read(BOMB, name)
    assert items == []
    assert errors
    assert any("refused" in e.reason or "more than" in e.reason or "no column" in e.reason or "no WARC" in e.reason for e in errors), [
        str(e) for e in errors
    ]


@pytest.mark.parametrize(("name", "before"), [("a.jsonl.gz", True), ("a.txt.gz", False)])
def test_cut_packed_text(name: str, before: bool) -> None:
    lines = b"".join(b'{"text": "%d %x"}\n' % (n, n * 7919**9) for n in range(20_000))
    items, errors = read(gzip.compress(lines)[:-1000], name)
    assert (len(items) > 10_000) is before
    assert errors[-1].reason.startswith("breaks off at byte")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (gzip.compress(gzip.compress(b"x")), "packed twice"),
        (b"BZh91AY", "is a bzip2 archive"),
        (b"PK\x03\x04..", "is a zip archive"),
        (b"a" * 257 + b"ustar", "is a tar archive"),
    ],
)
def test_other_packing_is_named(raw: bytes, reason: str) -> None:
    assert reason in read(raw, "a.jsonl")[1][0].reason


def test_folders(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.jsonl").write_text('{"text": "dua"}\n')
    (tmp_path / "a.txt").write_text("satu")
    (tmp_path / ".hidden").write_text("x")
    (tmp_path / "c").symlink_to(tmp_path / "b")
    (tmp_path / "b" / "loop").symlink_to(tmp_path)
    (tmp_path / "d").symlink_to("nowhere")
    os.mkfifo(tmp_path / "e")
    (tmp_path / "f\n.txt").write_text("tiga")
    Path(os.fsdecode(bytes(tmp_path) + b"/g\xff.txt")).write_text("empat")
    found = list(open_all([str(tmp_path)], Options()))
    texts = sorted(i.content.text for i in found if isinstance(i, Item) and isinstance(i.content, Report))
    assert texts == ["dua", "empat", "satu", "tiga"]
    errors = [e for e in found if isinstance(e, SourceError)]
    assert [Path(e.place).name for e in errors] == ["d", "e"]
    assert "pipe" in errors[1].reason


def test_an_empty_folder_and_a_file_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = open_all([str(tmp_path)], Options())
    assert "holds no file" in str(found)

    def broken(*_: object) -> object:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text("x")
    monkeypatch.setattr("kawat.sources.open._Metered", broken)
    (found,) = open_all([str(tmp_path)], Options())
    assert "cannot be read: Permission denied" in str(found)
