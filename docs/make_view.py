"""Make docs/view.svg: what `kawat read` shows of a sample, as an SVG by rich, without fonts from elsewhere."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from kawat import Report
from kawat.faces.view import show
from kawat.pipeline import read_traced
from kawat.sources.report import reports

ROOT = Path(__file__).parent.parent
_SAMPLE = "id-05"
_WIDTH = 150


def main() -> None:
    samples = reports(str(ROOT / "samples" / "id.jsonl"))
    report = next(r for r in samples if isinstance(r, Report) and r.id == _SAMPLE)
    screen = Console(record=True, width=_WIDTH, file=io.StringIO(), force_terminal=True, highlight=False)
    show(*read_traced(report), screen)
    svg = screen.export_svg(title=f"kawat read samples/id.jsonl ({_SAMPLE})", unique_id="kawat")
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    (ROOT / "docs" / "view.svg").write_text(re.sub(r"[ \t]+$", "", svg, flags=re.MULTILINE), encoding="utf-8")


if __name__ == "__main__":
    main()
