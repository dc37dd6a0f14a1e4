"""Sweeps: every run is made once, a bad one costs no other, and a folder takes only what belongs to it."""

import csv
import errno
import fcntl
import json
import os
import shutil
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from itertools import pairwise
from pathlib import Path

import pytest
from faults import toys

from experiments.design.jobs import jobs_of
from experiments.design.points import Grid, Table
from experiments.design.study import Study
from experiments.store import export, folder, merge, repeat, salvage, status, verification
from experiments.store.database import Store
from experiments.store.errors import Damaged, Incompatible, InUse, NotWritable, SweepError
from experiments.sweep import estimate, progress, runner, signals, sitting
from experiments.sweep.runner import Options
from simulation import fingerprint
from simulation.errors import Invalid

USUAL = Options(jobs=2, work=toys.WORK)


@pytest.fixture(autouse=True)
def _sources_stand_still(monkeypatch):
    # Somebody may be working on the model while these tests run.
    monkeypatch.setattr(fingerprint, "sources", lambda: "0" * 64)


def swept(out: Path, study: Study, **how) -> runner.Sitting:
    return runner.sweep(study, out, options=USUAL._replace(**how))


def outcomes(out: Path) -> list[dict[str, str]]:
    with (out / "outcomes.csv").open() as file:
        return list(csv.DictReader(file))


def by_act(out: Path) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in outcomes(out):
        found.setdefault(row["act"], set()).add(row["status"])
    return found


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


@pytest.mark.slow
def test_of_a_thousand_runs_one_that_raises_is_told_and_not_averaged_away(tmp_path):
    from experiments.analysis import tables, wording
    from experiments.analysis.summary import summary_of
    from experiments.commands.tables.report import report_table
    from experiments.figures import draw

    summary = swept(tmp_path, toys.study(("raise_in:317",), replicates=500))
    assert (summary.total, summary.done, summary.failed, summary.exit_code) == (1000, 999, 1, 3)
    (failure,) = summary.failures
    assert failure.reproduce == f"syslead run --from {tmp_path} --run {failure.run}"
    with Store(tmp_path) as store:
        content = store.run(failure.run).content
    assert content["problem"] == "ArithmeticError: the toy broke" and "in _raise_in" in content["trace"]
    request = repeat.repeat_of(tmp_path, failure.run).request
    assert (request.replicate, request.seed, request.settings) == (317, 1, {"act": "raise_in:317"})
    seen = tables.read_outcomes(tmp_path)
    assert "999 done, 1 of 1,000 failed" in " ".join(report_table(summary_of(seen)).split())
    assert "1 of 1,000 runs failed" in wording.footer(seen)
    assert (seen.units, seen.left_out.runs) == (499, 1)
    assert len(seen.pairs("bundle", "adopted_share")[0]) == 499, "its twin goes with it"
    assert draw.draw(seen, tmp_path, tmp_path.with_name("figures"))
    assert runner.resume(tmp_path, options=USUAL).ran == 0
    again = runner.resume(tmp_path, options=USUAL._replace(retry_failed=True))
    assert (again.ran, again.failed, again.table_hash) == (1, 1, summary.table_hash)


def test_a_run_that_raises_is_one_failure_among_the_results(tmp_path):
    acts = (*(f"well{number}" for number in range(60)), "raise")
    study = toys.study(acts, replicates=1, arms=toys.study().arms[:1])
    summary = swept(tmp_path, study)
    assert (summary.done, summary.failed, summary.exit_code) == (60, 1, 3)
    failure = summary.failures[0]
    assert (failure.run, failure.status) == (60, "failed")
    assert failure.problem == "ArithmeticError: the toy broke"
    assert failure.reproduce == f"syslead run --from {tmp_path} --run 60"
    assert repeat.repeat_of(tmp_path, 60).request.settings == {"act": "raise"}
    with pytest.raises(ArithmeticError):
        toys.work(repeat.repeat_of(tmp_path, 60).request)
    row = outcomes(tmp_path)[60]
    assert (row["status"], row["adopted_share"]) == ("failed", "")
    assert runner.resume(tmp_path, options=USUAL).ran == 0
    assert runner.resume(tmp_path, options=USUAL._replace(retry_failed=True)).ran == 1


@pytest.mark.slow
def test_runs_that_die_hang_or_eat_cost_no_other_run(tmp_path):
    acts = ("well", "kill", "fine", "eat", "good", "loop", "best")
    study = toys.study(acts, replicates=2, arms=toys.study().arms[:1])
    summary = swept(tmp_path, study, run_timeout=0.5, memory_limit=8 * 2**30)
    assert by_act(tmp_path) == {
        "well": {"ok"}, "fine": {"ok"}, "good": {"ok"}, "best": {"ok"},
        "kill": {"worker_died"}, "eat": {"memory"}, "loop": {"timeout"},
    }  # fmt: skip
    assert summary.exit_code == 3
    assert status.status_of(tmp_path).failures == {"worker_died": 2, "memory": 2, "timeout": 2}
    assert json.loads((tmp_path / "provenance.json").read_text())["runs"]["failed"]["timeout"] == 2


