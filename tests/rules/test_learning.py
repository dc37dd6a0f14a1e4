"""Leaders learn by practice, from failures where these are not blamed, and never beyond their aptitude."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import A_LEADER, LEADERS, PAIR, ROUNDING, SHARE, off, on, parameters
from worlds import lived

from simulation import Request
from simulation.rules import learning

TRIALS = st.integers(0, 2_000)


@given(PAIR, TRIALS, TRIALS, LEADERS, SHARE, off(learning))
def test_where_leaders_do_not_learn_skill_hours_and_ego_stay(skills, successes, failures, leader, failed, p):
    assert learning.next_skill(*skills, 0, successes, failures, p) == skills[0]
    assert learning.next_withdrawn(leader, failed, p) == 0.0
    assert learning.next_ego_shown(leader, failed, p) == leader.ego


# Skill


@given(SHARE, SHARE, TRIALS, TRIALS, TRIALS, parameters(learning))
def test_practice_never_takes_skill_beyond_aptitude_or_down(skill, aptitude, attempts, successes, failures, p):
    after = learning.next_skill(skill, aptitude, attempts, successes, failures, p)
    assert skill <= after <= max(skill, aptitude) + ROUNDING


@given(PAIR, TRIALS, TRIALS, TRIALS, PAIR, on(learning))
def test_failures_never_teach_more_where_they_are_blamed(skills, attempts, successes, failures, pair, p):
    low, high = (learning.next_skill(*skills, attempts, successes, failures, p._replace(blame=blame)) for blame in pair)
    assert high <= low + ROUNDING


@given(PAIR, TRIALS, TRIALS, TRIALS, TRIALS, parameters(learning))
def test_the_practised_never_learn_faster_than_beginners(skills, attempts, more, successes, failures, p):
    early, late = (learning.next_skill(*skills, n, successes, failures, p) for n in (attempts, attempts + more))
    assert late <= early + ROUNDING


@pytest.mark.parametrize(
    ("attempts", "successes", "failures", "blame", "skill"),
    [(0, 1, 0, 0.0, 0.44), (0, 0, 1, 0.0, 0.48), (0, 0, 1, 1.0, 0.4), (0, 0, 1, 0.5, 0.44), (3, 1, 0, 0.0, 0.42)],
    ids=["a success", "a failure", "one that is blamed", "one half blamed", "the fourth attempt"],
)
def test_a_first_success_closes_a_tenth_of_the_gap_to_aptitude(attempts, successes, failures, blame, skill):
    p = learning.Parameters(rate=0.1, exponent=0.5, from_failure=2.0, blame=blame)
    assert learning.next_skill(0.4, 0.8, attempts, successes, failures, p) == pytest.approx(skill)


# Blame and feedback


@given(TRIALS, TRIALS, st.integers(1, 50))
def test_who_holds_more_conversations_is_not_blamed_more_for_the_same_share_of_failures(attempts, failures, times):
    failures = min(attempts, failures)
    once, often = (learning.failed_share(n * attempts, n * failures) for n in (1, times))
    assert often == pytest.approx(once)
    assert 0.0 <= once <= 1.0


@given(LEADERS, PAIR, SHARE, parameters(learning))
def test_blame_never_brings_leaders_forward(leader, pair, failed, p):
    low, high = (learning.next_withdrawn(leader, failed, p._replace(blame=blame)) for blame in pair)
    assert 0.0 <= low <= high + ROUNDING
    assert high <= 1.0


@pytest.mark.parametrize(("failed", "withdrawn"), [(0.0, 0.45), (1.0, 0.5)])
def test_withdrawn_hours_return_by_a_tenth_and_failures_frighten_away_a_tenth_of_the_rest(failed, withdrawn):
    p = learning.Parameters(recovery=0.1, withdrawal=0.2, blame=0.5)
    assert learning.next_withdrawn(A_LEADER._replace(withdrawn=0.5), failed, p) == pytest.approx(withdrawn)


@given(LEADERS, PAIR, on(learning))
def test_feedback_only_ever_softens_the_ego_shown(leader, pair, p):
    few, many = (learning.next_ego_shown(leader, failed, p) for failed in pair)
    assert 0.0 <= many <= few <= leader.ego_shown


@pytest.mark.parametrize(("reflection", "ego"), [(0.0, 0.8), (0.5, 0.6)])
def test_failures_soften_the_ego_of_those_who_reflect(reflection, ego):
    leader = A_LEADER._replace(ego_shown=0.8, reflection=reflection)
    assert learning.next_ego_shown(leader, 1.0, learning.Parameters(softening=0.5)) == pytest.approx(ego)


def test_who_fails_at_the_same_rate_withdraws_as_much_however_many_hours_are_given():
    withdrawn = [
        lived(Request("ics-small", {"others_shoes": 1.0}, {"leaders.hours": hours}, weeks=104)).leaders["withdrawn"]
        for hours in (8.0, 32.0)
    ]
    assert np.mean(withdrawn[1]) == pytest.approx(np.mean(withdrawn[0]), abs=0.05)
