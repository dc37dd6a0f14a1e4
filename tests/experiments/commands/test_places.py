"""What cannot be called so, or not be written, is refused before the work begins; and two never write into one place."""

import os
from contextlib import suppress

import click
import pytest

from experiments.commands import cli
from experiments.commands.options.places import Place, check_folder, check_free, reserved
from experiments.store.errors import InUse, NotWritable
from experiments.store.folder import lock, writing

LONG = "x" * 300
WRITES = [
    ("run", "tiny", "--out"),
    ("run", "tiny", "--states"),
    ("report", "swept", "--out"),
    ("report", "swept", "--html"),
    ("plot", "swept", "--out"),
    ("why", "swept", "--run", "1", "--figure"),
    ("describe-data", "times.csv", "--plot"),
    ("selftest", "--files"),
    ("sweep", "tiny", "--out"),
    ("merge",),
]
"""Command lines that lack only the file or the folder that is written."""
ENDINGS = {"--states": ".csv.gz", "--html": ".html", "--plot": ".png"}


@pytest.fixture
def here(swept, tmp_path, monkeypatch):
    """A folder with whatever no result can be written to; nothing is run, drawn or summed up there."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "swept").symlink_to(swept)
    (tmp_path / "times.csv").write_text("person,time\na,1\nb,2\n")
    (tmp_path / "file").write_text("mine")
    for name in ("", ".csv.gz", ".html", ".png"):
        (tmp_path / f"loop{name}").symlink_to(tmp_path / f"loop{name}")
        (tmp_path / f"nowhere{name}").symlink_to(tmp_path / "gone" / "for" / f"good{name}")

    def work(*_, **__):
        raise AssertionError("the work began before its place was known to be good")

    for place in ("run", "running.lived", "running.result"):
        monkeypatch.setattr(f"simulation.{place}", work)
    for place in ("figures.draw.figures", "validity.description.described", "commands.html.page.page_of"):
        monkeypatch.setattr(f"experiments.{place}", work)
    monkeypatch.setattr("simulation.story.told.told", work)
    return tmp_path


def written_by(command, name):
    ending = ENDINGS.get(command[-1], "")
    return [*command, f"{name}{ending}" if name else "", *(["swept"] if command == ("merge",) else [])]


def names(folder):
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize("name", ["", LONG, f"new/{LONG}", "a\nb", "a\0b", "a\x1b[2Jb"], ids=ascii)
@pytest.mark.parametrize("command", WRITES, ids=" ".join)
def test_what_nothing_can_be_called_is_refused_as_a_mistake(syslead, here, command, name):
    before = names(here)
    code, out, err = syslead(*written_by(command, name))
    assert (code, out) == (2, "")
    assert err.startswith("Error: ") and len(err.splitlines()) <= 2
    assert names(here) == before


@pytest.mark.parametrize("name", ["file/within", "loop", "loop/within", "nowhere", "/proc/none"])
@pytest.mark.parametrize("command", WRITES, ids=" ".join)
def test_a_place_that_cannot_be_written_is_refused_before_the_work_begins(syslead, here, command, name):
    before = names(here)
    code, out, err = syslead(*written_by(command, name))
    assert (code, out) == (4, "")
    assert err.startswith("Error: ") and len(err.splitlines()) == 1
    assert names(here) == before


def test_every_path_that_a_command_takes_is_read_by_one_door():
    paths = [
        (name, parameter.name, parameter.type)
        for name, command in cli.root.commands.items()
        for parameter in command.params
        if isinstance(parameter.type, click.Path)
    ]
    assert len(paths) > 20
    assert [path for path in paths if not isinstance(path[2], Place)] == []


@pytest.mark.parametrize("words", [["describe-data", LONG], ["describe-data", "times.csv", LONG], ["report", LONG],
                                   ["run", "tiny", "--schedule", LONG], ["why", LONG, "--run", "1"],
                                   ["sweep", "tiny", "--dry-run", "--scenario", f"{LONG}.toml"],
                                   ["compare", "none", "seeding", "--scenario", ""], ["compare", "none", "none", "--change", ""],
                                   ["sweep", "study.toml", "--dry-run"]])  # fmt: skip
def test_what_is_read_and_cannot_be_called_so_is_refused_as_a_mistake(syslead, here, words):
    (here / "study.toml").write_text(f'scenario = "{LONG}.toml"\nchange = "{LONG}.toml"\n')
    code, out, err = syslead(*words)
    assert (code, out) == (2, "")
    assert "Error" in err or "2 errors" in err


def test_a_folder_that_may_only_be_read_is_told_and_left_as_it_is(tmp_path):
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        pytest.skip("permissions do not bind whoever may do anything")
    tmp_path.chmod(0o500)
    for check in (
        check_folder,
        lambda place: check_folder(place / "new" / "deep"),
        lambda place: check_free(place / "file", True),
    ):
        with pytest.raises(NotWritable, match="nothing can be written there"):
            check(tmp_path)
    tmp_path.chmod(0o700)
    assert names(tmp_path) == []


def test_a_folder_is_held_by_one_and_goes_again_if_nothing_came_of_it(tmp_path):
    with suppress(KeyboardInterrupt), reserved(tmp_path / "new" / "deep"):
        with pytest.raises(InUse), reserved(tmp_path / "new" / "deep"):
            pass
        raise KeyboardInterrupt
    assert names(tmp_path) == []
    with reserved(tmp_path / "new"):
        (tmp_path / "new" / "file").touch()
    assert names(tmp_path) == ["new"]


def test_two_runs_into_one_folder_are_one_run_and_one_refusal(syslead, tmp_path):
    (tmp_path / "out").mkdir()
    with lock(tmp_path / "out"):
        code, _, err = syslead("run", "tiny", "--weeks", "2", "--out", tmp_path / "out")
    assert code == 5 and "another process" in err
    assert names(tmp_path / "out") == []


def test_two_that_write_one_file_at_once_never_mix_and_none_is_replaced_unasked(tmp_path):
    with pytest.raises(NotWritable, match="meanwhile"), writing(tmp_path / "file", overwrite=False) as first:
        first.write(b"the first, ")
        with writing(tmp_path / "file", overwrite=False) as second:
            second.write(b"the second")
        first.write(b"to the end")
    assert (tmp_path / "file").read_bytes() == b"the second"
    assert names(tmp_path) == ["file"]
