"""Golden tests: every sample reads as its file under golden/ says, one line a record.

KAWAT_GOLDEN=write pytest rewrites the files; look at the diff before committing it.
"""

from __future__ import annotations

import os

import pytest
from conftest import ROOT, samples
from shorthand import lines_of

from kawat import Report, read

GOLDEN = ROOT / "tests" / "golden"


@pytest.mark.parametrize("report", samples(), ids=lambda r: r.id)
def test_sample_reads_as_written(report: Report) -> None:
    lines = lines_of(read(report))
    path = GOLDEN / str(report.language) / f"{report.id}.txt"
    if os.environ.get("KAWAT_GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("report", samples(), ids=lambda r: r.id)
def test_language_is_told(report: Report) -> None:
    import msgspec

    assert read(msgspec.structs.replace(report, language=None)).report.language == report.language
