"""Commands that ask a store: events, search, show."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from kawat.errors import StoreError
from kawat.faces.intake import STORE

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kawat.records import Record, Span
    from kawat.store.tables import EventRow, ReportRow

_WORDS = 100  # code points of a line that shows what was found
TO = click.option("--to", "target", type=click.Choice(["view", "jsonl"]), default="view", show_default=True)
LIMIT = click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True)


@click.command()
@STORE
@click.option(
    "--between", nargs=2, metavar="A B", help="Two actors, e.g. CHN USA or China wang-yi: what they did together or one to the other."
)
@click.option("--actor", metavar="ID", help="Who did it: a state with all who act for it, or one of them, e.g. wang-yi.")
@click.option("--recipient", metavar="ID", help="To whom.")
@click.option("--type", "kind", metavar="TYPE", help="PLOVER type, e.g. CONSULT.")
@click.option("--since", metavar="DATE", help="The first day, month or year, e.g. 2024-11-01.")
@click.option("--until", metavar="DATE", help="The last day, month or year.")
@LIMIT
@TO
def events(path: str, between: tuple[str, str] | None, actor: str | None, recipient: str | None, kind: str | None, since: str | None,
           until: str | None, limit: int, target: str) -> None:  # fmt: skip
    """List events of a store, the newest first.

    Actors are ids or names: CHN, china, "Wang Yi"; a state stands for all who act for it. `kawat show` shows the report of an event.
    """
    from kawat.faces.view import console
    from kawat.store.store import Store

    with Store(path) as store, _told():
        rows = store.events(between=between, actor=actor, recipient=recipient, type=kind, since=since, until=until, limit=limit)
        if target == "jsonl":
            _write(rows)
        elif not _show_events(rows, console()):
            unknown = [x for x in (*(between or ()), actor, recipient) if x and not store.names(x)]
            click.echo("No such event." + "".join(f" No report names {x!r}." for x in unknown))


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """What a question cannot mean, as a fault of the command."""
    try:
        yield
    except ValueError as e:
        raise click.UsageError(str(e)) from e


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True)
@STORE
@LIMIT
@TO
def search(words: tuple[str, ...], path: str, limit: int, target: str) -> None:
    """Find reports by their words, the best first.

    All WORDS must be there; "a phrase" as it stands, begin* for beginnings, OR between two of which one will do, -word for none.
    Letters meet with and without their marks (đ and d, ё and е), simplified and traditional characters too.
    """
    from kawat.faces.view import console
    from kawat.store.store import Store

    with Store(path) as store, _told():
        rows = store.reports(" ".join(map(_phrase, words)), limit=limit)
        _write(rows) if target == "jsonl" else _show_reports(rows, words, console())


@click.command()
@click.argument("numbers", nargs=-1, type=click.IntRange(min=1), required=True, metavar="REPORT…")
@STORE
@TO
def show(numbers: tuple[int, ...], path: str, target: str) -> None:
    """Show reports of a store with all their records. REPORT is the number that stands first in `kawat events` and `kawat search`."""
    from kawat.faces.view import console
    from kawat.faces.view import show as print_reading
    from kawat.store.store import Store

    missing = []
    with Store(path) as store:
        for number in numbers:
            reading = store.reading(number)
            if reading is None:
                missing.append(f"{path}: no report {number}")
                continue
            for note in reading.notes:
                click.echo(f"kawat: {reading.report.id}: {note}", err=True)
            if target == "jsonl":
                _write([reading])
            else:
                print_reading(reading, None, console())
    if missing:
        raise StoreError("; ".join(missing))


def _phrase(word: str) -> str:
    """Words that the shell hands over as one are a phrase, unless they are a question of their own."""
    if " " not in word or '"' in word or " OR " in word or " -" in word:
        return word
    return f'-"{word[1:]}"' if word.startswith("-") else f'"{word}"'


def _write(rows: Iterable[Record]) -> None:
    import msgspec

    for row in rows:
        click.echo(msgspec.json.encode(row))


def _show_events(rows: Iterable[EventRow], screen: Console) -> bool:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("report", "date", "type", "who", "to whom", "status", "words", "outlet"):
        table.add_column(name, overflow="fold", no_wrap=name in ("report", "date", "type", "status"))
    for e in rows:
        who, whom = (", ".join(x) for x in (e.actor_names, e.recipient_names))
        table.add_row(str(e.report), _when(e), e.type, who, whom, e.status, e.words, e.outlet or "")
    if table.row_count:
        screen.print(table)
    return table.row_count > 0


def _when(e: EventRow) -> str:
    """A date as short as its precision."""
    if e.precision == "period":
        return f"{e.date or '…'} to {e.until or '…'}"
    return str(e.date or e.until or "")[: {"month": 7, "year": 4}.get(e.precision or "", 10)]


def _show_reports(rows: Iterable[ReportRow], words: Iterable[str], screen: Console) -> None:
    from rich.text import Text

    none = True
    for r in rows:
        none = False
        about = " · ".join(x for x in (str(r.published or ""), r.outlet, r.language, r.url) if x)
        line = _line(r.text, words)
        screen.print(Text.assemble((f"{r.report} ", "dim"), (r.title or line.plain, "bold"), ("\n    " + about, "dim"), "\n    ", line))
    if none:
        screen.print("Nothing found.")


def _line(text: str, asked: Iterable[str]) -> Text:
    """The line of a text that holds most of the words, cut to what can be seen at a glance, with the words in it marked."""
    from rich.text import Text

    best, found = max(((line, _met(line, asked)) for line in text.splitlines() or [""]), key=lambda x: len({word for word, _ in x[1]}))
    start, end = _window(best, found[0][1].start if found else 0)
    line = Text(best[start:end])
    for _, span in found:
        line.stylize("underline", max(0, span.start - start), max(0, span.end - start))
    return Text.assemble("… " if start else "", line, " …" if end < len(best) else "")


def _met(line: str, asked: Iterable[str]) -> list[tuple[str, Span]]:
    """The words of a line that were asked for, folded, with where they stand."""
    from kawat.store.fold import fold, words

    wanted = [part for x in asked if x != "OR" for part in x.split() if not part.startswith("-")]
    whole = {word for part in wanted if not part.endswith("*") for word in fold(part.strip('"')).split()}
    begin = tuple(word for part in wanted if part.endswith("*") for word in fold(part.strip('"*')).split())
    return [(word, span) for word, span in words(line) if word in whole or word.startswith(begin)]


def _window(line: str, at: int) -> tuple[int, int]:
    """Where to cut a line so that `at` is seen, between words where there are blanks."""
    start = 0 if len(line) <= _WORDS else max(0, min(at - _WORDS // 2, len(line) - _WORDS))
    end = min(start + _WORDS, len(line))
    if start:
        start = line.find(" ", start, at) + 1 or start
    if end < len(line):
        end = line.rfind(" ", max(at, end - _WORDS // 4), end) if " " in line[max(at, end - _WORDS // 4) : end] else end
    return start, end
