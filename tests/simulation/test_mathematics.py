"""Our own elementary functions: as good as the platform's, and the same bits everywhere."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from simulation.compiled import compiled
from simulation.mathematics import (
    GRID,
    clipped,
    exponential,
    logarithm,
    logistic,
    moved,
    normal_quantile,
    on_grid,
)

SHARES = st.floats(0, 1)
ANY = st.floats(-1e6, 1e6)


@given(st.floats(-40, 40))
def test_exponential_is_within_a_relative_error_of_1e10(x):
    assert exponential(x) == pytest.approx(math.exp(x), rel=1e-10)


def test_exponential_of_nothing_is_one():
    assert exponential(0.0) == 1.0


@given(st.floats(40, 1e300))
def test_exponential_is_held_at_both_ends(x):
    assert exponential(x) == exponential(40.0)
    assert exponential(-x) == exponential(-40.0)


def test_exponential_rises_wherever_it_is_looked_at():
    assert (np.diff([exponential(x) for x in np.linspace(-40, 40, 200_001)]) > 0).all()


@given(st.floats(1e-300, 1e300))
def test_logarithm_is_within_an_absolute_error_of_1e12(x):
    assert logarithm(x) == pytest.approx(math.log(x), rel=1e-14, abs=1e-12)


def test_logarithm_rises_wherever_it_is_looked_at():
    assert (np.diff([logarithm(x) for x in np.geomspace(1e-9, 1e9, 200_001)]) > 0).all()


@given(st.floats(-30, 30))
def test_logarithm_undoes_exponential(x):
    assert logarithm(exponential(x)) == pytest.approx(x, abs=1e-10)


@given(st.floats(-40, 40))
def test_the_logistic_of_opposites_adds_up_to_one(z):
    assert logistic(z) + logistic(-z) == pytest.approx(1.0, abs=1e-12)
    assert 0.0 <= logistic(z) <= 1.0


@given(st.floats(1e-15, 1 - 1e-15))
def test_the_normal_quantile_is_within_a_relative_error_of_2e9(u):
    assert normal_quantile(u) == pytest.approx(norm.ppf(u), rel=2e-9, abs=2e-9)


def test_the_normal_quantile_rises_wherever_it_is_looked_at():
    assert (np.diff([normal_quantile(u) for u in np.linspace(1e-9, 1 - 1e-9, 200_001)]) >= 0).all()


@given(st.floats(1e-6, 1 - 1e-6))
def test_the_normal_quantile_is_symmetric(u):
    assert normal_quantile(u) == pytest.approx(-normal_quantile(1.0 - u), abs=1e-8)


@pytest.mark.parametrize("u", [0.0, 1.0])
def test_certainty_still_has_a_finite_quantile(u):
    assert 8.0 < abs(normal_quantile(u)) < 8.5


@given(ANY)
def test_clipping_holds_between_nothing_and_everything(x):
    assert clipped(x) == min(max(x, 0.0), 1.0)


@given(ANY)
def test_the_grid_is_whole_steps_and_never_further_than_half_a_step(x):
    assert (on_grid(x) * GRID).is_integer()
    assert abs(on_grid(x) - clipped(x)) <= 0.5 / GRID


@given(SHARES)
def test_rounding_to_the_grid_twice_changes_nothing(x):
    assert on_grid(on_grid(x)) == on_grid(x)


@given(SHARES, st.floats(-1, 1))
def test_moving_by_a_share_of_the_way_never_overshoots(x, share):
    assert -1e-15 <= moved(x, share) <= 1.0 + 1e-15


@given(SHARES, st.floats(-1, 1), st.floats(-1, 1))
def test_moving_further_never_leads_less_far(x, one, other):
    assert moved(x, max(one, other)) >= moved(x, min(one, other)) - 1e-15


@compiled
def _all_functions(x, out):
    for i in range(len(x)):
        out[i, 0] = exponential(x[i])
        out[i, 1] = logarithm(abs(x[i]) + 1e-9)
        out[i, 2] = logistic(x[i])
        out[i, 3] = normal_quantile(clipped(x[i]))
        out[i, 4] = on_grid(x[i])
        out[i, 5] = moved(clipped(x[i]), 0.3)


def test_compiled_functions_give_the_same_bits():
    x = np.concatenate([np.random.default_rng(1).normal(0, 10, 5_000), np.linspace(0, 1, 5_000)])
    out = np.empty((len(x), 6))
    _all_functions(x, out)
    plain = [
        (
            exponential(v),
            logarithm(abs(v) + 1e-9),
            logistic(v),
            normal_quantile(clipped(v)),
            on_grid(v),
            moved(clipped(v), 0.3),
        )
        for v in map(float, x)
    ]
    assert np.array_equal(out, np.array(plain))
