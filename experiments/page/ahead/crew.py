"""The worker processes that make runs beside the page, and the runs that they have made: one crew for all tabs."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
from collections import OrderedDict
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from simulation.request import Request

Curve = tuple[float, ...]

MOST_POINTS = 66
"""Weeks of a curve that are kept, a few more than the page can show."""
MOST_REMEMBERED = 20_000
"""Curves that are kept, of half a kilobyte each."""
MOST_PROCESSES = 8


def weeks_kept(weeks: int) -> list[int]:
    """Return the weeks at which a curve is kept, the first and the last among them.

    >>> weeks_kept(3), len(weeks_kept(260)), weeks_kept(260)[-2:]
    ([0, 1, 2, 3], 66, [256, 260])
    """
    return [*range(0, weeks, -(-weeks // MOST_POINTS) or 1), weeks]


def curve_of(request: Request) -> Curve:
    """Return the share of staff who have adopted, in the weeks that are kept. Called in a worker process."""
    from simulation import run

    shares = run(request).adopted_share
    return tuple(float(shares[week]) for week in weeks_kept(request.weeks))


def _begin() -> None:
    """Prepare a worker process: the page, and what plays on it, go first; it dies with the page, and leaves Ctrl-C to it."""
    os.nice(5)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    # The other end of this pipe is held by the page's server alone; it opens when that is gone, however it went.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class Crew:
    """Worker processes, started when they are first needed, with a memory of what they made.

    Parameters
    ----------
    processes : int
        How many; as many as this machine has cores, if nothing is said.
    """

    def __init__(self, processes: int = 0) -> None:
        self._processes = processes or min(os.cpu_count() or 1, MOST_PROCESSES)
        self._executor: ProcessPoolExecutor | None = None
        self._remembered: OrderedDict[str, Curve] = OrderedDict()
        self._lock = threading.Lock()

    def recalled(self, request: Request) -> Curve | None:
        """Return a curve that was made before, or None."""
        key = key_of(request)
        with self._lock:
            if key in self._remembered:
                self._remembered.move_to_end(key)
            return self._remembered.get(key)

    def submit(self, request: Request) -> Future[Curve]:
        """Have a curve made; it is remembered."""
        with self._lock:
            try:
                future = self._started().submit(curve_of, request)
            except BrokenProcessPool:  # a worker was killed, perhaps for want of memory: the next crew may do better
                self._executor = None
                future = self._started().submit(curve_of, request)
        future.add_done_callback(lambda done: self._remember(request, done))
        return future

    def dismiss(self) -> None:
        """End the processes at once, whatever they do."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor:
            for process in list((executor._processes or {}).values()):
                process.kill()
            executor.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            # Children of a server process start fast and inherit no lock that a thread of the page holds.
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload(["experiments.page.ahead.crew", "numpy", "simulation.running"])
            self._executor = ProcessPoolExecutor(self._processes, mp_context=context, initializer=_begin)
            # At its end Python waits for every run that was asked for, of which nobody will see one; `atexit` is too late.
            threading._register_atexit(self.dismiss)  # type: ignore[attr-defined]
        return self._executor

    def _remember(self, request: Request, done: Future[Curve]) -> None:
        if done.cancelled() or done.exception():
            return
        with self._lock:
            self._remembered[key_of(request)] = done.result()
            while len(self._remembered) > MOST_REMEMBERED:
                self._remembered.popitem(last=False)


def key_of(request: Request) -> str:
    """Return what tells a request from every other; the order in which levers were set does not count."""
    return json.dumps(request._asdict(), sort_keys=True)


CREW = Crew()
"""The crew of this server."""
