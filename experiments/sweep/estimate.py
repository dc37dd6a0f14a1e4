"""What a sweep would do and cost, from a pilot of a few runs before it is begun."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from experiments.design.cells import Value
from experiments.design.jobs import Jobs, jobs_of
from experiments.design.points import Sample
from experiments.design.study import Arm, Study
from experiments.store.folder import OUTCOMES, PROVENANCE, STORE, TRAJECTORIES
from experiments.store.ledger import shard_of
from experiments.store.stored_runs import OK, StoredRun
from experiments.store.tables import CELL_BYTES, WEEK_BYTES, WEEKLY_ROWS
from experiments.sweep import worker
from experiments.sweep.options import USUAL, Options
from simulation import Request
from simulation import scenario as scenarios
from simulation.settings import merged, mix

PILOT_RUNS = 3
START_SECONDS = 2.0
# Measured: what a row takes in the store beside its contents.
ROW_BYTES = 150


class Estimate(NamedTuple):
    """What a sweep would do, from a pilot of three runs; nothing is written.

    ``values`` gives for every swept parameter its levels (a list) or its range (low, high); ``as_run`` gives for every
    arm by name what it is, as `arm_as_run` has it; ``seed`` is that of the runs, ``design_seed`` that of a sample.
    ``seconds`` is the estimate on ``jobs`` processes with its range, ``disk_bytes`` the size of the folder.
    ``problems`` says which pilot runs failed, and how. ``runs`` counts those of the shard, of ``whole`` in all.
    """

    runs: int
    whole: int
    points: int
    arms: list[str]
    as_run: dict[str, dict[str, Any]]
    replicates: int
    weeks: int
    seed: int
    design_seed: int | None
    engine: str
    values: dict[str, list[Value] | tuple[Value, Value]]
    jobs: int
    seconds: float
    seconds_range: tuple[float, float]
    disk_bytes: int
    files: list[str]
    problems: list[str]


def estimate(
    study: Study, *, replicates: int | None = None, seed: int | None = None, options: Options = USUAL
) -> Estimate:
    """Make three runs spread over the design and return what a sweep would do and cost; nothing is written.

    Raises
    ------
    Invalid
        What the sweep would refuse: its extent, its options.
    """
    options.check()
    jobs = jobs_of(study, replicates, seed, allow_large=options.allow_large)
    processes, work, shard = options.processes, options.work, options.shard
    study = jobs.study
    Request("tiny", seed=study.seed, replicate=study.replicates - 1).check()
    terms = worker.Terms(work, observables=worker.warm(work, study.engine))
    made = [worker.make(jobs[run], terms, worker.TRIES) for run in _spread_over(jobs)]
    runs = len(jobs) if shard is None else sum(shard_of(run, shard[1]) == shard[0] for run in range(len(jobs)))
    seconds = [stored.seconds * runs / processes + START_SECONDS for stored in made]
    weekly = runs * (study.weeks + 1) <= WEEKLY_ROWS
    return Estimate(
        runs=runs,
        whole=len(jobs),
        points=study.design.size,
        arms=[arm.name for arm in study.arms],
        as_run={arm.name: arm_as_run(arm, study) for arm in study.arms},
        replicates=study.replicates,
        weeks=study.weeks,
        seed=study.seed,
        design_seed=study.design.seed if isinstance(study.design, Sample) else None,
        engine=study.engine,
        values=_values(jobs),
        jobs=processes,
        seconds=sum(seconds) / len(seconds),
        seconds_range=(min(seconds), max(seconds)),
        disk_bytes=int(sum(_bytes(stored, jobs, weekly) for stored in made) / len(made) * runs),
        files=[STORE, OUTCOMES, *([TRAJECTORIES] if weekly else []), PROVENANCE],
        problems=[f"run {stored.run}: {stored.content['problem']}" for stored in made if stored.status != OK],
    )


def arm_as_run(arm: Arm, study: Study) -> dict[str, Any]:
    """Return an arm as it is run: whatever sets a parameter, its settings are those that hold, but for the factors.

    Keys are `title`, `scenario`, `change` (none where neither arm nor scenario names one), `tactics` (as given), `shares` (of the leaders' time, by conversation; empty where
    nobody leads), `settings` and `schedule`.
    """
    scenario = scenarios.economy(arm.scenario, arm.change)
    change = arm.change or scenario.change
    settings = merged(scenario, arm.tactics, arm.settings)
    varied = set(study.design.columns)
    return {
        "title": arm.title,
        "scenario": Path(arm.scenario).stem,
        "change": Path(change).stem if change else None,
        "tactics": {name: share for name, share in arm.tactics.items() if f"tactics.{name}" not in varied},
        "shares": mix(arm.tactics),
        "settings": {name: value for name, value in settings.items() if name not in varied},
        "schedule": list(arm.schedule),
    }


def _spread_over(jobs: Jobs) -> list[int]:
    """Return a few runs from all over the first replicate."""
    cells = len(jobs) // jobs.study.replicates
    return [(2 * number + 1) * cells // (2 * PILOT_RUNS) for number in range(PILOT_RUNS)]


def _bytes(stored: StoredRun, jobs: Jobs, weekly: bool) -> float:
    kept = ROW_BYTES + len(stored.body) + len(stored.curves)
    outcome = CELL_BYTES * (5 + len(jobs.study.design.columns) + len(stored.content))
    return kept + outcome + (WEEK_BYTES * (jobs.study.weeks + 1) if weekly else 0)


def _values(jobs: Jobs) -> dict[str, list[Value] | tuple[Value, Value]]:
    """Return the levels of each swept parameter, or its range where a sample is drawn from one."""
    design = jobs.study.design
    levels = design.levels_by_name()
    if not isinstance(design, Sample):
        return {name: list(values) for name, values in levels.items()}
    return {
        name: (values[0], values[-1]) if prior.kind in ("number", "integer") else list(values)
        for (name, values), prior in zip(levels.items(), design.priors, strict=True)
    }
