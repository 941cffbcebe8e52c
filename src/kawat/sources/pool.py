"""Links of a list, many hosts at once, one request at a time to each."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from kawat.errors import MissingPartError, SourceError
from kawat.sources.item import Found, Item, Page
from kawat.sources.links import DEEPEST, Link, Lone, follow, lead, within
from kawat.sources.options import Options

_HOSTS = 8  # asked at once
_HELD = 64_000_000  # bytes of pages that wait for their turn
_SMALL = 1_000  # bytes that anything else counts for
_TICK = 0.1  # seconds between two looks at the wish to stop


def spread(links: Iterable[Link], place: str, options: Options, form: str | None = None) -> Iterator[Found]:
    """What the links of the list at `place` lead to, in the order of the list. A list within such a list is read one by one."""
    if options.depth > DEEPEST:
        yield SourceError(f"stands {options.depth} lists deep; more than {DEEPEST} are not followed", place)
    elif options.run.pool.acquire(blocking=False):
        try:
            yield from _Pool(place, options, form).read(links)
        finally:
            options.run.pool.release()
    else:
        yield from follow(links, place, options, form)


class _Pool:
    """Jobs wait by host. What they bring waits for the turn of its job; where much waits, all but the job whose turn it is pause."""

    def __init__(self, place: str, options: Options, form: str | None) -> None:
        self._place, self._options, self._form = place, options, form
        self._lone = Lone()
        self._change = threading.Condition()
        self._waiting: dict[str, deque[tuple[int, Link]]] = {}
        self._busy: set[str] = set()
        self._brought: dict[int, deque[Found]] = {}
        self._done: set[int] = set()
        self._held = 0
        self._turn = 0
        self._closed = False
        self._missing: MissingPartError | None = None

    def read(self, links: Iterable[Link]) -> Iterator[Found]:
        faults: list[SourceError] = []
        number = 0
        for link in within(links, self._place, self._options):
            if isinstance(link, SourceError):
                faults.append(link)
                continue
            self._waiting.setdefault(urlsplit(link.url).netloc.lower(), deque()).append((number, link))
            self._brought[number] = deque()
            number += 1
        try:
            for _ in range(min(_HOSTS, len(self._waiting))):
                threading.Thread(target=self._work, daemon=True).start()
            for turn in range(number):
                yield from self._of(turn)
        finally:
            with self._change:
                self._closed = True
                self._change.notify_all()
        if not self._options.run.stop.is_set():
            yield from faults
            yield from self._lone.told(self._place)

    def _of(self, turn: int) -> Iterator[Found]:
        while not self._options.run.stop.is_set():
            with self._change:
                if self._missing:
                    raise self._missing
                self._turn = turn
                self._change.notify_all()
                if not self._brought[turn] and turn not in self._done:
                    self._change.wait(_TICK)
                    continue
                if not self._brought[turn]:
                    del self._brought[turn]
                    return
                found = self._brought[turn].popleft()
                self._held -= _size(found)
            yield found

    def _work(self) -> None:
        while job := self._next():
            number, link, host = job
            try:
                for found in lead(link, self._place, self._options, self._form, self._lone):
                    if not self._bring(number, found):
                        return
            except MissingPartError as e:
                self._missing = e
            except Exception as e:  # one link never stops the others
                self._bring(number, SourceError(f"could not be read: {type(e).__name__}: {e}", link.url))
            finally:
                with self._change:
                    self._done.add(number)
                    self._busy.discard(host)
                    self._change.notify_all()

    def _next(self) -> tuple[int, Link, str] | None:
        """The first job in the list's order whose host is free; waits for one, None when there is none left."""
        with self._change:
            while self._waiting and not self._closed and not self._options.run.stop.is_set():
                free = [(jobs[0][0], host) for host, jobs in self._waiting.items() if host not in self._busy]
                if free:
                    number, host = min(free)
                    jobs = self._waiting[host]
                    _, link = jobs.popleft()
                    if not jobs:
                        del self._waiting[host]
                    self._busy.add(host)
                    return number, link, host
                self._change.wait(_TICK)
            return None

    def _bring(self, number: int, found: Found) -> bool:
        with self._change:
            while self._held > _HELD and number != self._turn and not self._closed:
                self._change.wait(_TICK)
            if self._closed:
                return False
            self._brought[number].append(found)
            self._held += _size(found)
            self._change.notify_all()
            return True


def _size(found: Found) -> int:
    return len(found.content.body) + _SMALL if isinstance(found, Item) and isinstance(found.content, Page) else _SMALL