def test_a_run_that_takes_a_gibibyte_under_a_limit_of_one_costs_no_other_run(tmp_path):
    study = toys.study(("well", "take:1", "fine"), replicates=2, arms=toys.study().arms[:1])
    summary = swept(tmp_path, study, memory_limit=2**30)
    assert by_act(tmp_path) == {"well": {"ok"}, "take:1": {"memory"}, "fine": {"ok"}}
    assert [failure.status for failure in summary.failures] == ["memory", "memory"]
    with Store(tmp_path) as store:
        assert [store.run(failure.run).content["tries"] for failure in summary.failures] == [2, 2]


@pytest.mark.slow
def test_bad_runs_are_tried_twice_and_cost_hardly_any_run_a_second_try(tmp_path):
    # Counted, not timed: this machine has other work. A sweep twice as long would start each run twice.
    acts = ("kill", "eat", "loop", *(f"sleep:{number}" for number in range(97)))
    log = tmp_path / "log"
    design = Table(("act", "seconds", "log"), tuple((act, 0.02, str(log)) for act in acts))
    study = toys.study(design=design, replicates=1, arms=toys.study().arms[:1])
    summary = swept(tmp_path / "out", study, run_timeout=0.5, memory_limit=8 * 2**30)
    assert (summary.done, summary.failed) == (97, 3)
    with Store(tmp_path / "out") as store:
        assert [store.run(failure.run).content["tries"] for failure in summary.failures] == [2, 2, 2]
    starts = Counter(line.rpartition(" ")[0] for line in log.read_text().splitlines())
    assert [starts[act] for act in acts[:3]] == [2, 2, 2]
    # One worker died; besides the culprit, it and its neighbour had at most a run each in hand.
    assert starts.total() - 3 * 2 <= 97 + 2 * USUAL.jobs


@pytest.mark.slow
def test_a_run_that_never_returns_to_python_is_killed_and_recorded(tmp_path):
    study = toys.study(("well", "loop_for_good"), replicates=1, arms=toys.study().arms[:1])
    swept(tmp_path, study, run_timeout=0.3)
    assert by_act(tmp_path) == {"well": {"ok"}, "loop_for_good": {"timeout"}}


def test_a_run_whose_worker_was_killed_once_is_made_alone_and_not_blamed(tmp_path):
    study = toys.study((f"kill_once:{tmp_path / 'mark'}", "well"), replicates=2)
    summary = swept(tmp_path / "out", study)
    assert (tmp_path / "mark").exists(), "a worker was killed"
    assert (summary.done, summary.failed) == (8, 0)


@pytest.mark.parametrize("act", ["nan", "inf_curve", "wrong_names", "text", "short"])
def test_what_is_no_result_is_a_failure_of_its_run(tmp_path, act):
    swept(tmp_path, toys.study(("well", act), replicates=1))
    assert by_act(tmp_path) == {"well": {"ok"}, act: {"failed"}}
    assert len((tmp_path / "outcomes.csv").read_text()) < 1000


def test_failures_end_a_sweep_early_where_asked_and_the_rest_can_be_made_later(tmp_path):
    acts = tuple(f"well{number}" for number in range(40))
    study = toys.study(("raise", *acts), replicates=5)
    summary = swept(tmp_path, study, jobs=1, max_failures=1)
    assert summary.stopped and summary.exit_code == 3
    assert 1 <= summary.failed <= 2 and summary.done < 400
    assert runner.resume(tmp_path, options=USUAL).done == 400


def test_a_folder_made_by_other_sources_is_refused_with_the_difference(tmp_path, monkeypatch):
    study = toys.study(replicates=2)
    swept(tmp_path, study)
    before = (tmp_path / "outcomes.csv").read_bytes()
    monkeypatch.setattr(fingerprint, "sources", lambda: "1" * 64)
    with pytest.raises(Incompatible, match=r"(?s)sources was '000.*is '111.*syslead resume .* --accept-changes"):
        runner.resume(tmp_path, options=USUAL)
    assert (tmp_path / "outcomes.csv").read_bytes() == before
    more = swept(tmp_path, study.with_runs(replicates=3), accept_changes=True)
    assert more.ran == 2
    assert [row["epoch"] for row in outcomes(tmp_path)] == ["0"] * 4 + ["1"] * 2
    assert "sources" in status.status_of(tmp_path).changes[0]
    assert runner.resume(tmp_path, options=USUAL).ran == 0, "accepted once is accepted"


