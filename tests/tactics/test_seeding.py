"""Seeding an idea: nothing shows at once, and nothing can be put down to the leader."""

import pytest
from hypothesis import given
from people import A_TALK, ORGANISATIONS, PAIR, PEOPLE, SITUATIONS, SOMEONE, SOMEWHERE, parameters, varied
from worlds import lived

from simulation import Request
from simulation.entities import NEVER, NOTHING, effect
from simulation.tactics import seeding


def test_seeding_does_nothing_that_shows_at_once():
    sown = seeding.converse(SOMEONE, SOMEWHERE, A_TALK._replace(draw=0.0), seeding.Parameters())
    assert sown.planted
    assert not sown.aware
    assert sown.conviction == sown.ownership == sown.trust == 0.0


@given(PEOPLE, ORGANISATIONS, SITUATIONS, PAIR, parameters(seeding))
def test_an_idea_that_takes_more_readily_never_takes_less(person, organisation, situation, pair, p):
    low, high = (seeding.converse(person, organisation, situation, p) for p in varied(p, "takes", pair))
    assert high.planted >= low.planted


@pytest.mark.parametrize(("draw", "sown"), [(0.0, effect(planted=True)), (0.69, effect(planted=True)), (0.7, NOTHING)])
def test_seven_of_ten_ideas_take_root(draw, sown):
    assert seeding.converse(SOMEONE, SOMEWHERE, A_TALK._replace(draw=draw), seeding.Parameters(takes=0.7)) == sown


@pytest.mark.parametrize("takes", [0.0, 1.0])
def test_a_seed_is_put_down_to_nobody_whether_it_takes_or_not(takes):
    settings = {"seeding.takes": takes, "telling.on": False, "leaders.hours": 40.0, "population.adopters": 0.3}
    world = lived(Request("tiny", {"seeding": 1.0}, settings, weeks=60))
    assert world.skills["heard"].sum() > 0
    assert (world.staff["leader"] == NEVER).all()
    assert world.leaders["credit_taken"].sum() == 0.0


def test_an_idea_that_comes_back_changed_keeps_only_a_part_of_the_benefit():
    settings = {"ideas.mutation": 1.0, "ideas.fidelity": 0.5, "leaders.hours": 40.0}
    world = lived(Request("tiny", {"seeding": 1.0}, {**settings, "turnover.on": False}, weeks=60))
    assert set(world.staff["fidelity"]) == {0.5, 1.0}
