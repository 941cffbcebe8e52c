"""Why a line gave the records it gave: rule, pack entry and words of each."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.text import Text

from kawat.faces.view import Lines, day, plain
from kawat.records import Reading, Span


def explain_line(reading: Reading, line: int, screen: Console) -> bool:
    """Print what was made of `line` (from 1). False where the report has no such line."""
    text = reading.report.text
    rows = plain(text).removesuffix("\n").split("\n")
    if line > len(rows):
        screen.print(f"{reading.report.id} has {len(rows)} lines, not {line}")
        return False
    at = Lines(text)
    screen.print(Text(f"{line}  {rows[line - 1]}"))
    for p in reading.report.pieces:
        if at.of(p.span.start) == line:
            _row(screen, "piece", p.kind, [("words", p.span)], text, "")
    for a in reading.actors:
        for m in a.mentions:
            if at.of(m.start) == line:
                _row(screen, "mention", f"{a.id} ({a.kind}{', ' + a.country if a.country else ''})", [("words", m)], text, "")
    for s in reading.statements:
        if s.content and line in {at.of(c.start) for c in s.content}:
            parts: list[tuple[str, Span | None]] = [("speaker", s.source), ("cue", s.cue), *(("content", c) for c in s.content)]
            _row(screen, "statement", f"{s.id} {s.kind} by {s.speaker}" + (f" via {s.via}" if s.via else ""), parts, text, s.rule)
    for e in reading.events:
        if line in {at.of(x.start) for x in (e.trigger, *e.evidence)}:
            ids = [*e.actors, *e.recipients]
            parts = [
                ("trigger", e.trigger),
                *zip(ids, e.party_spans, strict=False),
                ("date", e.date.span if e.date else None),
                ("place", e.place_span),
            ]
            whom = f" -> {', '.join(e.recipients)}" if e.recipients else ""
            when = f" on {day(e.date)} ({e.date.basis})" if e.date else ""
            _row(
                screen, "event", f"{e.id} {e.type} {', '.join(e.actors)}{whom}, {e.status}{when}, says {e.asserted_by}", parts, text, e.rule
            )
    for r in reading.relations:
        if line in {at.of(x.start) for x in r.evidence}:
            _row(screen, "relation", f"{r.kind} {', '.join(r.parties)}", [("words", x) for x in r.evidence], text, r.rule)
    for v in reading.provenance:
        if v.span and at.of(v.span.start) == line:
            _row(screen, "provenance", f"{v.relation} {v.name}", [("words", v.span)], text, v.rule)
    return True


def _row(screen: Console, kind: str, head: str, parts: list[Any], text: str, rule: str) -> None:
    line = Text("  ")
    line.append(kind, style="bold")
    line.append(f"  {head}")
    if rule:
        line.append(f"  [{rule}]", style="cyan")
    screen.print(line)
    for name, span in parts:
        if span:
            screen.print(Text(f"      {name} {list(span)}: «{plain(text[slice(*span)])}»", style="dim"))
