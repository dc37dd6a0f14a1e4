"""Nothing is overwritten unless asked for, and files of others never."""

import os

import pytest
from command_line import STUDY

from experiments.store.folder import writing


def test_a_run_overwrites_nothing_unless_asked(syslead, tmp_path):
    out = tmp_path / "run"
    assert syslead("run", "tiny", "--weeks", "4", "--out", out)[0] == 0
    before = (out / "run.json").read_bytes()
    code, _, err = syslead("run", "tiny", "--weeks", "8", "--out", out)
    assert code == 4
    assert "--overwrite" in err
    assert (out / "run.json").read_bytes() == before
    assert syslead("run", "tiny", "--weeks", "8", "--out", out, "--overwrite")[0] == 0
    assert (out / "run.json").read_bytes() != before


def test_overwriting_a_run_never_touches_the_files_of_others(syslead, tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    code, _, err = syslead("run", "tiny", "--weeks", "4", "--out", tmp_path, "--overwrite")
    assert code == 4
    assert "thesis.docx" in err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_fewer_replicates_than_a_folder_has_are_refused_and_more_are_added(syslead, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(STUDY)
    sweep = ["sweep", study, "--out", tmp_path / "out", "--jobs", "1", "--quiet"]
    assert syslead(*sweep, "--replicates", "2")[0] == 0
    assert syslead(*sweep, "--replicates", "4")[0] == 0
    code, _, err = syslead(*sweep, "--replicates", "1")
    assert code == 4
    assert "this folder is for 4 replicates" in err
    assert syslead(*sweep, "--replicates", "1", "--overwrite")[0] == 0


@pytest.mark.slow
def test_another_study_needs_a_new_folder_or_overwrite(syslead, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(STUDY)
    out = tmp_path / "out"
    sweep = ["sweep", study, "--out", out, "--jobs", "1", "--quiet"]
    assert syslead(*sweep)[0] == 0
    assert syslead("plot", out)[0] == 0
    assert syslead(*sweep, "--seed", "7")[0] == 4
    code, words, _ = syslead(*sweep, "--seed", "7", "--overwrite")
    assert code == 0
    assert "Seed 7" in words
    assert not (out / "figures").exists()


def test_overwriting_a_sweep_never_touches_the_files_of_others(syslead, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(STUDY)
    out = tmp_path / "out"
    sweep = ["sweep", study, "--out", out, "--jobs", "1", "--quiet"]
    assert syslead(*sweep)[0] == 0
    (out / "notes.txt").write_text("mine")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    code, _, err = syslead(*sweep, "--seed", "7", "--overwrite")
    assert code == 4
    assert "notes.txt" in err
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "more",
    [
        ["--run-timeout", "nan"],
        ["--memory-limit", "nan"],
        ["--replicates", "100000000"],
        ["--seed", str(2**70)],
        ["--dask", "tcp://127.0.0.1:1"],
    ],
    ids=lambda more: more[0],
)
def test_a_sweep_that_cannot_begin_overwrites_nothing(syslead, tmp_path, monkeypatch, more):
    if "--dask" in more:
        pytest.importorskip("distributed", reason="the cluster needs the extra `cluster`")
        monkeypatch.setattr("experiments.sweep.cluster.CONNECT_SECONDS", "0.5s")
    study = tmp_path / "study.toml"
    study.write_text(STUDY)
    out = tmp_path / "out"
    sweep = ["sweep", study, "--out", out, "--jobs", "1", "--quiet"]
    assert syslead(*sweep)[0] == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    assert syslead(*sweep, "--overwrite", *more)[0] == 2
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_sweep_in_use_is_not_overwritten(syslead, tmp_path):
    from experiments.store import folder

    study = tmp_path / "study.toml"
    study.write_text(STUDY)
    out = tmp_path / "out"
    sweep = ["sweep", study, "--out", out, "--jobs", "1", "--quiet"]
    assert syslead(*sweep)[0] == 0
    with folder.lock(out):
        assert syslead(*sweep, "--overwrite")[0] == 5
    assert (out / "outcomes.csv").is_file()


def test_bad_input_writes_nothing(syslead, tmp_path):
    assert syslead("run", "tiny", "--set", "gates.delay=0", "--out", tmp_path / "a")[0] == 2
    assert syslead("sweep", "nothing", "--out", tmp_path / "b")[0] == 2
    assert list(tmp_path.iterdir()) == []


def test_what_a_link_names_is_written_and_no_file_takes_the_place_of_a_device(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "file")
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    for name in ("link", "pipe"):
        with writing(tmp_path / name) as file:
            file.write(b"words")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "file").read_bytes() == b"words"
    assert (tmp_path / "pipe").is_fifo() and os.read(reader, 9) == b"words"
    os.close(reader)


def test_a_file_of_states_is_replaced_only_where_that_is_asked_for(syslead, tmp_path):
    run = ["run", "tiny", "--weeks", "1", "--quiet", "--states", tmp_path / "all.csv.gz"]
    (tmp_path / "all.csv.gz").write_bytes(b"mine")
    code, _, err = syslead(*run)
    assert (code, "--overwrite" in err, (tmp_path / "all.csv.gz").read_bytes()) == (4, True, b"mine")
    assert syslead(*run, "--overwrite")[0] == 0
    assert (tmp_path / "all.csv.gz").read_bytes() != b"mine"
