"""Tables: CSV, TSV, Parquet; and names for their columns."""

from __future__ import annotations

import gzip
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kawat.errors import SourceError
from kawat.faces.cli import main
from kawat.records import Report
from kawat.sources.item import Found, Item
from kawat.sources.open import open_all, read_stream
from kawat.sources.options import Limits, Options

TEXT = "Menlu Rusia mengecam sanksi itu."


def read(raw: bytes, name: str = "a.csv", limits: Limits = Limits(), **fields: str) -> tuple[list[Report], list[str]]:  # noqa: B008
    return split(list(read_stream(io.BytesIO(raw), name, Options(fields=fields, limits=limits))))


def split(found: list[Found]) -> tuple[list[Report], list[str]]:
    reports = [f.content for f in found if isinstance(f, Item) and isinstance(f.content, Report)]
    return reports, [str(f) for f in found if isinstance(f, SourceError)]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_dialects_and_encodings(sign: str, coding: str, pack: Any) -> None:
    rows = [["id", "published", "text", "tags"], ["7", "2024-11-13", f'"{TEXT}\n\nKata ""dia"", {sign} 王毅."', "a; b"]]
    raw = "\r\n".join(sign.join(r if sign != ";" else f'"{r}"' if r == "a; b" else r for r in row) for row in rows)
    reports, errors = read(pack(raw.encode(coding)), "a.csv.gz")
    assert errors == []
    assert (reports[0].id, reports[0].text, reports[0].tags) == ("7", f'{TEXT}\n\nKata "dia", {sign} 王毅.', ("a", "b"))
    assert reports[0].published
    assert reports[0].published.start == "2024-11-13"


def test_faulty_rows_are_named_by_line_and_the_rest_is_read() -> None:
    raw = b'text,published\n"a\nb",2024-01-01\n\nonly one\nc,kemarin\n,2024-01-01\nx\xff,2024-01-01\nd,\n'
    reports, errors = read(raw)
    assert [(r.id, r.text) for r in reports] == [("a.csv:2", "a\nb"), ("a.csv:9", "d")]
    assert [e.split(":")[0] for e in errors] == ["a.csv, line 5", "a.csv, line 6, key published", "a.csv, line 7", "a.csv, line 8"]
    assert "has 1 cells, and the first line names 2 columns" in errors[0]
    assert "not UTF-8" in errors[3]


def test_one_column_is_enough_and_an_empty_table_is_none() -> None:
    assert [r.text for r in read(b"text\nsatu\ndua\n")[0]] == ["satu", "dua"]
    assert read(b"") == ([], [])


def test_a_table_without_text_says_what_to_do() -> None:
    reports, errors = read(b"date;body\n2024-11-13;x\n2024-11-13;y\n")
    assert reports == []
    assert errors == ["a.csv: has no column `text` or `html`; its columns are date, body: say which one holds the text, as --map text=NAME"]
    reports, errors = read(b"date;body\n2024-11-13;x\n", text="body", published="date")
    assert (reports[0].text, errors) == ("x", [])
    assert "no column 'boby', which --map names for text" in read(b"date;body\n2024-11-13;x\n", text="boby")[1][0]


def test_an_open_quotation_mark_does_not_fill_the_memory() -> None:
    raw = b'text,id\n"open,1\n' + b"x,2\n" * 50_000
    reports, errors = read(raw, limits=Limits(line=20_000))
    assert "a row of more than 20,000 characters; is a quotation mark never closed?" in errors[0]
    assert errors[0].startswith("a.csv, line 2:")
    assert len(reports) > 40_000


def test_a_line_beyond_the_limit_is_a_bad_row() -> None:
    reports, errors = read(b"text,id\n" + b"x" * 100_000 + b",1\ny,2\n", limits=Limits(line=20_000))
    assert [r.text for r in reports] == ["y"]
    assert len(errors) == 1


def parquet(path: Path, **columns: Any) -> Path:
    pyarrow = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    pq.write_table(pyarrow.table(columns), path)
    return path


def all_of(path: Path, **fields: str) -> tuple[list[Report], list[str]]:
    return split(list(open_all([str(path)], Options(fields=fields))))


def test_parquet_of_every_type(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    moment = datetime(2024, 11, 13, 23, 30, tzinfo=UTC)
    path = parquet(
        tmp_path / "a.parquet",
        id=pyarrow.array([1, 2]),
        text=pyarrow.array([TEXT, None], pyarrow.large_string()),
        outlet=pyarrow.array(["Warta", "Warta"]).dictionary_encode(),
        published=pyarrow.array([moment, moment], pyarrow.timestamp("ns", "UTC")),
        modified=pyarrow.array([date(2024, 11, 14)] * 2),
        authors=pyarrow.array([["A", "B"], []]),
        vector=pyarrow.array([[0.1] * 8] * 2),
    )
    reports, errors = all_of(path)
    assert errors == [f"{path}, row 2: no text: the row has neither `text` nor `html`; if it is called otherwise, say --map text=NAME"]
    assert (reports[0].id, reports[0].text, reports[0].outlet, reports[0].authors) == ("1", TEXT, "Warta", ("A", "B"))
    assert [d.start for d in (reports[0].published, reports[0].modified) if d] == ["2024-11-13", "2024-11-14"]


def test_parquet_with_nested_columns(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", article=[{"body": TEXT, "when": {"day": "2024-11-13"}}], text=["other"])
    reports, errors = all_of(path, text="article.body", published="article.when.day")
    assert (reports[0].text, errors) == (TEXT, [])
    assert reports[0].published
    assert "has no column 'article.boby'" in all_of(path, text="article.boby")[1][0]


def test_parquet_that_is_damaged_or_a_stream(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", text=[TEXT * 50] * 1000)
    raw = path.read_bytes()
    for bad in (raw[: len(raw) // 2], raw[:200] + b"\xa5" * 400 + raw[600:], b"PAR1" * 10, b""):
        path.write_bytes(bad)
        reports, errors = all_of(path)
        assert reports or errors
    path.write_bytes(gzip.compress(raw))
    assert "not packed" in all_of(path)[1][0]


def test_map_on_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"date,body\n2024-11-13,{TEXT}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["read", str(path), "--map", "text=body,published=date", "--to", "jsonl"])
    assert result.exit_code == 0
    assert TEXT in result.stdout
    for given, fault in (("body=text", "no key of a report; there are text, html, id"), ("text", "KEY=NAME"), ("text=a,text=b", "twice")):
        result = CliRunner().invoke(main, ["read", str(path), "--map", given])
        assert result.exit_code == 2
        assert fault in " ".join(result.stderr.replace("│", " ").split())
    result = CliRunner().invoke(main, ["read", str(path), "--from", "word"])
    assert result.exit_code == 2
    assert "'word' is none of warc, parquet, csv" in " ".join(result.stderr.split())
