"""The leaders' hours, as shares of those there are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sessions import SMALL, opened_session

from experiments.page.tab.losses import lost_by_reset
from experiments.page.workshop import acts
from experiments.page.workshop.hours import (
    HOURS,
    Spending,
    elsewhere,
    ends_early,
    hours_of,
    in_words,
    not_pulled,
    purposes,
    shared_out,
    spent,
    usual,
    without_end,
)
from simulation.request import Request

AS_USUAL = usual(SMALL)


def hours_spent(request: Request) -> np.ndarray:
    session = opened_session(request)
    session.jump(request.weeks)
    hours = session.arms[0].world.record.hours.copy()
    session.close()
    return hours


@given(share=st.sampled_from([0.5, 1.0, 2.0]), early=st.booleans(), weeks=st.integers(2, 520))
def test_what_was_decided_is_read_from_the_run_itself(share, early, weeks):
    request = spent(SMALL._replace(weeks=weeks), share, early, AS_USUAL)
    found = hours_of(request, AS_USUAL)
    assert found.share == pytest.approx(share)
    assert found.ends == (weeks // 2 if early else weeks)
    assert spent(request, 1.0, False, AS_USUAL) == SMALL._replace(weeks=weeks)


@pytest.mark.parametrize("early", [False, True])
def test_leaders_spend_what_was_decided_and_none_after_its_end(early):
    request = spent(SMALL, 0.5, early, AS_USUAL)
    hours, there_are = hours_spent(request), hours_spent(SMALL)[-1]
    assert hours[-1] == pytest.approx(0.5 * there_are, rel=0.1)
    half_way = SMALL.weeks // 2
    assert (hours[-1] > hours[half_way]) == (not early)


def test_a_budget_is_no_lever_that_was_pulled_and_outlasts_a_reset():
    request = spent(SMALL, 2.0, True, AS_USUAL)
    assert lost_by_reset([request]) == ""
    pulled = request._replace(schedule=((7, {"settings": {"leaders.ego": 0.9}}), *request.schedule))
    assert "week 7" in lost_by_reset([pulled])
    assert not_pulled(pulled) == request


def test_what_is_pulled_in_the_week_in_which_hours_end_stays():
    end = SMALL.weeks // 2
    pulled = SMALL._replace(schedule=((end, {"settings": {HOURS: 0.0, "leaders.ego": 0.9}}),))
    assert ends_early(pulled)
    assert without_end(pulled).schedule == ((end, {"settings": {"leaders.ego": 0.9}}),)


def test_hours_that_end_half_way_do_so_in_a_longer_run_too():
    request = elsewhere(spent(SMALL, 1.0, True, AS_USUAL), weeks=200)
    assert [week for week, _ in request.schedule] == [100]
    assert hours_of(request, AS_USUAL).share == pytest.approx(1.0)
    plain = SMALL._replace(schedule=((4, {"settings": {}}), (50, {"settings": {}})))
    assert elsewhere(plain, weeks=20).schedule == ((4, {"settings": {}}),)


def test_how_many_hours_there_are_is_said_in_a_sentence():
    assert in_words(1, Spending(1.0, 52), 52) == "One leader has 52 hours for this in one year: 1 hour a week."
    assert "436,800 hours" in in_words(210, Spending(8.0, 260), 260)


def test_shares_add_up_whatever_one_is_given():
    request = Request("tiny", {"seeding": 1, "coalition": 1, "patient_voice": 2, "giving": 0.5})
    for share in (0.0, 0.3, 0.95):
        moved = shared_out(request, "seeding", share)
        shares = purposes(moved, request)
        assert sum(shares.values()) == pytest.approx(1)
        assert shares["seeding"] == pytest.approx(share, abs=0.001)
        assert shares["patient_voice"] == pytest.approx(2 * shares["coalition"], abs=0.001)
        assert moved.tactics["giving"] == 0.5


def test_hours_are_decided_before_the_run_and_not_after(session):
    session.workshop.covers = True
    acts.spend(session, 0.5, True)
    decided = session.arms[0].request
    assert hours_of(decided, AS_USUAL) == Spending(AS_USUAL, SMALL.weeks // 2, 0.5)
    session.jump(3)
    acts.spend(session, 2.0, False)
    acts.share_out(session, "seeding", 0.9)
    assert session.arms[0].request == decided
    session.reset()
    assert session.arms[0].request == decided


def test_a_run_that_is_watched_stops_only_in_a_workshop_and_while_hours_are_left(session):
    assert not session.decides
    session.workshop.covers = True
    acts.spend(session, 1.0, True)
    session.jump(SMALL.weeks // 2 - 1)
    assert session.decides
    session.jump(SMALL.weeks // 2)
    assert not session.decides
