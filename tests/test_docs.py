"""docs/packs.md tells of every key that a pack file may hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from conftest import ROOT

from kawat.lexicon import world
from kawat.lexicon.raw import Raw

PAGE = (ROOT / "docs" / "packs.md").read_text("utf-8")
CODE = set(re.findall(r"\w+", " ".join(m[0] for m in re.finditer(r"```.*?```|`[^`\n]+`", PAGE, re.DOTALL))))
WORDS = set(re.findall(r"\w+", PAGE))


def entries(kind: type[Raw]) -> Iterator[type[Raw]]:
    for row in kind.__subclasses__():
        yield row
        yield from entries(row)


def test_the_schema_is_seen() -> None:
    assert {"GlueFile", "Trigger", world.Outlet.__name__} <= {row.__name__ for row in entries(Raw)}


@pytest.mark.parametrize("kind", [pytest.param(row, id=row.__name__) for row in entries(Raw)])
def test_every_key_is_explained(kind: type[Raw]) -> None:
    words = WORDS if kind.__name__ == "GlueFile" else CODE  # some lists of function words are told in prose
    assert [key for key in kind.__struct_fields__ if key not in words] == []
