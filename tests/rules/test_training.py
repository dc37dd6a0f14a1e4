"""Training gives skill, up to one's aptitude, and takes hours."""

import pytest
from hypothesis import given
from people import PAIR, SHARE, WEEKS, off, parameters

from simulation.rules import training


@given(SHARE, SHARE, WEEKS, off(training))
def test_without_training_skill_and_hours_stay(skill, aptitude, week, p):
    assert training.trained_skill(skill, aptitude, p) == skill
    assert training.hours_left(week, p) == 1.0


@given(SHARE, SHARE, parameters(training))
def test_training_never_lowers_skill_and_never_passes_aptitude(skill, aptitude, p):
    assert skill <= training.trained_skill(skill, aptitude, p) <= max(skill, aptitude)


@given(SHARE, PAIR, parameters(training))
def test_those_who_are_better_suited_never_gain_less(skill, pair, p):
    low, high = (training.trained_skill(skill, aptitude, p) for aptitude in pair)
    assert high >= low


@pytest.mark.parametrize(("skill", "aptitude", "after"), [(0.4, 0.9, 0.55), (0.4, 0.5, 0.5), (0.4, 0.3, 0.4)])
def test_training_goes_a_quarter_of_the_way_to_full_skill_or_as_far_as_one_is_suited(skill, aptitude, after):
    p = training.Parameters(on=True, leaders=0.25)
    assert training.trained_skill(skill, aptitude, p) == pytest.approx(after)


@given(WEEKS, parameters(training))
def test_training_costs_hours_and_never_adds_any(week, p):
    assert 0.0 <= training.hours_left(week, p) <= 1.0


@pytest.mark.parametrize(("week", "left"), [(0, 0.8), (25, 0.8), (26, 1.0)])
def test_training_takes_its_hours_for_half_a_year(week, left):
    assert training.hours_left(week, training.Parameters(on=True, hours=0.2)) == pytest.approx(left)
