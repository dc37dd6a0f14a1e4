"""Two arms against one another: known numbers for known pairs."""

from math import isnan, nan

import pytest

from experiments.analysis.contrast import asked_about, contrast_of, known, until_precise
from simulation import Request
from simulation.errors import Invalid

ONE = Request("tiny", weeks=100)
SHARE, TO_HALF = asked_about("adopted_share", [ONE]), asked_about("weeks_to_50", [ONE])
HARMED = ONE._replace(settings={"nature.benefit": -0.5})


def rows(shares, weeks=None):
    weeks = weeks or [None] * len(shares)
    return [{"adopted_share": share, "weeks_to_50": week} for share, week in zip(shares, weeks, strict=True)]


def pairs_of(first, second, weeks=(None, None)):
    return list(zip(rows(first, weeks[0]), rows(second, weeks[1]), strict=True))


def test_a_difference_is_the_mean_over_pairs_and_what_is_behind_is_counted():
    found = contrast_of(pairs_of([0.5, 0.6, 0.2, 0.4] * 5, [0.3, 0.3, 0.3, 0.4] * 5), SHARE, 0.1, 100)
    assert found.difference.value == pytest.approx(0.1)
    assert (found.ahead.wins, found.behind, found.ahead.ties) == (10, 5, 5)
    assert found.ahead.value == pytest.approx(12.5 / 20)
    assert (found.pairs, found.sign, found.met) == (20, 1, True)
    assert found.first.mean.value == pytest.approx(0.425)
    assert found.second.median.value == pytest.approx(0.3)


def test_time_saved_counts_runs_that_never_got_there_as_the_horizon():
    weeks = ([40.0, None, 60.0, None], [80.0, None, None, None])
    found = contrast_of(pairs_of([0.5] * 4, [0.4] * 4, weeks), SHARE, 0.1, 100)
    assert found.time_saved.value == pytest.approx((40 + 0 + 40 + 0) / 4)
    assert (found.first.reached_half, found.second.reached_half) == (2, 1)


def test_where_no_run_got_to_half_no_time_is_saved():
    assert isnan(contrast_of(pairs_of([0.1] * 4, [0.2] * 4), SHARE, 0.1, 100).time_saved.value)


def test_of_a_time_less_is_better_and_never_is_the_horizon():
    found = contrast_of(pairs_of([0.5] * 4, [0.4] * 4, ([10.0, 20.0, 30.0, 40.0], [None] * 4)), TO_HALF, 1, 100)
    assert found.difference.value == pytest.approx(25 - 100)
    assert (found.ahead.wins, found.behind) == (4, 0)


def test_pairs_of_which_the_outcome_is_not_known_are_left_out_and_counted():
    found = contrast_of(pairs_of([0.5, None, 0.7, 0.8], [0.1, 0.2, None, 0.3]), SHARE, 0.1, 100)
    assert (found.pairs, found.unknown, found.difference.runs) == (4, 2, 2)
    assert found.difference.value == pytest.approx(0.45)


def test_an_outcome_that_is_known_of_no_pair_is_refused():
    with pytest.raises(Invalid, match="adopted_share"):
        contrast_of(pairs_of([None, nan], [0.2, 0.3]), SHARE, 0.1, 100)


def test_where_the_change_harms_more_is_worse():
    asked = asked_about("adopted_share", [HARMED, HARMED])
    found = contrast_of(pairs_of([0.5] * 3 + [0.1], [0.3] * 4), asked, 0.1, 100)
    assert (asked.better, asked.harm) == (-1, "all")
    assert (found.ahead.wins, found.behind) == (1, 3)
    assert asked_about("patient_benefit", [HARMED, HARMED]).better == 1
    assert asked_about("weeks_to_50", [HARMED, HARMED]).better == 1


def test_where_the_change_harms_on_one_side_only_neither_more_nor_less_is_better():
    assert asked_about("adopted_share", [ONE, HARMED]).better == 0


def test_an_unknown_outcome_is_met_with_the_nearest():
    with pytest.raises(Invalid, match="Did you mean 'adopted_share'"):
        asked_about("adopted_shares", [ONE])


def test_pairs_are_taken_until_the_difference_is_precise():
    scattered = pairs_of([0.5, 0.3] * 200, [0.2, 0.2] * 200)
    assert len(until_precise(scattered, SHARE, 0.5)) == 40
    assert len(until_precise(scattered, SHARE, 0.011)) > 100
    assert len(until_precise(scattered, SHARE, 0.001)) == 400


def test_an_arm_against_itself_takes_one_look():
    same = pairs_of([0.5, 0.3] * 200, [0.5, 0.3] * 200)
    taken = until_precise(same, SHARE, 0.001, is_same=True)
    assert len(taken) == 20
    assert contrast_of(taken, SHARE, 0.001, 100, is_same=True).met
    assert not (known(taken, SHARE)[0] - known(taken, SHARE)[1]).any()
