"""For how long nothing has been heard of a worker, in time during which the sweep itself was awake."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from time import monotonic

# A turn of the sweep's loop takes a tenth of this; whatever takes longer is a computer that slept, or a process stopped.
LONGEST_TURN = 1.0


class Awake:
    """Counts the seconds during which this process was awake.

    A computer that is shut for the night stops workers and sweep alike, and no worker is to be blamed for it.

    Parameters
    ----------
    clock : callable
        Seconds that never run backwards.

    Examples
    --------
    >>> times = iter([0.0, 0.5, 3600.0])
    >>> awake = Awake(lambda: next(times))
    >>> awake.tick(), awake.tick()
    (0.5, 1.5)
    """

    def __init__(self, clock: Callable[[], float] = monotonic):
        self._clock = clock
        self._last = clock()
        self._seconds = 0.0

    def tick(self) -> float:
        """Return the seconds so far; to be called in every turn of a loop."""
        now = self._clock()
        self._seconds += min(now - self._last, LONGEST_TURN)
        self._last = now
        return self._seconds


class Unchanged:
    """Since when what is seen of each worker has not changed.

    >>> workers = Unchanged()
    >>> [workers.seconds(7, sign, now) for sign, now in [("a", 1.0), ("a", 5.0), ("b", 6.0), ("b", 6.5)]]
    [0.0, 4.0, 0.0, 0.5]
    """

    def __init__(self) -> None:
        self._seen: dict[Hashable, tuple[Hashable, float]] = {}

    def seconds(self, worker: Hashable, sign: Hashable, now: float) -> float:
        """Return for how long a worker has shown this sign."""
        if worker not in self._seen or self._seen[worker][0] != sign:
            self._seen[worker] = sign, now
        return now - self._seen[worker][1]
