"""Where a sweep stands: what is done, what failed, what remains, and how long that will take."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from time import monotonic
from typing import NamedTuple

from experiments.store.ledger import Ledger
from experiments.store.stored_runs import OK, StoredRun
from experiments.sweep.forecast import CostModel

MISSING, DONE, FAILED = range(3)
CERTAIN = 0.975
NEEDED = 10
"""Replicates from which the report takes Student's t; its intervals of fewer are not worth a forecast."""
SHOW_SECONDS = 0.5


class Progress(NamedTuple):
    """What a progress line shows. Only runs safely in the store count as done.

    ``seconds_left`` comes from a cost model by parameters and is None until it can be forecast;
    ``seconds_left_range`` is its range. ``half_width`` is the widest 95 % interval's half-width
    of the mean adopted share of any arm so far, as the report takes it: over replicates, each averaged over its points.
    It is None until every arm has ten of them, which Student's t needs; and in a shard, which holds none in whole.
    ``compiling`` is for how many seconds the workers have been compiling, before any run; None otherwise.
    """

    total: int
    done: int
    failed: int
    runs_per_second: float
    seconds_left: float | None
    seconds_left_range: tuple[float, float] | None
    half_width: float | None
    compiling: float | None = None


class Spread:
    """Mean and spread of a number, kept as numbers come in."""

    def __init__(self) -> None:
        self.count = 0
        self.mean = self._squares = 0.0

    def add(self, number: float) -> None:
        """Take in a number."""
        self.count += 1
        step = number - self.mean
        self.mean += step / self.count
        self._squares += step * (number - self.mean)

    @property
    def half_width(self) -> float | None:
        """Half of the 95 % interval of the mean, None with too few numbers for it or with numbers all alike."""
        if self.count < NEEDED or not self._squares:
            return None
        # Only where runs are made; help and errors need not wait for it.
        from scipy.special import stdtrit

        return float(stdtrit(self.count - 1, CERTAIN)) * sqrt(self._squares / (self.count - 1) / self.count)


class Units:
    """The adopted share of an arm in each replicate, averaged over its points once all of these have been run."""

    def __init__(self, points: int):
        self._points = points
        self._open: dict[int, tuple[int, float, int]] = {}
        self.spread = Spread()

    def add(self, unit: int, share: float | None) -> None:
        """Take in a run of a replicate; one that failed has no share."""
        runs, total, shares = self._open.pop(unit, (0, 0.0, 0))
        if share is not None:
            total, shares = total + share, shares + 1
        if runs + 1 < self._points:
            self._open[unit] = (runs + 1, total, shares)
        elif shares:
            self.spread.add(total / shares)


class RunsSoFar:
    """What is done, what failed and what remains of a folder's runs, and how long that will take."""

    def __init__(self, ledger: Ledger, retry_failed: bool):
        self._jobs = ledger.jobs
        self.costs = CostModel(ledger.jobs)
        self.state = bytearray(len(ledger.jobs))
        self.total = len(ledger.jobs)
        self._units = [Units(ledger.study.design.size) for _ in ledger.study.arms]
        self._is_whole = ledger.shard is None
        self._began = monotonic()
        self.ran = 0
        self.failed_now = 0
        self.failed = 0
        for stored in ledger.runs():
            if stored.status == OK or not retry_failed:
                self._note(stored)
                self.costs.leave_out(stored.run)
        self._leave_out_other_shards(ledger)

    def _leave_out_other_shards(self, ledger: Ledger) -> None:
        if ledger.shard is None:
            return
        for run in range(len(self.state)):
            if not ledger.expects(run):
                self.costs.leave_out(run)
                self.total -= 1

    def add(self, stored: StoredRun) -> None:
        """Count a run that has just been stored."""
        self.ran += 1
        self.failed_now += stored.status != OK
        self._note(stored)
        if stored.status == OK:
            self.costs.add(stored.run, stored.seconds)
        else:
            self.costs.leave_out(stored.run)

    def _note(self, stored: StoredRun) -> None:
        is_done = stored.status == OK
        self.state[stored.run] = DONE if is_done else FAILED
        arm, _, replicate = self._jobs.place(stored.run)
        share = stored.content.get("adopted_share") if is_done else None
        self._units[arm].add(replicate, share)
        self.failed += not is_done

    @property
    def done(self) -> int:
        """Runs with a result."""
        return self.state.count(DONE)

    @property
    def seconds(self) -> float:
        """How long this sitting has lasted."""
        return monotonic() - self._began

    def progress(self) -> Progress:
        """Return what a progress line shows."""
        forecast = self.costs.forecast()
        widths = [units.spread.half_width for units in self._units]
        known = [width for width in widths if width is not None]
        return Progress(
            total=self.total,
            done=self.done,
            failed=self.failed,
            runs_per_second=self.costs.runs_per_second,
            seconds_left=forecast.seconds if forecast else None,
            seconds_left_range=(forecast.low, forecast.high) if forecast else None,
            half_width=max(known) if self._is_whole and len(known) == len(widths) else None,
        )


OnProgress = Callable[[Progress], None]


class Watch:
    """Shows progress now and then, and knows when enough has failed."""

    def __init__(self, so_far: RunsSoFar, on_progress: OnProgress | None, max_failures: int | None):
        self._so_far = so_far
        self._on_progress = on_progress
        self._max_failures = max_failures
        self._last = monotonic()

    @property
    def is_enough(self) -> bool:
        """Whether so many runs of this sitting have failed that it is to stop."""
        return self._max_failures is not None and self._so_far.failed_now >= self._max_failures

    def look(self) -> bool:
        """Show progress if it is time to, and return whether enough has failed."""
        if monotonic() - self._last >= SHOW_SECONDS:
            self.show()
        return self.is_enough

    def show(self, compiling: float | None = None) -> None:
        """Show progress now, and for how many seconds the workers have been compiling where they do."""
        self._last = monotonic()
        if self._on_progress:
            self._on_progress(self._so_far.progress()._replace(compiling=compiling))
