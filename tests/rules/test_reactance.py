"""The label of system leader closes ears and opens doors a little; it fades."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import A_LEADER, LEADERS, PAIR, PEOPLE, ROUNDING, SHARE, SOMEONE, WEEKS, off, parameters, varied

from simulation.rules import reactance


@given(PEOPLE, LEADERS, WEEKS, SHARE, off(reactance))
def test_where_the_label_does_not_matter_it_closes_and_opens_nothing(person, leader, week, label, p):
    assert reactance.faded_label(leader, week, p) == 0.0
    assert reactance.openness_kept(person, label, p) == 1.0
    assert reactance.access_gained(label, p) == 1.0


@given(PEOPLE, SHARE, parameters(reactance))
def test_the_label_leaves_a_share_of_openness(person, label, p):
    assert 0.0 <= reactance.openness_kept(person, label, p) <= 1.0


@given(PEOPLE, PAIR, parameters(reactance))
def test_a_louder_label_never_opens_anyone(person, pair, p):
    low, high = (reactance.openness_kept(person, label, p) for label in pair)
    assert high <= low


@given(PEOPLE, PAIR, SHARE, parameters(reactance))
def test_trust_softens_reactance_and_a_norm_of_autonomy_hardens_it(person, pair, label, p):
    less, more = (reactance.openness_kept(who, label, p) for who in varied(person, "trust", pair))
    assert more >= less
    less, more = (reactance.openness_kept(who, label, p) for who in varied(person, "autonomy", pair))
    assert more <= less


@pytest.mark.parametrize(("label", "autonomy", "trust", "kept"), [(1, 1, 0, 0.4), (0.5, 0.5, 0.2, 0.88), (1, 1, 1, 1)])
def test_reactance_takes_most_from_the_autonomous_who_do_not_trust(label, autonomy, trust, kept):
    person = SOMEONE._replace(autonomy=autonomy, trust=trust)
    assert reactance.openness_kept(person, label, reactance.Parameters(strength=0.6)) == pytest.approx(kept)


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
