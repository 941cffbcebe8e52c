"""Progress on standard error, when there is somebody to see it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from kawat.errors import SourceError
    from kawat.sources.options import Meter
    from kawat.store.intake import Summary

T = TypeVar("T")
_FEW = 20
_NAMED = 20  # failures that are told one by one
_INTERRUPTED = 130  # exit code


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


class Watched:
    """Progress of taking in: how many, how fast, how long still; failures as they come; at the end, or when stopped by Ctrl-C, what
    became of all. `meter` says how far the input is read."""

    def __init__(self, summary: Summary, path: str, meter: Meter, verb: str = "taken in") -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

        self.summary, self.path, self.meter, self.verb = summary, path, meter, verb
        self.shown = sys.stderr.isatty()
        self.screen = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
        columns = (SpinnerColumn(), BarColumn(24), TextColumn("{task.description}"), TimeRemainingColumn())
        self.bar = Progress(*columns, console=self.screen, transient=True, disable=not self.shown)
        self.task = self.bar.add_task("", total=None)
        self.began = time.monotonic()
        self.told = self._counts()

    def __enter__(self) -> Watched:
        self.bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.bar.stop()
        self.screen.print(f"{self.path}: {self._counts()} in {self._seconds():.1f} s")
        s = self.summary
        if s.unread:
            languages = ", ".join(f"{code} {count}" for code, count in sorted(s.unread.items(), key=lambda x: (-x[1], x[0])))
            self.screen.print(f"  kept without records, for no pack reads their language: {languages}")
        if self.meter.known:
            self.screen.print(f"  {_count(self.meter.known, 'link')} not followed again, for nothing says that they changed")
        if s.failed:
            self.screen.print(f"  why some could not be read: kawat failures --store {self.path}")
        if kind is KeyboardInterrupt:
            self.screen.print("  stopped; the same command goes on where it was")
            sys.exit(_INTERRUPTED)

    def tell(self, error: SourceError | None) -> None:
        """After each report: show the counts, and its error if it has one."""
        if error and self.summary.failed <= _NAMED:
            self.screen.print(f"kawat: {error}")
            if self.summary.failed == _NAMED:
                self.screen.print("kawat: more failures are not told here: kawat failures lists them")
        total = self.meter.total or None
        done = min(self.meter.done, total) if total else None
        rate = self.summary.reports / max(self._seconds(), 0.001)
        self.bar.update(self.task, total=total, completed=done, description=f"{self._counts()} ({rate:,.0f} reports/s)")

    def round(self) -> None:
        """After a round of watching: a line in the log, if there is anything new."""
        if self._counts() != self.told:
            self.told = self._counts()
            self.screen.print(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {self.told}")

    def reread(self, error: SourceError | None) -> None:
        """The same where reports of the store are read again."""
        self.meter.done += 1
        self.summary.failed += error is not None
        self.summary.changed += error is None
        self.tell(error)

    def _counts(self) -> str:
        s = self.summary
        if self.verb != "taken in":
            return f"{_count(s.changed, 'report')} {self.verb}" + (f", {s.failed:,} failed" if s.failed else "")
        parts = [(s.added, "added"), (s.changed, "changed"), (s.unchanged, "there already"), (s.failed, "failed")]
        told = ", ".join(f"{count:,} {word}" for count, word in parts if count or word == "added")
        return f"{told} ({_count(s.events, 'event')}, {_count(s.statements, 'statement')})" if s.added or s.changed else told

    def _seconds(self) -> float:
        return time.monotonic() - self.began


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
