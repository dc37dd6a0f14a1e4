"""The course of a workshop: what is predicted when, what is covered, and by whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.page.workshop.guesses import AHEAD, LONGEST_NAME, MOST_GROUPS, ahead_in_words, checked, points
from experiments.page.workshop.hour import DEBRIEF, PREDICT, REVEAL, RUN, STEPS, Workshop
from experiments.page.workshop.record import Group
from simulation.errors import Invalid

LINES = ((0.1, 0.4), (0.2, 0.6))


def entered() -> Workshop:
    workshop = Workshop()
    workshop.covers = True
    return workshop


def test_nothing_is_predicted_once_a_run_has_begun():
    workshop = entered()
    workshop.predict(0, Group("", LINES, "about half"))
    workshop.begin()
    workshop.predict(0, Group("", ((0.9, 0.9), (0.9, 0.9)), "nearly all"))
    workshop.drop(0)
    assert workshop.groups == [Group("", LINES, "about half")]


def test_a_run_that_is_watched_before_a_workshop_closes_no_prediction():
    workshop = Workshop()
    workshop.begin()
    assert workshop.is_open


def test_the_answer_is_covered_until_it_is_revealed_which_takes_a_run():
    workshop = entered()
    for step in (REVEAL, DEBRIEF):
        workshop.go(step)
        assert (workshop.step, workshop.is_covering) == (PREDICT, True)
    workshop.begin()
    workshop.go(DEBRIEF)
    assert workshop.is_covering
    workshop.go(REVEAL)
    assert not workshop.is_covering
    workshop.go(PREDICT)
    assert not workshop.is_covering
    assert not workshop.is_open


def test_who_leaves_with_a_prediction_has_made_it():
    workshop = entered()
    workshop.predict(0, Group("", LINES))
    workshop.leave()
    assert not workshop.is_covering
    assert not workshop.is_open
    other = entered()
    other.leave()
    assert other.is_open


def test_another_question_keeps_the_groups_and_what_was_said_but_no_prediction():
    workshop = entered()
    workshop.add("North")
    workshop.predict(0, Group("", LINES, "about half"))
    workshop.notes["4: Why?"] = "Because."
    workshop.begin()
    workshop.go(REVEAL)
    workshop.forget(covers=True)
    assert workshop.groups == [Group("North")]
    assert workshop.notes == {"4: Why?": "Because."}
    assert workshop.is_covering
    assert workshop.is_open


def test_the_first_name_is_that_of_the_group_that_was_there_and_every_further_one_is_another():
    workshop = entered()
    workshop.predict(0, Group("", LINES))
    assert workshop.add("North") == 0
    assert workshop.add("  South \n East ") == 1
    assert [group.name for group in workshop.groups] == ["North", "South East"]
    assert workshop.groups[0].lines == LINES


def test_what_came_from_a_phone_takes_the_place_of_nobody_who_said_something():
    workshop = entered()
    assert workshop.add("North", Group("", LINES)) == 0
    other = entered()
    other.predict(0, Group("", ((0.0, 0.0), (0.0, 0.0))))
    assert other.add("North", Group("", LINES)) == 1
    assert [group.name for group in other.groups] == ["", "North"]


@pytest.mark.parametrize("name", ["", "   ", "north", "N" * (LONGEST_NAME + 1)])
def test_a_name_that_does_not_do_is_told(name):
    workshop = entered()
    workshop.add("North")
    with pytest.raises(Invalid):
        workshop.add(name)
    assert len(workshop.groups) == 1


def test_there_are_at_most_a_dozen_groups_and_always_one():
    workshop = entered()
    for number in range(MOST_GROUPS):
        workshop.add(f"Group {number}")
    with pytest.raises(Invalid, match="12 groups already"):
        workshop.add("One more")
    for _ in range(MOST_GROUPS + 2):
        workshop.drop(0)
    assert workshop.groups == [Group()]


@given(weeks=st.integers(1, 5200))
def test_there_are_few_points_in_order_and_the_last_is_the_end(weeks):
    at = points(weeks)
    assert 1 <= len(at) <= 10
    assert list(at) == sorted(set(at))
    assert at[0] > 0
    assert at[-1] == weeks


@given(of=st.integers(1, 400), part=st.floats(0, 1))
def test_the_word_for_a_count_is_at_most_an_eighth_away(of, part):
    count = round(part * of)
    assert abs(AHEAD.index(ahead_in_words(count, of)) / 4 - count / of) <= 0.125


@pytest.mark.parametrize(
    "group",
    [
        Group("", ((0.1, 0.2),)),
        Group("", ((0.1,), (0.1, 0.2))),
        Group("", ((0.1, 1.2), (0.1, 0.2))),
        Group("", ((0.1, float("nan")), (0.1, 0.2))),
        Group("", (), "often"),
    ],
)
def test_what_is_no_prediction_is_refused(group):
    with pytest.raises(Invalid):
        checked(group, arms=2, at=2)


def test_every_step_is_reached_by_going_on():
    workshop = entered()
    seen = []
    for step in STEPS:
        if step == RUN:
            workshop.begin()
        workshop.go(step)
        seen.append(workshop.step)
    assert tuple(seen) == STEPS
