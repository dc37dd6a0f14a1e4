"""`syslead run --from`: any run of a sweep is made again bit for bit."""

from command_line import STUDY, document


def test_any_run_of_a_sweep_can_be_repeated_bit_for_bit(syslead, swept):
    import pandas as pd

    rows = pd.read_csv(swept / "outcomes.csv", float_precision="round_trip").set_index("run")
    weeks = pd.read_csv(swept / "trajectories.csv.gz", float_precision="round_trip")
    for number in rows.index:
        again = document(syslead("run", "--from", swept, "--run", number, "--json")[1])
        told = {name: value for name, value in rows.loc[number].items() if name in again["observables"]}
        assert told.keys() == again["observables"].keys()
        for name, value in again["observables"].items():
            assert told[name] == value or (value is None and pd.isna(told[name])), name
        arm, point, replicate = rows.loc[number, ["arm", "point", "replicate"]]
        run = weeks[(weeks["arm"] == arm) & (weeks["point"] == point) & (weeks["replicate"] == replicate)]
        for name in ("adopted_share", "declared_share"):
            assert run[name].tolist() == again[name]


def test_a_run_that_would_not_be_the_same_again_is_refused_unless_that_is_accepted(syslead, tmp_path, monkeypatch):
    study = tmp_path / "study.toml"
    study.write_text(STUDY)
    out = tmp_path / "out"
    assert syslead("sweep", study, "--out", out, "--jobs", "1", "--quiet")[0] == 0
    repeat = ["run", "--from", out, "--run", "1"]
    assert syslead(*repeat)[0] == 0
    monkeypatch.setattr("simulation.fingerprint.sources", lambda: "0" * 64)
    code, _, err = syslead(*repeat)
    assert code == 4
    assert "sources was" in err and "--accept-changes" in err
    code, _, err = syslead(*repeat, "--accept-changes")
    assert code == 0
    assert "Changed since: sources was" in err
    # A run is compared with what it was made with, not with what was accepted since.
    assert syslead("resume", out, "--jobs", "1", "--quiet", "--accept-changes")[0] == 0
    assert syslead(*repeat)[0] == 4
    monkeypatch.undo()
    assert syslead(*repeat)[0] == 0


def test_repeating_a_run_takes_no_other_change(syslead, swept):
    code, _, err = syslead("run", "--from", swept, "--run", "0", "--change", "simple")
    assert code == 2 and "--change" in err


def test_repeating_a_run_takes_no_other_settings(syslead, swept):
    code, _, err = syslead("run", "--from", swept, "--run", "1", "--seed", "3", "--tactic", "seeding")
    assert code == 2
    assert "--tactic, --seed" in err
    assert "belong together" in syslead("run", "--from", swept)[2]


def test_a_run_that_the_sweep_does_not_have_is_refused(syslead, swept):
    code, _, err = syslead("run", "--from", swept, "--run", "999")
    assert code in (2, 4)
    assert "999" in err
