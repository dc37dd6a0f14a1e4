"""The page tells a run of the folder that is made again, and says how to be told one where that cannot be."""

import shutil
from types import SimpleNamespace

import pytest

from experiments.analysis.summary import summary_of
from experiments.analysis.tables import read_outcomes
from experiments.commands.html import story
from experiments.commands.tables.why import Again
from experiments.figures import tree
from simulation import Request
from simulation.story.branches import Branch, branches
from simulation.story.told import told


def words_of(parts):
    return [" ".join("".join(part.itertext()).split()) for part in parts]


@pytest.fixture(scope="module")
def seeded():
    return told(Request("tiny", {"seeding": 1.0}, weeks=60))


def test_a_run_of_the_folder_is_told_and_the_same_without_its_tactic(swept, monkeypatch):
    monkeypatch.setattr(story, "REPLICATES", 3)
    outcomes = read_outcomes(swept)
    arm, number = story.typical(outcomes, summary_of(outcomes))
    ends = outcomes.of(arm).set_index("run")["adopted_share"]
    assert abs(ends[number] - ends.median()) == abs(ends - ends.median()).min()
    said = " ".join(words_of(story.story(swept, outcomes, summary_of(outcomes))))
    assert f"Run {number} of {outcomes.titles[arm]}" in said
    assert "Without seeding an idea, with the same random numbers" in said
    assert "Over 3 replicates" in said


def test_tables_without_their_runs_are_not_told(swept, tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    for name in ("outcomes.csv", "provenance.json"):
        shutil.copy(swept / name, folder)
    outcomes = read_outcomes(folder)
    assert len(story.story(folder, outcomes, summary_of(outcomes))) == 1


def test_counts_are_of_the_replicates_that_were_made():
    made = [[[0.6, 0.5, 0.2], [0.6, 0.1, 0.2]], [[0.3, 0.9, 0.4], [0.1, 0.1, 0.2]]]
    again = Again.of(made, 0)
    assert (again.half_in(0), again.half_in(1)) == (2, 0)
    assert again.beyond() == (1, 0)
    assert again.near(0.65) == 1


def test_every_adoption_is_counted_once_and_nobody_changes_through_who_changed_later(seeded):
    found = branches(seeded)
    assert sum(branch.adopted for branch in found) == len(seeded.teller.adoptions)
    week = {branch.name: branch.week for branch in found}
    started = {name for name, share in zip(seeded.names, seeded.shares[0, 1:], strict=True) if share}
    for branch in found:
        assert branch.number <= branch.adopted >= branch.told + branch.sown + branch.shown
        if branch.through in week:
            assert branch.through in started or week[branch.through] < branch.week


def test_the_tree_shows_the_largest_with_all_they_hang_on_and_says_what_it_leaves_out():
    chain = [Branch(f"O{k}", f"O{k - 1}" if k % 3 else "Leader 1", 1, 40 - k, k, 0.5, 1, 0, 0) for k in range(30)]
    shown = tree.drawn(chain)
    names = {branch.name for branch in shown}
    assert len(shown) <= tree.MOST
    assert all(branch.through in names | {"Leader 1"} for branch in shown)
    picture = tree.who_through_whom(chain, "A run", "seed 1")
    assert f"Left out: {30 - len(shown)} organisations" in " ".join(picture.texts[1].get_text().split())
    box = picture.get_tightbbox(picture.canvas.get_renderer())
    assert box.x0 >= 0.1
    assert box.x1 <= 13.34


def test_the_title_of_a_tree_counts_what_is_drawn(monkeypatch):
    hidden = [Branch(f"H{k}", "Leader 4", 1, 1, 9, 0.5, 1, 0, 0) for k in range(20)]
    seen = [Branch(f"O{k}", "Leader 3", 1, 40 - k, 9, 0.5, 1, 0, 0) for k in range(tree.MOST)]
    monkeypatch.setattr(tree, "branches", lambda run: [*seen, *hidden])
    title = tree.tree_of(SimpleNamespace(request=Request("tiny")), "seed 1").texts[0].get_text()
    assert "Leader 3" in title and "Leader 4" not in title
    assert title.count(f"{tree.MOST}") == 2
