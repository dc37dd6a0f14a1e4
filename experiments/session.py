"""One sitting of a sweep: hands out what is missing, stores what comes in, and stops when it is told to."""

from __future__ import annotations

import json
import os
import socket
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from math import gcd, sqrt
from time import monotonic
from typing import Any, NamedTuple, Protocol

from experiments import rows
from experiments.costs import Costs
from experiments.ledger import DONE, FAILED, MISSING, Ledger
from experiments.rows import Row
from experiments.signals import Wish
from experiments.study import Job, Jobs

CHUNK_MOST = 200
COLLECT_SECONDS = 0.1
REPORT_SECONDS = 0.5
CERTAIN = 1.96


class Workers(Protocol):
    """Where runs are made: processes of this machine, or a cluster."""

    chunk_seconds: float

    @property
    def room(self) -> int:
        """How many more chunks can be put to use."""

    @property
    def is_busy(self) -> bool:
        """Whether rows are still to come."""

    def submit(self, chunk: Sequence[Job]) -> None:
        """Hand out a chunk of runs."""

    def collect(self, seconds: float) -> list[Row]:
        """Return the rows that have come in, waiting at most about so long for the first."""

    def close(self) -> None:
        """Drop whatever is in hand."""


class Progress(NamedTuple):
    """What a progress line shows. Only runs safely in the store count as done.

    ``seconds_left`` comes from a cost model by parameters and is None until it can be told;
    ``seconds_left_range`` is its range. ``half_width`` is the widest 95 % interval's half-width
    of the mean adopted share of any arm so far, None until every arm has two runs.
    """

    total: int
    done: int
    failed: int
    runs_per_second: float
    seconds_left: float | None
    seconds_left_range: tuple[float, float] | None
    half_width: float | None


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
        """Half of the 95 % interval of the mean, None with fewer than two numbers."""
        if self.count < 2:
            return None
        return CERTAIN * sqrt(self._squares / (self.count - 1) / self.count)


class Tally:
    """What is done, what failed and what remains of a folder's runs, and how long that will take."""

    def __init__(self, ledger: Ledger, retry_failed: bool):
        self._jobs = ledger.jobs
        self.costs = Costs(ledger.jobs)
        self.state = bytearray(len(ledger.jobs))
        self.total = len(ledger.jobs)
        self._spreads = [Spread() for _ in ledger.study.arms]
        self._began = monotonic()
        self.ran = 0
        self.failed_now = 0
        self.failures: Counter[str] = Counter()
        for row in ledger.rows():
            if row.status == rows.OK or not retry_failed:
                self._note(row)
                self.costs.leave_out(row.run)
        self._leave_out_other_shards(ledger)

    def _leave_out_other_shards(self, ledger: Ledger) -> None:
        if ledger.shard is None:
            return
        for run in range(len(self.state)):
            if not ledger.expects(run):
                self.costs.leave_out(run)
                self.total -= 1

    def add(self, row: Row) -> None:
        """Count a row that has just been stored."""
        self.ran += 1
        self.failed_now += row.status != rows.OK
        self._note(row)
        if row.status == rows.OK:
            self.costs.add(row.run, row.seconds)
        else:
            self.costs.leave_out(row.run)

    def _note(self, row: Row) -> None:
        self.state[row.run] = DONE if row.status == rows.OK else FAILED
        if row.status == rows.OK:
            arm, _, _ = self._jobs.place(row.run)
            share = json.loads(row.body).get("adopted_share")
            if share is not None:
                self._spreads[arm].add(share)
        else:
            self.failures[row.status] += 1

    @property
    def done(self) -> int:
        """Runs with a result."""
        return self.state.count(DONE)

    @property
    def failed(self) -> int:
        """Runs that failed."""
        return sum(self.failures.values())

    @property
    def seconds(self) -> float:
        """How long this sitting has lasted."""
        return monotonic() - self._began

    def progress(self) -> Progress:
        """Return what a progress line shows."""
        forecast = self.costs.forecast()
        widths = [spread.half_width for spread in self._spreads]
        known = [width for width in widths if width is not None]
        return Progress(
            total=self.total,
            done=self.done,
            failed=self.failed,
            runs_per_second=self.ran / max(self.seconds, 1e-9),
            seconds_left=forecast.seconds if forecast else None,
            seconds_left_range=(forecast.low, forecast.high) if forecast else None,
            half_width=max(known) if len(known) == len(widths) else None,
        )


def in_order(jobs: Jobs) -> Iterator[int]:
    """Yield the runs in the order in which they are made.

    Replicate by replicate, so that an early end leaves complete comparisons; within one, points in steps that cover
    the design evenly, so that what has been seen foretells what remains; and all arms of a point together.
    """
    arms, points = len(jobs.study.arms), jobs.study.design.size
    step = max(1, round(points * 0.618))
    while gcd(step, points) > 1:
        step += 1
    for replicate in range(jobs.study.replicates):
        for number in range(points):
            first = (replicate * points + number * step % points) * arms
            yield from range(first, first + arms)


def carry_on(ledger: Ledger, tally: Tally, workers: Workers, wish: Wish, on_rows: Callable[[], bool]) -> None:
    """Make and store runs until none is missing, a signal comes, or ``on_rows`` says that it is enough.

    Parameters
    ----------
    ledger : Ledger
        The folder.
    tally : Tally
        Kept up to date; only rows that are on the disk count.
    workers : Workers
        Where runs are made; they are closed at the end.
    wish : Wish
        Whether a signal has come.
    on_rows : callable
        Called after each look at the workers; true ends the sitting.
    """
    chunks = _chunks(ledger, tally, workers.chunk_seconds)
    try:
        while not wish:
            while workers.room > 0 and (chunk := next(chunks, None)):
                workers.submit(chunk)
            if not workers.is_busy:
                break
            made = workers.collect(COLLECT_SECONDS)
            ledger.store.add(made)
            for row in made:
                tally.add(row)
            if on_rows():
                break
    finally:
        workers.close()


def _chunks(ledger: Ledger, tally: Tally, chunk_seconds: float) -> Iterator[list[Job]]:
    """Yield the missing runs in chunks just long enough to make handing them out cheap."""
    chunk: list[Job] = []
    for run in in_order(ledger.jobs):
        if tally.state[run] == MISSING and ledger.expects(run):
            chunk.append(ledger.jobs[run])
            mean = tally.costs.mean
            if mean is None or len(chunk) >= min(CHUNK_MOST, chunk_seconds / max(mean, 1e-9)):
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def holder() -> dict[str, Any]:
    """Return who is writing, for those who find the folder in use."""
    started = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    return {"pid": os.getpid(), "host": socket.gethostname(), "started": started}
