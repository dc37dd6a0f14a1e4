"""How long what remains will take: a linear model of the cost of a run by arm and swept parameters.

A mean would be wrong for hours where large populations come last. Since the model is linear, the cost of everything
that remains follows from the sums of its features, and 100,000 runs cost no more to foresee than ten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from math import sqrt
from time import monotonic
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.design.cells import Value
from experiments.design.jobs import CELLS_KEPT, Jobs

# Points looked at to know the design's average; a larger design is sampled evenly.
POINTS_SEEN = 500
RIDGE = 1e-6
SPEED_DOUBT = 0.1


Foreseen = Callable[[int], float | None]
"""How many seconds a run is expected to take, None where nothing is known of its like."""


def unforeseen(_: int) -> float | None:
    """Foresee nothing."""
    return None


class Forecast(NamedTuple):
    """Seconds left, and a range that holds about 95 % of the time."""

    seconds: float
    low: float
    high: float


class Features:
    """What the cost of a run may depend on: its arm, and each swept parameter, straight and squared or by level."""

    def __init__(self, jobs: Jobs):
        self._jobs = jobs
        self._arms = len(jobs.study.arms)
        levels = jobs.study.design.levels_by_name()
        self._codes: list[Callable[[Value], list[float]]] = [_code(levels[name]) for name in levels]
        self._of_cell = lru_cache(CELLS_KEPT)(self._features_of_cell)
        self.size = len(self.of(0))

    def of(self, run: int) -> NDArray[np.float64]:
        """Return the features of a run; not to be changed."""
        arm, point, _ = self._jobs.place(run)
        return self._of_cell(arm, point)

    def _features_of_cell(self, arm: int, point: int) -> NDArray[np.float64]:
        features = [float(number == arm) for number in range(self._arms)]
        for code, value in zip(self._codes, self._jobs.study.design.row(point).values(), strict=True):
            features += code(value)
        return np.array(features)

    def total(self) -> NDArray[np.float64]:
        """Return the sum of the features of all runs."""
        points = self._jobs.study.design.size
        seen = range(0, points, max(1, points // POINTS_SEEN))
        cells = [self.of(point * self._arms + arm) for point in seen for arm in range(self._arms)]
        return np.asarray(np.mean(cells, axis=0) * len(self._jobs))


def _code(levels: Iterable[Value]) -> Callable[[Value], list[float]]:
    levels = list(levels)
    numbers = [level for level in levels if isinstance(level, int | float) and not isinstance(level, bool)]
    if len(numbers) == len(levels):
        low, high = min(numbers), max(numbers)
        return lambda value: _curve((float(value) - low) / ((high - low) or 1.0))
    return lambda value: [float(value == level) for level in levels[1:]]


def _curve(place: float) -> list[float]:
    return [place, place * place]


class CostModel:
    """Learns from finished runs what the rest will take.

    Parameters
    ----------
    jobs : Jobs
        The runs of the sweep.
    clock : callable
        Seconds that never run backwards.
    """

    def __init__(self, jobs: Jobs, clock: Callable[[], float] = monotonic):
        self._features = Features(jobs)
        self._clock = clock
        self._left = self._features.total()
        self._runs_left = len(jobs)
        size = self._features.size
        self._squares = np.zeros((size, size))
        self._products = np.zeros(size)
        self._least, self._most = np.full(size, np.inf), np.full(size, -np.inf)
        self._seen = 0
        self._sum = self._sum_of_squares = 0.0
        self._started: float | None = None
        self._worked = 0.0

    def leave_out(self, run: int) -> None:
        """Take a run out of what remains without learning from it."""
        self._left -= self._features.of(run)
        self._runs_left -= 1

    def add(self, run: int, seconds: float) -> None:
        """Learn from a finished run."""
        self.leave_out(run)
        features = self._features.of(run)
        self._squares += np.outer(features, features)
        self._products += features * seconds
        self._least, self._most = np.minimum(self._least, features), np.maximum(self._most, features)
        self._seen += 1
        self._sum += seconds
        self._sum_of_squares += seconds * seconds
        if self._started is None:
            # What the workers need to start is over; it says nothing about the rest.
            self._started = self._clock()
        else:
            self._worked += seconds

    @property
    def mean(self) -> float | None:
        """Mean seconds of a run, None before the first."""
        return self._sum / self._seen if self._seen else None

    @property
    def runs_per_second(self) -> float:
        """How many runs come in a second, once the workers have started."""
        if self._started is None or self._seen < 2:
            return 0.0
        return (self._seen - 1) / max(self._clock() - self._started, 1e-9)

    def foreseen(self, run: int) -> float | None:
        """Return how many seconds a run should take, None where it lies beyond all that have been seen."""
        features = self._features.of(run)
        if not ((self._least <= features) & (features <= self._most)).all():
            return None  # far from what has been seen a straight line may promise the impossible
        return max(float(self._weights() @ features), self._sum / self._seen)

    def _weights(self) -> NDArray[np.float64]:
        """Return what each feature adds to the cost of a run."""
        ridge = RIDGE * self._seen * np.eye(self._features.size)
        return np.asarray(np.linalg.solve(self._squares + ridge, self._products))

    def forecast(self) -> Forecast | None:
        """Return what remains, None until there is anything to go by."""
        if self._started is None or self._worked <= 0:
            return None
        speed = self._worked / max(self._clock() - self._started, 1e-9)
        weights = self._weights()
        work = float(weights @ self._left)
        mean = self._sum / self._seen
        # Far from what has been seen a straight line may promise the impossible.
        work = min(max(work, 0.1 * mean * self._runs_left), 20 * mean * self._runs_left)
        unexplained = self._sum_of_squares - float(weights @ self._products)
        spread = sqrt(max(unexplained, 0.0) / max(self._seen - self._features.size, 1))
        doubt = 2 * spread * sqrt(self._runs_left + self._runs_left**2 / self._seen)
        seconds = work / speed
        margin = doubt / speed + SPEED_DOUBT * seconds
        return Forecast(seconds, max(0.0, seconds - margin), seconds + margin)
