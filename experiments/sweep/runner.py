"""Sweeps: every run of a study carried out once, kept as soon as it is finished, and never lost."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from math import inf
from pathlib import Path

from experiments.design.inputs import Input, inputs_of
from experiments.design.study import Study, size_problems
from experiments.store import folder
from experiments.store.database import Store, hold
from experiments.store.entry import enter
from experiments.store.errors import Incompatible, Interrupted
from experiments.store.export import derive
from experiments.store.ledger import Ledger
from experiments.sweep import signals
from experiments.sweep.options import USUAL, Options
from experiments.sweep.pool import Pool
from experiments.sweep.progress import OnProgress, RunsSoFar, Watch
from experiments.sweep.sitting import Sitting, Workers, carry_on, holder, warm_up
from experiments.sweep.worker import Terms
from simulation import Request, cache
from simulation.errors import Invalid
from simulation.words import counted

FAILURES_LISTED = 100


def sweep(
    study: Study,
    out: str | Path,
    *,
    replicates: int | None = None,
    seed: int | None = None,
    on_progress: OnProgress | None = None,
    options: Options = USUAL,
) -> Sitting:
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
    on_progress : callable, optional
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
    study = study.with_runs(replicates, seed)
    if replicates is not None and not options.overwrite:
        _refuse_fewer(Path(out), replicates)
    return _sweep(study, Path(out), inputs_of(study), on_progress, options)


def _sweep(
    study: Study, out: Path, inputs: Mapping[str, Input], on_progress: OnProgress | None, options: Options
) -> Sitting:
    options.check()
    if problems := size_problems(study.design.size, len(study.arms), study.replicates, options.allow_large):
        raise Invalid(problems)
    Request("tiny", seed=study.seed, replicate=study.replicates - 1).check()
    folder.prepare(out)
    with hold(out):
        if options.overwrite and (out / folder.STORE).exists():
            # A cluster that does not answer must not cost what is there; making a pool starts nothing.
            _workers(options, 1, 0).close()
            folder.clear(out)
        with Store(out, write=True) as store:
            ledger = enter(store, study, options.shard, options.accept_changes, inputs)
            return _sit(ledger, inputs, on_progress, options)


def _refuse_fewer(out: Path, replicates: int) -> None:
    """Refuse to go on with fewer replicates than a folder has: they would be made all the same."""
    if (out / folder.STORE).is_file():
        with Store(out) as store:
            there = (store.fact("study") or {}).get("replicates", 0)
        if replicates < there:
            raise Incompatible(
                f"{out}: this folder is for {there:,} replicates, and can have more but not {replicates:,}. "
                "Use a new folder, or throw the results away with --overwrite."
            )


def resume(out: str | Path, *, on_progress: OnProgress | None = None, options: Options = USUAL) -> Sitting:
    """Go on with the sweep in a folder, which holds its own study; see `sweep`."""
    out = Path(out)
    with Store(out) as store:
        ledger = Ledger(store)
        inputs = ledger.inputs(options.as_kept)
    options = options._replace(shard=ledger.shard, allow_large=True)
    return _sweep(ledger.study, out, inputs, on_progress, options)


def _sit(ledger: Ledger, inputs: Mapping[str, Input], on_progress: OnProgress | None, options: Options) -> Sitting:
    ledger.store.put(holder=holder(), finished=None)
    so_far = RunsSoFar(ledger, options.retry_failed)
    watch = Watch(so_far, on_progress, options.max_failures)
    with signals.noted() as wish:
        watch.show()
        if so_far.done + so_far.failed < so_far.total:
            with ledger.laid_out(inputs, where_they_lie=options.dask is not None):
                _make_missing(ledger, so_far, wish, watch, options)
        watch.show()
        derived = derive(ledger)
        ledger.store.put(holder=None, finished=derived.seal())
    if wish.number is not None:
        raise Interrupted(_farewell(ledger, so_far), wish.number)
    return Sitting(
        out=ledger.folder,
        total=so_far.total,
        ran=so_far.ran,
        done=so_far.done,
        failed=so_far.failed,
        failures=ledger.failures(FAILURES_LISTED),
        seconds=so_far.seconds,
        table_hash=derived.table_hash,
        stopped=watch.is_enough,
        files=[ledger.store.path, *derived.files],
    )


def _make_missing(ledger: Ledger, so_far: RunsSoFar, wish: signals.Wish, watch: Watch, options: Options) -> None:
    workers = _workers(options, options.processes, len(ledger.made_with) - 1)
    try:
        engine = ledger.study.engine
        observables = warm_up(workers, engine, wish, watch.show, _patience(engine, options))
        if observables:
            workers.expect(observables, so_far.costs.foreseen)
            ledger.note(observables)
            carry_on(ledger, so_far, workers, wish, watch.look)
    finally:
        workers.close()


def _patience(engine: str, options: Options) -> float:
    """Return how many seconds the workers may take to get ready before it is said that they compile."""
    if options.dask:
        return 1.0  # whether these have compiled before is not known here
    return inf if cache.is_filled(engine) else 0.0


def _workers(options: Options, processes: int, made_with: int) -> Workers:
    terms = Terms(options.work, made_with, options.run_timeout, options.memory_limit)
    if options.dask:
        from experiments.sweep.cluster import Cluster

        return Cluster(terms, options.dask, processes)
    return Pool(terms, processes, options.silence)


def _farewell(ledger: Ledger, so_far: RunsSoFar) -> str:
    return (
        f"Stopped with {so_far.done + so_far.failed:,} of {counted(so_far.total, 'run')} saved in {ledger.folder}.\n"
        f"Go on with: syslead resume {shlex.quote(str(ledger.folder))}"
    )
