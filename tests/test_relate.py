"""What holds between two parties that the user names."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from kawat import Pair, Span, relate
from kawat.faces.cli import main


def pair(marked: str, language: str) -> Pair:
    """A text in which the actor stands in [brackets] and the recipient in {braces}."""
    text = "".join(c for c in marked if c not in "[]{}")
    spans = {}
    for opening, closing in ("[]", "{}"):
        before = marked[: marked.index(opening)]
        start = len(before) - sum(before.count(c) for c in "[]{}")
        inner = marked[marked.index(opening) + 1 : marked.index(closing)]
        spans[opening] = Span(start, start + len(inner))
    return Pair(id=0, text=text, actor=spans["["], recipient=spans["{"], language=language)


@pytest.mark.parametrize(
    ("marked", "type_"),
    [
        ("[Serikat Nelayan Pantura] mengecam {Kementerian Kelautan}.", "ACCUSE"),
        ("{Kementerian Kelautan} dikecam oleh [Serikat Nelayan Pantura].", "ACCUSE"),
        ("[Kota Tarum] mengancam akan menggugat {PT Sinar Rawa}.", "THREATEN"),
        ("[Yayasan Lentera] tidak mendukung {wali kota itu}.", "REJECT"),
        ("[Para petani] berjalan di samping {para nelayan}.", None),
    ],
)
def test_indonesian(marked: str, type_: str | None) -> None:
    assert relate(pair(marked, "id")).type == type_


def run(*lines: str) -> Result:
    return CliRunner().invoke(main, ["relate", "-", "--language", "id"], input="\n".join(lines))


def test_faulty_lines_are_named_and_the_others_read() -> None:
    good = json.dumps({"id": "a", "text": "Rusia mengecam Jepang.", "actor": [0, 5], "recipient": [15, 21]})
    result = run(good, "{", json.dumps({"id": "b", "text": "Rusia", "actor": [0, 9], "recipient": [0, 5]}), good)
    assert result.exit_code == 1
    assert [json.loads(x)["type"] for x in result.stdout.splitlines()] == ["ACCUSE", "ACCUSE"]
    assert "standard input, line 2" in result.stderr
    assert "line 3, key actor: [0, 9] is no span" in result.stderr


def test_one_party_may_be_unknown() -> None:
    result = run(json.dumps({"id": "a", "text": "Rusia mengecam Jepang.", "actor": [0, 5], "recipient": None}))
    assert result.exit_code == 0
    assert json.loads(result.stdout)["type"] == "ACCUSE"
