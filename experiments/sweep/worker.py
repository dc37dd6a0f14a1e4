"""What happens in a worker process: one run after another, each stored whatever becomes of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from math import isfinite
from typing import Any, NamedTuple

from experiments.design.jobs import Job
from experiments.store.stored_runs import CURVES, FAILED, MEMORY, OK, TIMEOUT, StoredRun, packed, sealed
from simulation import Request

Work = Callable[[Request], Any]

TRACE_LENGTH = 8_000
PROBLEM_LENGTH = 500
TRIES = 2
SLOT_FIELDS = 4
BEAT_SECONDS = 0.5


class Terms(NamedTuple):
    """On what terms runs are made, the same for all of a sweep.

    Parameters
    ----------
    work : str
        "module:function" that carries out a request.
    made_with : int
        Which sources and versions these are, as an index into the folder's list.
    run_timeout : float, optional
        Seconds for one run.
    memory_limit : int, optional
        Bytes of address space for one process.
    observables : tuple of str
        Names that every result must have; known once the workers are warm.
    """

    work: str
    made_with: int = 0
    run_timeout: float | None = None
    memory_limit: int | None = None
    observables: tuple[str, ...] = ()


class InvalidResult(ValueError):
    """A run returned something that is not a result."""


class _TimeIsUp(BaseException):
    """Raised inside a run; no rule's ``except Exception`` may swallow it."""


def function_at(path: str) -> Work:
    """Return the function named by "module:function"."""
    module, _, name = path.partition(":")
    work: Work = getattr(import_module(module), name)
    return work


@cache
def warm(work: str, engine: str) -> tuple[str, ...]:
    """Make one tiny run in this process, so that everything is compiled and loaded; return its observables' names."""
    result = function_at(work)(Request("tiny", weeks=1, engine=engine))
    return tuple(result.observables)


class Signs(NamedTuple):
    """What is seen of a worker: a number that grows while it lives, the run in hand, and when that began."""

    beat: float = 0.0
    run: int | None = None
    began: float = 0.0


class Slots:
    """Shared memory in which each worker notes what it is doing, so that a death can be laid at the right door.

    A slot holds the process id, the run in hand plus one (0 is none), when it began, and a number that grows for as long
    as the process lives and is not stopped, whatever it is doing.
    """

    def __init__(self, processes: int, context: multiprocessing.context.BaseContext):
        self.numbers = context.RawArray("d", SLOT_FIELDS * processes)
        self.taken = context.Value("i", 0)

    def take(self) -> int:
        """Claim the next free slot for this process and return where it begins."""
        with self.taken.get_lock():
            place: int = self.taken.value * SLOT_FIELDS
            self.taken.value += 1
        self.numbers[place] = os.getpid()
        return place

    def in_hand(self) -> Iterator[tuple[int, int, float]]:
        """Yield process, run and seconds since its start, for each worker with a run in hand."""
        now = time.monotonic()
        for place in range(0, len(self.numbers), SLOT_FIELDS):
            process, run, began, _ = self.numbers[place : place + SLOT_FIELDS]
            if run:
                yield int(process), int(run) - 1, now - began

    def signs(self) -> dict[int, Signs]:
        """Return what is seen of each process that has begun."""
        slots = [self.numbers[place : place + SLOT_FIELDS] for place in range(0, len(self.numbers), SLOT_FIELDS)]
        return {int(process): Signs(beat, int(run) - 1 if run else None, began) for process, run, began, beat in slots}


class _Place(NamedTuple):
    slots: Slots
    slot: int


_here: list[_Place] = []


def start(slots: Slots, memory_limit: int | None) -> None:
    """Prepare this process: it dies with the sweep, leaves Ctrl-C and standard output to it, and keeps to its memory."""
    sys.stdout = sys.stderr
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    if memory_limit is not None:
        import resource  # only where there are such limits; elsewhere no sweep begins

        resource.setrlimit(resource.RLIMIT_AS, (memory_limit, memory_limit))
    _here[:] = [_Place(slots, slots.take())]
    threading.Thread(target=_live_with_parent, args=_here[0], daemon=True).start()


