"""A sweep keeps the source of the user's own tactics, and goes on only with the same, from a folder that the user names."""

import json
import os
import shutil

import pytest
from command_line import alone

pytestmark = pytest.mark.slow

TACTIC = '''"""A shared meal: leader and staff eat together.

Meaning: trust grows, and with it some feeling of being understood.
Cost and failure: it says little of the change.
"""

from typing import NamedTuple

from simulation.entities import Effect, Organisation, Situation, Staff, effect

KIND = "conversation"
SOURCE = "made up for a test"


class Parameters(NamedTuple):
    """A shared meal."""


def converse(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what a meal does."""
    return effect(aware=True, trust=0.25)
'''
STUDY = """scenario = "tiny"
weeks = 2
replicates = 2
engine = "agents"
[arms.none]
[arms.meal]
tactics = { shared_meal = 1 }
"""


def with_tactics(folder):
    return {**os.environ, "SYSLEAD_TACTICS": str(folder) if folder else ""}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A place with a folder of tactics and a sweep made with them."""
    place = tmp_path_factory.mktemp("own")
    (place / "tactics").mkdir()
    (place / "tactics" / "shared_meal.py").write_text(TACTIC)
    (place / "study.toml").write_text(STUDY)
    words = ("sweep", place / "study.toml", "--out", place / "out", "--jobs", "1", "--quiet")
    done = alone(*words, env=with_tactics(place / "tactics"))
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture
def place(made, tmp_path):
    """A copy of that place, to be changed."""
    shutil.copytree(made, tmp_path / "place")
    return tmp_path / "place"


def continued(place, tactics):
    """Extend the sweep, go on with it, and repeat one of its runs."""
    return [
        alone(*words, "--quiet", env=with_tactics(tactics))
        for words in (
            ["sweep", place / "study.toml", "--replicates", "3", "--out", place / "out", "--jobs", "1"],
            ["resume", place / "out", "--jobs", "1"],
            ["run", "--from", place / "out", "--run", "1"],
        )
    ]


def test_the_source_of_a_tactic_is_kept_to_be_read(made):
    (made_with,) = json.loads((made / "out" / "provenance.json").read_text())["made_with"]
    assert made_with["tactics"] == {"shared_meal.py": TACTIC}


def test_the_same_tactic_in_another_folder_goes_on(place):
    (place / "tactics").rename(place / "elsewhere")
    found = continued(place, place / "elsewhere")[1:]
    assert [done.returncode for done in found] == [0, 0], [done.stderr for done in found]


@pytest.mark.parametrize("change", ["lacks", "differs", "is new"])
def test_without_that_tactic_nothing_is_run_and_the_file_is_named(place, change):
    tactics, table = place / "tactics", (place / "out" / "outcomes.csv").read_bytes()
    file = tactics / "shared_meal.py"
    if change == "differs":
        file.write_text(TACTIC.replace("0.25", "0.5"))
    elif change == "is new":
        file = tactics / "another.py"
        file.write_text(TACTIC)
    else:
        tactics = None
    found = continued(place, tactics)
    # A study that names a tactic that there is not is refused as such.
    told = [
        "'shared_meal'" if tactics is None else str(file),
        *2 * ["shared_meal.py:" if tactics is None else str(file)],
    ]
    for done, words in zip(found, told, strict=True):
        assert done.returncode == 2, done.stderr
        assert words in done.stderr and done.stderr.count("\n") == 1
    assert (place / "out" / "outcomes.csv").read_bytes() == table


def test_changes_that_are_accepted_are_recorded_but_never_bring_a_tactic_out_of_the_results(place):
    (place / "out" / "shared_meal.py").write_text(TACTIC + "\nraise SystemExit(99)\n")
    for words in (["resume", place / "out"], ["run", "--from", place / "out", "--run", "1"]):
        done = alone(*words, "--accept-changes", "--quiet", env=with_tactics(None))
        assert done.returncode == 2
        assert "No tactic is called 'shared_meal'" in done.stderr
    (place / "tactics" / "shared_meal.py").write_text(TACTIC.replace("0.25", "0.5"))
    done = alone("resume", place / "out", "--accept-changes", "--quiet", env=with_tactics(place / "tactics"))
    assert done.returncode == 0, done.stderr
    status = json.loads(alone("status", place / "out", "--json").stdout)
    assert any("shared_meal.py was" in change for change in status["changes"])


def test_reading_results_takes_no_tactic(made):
    for words in (["status"], ["report"], ["verify"]):
        done = alone(*words, made / "out", env=with_tactics(None))
        assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_that_does_not_say_which_tactics_it_was_made_with_can_still_be_gone_on_with(place):
    """So were the folders of earlier versions."""
    from experiments.store.database import Store

    shutil.rmtree(place / "out")
    plain = (place / "study.toml").read_text().partition("[arms.meal]")[0]
    (place / "study.toml").write_text(plain)
    assert continued(place, None)[0].returncode == 0
    with Store(place / "out", write=True) as store:
        (epoch,) = store.fact("epochs")
        assert epoch.pop("tactics") == {}
        store.put(epochs=[epoch])
    (place / "study.toml").write_text(plain.replace("replicates = 2", "replicates = 4"))
    found = continued(place, None)
    assert [done.returncode for done in found] == [0, 0, 0], [done.stderr for done in found]
    assert "epoch" not in (place / "out" / "outcomes.csv").read_text()
