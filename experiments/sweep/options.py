"""How a sweep is carried out: processes or a cluster, limits, what to do when runs fail."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from simulation.errors import Invalid

LONGEST_RUN = 10**8
"""Seconds that a timer can be set to, by far."""


class Options(NamedTuple):
    """How a sweep is carried out; nothing here changes a result.

    Parameters
    ----------
    jobs : int, optional
        Worker processes; by default one for each core this process may use.
    run_timeout : float, optional
        Seconds after which one run is given up; by default never.
    memory_limit : int, optional
        Bytes of address space a worker may use; by default no limit.
    max_failures : int, optional
        Stop once this many runs have failed (1 is ``--fail-fast``); by default keep going.
    retry_failed : bool
        Make the runs again that failed in an earlier sitting.
    accept_changes : bool
        Go on in a folder that was made by other sources, parameters or versions; the change is recorded.
    as_kept : bool
        Resume with the scenarios and changes that the folder keeps, although they have changed since.
    allow_large : bool
        Lift the limit on the number of runs.
    overwrite : bool
        Throw away the sweep that is in the folder, once nothing else stands in the way of the new one.
    shard : tuple of int, optional
        (i, n): only the i-th of n disjoint parts (i from 1), to be joined by `merge.join_shards`.
    dask : str, optional
        Address of a Dask scheduler, or ``local``.
    work : str
        "module:function" that carries out one request. For tests only.
    silence : float
        Seconds after which a worker of which nothing is heard is ended. For tests only.
    """

    jobs: int | None = None
    run_timeout: float | None = None
    memory_limit: int | None = None
    max_failures: int | None = None
    retry_failed: bool = False
    accept_changes: bool = False
    as_kept: bool = False
    allow_large: bool = False
    overwrite: bool = False
    shard: tuple[int, int] | None = None
    dask: str | None = None
    work: str = "simulation.running:run"
    silence: float = 60.0

    def check(self) -> None:
        """Raise `Invalid` with everything that is wrong with these options."""
        if problems := list(self._problems()):
            raise Invalid(problems)

    def _problems(self) -> Iterator[str]:
        if self.jobs is not None and self.jobs < 1:
            yield f"`jobs` must be at least 1, but is {self.jobs}."
        if self.run_timeout is not None and not 0 < self.run_timeout <= LONGEST_RUN:
            yield f"`run_timeout` must be more than 0 s and at most {LONGEST_RUN:,} s, but is {self.run_timeout}."
        if self.max_failures is not None and self.max_failures < 1:
            yield f"`max_failures` must be at least 1, but is {self.max_failures}."
        part, parts = self.shard or (1, 1)
        if not 1 <= part <= parts:
            yield f"The shard {part}/{parts} is none: shards of {parts} are numbered from 1 to {parts}."

    @property
    def processes(self) -> int:
        """How many processes make runs."""
        if self.jobs is not None:
            return self.jobs
        # A container may grant fewer cores than the machine has; macOS cannot say.
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


USUAL = Options()
