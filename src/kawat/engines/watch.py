"""Rounds over lists of the web, until asked to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kawat.sources.item import Found
from kawat.sources.open import open_one
from kawat.sources.options import Options
from kawat.sources.registry import PEEK, source_of

_HERE = "command line"


def watch(names: Iterable[str], take: Callable[[Iterator[Found]], None], options: Options, every: float, once: bool = False) -> None:
    """Hands what the named lists and feeds (files or URLs) lead to to `take`, a round every so many seconds, until `options.run.stop` is
    set or, with `once`, after one round. Files are read anew in each round, so that a list may be edited; hosts are remembered."""
    names = list(names)
    run = options.run
    while not run.stop.is_set():
        began = time.monotonic()
        run = run.again()
        take(_round(names, replace(options, run=run)))
        if once or run.stop.wait(max(every - (time.monotonic() - began), 0.0)):
            return


def _round(names: list[str], options: Options) -> Iterator[Found]:
    """URLs first, many hosts at once; then the files, one after the other."""
    from kawat.sources.links import Link
    from kawat.sources.pool import spread

    yield from spread((Link(n) for n in names if "://" in n), _HERE, options)
    for name in names:
        if "://" not in name and not options.run.stop.is_set():
            yield from open_one(name, options, _form(name))


def _form(name: str) -> str | None:
    """What is not told to be anything else is a list of URLs: here nobody means a report."""
    path = Path(name)
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return "urls" if source_of(name, file.read(PEEK)).name == "text" else None
