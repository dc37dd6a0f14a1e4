"""Sweeps: every run of a study carried out once, kept as soon as it is finished, and never lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from experiments.study import Study


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
        Run the runs again that failed in an earlier session.
    accept_changes : bool
        Go on in a folder that was made by other sources, parameters or versions; the change is recorded.
    allow_large : bool
        Lift the limit on the number of runs.
    shard : tuple of int, optional
        (i, n): only the i-th of n disjoint parts (i from 1), to be joined by `storage.merge`.
    dask : str, optional
        Address of a Dask scheduler, or ``local``.
    work : str
        "module:function" that carries out one request. For tests only.
    """

    jobs: int | None = None
    run_timeout: float | None = None
    memory_limit: int | None = None
    max_failures: int | None = None
    retry_failed: bool = False
    accept_changes: bool = False
    allow_large: bool = False
    shard: tuple[int, int] | None = None
    dask: str | None = None
    work: str = "simulation:run"


USUAL = Options()


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


class Failure(NamedTuple):
    """One run that could not be completed.

    ``status`` is one of failed, worker_died, memory, timeout; ``reproduce`` is the command that runs it again.
    """

    run: int
    status: str
    problem: str
    reproduce: str


class Summary(NamedTuple):
    """What a sweep did, as the command line reports it.

    ``ran`` counts the runs of this session, ``done`` all completed runs in the folder,
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


class Plan(NamedTuple):
    """What a sweep would do, from a pilot of three runs; nothing is written.

    ``values`` gives for every swept parameter its levels (a list) or its range (low, high);
    ``seconds`` is the estimate on ``jobs`` processes with its range, ``disk_bytes`` the size of the folder.
    """

    runs: int
    points: int
    arms: list[str]
    replicates: int
    values: dict[str, list[object] | tuple[float, float]]
    jobs: int
    seconds: float
    seconds_range: tuple[float, float]
    disk_bytes: int
    files: list[str]


Report = Callable[[Progress], None]


def sweep(
    study: Study,
    out: str | Path,
    *,
    replicates: int | None = None,
    seed: int | None = None,
    report: Report | None = None,
    options: Options = USUAL,
) -> Summary:
    """Carry out every run of a study that its folder does not hold yet.

    Running it again on the same folder goes on where it stopped; a larger ``replicates`` extends the folder.

    Parameters
    ----------
    study : Study
        What to run.
    out : path
        The result folder; created when missing. A folder with anything else in it is refused.
    replicates, seed : int, optional
        Instead of the study's own.
    report : callable, optional
        Called with a `Progress` about twice a second, from this thread.
    options : Options
        How to carry it out.

    Raises
    ------
    Invalid
        The study is too large or cannot be run (exit code 2).
    SweepError
        With its ``exit_code``: Incompatible, Damaged, NotWritable (4), InUse (5), Interrupted (128 + signal).
    """
    raise NotImplementedError


def resume(out: str | Path, *, report: Report | None = None, options: Options = USUAL) -> Summary:
    """Go on with the sweep in a folder, which holds its own study; see `sweep`."""
    raise NotImplementedError


def plan(study: Study, *, replicates: int | None = None, seed: int | None = None, options: Options = USUAL) -> Plan:
    """Say what a sweep would do and what it would cost, from three pilot runs spread over the design."""
    raise NotImplementedError
