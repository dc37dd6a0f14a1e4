"""A sweep makes every run once, and always the same."""

import json
import time

import pytest
from faults import toys
from sweeps import USUAL, outcomes, swept

from experiments.design.jobs import jobs_of
from experiments.design.points import Grid
from experiments.store import merge, status, verification
from experiments.store.errors import Damaged
from experiments.sweep import progress, runner
from simulation.errors import Invalid


def test_a_sweep_leaves_a_row_a_run_its_curves_and_where_they_come_from(tmp_path):
    study = toys.study(("well", "fine"), replicates=3)
    summary = swept(tmp_path, study)
    assert (summary.total, summary.ran, summary.done, summary.failed, summary.exit_code) == (12, 12, 12, 0, 0)
    rows = outcomes(tmp_path)
    assert list(rows[0]) == ["run", "arm", "point", "replicate", "act", "status", *toys.OBSERVABLES]
    assert [int(row["run"]) for row in rows] == list(range(12))
    for row, job in zip(rows, jobs_of(study), strict=True):
        outcome = toys.work(job.request)
        assert float(row["adopted_share"]) == outcome.observables["adopted_share"]
        assert (row["weeks_to_50"] == "") == (outcome.observables["weeks_to_50"] is None)
    assert {row["weeks_to_50"] for row in rows} >= {""}, "some never get there"
    document = json.loads((tmp_path / "provenance.json").read_text())
    assert document["arms"] == ["none", "bundle"]
    assert document["runs"] == {"expected": 12, "ok": 12, "missing": 0, "failed": {}}
    assert document["made_with"][0]["sources"] == "0" * 64


def test_the_table_is_the_same_for_any_number_of_processes_in_shards_and_resumed(tmp_path):
    study = toys.study(("well", "fine", "good"), replicates=6)
    hashes = {swept(tmp_path / f"jobs{jobs}", study, jobs=jobs).table_hash for jobs in (1, 2, 4)}
    for part in (1, 2, 3):
        swept(tmp_path / f"shard{part}", study, shard=(part, 3))
    shards = [tmp_path / f"shard{part}" for part in (3, 1, 2)]
    assert all(0 < status.status_of(shard).total < 36 for shard in shards)
    merged = merge.join_shards(tmp_path / "merged", shards)
    assert merged.finished and merged.total == 36
    hashes.add(verification.verify(tmp_path / "merged").table_hash)
    swept(tmp_path / "few", study.with_runs(replicates=2))
    extended = swept(tmp_path / "few", study)
    assert extended.ran == 24
    hashes.add(extended.table_hash)
    assert len(hashes) == 1
    tables = {(tmp_path / name / "trajectories.csv.gz").read_bytes() for name in ("jobs1", "jobs4", "merged", "few")}
    assert len(tables) == 1


def test_a_sweep_killed_before_its_tables_is_told_how_to_get_them(tmp_path):
    from experiments.analysis.tables import read_outcomes

    swept(tmp_path, toys.study())
    (tmp_path / "outcomes.csv").unlink()
    with pytest.raises(Damaged, match=r"`syslead resume .*`syslead export "):
        read_outcomes(tmp_path)


def test_a_complete_sweep_is_not_made_again(tmp_path):
    study = toys.study()
    first, second = swept(tmp_path, study), runner.resume(tmp_path, options=USUAL)
    assert second.ran == 0
    assert second.table_hash == first.table_hash


def test_a_clock_that_is_set_back_a_day_changes_no_result_and_no_forecast(tmp_path, monkeypatch):
    study = toys.timed_study(60, 0.01)
    reference = swept(tmp_path / "reference", study).table_hash
    seen, today = [], time.time()
    monkeypatch.setattr(progress, "SHOW_SECONDS", 0.0)
    monkeypatch.setattr(time, "time", lambda: today - 86_400 * len(seen))
    summary = runner.sweep(study, tmp_path / "out", on_progress=seen.append, options=USUAL)
    assert summary.table_hash == reference
    left = [progress.seconds_left for progress in seen if progress.seconds_left is not None]
    assert len(left) > 5 and min(left) >= 0 and summary.seconds >= 0


def test_too_many_runs_are_refused_before_the_folder_is_made(tmp_path):
    study = toys.study(design=Grid(tuple("abcdef"), (tuple(range(100)),) * 6))
    with pytest.raises(Invalid, match="10,000,000"):
        swept(tmp_path / "out", study)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "how", [{"jobs": 0}, {"run_timeout": 0.0}, {"run_timeout": float("nan")}, {"max_failures": 0}, {"shard": (3, 2)}]
)
def test_what_cannot_be_carried_out_is_refused_before_the_folder_is_made(tmp_path, how):
    with pytest.raises(Invalid):
        swept(tmp_path / "out", toys.study(), **how)
    assert not (tmp_path / "out").exists()
