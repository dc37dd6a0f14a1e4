"""How far off a group was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.page.ahead.answer import answer_of
from experiments.page.ahead.futures import Seen
from experiments.page.workshop.record import Group
from experiments.page.workshop.surprise import ahead_to_words, closest, distances, end_in_words, middles

SHARES = st.floats(0, 1)


@given(said=SHARES, came=SHARES)
def test_the_points_in_the_sentence_are_those_between_the_two_shares_it_names(said, came):
    words = end_in_words("You", said, came, 260)
    numbers = [int(word) for word in words.replace(",", "").split() if word.isdigit()]
    if "just that" in words:
        assert numbers[0] == numbers[1]
    else:
        assert numbers[2] == abs(numbers[1] - numbers[0])
        assert ("more" in words) == (numbers[1] > numbers[0])


def test_the_middle_is_that_of_all_runs_in_the_weeks_between_too():
    seen = Seen([0, 1, 2], [[(0.0, 0.2), (0.0, 0.4), (0.0, 0.9)]], [0, 10], 3)
    assert middles(seen, [5, 10]) == [[pytest.approx(0.2), pytest.approx(0.4)]]


def test_a_guess_is_set_against_the_count_and_a_missing_one_is_told():
    seen = Seen(list(range(40)), [[(0.0, 0.5)] * 40, [(0.0, 0.9)] * 4 + [(0.0, 0.5)] * 36], [0, 10], 40)
    found = answer_of(seen, ["one", "other"])
    assert ahead_to_words("You", "about half", found) == "You said about half. It is 4 of 40: hardly any."
    assert ahead_to_words("You", "", found).startswith("You did not say. It is 4 of 40")


def test_the_closest_over_the_years_is_named_and_two_that_are_level_are_both():
    came = [(0.2, 0.5), (0.3, 0.6)]
    near, far = Group("Near", ((0.2, 0.4), (0.3, 0.6))), Group("Far", ((0.9, 0.9), ()))
    silent = Group("Silent")
    assert [each.group.name for each in distances([far, silent, near], came)] == ["Near", "Far"]
    assert closest([far, near], came).startswith("Closest over the years: Near,")
    assert "Near and Also near" in closest([near, far, near._replace(name="Also near")], came)
    assert closest([silent], came) == ""
