"""What is said before and while a sweep runs."""

from itertools import pairwise

import pytest
from faults import toys
from sweeps import USUAL, swept

from experiments.store import status
from experiments.sweep import estimate, runner


def test_a_sweep_can_be_watched_while_it_runs(tmp_path):
    seen = []
    study = toys.timed_study(40, 0.03)
    runner.sweep(study, tmp_path, on_progress=lambda _: seen.append(status.status_of(tmp_path)), options=USUAL)
    assert all(status.holder and status.total == 40 for status in seen[:-1])
    assert any(0 < status.done < 40 for status in seen)
    assert status.status_of(tmp_path).holder is None


def test_progress_counts_up_to_the_total_and_knows_its_precision(tmp_path):
    seen = []
    study = toys.study(("well", "fine", "raise"), replicates=10)
    runner.sweep(study, tmp_path, on_progress=seen.append, options=USUAL)
    last = seen[-1]
    assert (last.total, last.done, last.failed) == (60, 40, 20)
    assert 0 < last.half_width < 0.5
    assert all(one.done <= other.done for one, other in pairwise(seen))


def test_a_plan_counts_what_would_be_made_and_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    study = toys.timed_study(100, 0.01)
    plan = estimate.estimate(study, options=USUAL)
    assert (plan.runs, plan.points, plan.arms, plan.replicates) == (100, 1, ["none", "bundle"], 50)
    assert plan.values["seconds"] == [0.01]
    assert plan.seconds_range[0] <= plan.seconds <= plan.seconds_range[1]
    assert not plan.problems and not list(tmp_path.iterdir())
    summary = swept(tmp_path / "out", study)
    size = sum(path.stat().st_size for path in summary.files)
    assert plan.disk_bytes == pytest.approx(size, rel=0.6)


def test_the_plan_of_a_shard_counts_the_shard(tmp_path):
    study = toys.study(("well", "fine"), replicates=10)
    parts = [estimate.estimate(study, options=USUAL._replace(shard=(part, 3))) for part in (1, 2, 3)]
    made = [swept(tmp_path / f"{part}", study, shard=(part, 3)).total for part in (1, 2, 3)]
    assert [plan.runs for plan in parts] == made
    assert {plan.whole for plan in parts} == {40} == {sum(made)}


@pytest.mark.parametrize(("points", "replicates"), [(3, 10), (1, 12)])
def test_progress_tells_the_precision_that_the_report_will_have(tmp_path, points, replicates):
    from experiments.analysis.statistics import estimates
    from experiments.analysis.summary import summary_of
    from experiments.analysis.tables import read_outcomes

    seen = []
    study = toys.study(("well", "fine", "good")[:points], replicates=replicates)
    runner.sweep(study, tmp_path, on_progress=seen.append, options=USUAL)
    outcomes = read_outcomes(tmp_path)
    intervals = [estimates.mean(outcomes.values(arm, "adopted_share")) for arm in outcomes.arms]
    assert summary_of(outcomes).unit == "replicate"
    assert seen[-1].half_width == pytest.approx(max((i.high - i.low) / 2 for i in intervals))


@pytest.mark.parametrize(("points", "replicates"), [(3, 9), (3, 1)])
def test_too_few_replicates_tell_no_precision(tmp_path, points, replicates):
    seen = []
    study = toys.study(("well", "fine", "good")[:points], replicates=replicates)
    runner.sweep(study, tmp_path, on_progress=seen.append, options=USUAL)
    assert seen[-1].half_width is None


def test_a_shard_tells_no_precision(tmp_path):
    seen = []
    runner.sweep(
        toys.study(("well", "fine"), replicates=24),
        tmp_path,
        on_progress=seen.append,
        options=USUAL._replace(shard=(1, 2)),
    )
    assert seen[-1].half_width is None
