"""Rows of any input: their days and times, what they lack, and how that is told."""

from __future__ import annotations

import io
import json

import pytest

from kawat.errors import SourceError
from kawat.records import Report
from kawat.sources.days import published_on
from kawat.sources.item import Found, Item, Page
from kawat.sources.open import read_stream
from kawat.sources.options import Options

TEXT = "Menlu Rusia mengecam sanksi itu."


def found_in(raw: bytes, name: str, form: str | None = None, **fields: str) -> list[Found]:
    return list(read_stream(io.BytesIO(raw), name, Options(fields=fields), form))


def lines(*rows: object) -> bytes:
    return "\n".join(json.dumps(r, ensure_ascii=False) for r in rows).encode()


def report(**row: object) -> Report:
    (item,) = found_in(lines({"text": TEXT, **row}), "a.jsonl")
    assert isinstance(item, Item), item
    assert isinstance(item.content, Report)
    return item.content


def fault(**row: object) -> str:
    (error,) = found_in(lines({"text": TEXT, **row}), "a.jsonl")
    assert isinstance(error, SourceError)
    return str(error)


@pytest.mark.parametrize(
    "written",
    [
        "2024-11-13",
        "2024/11/13",
        "2024.11.13",
        "13.11.2024",
        "13.11.2024, 08:30",
        "2024/11/13 08:30:00",
        "20241113",
        "1731484800",
        20241113,
    ],
)
def test_days_in_figures_that_tell_day_from_month(written: str | int) -> None:
    day = report(published=written).published
    assert day
    assert (day.start, day.end, day.precision) == ("2024-11-13", "2024-11-13", "day")


def test_single_figures() -> None:
    assert [published_on(d).start for d in ("2024-3-5", "5.3.2024", "2024/3/05")] == ["2024-03-05"] * 3


@pytest.mark.parametrize("written", ["12/11/2024", "13/11/2024", "12-11-2024", "12/11/24", "12/11/2024 08:00"])
def test_a_day_that_may_be_a_month_is_refused(written: str) -> None:
    assert fault(published=written) == (f"a.jsonl, line 1, key published: {written!r} does not tell day from month; write it as 2024-11-13")


@pytest.mark.parametrize("written", ["31.02.2024", "2024/13/01", "2024-00-10", "2024-13"])
def test_a_day_that_is_none(written: str) -> None:
    assert "is no day of the calendar" in fault(modified=written)


def test_a_day_in_words_says_what_can_be_read() -> None:
    assert "'kemarin' is no day that can be read: write it as 2024-11-13, 2024/11/13, 13.11.2024" in fault(published="kemarin")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2024-11-13T08:00:00Z", "2024-11-13T08:00:00Z"),
        ("2024-11-13T08:00:00.123+07:00", "2024-11-13T01:00:00Z"),
        ("2024-11-13 08:00", "2024-11-13T08:00:00Z"),
        ("2024-11-13", "2024-11-13T00:00:00Z"),
        ("", None),
    ],
)
def test_times_of_fetching_are_kept_in_utc(written: str, kept: str | None) -> None:
    assert report(fetched=written).fetched == kept


@pytest.mark.parametrize("written", ["yesterday", "0001-01-01T00:00:00+14:00", "13.11.2024"])
def test_a_time_of_fetching_that_is_none(written: str) -> None:
    assert f"line 1, key fetched: {written!r} is no ISO time such as 2024-11-13T08:00:00Z" in fault(fetched=written)


def test_html_counts_where_the_text_is_empty() -> None:
    for text in ("", " \n", None):
        (item,) = found_in(lines({"text": text, "html": "<p>x</p>"}), "a.jsonl")
        assert isinstance(item, Item)
        assert isinstance(item.content, Page)
        assert item.content.body == b"<p>x</p>"


def test_an_empty_text_is_no_report() -> None:
    found = found_in(lines({"text": " \n"}, {"html": ""}, {"text": TEXT}), "a.jsonl")
    assert [str(f) for f in found[:2]] == [
        "a.jsonl, line 1: is empty: nothing stands under `text`",
        "a.jsonl, line 2: is empty: nothing stands under `html`",
    ]
    assert isinstance(found[2], Item)
    assert "is empty" in str(found_in(b'text,id\n" ",1\n', "a.csv")[0])


def test_a_row_without_a_text_says_which_keys_it_has() -> None:
    (error,) = found_in(lines({"body": TEXT, "day": "2024-11-13"}), "a.jsonl")
    assert str(error) == (
        "a.jsonl, line 1: no text: has neither `text` nor `html`; its keys are body, day: say which one holds the text, as --map text=NAME"
    )
    (error,) = found_in(lines({"body": TEXT, "day": "2024-11-13"}), "a.jsonl", text="boby")
    assert str(error) == "a.jsonl, line 1: no text: nothing stands under 'boby', which --map names; its keys are body, day"


def test_a_name_that_no_row_has_is_told_once() -> None:
    rows = [{"body": TEXT, "meta": {"day": "2024-11-13"}}, {"body": TEXT}]
    found = found_in(lines(*rows), "a.jsonl", text="body", published="meta.day")
    assert [type(f) for f in found] == [Item, Item]
    found = found_in(lines(*rows), "a.jsonl", text="body", published="meta.date")
    assert [type(f) for f in found] == [Item, Item, SourceError]
    assert str(found[2]) == (
        "a.jsonl: nothing stands under 'meta.date' anywhere, which --map names for published; the first keys are body, meta"
    )


def test_lines_read_as_a_table_give_a_short_message() -> None:
    row = {"body": TEXT * 50, **{f"key{n}": n for n in range(500)}}
    (error,) = found_in(lines(row), "a.jsonl", "csv")
    assert "has no column `text` or `html`" in str(error)
    assert len(str(error)) < 1200
