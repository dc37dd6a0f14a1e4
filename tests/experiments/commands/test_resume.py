"""`syslead resume` goes on only with what a sweep was made with, unless changes are accepted."""

from command_line import STUDY


def test_resume_refuses_changed_sources_unless_told_to_accept(syslead, tmp_path, monkeypatch):
    study = tmp_path / "study.toml"
    study.write_text(STUDY)
    out = tmp_path / "out"
    assert syslead("sweep", study, "--out", out, "--jobs", "1", "--quiet")[0] == 0
    monkeypatch.setattr("simulation.fingerprint.sources", lambda: "0" * 64)
    code, _, err = syslead("resume", out, "--jobs", "1")
    assert code == 4
    assert "sources was" in err
    assert "--accept-changes" in err
    assert syslead("resume", out, "--jobs", "1", "--accept-changes")[0] == 0
    assert "Accepted change" in syslead("status", out)[1]


def test_resume_refuses_a_changed_cell_of_a_table_that_the_scenario_names(syslead, tmp_path):
    (tmp_path / "data").mkdir()
    staff = tmp_path / "data" / "staff.csv"
    staff.write_text("id,organisation,ego\n" + "".join(f"p{n},o{n % 3},0.4\n" for n in range(30)))
    (tmp_path / "own.toml").write_text('title = "Own"\nsource = "made up"\n[tables]\nstaff = "data/staff.csv"\n')
    (tmp_path / "study.toml").write_text(STUDY.replace('"tiny"', '"own.toml"'))
    out = tmp_path / "out"
    assert syslead("sweep", tmp_path / "study.toml", "--out", out, "--jobs", "1", "--quiet")[0] == 0
    assert syslead("resume", out, "--jobs", "1")[0] == 0
    staff.write_text(staff.read_text().replace("p7,o1,0.4", "p7,o1,0.9"))
    code, _, err = syslead("resume", out, "--jobs", "1")
    assert code == 4
    assert "inputs.own.toml, its staff: line 9 was" in err
