"""Small cases, one class of sentence each: tests/cases/<language>.txt.

A case is a line of text and, indented below it, the records that it must give and no others (statements, events, relations and
provenance, in the words of shorthand.py without line numbers). A line that begins with `#` names the class. A case under `! ` is
one that Kawat cannot read yet: it must fail, so that a lucky mend is noticed. KAWAT_GOLDEN=write rewrites the records.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT, one
from shorthand import lines_of

CASES = ROOT / "tests" / "cases"


class Case(NamedTuple):
    name: str
    text: str
    wanted: list[str]
    known_failure: bool


def cases(path: Path) -> list[Case]:
    out: list[Case] = []
    name = ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#"):
            name = line.lstrip("# ")
        elif line.startswith("  "):
            out[-1].wanted.append(line.strip())
        elif line:
            out.append(Case(name, line.removeprefix("! "), [], line.startswith("! ")))
    return out


def got(case: Case, language: str) -> list[str]:
    rows = [row.strip().split(" ", 1)[1] for row in lines_of(one(case.text.replace(" / ", "\n"), language))]
    return [r for r in rows if r.split(" ", 1)[0] in ("statement", "event", "relation", "provenance", "piece")]


def rewrite() -> None:
    for path in CASES.glob("*.txt"):
        out: list[str] = []
        name = ""
        for case in cases(path):
            if case.name != name:
                out += ["", f"# {case.name}"]
                name = case.name
            rows = case.wanted if case.known_failure else got(case, path.stem)
            out += [("! " if case.known_failure else "") + case.text, *(f"  {row}" for row in rows)]
        path.write_text("\n".join(out).strip() + "\n", encoding="utf-8")


if os.environ.get("KAWAT_GOLDEN") == "write":
    rewrite()
PARAMS = [
    pytest.param(path.stem, c, id=f"{path.stem}:{c.name}:{c.text[:40]}", marks=[pytest.mark.xfail(strict=True)] if c.known_failure else [])
    for path in sorted(CASES.glob("*.txt"))
    for c in cases(path)
]


@pytest.mark.parametrize(("language", "case"), PARAMS)
def test_case_reads_as_written(language: str, case: Case) -> None:
    assert got(case, language) == case.wanted