def test_a_folder_made_with_other_versions_is_refused_with_the_difference(tmp_path, monkeypatch):
    from experiments.store import made_with

    swept(tmp_path, toys.study())
    monkeypatch.setattr(made_with, "versions", lambda: {"numpy": "9.0"})
    with pytest.raises(Incompatible, match=r"versions.numpy was '.*', is '9.0'"):
        runner.resume(tmp_path, options=USUAL)


def test_a_folder_of_another_study_is_refused_and_where_accepted_its_runs_are_made_anew(tmp_path):
    study = toys.study(("well", "fine"), replicates=2)
    swept(tmp_path, study)
    other = toys.study(("well", "good"), replicates=2)
    with pytest.raises(Incompatible, match=r"levels\[0\]\[1\] was 'fine', is 'good'") as refused:
        swept(tmp_path, other)
    assert refused.value.exit_code == 4
    # Neither `sweep` nor `resume` could carry out another: what is suggested is what the commands have.
    assert "--accept-changes" not in str(refused.value) and "--overwrite" in str(refused.value)
    again = swept(tmp_path, other, accept_changes=True)
    assert again.ran == 4, "only the point that changed"
    assert again.table_hash == swept(tmp_path.with_name("new"), other).table_hash


def test_a_folder_in_use_is_refused_at_once_with_who_holds_it(tmp_path):
    refusals = []

    def start_another(_progress):
        with pytest.raises(InUse) as refused:
            swept(tmp_path, toys.study())
        refusals.append(refused.value)

    runner.sweep(toys.study(), tmp_path, on_progress=start_another, options=USUAL)
    assert refusals and all(f"process {os.getpid()} on" in str(refusal) for refusal in refusals)
    assert refusals[0].exit_code == 5


@pytest.mark.parametrize("wanted", [export.export_tables, lambda out: salvage.repair(out)])
def test_whoever_else_wants_a_folder_in_use_is_told_who_holds_it(tmp_path, wanted):
    swept(tmp_path, toys.study())
    who = sitting.holder()
    with Store(tmp_path, write=True) as store:
        store.put(holder=who)
    with folder.lock(tmp_path), pytest.raises(InUse) as refused:
        wanted(tmp_path)
    assert refused.value.exit_code == 5
    for part in (f"process {who['pid']}", who["host"], who["started"], "syslead status"):
        assert part in str(refused.value)


def test_every_failed_run_is_listed_with_the_command_that_makes_it_again(tmp_path):
    swept(tmp_path, toys.study(("well", "raise"), replicates=60))
    failed = status.status_of(tmp_path).failed_runs
    assert [failure.run for failure in failed] == [run for run in range(240) if run % 4 >= 2]
    assert failed[-1].reproduce == f"syslead run --from {tmp_path} --run {failed[-1].run}"


def test_a_sweep_can_be_watched_while_it_runs(tmp_path):
    seen = []
    study = toys.timed_study(40, 0.03)
    runner.sweep(study, tmp_path, on_progress=lambda _: seen.append(status.status_of(tmp_path)), options=USUAL)
    assert all(status.holder and status.total == 40 for status in seen[:-1])
    assert any(0 < status.done < 40 for status in seen)
    assert status.status_of(tmp_path).holder is None


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path):
    (tmp_path / "thesis.doc").write_text("mine")
    with pytest.raises(NotWritable, match=r"holds 'thesis.doc' but no sweep"):
        swept(tmp_path, toys.study())
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_store_that_is_a_link_to_elsewhere_is_refused(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "store.sqlite").symlink_to(tmp_path / "elsewhere.sqlite")
    with pytest.raises(NotWritable, match="link to a file elsewhere"):
        swept(out, toys.study())
    assert not (tmp_path / "elsewhere.sqlite").exists()


@pytest.mark.parametrize("place", ["file", "file/below", "a\0b", "x" * 300])
def test_a_place_that_is_no_folder_is_refused(tmp_path, place):
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritable):
        swept(tmp_path / place, toys.study())


def test_a_file_system_without_locks_is_named(tmp_path, monkeypatch):
    def no_lock(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_lock)
    with pytest.raises(NotWritable, match="cannot lock"):
        swept(tmp_path, toys.study())


def test_a_folder_that_is_removed_meanwhile_is_noticed(tmp_path):
    out = tmp_path / "out"

    def remove(progress):
        if progress.done:
            shutil.rmtree(out, ignore_errors=True)

    with pytest.raises(NotWritable, match=r"removed or replaced|gone"):
        runner.sweep(toys.timed_study(200, 0.02), out, on_progress=remove, options=USUAL)


