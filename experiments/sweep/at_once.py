"""Worker processes for what is asked and answered at once: what they make is handed back, and nothing of it is stored.

A sweep keeps every run, and blames none for the death of a worker (`pool`); here whoever asked asks again.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import forkserver
from typing import Any, TypeVar

from experiments.sweep.servers import keep_going
from simulation import Request

MOST = 8
Made = TypeVar("Made")
Asked = TypeVar("Asked")


def _begin() -> None:
    """Prepare a worker process: whoever waits goes first; it dies with them, and leaves Ctrl-C and their output to them."""
    os.nice(5)
    sys.stdout = sys.stderr
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    # The other end of this pipe is held by the parent alone; it opens when that is gone, however it went.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _serve() -> None:
    """Start the server process, deaf to Ctrl-C from the first, which it would answer with a trace while it imports."""
    if threading.current_thread() is not threading.main_thread():
        return  # whoever answers Ctrl-C is another thread, and has its own ways
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, before)


class Processes:
    """Worker processes, started when they are first needed, and again when one of them has died.

    Parameters
    ----------
    number : int
        How many; as many as this machine has cores, up to eight, if nothing is said.
    home : str
        The module of what they are to do, which they import once.
    """

    def __init__(self, number: int = 0, home: str = __name__) -> None:
        self.number = number or min(os.cpu_count() or 1, MOST)
        self._home = home
        self._executor: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()

    def submit(self, work: Callable[..., Made], *asked: Any) -> Future[Made]:
        """Have a function carried out, which belongs to a module and returns what can be sent."""
        with self._lock:
            try:
                return self._started().submit(work, *asked)
            except BrokenProcessPool:  # a worker was killed, perhaps for want of memory: the next may do better
                self._executor = None
                return self._started().submit(work, *asked)

    def each(self, work: Callable[[Asked], Made], asked: Iterable[Asked]) -> Iterator[Made]:
        """Yield what a function makes of each thing, in their order, a few ahead of whoever takes them."""
        to_come, waiting = iter(asked), deque[Future[Made]]()
        while True:
            for one in islice(to_come, 4 * self.number - len(waiting)):
                waiting.append(self.submit(work, one))
            if not waiting:
                return
            yield waiting.popleft().result()

    def processes(self) -> Sequence[Any]:
        """Return the processes that there are."""
        return list((self._executor._processes or {}).values()) if self._executor else []

    def dismiss(self) -> None:
        """End the processes at once, whatever they do."""
        with self._lock:
            processes = self.processes()
            executor, self._executor = self._executor, None
        for process in processes:
            process.kill()
        if executor:
            executor.shutdown(wait=False, cancel_futures=True)

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        self.dismiss()

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            keep_going()
            # Children of a server process start fast and inherit no lock that a thread of this process holds.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([self._home, "numpy", "simulation.running"])
            _serve()
            self._executor = ProcessPoolExecutor(self.number, mp_context=context, initializer=_begin)
            # At its end Python waits for all that was asked for, which nobody will see; `atexit` is too late.
            threading._register_atexit(self.dismiss)  # type: ignore[attr-defined]
        return self._executor


def observed(requests: Sequence[Request]) -> list[dict[str, float | None]]:
    """Return what each of a few runs comes to. Called in a worker process, which builds a world that they share once."""
    from simulation import run

    return [run(request).observables for request in requests]


def ended(requests: Sequence[Request]) -> list[list[float]]:
    """Return the share who have adopted in the end, of all staff and of each organisation, in each of a few runs."""
    from simulation import run

    results = [run(request) for request in requests]
    return [[float(found.adopted_share[-1]), *map(float, found.by_organisation[-1])] for found in results]
