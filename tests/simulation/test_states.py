"""Everybody's states are those of the run, in weeks that are asked for, and can begin another run."""

import numpy as np
import pandas as pd
import pytest
from command_line import alone
from hypothesis import given
from hypothesis import strategies as st
from worlds import EVERYTHING, lived, traces

from experiments.commands import cli, everybody
from simulation import Request
from simulation.entities import Staff
from simulation.states import FIELDS, moments, states

BUSY = Request("tiny", EVERYTHING, weeks=9, seed=3, schedule=((4, {"settings": {"pressure.finance": 0.7}}),))


def ended(*words):
    with pytest.raises(SystemExit) as end:
        cli.main(list(map(str, words)))
    return end.value.code


@given(st.integers(1, 12), st.integers(0, 12), st.sampled_from(["compiled", "agents"]))
def test_looking_on_changes_nothing_and_shows_the_weeks_asked_for_and_the_end(every, weeks, engine):
    request = BUSY._replace(weeks=max(weeks, 4), engine=engine)
    seen = list(moments(request, every))
    assert [m.week for m in seen] == sorted({*range(0, request.weeks + 1, every), request.weeks})
    assert traces(seen[-1].world) == traces(lived(request))


def test_everything_that_a_person_has_is_shown():
    assert set(Staff._fields) - set(FIELDS) == {"organisation", "circle", "weight", "waiting"}
    world = lived(BUSY)
    shown = states(world)
    for field in ("conviction", "stubbornness", "exposure"):
        assert (shown[field] == world.staff[field]).all()
    assert ((shown["stage"] == "adopted") == (world.staff["stage"] == 3)).all()


def test_the_file_holds_everybody_in_every_week_asked_for(tmp_path, capsys):
    file = tmp_path / "new" / "all.csv.gz"
    assert ended("run", "tiny", "--weeks", 8, "--states", file, "--every", 5) == 0
    assert "3 moments" in capsys.readouterr().err
    table = pd.read_csv(file, keep_default_na=False, float_precision="round_trip")
    end = lived(Request("tiny", weeks=8))
    assert table["week"].unique().tolist() == [0, 5, 8]
    last = table[table["week"] == 8]
    assert np.array_equal(last["conviction"], end.staff["conviction"])
    assert np.array_equal(last["people"] * 1024, end.staff["weight"])
    assert file.stat().st_size < len(table) * everybody.BYTES_A_ROW


def test_a_row_takes_no_more_than_is_said(tmp_path, monkeypatch):
    file = tmp_path / "all.csv.gz"
    mix = [word for name in EVERYTHING for word in ("--tactic", f"{name}={EVERYTHING[name] / 10}")]
    assert ended("run", "tiny", *mix, "--weeks", 60, "--states", file, "--every", 60) == 0
    text = pd.read_csv(file).to_csv(index=False)
    assert len(text) / (text.count("\n") - 1) <= everybody.BYTES_A_ROW


def test_the_week_of_a_run_begins_another_as_a_table_of_staff(tmp_path):
    assert ended("run", "tiny", "--weeks", 5, "--states", tmp_path / "all.csv.gz", "--every", 5) == 0
    table = pd.read_csv(tmp_path / "all.csv.gz", keep_default_na=False)
    table[table["week"] == 5].to_csv(tmp_path / "staff.csv", index=False)
    (tmp_path / "again.toml").write_text('[tables.staff]\nfile = "staff.csv"\nignore = true\n')
    again = next(iter(moments(Request(str(tmp_path / "again.toml"), weeks=1), 1))).world
    assert sorted(again.staff["conviction"]) == sorted(lived(Request("tiny", weeks=5)).staff["conviction"])


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--states", "all.csv"), "all.csv.gz"),
        (("--every", "2"), "--states"),
        (("--states", "all.csv.gz", "--every", "0"), "--every"),
    ],
)
def test_what_cannot_be_written_is_refused_before_the_run(tmp_path, words, named):
    done = alone("run", "tiny", "--weeks", "1", *words, cwd=tmp_path)
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_file_above_a_gigabyte_needs_to_be_asked_for(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(everybody, "MOST_BYTES", 80_000)
    words = ("run", "tiny", "--weeks", 20, "--states", tmp_path / "all.csv.gz")
    assert ended(*words) == 2
    said = capsys.readouterr().err
    assert "--allow-large" in said
    assert not list(tmp_path.iterdir())
    every = said.partition("--every ")[2].partition(")")[0]
    assert ended(*words, "--every", every) == 0
    assert ended(*words, "--allow-large", "--overwrite") == 0