@pytest.fixture
def readable() -> Iterator[Path]:
    """A folder that everyone can read and nobody but its owner can write, for a user who is not root."""
    place = Path(tempfile.mkdtemp())
    swept(place / "out", toys.study())
    for path in (place, place / "out"):
        path.chmod(0o555)
    owner = os.geteuid()
    if owner == 0:
        # Root may write anywhere.
        os.seteuid(65534)
    try:
        yield place
    finally:
        os.seteuid(owner)
        for path in (place, place / "out"):
            path.chmod(0o755)
        shutil.rmtree(place)


def test_a_folder_that_may_only_be_read_is_refused_in_a_sentence_and_can_be_read(readable):
    before = (readable / "out" / "store.sqlite").read_bytes()
    for refused in (
        lambda: swept(readable / "new", toys.study()),
        lambda: runner.resume(readable / "out", options=USUAL),
        lambda: export.export_tables(readable / "out"),
    ):
        with pytest.raises(NotWritable, match=str(readable)) as error:
            refused()
        assert error.value.exit_code == 4
        assert "bytes are free" not in str(error.value), "room is not what is missing"
    assert status.status_of(readable / "out").done == 4
    assert not verification.verify(readable / "out").problems
    assert (readable / "out" / "store.sqlite").read_bytes() == before


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
    from experiments.analysis import statistics
    from experiments.analysis.summary import summary_of
    from experiments.analysis.tables import read_outcomes

    seen = []
    study = toys.study(("well", "fine", "good")[:points], replicates=replicates)
    runner.sweep(study, tmp_path, on_progress=seen.append, options=USUAL)
    outcomes = read_outcomes(tmp_path)
    intervals = [statistics.mean(outcomes.values(arm, "adopted_share")) for arm in outcomes.arms]
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


def test_too_many_runs_are_refused_before_the_folder_is_made(tmp_path):
    study = toys.study(design=Grid(tuple("abcdef"), (tuple(range(100)),) * 6))
    with pytest.raises(Invalid, match="10,000,000"):
        swept(tmp_path / "out", study)
    assert not (tmp_path / "out").exists()


def test_shards_of_different_studies_do_not_merge(tmp_path):
    swept(tmp_path / "a", toys.study(("well",)), shard=(1, 2))
    swept(tmp_path / "b", toys.study(("fine",)), shard=(2, 2))
    with pytest.raises(Incompatible, match="do not belong"):
        merge.join_shards(tmp_path / "out", [tmp_path / "a", tmp_path / "b"])


def test_that_workers_compile_is_told_at_once_where_nothing_is_compiled_yet(tmp_path, monkeypatch):
    told = []
    for compiled in (False, True):
        monkeypatch.setattr(runner.cache, "is_filled", lambda engine, compiled=compiled: compiled)
        seen = []
        runner.sweep(toys.study(), tmp_path / str(compiled), on_progress=seen.append, options=USUAL)
        told.append([progress.compiling for progress in seen])
    assert told[1] == [None] * len(told[1])
    assert told[0][:2] == [None, 0.0]
    compiling = [seconds for seconds in told[0] if seconds is not None]
    assert told[0][1 : 1 + len(compiling)] == compiling, "only before the first run"


class SlowWorkers:
    """Workers that take their time to get ready."""

    def warm(self, engine):
        ready = Future()
        threading.Timer(0.3, ready.set_result, [("adopted_share",)]).start()
        return [ready]

    def watch(self):
        pass


@pytest.mark.parametrize("patience, first", [(0.0, 0.0), (0.1, 0.1), (float("inf"), None)])
def test_the_time_that_workers_take_to_get_ready_is_told_again_and_again(patience, first, monkeypatch):
    monkeypatch.setattr(sitting, "WAIT_SECONDS", 0.05)
    told = []
    assert sitting.warm_up(SlowWorkers(), "compiled", signals.Wish(), told.append, patience) == ("adopted_share",)
    if first is None:
        assert told == []
    else:
        assert first <= told[0] < first + 0.1
        assert len(told) > 2 and told == sorted(told)


def test_a_model_that_cannot_start_is_told_before_anything_is_blamed(tmp_path):
    with pytest.raises(SweepError, match="Not even a tiny run"):
        swept(tmp_path, toys.study(), work="faults.toys:missing")
    assert status.status_of(tmp_path).missing == 4


@pytest.mark.parametrize(
    "how", [{"jobs": 0}, {"run_timeout": 0.0}, {"run_timeout": float("nan")}, {"max_failures": 0}, {"shard": (3, 2)}]
)
def test_what_cannot_be_carried_out_is_refused_before_the_folder_is_made(tmp_path, how):
    with pytest.raises(Invalid):
        swept(tmp_path / "out", toys.study(), **how)
    assert not (tmp_path / "out").exists()
