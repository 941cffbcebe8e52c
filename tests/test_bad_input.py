"""What may come in and must not break anything."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kawat import Report, read
from kawat.faces.cli import main
from kawat.sources.days import published_on

GOOD = '{"id": "a", "text": "Menteri Luar Negeri Rusia Sergei Lavrov mengecam keputusan Amerika Serikat itu.", "published": "2024-11-13"}\n'


def run(*args: str, stdin: bytes | str = b"") -> Result:
    return CliRunner().invoke(main, ["read", *args], input=stdin)


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    for raw in (b"", b" \n\n", b"\xef\xbb\xbf\n"):
        path.write_bytes(raw)
        result = run(str(path), "--to", "jsonl")
        assert result.exit_code == 1
        assert result.stdout == ""
        assert "empty.txt: is empty" in result.stderr


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (bytes(range(256)) * 20, "looks like binary"),
        ("Perancis dan Türkiye".encode("latin-1"), "not UTF-8 at byte 14; convert it to UTF-8 first, e.g. iconv -f"),
    ],
    ids=["binary", "encoding"],
)
def test_what_is_no_text_is_named(tmp_path: Path, raw: bytes, fault: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(raw)
    result = run(str(path))
    assert result.exit_code == 1
    assert f"page.txt: {fault}" in result.stderr


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
    assert "standard input, line 3: no text" in result.stderr
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


@pytest.mark.parametrize("words", ["999 dekade lalu", "kemarin", "2.000 tahun lalu", "31 Februari", "pekan depan"])
@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31", "2024-11-13"])
def test_days_beyond_the_calendar(words: str, published: str) -> None:
    reading = read(Report(id="x", text=f"Rusia mengecam Amerika Serikat {words}.", language="id", published=published_on(published)))
    assert [e.type for e in reading.events] == ["ACCUSE"]


def test_publication_by_month_or_year_resolves_nothing() -> None:
    for published in ("2024", "2024-11"):
        reading = read(Report(id="x", text="Rusia mengecam Amerika Serikat kemarin.", language="id", published=published_on(published)))
        assert reading.events[0].date is None


def test_markup_and_control_characters_are_shown_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Rusia mengecam [b]Amerika Serikat[/x] \x1b[31m.\n", encoding="utf-8")
    result = run(str(path), "--language", "id")
    assert result.exit_code == 0
    assert "[/x]" in result.stdout
    assert "\x1b" not in result.stdout


def test_lone_surrogates_are_named() -> None:
    reading = read(Report(id="x", text="Rusia \ud800 mengecam", language="id"))
    assert reading.events == ()
    assert "surrogate" in reading.notes[0]


def test_nested_json_is_a_bad_line() -> None:
    result = run("-", "--from", "jsonl", "--to", "jsonl", stdin='{"text": ' + "[" * 100_000 + "\n" + GOOD)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1


def test_byte_order_mark_language_tag_and_number_as_day() -> None:
    line = '{"text": "Rusia mengecam Amerika Serikat.", "language": "ID-id", "published": 20241113}\n'
    result = run("-", "--to", "jsonl", stdin=b"\xef\xbb\xbf" + line.encode())
    assert json.loads(result.stdout)["events"][0]["date"]["start"] == "2024-11-13"


def test_one_sentence_is_read_in_the_language_that_can_be_read() -> None:
    assert read(Report(id="x", text="Rusia mengecam Amerika Serikat.")).report.language == "id"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Iran menyerang Israel.", "id"),  # says nothing: the parent's
        ("Menteri itu mengatakan bahwa Iran menyerang Israel.", "id"),
        ("Menteri itu berkata bahawa Iran menyerang Israel.", "ms"),
        ("Tentera Iran melancarkan peluru berpandu ke Israel pada Khamis.", "ms"),
    ],
)
def test_near_relatives_are_told_by_their_words(text: str, language: str) -> None:
    assert read(Report(id="x", text=text)).report.language == language


def test_a_report_that_breaks_the_reader_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from kawat import pipeline

    good = pipeline.read_traced

    def fragile(report: Report) -> object:
        if report.id == "bad":
            raise ZeroDivisionError("no reason")
        return good(report)

    monkeypatch.setattr(pipeline, "read_traced", fragile)
    result = run("-", "--from", "jsonl", "--to", "jsonl", stdin=GOOD.replace('"a"', '"bad"') + GOOD)
    assert result.exit_code == 1
    assert "bad: could not be read: ZeroDivisionError" in result.stderr
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("junk", ["'a ", '"a ', "Menlu Rusia Abc Def ", "(1) "])
def test_junk_takes_no_more_than_in_proportion(junk: str) -> None:
    """Ten times the text gives about ten times the steps, counted as calls, not as seconds."""
    import sys

    def calls(text: str) -> int:
        count = 0

        def tick(_frame: object, event: str, _arg: object) -> None:
            nonlocal count
            count += event == "call"

        sys.setprofile(tick)
        try:
            read(Report(id="x", text=text, language="id"))
        finally:
            sys.setprofile(None)
        return count

    read(Report(id="x", text=junk, language="id"))
    assert calls(junk * 1000) < 20 * calls(junk * 100)


@pytest.mark.parametrize("words", ["al-Jubeir Sekar", "al-Jubeir-Sekar", "xi jinping Sekar"])
def test_listed_name_in_small_letters_before_a_name_ends(words: str) -> None:
    text = words + " mengecam Rusia."
    assert read(Report(id="x", text=text, language="id")).report.text == text


def test_explain_names_rule_and_words(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Rusia mengecam Amerika Serikat.\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["explain", str(path), "1", "--language", "id"])
    assert result.exit_code == 0
    assert "id/triggers:mengecam" in result.stdout
    assert CliRunner().invoke(main, ["explain", str(path), "9", "--language", "id"]).exit_code == 1


def test_json_is_a_list() -> None:
    result = run("-", "--from", "jsonl", "--to", "json", stdin=GOOD)
    assert [r["report"]["id"] for r in json.loads(result.stdout)] == ["a"]


@pytest.mark.parametrize(
    ("language", "own", "foreign"),
    [
        ("zh", "俄罗斯总统普京20日会见了印度总理莫迪。", "日本の外務省は、中国の発表を歓迎し、ロシアに抗議したと述べた。"),
        ("ru", "Президент России Владимир Путин встретился с премьер-министром Индии.", "俄罗斯总统普京20日会见了中国外长王毅。"),
        (
            "id",
            "Presiden Prabowo Subianto bertemu Presiden Rusia Vladimir Putin di Moskow.",
            "Президент встретился с министром иностранных дел Китая Ван И.",
        ),
    ],
)
def test_a_line_in_another_script_is_kept_and_not_read(language: str, own: str, foreign: str) -> None:
    text = f"{own}\n{foreign}\n"
    reading = read(Report(id="x", text=text, language=language))
    assert [text[slice(*p.span)] for p in reading.report.pieces if p.kind == "foreign_language"] == [foreign]
    assert {e.type for e in reading.events} == {"CONSULT"}
    assert all(s.end <= len(own) for e in reading.events for s in (e.trigger, *e.party_spans))
