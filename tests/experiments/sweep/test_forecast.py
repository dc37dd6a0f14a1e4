"""The time left comes from what runs like those that remain have taken, not from the mean."""

import random
from types import SimpleNamespace

import pytest
from faults import toys

from experiments.design.jobs import Jobs
from experiments.design.points import Grid
from experiments.sweep.forecast import CostModel
from experiments.sweep.sitting import _chunks, in_order


class Clock:
    """Seconds that pass when a run is made."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def study_of_costs(points: int = 40, replicates: int = 5):
    """A study in which the last point costs ten times the first, and one arm half as much again."""
    scales = tuple(1 + 9 * point / (points - 1) for point in range(points))
    return toys.study(design=Grid(("population.scale",), (scales,)), replicates=replicates)


def cost(job, luck: random.Random) -> float:
    return 0.02 * float(job.values["population.scale"]) * (1.5 if job.arm == "bundle" else 1.0) * luck.uniform(0.9, 1.1)


def forecasts(study, order, processes: int = 2) -> list[tuple[float, float, float, float]]:
    """Share of the work done, forecast, and the truth, after each run of a sweep without any waiting."""
    jobs, clock, luck = Jobs(study, "0", {}), Clock(), random.Random(3)
    costs = CostModel(jobs, clock)
    seconds = {run: cost(jobs[run], luck) for run in range(len(jobs))}
    total, done, seen = sum(seconds.values()), 0.0, []
    for run in order:
        clock.now += seconds[run] / processes
        done += seconds[run]
        costs.add(run, seconds[run])
        forecast = costs.forecast()
        if forecast:
            seen.append((done / total, forecast.seconds, (total - done) / processes, forecast.low))
    return seen


@pytest.mark.parametrize("replicates", [1, 5])
def test_from_a_fifth_of_the_work_on_the_time_left_is_right_to_a_quarter(replicates):
    study = study_of_costs(replicates=replicates)
    seen = [entry for entry in forecasts(study, in_order(Jobs(study, "0", {}))) if 0.2 <= entry[0] <= 0.98]
    assert len(seen) > 50
    assert max(abs(told - true) / true for _, told, true, _ in seen) < 0.25


def test_even_with_the_costly_runs_last_the_time_left_is_nearer_than_the_mean_would_be():
    study = study_of_costs(replicates=1)
    for share, told, true, _ in forecasts(study, range(study.size)):
        if 0.2 <= share <= 0.9:
            assert abs(told - true) / true < 0.25


def test_nothing_is_foretold_from_nothing_and_nothing_is_negative():
    study = study_of_costs(replicates=1)
    costs = CostModel(Jobs(study, "0", {}), Clock())
    assert costs.forecast() is None and costs.mean is None
    assert all(told >= 0 and low >= 0 for _, told, _, low in forecasts(study, range(study.size)))
    last = forecasts(study, range(study.size))[-1]
    assert last[1] == pytest.approx(0, abs=1e-6)


def test_a_clock_that_runs_back_a_day_foretells_nothing_negative():
    study = study_of_costs(replicates=1)
    clock = Clock()
    costs = CostModel(Jobs(study, "0", {}), clock)
    for run in range(study.size):
        clock.now += -86_400 if run == study.size // 2 else 1.0
        costs.add(run, 1.0)
        forecast = costs.forecast()
        assert forecast is None or 0 <= forecast.low <= forecast.seconds <= forecast.high
        assert costs.runs_per_second >= 0


def test_every_run_comes_once_and_complete_comparisons_come_first():
    study = study_of_costs()
    order = list(in_order(Jobs(study, "0", {})))
    assert sorted(order) == list(range(study.size))
    assert set(order[:80]) == set(range(80)), "the first replicate of everything"
    assert all(order[place] + 1 == order[place + 1] for place in range(0, len(order), 2)), "arms stay together"


@pytest.mark.parametrize("mean, sizes", [(None, {1}), (0.02, {2}), (0.003, {4}), (0.5, {1})])
def test_the_arms_of_a_point_go_to_one_worker_unless_that_takes_long(mean, sizes):
    study = study_of_costs(points=4, replicates=3)
    ledger = SimpleNamespace(study=study, jobs=Jobs(study, "0", {}), expects=lambda run: True)
    tally = SimpleNamespace(state=bytearray(study.size), costs=SimpleNamespace(mean=mean))
    chunks = list(_chunks(ledger, tally, chunk_seconds=0.01))
    assert {len(chunk) for chunk in chunks} == sizes
    assert sorted(job.run for chunk in chunks for job in chunk) == list(range(study.size))
