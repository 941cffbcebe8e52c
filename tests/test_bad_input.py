"""What may come in and must not break anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kawat import Report, read
from kawat.faces.cli import main

GOOD = '{"id": "a", "text": "Menteri Luar Negeri Rusia Sergei Lavrov mengecam keputusan Amerika Serikat itu.", "published": "2024-11-13"}\n'


def run(*args: str, stdin: bytes | str = b"") -> Result:
    return CliRunner().invoke(main, ["read", *args], input=stdin)


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    result = run(str(path), "--to", "jsonl")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["statements"] == []
    assert "no language" in result.stderr


def test_binary_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "photo.txt"
    path.write_bytes(bytes(range(256)) * 20)
    result = run(str(path))
    assert result.exit_code == 1
    assert "photo.txt: looks like binary" in result.stderr


def test_wrong_encoding_says_where(tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Perancis dan Türkiye".encode("latin-1"))
    result = run(str(path))
    assert result.exit_code == 1
    assert "latin.txt: not UTF-8 at byte 14" in result.stderr


def test_utf16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "wide.txt"
    path.write_bytes("Rusia mengecam Amerika Serikat dalam pernyataan hari Senin.".encode("utf-16"))
    assert run(str(path), "--to", "jsonl").exit_code == 0


def test_missing_file_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "there.jsonl"
    path.write_text(GOOD, encoding="utf-8")
    result = run(str(tmp_path / "not-there.txt"), str(path), "--to", "jsonl")
    assert result.exit_code == 1
    assert "not-there.txt: cannot be read" in result.stderr
    assert len(result.stdout.splitlines()) == 1


def test_bad_json_line_names_file_and_line_and_the_rest_is_read() -> None:
    result = run("-", "--from", "jsonl", "--to", "jsonl", stdin=GOOD + "{nonsense\n" + '{"id": "b"}\n' + GOOD)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert "standard input, line 2: not a report" in result.stderr
    assert "standard input, line 3: not a report" in result.stderr
    assert "2 reports could not be read" in result.stderr


def test_bad_date_in_a_line() -> None:
    result = run("-", "--from", "jsonl", "--to", "jsonl", stdin='{"text": "x", "published": "kemarin"}\n')
    assert result.exit_code == 1
    assert "line 1, key published" in result.stderr


def test_bad_date_option() -> None:
    result = run("-", "--published", "13/11/2024", stdin="Rusia")
    assert result.exit_code == 2
    assert "2024-11-13" in result.stderr


def test_unknown_language_is_an_empty_reading() -> None:
    result = run(
        "-", "--from", "text", "--to", "jsonl", stdin="Der Außenminister traf am Dienstag in Berlin seinen Kollegen aus Frankreich. " * 5
    )
    assert result.exit_code == 0
    assert json.loads(result.stdout)["events"] == []
    assert "no pack for language 'de'" in result.stderr


@pytest.mark.parametrize(
    "text",
    [
        '"Kami siap, kata Menlu Rusia Sergei Lavrov, Selasa.',
        'Lavrov mengatakan: "Rusia tidak akan mundur.\nIa juga mengecam Amerika Serikat.',
        "‏Rusia‎ mengecam ‮Amerika Serikat‬.",
        "Rusia\u0301 mengecam Amerika 😀 Serikat.",
        "",
        " \n\n\t\n ",
        '"""""',
        "RUSIA MENGECAM AMERIKA SERIKAT",
    ],
)
def test_odd_texts_are_read(text: str) -> None:
    reading = read(Report(id="x", text=text, language="id"))
    assert reading.report.text == text


def test_no_publication_day_gives_no_resolved_dates() -> None:
    reading = read(Report(id="x", text="Rusia mengecam Amerika Serikat pada hari Senin.", language="id"))
    assert [e.type for e in reading.events] == ["ACCUSE"]
    assert reading.events[0].date is None


def test_line_of_50_mb_is_refused_with_a_reason() -> None:
    sentence = "Kementerian Luar Negeri Rusia mengecam Amerika Serikat. "
    text = sentence * (50_000_000 // len(sentence))
    reading = read(Report(id="x", text=text, language="id"))
    assert reading.events == ()
    assert "2,000,000" in reading.notes[0]


def test_sentence_without_an_end() -> None:
    text = "Rusia, Amerika Serikat, " * 8000
    assert read(Report(id="x", text=text, language="id")).report.text == text
