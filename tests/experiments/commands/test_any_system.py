"""Any study on any system: what the command line lays over a study is shown, kept, resumed, merged and moved."""

import shutil

import pytest
from command_line import STUDY, document

ORGANISATIONS = '[[organisations]]\nkind = "acute"\ncount = 1\nstaff = 60\nsample = 20\n'
LAID = ("--set", "gates.delay=4", "--weeks", "5", "--change", "simple")


@pytest.fixture
def on_ours(tmp_path):
    """The words that sweep a study on a system of one's own, in files that lie apart."""
    (tmp_path / "ours").mkdir()
    study, ours = tmp_path / "study.toml", tmp_path / "ours" / "our-town.toml"
    study.write_text(f'watch = ["Who is ahead?"]\n{STUDY}')
    ours.write_text(f'title = "Our town"\n[settings]\nconvening.kind = "place"\n{ORGANISATIONS}')
    return ["sweep", study, "--scenario", ours, *LAID, "--jobs", "1"]


def test_a_dry_run_shows_what_is_laid_over(syslead, on_ours):
    _, out, _ = syslead(*on_ours, "--dry-run", "--json")
    shown = document(out)
    for arm in shown["as_run"].values():
        assert arm["scenario"] == "our-town" and arm["change"] == "simple"
        assert arm["settings"]["gates.delay"] == 4
    assert shown["weeks"] == 5


@pytest.mark.slow
def test_what_is_laid_over_is_kept_so_that_a_shard_is_merged_moved_and_resumed_and_its_runs_repeated(
    syslead, on_ours, tmp_path
):
    part, whole = tmp_path / "part", tmp_path / "elsewhere" / "whole"
    whole.parent.mkdir()
    assert syslead(*on_ours, "--out", part, "--shard", "1/2")[0] == 0
    assert syslead("merge", whole, part)[0] == 0
    for gone in (tmp_path / "ours", part):
        shutil.rmtree(gone)
    (tmp_path / "study.toml").unlink()
    moved = whole.rename(tmp_path / "moved")
    assert syslead("resume", moved, "--jobs", "1")[0] == 0
    assert syslead("verify", moved)[0] == 0
    request = document(syslead("run", "--from", moved, "--run", "3", "--json")[1])["request"]
    assert (request["weeks"], request["settings"]["gates.delay"], request["change"]) == (5, 4, "simple")
    words = " ".join(syslead("report", moved)[1].split())
    assert "5 weeks, scenario our-town, change simple, mean wait for one approval 4 weeks." in words
    assert words.endswith("What to look at: - Who is ahead?")


def test_a_folder_of_the_same_study_with_something_else_laid_over_is_refused(syslead, on_ours, tmp_path):
    assert syslead(*on_ours, "--out", tmp_path / "out")[0] == 0
    assert syslead(*on_ours, "--out", tmp_path / "out")[0] == 0
    code, _, err = syslead(*on_ours, "--set", "gates.veto=0.5", "--out", tmp_path / "out")
    assert code == 4 and "gates.veto" in err


def test_a_pair_that_is_none_is_told_with_everything_else(syslead):
    code, _, err = syslead("sweep", "tiny", "--set", "gates.delay", "--set", "gates.dealy=3", "--dry-run")
    assert code == 2 and "2 errors" in err and "takes NAME=VALUE" in err and "--set gates.dealy" in err


@pytest.mark.parametrize(
    "command", [["run", "--weeks", "2"], ["sweep", "tiny", "--dry-run", "--jobs", "1", "--scenario"]]
)
def test_a_system_of_ones_own_without_a_convener_is_told_so_once(syslead, tmp_path, command):
    ours = tmp_path / "our-town.toml"
    said = "our-town.toml says nothing of a convener"
    ours.write_text(ORGANISATIONS)
    code, _, err = syslead(*command, ours)
    assert code == 0 and err.count(said) == 1
    assert said not in syslead(*command, ours, "--set", "convening.kind=none")[2]
    assert said not in syslead(*command, "village")[2]
    ours.write_text(f'[settings]\nconvening.kind = "none"\n{ORGANISATIONS}')
    assert said not in syslead(*command, ours)[2]


@pytest.mark.parametrize("name", ["turnover.exit", "convening.end", "incentives.payment_start"])
def test_a_week_that_the_runs_never_reach_is_told_and_one_that_they_do_is_not(syslead, name):
    for command in (["run", "tiny"], ["sweep", "tiny", "--dry-run", "--jobs", "1"]):
        for week in (3, 4, 5):
            err = syslead(*command, "--weeks", "4", "--set", f"{name}={week}")[2]
            assert (f"{name} = {week} is never reached" in err) == (week >= 4)
