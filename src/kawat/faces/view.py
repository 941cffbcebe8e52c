"""A reading for people: the report with its marks, then who said what and who did what."""

from __future__ import annotations

import bisect
import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kawat import packs
from kawat.records import Event, Reading, Span, Statement, When

if TYPE_CHECKING:
    from kawat.pipeline import Trace

_QUOTE_MAX = 90
_SHOWN = 400  # code points of a text that is not read
_NARROW = 110  # columns
_WORDS = "words"
_SAID = ("line", "speaker", "cue", "kind", _WORDS, "via")
_DONE = ("line", "type", "who", "to whom", "date", "status", "says", _WORDS)
STYLES = {
    "state": "bold blue", "person": "bold green", "organisation": "bold cyan", "media": "bold yellow", "group": "cyan",
    "cue": "magenta", "trigger": "red", "time": "underline", "furniture": "dim", "glitch": "reverse",
}  # fmt: skip
_QUADS = {"verbal-cooperation": "green", "material-cooperation": "bright_green", "verbal-conflict": "yellow", "material-conflict": "red"}


def console() -> Console:
    """Colours on a terminal, plain text of any width in a pipe."""
    tty = sys.stdout.isatty()
    return Console(highlight=False, markup=False, emoji=False, width=None if tty else 160, soft_wrap=not tty)


class Lines:
    """Line numbers, counted from 1, of offsets into a text."""

    def __init__(self, text: str) -> None:
        self.starts = [0] + [i + 1 for i, c in enumerate(text) if c == "\n"]

    def of(self, offset: int) -> int:
        return bisect.bisect_right(self.starts, offset)


def show(reading: Reading, trace: Trace | None, screen: Console) -> None:
    """Print one reading."""
    report = reading.report
    screen.rule(Text(" · ".join(x for x in (report.id, report.outlet, report.language, day(report.published)) if x)), align="left")
    if not reading.packs:
        screen.print(plain(report.text[:_SHOWN]) + ("…" if len(report.text) > _SHOWN else ""))
        return
    body = marked(reading, trace)
    at = Lines(report.text)
    for k, line in enumerate(body.split("\n", allow_blank=True), 1):
        if line.plain.strip():
            screen.print(Text(f"{k:>3} ", style="dim"), line, sep="")
    names = {a.id: a.name for a in reading.actors}
    if reading.statements:
        screen.print("\nWho said what", style="bold")
        _rows(screen, _SAID, [_statement_row(s, reading, names, at) for s in reading.statements])
    if reading.events:
        screen.print("\nWho did what to whom", style="bold")
        _rows(screen, _DONE, [_event_row(e, reading, names, at) for e in reading.events], _type_styles())
    if reading.relations:
        screen.print("\nRelations", style="bold")
        for r in reading.relations:
            since = f", since {r.since.start[:4]}" if r.since and r.since.start else ""
            screen.print(f"  {r.kind}: {r.name} ({', '.join(r.parties) or 'parties not named'}{since}) {_quote(reading, r.evidence[0])}")
    if reading.provenance:
        screen.print("\nSources", style="bold")
        for p in reading.provenance:
            screen.print(f"  {p.relation}: {p.name}" + (f" [{p.language}]" if p.language else ""), markup=False)
    screen.print()


def marked(reading: Reading, trace: Trace | None) -> Text:
    """The text with pieces dimmed and mentions, cues, triggers and, where there is a trace, times coloured."""
    text = Text(plain(reading.report.text))
    for a in reading.actors:
        for m in a.mentions:
            text.stylize(STYLES[a.kind], *m)
    for row in trace.parsed if trace else ():
        for d in row:
            for n in d.nodes:
                if n.time:
                    text.stylize(STYLES["time"], n.start, n.end)
    for s in reading.statements:
        if s.cue:
            text.stylize(STYLES["cue"], *s.cue)
    for e in reading.events:
        text.stylize(STYLES["trigger"], *e.trigger)
    for p in reading.report.pieces:
        if p.kind == "translation_glitch":
            text.stylize(STYLES["glitch"], *p.span)
        elif p.kind not in ("headline", "caption"):
            text.stylize(STYLES["furniture"], *p.span)
        else:
            text.stylize("bold" if p.kind == "headline" else "italic", *p.span)
    return text


def plain(text: str) -> str:
    """Without control characters, which would command the terminal; as long as before."""
    return "".join(c if (c >= " " and not "\x7f" <= c <= "\x9f") or c in "\n\t" else "\ufffd" for c in text)


def day(when: When | None) -> str:
    """A date as short as its precision."""
    if when is None:
        return ""
    if when.precision == "day":
        return when.start or ""
    if when.precision == "month":
        return (when.start or "")[:7]
    if when.precision == "year":
        return (when.start or when.end or "")[:4]
    return f"{when.start or '…'} to {when.end or '…'}"


def _quote(reading: Reading, span: Span) -> str:
    words = " ".join(plain(reading.report.text[slice(*span)]).split())
    return f"«{words if len(words) <= _QUOTE_MAX else words[: _QUOTE_MAX - 1] + '…'}»"


def _name(ident: str | None, names: dict[str, str]) -> str:
    return names.get(ident or "", ident or "?")


def _type_styles() -> dict[str, str]:
    """Event types coloured by their quad."""
    return {t.name: _QUADS[t.quad] for t in packs.world().types.values()}


def _rows(screen: Console, columns: tuple[str, ...], rows: list[list[str]], styles: dict[str, str] | None = None) -> None:
    """A table, or on a narrow screen two lines a record: its fields, then its words."""
    if screen.width < _NARROW:
        for row in rows:
            *fields, words = [x for c, x in zip(columns, row, strict=True) if x and c != _WORDS] + [row[columns.index(_WORDS)]]
            screen.print(Text("  ").append("  ".join(fields)))
            screen.print(Text("      " + words, style="dim"))
        return
    table = Table(box=None, padding=(0, 1), header_style="dim", pad_edge=True)
    for c in columns:
        table.add_column(c, overflow="fold", no_wrap=c in ("line", "kind", "date", "status"))
    for row in rows:
        table.add_row(*(Text(x, style=(styles or {}).get(x, "") if c == "type" else "") for c, x in zip(columns, row, strict=True)))
    screen.print(table)


def _statement_row(s: Statement, reading: Reading, names: dict[str, str], at: Lines) -> list[str]:
    cue = reading.report.text[slice(*s.cue)] if s.cue else "(goes on)"
    content = _quote(reading, s.content[0]) if s.content else ""
    return [str(at.of(s.content[0].start)), _name(s.speaker, names), cue, s.kind, content, _name(s.via, names) if s.via else ""]


def _event_row(e: Event, reading: Reading, names: dict[str, str], at: Lines) -> list[str]:
    return [
        str(at.of(e.trigger.start)), e.type, ", ".join(_name(i, names) for i in e.actors),
        ", ".join(_name(i, names) for i in e.recipients), day(e.date), e.status,
        "" if e.asserted_by == "narrator" else _name(e.asserted_by, names), _quote(reading, e.evidence[0]),
    ]  # fmt: skip
