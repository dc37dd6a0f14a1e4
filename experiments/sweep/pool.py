"""The processes of this machine that make a sweep's runs, and what is done when one of them dies.

A run that kills its worker, outlives its time or exhausts its memory costs no other run: the workers are started
again, whatever they had not begun is handed out again, and what they had in hand is tried alone. Only a run that
fails alone, too, is blamed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import NamedTuple

from experiments.design.jobs import Job
from experiments.store.errors import SweepError
from experiments.store.stored_runs import MEMORY, TIMEOUT, WORKER_DIED, StoredRun, sealed
from experiments.sweep import worker
from experiments.sweep.crew import Crew
from experiments.sweep.forecast import Foreseen, unforeseen
from experiments.sweep.options import USUAL
from experiments.sweep.worker import TRIES, Terms

# Suspects that may gather before the rest of the sweep waits for their trial.
SUSPECTS_MOST = 20
# Crews that may die one after another with nothing done, before it is no run's fault.
BARREN_CREWS = 5
RETRIED_ALONE = (MEMORY, TIMEOUT)


class _Solo(NamedTuple):
    """A run that is tried alone: the only one on the machine, in a process of its own."""

    job: Job
    crew: Crew
    future: Future[list[StoredRun]]


class Pool:
    """Worker processes on this machine.

    Parameters
    ----------
    terms : Terms
        On what terms runs are made.
    processes : int
        How many at a time.
    silence : float
        Seconds after which a worker of which nothing is heard is ended.
    """

    # Handing out costs a fraction of a millisecond; a longer chunk would be lost whole if the machine died.
    chunk_seconds = 0.01

    def __init__(self, terms: Terms, processes: int, silence: float = USUAL.silence):
        self._terms = terms
        self._processes = processes
        self._silence = silence
        self._foreseen: Foreseen = unforeseen
        self._crew: Crew | None = None
        self._futures: dict[Future[list[StoredRun]], Sequence[Job]] = {}
        self._again: deque[Sequence[Job]] = deque()
        self._alone: deque[Job] = deque()
        self._solo: _Solo | None = None
        self._barren = 0

    def warm(self, engine: str) -> list[Future[tuple[str, ...]]]:
        """Start one worker and have it compile what all will load; its future gives the names of the observables."""
        self._crew = self._crew_of(self._processes)
        return [self._crew.executor.submit(worker.warm, self._terms.work, engine)]

    def _crew_of(self, processes: int) -> Crew:
        return Crew(self._terms, processes, self._silence)

    def expect(self, observables: tuple[str, ...], foreseen: Foreseen = unforeseen) -> None:
        """Take only results with these observables, from runs that take about as long as is foreseen."""
        self._terms = self._terms._replace(observables=observables)
        self._foreseen = foreseen

    def watch(self) -> None:
        """End workers of which nothing is heard any more."""
        if self._crew:
            self._crew.kill_silent(self._foreseen)

    @property
    def room(self) -> int:
        """How many more chunks can be put to use: one in hand and one waiting for each process."""
        return 2 * self._processes - len(self._futures) - len(self._again)

    @property
    def is_busy(self) -> bool:
        """Whether runs are still to come."""
        return bool(self._futures or self._again or self._alone or self._solo)

    def submit(self, chunk: Sequence[Job]) -> None:
        """Hand out a chunk of runs."""
        self._again.append(chunk)

    def collect(self, seconds: float) -> list[StoredRun]:
        """Return the runs that have come in, waiting at most about so long for the first.

        Raises
        ------
        SweepError
            Workers keep dying before they begin a run.
        """
        if self._is_time_alone():
            if not self._futures:
                return self._alone_again(seconds)
        else:
            self._hand_out()
        finished, _ = wait(self._futures, seconds, FIRST_COMPLETED)
        broken = any(isinstance(future.exception(), BrokenProcessPool) for future in finished)
        broken = broken or (self._crew is not None and self._crew.is_broken)
        made = self._recover() if broken else self._take(finished)
        if made:
            self._barren = 0
        if self._crew:
            self._crew.kill_overdue(self._terms.run_timeout)
        self.watch()
        return made

    def close(self) -> None:
        """End all processes, dropping what they have in hand."""
        for crew in (self._crew, self._solo and self._solo.crew):
            if crew:
                crew.dismiss()
        self._crew = self._solo = None

    def _is_time_alone(self) -> bool:
        """Whether to judge a suspect now: when all else is done, or when many have gathered."""
        waiting = len(self._alone)
        return bool(self._solo or waiting >= SUSPECTS_MOST or (waiting and not self._again and not self._futures))

    def _hand_out(self) -> None:
        while self._again:
            self._crew = self._crew or self._crew_of(self._processes)
            try:
                future = self._crew.executor.submit(worker.carry_out, self._terms, self._again[0])
            except (BrokenProcessPool, OSError):  # it breaks now, or no process can be started
                if self._futures:
                    # Their futures say so, too, and `collect` sees to it.
                    return
                self._recover()
                continue
            self._futures[future] = self._again.popleft()

    def _take(self, finished: Iterable[Future[list[StoredRun]]]) -> list[StoredRun]:
        """Return the runs to keep of chunks that are whole; those short of memory or time are put aside."""
        made: list[StoredRun] = []
        for future in finished:
            chunk = self._futures.pop(future)
            again = {stored.run for stored in future.result() if stored.status in RETRIED_ALONE}
            self._alone.extend(job for job in chunk if job.run in again)
            made += [stored for stored in future.result() if stored.run not in again]
        return made

    def _recover(self) -> list[StoredRun]:
        """Take stock after a worker died: keep what is whole, hand out what was not begun, suspect the rest."""
        crew, self._crew = self._crew, None
        assert crew is not None, "nothing is handed out without a crew"
        suspects = {run for _, run, _ in crew.slots.in_hand()}
        crew.dismiss()
        self._barren += 1
        if self._barren > BARREN_CREWS:
            raise SweepError("The worker processes keep dying before they finish a run; is there enough memory?")
        made = self._take(
            [each for each in self._futures if each.done() and not each.cancelled() and not each.exception()]
        )
        for chunk in self._futures.values():
            self._alone.extend(job for job in chunk if job.run in suspects)
            self._again.append([job for job in chunk if job.run not in suspects])
        self._futures.clear()
        self._again = deque(chunk for chunk in self._again if chunk)
        return made

    def _alone_again(self, seconds: float) -> list[StoredRun]:
        """Make one run with a process and the machine to itself, and return what is kept of it, whatever became of it."""
        if self._solo is None:
            crew = self._crew_of(1)
            job = self._alone.popleft()
            self._solo = _Solo(job, crew, crew.executor.submit(worker.carry_out, self._terms, [job], TRIES))
        job, crew, future = self._solo
        crew.kill_overdue(self._terms.run_timeout)
        crew.kill_silent(self._foreseen)
        if not wait([future], seconds).done and not crew.is_broken:
            return []
        self._solo = None
        self._barren = 0
        crew.dismiss()
        if not future.done() or isinstance(future.exception(), BrokenProcessPool):
            status, problem = crew.blamed.get(job.run, (WORKER_DIED, "the run killed its worker process"))
            return [sealed(job, status, {"problem": problem, "tries": TRIES}, made_with=self._terms.made_with)]
        return future.result()
