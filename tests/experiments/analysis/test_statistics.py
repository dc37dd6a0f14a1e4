"""Known answers, coverage and pairing of the statistics that speak about sweeps."""

from math import inf, isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from experiments.analysis import proportions, statistics, survival

# Freireich et al. (1963), Blood 21, 699-716: weeks in remission; "+" in the paper is False here.
PILL = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
PILL_SEEN = [i in {0, 1, 2, 4, 6, 9, 10, 14, 15} for i in range(21)]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
PLACEBO_SEEN = [True] * 21

shares = st.floats(0, 1).map(lambda value: round(value, 6))
durations = st.lists(st.tuples(st.integers(1, 60), st.booleans()), min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("week", "share"),
    [
        (6, 0.857143),
        (7, 0.806723),
        (10, 0.752941),
        (13, 0.690196),
        (16, 0.627451),
        (22, 0.537815),
        (23, 0.448179),
    ],
)
def test_remission_curve_is_the_published_one(week, share):
    curve = survival.kaplan_meier(PILL, PILL_SEEN)
    assert survival.survival_at(curve, week).value == pytest.approx(share, abs=5e-7)


def test_log_log_interval_is_the_published_one():
    at_ten = survival.survival_at(survival.kaplan_meier(PILL, PILL_SEEN), 10)
    assert (at_ten.low, at_ten.high) == pytest.approx((0.503200, 0.889362), abs=5e-7)


def test_medians_of_remission_are_23_and_8_weeks():
    assert survival.median_time(survival.kaplan_meier(PILL, PILL_SEEN)).value == 23
    assert survival.median_time(survival.kaplan_meier(PLACEBO, PLACEBO_SEEN)).value == 8


def test_restricted_means_of_remission_are_the_published_ones():
    pill = survival.restricted_mean(PILL, PILL_SEEN, 20)
    placebo = survival.restricted_mean(PLACEBO, PLACEBO_SEEN, 20)
    assert (pill, placebo) == pytest.approx((16.116527, 8.428571), abs=5e-7)
    gap = survival.restricted_mean_difference((PILL, PILL_SEEN), (PLACEBO, PLACEBO_SEEN), 20)
    assert gap.value == pytest.approx(7.687955, abs=1e-6)


def test_numbers_at_risk_and_events_are_those_of_the_table():
    curve = survival.kaplan_meier(PILL, PILL_SEEN)
    where = curve.times.tolist().index(10)
    assert (curve.at_risk[where], curve.events[where], curve.censored) == (15, 1, 12)


@settings(deadline=None, max_examples=40)
@given(durations)
def test_survival_agrees_with_lifelines(runs):
    lifelines = pytest.importorskip("lifelines")
    time, seen = zip(*runs, strict=True)
    curve = survival.kaplan_meier(time, seen)
    oracle = lifelines.KaplanMeierFitter().fit(time, seen).survival_function_["KM_estimate"]
    assert curve.survival == pytest.approx(oracle.loc[curve.times].to_numpy(), abs=1e-12)


@given(durations)
def test_survival_never_rises_and_stays_inside_its_interval(runs):
    curve = survival.kaplan_meier(*zip(*runs, strict=True))
    assert (np.diff(curve.survival) <= 0).all()
    assert (curve.low <= curve.survival).all()
    assert (curve.survival <= curve.high).all()


def test_adoption_without_influence_gives_its_closed_form():
    """S1: 100 people adopt at 2 % a step; T50 is binomial. Bounds of 4 SE: fails once in 3,000 seeds."""
    runs, steps = 4000, 40
    rng = np.random.default_rng(1)
    moment = rng.geometric(0.02, size=(runs, 100))
    adopted = (moment[:, :, None] <= np.arange(steps + 1)).sum(axis=1)
    reached = adopted >= 50
    seen = reached[:, -1]
    time = np.where(seen, reached.argmax(axis=1), steps)
    curve = survival.kaplan_meier(time, seen)
    for step, exact in ((30, 0.207860), (35, 0.594361)):
        error = np.sqrt(exact * (1 - exact) / runs)
        assert abs(1 - survival.survival_at(curve, step).value - exact) <= 4 * error
    assert abs(curve.censored / runs - 0.116641) <= 4 * np.sqrt(0.116641 * 0.883359 / runs)
    spread = np.minimum(time, steps).std() / np.sqrt(runs)
    assert abs(survival.restricted_mean(time, seen, steps) - 34.176172) <= 4 * spread


@pytest.mark.slow
def test_people_who_adopt_at_a_constant_rate_have_the_exact_restricted_mean():
    """S1: S(t) = 0.98^t, so RMST(40) is 27.714980 and half have adopted by step 35."""
    people = 10**6
    left = np.round(people * 0.98 ** np.arange(41)).astype(int)
    adopting = -np.diff(left)
    time = np.concatenate([np.repeat(np.arange(1, 41), adopting), np.full(left[-1], 40)])
    seen = np.arange(people) < adopting.sum()
    curve = survival.kaplan_meier(time, seen)
    assert survival.restricted_mean(time, seen, 40) == pytest.approx(27.714980, abs=1e-5)
    assert survival.median_time(curve).value == 35
    for step, share in ((10, 0.817073), (20, 0.667608), (40, 0.445700)):
        assert survival.survival_at(curve, step).value == pytest.approx(share, abs=1e-6)


