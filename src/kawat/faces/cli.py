"""The command line. Thin: it parses arguments, calls one function, prints."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import click

from kawat.faces import ask, intake
from kawat.faces.options import Form, input_options

if TYPE_CHECKING:
    from kawat.errors import SourceError
    from kawat.records import Reading, Report


class _Kawat(click.Group):
    """Errors of Kawat and of the system as one clear line, not a trace."""

    def invoke(self, ctx: click.Context) -> Any:
        from kawat.errors import KawatError

        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except (KawatError, OSError) as e:
            sys.exit(_fail(e))


@click.group(cls=_Kawat, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kawat")
def main() -> None:
    """Read diplomatic news into records that can be checked against the text."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…|-")
@input_options
@click.option("--to", "target", type=click.Choice(["view", "json", "jsonl"]), default="view", show_default=True)
@click.option("--published", metavar="DATE", help="Day of publication, e.g. 2024-11-13, where the input gives none.")
@click.option("--outlet", help="Who published it.")
@click.option("--url", help="Where it stands.")
@click.option("--language", metavar="CODE", help="Language, e.g. id; else detected.")
def read(files: tuple[str, ...], source: str | None, fields: dict[str, str], target: str, published: str | None, outlet: str | None,
         url: str | None, language: str | None) -> None:  # fmt: skip
    """Read reports and show or write their records.

    FILE is a text file (one report), JSONL, CSV or Parquet (one report a line or row: text, and where known id,
    published, outlet, url, language, title), a page, a web archive, or a folder of these; - is standard input.
    What the input gives stands; the options fill gaps, but --language is taken at its word. Exit code 1 says
    that at least one report could not be read.
    """
    from kawat.faces.options import given_of

    given = given_of(published, outlet, url, language)
    failed = 0
    rows = _readings(files, source, fields, given)
    if target == "json":
        failed = _write_json(rows)
    elif target == "jsonl":
        failed = _write_jsonl(rows)
    else:
        failed = _show(rows)
    if failed:
        click.echo(f"{failed} report{'s' if failed > 1 else ''} could not be read", err=True)
        sys.exit(1)


def _readings(
    files: tuple[str, ...], source: str | None, fields: dict[str, str], given: dict[str, Any]
) -> Iterator[tuple[Reading, Any] | SourceError]:
    from kawat.faces.progress import progress
    from kawat.sources.options import Options
    from kawat.sources.report import reports

    yield from _read_all(progress(reports(*files, options=Options(fields=fields), form=source)), given)


def _read_all(reports: Iterable[Report | SourceError], given: dict[str, Any]) -> Iterator[tuple[Reading, Any] | SourceError]:
    import msgspec

    from kawat.errors import KawatError, SourceError
    from kawat.pipeline import read_traced

    for report in reports:
        if isinstance(report, Exception):
            yield report
            continue
        missing = {k: v for k, v in given.items() if getattr(report, k) is None or k == "language"}
        try:
            yield read_traced(msgspec.structs.replace(report, **missing))
        except KawatError:
            raise
        except Exception as e:  # one report never stops the others
            yield SourceError(f"could not be read: {type(e).__name__}: {e} (please report this text)", report.id)


def _fail(error: Exception) -> int:
    click.echo(f"kawat: {error}", err=True)
    return 1


def _notes(reading: Reading) -> None:
    for note in reading.notes:
        click.echo(f"kawat: {reading.report.id}: {note}", err=True)


def _each(rows: Iterator[tuple[Reading, Any] | SourceError], use: Callable[[Reading, Any], object]) -> int:
    """Hand on every reading and tell its notes; how many reports could not be read."""
    failed = 0
    for row in rows:
        if isinstance(row, Exception):
            failed += _fail(row)
        else:
            use(*row)
            _notes(row[0])
    return failed


