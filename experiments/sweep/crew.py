"""One generation of worker processes, and how one of them is ended that has come to a stand."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from math import inf

from experiments.store.stored_runs import TIMEOUT, WORKER_DIED
from experiments.sweep import worker
from experiments.sweep.forecast import Foreseen
from experiments.sweep.servers import keep_going
from experiments.sweep.silence import Awake, Unchanged
from experiments.sweep.worker import Signs, Slots, Terms

# A worker raises in its own run when time is up; one that cannot, since it never returns to Python, is killed.
GRACE = 1.5
BEYOND_FORECAST = 10
"""How many times as long as foreseen a run may take."""


class Crew:
    """One generation of worker processes; it ends when one of them dies."""

    def __init__(self, terms: Terms, processes: int, silence: float):
        keep_going()
        # Children of a server process start fast and inherit neither the folder's lock nor a thread's held lock.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["experiments.sweep.worker", "numpy", terms.work.partition(":")[0]])
        self.slots = Slots(processes, context)
        self.executor = ProcessPoolExecutor(
            processes, mp_context=context, initializer=worker.start, initargs=(self.slots, terms.memory_limit)
        )
        self.silence = silence
        self.blamed: dict[int, tuple[str, str]] = {}  # by run: what it is blamed for, if it is
        self._awake, self._looked = Awake(), 0.0
        self._beats, self._runs = Unchanged(), Unchanged()

    @property
    def is_broken(self) -> bool:
        """Whether a process has died; what was handed out in that very moment is never told of."""
        return bool(self.executor._broken)

    def kill_overdue(self, run_timeout: float | None) -> None:
        """Kill each process whose run has outlived its time and did not stop by itself."""
        if run_timeout is None:
            return
        for process, run, seconds in self.slots.in_hand():
            if seconds > run_timeout + GRACE and run not in self.blamed:
                self.blamed[run] = TIMEOUT, f"the run took longer than {run_timeout:g} s"
                _kill(process)

    def kill_silent(self, foreseen: Foreseen) -> None:
        """Kill each process that is stopped, or whose run takes far longer than foreseen; to be called all the time."""
        now = self._awake.tick()
        if now - self._looked < self.silence / 20:
            return
        self._looked = now
        signs = self.slots.signs()
        for process in list(self.executor._processes or {}):
            beat, run, began = signs.get(process, Signs())
            silent = self._beats.seconds(process, beat, now)
            taken = self._runs.seconds(process, (run, began), now)
            seconds = None if run is None else foreseen(run)
            most = inf if seconds is None else max(self.silence, BEYOND_FORECAST * seconds)
            if silent <= self.silence and taken <= most:
                continue
            if run is not None and taken > most:
                self.blamed[run] = TIMEOUT, f"the run took longer than {most:.0f} s, many times what was foreseen"
            elif run is not None:
                self.blamed[run] = WORKER_DIED, f"nothing was heard of the run's worker process for {silent:.0f} s"
            _kill(process)

    def dismiss(self) -> None:
        """End the processes at once, whatever they do."""
        # Python has this as `kill_workers`, but only from 3.14 on.
        for process in list((self.executor._processes or {}).values()):
            process.kill()
        # Otherwise whoever waits for the rest of what a killed process was sending would wait for ever.
        self.executor._result_queue._writer.close()  # type: ignore[attr-defined]
        self.executor.shutdown(wait=True, cancel_futures=True)


def _kill(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
