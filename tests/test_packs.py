"""Faults of packs: each is told with its file, entry and key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from kawat.errors import PackError
from kawat.lexicon.check import _entry_examples
from kawat.lexicon.files import decode_file, overlay, shared_forms
from kawat.lexicon.schema import LANGUAGE_FILES, Trigger
from kawat.lexicon.world import WORLD_FILES
from kawat.lexicon.world_check import LANGUAGES, check_world

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
        decode_file(path, LANGUAGE_FILES["triggers"])
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


def named(name: str) -> dict[str, list[str]]:
    return {lang: [name] for lang in LANGUAGES}


def person(ident: str, *posts: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": ident, "names": named(ident), "country": "IDN", "posts": list(posts), **more}


def post(since: str, until: str, office: str = "mayor", **more: Any) -> dict[str, Any]:
    return {"office": office, "state": "IDN", "since": since, "until": until, **more}


def body(ident: str, **more: Any) -> dict[str, Any]:
    return {"id": ident, "name": ident, "kind": "igo", "names": named(ident), **more}


def outlet(ident: str, *domains: str, **more: Any) -> dict[str, Any]:
    return {"id": ident, "name": ident, "domains": list(domains), **more}


A, B = person("ani", post("2010", "2014-05-06")), person("budi", post("2014-05-06", ""))


@pytest.mark.parametrize(
    ("tables", "fault", "wanted"),
    [
        ({"person": [A, B]}, True, ""),
        ({"person": [A, person("budi", post("2014", ""))]}, True, ""),
        ({"person": [A, person("budi", post("2014-05-05", ""))]}, True, "people.toml: budi: mayor of IDN: since 2014-05-05, while ani"),
        ({"person": [A, person("budi", post("2014-05-05", "", acting=True))]}, True, ""),
        ({"person": [A, person("budi", post("2014-05-05", "", "minister"))]}, True, ""),
        ({"person": [person("ani", post("2010", "", "minister")), person("budi", post("2010", "", "minister"))]}, True, ""),
        ({"person": [person("ani", post("2010", "")), B]}, False, "people.toml: note: ani: mayor of IDN: has no until, and budi follows"),
        ({"person": [person("ani", post("2010", "")), person("budi", post("2010", ""))]}, True, "budi: mayor of IDN: since 2010, while"),
        ({"person": [person("ani", post("2015-03", "2015-02-20"))]}, True, "ani: posts 1 (mayor): until 2015-02-20 is before"),
        ({"person": [person("ani", post("2015", "2015-02-20"))]}, True, ""),
        ({"person": [person("ani", post("2015-13", ""))]}, True, "ani: posts 1 (mayor): since 2015-13 is no date"),
        ({"person": [person("ani", post("", "", "lord-mayor"))]}, True, "ani: posts 1 (lord-mayor): lord-mayor is in no offices.toml"),
        ({"person": [person("ani", post("", "", state="INA"))]}, True, "ani: posts 1 (mayor): state INA is in no list"),
        ({"person": [person("ani", post("", "", state=""))]}, True, "ani: posts 1 (mayor): neither state nor body"),
        ({"person": [person("ani", country="")]}, True, "people.toml: ani: country: empty"),
        ({"person": [person("ani", country="INA")]}, True, "people.toml: ani: country: INA is no state"),
        ({"person": [person("ani", names={**named("Ani"), "zh": []})]}, True, "people.toml: ani: names: none in zh"),
        ({"body": [body("dewan", names={**named("Dewan"), "ru": []})]}, True, "bodies.toml: dewan: names: none in ru"),
        ({"body": [body("dewan", names={"en": ["Council"]}, abbreviations=named("D"))]}, True, ""),
        ({"person": [person("ani"), person("ani-2", names={**named("x"), "en": ["Ani"]})]}, False, "note: ani-2: names: en 'ani' is"),
        ({"person": [person("ani"), person("ani-2", names={**named("x"), "en": ["X", "Ani"]})]}, True, "ani-2: names: en 'ani' names ani"),
        ({"person": [person("ani")], "body": [body("ani", names=named("x"))]}, True, "bodies.toml: ani: id: is an id in people.toml too"),
        ({"outlet": [outlet("x", "x.id"), outlet("y", "x.id")]}, True, "outlets.toml: y: domains: x.id is claimed by x too"),
        ({"body": [body("dewan"), body("x", names={**named("x"), "ru": ["dewan"]})]}, True, "x: names: ru 'dewan' names dewan of"),
        ({"body": [body("dewan", country="IDN")], "outlet": [outlet("x", country="IDN", names=named("dewan"))]}, True, ""),
        ({"office": [{"id": "leader", "held_as": ["mayor"], "first": {"mayor": ["INA"]}}]}, True, "leader: first: INA is no state"),
        ({"body": [body("dewan", members=["IDN", "INA"])]}, True, "bodies.toml: dewan: members: INA is neither"),
    ],
)  # fmt: skip
def test_facts_of_the_world(tables: dict[str, list[dict[str, Any]]], fault: bool, wanted: str) -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "state": [{"id": "IDN", "name": "Indonesia"}], "office": [{"id": "minister", "many": True}],
        "person": [], "body": [], "outlet": [], "place": [], "mechanism": [], **tables,
    }  # fmt: skip
    kinds = {name: kind for name, kind in WORLD_FILES.items() if name not in ("plover", "names")}
    files = {name: msgspec.convert({k: rows[k] for k in kind.__struct_fields__}, kind) for name, kind in kinds.items()}
    found = [m.text for m in check_world(files, frozenset({"mayor"})) if m.fault == fault]
    assert len(found) == bool(wanted), found
    assert all(wanted in m for m in found)


def test_child_is_laid_over_its_parent() -> None:
    below = {
        "cue": [{"lemma": "a", "sense": "say"}, {"lemma": "b", "sense": "add"}],
        "negation": ["x", "y"],
        "modality": {"planned": ["p"], "obliged": ["o"]},
    }
    above = {"cue": [{"lemma": "b", "sense": "deny"}], "negation": ["z"], "modality": {"planned": ["q"]}, "without": {"negation": ["x"]}}
    assert overlay(below, above) == {
        "cue": [{"lemma": "b", "sense": "deny"}, {"lemma": "a", "sense": "say"}],
        "negation": ["z", "y"],
        "modality": {"planned": ["q", "p"], "obliged": ["o"]},
    }


def test_child_adds_to_an_entry_of_its_parent() -> None:
    below = {
        "office": [{"id": "a", "names": ["x", "y"], "sector": "GOV"}, {"id": "b", "names": ["z"]}],
        "trigger": [{"lemma": "l", "type": "AID", "forms": ["m"], "needs": ["n"]}],
    }
    above = {
        "office": [{"id": "a", "adds": True, "names": ["w"], "without": {"names": ["x"]}}],
        "trigger": [{"lemma": "l", "type": "AID", "adds": True, "forms": ["k"], "needs": ["o"]}],
    }
    assert overlay(below, above) == {
        "office": [{"id": "a", "names": ["w", "y"], "sector": "GOV"}, {"id": "b", "names": ["z"]}],
        "trigger": [{"lemma": "l", "type": "AID", "forms": ["k", "m"], "needs": ["o", "n"]}],
    }


def test_child_takes_out_words_entries_and_keys() -> None:
    below = {"cue": [{"lemma": "a"}, {"lemma": "b"}], "weekdays": {"x": 1, "y": 2}, "negation": ["p", "q"]}
    above = {"without": {"cue": ["a"], "weekdays": ["y"], "negation": ["q"]}}
    assert overlay(below, above) == {"cue": [{"lemma": "b"}], "weekdays": {"x": 1}, "negation": ["p"]}


@pytest.mark.parametrize("above", [{"without": {"cue": ["c"]}}, {"cue": [{"lemma": "c", "adds": True}]}])
def test_child_cannot_change_what_it_does_not_inherit(above: dict[str, Any]) -> None:
    with pytest.raises(PackError, match="c"):
        overlay({"cue": [{"lemma": "a"}]}, above)


def pack(folder: Path, inherits: str, negation: str) -> Path:
    folder.mkdir()
    (folder / "pack.toml").write_text(f'[pack]\ninherits = "{inherits}"\n', "utf-8")
    (folder / "force.toml").write_text(f'accuse = ["{negation}"]\n', "utf-8")
    return folder / "force.toml"


def test_file_of_a_child_may_leave_out_what_it_inherits(tmp_path: Path) -> None:
    parent = pack(tmp_path / "aa", "", "jahat")
    rest = [name for name in LANGUAGE_FILES["force"].__struct_fields__ if name != "accuse"]
    parent.write_text(parent.read_text("utf-8") + "".join(f"{name} = []\n" for name in rest), "utf-8")
    child = pack(tmp_path / "ab", "aa", "buruk")
    assert decode_file(child, LANGUAGE_FILES["force"]).accuse == ["buruk", "jahat"]
    child.unlink()
    assert decode_file(child, LANGUAGE_FILES["force"]).accuse == ["jahat"]


@pytest.mark.parametrize(("needs", "wanted"), [("", [("mencela", "menyelar", "mengecam")]), ('needs = ["negara"]\n', [])])
def test_form_of_an_inherited_entry_is_not_written_again(tmp_path: Path, needs: str, wanted: list[tuple[str, str, str]]) -> None:
    for name, parent, more in (("aa", "", 'forms = ["mencela"]\n'), ("ab", "aa", f'forms = ["mencela"]\n{needs}')):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "pack.toml").write_text(f'[pack]\ninherits = "{parent}"\n', "utf-8")
        (folder / "triggers.toml").write_text((GOOD if not parent else GOOD.replace('"mengecam"', '"menyelar"')) + more, "utf-8")
    path = tmp_path / "ab" / "triggers.toml"
    assert list(shared_forms(path, "trigger", decode_file(path, LANGUAGE_FILES["triggers"]).trigger)) == wanted


def test_unknown_parent_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="inherits: there is no other pack 'zz'"):
        decode_file(pack(tmp_path / "ab", "zz", "buruk"), LANGUAGE_FILES["force"])
