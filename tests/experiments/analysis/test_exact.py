"""Exact intervals are what others compute, and what a referee draws at random."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from experiments.analysis.statistics import estimates, exact

shares = st.floats(0, 1).map(lambda value: round(value, 4))


@given(st.integers(0, 9), st.integers(1, 9))
def test_values_at_the_bounds_have_the_interval_of_clopper_and_pearson(ones, number):
    ones = min(ones, number)
    found = exact.bounded_mean([1.0] * ones + [0.0] * (number - ones), 0, 1)
    assert found == pytest.approx(exact.share_edges(ones, number), abs=1e-8)


@given(st.lists(shares, min_size=1, max_size=9), shares)
def test_chance_of_a_mean_with_random_weights_is_that_of_drawn_weights(points, edge):
    """40,000 drawn weights and 5 standard errors: fails once in a million examples."""
    weights = np.random.default_rng(1).dirichlet(np.ones(len(points)), 40_000)
    # A mean of equal points is that point up to rounding.
    drawn = np.mean(weights @ points <= edge + 1e-12)
    chance = exact.chance_below(points, edge)
    assert abs(drawn - chance) <= 5 * np.sqrt(chance * (1 - chance) / 40_000) + 1e-9


@given(st.lists(shares, min_size=1, max_size=9))
def test_interval_of_a_bounded_mean_holds_the_mean_and_stays_within_bounds(values):
    low, high = exact.bounded_mean(values, 0, 1)
    assert 0 <= low <= np.mean(values) + 1e-9
    assert np.mean(values) - 1e-9 <= high <= 1


@given(st.lists(shares, min_size=3, max_size=9), st.floats(0.1, 50))
def test_interval_of_a_bounded_mean_has_no_unit(values, unit):
    low, high = exact.bounded_mean(values, 0, 1)
    assert exact.bounded_mean([unit * value for value in values], 0, unit) == pytest.approx(
        (unit * low, unit * high), abs=1e-6
    )


@pytest.mark.parametrize("number", [6, 9, 10, 17, 30, 100, 101])
def test_the_median_lies_between_the_narrowest_order_statistics_that_cover(number):
    low, _ = exact.median_edges(range(1, number + 1))
    assert 1 - 2 * stats.binom.cdf(low - 1, number, 0.5) >= 0.95
    assert 1 - 2 * stats.binom.cdf(low, number, 0.5) < 0.95


def test_fewer_than_six_values_cannot_enclose_their_median():
    assert exact.median_edges(range(5)) is None
    assert estimates.median(range(5)).note == "needs 6 replicates"


def test_runs_that_never_get_there_count_as_later_than_any():
    found = estimates.median([10, 20, 30, np.inf, np.inf, np.inf, 40, 50])
    assert (found.value, found.low, found.high) == (45, 10, np.inf)
    assert estimates.median([np.inf] * 8).note == estimates.ALIKE
