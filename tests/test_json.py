"""JSON that is not lines."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from kawat.errors import SourceError
from kawat.records import Report
from kawat.sources.item import Found, Item
from kawat.sources.open import open_all, read_stream
from kawat.sources.options import Limits, Options

ROWS = [{"id": 1, "text": "satu"}, {"id": 2, "text": "dua"}]
LINES = "\n".join(json.dumps(r) for r in ROWS) + "\n"


def read(raw: str | bytes, name: str = "a.json", limits: Limits = Limits(), **fields: str) -> list[str]:  # noqa: B008
    """Texts and errors, in their order."""
    raw = raw if isinstance(raw, bytes) else raw.encode()
    return [told(f) for f in read_stream(io.BytesIO(raw), name, Options(fields=fields, limits=limits))]


def told(found: Found) -> str:
    return found.content.text if isinstance(found, Item) and isinstance(found.content, Report) else str(found)


@pytest.mark.parametrize(
    "held", [ROWS, {"articles": ROWS}, {"total": 2, "tags": ["a"], "articles": ROWS, "none": []}], ids=["list", "one", "more"]
)
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("before", ["", "\ufeff", "\n \n"])
def test_lists_of_reports(held: Any, indent: int | None, before: str) -> None:
    assert read(before + json.dumps(held, indent=indent)) == ["satu", "dua"]


@pytest.mark.parametrize("indent", [None, 2])
def test_one_report(indent: int | None) -> None:
    assert read(json.dumps(ROWS[0], indent=indent)) == ["satu"]


@pytest.mark.parametrize("held", [ROWS, {"articles": ROWS}, ROWS[0]], ids=["list", "object", "report"])
def test_told_by_content(held: Any) -> None:
    assert read(json.dumps(held, indent=1), "standard input")[0] == "satu"
    assert read(json.dumps(ROWS), "standard input") == ["satu", "dua"]


def test_lines_in_a_json_file_are_lines() -> None:
    assert read(LINES) == ["satu", "dua"]
    assert read("\n" + LINES + "{nonsense\n")[2].startswith("a.json, line 4: not a report")
    found = read("\n{nonsense\n" + LINES)
    assert found[0].startswith("a.json, line 2: not a report")
    assert found[1:] == ["satu", "dua"]


def test_lines_are_not_bounded_as_a_whole() -> None:
    assert len(read(LINES * 100, limits=Limits(json=1000))) == 200


def test_beyond_the_limit_says_what_to_do() -> None:
    assert read(json.dumps(ROWS * 100), limits=Limits(json=1000)) == [
        "a.json: has more than 1,000 bytes of JSON: make lines of it, e.g. jq -c '.[]' FILE > FILE.jsonl"
    ]
    assert read(json.dumps(ROWS * 100), limits=Limits(json=10_000, line=100)) == ["satu", "dua"] * 100


def test_names_of_keys() -> None:
    held = {"data": [{"article": {"body": "satu"}, "meta": {"day": "2024-11-13"}}]}
    assert read(json.dumps(held), text="article.body", published="meta.day") == ["satu"]
    assert read(json.dumps(held["data"][0]), text="article.body") == ["satu"]
    assert "its keys are article, meta" in read(json.dumps(held), text="article.boby")[0]


def test_faulty_items_are_named_and_the_rest_is_read() -> None:
    found = read(json.dumps([{"text": 5}, "x", {"day": 1}, {"text": "y", "published": "12/11/2024"}, *ROWS]))
    assert [f.split(":")[0] for f in found[:4]] == ["a.json, item 1", "a.json, item 2", "a.json, item 3", "a.json, item 4, key published"]
    assert found[4:] == ["satu", "dua"]


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("", "a.json: is empty"),
        (" \n", "a.json: is empty"),
        ("[]", "a.json: holds no report: the list is empty"),
        ("[1, 2]", "a.json: holds no report: the list is not one of objects"),
        ('"text"', "a.json: is no whole JSON"),
        (json.dumps(ROWS, indent=2)[:9], "a.json: is no whole JSON"),
        ("[" * 100_000, "a.json: is no whole JSON"),
        ('{"a": ' * 100_000, "a.json: is no whole JSON"),
        (b'[{"text": "\xff"}]', "a.json, item 1: is not UTF-8; convert it"),
        ('{"name": "x", "list": []}', "a.json, item 1: no text: has neither `text` nor `html`; its keys are name, list"),
        (json.dumps({"a": ROWS, "b": ROWS}), "a.json: holds several lists, a, b: take one out, e.g. jq -c '.a[]' FILE"),
    ],
)
def test_what_holds_no_report(raw: str | bytes, fault: str) -> None:
    (found,) = read(raw)
    assert found.startswith(fault)


def test_an_object_in_a_line_that_holds_a_list_says_what_to_do() -> None:
    (found,) = read(json.dumps({"articles": ROWS}), "a.jsonl")
    assert "--from json" in found


def test_places_keys_and_ids(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"text": "x"}, *ROWS]))
    found = list(open_all([str(path)], Options()))
    assert not any(isinstance(f, SourceError) for f in found)
    assert [(f.place, f.key) for f in found if isinstance(f, Item)] == [
        (f"{path}, item 1", None),
        (f"{path}, item 2", f"{path}#1"),
        (f"{path}, item 3", f"{path}#2"),
    ]


@pytest.mark.parametrize("before", ["", '{"articles": ', "\ufeff \n"])
def test_a_list_that_breaks_off_gives_what_is_whole(before: str) -> None:
    whole = json.dumps([{"text": f"text {n}"} for n in range(9)], indent=2)
    for end in (len(whole) - 1, len(whole) - 10, len(whole) // 2):
        *texts, fault = read(before + whole[:end])
        assert texts == [f"text {n}" for n in range(whole[:end].count("}"))]
        assert f"the {len(texts)} before that are read" in fault
