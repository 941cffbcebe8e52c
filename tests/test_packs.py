"""Faults of packs: each is told with its file, entry and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from kawat import packs
from kawat.errors import PackError
from kawat.lexicon.check import _entry_examples
from kawat.lexicon.schema import LANGUAGE_FILES, Trigger

GOOD = '[[trigger]]\nlemma = "mengecam"\ntype = "ACCUSE"\nactor = ["subject"]\nrecipient = ["object"]\nyes = ["Iran mengecam Israel."]\n'


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (GOOD.replace("ACCUSE", "SCOLD"), "trigger 1 (mengecam): type"),
        (GOOD.replace("actor =", "doer ="), "trigger 1 (mengecam): entry"),
        (GOOD + "symmetric = 3\n", "trigger 1 (mengecam): symmetric"),
        (GOOD + "symmetric = \n", "line 7"),
        (GOOD.replace("mengecam", "menge\u0301cam"), "NFC"),
    ],
    ids=["value", "key", "kind", "syntax", "normal form"],
)
def test_fault_of_shape_names_its_place(tmp_path: Path, text: str, wanted: str) -> None:
    path = tmp_path / "triggers.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PackError) as e:
        packs.decode_file(path, LANGUAGE_FILES["triggers"])
    assert "triggers.toml" in str(e.value)
    assert wanted in str(e.value)


@pytest.mark.parametrize(
    ("yes", "no", "wanted"),
    [
        (["Iran mengecam Israel."], ["Guru mengecam murid."], []),
        (["Iran memuji Israel."], [], ["must make"]),
        ([], ["Iran mengecam Israel."], ["must not make"]),
        ([], ["Balon itu meledak."], ["cannot fail"]),
    ],
    ids=["right", "silent", "misfires", "idle"],
)
def test_examples_are_read(yes: list[str], no: list[str], wanted: list[str]) -> None:
    row = Trigger(lemma="mengecam", type="ACCUSE", yes=yes, no=no)
    messages = [m.text for m in _entry_examples("id", "triggers", row)]
    assert len(messages) == len(wanted)
    assert all(w in m and "id/triggers.toml: mengecam" in m for w, m in zip(wanted, messages, strict=True))
