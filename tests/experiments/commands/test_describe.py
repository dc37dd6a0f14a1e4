"""`syslead describe`: anything that has a name can be described."""

import pytest

from experiments.commands.options import names
from simulation import catalogue
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
