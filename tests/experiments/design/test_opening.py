"""The studies of users' questions: one each, with what to look at, and how the page opens it."""

import re
from pathlib import Path

import pytest

from experiments.design import study_file
from experiments.design.overlay import Overlay
from simulation.errors import Invalid

ROOT = Path(__file__).parents[3]
ASKED = sorted(
    (study for study in map(study_file.load, study_file.studies()) if study.opening),
    key=lambda study: study.opening.number,
)
STUDY = """
scenario = "tiny"
weeks = 8
[arms.one]
[arms.two]
tactics = { seeding = 1 }
"""


def test_there_is_one_study_for_each_of_the_twelve_questions_and_make_runs_them_all():
    assert [study.opening.number for study in ASKED] == list(range(1, 13))
    listed = re.search(r"^QUESTIONS := (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.M)[1].split()
    assert listed == [study.name for study in ASKED]


@pytest.mark.parametrize("study", ASKED, ids=lambda study: study.name)
@pytest.mark.parametrize("scenario", ["ics-small", "ics-median"])
def test_each_says_what_it_asks_and_what_to_look_at_and_can_be_run_on_either_system(study, scenario):
    assert study.title.endswith("?") and study.question and study.watch
    assert len(study.opening.levers) == len(set(study.opening.levers)) == 6
    assert all(arm.title != arm.name for arm in study.arms)
    assert study_file.load(study.name, overlay=Overlay(scenario=scenario)).size > 100


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ('number = 1\narms = ["one", "tow"]\nlevers = []\nnames = ["a", "b"]', "Did you mean 'two'?"),
        ('number = 1\narms = ["one"]\nlevers = []\nnames = ["a", "b"]', "must have two"),
        ('number = 1\narms = ["one", "two"]\nlevers = ["gates.dealy"]', "Did you mean 'gates.delay'?"),
        ('number = 1\narms = ["one", "two"]\nlevers = []\nnames = ["a", 2]', "must be texts"),
        ('number = 1\narms = ["one", "two"]', "needs `levers`"),
        ('number = "1"\narms = [[], {}]\nlevers = []\nnames = ["a", "b"]', "must be a whole number"),
    ],
)
def test_a_page_that_cannot_be_opened_so_is_refused(tmp_path, table, told):
    (tmp_path / "my.toml").write_text(f"{STUDY}[page]\n{table}\n")
    with pytest.raises(Invalid, match=re.escape(told)):
        study_file.load(tmp_path / "my.toml")


def test_what_to_look_at_is_text_and_is_kept_with_the_results(tmp_path):
    path = tmp_path / "my.toml"
    path.write_text(f'watch = ["Who is ahead?", "When?"]\n{STUDY}')
    loaded = study_file.load(path)
    assert type(loaded).from_document(loaded.document()) == loaded and loaded.watch == ("Who is ahead?", "When?")
    path.write_text(f'watch = ["Who is ahead?", 3]\n{STUDY}')
    with pytest.raises(Invalid, match="list of texts"):
        study_file.load(path)
