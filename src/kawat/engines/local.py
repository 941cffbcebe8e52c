"""Many tasks on the cores of one machine: processes that work, and one that hands out and takes back in order."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar, cast

from kawat.errors import KawatError

_MEMORY = 3 << 30  # bytes of data that one working process may take
_GRACE = 5.0  # seconds after which a process that does not end its task is ended
_FEW = 8  # tasks for which no process is worth starting
_AHEAD = 8  # tasks for each process that may wait for an earlier one

T = TypeVar("T")
D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Job(Generic[T, D]):
    """What is done with a task. `work` is a function of a module, so that other processes find it; it raises nothing but KawatError.
    `safe`: whether a task may be done in this process. `lost` says what comes out where a process died or hung, from the task and the
    reason."""

    work: Callable[[T], D]
    safe: Callable[[T], bool]
    lost: Callable[[T, str], D]
    seconds: float


@dataclass(frozen=True, slots=True)
class Ready(Generic[D]):
    """Something in the row of tasks on which there is nothing to do."""

    value: D


class _RaisedError(Exception):
    """Carries what the work raised."""


@dataclass(slots=True)
class _Slot(Generic[T, D]):
    """A task on its way, in the order of the input."""

    task: T | None = None
    done: D | _RaisedError | None = None


@dataclass(slots=True)
class _Worker(Generic[T, D]):
    process: BaseProcess
    pipe: Connection
    ready: bool = False
    slot: _Slot[T, D] | None = None
    since: float = 0.0


class Workers(Generic[T, D]):
    """Working processes. Tasks that are not safe are always done in a process of their own; the others in this one where `processes` is 1
    or they are few. A process that dies or hangs costs the task at hand, and a new one takes its place. Results do not depend on
    `processes`."""

    def __init__(self, job: Job[T, D], processes: int = 1) -> None:
        self.job = job
        self.processes = max(1, processes)
        self._workers: list[_Worker[T, D]] = []
        self._tasks = 0

    def __enter__(self) -> Workers[T, D]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    def map(self, tasks: Iterable[T | Ready[D]]) -> Iterator[D]:
        """What the job makes of each task, in the order of `tasks`, of which only a few are held at a time. Raises KawatError where a
        process cannot be started or the work raised it."""
        waiting: deque[_Slot[T, D]] = deque()
        for task in tasks:
            waiting.append(_Slot(done=task.value) if isinstance(task, Ready) else self._start(task))
            self._collect(0)
            yield from _finished(waiting)
            while len(waiting) >= self.processes * _AHEAD:
                self._collect(1)
                yield from _finished(waiting)
        while waiting:
            self._collect(1)
            yield from _finished(waiting)

    def _start(self, task: T) -> _Slot[T, D]:
        self._tasks += 1
        if self.job.safe(task) and (self.processes == 1 or self._tasks <= _FEW):
            return _Slot(task, self.job.work(task))
        slot: _Slot[T, D] = _Slot(task)
        worker = self._idle()
        worker.slot, worker.since = slot, time.monotonic()
        with contextlib.suppress(OSError):  # a process that died meanwhile is found by its closed pipe
            worker.pipe.send(task)
        return slot

    def _idle(self) -> _Worker[T, D]:
        while True:
            for worker in self._workers:
                if not worker.slot:
                    return worker
            if len(self._workers) < self.processes:
                return self._new()
            self._collect(1)

    def _new(self) -> _Worker[T, D]:
        context = multiprocessing.get_context("spawn")  # a fork would keep its elders' pipes open and their threads' locks shut
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self.job.work), daemon=True)
        with _unstoppable():
            process.start()
        theirs.close()
        worker: _Worker[T, D] = _Worker(process, ours)
        self._workers.append(worker)
        return worker

    def _collect(self, seconds: float) -> None:
        """Take back what is done, waiting at most so long for the first."""
        busy = {w.pipe: w for w in self._workers if w.slot}
        for pipe in wait(list(busy), seconds):
            self._receive(busy[cast(Connection, pipe)])
        for worker in busy.values():
            if worker.slot and worker.ready and time.monotonic() - worker.since > self.job.seconds + _GRACE:
                self._lose(worker, f"took longer than {self.job.seconds:g} s to read, and its process had to be ended")

    def _receive(self, worker: _Worker[T, D]) -> None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(_GRACE)
            code = worker.process.exitcode
            if not worker.ready:
                raise KawatError(f"a working process ended at its start (exit code {code}): try --processes 1") from None
            self._lose(worker, f"the process that read it ended (exit code {code}); it may have needed too much memory")
            return
        if message is None:
            worker.ready, worker.since = True, time.monotonic()
        elif worker.slot:
            worker.slot.done, worker.slot = message, None

    def _lose(self, worker: _Worker[T, D], reason: str) -> None:
        slot = worker.slot
        if slot and slot.task is not None:
            slot.done = self.job.lost(slot.task, reason)
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()


@contextlib.contextmanager
def _unstoppable() -> Iterator[None]:
    """A process that starts in this block does not hear of Ctrl-C, and this one hears of it behind the block."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _finished(waiting: deque[_Slot[T, D]]) -> Iterator[D]:
    while waiting and (done := waiting[0].done) is not None:
        waiting.popleft()
        if isinstance(done, _RaisedError):
            raise done.args[0]
        yield done


def _work(pipe: Connection, work: Callable[[T], D]) -> None:
    """A working process: tasks in, results out, until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it decides
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, resource.getrlimit(resource.RLIMIT_DATA)[1]))
    with contextlib.suppress(EOFError, OSError):
        pipe.send(None)
        while True:
            task = pipe.recv()
            try:
                pipe.send(work(task))
            except KawatError as e:
                pipe.send(_RaisedError(e))
