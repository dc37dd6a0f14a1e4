"""What pairs of runs say in a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.analysis.statistics.estimates import paired_difference
from experiments.analysis.statistics.proportions import leans, share
from experiments.page.ahead.answer import Answer, answer_of, made_by_few
from experiments.page.ahead.futures import Seen

NAMES = ["no convener", "a convener"]


def told(first: list[float], second: list[float]) -> Answer:
    arms = [[(0.0, end) for end in ends] for ends in (first, second)]
    found = answer_of(Seen(list(range(len(first))), arms, [0, 260], len(first)), NAMES)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("differences", "verdict"),
    [
        ([0.2] * 36 + [-0.2] * 4, "Clearly more adopt with a convener."),
        ([-0.2] * 36 + [0.2] * 4, "Clearly fewer adopt with a convener."),
        ([0.005] * 33 + [0.2] * 7, "No difference worth the name."),
        (
            [0.0] * 20 + [0.2] * 17 + [-0.2] * 3,
            "Mostly no difference; where there is one, a convener is more often ahead.",
        ),
        ([0.0] * 20 + [0.2] * 10 + [-0.2] * 10, "Mostly no difference."),
        ([0.2] * 28 + [-0.2] * 12, "Leans to a convener, but not in every run."),
        ([-0.2] * 28 + [0.2] * 12, "Leans to no convener, but not in every run."),
        ([0.2] * 21 + [-0.2] * 19, "Too close to call."),
    ],
)
def test_the_verdict_goes_by_how_many_pairs_are_ahead(differences, verdict):
    assert told([0.5] * 40, [0.5 + difference for difference in differences]).verdict == verdict


ends = st.lists(st.floats(0, 1), min_size=3, max_size=60)


@given(ends, st.randoms(use_true_random=False))
def test_counts_add_up_and_the_intervals_are_those_of_every_other_report(first, luck):
    second = [luck.random() for _ in first]
    found = told(first, second)
    assert found.ahead + found.behind + found.same == len(first)
    assert repr(found.mean) == repr(paired_difference(second, first, reach=1.0))  # NaN is not equal to itself
    assert found.chance == share(found.ahead, len(first))
    back = told(second, first)
    assert (back.ahead, back.behind) == (found.behind, found.ahead)


def test_one_pair_says_nothing():
    assert answer_of(Seen([0], [[(0.1,)], [(0.2,)]], [0], 40), NAMES) is None


def test_of_a_single_arm_the_middle_is_told():
    found = answer_of(Seen([0, 1, 2], [[(0.0, 0.2), (0.0, 0.4), (0.0, 0.9)]], [0, 52], 40), ["your levers"])
    assert found is not None
    assert found.verdict == "In the middle run 40 % of staff have adopted."
    assert found.after == "1 year"


def test_a_side_is_leant_to_only_where_luck_alone_would_seldom_bring_it_about():
    assert not leans(0, 0)
    assert not leans(5, 0)
    assert leans(6, 0)


def test_a_mean_that_a_few_runs_make_is_told():
    assert made_by_few((-0.4, -0.4, *[0.0] * 38))
    assert not made_by_few((0.05,) * 40)
