"""Whoever asks for more of the leaders' time than there is, is told what is used instead, and gets the same results."""

import pytest
from command_line import STUDY, document

SAID = "add up to more than 1"
OWN_LEADER = """
title = "A leader with more than one thing to do"
[[organisations]]
kind = "acute"
count = 1
staff = 40
sample = 40
[[leaders]]
count = 1
tactics = { seeding = 0.9, coalition = 0.9 }
"""


def test_a_run_says_which_shares_are_used(syslead):
    words = ("run", "tiny", "--weeks", "2", "--tactic", "seeding=0.9", "--tactic", "coalition=0.3", "--json")
    code, out, err = syslead(*words)
    assert code == 0
    assert err.count(SAID) == 1 and "a coalition of the willing 0.25 + seeding an idea 0.75" in err
    (note,) = document(out)["notes"]
    assert note in err


@pytest.mark.parametrize("tactics", [["seeding=0.5", "coalition=0.5"], ["seeding=0.3"], ["seeding", "forgoing_credit"]])
def test_where_there_is_enough_nothing_is_said(syslead, tactics):
    words = [word for tactic in tactics for word in ("--tactic", tactic)]
    code, out, err = syslead("run", "tiny", "--weeks", "2", *words, "--json")
    assert (code, err, document(out)["notes"]) == (0, "", [])


def test_shares_asked_for_in_proportion_give_the_same_run(syslead):
    def curves(*tactics):
        words = [word for tactic in tactics for word in ("--tactic", tactic)]
        return document(syslead("run", "tiny", "--weeks", "30", *words, "--json")[1])["adopted_share"]

    assert curves("seeding=0.8", "coalition=0.8") == curves("seeding=0.5", "coalition=0.5")


def test_a_schedule_that_asks_for_too_much_is_told_with_its_week(syslead, tmp_path):
    (tmp_path / "schedule.toml").write_text("[[schedule]]\nweek = 1\ntactics = { seeding = 1, coalition = 1 }\n")
    _, _, err = syslead("run", "tiny", "--weeks", "2", "--schedule", tmp_path / "schedule.toml")
    assert SAID in err and "from week 1: a coalition of the willing + seeding an idea 0.5 each" in err


def test_leaders_of_a_scenario_who_do_too_much_are_told(syslead, tmp_path):
    (tmp_path / "mine.toml").write_text(OWN_LEADER)
    _, _, err = syslead("run", tmp_path / "mine.toml", "--weeks", "2")
    assert SAID in err and "a leader of mine with a coalition of the willing + seeding an idea 0.5 each" in err


BOTH = "[arms.both]\ntactics = { seeding = 0.9, coalition = 0.9 }\n"
ONE_ARM = STUDY.partition("[arms.seeding]")[0] + "[arms.other]\n"
SWEPT = '[factors]\n"tactics.seeding" = [0.1, 0.6]\n"tactics.coalition" = [0.2, 0.6]\n'


@pytest.mark.parametrize(
    ("study", "told"),
    [
        (STUDY + BOTH, "both with a coalition of the willing + seeding an idea 0.5 each"),
        (ONE_ARM + SWEPT, "none (at 1 of 4 points, here the first), other (at 1 of 4 points"),
    ],
)
def test_a_sweep_and_its_dry_run_say_it_once_with_the_arms(syslead, tmp_path, study, told):
    (tmp_path / "study.toml").write_text(study)
    for words in (["--dry-run"], ["--out", tmp_path / "out", "--jobs", "1"]):
        code, out, err = syslead("sweep", tmp_path / "study.toml", *words, "--json")
        assert code == 0
        assert err.count(SAID) == 1 and told in err
        (note,) = document(out)["notes"]
        assert note in err


def test_a_study_with_too_many_mixes_names_some(syslead, tmp_path):
    arms = [f"[arms.a{k}]\ntactics = {{ seeding = 0.9, coalition = 0.{k} }}\n" for k in range(2, 10)]
    (tmp_path / "study.toml").write_text(STUDY + "\n".join(arms))
    _, _, err = syslead("sweep", tmp_path / "study.toml", "--dry-run")
    assert "a2 with" in err and "a9 with" not in err and "and 3 more mixes" in err
