"""The label of system leader puts off the autonomous and opens doors a little; it fades."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import A_LEADER, LEADERS, PAIR, PEOPLE, ROUNDING, SOMEONE, WEEKS, off, parameters, varied

from simulation.rules import reactance


@given(PEOPLE, LEADERS, WEEKS, off(reactance))
def test_where_the_label_does_not_matter_it_puts_off_nobody_and_opens_nothing(person, leader, week, p):
    assert reactance.faded_label(leader, week, p) == 0.0
    assert reactance.pull_back(person, p) == 0.0
    assert reactance.access_gained(0.5, p) == 1.0


@given(PEOPLE, PAIR, parameters(reactance))
def test_a_louder_label_never_wins_anyone(person, pair, p):
    low, high = (reactance.pull_back(who, p) for who in varied(person, "labelled", pair))
    assert 0.0 <= low <= high


@given(PEOPLE, PAIR, parameters(reactance))
def test_trust_softens_reactance_and_a_norm_of_autonomy_hardens_it(person, pair, p):
    less, more = (reactance.pull_back(who, p) for who in varied(person, "trust", pair))
    assert more <= less
    less, more = (reactance.pull_back(who, p) for who in varied(person, "autonomy", pair))
    assert more >= less


@pytest.mark.parametrize(("label", "autonomy", "trust", "lost"), [(1, 1, 0, 0.6), (0.5, 0.5, 0.2, 0.12), (1, 1, 1, 0)])
def test_reactance_takes_most_from_the_autonomous_who_do_not_trust(label, autonomy, trust, lost):
    person = SOMEONE._replace(autonomy=autonomy, trust=trust, labelled=label)
    assert reactance.pull_back(person, reactance.Parameters(strength=0.6)) == pytest.approx(lost)


@given(PEOPLE, parameters(reactance))
def test_what_was_heard_of_a_label_fades(person, p):
    assert 0.0 <= reactance.faded_labelled(person, p) <= person.labelled


@given(LEADERS, st.tuples(WEEKS, WEEKS).map(sorted), parameters(reactance))
def test_a_label_fades(leader, weeks, p):
    early, late = (reactance.faded_label(leader, week, p) for week in weeks)
    assert 0.0 <= late <= early + ROUNDING
    assert early <= 1.0


@pytest.mark.parametrize(("week", "left"), [(0, 0.8), (10, 0.8), (10 + 4345, 0.8 * 0.367879)])
def test_a_label_falls_by_two_thirds_in_its_time_in_post(week, left):
    leader = A_LEADER._replace(label=0.8, start=10)
    assert reactance.faded_label(leader, week, reactance.Parameters(months=1000.0)) == pytest.approx(left, abs=1e-6)


@given(PAIR, parameters(reactance))
def test_a_label_never_closes_doors_at_first(pair, p):
    low, high = (reactance.access_gained(label, p) for label in pair)
    assert high >= low >= 1.0


def test_half_a_label_brings_half_of_the_meetings_that_a_label_brings():
    assert reactance.access_gained(0.5, reactance.Parameters(access=0.1)) == pytest.approx(1.05)