def _live_with_parent(slots: Slots, slot: int) -> None:
    # The other end of this pipe is held by the sweep alone; it opens when the sweep is gone, however it went.
    parent = multiprocessing.parent_process()
    while parent is not None:
        parent.join(BEAT_SECONDS)
        if not parent.is_alive():
            os._exit(1)
        slots.numbers[slot + 3] += 1


def carry_out(terms: Terms, chunk: Sequence[Job], tries: int = 1) -> list[StoredRun]:
    """Make the runs of a chunk and return what is kept of them. Called in a worker that `start` has prepared."""
    # Otherwise the first run would seem as slow as its start, and every forecast with it.
    warm(terms.work, chunk[0].request.engine)
    slots, slot = _here[0]
    made = []
    for job in chunk:
        slots.numbers[slot + 2] = time.monotonic()
        slots.numbers[slot + 1] = job.run + 1
        made.append(make(job, terms, tries))
        slots.numbers[slot + 1] = 0
    return made


def make(job: Job, terms: Terms, tries: int = 1) -> StoredRun:
    """Make one run and return what is kept of it.

    A run that raises is tried again at once; one that ran out of memory or time is for the caller to try again alone.
    """
    while True:
        began = time.perf_counter()
        status, content, curves = _attempt(job, terms)
        if status != FAILED or tries >= TRIES:
            break
        tries += 1
    if status != OK:
        content["tries"] = tries
    return sealed(job, status, content, curves, time.perf_counter() - began, terms.made_with)


def _attempt(job: Job, terms: Terms) -> tuple[str, dict[str, Any], bytes]:
    try:
        with _time_limit(terms.run_timeout):
            result = function_at(terms.work)(job.request)
        return OK, *_checked(result, job.request.weeks, terms.observables)
    except _TimeIsUp:
        return TIMEOUT, {"problem": f"the run took longer than {terms.run_timeout:g} s"}, b""
    except MemoryError as error:
        return MEMORY, {"problem": f"the run ran out of memory ({error})"[:PROBLEM_LENGTH]}, b""
    except Exception as error:
        problem = f"{type(error).__name__}: {error}"[:PROBLEM_LENGTH]
        return FAILED, {"problem": problem, "trace": traceback.format_exc()[-TRACE_LENGTH:]}, b""


@contextmanager
def _time_limit(seconds: float | None) -> Iterator[None]:
    """Raise inside the block when its time is up; code that never returns to Python is killed by the pool instead."""
    if seconds is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _raise_time_is_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _raise_time_is_up(*_: object) -> None:
    raise _TimeIsUp


def _checked(result: Any, weeks: int, names: tuple[str, ...]) -> tuple[dict[str, Any], bytes]:
    """Return the observables and the packed curves of a result, or say why it is none."""
    import numpy as np

    if tuple(result.observables) != names:
        raise InvalidResult(f"the observables are {list(result.observables)!r:.200}, not {list(names)!r:.200}")
    observables = {name: _number(name, value) for name, value in result.observables.items()}
    curves = [np.asarray(getattr(result, name), np.float64) for name in CURVES]
    for name, curve in zip(CURVES, curves, strict=True):
        if curve.shape != (weeks + 1,):
            raise InvalidResult(f"`{name}` has the shape {curve.shape}, not {(weeks + 1,)}")
        if not np.isfinite(curve).all():
            raise InvalidResult(f"`{name}` is not finite in week {int(np.argmin(np.isfinite(curve)))}")
    return observables, packed(np.stack(curves))


def _number(name: str, value: Any) -> float | int | None:
    """Return the value of an observable; None says that it never came about."""
    if value is None:
        return None
    try:
        number = value.item() if hasattr(value, "item") else value
        if isinstance(number, int | float) and isfinite(number):
            return number
    except (TypeError, ValueError, OverflowError):
        pass
    raise InvalidResult(f"the observable `{name}` is {value!r:.100}, not a finite number")
