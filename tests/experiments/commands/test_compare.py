"""`syslead compare`: an answer in a sentence that says no more than its numbers."""

import re
from itertools import islice

import pytest
from command_line import document

from experiments.commands import compare
from experiments.sweep.at_once import Processes, observed
from simulation import Request, run

PAIRS = compare._pairs
SHORT = ("--scenario", "tiny", "--weeks", "20")


@pytest.fixture(autouse=True)
def made_here(monkeypatch):
    """Make runs in this process, at most forty pairs."""

    def pairs(requests, jobs):
        for number in range(40):
            yield tuple(observed([request._replace(replicate=number) for request in requests]))

    monkeypatch.setattr(compare, "_pairs", pairs)


def test_the_numbers_are_those_of_the_runs_in_pairs(syslead):
    code, out, _ = syslead("compare", "others_shoes", "none", *SHORT, "--precision", "50", "--json")
    found = document(out)
    assert (code, found["pairs"], found["met"], found["better"], found["harm"]) == (0, 40, True, 1, "")
    ends = {
        side: [run(Request("tiny", tactics, weeks=20, replicate=k)).observables["adopted_share"] for k in range(40)]
        for side, tactics in (("a", {"others_shoes": 1.0}), ("b", {}))
    }
    gaps = [ours - theirs for ours, theirs in zip(ends["a"], ends["b"], strict=True)]
    assert found["difference"]["value"] == pytest.approx(sum(gaps) / 40)
    assert found["ahead"]["wins"] == sum(gap > 0 for gap in gaps)
    assert found["behind"] == sum(gap < 0 for gap in gaps)
    assert found["a"]["mean"]["value"] == pytest.approx(sum(ends["a"]) / 40)
    assert found["b"]["request"]["tactics"] == {}


def test_an_arm_against_itself_is_the_same(syslead):
    code, out, _ = syslead("compare", "seeding", "seeding", *SHORT)
    assert code == 0
    assert out.startswith("The same")
    assert "20 pairs" in out


def test_precision_that_is_not_met_is_said(syslead):
    code, out, _ = syslead("compare", "others_shoes", "none", *SHORT, "--precision", "0.0001")
    assert code == 0
    assert "not met with 40 pairs" in out


def test_arms_whose_interval_holds_nothing_are_not_told_apart(syslead):
    _, out, _ = syslead("compare", "patient_argument", "higher_goals", *SHORT, "--json")
    found = document(out)
    told_apart = found["difference"]["low"] > 0 or found["difference"]["high"] < 0
    assert ("not told apart" in found["answer"]) is not told_apart


def test_where_the_change_harms_more_is_said_to_be_worse(syslead):
    _, out, _ = syslead("compare", "others_shoes", "none", *SHORT, "--set", "nature.benefit=-0.5")
    assert "the worse" in " ".join(out.split())


@pytest.mark.parametrize("width", ["40", "80"])
def test_no_line_is_wider_than_the_terminal(syslead, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    _, out, _ = syslead("compare", "bundle", "none", *SHORT)
    assert max(map(len, out.splitlines())) <= int(width)


@pytest.mark.parametrize("precision", ["0", "-1", "nan", "inf"])
def test_a_precision_that_is_none_is_refused(syslead, precision):
    code, out, err = syslead("compare", "seeding", "none", *SHORT, "--precision", precision)
    assert (code, out) == (2, "")
    assert "--precision" in err


def test_an_outcome_that_these_runs_cannot_have_is_refused(syslead):
    code, _, err = syslead("compare", "seeding", "none", *SHORT, "--outcome", "share_year_5")
    assert code == 2
    assert "share_year_5" in err


def test_the_answer_and_the_table_say_the_same(syslead):
    _, out, _ = syslead("compare", "others_shoes", "none", *SHORT)
    answer, facts = out.split("difference", 1)
    in_answer = re.search(r"95 % ([-.\d]+) to ([-.\d]+)", " ".join(answer.split()))
    in_table = re.search(r"95 % ([-.\d]+) to ([-.\d]+)", " ".join(facts.split()))
    assert in_answer.groups() == in_table.groups()


@pytest.mark.slow
def test_pairs_are_made_in_their_order_by_threads_first_and_by_processes_then(monkeypatch):
    monkeypatch.setattr(compare, "HERE", 20)
    asked = [Request("tiny", tactics, weeks=4) for tactics in ({"seeding": 1.0}, {})]
    pairs = list(islice(PAIRS(asked, 2), 24))
    assert pairs == [tuple(observed([one._replace(replicate=k) for one in asked])) for k in range(24)]


@pytest.mark.slow
def test_worker_processes_make_the_same_runs_in_their_order():
    asked = [[Request("tiny", weeks=4, replicate=number)] for number in range(12)]
    with Processes(2) as workers:
        made = list(workers.each(observed, asked))
        processes = workers.processes()
    assert made == [observed(one) for one in asked]
    for process in processes:
        process.join(10)
        assert not process.is_alive()
