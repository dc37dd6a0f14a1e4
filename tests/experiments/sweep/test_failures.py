"""A bad run costs no other, and is never averaged away."""

import json
from collections import Counter

import pytest
from faults import toys
from sweeps import USUAL, by_act, outcomes, swept

from experiments.analysis.footer import footer
from experiments.design.points import Table
from experiments.store import repeat, status
from experiments.store.database import Store
from experiments.sweep import runner


@pytest.mark.slow
def test_of_a_thousand_runs_one_that_raises_is_told_and_not_averaged_away(tmp_path):
    from experiments.analysis import tables
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
    assert "1 of 1,000 runs failed" in footer(seen)
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


def test_every_failed_run_is_listed_with_the_command_that_makes_it_again(tmp_path):
    swept(tmp_path, toys.study(("well", "raise"), replicates=60))
    failed = status.status_of(tmp_path).failed_runs
    assert [failure.run for failure in failed] == [run for run in range(240) if run % 4 >= 2]
    assert failed[-1].reproduce == f"syslead run --from {tmp_path} --run {failed[-1].run}"
