"""Runs made on a Dask cluster: one that exists, or one made here for the occasion.

Runs are idempotent by key, so whatever Dask does twice is stored once, and a lost worker or scheduler costs only the
runs in flight. The store stays with the process that sweeps; workers only send what to keep.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from importlib import import_module
from time import monotonic
from typing import Any

from experiments import how_to_install
from experiments.design.jobs import Job
from experiments.store.errors import SweepError
from experiments.store.stored_runs import WORKER_DIED, StoredRun, sealed
from experiments.sweep import worker
from experiments.sweep.forecast import Foreseen, unforeseen
from experiments.sweep.worker import TRIES, Terms
from simulation import fingerprint
from simulation.errors import Invalid

LOCAL = "local"
HERE = "127.0.0.1"
CONNECT_SECONDS = "20s"
CLOSE_SECONDS = 10
GONE = "The Dask scheduler is gone. What was finished is saved; `syslead resume` goes on."
NOBODY = "No Dask worker is left. What was finished is saved; `syslead resume` goes on."
CHUNKS_EACH = 3
COUNT_SECONDS = 2.0
# A scheduler may have to ask for new workers; a cluster that stays empty is no cluster.
WORKERLESS_SECONDS = 60.0


class Cluster:
    """Workers of a Dask cluster.

    Parameters
    ----------
    terms : Terms
        On what terms runs are made.
    address : str
        Of the scheduler, such as ``tcp://10.0.0.5:8786``; or ``local`` for a cluster on this machine, which listens
        on 127.0.0.1 only.
    processes : int
        Workers of a local cluster.

    Raises
    ------
    Invalid
        Dask is not installed, no scheduler answers, its workers have other sources, or a limit is asked for that only
        processes of this machine can keep.
    """

    # A scheduler needs about a millisecond for each task, and should see seconds of work rather than milliseconds.
    chunk_seconds = 0.5

    def __init__(self, terms: Terms, address: str, processes: int):
        if terms.run_timeout is not None or terms.memory_limit is not None:
            raise Invalid(
                ["Limits on time and memory of a run hold on this machine only; set those of Dask's workers."]
            )
        try:
            dask: Any = import_module("distributed")
        except ImportError:
            raise Invalid([f"A Dask cluster needs Dask: {how_to_install('cluster')}"]) from None
        self._dask, self._terms = dask, terms
        self._chunks: dict[Any, Sequence[Job]] = {}
        self._suspects: deque[Job] = deque()
        self._on_trial: Job | None = None
        self._counted, self._workers, self._seen_alive = 0.0, 1, monotonic()
        self._local = _local(dask, processes) if address == LOCAL else None
        try:
            self._client: Any = dask.Client(self._local or address, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise Invalid([f"No Dask scheduler answers at {address!r} ({error})."]) from None
        self._refuse_other_sources()

    def _refuse_other_sources(self) -> None:
        known = self._client.run(fingerprint.sources)
        others = sorted(place for place, sources in known.items() if sources != fingerprint.sources())
        if others:
            self.close()
            raise Invalid([f"The Dask workers {', '.join(others)} have another version of the model."])

    def warm(self, engine: str) -> list[Any]:
        """Have one worker of each machine compile what the others will load."""
        one_a_machine = {place.rpartition(":")[0]: place for place in self._client.nthreads()}
        return [
            self._client.submit(worker.warm, self._terms.work, engine, workers=[place], pure=False)
            for place in one_a_machine.values()
        ]

    def expect(self, observables: tuple[str, ...], foreseen: Foreseen = unforeseen) -> None:
        """Take only results with these observables; how long runs may take is up to the cluster."""
        self._terms = self._terms._replace(observables=observables)

    def watch(self) -> None:
        """Leave it to the scheduler to miss a worker."""

    @property
    def room(self) -> int:
        """How many more chunks can be put to use."""
        self._count_workers()
        return CHUNKS_EACH * max(1, self._workers) - len(self._chunks)

    def _count_workers(self) -> None:
        now = monotonic()
        if now - self._counted > COUNT_SECONDS:
            self._counted, self._workers = now, len(self._client.nthreads())
        if self._workers:
            self._seen_alive = now
        elif now - self._seen_alive > WORKERLESS_SECONDS:
            raise SweepError(NOBODY)

    @property
    def is_busy(self) -> bool:
        """Whether runs are still to come."""
        return bool(self._chunks or self._suspects)

    def submit(self, chunk: Sequence[Job]) -> None:
        """Hand out a chunk of runs."""
        self._chunks[self._client.submit(carry_out, self._terms, chunk, pure=False)] = chunk

    def collect(self, seconds: float) -> list[StoredRun]:
        """Return the runs that have come in, waiting at most about so long for the first.

        Raises
        ------
        SweepError
            The scheduler is gone, or all its workers.
        """
        if self._client.status != "running":
            raise SweepError(GONE)
        if not self._chunks:
            # Dask blames whatever its workers had in hand when they died; only a run that is alone shows itself.
            self._on_trial = self._suspects.popleft()
            self.submit([self._on_trial])
        try:
            finished, _ = self._dask.wait(list(self._chunks), timeout=seconds, return_when="FIRST_COMPLETED")
        except TimeoutError:
            return []
        except CancelledError:
            raise SweepError(GONE) from None
        return [stored for future in finished for stored in self._made(future, self._chunks.pop(future))]

    def _made(self, future: Any, chunk: Sequence[Job]) -> list[StoredRun]:
        """Return the runs of a chunk; those of one that kept losing its workers are put aside, to be tried alone."""
        if future.status == "finished":
            made: list[StoredRun] = future.result()
            return made
        if chunk[0] is not self._on_trial:
            self._suspects.extend(chunk)
            return []
        content = {"problem": f"the run killed its Dask workers ({future.exception()!r:.300})", "tries": TRIES}
        return [sealed(chunk[0], WORKER_DIED, content, made_with=self._terms.made_with)]

    def close(self) -> None:
        """Drop whatever is in hand, and end a cluster that was made here."""
        for part in (self._client, self._local):
            if part is not None:
                # Every run is stored by now. Whoever does not answer, or falls while it is closed, as a worker may that
                # is just being started again, is gone already or goes with this process.
                with suppress(Exception):
                    part.close(timeout=CLOSE_SECONDS)


def _local(dask: Any, processes: int) -> Any:
    """Return a cluster of this machine's processes."""
    # Dask's own defaults would open the dashboard to the whole network.
    return dask.LocalCluster(
        n_workers=processes,
        threads_per_worker=1,
        host=HERE,
        dashboard_address=None,
        silence_logs=50,
        # Suspects are tried alone by us; Dask need not try them as often as it does by default.
        scheduler_kwargs={"allowed_failures": 1},
    )


def carry_out(terms: Terms, chunk: Sequence[Job]) -> list[StoredRun]:
    """Make the runs of a chunk; called on a Dask worker."""
    return [worker.make(job, terms) for job in chunk]