def test_averaging_only_the_runs_that_got_there_would_flatter():
    time, seen = [10, 20, 100, 100], [True, True, False, False]
    assert survival.restricted_mean(time, seen, 100) == 57.5
    assert np.mean([10, 20]) == 15


def test_median_is_infinite_when_nobody_gets_there():
    curve = survival.kaplan_meier([260, 260], [False, False])
    assert survival.median_time(curve) == (inf, inf, inf)


def test_restricted_mean_beyond_the_end_of_the_runs_is_refused():
    with pytest.raises(ValueError, match="beyond the last time watched"):
        survival.restricted_mean([10, 20], [True, False], 30)


def test_pairing_narrows_the_difference_in_restricted_means():
    luck = np.linspace(20, 200, 40)
    seen = np.ones(40, dtype=bool)
    paired = survival.restricted_mean_difference((luck - 10, seen), (luck, seen), 190)
    mixed = survival.restricted_mean_difference((luck[::-1] - 10, seen), (luck, seen), 190)
    assert paired.value == pytest.approx(mixed.value)
    assert (paired.high - paired.low) < 0.2 * (mixed.high - mixed.low)


def test_difference_is_that_of_the_paired_t_test():
    rng = np.random.default_rng(2)
    luck = rng.normal(size=40)
    a, b = luck + rng.normal(0.3, 0.2, 40), luck + rng.normal(0, 0.2, 40)
    ours, scipys = statistics.paired_difference(a, b), stats.ttest_rel(a, b)
    assert ours.p_value == pytest.approx(scipys.pvalue)
    assert (ours.low, ours.high) == pytest.approx(tuple(scipys.confidence_interval()))
    assert ours.correlation > 0.9
    assert ours.saving == pytest.approx((a.var(ddof=1) + b.var(ddof=1)) / (a - b).var(ddof=1))


def test_identical_arms_differ_by_nothing():
    same = statistics.paired_difference([0.2, 0.4, 0.3], [0.2, 0.4, 0.3])
    assert (same.value, same.low, same.high, same.p_value) == (0, 0, 0, 1)


def test_one_replicate_has_a_mean_but_no_interval():
    one = statistics.mean([0.4])
    assert one.value == 0.4
    assert isnan(one.low)
    assert isnan(statistics.paired_difference([0.4], [0.3]).p_value)


def test_missing_values_are_refused_rather_than_dropped():
    with pytest.raises(ValueError, match="missing"):
        statistics.mean([0.1, float("nan")])


def test_arms_of_unequal_length_cannot_be_paired():
    with pytest.raises(ValueError, match="3 and 2 values"):
        statistics.paired_difference([1, 2, 3], [1, 2])


def test_t_interval_covers_as_often_as_it_says():
    """2,000 normal samples of 20: outside 93.05-96.95 % once in 16,000 seeds for a correct interval."""
    rng = np.random.default_rng(3)
    hits = sum(low <= 0 <= high for _, low, high, _ in (statistics.mean(row) for row in rng.normal(size=(2000, 20))))
    assert abs(hits / 2000 - 0.95) < 0.0195


def test_studentised_bootstrap_covers_skewed_output():
    """300 lognormal samples of 30; true coverage is about 93 %, below 88 % once in 1,000 seeds."""
    rng = np.random.default_rng(4)
    truth, hits = np.exp(0.5), 0
    for row in rng.lognormal(size=(300, 30)):
        _, low, high, _ = statistics.bootstrap_mean(row, resamples=800)
        hits += low <= truth <= high
    assert hits / 300 >= 0.88


def test_bootstrap_gives_the_same_interval_each_time():
    values = [0.1, 0.4, 0.2, 0.9, 0.3]
    assert statistics.bootstrap_mean(values) == statistics.bootstrap_mean(values)


@given(st.integers(0, 50), st.integers(1, 50))
def test_proportions_match_scipy_and_are_never_without_width(successes, trials):
    successes = min(successes, trials)
    test = stats.binomtest(successes, trials)
    wilson = proportions.wilson(successes, trials)
    assert wilson[1:3] == pytest.approx(tuple(test.proportion_ci(method="wilson")), abs=1e-12)
    assert wilson.high - wilson.low > 0


@given(st.lists(st.tuples(shares, shares), min_size=1, max_size=30))
def test_chances_of_beating_each_other_sum_to_one(rows):
    a, b = zip(*rows, strict=True)
    there, back = proportions.superiority(a, b), proportions.superiority(b, a)
    assert there.value + back.value == pytest.approx(1)
    assert there.wins + there.ties + back.wins == len(rows)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_never_lowers_a_p_value_nor_changes_their_order(p_values):
    adjusted = statistics.holm(p_values)
    assert all(a >= p for a, p in zip(adjusted, p_values, strict=True))
    ordered = [adjusted[i] for i in sorted(range(len(p_values)), key=p_values.__getitem__)]
    assert ordered == sorted(ordered)


def test_holm_keeps_the_family_error_at_its_level():
    """1,000 families of ten true nulls; above 7.8 % once in 25,000 seeds for a correct adjustment."""
    p_values = np.random.default_rng(5).random((1000, 10))
    false_alarms = sum(min(statistics.holm(list(row))) <= 0.05 for row in p_values)
    assert 0.03 < false_alarms / 1000 < 0.078
