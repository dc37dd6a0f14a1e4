"""Sweeps: every run of a study carried out once, kept as soon as it is finished, and never lost."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import NamedTuple

from experiments.design.jobs import jobs_of
from experiments.design.study import Study
from experiments.store import folder
from experiments.store.database import Store, held
from experiments.store.errors import Interrupted
from experiments.store.export import derive
from experiments.store.ledger import Failure, Ledger, found
from experiments.sweep import estimate, signals, worker
from experiments.sweep.estimate import Plan
from experiments.sweep.pool import Pool
from experiments.sweep.progress import Report, Reporter, Tally
from experiments.sweep.sitting import Workers, carry_on, holder, warmed
from simulation import Request
from simulation.errors import Invalid


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
    overwrite : bool
        Throw away the sweep that is in the folder, once nothing else stands in the way of the new one.
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
    overwrite: bool = False
    shard: tuple[int, int] | None = None
    dask: str | None = None
    work: str = "simulation.results:run"


USUAL = Options()
FAILURES_LISTED = 100


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
    _check(options)
    out = Path(out)
    study = study.with_runs(replicates, seed)
    jobs_of(study, allow_large=options.allow_large)
    Request("tiny", seed=study.seed, replicate=study.replicates - 1).check()
    folder.prepare(out)
    with held(out):
        if options.overwrite and (out / folder.STORE).exists():
            _check_cluster(options)
            folder.clear(out)
        with Store(out, write=True) as store:
            ledger = found(store, study, options.shard, options.accept_changes)
            return _carried_out(ledger, report, options)


def resume(out: str | Path, *, report: Report | None = None, options: Options = USUAL) -> Summary:
    """Go on with the sweep in a folder, which holds its own study; see `sweep`."""
    out = Path(out)
    with Store(out) as store:
        ledger = Ledger(store)
    options = options._replace(shard=ledger.shard, allow_large=True)
    return sweep(ledger.study, out, report=report, options=options)


def plan(study: Study, *, replicates: int | None = None, seed: int | None = None, options: Options = USUAL) -> Plan:
    """Say what a sweep would do and what it would cost, from three pilot runs spread over the design."""
    jobs = jobs_of(study, replicates, seed, allow_large=options.allow_large)
    return estimate.plan(jobs, _processes(options), options.work, options.shard)


def _check(options: Options) -> None:
    part, parts = options.shard or (1, 1)
    problems = {
        f"`jobs` must be at least 1, but is {options.jobs}.": options.jobs is not None and options.jobs < 1,
        f"`run_timeout` must be more than 0 s, but is {options.run_timeout}.": options.run_timeout is not None
        and not options.run_timeout > 0,
        f"`max_failures` must be at least 1, but is {options.max_failures}.": options.max_failures is not None
        and options.max_failures < 1,
        f"The shard {part}/{parts} is none: shards of {parts} are numbered from 1 to {parts}.": not 1 <= part <= parts,
    }
    if any(problems.values()):
        raise Invalid([problem for problem, is_so in problems.items() if is_so])


def _processes(options: Options) -> int:
    if options.jobs is not None:
        return options.jobs
    # A container may grant fewer cores than the machine has; macOS cannot say.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _carried_out(ledger: Ledger, report: Report | None, options: Options) -> Summary:
    ledger.store.put(holder=holder(), finished=None)
    tally = Tally(ledger, options.retry_failed)
    shown = Reporter(tally, report, options.max_failures)
    with signals.heard() as wish:
        shown.tell()
        if tally.done + tally.failed < tally.total:
            _make_missing(ledger, tally, wish, shown, options)
        shown.tell()
        derived = derive(ledger)
        ledger.store.put(holder=None, finished=derived.seal())
    if wish.number is not None:
        raise Interrupted(_farewell(ledger, tally), wish.number)
    return Summary(
        out=ledger.store.path.parent,
        total=tally.total,
        ran=tally.ran,
        done=tally.done,
        failed=tally.failed,
        failures=ledger.failures(FAILURES_LISTED),
        seconds=tally.seconds,
        table_hash=derived.table_hash,
        stopped=shown.is_enough,
        files=[ledger.store.path, *derived.files],
    )


def _make_missing(ledger: Ledger, tally: Tally, wish: signals.Wish, shown: Reporter, options: Options) -> None:
    workers = _workers(ledger, options)
    try:
        observables = warmed(workers, ledger.study.engine, wish, lambda: shown.tell(warming=True))
        if observables:
            workers.expect(observables)
            ledger.note(observables)
            carry_on(ledger, tally, workers, wish, shown.look)
    finally:
        workers.close()


def _check_cluster(options: Options) -> None:
    """Find out whether a cluster is there before anything is thrown away."""
    if options.dask:
        from experiments.sweep.cluster import Cluster

        Cluster(worker.Terms(options.work, 0, options.run_timeout, options.memory_limit), options.dask, 1).close()


def _workers(ledger: Ledger, options: Options) -> Workers:
    epoch = len(ledger.epochs) - 1
    terms = worker.Terms(options.work, epoch, options.run_timeout, options.memory_limit)
    if options.dask:
        from experiments.sweep.cluster import Cluster

        return Cluster(terms, options.dask, _processes(options))
    return Pool(terms, _processes(options))


def _farewell(ledger: Ledger, tally: Tally) -> str:
    out = ledger.store.path.parent
    return (
        f"Stopped with {tally.done + tally.failed:,} of {tally.total:,} runs saved in {out}.\n"
        f"Go on with: syslead resume {shlex.quote(str(out))}"
    )
