"""A progress bar on standard error, when there is somebody to see it and more than a few reports."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

T = TypeVar("T")
_FEW = 20


def progress(items: Iterable[T]) -> Iterator[T]:
    """The items unchanged; from the twentieth on a line on standard error counts them, unless the screen shows the reports themselves."""
    if not sys.stderr.isatty() or sys.stdout.isatty():
        yield from items
        return
    source = iter(items)
    head = list(islice(source, _FEW))
    if len(head) < _FEW:
        yield from head
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} reports read"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        for item in chain(head, source):
            yield item
            bar.advance(task)
