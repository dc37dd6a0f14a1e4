"""What every tactic keeps to in a run: none adopts or opens a gate, none does anything without hours or degree."""

import pytest
from worlds import lived, traces

from simulation import Request, catalogue, tactics
from simulation.entities import AWARE, NEVER

MODULES = tactics.modules
every_tactic = pytest.mark.parametrize("name", MODULES)
every_conversation = pytest.mark.parametrize("name", tactics.conversations)
every_stance = pytest.mark.parametrize("name", [name for name in MODULES if name not in tactics.conversations])

NO_WAY_IN = {
    "population.adopters": 0.0,
    "contagion.hazard": 0.0,
    "incentives.practice": 0.0,
    "gates.veto": 1.0,
    "leaders.hours": 30.0,
}
"""Nobody has adopted, nobody can be moved by what they think, and no approval is ever given."""


@every_tactic
def test_no_tactic_makes_anyone_adopt_or_opens_a_gate(name):
    world = lived(Request("tiny", {name: 1}, NO_WAY_IN, weeks=52))
    assert world.record.adopted.sum() == 0
    assert (world.organisations["committed"] == NEVER).all()


@every_conversation
def test_no_conversation_moves_anyone_beyond_aware(name):
    world = lived(Request("tiny", {name: 1}, NO_WAY_IN, weeks=52))
    assert world.skills["held"].sum() > 100
    assert world.staff["stage"].max() <= AWARE


@every_stance
def test_a_stance_of_degree_nought_changes_nothing(name):
    without = traces(lived(Request("tiny", {"seeding": 1}, weeks=40)))
    assert traces(lived(Request("tiny", {"seeding": 1, name: 0}, weeks=40))) == without


@every_conversation
def test_a_conversation_with_no_share_of_the_time_changes_nothing(name):
    other = "seeding" if name != "seeding" else "plain_case"
    without = traces(lived(Request("tiny", {other: 1}, weeks=40)))
    assert traces(lived(Request("tiny", {other: 1, name: 0}, weeks=40))) == without


@every_stance
def test_a_users_own_setting_stands_against_what_a_stance_sets(name):
    conduct = MODULES[name].conduct(1.0, MODULES[name].Parameters())
    fixed = {parameter: catalogue.parameters()[parameter].default for parameter in conduct}
    held_by_leaders = any(parameter.startswith("leaders.") for parameter in conduct)
    other = {"plain_case": 1} if held_by_leaders else {}
    with_it = traces(lived(Request("tiny", {**other, name: 1}, fixed, weeks=40)))
    assert with_it == traces(lived(Request("tiny", other, fixed, weeks=40)))


@every_tactic
def test_the_order_in_which_tactics_are_named_does_not_matter(name):
    one = {"plain_case": 0.5, "coalition": 0.5, name: 0.5}
    turned = dict(reversed(one.items()))
    assert traces(lived(Request("tiny", one, weeks=30))) == traces(lived(Request("tiny", turned, weeks=30)))
