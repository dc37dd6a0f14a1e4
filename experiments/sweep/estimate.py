"""What a sweep would do and cost, told before it is begun."""

from __future__ import annotations

from typing import NamedTuple

from experiments.design.cells import Value
from experiments.design.jobs import Jobs
from experiments.design.points import Sample
from experiments.store import stored_runs
from experiments.store.folder import OUTCOMES, PROVENANCE, STORE, TRAJECTORIES
from experiments.store.ledger import shard_of
from experiments.store.stored_runs import Row
from experiments.store.tables import CELL_BYTES, WEEK_BYTES, WEEKLY_ROWS
from experiments.sweep import worker

PILOT_RUNS = 3
START_SECONDS = 2.0
# Measured: what a row takes in the store beside its contents.
ROW_BYTES = 150


class Plan(NamedTuple):
    """What a sweep would do, from a pilot of three runs; nothing is written.

    ``values`` gives for every swept parameter its levels (a list) or its range (low, high);
    ``seconds`` is the estimate on ``jobs`` processes with its range, ``disk_bytes`` the size of the folder.
    ``problems`` says which pilot runs failed, and how. ``runs`` counts those of the shard, of ``whole`` in all.
    """

    runs: int
    whole: int
    points: int
    arms: list[str]
    replicates: int
    values: dict[str, list[Value] | tuple[Value, Value]]
    jobs: int
    seconds: float
    seconds_range: tuple[float, float]
    disk_bytes: int
    files: list[str]
    problems: list[str]


def plan(jobs: Jobs, processes: int, work: str, shard: tuple[int, int] | None = None) -> Plan:
    """Make three runs spread over the design and say what all, or a shard, would do and cost; nothing is written."""
    study = jobs.study
    terms = worker.Terms(work, observables=worker.warm(work, study.engine))
    made = [worker.row_of(jobs[run], terms, worker.TRIES) for run in _spread_over(jobs)]
    runs = len(jobs) if shard is None else sum(shard_of(run, shard[1]) == shard[0] for run in range(len(jobs)))
    seconds = [row.seconds * runs / processes + START_SECONDS for row in made]
    weekly = runs * (study.weeks + 1) <= WEEKLY_ROWS
    return Plan(
        runs=runs,
        whole=len(jobs),
        points=study.design.size,
        arms=[arm.name for arm in study.arms],
        replicates=study.replicates,
        values=_values(jobs),
        jobs=processes,
        seconds=sum(seconds) / len(seconds),
        seconds_range=(min(seconds), max(seconds)),
        disk_bytes=int(sum(_bytes(row, jobs, weekly) for row in made) / len(made) * runs),
        files=[STORE, OUTCOMES, *([TRAJECTORIES] if weekly else []), PROVENANCE],
        problems=[f"run {row.run}: {row.content['problem']}" for row in made if row.status != stored_runs.OK],
    )


def _spread_over(jobs: Jobs) -> list[int]:
    """Return a few runs from all over the first replicate."""
    cells = len(jobs) // jobs.study.replicates
    return [(2 * number + 1) * cells // (2 * PILOT_RUNS) for number in range(PILOT_RUNS)]


def _bytes(row: Row, jobs: Jobs, weekly: bool) -> float:
    stored = ROW_BYTES + len(row.body) + len(row.curves)
    outcome = CELL_BYTES * (5 + len(jobs.study.design.columns) + len(row.content))
    return stored + outcome + (WEEK_BYTES * (jobs.study.weeks + 1) if weekly else 0)


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
