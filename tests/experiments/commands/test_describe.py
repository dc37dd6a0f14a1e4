"""`syslead describe`: anything that has a name can be described."""

import json

import pytest

from experiments.commands.options import names
from experiments.design import study_file
from simulation import catalogue, change, scenario
from simulation.scenario import FOLDER


@pytest.mark.parametrize("name", ["seeding", "gates.delay", "gates", "ics-small", "tiny", "trust"])
def test_anything_can_be_described(syslead, name):
    code, out, _ = syslead("describe", name)
    assert code == 0
    assert out.startswith(name)


def test_every_name_can_be_described(syslead):
    every = [name for kind in names.KINDS for name in names.of(kind) if kind != "parameters"]
    for name in [*every, *catalogue.groups()]:
        assert syslead("describe", name)[0] == 0, name


def test_a_scenario_of_the_users_own_can_be_described(syslead, tmp_path):

    path = tmp_path / "mine.toml"
    path.write_text((FOLDER / "tiny.toml").read_text())
    assert "(scenario)" in syslead("describe", path)[1]


def test_a_change_of_the_users_own_can_be_described_and_a_study_that_only_looks_like_one(syslead, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('title = "Mine"\nsource = "me"\n[settings]\nnature.cost = 0.5\n')
    assert "(change)" in syslead("describe", path)[1]
    path.write_text('title = "Mine"\n[settings]\nnature.cost = 0.5\n')
    assert "(study)" in syslead("describe", path)[1]


@pytest.mark.parametrize("name", ["mechanisms", "barriers", "tactics"])
def test_what_is_described_fits_sixty_columns(syslead, name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    assert max(map(len, syslead("describe", name)[1].splitlines())) <= 60


READ = {
    "study": (study_file.studies(), study_file.load),
    "scenario": (scenario.scenarios(), lambda name: scenario.load(name)._replace(name="")),
    "change": (change.changes(), lambda name: change.load(name)._replace(name="")),
}


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, (names, _) in READ.items() for name in names])
def test_the_file_that_is_printed_loads_again_to_the_same(syslead, tmp_path, kind, name):
    code, out, _ = syslead("describe", name, "--toml", "--kind", kind)
    (tmp_path / f"{name}.toml").write_text(out)
    load = READ[kind][1]
    assert code == 0 and load(str(tmp_path / f"{name}.toml")) == load(name)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["tiny"], "--kind study or --kind scenario"),
        (["ics-smal"], "Did you mean 'ics-small'?"),
        (["seeding"], "No study or scenario or change"),
        (["tiny", "--json"], "cannot go with `--json`"),
        (["tactics", "--kind", "scenario"], "No scenario"),
    ],
)
def test_what_has_no_file_to_print_is_refused(syslead, words, told):
    code, out, err = syslead("describe", "--toml", *words)
    assert (code, out) == (2, "") and told in err


def test_a_name_of_several_kinds_is_described_as_the_kind_that_is_asked_for(syslead):
    assert "(study)" in syslead("describe", "tiny")[1]
    alone = syslead("describe", "tiny", "--kind", "scenario")[1]
    assert "(scenario)" in alone and "(study)" not in alone
    assert syslead("describe", "seeding", "--kind", "study")[0] == 2


def test_what_to_look_at_is_described(syslead):
    told = " ".join(syslead("describe", "convener")[1].split())
    assert all(words in told for words in study_file.load("convener").watch) and study_file.load("convener").watch


def test_a_facilitators_sheet_fits_the_terminal_and_says_the_same_as_json(syslead, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    code, out, _ = syslead("describe", "levels", "--sheet")
    assert code == 0 and max(map(len, out.splitlines())) <= 60
    said = json.loads(syslead("describe", "levels", "--sheet", "--json")[1])["sheet"]
    plain = " ".join(out.split())
    for section in said:
        assert section["head"] in plain
        assert all(" ".join(item["words"].replace("*", "").split()) in plain for item in section["items"])


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lebels", "--sheet"], "levels"),
        (["trial", "--sheet"], "no facilitator's sheet"),
        (["levels", "--sheet", "--toml"], "choose one"),
    ],
)
def test_a_sheet_that_there_is_not_is_refused_in_words(syslead, words, told):
    code, _, error = syslead("describe", *words)
    assert code == 2 and told in error
