"""`syslead why`: the story of a run of a folder, and the same without a tactic."""

import csv
import shutil

import pytest
from command_line import document

from experiments.commands.tables.why import Again
from experiments.sweep.at_once import Processes
from simulation import Request, run

SEEDED = 3
"""A run of the folder with leaders who seed ideas: `STUDY` has two arms."""


@pytest.fixture(autouse=True)
def made_here(monkeypatch):
    """Make runs in this process."""
    monkeypatch.setattr(Processes, "each", lambda _, work, asked: map(work, asked))


def outcome_of(folder, number):
    with (folder / "outcomes.csv").open() as file:
        return next(float(row["adopted_share"]) for row in csv.DictReader(file) if row["run"] == str(number))


def test_the_run_is_that_of_the_table_wherever_the_folder_lies(syslead, swept, tmp_path):
    moved = shutil.copytree(swept, tmp_path / "elsewhere")
    code, out, _ = syslead("why", moved, "--run", SEEDED, "--replicates", 0, "--json")
    found = document(out)
    assert code == 0
    assert found["adopted_share"][-1] == pytest.approx(outcome_of(swept, SEEDED))
    assert found["request"]["tactics"] == {"seeding": 1.0}
    assert found["without"] is None


def test_without_a_tactic_the_random_numbers_stay(syslead, swept):
    _, out, _ = syslead("why", swept, "--run", SEEDED, "--without", "seeding", "--replicates", 3, "--json")
    found = document(out)
    ends = [run(Request("tiny", weeks=8, replicate=number)).adopted_share[-1] for number in range(3)]
    assert found["replicates"]["adopted_share_without"] == pytest.approx(ends)
    assert found["without"]["adopted_share"][-1] == pytest.approx(outcome_of(swept, SEEDED - 1))


def test_the_story_of_one_organisation_is_told(syslead, swept):
    _, out, _ = syslead("why", swept, "--run", SEEDED, "--replicates", 0, "--json")
    names = [turn["name"] for turn in document(out)["organisations"]]
    code, out, _ = syslead("why", swept, "--run", SEEDED, "--organisation", names[0].lower(), "--replicates", 2)
    assert code == 0
    assert names[0] in out
    assert out.startswith("Run 3, seeding: "), "with its arm"
    assert "2 replicates" in " ".join(out.split())


@pytest.mark.parametrize(
    ("options", "nearest"),
    [
        (("--run", "6"), "nearest is 5"),
        (("--run", "-3"), "nearest is 0"),
        (("--run", "3", "--without", "seding"), "'seeding'"),
        (("--run", "2", "--without", "seeding"), "none"),
        (("--run", "3", "--organisation", "Acut hospital"), "'Acute hospital"),
    ],
)
def test_what_is_not_there_is_met_with_the_nearest(syslead, swept, options, nearest):
    code, out, err = syslead("why", swept, *options)
    assert (code, out) == (2, "")
    assert nearest in err


@pytest.mark.parametrize("width", ["40", "80"])
def test_no_line_is_wider_than_the_terminal(syslead, swept, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", width)
    _, out, _ = syslead("why", swept, "--run", SEEDED, "--without", "seeding", "--replicates", 2)
    assert max(map(len, out.splitlines())) <= int(width)


def test_how_often_a_tactic_made_the_difference_is_counted_in_pairs():
    again = Again([0.6, 0.7, 0.1, 0.2, 0.5], [0.4, 0.8, 0.9, 0.1, 0.499])
    assert (again.changed, again.changed_without) == (3, 2)
    assert (again.only(True), again.only(False)) == (2, 1)
