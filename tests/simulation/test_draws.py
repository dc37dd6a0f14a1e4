"""All randomness is a function of who, when and what for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chisquare, kstest, norm

from simulation import draws
from simulation.compiled import compiled
from simulation.draws import mixed, run_key, uniform, week_key

PURPOSES = {
    name: value for name, value in vars(draws).items() if name.isupper() and isinstance(value, int) and value < 64
}
PURPOSES.pop("WORLD_WEEK")
KEYS = st.integers(0, 2**64 - 1)


@compiled
def compiled_draw(run, week, purpose, agent, index):
    return uniform(week_key(run, week), purpose, agent, index)


@compiled
def fill(run, weeks, purpose, out):
    for week in range(weeks):
        key = week_key(run, week)
        for agent in range(out.shape[1]):
            out[week, agent] = uniform(key, purpose, agent)


def numbers(purpose, seed=1, replicate=0, weeks=1_000, agents=1_000):
    out = np.empty((weeks, agents))
    fill(np.uint64(run_key(seed, replicate)), weeks, purpose, out)
    return out


def test_the_mixer_is_splitmix64():
    # The published generator, seeded with 1234567, begins with these numbers; each is the mixed multiple of GOLDEN.
    published = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431]
    assert [mixed(1234567 + (k + 1) * draws.GOLDEN) for k in range(4)] == published


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**31 - 1), st.integers(-1, 5200))
def test_the_key_of_a_week_has_64_bits(seed, replicate, week):
    assert 0 <= week_key(run_key(seed, replicate), week) < 2**64


@given(
    KEYS,
    st.integers(-1, 5200),
    st.sampled_from(sorted(PURPOSES.values())),
    st.integers(0, 2**31),
    st.integers(0, 2**33),
)
def test_compiled_draws_are_the_readable_ones(run, week, purpose, agent, index):
    plain = uniform(week_key(run, week), purpose, agent, index)
    assert compiled_draw(np.uint64(run), week, purpose, agent, index) == plain
    assert 0.0 <= plain < 1.0


def test_no_two_purposes_share_a_number():
    assert len(set(PURPOSES.values())) == len(PURPOSES)


def test_purposes_leave_room_for_the_index():
    assert max(PURPOSES.values()) < 64


@given(KEYS, st.integers(0, 10**6), st.integers(0, 1000))
def test_draws_for_different_purposes_and_indices_differ(key, agent, index):
    drawn = {uniform(key, purpose, agent, index + k) for purpose in PURPOSES.values() for k in range(3)}
    assert len(drawn) == 3 * len(PURPOSES)


def test_a_draw_does_not_depend_on_what_was_drawn_before():
    key = week_key(run_key(3, 4), 5)
    alone = uniform(key, draws.ADOPTION, 17)
    for k in range(100):
        uniform(key, draws.CREDIT, k)
    assert uniform(key, draws.ADOPTION, 17) == alone


@pytest.mark.parametrize("purpose", [draws.PRESSURE, draws.ADOPTION, draws.STAFF_TRAITS])
def test_numbers_are_uniform(purpose):
    """Chi-square over 1,000 cells of a million draws; a correct generator fails once in 100,000 such keys."""
    counts = np.bincount((numbers(purpose) * 1_000).astype(int).ravel(), minlength=1_000)
    assert chisquare(counts).pvalue > 1e-5


def test_the_lowest_of_many_numbers_are_uniform_too():
    """Kolmogorov-Smirnov on the draws below one in a thousand; a correct generator fails once in 100,000 keys."""
    drawn = numbers(draws.OUTSIDE).ravel()
    low = drawn[drawn < 1e-3] * 1e3
    assert kstest(low, "uniform").pvalue > 1e-5


def correlation(one, other):
    """Return the correlation of two arrays of draws in units of its standard error."""
    return np.corrcoef(one.ravel(), other.ravel())[0, 1] * np.sqrt(one.size)


LIMIT = norm.isf(1e-6 / 2)
"""Standard errors that a correct generator's correlation passes once in a million."""


def test_draws_for_different_purposes_are_independent():
    """Every pair of purposes, 40,000 draws each: 630 pairs at one in a million, so once in 1,500 keys."""
    drawn = np.array([numbers(purpose, weeks=200, agents=200).ravel() for purpose in PURPOSES.values()])
    between = np.corrcoef(drawn)[np.triu_indices(len(drawn), 1)] * np.sqrt(drawn.shape[1])
    assert np.abs(between).max() < LIMIT


@pytest.mark.parametrize("lag", [1, 2, 3, 10])
def test_neighbours_draw_independently(lag):
    """A correct generator fails once in a million keys."""
    drawn = numbers(draws.ADOPTION)
    assert abs(correlation(drawn[:, :-lag], drawn[:, lag:])) < LIMIT


@pytest.mark.parametrize("lag", [1, 2, 52])
def test_the_weeks_draw_independently(lag):
    """A correct generator fails once in a million keys."""
    drawn = numbers(draws.ADOPTION)
    assert abs(correlation(drawn[:-lag], drawn[lag:])) < LIMIT


@pytest.mark.parametrize(("seed", "replicate"), [(1, 1), (2, 0), (0, 0), (2**40, 7)])
def test_runs_draw_independently(seed, replicate):
    """A correct generator fails once in a million keys."""
    assert abs(correlation(numbers(draws.ADOPTION), numbers(draws.ADOPTION, seed, replicate))) < LIMIT


def test_a_seed_and_the_next_ones_replicate_are_not_the_same_run():
    keys = {run_key(seed, replicate) for seed in range(200) for replicate in range(200)}
    assert len(keys) == 200 * 200


def test_seed_nought_is_a_seed_like_any_other():
    assert run_key(0, 0) != run_key(1, 0)
    assert numbers(draws.ADOPTION, seed=0, weeks=10, agents=10).std() > 0
