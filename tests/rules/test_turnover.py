"""Staff and leaders leave, more of them under pressure; discouraged staff sooner, successful leaders later."""

import numpy as np
import pytest
from hypothesis import given
from people import A_LEADER, LEADERS, PAIR, PEOPLE, SHARE, SIGNED_PAIR, SOMEONE, WEEKS, off, parameters, varied
from worlds import lived

from simulation import Request
from simulation.entities import NEVER
from simulation.rules import turnover


@given(PEOPLE, LEADERS, SHARE, WEEKS, off(turnover))
def test_where_nobody_leaves_nobody_does(person, leader, under, week, p):
    assert turnover.staff_exit_probability(person, under, p) == 0.0
    assert turnover.leader_exit_probability(leader, under, p) == 0.0
    assert not turnover.is_over(week, p)


@given(PEOPLE, PAIR, parameters(turnover))
def test_more_pressure_never_keeps_staff(person, pair, p):
    low, high = (turnover.staff_exit_probability(person, under, p) for under in pair)
    assert 0.0 <= low <= high <= 1.0


@given(PEOPLE, PAIR, SHARE, parameters(turnover))
def test_the_discouraged_never_stay_longer(person, pair, under, p):
    low, high = (turnover.staff_exit_probability(who, under, p) for who in varied(person, "motivation", pair))
    assert high <= low


@given(LEADERS, PAIR, parameters(turnover))
def test_more_pressure_at_home_never_keeps_leaders(leader, pair, p):
    low, high = (turnover.leader_exit_probability(leader, under, p) for under in pair)
    assert 0.0 <= low <= high <= 1.0


@given(LEADERS, SIGNED_PAIR, SHARE, parameters(turnover))
def test_career_capital_never_shortens_a_tenure(leader, pair, under, p):
    low, high = (turnover.leader_exit_probability(who, under, p) for who in varied(leader, "capital", pair))
    assert 0.0 <= high <= low <= 1.0


@pytest.mark.parametrize(("motivation", "under", "probability"), [(1.0, 0.0, 0.01), (1.0, 1.0, 0.02), (0.0, 0.0, 0.02)])
def test_full_pressure_and_lost_motivation_each_double_how_often_staff_leave(motivation, under, probability):
    p = turnover.Parameters(staff=0.52, pressure=1.0)
    person = SOMEONE._replace(motivation=motivation)
    assert turnover.staff_exit_probability(person, under, p) == pytest.approx(probability)


@pytest.mark.parametrize(("capital", "under", "probability"), [(0.0, 0.0, 0.01), (0.0, 0.5, 0.015), (1.0, 0.5, 0.0075)])
def test_leaders_leave_more_often_under_pressure_and_half_as_often_with_full_capital(capital, under, probability):
    p = turnover.Parameters(leaders=0.52, distress=1.0, capital=0.5)
    assert turnover.leader_exit_probability(A_LEADER._replace(capital=capital), under, p) == pytest.approx(probability)


@pytest.mark.parametrize(("exit_", "week", "over"), [(30, 29, False), (30, 30, True), (NEVER, 5000, False)])
def test_every_leader_has_left_from_the_week_of_the_exit_on(exit_, week, over):
    assert turnover.is_over(week, turnover.Parameters(exit=exit_)) == over


def test_a_successor_starts_without_the_predecessors_practice_and_with_the_training_there_is():
    settings = {"turnover.leaders": 2.0, "turnover.vacancy": 1, "training.on": True, "learning.rate": 0.0}
    world = lived(Request("tiny", {"others_shoes": 1.0}, settings, weeks=104))
    still = lived(Request("tiny", {"others_shoes": 1.0}, {**settings, "turnover.on": False}, weeks=104))
    assert np.array_equal(world.skills["skill"], still.skills["skill"])
    assert world.skills["practised"].sum() < world.skills["held"].sum()


@pytest.mark.parametrize(("yearly", "weekly"), [(0.0, 0.0), (0.52, 0.01), (104.0, 1.0)])
def test_a_yearly_rate_is_spread_over_the_weeks_of_a_year(yearly, weekly):
    assert turnover.weekly(yearly) == pytest.approx(weekly)
