"""Bad input is refused with every mistake at once, and with the nearest names."""

import pytest
from command_line import document


def test_all_errors_are_told_at_once_with_the_nearest_names(syslead):
    code, out, err = syslead(
        "run", "tiny", "--tactic", "seding", "--tactic", "coalition=3", "--set", "gates.aprovals=1",
        "--set", "pressure.finance=nan", "--set", "gates.delay=soon", "--set", "alone", "--weeks", "-3", "--engine", "fast",
    )  # fmt: skip
    assert (code, out) == (2, "")
    assert err.startswith("8 errors:")
    for words in (
        "No tactic is called 'seding'. Did you mean 'seeding'?",
        "The share or degree of tactic `coalition` must lie in [0, 1], but is 3.",
        "No parameter is called 'gates.aprovals'. Did you mean 'gates.approvals'?",
        "`pressure.finance` must lie in [",
        "`gates.delay` must be a number, but is 'soon'.",
        "`--set` takes NAME=VALUE, but got 'alone'.",
        "`weeks` must be a whole number in [0, 5200], but is -3.",
        "No engine is called 'fast'.",
    ):
        assert words in err


@pytest.mark.parametrize("value", ["True", "yes", "1e999", "0x10", "1_000", "٣", "", "1,5", "007", "-inf", "inf"])
def test_numbers_are_read_strictly(syslead, value):
    code, _, err = syslead("run", "tiny", "--set", f"gates.approvals={value}")
    assert code == 2
    assert "`gates.approvals` must" in err


def test_the_same_name_twice_is_refused(syslead):
    code, _, err = syslead("run", "tiny", "--tactic", "seeding=0.2", "--tactic", "seeding=0.8")
    assert code == 2
    assert "`--tactic` gives 'seeding' twice." in err


def test_a_study_with_errors_names_file_line_and_nearest_key(syslead, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text('scenario = "tiny"\nreplicats = 3\n[arms.one]\ntactics = { seding = 1 }\n')
    code, _, err = syslead("sweep", study, "--dry-run")
    assert code == 2
    assert f"{study}, line 2: `replicats` is not known. Did you mean 'replicates'?" in err
    assert "line 4" in err
    assert "'seeding'" in err


def test_misspelt_commands_and_options_are_met_with_the_nearest(syslead):
    assert "Did you mean 'sweep'?" in syslead("swep", "tiny")[2]
    assert "Did you mean '--replicates'?" in syslead("sweep", "tiny", "--replicats", "3")[2]
    assert "Did you mean 'gates.delay'?" in syslead("describe", "gates.dealy")[2]
    assert "Did you mean 'gates'?" in syslead("params", "gate")[2]


def test_options_cannot_be_abbreviated(syslead):
    for words in (["run", "tiny", "--wee", "3"], ["sweep", "tiny", "--job", "1"]):
        code, _, err = syslead(*words)
        assert code == 2
        assert "No such option" in err


def test_a_broken_schedule_is_told_with_its_lines(syslead, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("[[schedule]]\nweek = 4\ntactics = { seeding = 1 }\n[[schedule]]\ntactic = { seeding = 1 }\n")
    code, _, err = syslead("run", "tiny", "--schedule", path)
    assert code == 2
    assert "Did you mean 'tactics'?" in err
    assert "every change needs a `week`" in err


def test_a_value_that_a_schedule_cannot_have_is_told_with_file_and_line(syslead, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text(
        "[[schedule]]\nweek = 3\ntactics = {}\n[[schedule]]\nweek = 4\ntactics = { seding = 1 }\n"
        "[[schedule]]\nweek = 99\ntactics = {}\n"
    )
    code, _, err = syslead("run", "tiny", "--weeks", "12", "--set", "gates.delay=0", "--schedule", path)
    assert code == 2
    assert err.startswith("3 errors:")
    assert f"{path}, line 4: No tactic is called 'seding'" in err
    assert f"{path}, line 7: The schedule has a change in week 99, but the run has 12 weeks." in err


def test_what_a_schedule_would_replace_in_week_0_cannot_be_given_beside_it(syslead, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("[[schedule]]\nweek = 0\ntactics = { seeding = 1 }\nsettings = { gates.delay = 4 }\n")
    code, _, err = syslead(
        "run", "tiny", "--weeks", "4", "--tactic", "giving", "--set", "gates.delay=9", "--schedule", path
    )
    assert code == 2
    assert "replaces `tactics`, `gates.delay` in week 0" in err
    assert syslead("run", "tiny", "--weeks", "4", "--set", "gates.on=false", "--schedule", path)[0] == 0


def test_a_schedule_changes_the_run_from_its_week_on(syslead, tmp_path):
    path = tmp_path / "plan.toml"
    path.write_text("[[schedule]]\nweek = 3\n[schedule.settings]\npressure.finance = 0.9\n")
    _, out, _ = syslead("run", "tiny", "--weeks", "12", "--schedule", path, "--json")
    assert document(out)["request"]["schedule"] == [[3, {"settings": {"pressure.finance": 0.9}}]]


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        (["list", "tactic"], "tactics"),
        (["export", "DIR", "--format", "parket"], "parquet"),
        (["run", "tiny", "--set", "leaders.placement=sprad"], "spread"),
    ],
)
def test_a_misspelt_choice_is_met_with_the_nearest(syslead, words, nearest):
    code, _, err = syslead(*words)
    assert code == 2
    assert f"Did you mean '{nearest}'?" in err


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["sweep", "tiny", "--out", "OUT", "--fail-fast", "--max-failures", "3"], "--max-failures"),
        (["sweep", "tiny", "--out", "OUT", "--dask", "tcp://127.0.0.1:1", "--jobs", "3"], "--jobs"),
        (["run", "tiny", "--accept-changes"], "--from DIR"),
        (["run", "tiny", "--overwrite"], "--out DIR"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(syslead, tmp_path, monkeypatch, words, named):
    monkeypatch.chdir(tmp_path)
    code, _, err = syslead(*words)
    assert code == 2
    assert named in err
    assert list(tmp_path.iterdir()) == []
