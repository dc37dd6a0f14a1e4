"""One sitting of a sweep: hands out what is missing, stores what comes in, and stops when asked to."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from math import gcd
from pathlib import Path
from time import monotonic, sleep
from typing import Any, NamedTuple, Protocol

from experiments.design.jobs import Job, Jobs
from experiments.store.errors import SweepError
from experiments.store.ledger import Failure, Ledger
from experiments.store.stored_runs import StoredRun
from experiments.sweep.forecast import Foreseen, unforeseen
from experiments.sweep.progress import MISSING, RunsSoFar
from experiments.sweep.signals import Wish
from simulation.errors import Invalid

CHUNK_MOST = 200
PATIENCE = 10
COLLECT_SECONDS = 0.1
WARM_POLL = 0.02
WAIT_SECONDS = 1.0


class Sitting(NamedTuple):
    """What one sitting of a sweep did.

    ``ran`` counts the runs of this sitting, ``done`` all completed runs in the folder,
    ``failures`` at most the first hundred; ``failed`` counts them all. ``table_hash`` is the hash of the canonical table.
    ``stopped`` is true when ``max_failures`` ended the sweep early. ``files`` are the files written.
    """

    out: Path
    total: int
    ran: int
    done: int
    failed: int
    failures: list[Failure]
    seconds: float
    table_hash: str
    stopped: bool
    files: list[Path]

    @property
    def exit_code(self) -> int:
        """0 when every run is there, 3 when some failed."""
        return 3 if self.failed else 0


class Workers(Protocol):
    """Where runs are made: processes of this machine, or a cluster."""

    chunk_seconds: float

    def warm(self, engine: str) -> Sequence[Future[tuple[str, ...]]]:
        """Compile on every machine what its workers will load; the futures give the names of the observables."""

    def expect(self, observables: tuple[str, ...], foreseen: Foreseen = unforeseen) -> None:
        """Take only results with these observables, from runs that take about as long as is foreseen."""

    def watch(self) -> None:
        """End workers of which nothing is heard any more."""

    @property
    def room(self) -> int:
        """How many more chunks can be put to use."""

    @property
    def is_busy(self) -> bool:
        """Whether runs are still to come."""

    def submit(self, chunk: Sequence[Job]) -> None:
        """Hand out a chunk of runs."""

    def collect(self, seconds: float) -> list[StoredRun]:
        """Return the runs that have come in, waiting at most about so long for the first."""

    def close(self) -> None:
        """Drop whatever is in hand."""


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


def warm_up(
    workers: Workers, engine: str, wish: Wish, on_wait: Callable[[float], None], patience: float
) -> tuple[str, ...]:
    """Have everything compiled and return the names of the observables; none when a signal comes first.

    Parameters
    ----------
    workers : Workers
        Where runs will be made.
    engine : str
        What is to be compiled.
    wish : Wish
        Whether a signal has come.
    on_wait : callable
        Called about once a second with the seconds that have passed.
    patience : float
        Seconds before it is called at all.

    Raises
    ------
    Invalid
        What is to be compiled cannot be, as a tactic of the user's own.
    SweepError
        Not even a tiny run can be made.
    """
    began, due = monotonic(), patience
    if due == 0.0:  # starting the first worker takes a while, too
        due = WAIT_SECONDS
        on_wait(0.0)
    futures = workers.warm(engine)
    while not all(future.done() for future in futures):
        if wish:
            return ()
        workers.watch()
        if (passed := monotonic() - began) >= due:
            due = passed + WAIT_SECONDS
            on_wait(passed)
        sleep(WARM_POLL)
    try:
        return [future.result() for future in futures][0]  # noqa: RUF015 - every machine must have succeeded
    except Invalid:
        raise
    except Exception as error:
        raise SweepError(f"Not even a tiny run can be made here ({type(error).__name__}: {error}).") from error


def carry_on(ledger: Ledger, so_far: RunsSoFar, workers: Workers, wish: Wish, is_enough: Callable[[], bool]) -> None:
    """Make and store runs until none is missing, a signal comes, or ``is_enough`` says so.

    Parameters
    ----------
    ledger : Ledger
        The folder.
    so_far : RunsSoFar
        Kept up to date; only runs that are on the disk count.
    workers : Workers
        Where runs are made.
    wish : Wish
        Whether a signal has come.
    is_enough : callable
        Called after each look at the workers; true ends the sitting.
    """
    chunks = _chunks(ledger, so_far, workers.chunk_seconds)
    while not wish:
        while workers.room > 0 and (chunk := next(chunks, None)):
            workers.submit(chunk)
        if not workers.is_busy:
            break
        made = workers.collect(COLLECT_SECONDS)
        ledger.store.add(made)
        for stored in made:
            so_far.add(stored)
        if is_enough():
            break


def _chunks(ledger: Ledger, so_far: RunsSoFar, chunk_seconds: float) -> Iterator[list[Job]]:
    """Yield the missing runs in chunks just long enough to make handing them out cheap.

    The arms of a point begin in one world, which a process that gets them one after another builds once; so a chunk
    ends with a point, unless that made it many times as long.
    """
    arms = len(ledger.study.arms)
    chunk: list[Job] = []
    for run in in_order(ledger.jobs):
        if so_far.state[run] == MISSING and ledger.expects(run):
            chunk.append(ledger.jobs[run])
            mean = so_far.costs.mean
            enough = 0.0 if mean is None else min(CHUNK_MOST, chunk_seconds / max(mean, 1e-9))
            if len(chunk) >= enough * (1 if (run + 1) % arms == 0 else PATIENCE):
                yield chunk
                chunk = []
    if chunk:
        yield chunk


def holder() -> dict[str, Any]:
    """Return who is writing, for those who find the folder in use."""
    started = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
    return {"pid": os.getpid(), "host": socket.gethostname(), "started": started}
