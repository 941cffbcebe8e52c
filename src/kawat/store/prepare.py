"""One item -> the rows of the store: the work that is shared out among processes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from types import FrameType
from typing import Any, NamedTuple, TypeVar

import msgspec

import kawat
from kawat import packs
from kawat.errors import KawatError, MissingPartError, SourceError
from kawat.records import Report
from kawat.sources.item import Item, Page
from kawat.sources.report import key_of, report_of
from kawat.store.rows import digest_of, rows_of
from kawat.store.write import Prepared

SURROGATES = "holds lone surrogates, which are no characters: decode it anew"
SECONDS = 60.0  # that one report may take
R = TypeVar("R")
_encode = msgspec.msgpack.Encoder().encode


class Settings(NamedTuple):
    """`given` fills gaps of the input (outlet, url, published); its language is taken at its word."""

    given: dict[str, Any] = {}  # noqa: RUF012
    keep_raw: bool = False


class Task(NamedTuple):
    """An item to read; `seen` is the digest by which it is known when it comes again, just as it is."""

    item: Item
    seen: bytes
    settings: Settings


def task_of(item: Item, settings: Settings) -> Task:
    """An item as a task. Raises UnicodeEncodeError for lone surrogates."""
    content = item.content
    if isinstance(content, Page):
        said = (content.charset, content.title, content.published, content.outlet, content.language)
        kept: tuple[object, ...] = (item.key, content.body, content.url, said, settings.keep_raw)
    else:
        kept = (item.key, digest_of(content), content.id)
    given = sorted((k, msgspec.to_builtins(v)) for k, v in settings.given.items())
    return Task(item, blake2b(_encode((kept, given)), digest_size=16).digest(), settings)


def prepare(task: Task) -> Prepared | SourceError:
    """Read an item."""
    return guarded(lambda: _prepared(task), task.item.place)


def guarded(work: Callable[[], R], place: str) -> R | SourceError:
    """What `work` gives; whatever goes wrong with one report comes out as a SourceError that names it. Only a faulty pack is raised."""
    try:
        with deadline(SECONDS):
            return work()
    except SourceError as e:
        return SourceError(e.reason, e.place or place)
    except KawatError:
        raise
    except TimeoutError:
        return SourceError(f"took longer than {SECONDS:g} s to read", place)
    except MemoryError:
        return SourceError("took more memory than one report may", place)
    except UnicodeEncodeError:
        return SourceError(SURROGATES, place)
    except Exception as e:  # one report never stops the others
        return SourceError(f"could not be read: {type(e).__name__}: {e} (please report this text)", place)


def lost(task: Task, reason: str) -> SourceError:
    """What comes out where the process that read an item died."""
    return SourceError(reason, task.item.place)


def safe(task: Task) -> bool:
    """Pages may be hostile, and only a process of its own can be stopped in the middle of a library."""
    return isinstance(task.item.content, Report)


def _prepared(task: Task) -> Prepared | SourceError:
    report = report_of(task.item)
    if isinstance(report, SourceError):
        return report
    report = with_given(report, task.settings.given)
    reading = kawat.read(report)
    if not reading.packs and reading.notes and reading.report.language in packs.languages():
        return SourceError(reading.notes[0], task.item.place)
    digest = digest_of(report)
    key = key_of(task.item, report) or f"text:{digest.hex()}"
    return Prepared(key, digest, task.seen, task.item.place, rows_of(reading, report.language, kawat.__version__), _raw(task))


def with_given(report: Report, given: dict[str, Any]) -> Report:
    """The report with its gaps filled."""
    missing = {k: v for k, v in given.items() if getattr(report, k) is None or k == "language"}
    return msgspec.structs.replace(report, **missing) if missing else report


def _raw(task: Task) -> tuple[str | None, bytes] | None:
    page = task.item.content
    if not (task.settings.keep_raw and isinstance(page, Page)):
        return None
    return page.charset, _zstandard().ZstdCompressor().compress(page.body)


def unpacked(body: bytes) -> bytes:
    """A page as it came, of what the store keeps of it."""
    return bytes(_zstandard().ZstdDecompressor().decompress(body))


def _zstandard() -> Any:
    try:
        import zstandard
    except ModuleNotFoundError as e:
        raise MissingPartError("keeping pages needs zstandard, which is not installed: pip install 'kawat[web]'") from e
    return zstandard


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raises TimeoutError in what runs too long. Works between steps of Python in a process's main thread, where there are alarms."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
