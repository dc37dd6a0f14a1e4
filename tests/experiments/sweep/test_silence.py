"""Nothing hangs: a worker of which nothing is heard is ended, and only a run that brings it to a stand twice is blamed."""

import time

import pytest
from faults import toys

from experiments.design.jobs import jobs_of
from experiments.design.points import Grid
from experiments.store.database import Store
from experiments.store.ledger import Ledger
from experiments.sweep import runner, worker
from experiments.sweep.forecast import CostModel
from experiments.sweep.runner import Options
from experiments.sweep.silence import LONGEST_TURN, Awake, Unchanged

SILENCE = 1.5
USUAL = Options(jobs=2, work=toys.WORK, silence=SILENCE)


def failures(out):
    with Store(out) as store:
        return Ledger(store).failures()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_that_is_stopped_in_a_run_is_ended_and_the_run_made_alone(tmp_path, jobs):
    study = toys.study((f"stop_once:{tmp_path / 'mark'}", "well"), replicates=3)
    summary = runner.sweep(study, tmp_path / "out", options=USUAL._replace(jobs=jobs))
    assert (tmp_path / "mark").exists(), "a worker was stopped"
    assert (summary.done, summary.failed) == (12, 0)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_worker_that_is_stopped_between_two_runs_costs_no_run(tmp_path, jobs):
    study = toys.study((f"stop_between:{tmp_path / 'mark'}", "well", "fine"), replicates=20)
    summary = runner.sweep(study, tmp_path / "out", options=USUAL._replace(jobs=jobs))
    assert (tmp_path / "mark").exists(), "a worker was stopped"
    assert (summary.done, summary.failed) == (120, 0)


def test_a_run_that_stops_its_worker_twice_is_blamed_and_costs_no_other(tmp_path):
    study = toys.study(("stop", "well"), replicates=1, arms=toys.study().arms[:1])
    summary = runner.sweep(study, tmp_path, options=USUAL)
    assert (summary.done, summary.failed) == (1, 1)
    (failure,) = failures(tmp_path)
    assert failure.status == "worker_died" and "nothing was heard" in failure.problem


def test_a_run_that_takes_many_times_as_long_as_those_like_it_is_ended(tmp_path):
    summary = runner.sweep(toys.study(("loop_in:3",), replicates=5), tmp_path, options=USUAL)
    assert (summary.done, summary.failed) == (9, 1)
    (failure,) = failures(tmp_path)
    assert failure.status == "timeout" and "foreseen" in failure.problem


def test_a_run_of_which_nothing_like_it_was_seen_may_take_its_time(tmp_path):
    study = toys.study(design=Grid(("act", "seconds"), (("sleep",), (0.01, 2 * SILENCE))), replicates=1)
    summary = runner.sweep(study, tmp_path, options=USUAL._replace(jobs=1))
    assert (summary.done, summary.failed) == (4, 0)


def test_what_was_never_seen_is_not_foreseen():
    study = toys.study(design=Grid(("act", "seconds"), (("sleep",), (1.0, 2.0, 3.0))), replicates=2)
    costs = CostModel(jobs_of(study))
    for run in (0, 1, 2, 3):
        costs.add(run, 1.0 + (run >= 2))
    assert costs.foreseen(6) == pytest.approx(1.5, abs=0.01), "no less than the mean of all"
    assert costs.foreseen(8) == pytest.approx(2.0, abs=0.01)
    assert costs.foreseen(4) is None


def test_time_in_which_the_sweep_itself_slept_does_not_count():
    times = iter([0.0, 0.1, 10_000.0, 10_000.1])
    awake = Awake(lambda: next(times))
    assert awake.tick() == 0.1
    assert awake.tick() == 0.1 + LONGEST_TURN
    assert awake.tick() == pytest.approx(0.2 + LONGEST_TURN)


def test_a_worker_is_silent_from_when_it_was_last_heard_of():
    beats = Unchanged()
    assert [beats.seconds(1, 0.0, 5.0), beats.seconds(2, 0.0, 6.0)] == [0.0, 0.0]
    assert [beats.seconds(1, 0.0, 9.0), beats.seconds(2, 1.0, 9.0)] == [4.0, 0.0]


def test_stopped_workers_do_not_keep_a_sweep_from_ending(tmp_path):
    """Its failures end it while the other worker is stopped for good."""
    study = toys.study(("stop", "raise"), replicates=1, arms=toys.study().arms[:1])
    began = time.monotonic()
    summary = runner.sweep(study, tmp_path, options=USUAL._replace(max_failures=1, silence=600.0))
    assert summary.stopped and summary.failed == 1
    assert time.monotonic() - began < 30


def test_what_was_handed_out_in_the_moment_in_which_a_worker_died_is_handed_out_again(tmp_path, monkeypatch):
    """Python's pool never tells of it, as it does of what it had in hand before."""
    from concurrent.futures import Future, ProcessPoolExecutor

    submit, lost = ProcessPoolExecutor.submit, []

    def losing(executor, function, *arguments):
        future = submit(executor, function, *arguments)
        if function is worker.carry_out and not lost:
            lost.append(future)
            for process in list(executor._processes.values()):
                process.kill()
            return Future()
        return future

    monkeypatch.setattr(ProcessPoolExecutor, "submit", losing)
    summary = runner.sweep(toys.study(("well",), replicates=4), tmp_path, options=USUAL._replace(jobs=1, silence=600.0))
    assert lost and (summary.done, summary.failed) == (8, 0)