def _write_jsonl(rows: Iterator[tuple[Reading, Any] | SourceError]) -> int:
    import msgspec

    out = sys.stdout.buffer
    encode = msgspec.json.Encoder().encode
    failed = _each(rows, lambda reading, _: out.write(encode(reading) + b"\n"))
    out.flush()
    return failed


def _write_json(rows: Iterator[tuple[Reading, Any] | SourceError]) -> int:
    import msgspec

    good: list[Reading] = []
    failed = _each(rows, lambda reading, _: good.append(reading))
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(good), indent=2) + b"\n")
    sys.stdout.flush()
    return failed


def _show(rows: Iterator[tuple[Reading, Any] | SourceError]) -> int:
    from kawat.faces.view import console, show

    screen = console()
    return _each(rows, lambda reading, trace: show(reading, trace, screen))


@main.command()
@click.argument("file")
@click.argument("line", type=click.IntRange(min=1))
@click.option("--report", "ident", help="Id of the report, where the file holds several.")
@click.option("--published", metavar="DATE", help="Day of publication, where the input gives none.")
@click.option("--language", metavar="CODE", help="Language, e.g. id; else detected.")
@click.option("--from", "source", type=Form(), metavar="FORM")
def explain(file: str, line: int, ident: str | None, published: str | None, language: str | None, source: str | None) -> None:
    """Show which rule and pack entry made each record of LINE (counted from 1) of a report."""
    from kawat.faces.explain import explain_line
    from kawat.faces.options import given_of
    from kawat.faces.view import console
    from kawat.sources.report import reports

    faults: list[Exception] = []
    for report in reports(file, form=source):
        if isinstance(report, Exception):
            faults.append(report)
        elif ident in (None, report.id):
            row = next(_read_all([report], given_of(published, None, None, language)))
            if isinstance(row, Exception):
                sys.exit(_fail(row))
            _notes(row[0])
            sys.exit(0 if explain_line(row[0], line, console()) else 1)
    for fault in faults:
        _fail(fault)
    sys.exit(_fail(ValueError(f"{file}: no report {ident!r}" if ident else f"{file}: no report in it")))


@main.command()
@click.argument("file", metavar="FILE|-")
@click.option("--to", "target", type=click.Choice(["jsonl"]), default="jsonl", show_default=True)
@click.option("--language", metavar="CODE", help="Language of all texts, e.g. id; else detected for each.")
def relate(file: str, target: str, language: str | None) -> None:  # noqa: ARG001
    """Tell which act holds between two parties whose words you name.

    FILE is JSONL, - standard input: {"id", "text", "actor": [start, end], "recipient": [start, end]} a line, spans in
    code points. Out comes {"id", "type", "mode", "rule", "trigger"} a line in the same order, type null where nothing is found.
    Exit code 1 says that at least one line could not be read.
    """
    import msgspec

    from kawat.errors import KawatError
    from kawat.pipeline import relate as act_of
    from kawat.sources.jsonl import read_pairs

    failed = 0
    with click.open_file(file, "rb") as lines:
        for pair in read_pairs(cast(BinaryIO, lines), "standard input" if file == "-" else file):
            if isinstance(pair, Exception):
                failed += _fail(pair)
                continue
            given = msgspec.structs.replace(pair, language=language or pair.language)
            try:
                click.echo(msgspec.json.encode(act_of(given)))
            except KawatError as e:
                failed += _fail(KawatError(f"{pair.id}: {e}"))
    sys.exit(1 if failed else 0)


for command in (intake.add, intake.watch, intake.failures, intake.reread, ask.events, ask.search, ask.show):
    main.add_command(command)


@main.group(name="packs")
def packs_group() -> None:
    """Look after language packs."""


@packs_group.command()
@click.argument("languages", nargs=-1)
def check(languages: tuple[str, ...]) -> None:
    """Check packs: form, doubles, and that each example matches its entry. Faults name file, entry and key."""
    from kawat.lexicon.check import check_packs

    faults = 0
    for message in check_packs(languages):
        faults += message.fault
        click.echo(message.text)
    sys.exit(1 if faults else 0)
