"""Commands that fill a store and look after it: add, watch, reread, failures."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from kawat.faces.options import input_options

if TYPE_CHECKING:
    from rich.console import Console

    from kawat.sources.item import Found
    from kawat.store.tables import FailureRow

STORE = click.option("--store", "path", default="news.db", show_default=True, metavar="FILE", help="The store.")
PROCESSES = click.option(
    "--processes", type=click.IntRange(min=1), default=lambda: os.cpu_count() or 1, metavar="N", help="Read on N cores; default: all."
)

KEEP_RAW = click.option("--keep-raw", is_flag=True, help="Keep each page as it came, packed, beside its report.")
_NAMED = 10  # places of one reason
PRIVATE = click.option("--allow-private", "private", is_flag=True, help="Ask servers of private networks too.")


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…|-")
@STORE
@PROCESSES
@input_options
@KEEP_RAW
@PRIVATE
@click.option("--published", metavar="DATE", help="Day of publication, where the input gives none.")
@click.option("--outlet", help="Who published it, where the input does not say.")
@click.option("--language", metavar="CODE", help="Language of all reports, e.g. id; else told for each.")
def add(sources: tuple[str, ...], path: str, processes: int, source: str | None, fields: dict[str, str], keep_raw: bool, private: bool,
        published: str | None, outlet: str | None, language: str | None) -> None:  # fmt: skip
    """Take reports into a store, which is made if it is not there.

    SOURCE is a file, folder or URL; - is standard input. A report that is there already changes nothing; one whose text changed is a new
    version, and the old one is kept. Stopped and started again, it goes on where it was. What could not be read is listed by
    `kawat failures`. Exit code 1 says that there was some.
    """
    from kawat.faces.options import given_of
    from kawat.faces.progress import Watched
    from kawat.sources.open import open_all, size_of
    from kawat.sources.options import Meter, Options
    from kawat.store.intake import Summary, readers, take_in
    from kawat.store.prepare import Settings
    from kawat.store.store import Store

    settings = Settings(given_of(published, outlet, None, language), keep_raw)
    summary, meter = Summary(), Meter()
    with Store(path) as store, store.writing() as writer, readers(processes) as pool, Watched(summary, path, meter) as watched:
        meter.total = size_of(sources) if watched.shown else 0
        found = open_all(sources, Options(fields=fields, visited=store.visited, holds=store.holds, meter=meter, private=private), source)
        take_in(writer, found, pool, summary, settings, watched.tell)
    sys.exit(1 if summary.failed else 0)


@click.command()
@click.argument("lists", nargs=-1, required=True, metavar="LIST…")
@STORE
@PROCESSES
@click.option(
    "--every", default="10m", show_default=True, metavar="TIME", help="From the beginning of one round to the next: 30s, 10m, 2h."
)
@click.option("--once", is_flag=True, help="One round only.")
@KEEP_RAW
@PRIVATE
def watch(lists: tuple[str, ...], path: str, processes: int, every: str, once: bool, keep_raw: bool, private: bool) -> None:
    """Keep taking in what feeds bring, until stopped.

    LIST is a file or URL: OPML, one URL a line, a feed or a sitemap. Servers are asked politely: as robots.txt allows, one request at a
    time to each host, and only for what is new. Ctrl-C or SIGTERM end it when the reports at hand are written; a second one ends it at
    once. With --once, exit code 1 says that something could not be read.
    """
    from kawat.engines.watch import watch as rounds
    from kawat.faces.progress import Watched
    from kawat.faces.signals import stopping
    from kawat.sources.options import Meter, Options
    from kawat.store.intake import Summary, readers, take_in
    from kawat.store.prepare import Settings
    from kawat.store.store import Store

    seconds = _seconds(every)
    summary, meter, settings = Summary(), Meter(), Settings(keep_raw=keep_raw)
    with Store(path) as store, store.writing() as writer, readers(processes) as pool, Watched(summary, path, meter) as watched:
        options = Options(visited=store.visited, holds=store.holds, meter=meter, private=private)
        with stopping(options.run.stop):

            def take(found: Iterator[Found]) -> None:
                take_in(writer, found, pool, summary, settings, watched.tell)
                watched.round()

            rounds(lists, take, options, seconds, once)
    sys.exit(1 if once and summary.failed else 0)


def _seconds(written: str) -> float:
    found = re.fullmatch(r"(\d+)\s*([smh])", written.strip())
    if not found or not int(found[1]):
        raise click.BadParameter(f"{written!r} is no time such as 30s, 10m or 2h", param_hint="--every")
    return int(found[1]) * {"s": 1.0, "m": 60.0, "h": 3600.0}[found[2]]


@click.command()
@STORE
@click.option("--to", "target", type=click.Choice(["view", "jsonl"]), default="view", show_default=True)
@click.option("--forget", is_flag=True, help="Take them off the list; what still cannot be read comes again when it is met again.")
def failures(path: str, target: str, forget: bool) -> None:
    """List what could not be read and why, and reports that no pack reads."""
    import msgspec

    from kawat.faces.view import console
    from kawat.store.store import Store

    with Store(path) as store:
        if forget:
            with store.writing(make=False) as writer:
                click.echo(f"{writer.forget_failures():,} forgotten")
        elif target == "jsonl":
            for row in store.failures():
                click.echo(msgspec.json.encode(row))
        else:
            _show_failures(store.failures(), console())


def _show_failures(rows: Iterable[FailureRow], screen: Console) -> None:
    """By reason, the commonest first; of each reason the first places."""
    from rich.text import Text

    places: dict[str, list[FailureRow]] = {}
    for row in rows:
        places.setdefault(row.reason, []).append(row)
    for reason, found in sorted(places.items(), key=lambda x: -len(x[1])):
        found.sort(key=lambda row: [int(x) if x.isdigit() else x for x in re.split(r"(\d+)", row.place)])
        screen.print(Text(f"{reason} ({len(found):,})" if len(found) > 1 else reason, style="bold"))
        for row in found[:_NAMED]:
            tried = f"last tried {row.last[:16].replace('T', ' ')}" + (
                f", {row.times} times since {row.first[:10]}" if row.times > 1 else ""
            )
            screen.print(Text.assemble(f"    {row.place}  ", (tried, "dim")))
        if len(found) > _NAMED:
            screen.print(f"    … and {len(found) - _NAMED:,} more: --to jsonl lists all")
    if not places:
        screen.print("Everything could be read.")


@click.command()
@STORE
@PROCESSES
@click.option("--all", "everything", is_flag=True, help="Read all reports again, e.g. after an update of Kawat itself.")
def reread(path: str, processes: int, everything: bool) -> None:
    """Read again the reports that were read by older packs than there are now.

    Only what a change of packs makes stale is read; texts and versions stay, records are replaced report by report.
    """
    from kawat.faces.progress import Watched
    from kawat.sources.options import Meter
    from kawat.store.intake import Summary
    from kawat.store.reread import reread as read_again
    from kawat.store.reread import stale
    from kawat.store.store import Store

    summary, meter = Summary(), Meter()
    with Store(path) as store, store.writing(make=False) as writer, Watched(summary, path, meter, verb="read again") as watched:
        numbers = stale(writer, everything)
        meter.total = len(numbers)
        read_again(writer, numbers, processes, watched.reread)
    sys.exit(1 if summary.failed else 0)
