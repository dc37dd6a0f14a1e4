"""A run told: the run stays the same, and what is told of it is true."""

import numpy as np
import pytest

from simulation import Request, run
from simulation.errors import Invalid
from simulation.story.told import parting, told, without

MIX = {"seeding": 0.5, "others_shoes": 0.5, "forgoing_credit": 1.0}
LED = Request("tiny", MIX, {"gates.delay": 2.0, "leaders.hours": 40.0}, weeks=150, replicate=2)
CHANGING = LED._replace(weeks=20, schedule=((13, {"tactics": {"coalition": 1.0, "seeding": 0.2}}),))


@pytest.fixture(scope="module")
def led():
    return told(LED)


def test_a_run_that_is_told_is_the_same_run(led):
    result = run(LED)
    assert np.array_equal(led.shares[:, 0], result.adopted_share)
    assert np.allclose(led.shares[:, 1:], result.by_organisation, atol=1e-7)


@pytest.mark.parametrize("engine", ["compiled", "agents"])
def test_so_is_one_that_changes_on_the_way_whichever_engine_makes_it(engine):
    request = CHANGING._replace(engine=engine)
    assert np.array_equal(told(request).shares[:, 0], run(request).adopted_share)


def test_weeks_and_shares_of_an_organisation_are_those_of_its_curve(led):
    turns = led.turns()
    assert sorted(turn.organisation for turn in turns) == list(range(len(led.names)))
    assert any(turn.half is not None for turn in turns)
    for turn in turns:
        curve = led.shares[:, turn.organisation + 1]
        assert turn.share == curve[-1]
        if turn.half is None:
            assert (curve < 0.5).all()
        else:
            assert curve[turn.half] >= 0.5
            assert (curve[: turn.half] < 0.5).all()
        if turn.first is None:
            assert not curve.any()
        else:
            assert not curve[: turn.first].any()
            assert curve[turn.first :].any()


def test_organisations_come_in_the_order_in_which_half_their_staff_adopted(led):
    halves = [turn.half for turn in led.turns()]
    got_there = [half for half in halves if half is not None]
    assert halves[: len(got_there)] == sorted(got_there)


def test_what_brought_people_to_it_is_counted_once_for_each_who_adopted(led):
    for turn in led.turns():
        adopted = [adoption for adoption in led.teller.adoptions if adoption.organisation == turn.organisation]
        assert sum(turn.through.values()) == sum(adoption.cause != "" for adoption in adopted)


def test_without_leaders_nobody_is_brought_to_it_by_one():
    alone = told(LED._replace(tactics={}, settings={}))
    assert alone.teller.adoptions
    assert not {cause for turn in alone.turns() for cause in turn.through if "Leader" in cause or "idea" in cause}


def test_a_run_without_a_tactic_is_otherwise_the_same():
    lesser = without(CHANGING, "seeding")
    assert lesser.tactics == {"others_shoes": 0.5, "forgoing_credit": 1.0}
    assert lesser.schedule == ((13, {"tactics": {"coalition": 1.0}}),)
    assert lesser._replace(tactics=CHANGING.tactics, schedule=CHANGING.schedule) == CHANGING


def test_a_tactic_that_comes_on_the_way_can_be_left_out():
    assert without(CHANGING, "coalition").schedule == ((13, {"tactics": {"seeding": 0.2}}),)


def test_a_tactic_that_the_run_has_not_is_met_with_the_nearest_that_it_has():
    with pytest.raises(Invalid, match="Did you mean 'seeding'"):
        without(LED, "seding")
    with pytest.raises(Invalid, match="It has: forgoing_credit, others_shoes, seeding"):
        without(LED, "patient_voice")


def test_two_runs_are_told_alike_until_they_part(led):
    other = told(without(LED, "seeding"))
    one, two = parting(led, other, 0)
    assert one is not None
    assert one in led.teller.moments
    assert one not in other.teller.moments
    assert two is None or two not in led.teller.moments
    assert parting(led, told(LED), 0) == (None, None)


def test_an_organisation_is_found_by_its_name(led):
    for number, name in enumerate(led.names):
        assert led.numbered(name.upper()) == number
    with pytest.raises(Invalid, match=f"Did you mean '{led.names[0]}'"):
        led.numbered(f"{led.names[0]}x")
