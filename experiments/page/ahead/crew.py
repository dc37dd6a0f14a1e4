"""The crew that makes runs beside the page, with a memory of what it made: one for all tabs."""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from concurrent.futures import Future

from experiments.sweep.at_once import Processes
from simulation.request import Request

Curve = tuple[float, ...]

MOST_POINTS = 66
"""Weeks of a curve that are kept, a few more than the page can show."""
MOST_REMEMBERED = 20_000
"""Curves that are kept, of half a kilobyte each."""


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


class Crew:
    """Worker processes and their memory.

    Parameters
    ----------
    processes : int
        How many; as many as this machine has cores, if nothing is said.
    """

    def __init__(self, processes: int = 0) -> None:
        self.workers = Processes(processes, home=__name__)
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
        future = self.workers.submit(curve_of, request)
        future.add_done_callback(lambda done: self._remember(request, done))
        return future

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
