"""Exit codes and messages tell what went wrong, and whose fault it is."""

import json
import math

import pytest

from experiments.commands.options import names
from simulation import tactics
from simulation.entities import effect


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--version"], 0),
        (["--help"], 0),
        ([], 0),
        (["rum"], 2),
        (["run", "--wekes", "3"], 2),
        (["run", "--weeks", "many"], 2),
        (["run", "nowhere"], 2),
        (["sweep", "tiny"], 2),
        (["sweep", "nothing", "--dry-run"], 2),
        (["report", "/nowhere"], 4),
        (["plot", "/nowhere"], 4),
        (["verify", "/nowhere"], 4),
        (["export", "/nowhere"], 4),
        (["status", "/nowhere"], 4),
        (["resume", "/nowhere"], 4),
        (["run", "tiny", "--weeks", "2", "--out", "/proc/no"], 4),
    ],
)
def test_exit_codes_tell_what_went_wrong(syslead, words, code):
    found, _, err = syslead(*words)
    assert found == code
    assert "Traceback" not in err
    assert bool(err) == bool(code)


def test_a_fault_of_ours_exits_1_and_asks_for_a_report(syslead, monkeypatch):
    monkeypatch.setattr(names, "of", lambda _: 1 / 0)
    code, _, err = syslead("list", "tactics")
    assert code == 1
    assert "A fault in syslead: ZeroDivisionError" in err
    assert "Traceback" not in err


def test_debug_shows_where_an_error_arose(syslead):
    _, _, err = syslead("run", "nowhere", "--debug")
    assert "Traceback" in err


@pytest.fixture
def faulty(monkeypatch):
    """A tactic that comes up with a conviction that is no number."""
    monkeypatch.setattr(tactics.modules["plain_case"], "converse", lambda *_: effect(conviction=math.nan))


def test_a_run_in_which_a_tactic_comes_to_what_cannot_be_exits_3_with_one_message(syslead, faulty):
    code, out, err = syslead("run", "tiny", "--weeks", "3", "--tactic", "plain_case", "--engine", "agents", "--json")
    assert (code, out) == (3, "")
    assert err.count("\n") == 1 and "`plain_case`" in err and "in week 0, for person" in err


def test_such_a_run_of_a_sweep_has_failed(syslead, faulty, tmp_path):
    (tmp_path / "study.toml").write_text(
        'scenario = "tiny"\nweeks = 3\nreplicates = 2\nengine = "agents"\n[arms.none]\n[arms.plain]\ntactics = { plain_case = 1 }\n'
    )
    code, out, _ = syslead("sweep", tmp_path / "study.toml", "--dry-run", "--json")
    problems = json.loads(out)["problems"]
    assert code == 0 and problems
    assert all("FailedRun" in problem and "`conviction`" in problem for problem in problems)
