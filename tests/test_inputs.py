"""How inputs are told apart, and what is said of those that hold no reports."""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from kawat.errors import SourceError
from kawat.sources.item import Item
from kawat.sources.open import open_all, size_of
from kawat.sources.options import Options
from kawat.sources.registry import PEEK, source_of
from kawat.store.store import Store

URLS = "https://example.org/a\nhttps://example.org/b?c=d\n"


@pytest.mark.parametrize("name", ["a.txt", "standard input", "a.text.gz"])
@pytest.mark.parametrize(
    ("head", "source"),
    [
        (URLS, "urls"),
        ("\ufeff# ours\r\n\r\n" + URLS.replace("\n", "\r\n"), "urls"),
        ("HTTPS://example.org/a", "urls"),
        ("# a comment\n", "text"),
        ("# ours\n" + URLS + "Jakarta, 13 November\n", "text"),
        ("Lihat https://example.org/a\n", "text"),
        (("https://example.org/" + "x" * 99 + "\n") * 50, "urls"),
    ],
)
def test_a_text_of_urls_alone_is_a_list_of_them(name: str, head: str, source: str) -> None:
    assert source_of(name, head.encode()[:PEEK]).name == source


def test_other_endings_are_not_second_guessed() -> None:
    assert source_of("a.csv", URLS.encode()).name == "csv"


def faults(*names: str) -> list[str]:
    return [
        str(f) if isinstance(f, SourceError) else f"read: {f.place}"
        for f in open_all(names, Options())
        if isinstance(f, SourceError | Item)
    ]


@pytest.mark.parametrize("name", ["ftp://example.org/a.txt", "file:///etc/hosts", "S3://bucket/key"])
def test_other_schemes(name: str) -> None:
    assert faults(name) == [f"{name}: cannot be asked: only http and https are; files are named by their path"]


def office(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in names:
            file.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "<xml/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is PDF: make text of it first, e.g. pdftotext FILE.pdf"),
        (b"{\\rtf1\\ansi Rusia}", "is RTF"),
        (office("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "is a document of an office program"),
        (office("mimetype", "content.xml"), "is a document of an office program"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "is a document of an office program"),
        (office("reports/1.txt"), "is a zip archive: unpack it first"),
        (b"SQLite format 3\0" + bytes(84), "is a database (SQLite)"),
        ("Türkiye ve Fransa".encode("windows-1254"), "not UTF-8 at byte 1; convert it to UTF-8 first, e.g. iconv -f windows-1252 -t utf-8"),
    ],
)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_what_holds_no_reports_says_what_to_do(tmp_path: Path, raw: bytes, fault: str, pack: type[bytes]) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(pack(raw))
    (told,) = faults(str(path))
    assert told.startswith(f"{path}: {fault}")


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.jsonl", b'{"text": "T\xfcrkiye"}\n'), ("a.json", b'[{"text": "T\xfcrkiye"}]'), ("a.csv", b"text,id\nT\xfcrkiye,1\n")],
)
def test_rows_in_other_encodings(tmp_path: Path, name: str, raw: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(raw)
    (told,) = faults(str(path))
    assert "is not UTF-8; convert it to UTF-8 first, e.g. iconv -f" in told


def test_a_folder_is_read_past_the_store_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rusia mengecam sanksi itu.")
    (tmp_path / "notes-wal").write_text("x")
    with Store(str(tmp_path / "news.db")) as store, store.writing(), closing(sqlite3.connect(tmp_path / "news.db")) as reader:
        reader.execute("SELECT count(*) FROM reports").fetchall()
        (tmp_path / "news.db-journal").write_bytes(b"")
        assert {"news.db-wal", "news.db-shm"} <= {p.name for p in tmp_path.iterdir()}
        assert faults(str(tmp_path)) == [f"read: {tmp_path / 'a.txt'}", f"read: {tmp_path / 'notes-wal'}"]
        assert size_of([str(tmp_path)]) == 27
        assert all("is a database" in f for f in faults(str(tmp_path / "news.db")))


def test_a_folder_with_nothing_but_a_database(tmp_path: Path) -> None:
    (tmp_path / "news.db").write_bytes(b"SQLite format 3\0")
    assert faults(str(tmp_path)) == [f"{tmp_path}: holds no file (hidden ones and databases are passed over)"]
