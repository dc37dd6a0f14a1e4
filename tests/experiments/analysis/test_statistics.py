"""Known answers, coverage and pairing of the statistics that speak about sweeps."""

from math import comb, inf, isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from experiments.analysis.statistics import estimates, log_rank, multiplicity, proportions, survival

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
    assert survival.survival_at(curve, week) == pytest.approx(share, abs=5e-7)


def test_medians_of_remission_are_23_and_8_weeks():
    assert survival.median_time(survival.kaplan_meier(PILL, PILL_SEEN)) == 23
    assert survival.median_time(survival.kaplan_meier(PLACEBO, PLACEBO_SEEN)) == 8


def test_restricted_means_of_remission_are_the_published_ones():
    pill = survival.restricted_mean(PILL, PILL_SEEN, 20)
    placebo = survival.restricted_mean(PLACEBO, PLACEBO_SEEN, 20)
    assert (pill, placebo) == pytest.approx((16.116527, 8.428571), abs=5e-7)


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


@given(st.lists(st.integers(1, 9), min_size=1, max_size=30), st.integers(1, 9))
def test_survival_never_rises_and_stays_inside_its_interval(weeks, horizon):
    """Every run is watched until it gets there or to the horizon."""
    time = np.minimum(weeks, horizon)
    curve = survival.kaplan_meier(time, np.array(weeks) <= horizon)
    low, high = survival.band(curve)
    assert (np.diff(curve.survival) <= 0).all()
    assert (low <= curve.survival).all() and (curve.survival <= high).all()
    assert (high - low > 0).all()


def test_runs_given_up_on_the_way_have_the_published_interval_of_greenwood():
    curve = survival.kaplan_meier(PILL, PILL_SEEN)
    low, high = survival.band(curve)
    where = curve.times.tolist().index(10)
    assert (low[where], high[where]) == pytest.approx((0.503200, 0.889362), abs=5e-7)


@settings(deadline=None, max_examples=20)
@given(durations)
def test_greenwoods_interval_agrees_with_lifelines_wherever_runs_were_given_up(runs):
    lifelines = pytest.importorskip("lifelines")
    time, seen = zip(*runs, strict=True)
    curve = survival.kaplan_meier(time, seen)
    inside = (curve.survival > 0) & (curve.survival < 1)
    if (curve.at_risk - curve.events)[-1] == curve.censored or not inside.any():
        return
    edges = lifelines.KaplanMeierFitter().fit(time, seen).confidence_interval_.loc[curve.times].to_numpy().T
    for ours, theirs in zip(survival.band(curve), edges, strict=True):
        assert ours[inside] == pytest.approx(theirs[inside], abs=1e-9)


def test_log_rank_of_remission_is_the_published_one():
    pill = [True] * 21 + [False] * 21
    found = log_rank.log_rank([*PILL, *PLACEBO], [*PILL_SEEN, *PLACEBO_SEEN], pill)
    assert found.chi_square == pytest.approx(16.792941, abs=5e-7)
    assert found.p_value == pytest.approx(4.168809e-5, abs=5e-12)


@settings(deadline=None, max_examples=20)
@given(durations, durations)
def test_log_rank_agrees_with_lifelines(ours, theirs):
    referee = pytest.importorskip("lifelines.statistics")
    (first, seen), (second, there) = (map(list, zip(*runs, strict=True)) for runs in (ours, theirs))
    found = log_rank.log_rank(first + second, seen + there, [True] * len(first) + [False] * len(second))
    if found.variance:
        said = referee.logrank_test(first, second, seen, there)
        assert (found.chi_square, found.p_value) == pytest.approx((said.test_statistic, said.p_value), abs=1e-9)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), min_size=2, max_size=25))
def test_log_rank_within_pairs_is_that_of_statsmodels_and_the_sign_test_of_who_was_there_first(pairs):
    """Runs are watched to week 6; strata of two, one of each arm."""
    duration = pytest.importorskip("statsmodels.duration.survfunc")
    weeks = np.array(pairs, dtype=float)
    never = weeks > 6
    first = log_rank.first_there(*np.where(never, inf, weeks).T)
    flat, seen = np.minimum(weeks, 6).ravel(), ~never.ravel()
    arm, pair = np.tile([True, False], len(pairs)), np.repeat(np.arange(len(pairs)), 2)
    found = log_rank.log_rank(flat, seen, arm, pair)
    assert found.chi_square == pytest.approx(first.chi_square, abs=1e-9)
    assert first.p_value == pytest.approx(_sign_test(first.first, first.second), abs=1e-9)
    if found.variance:
        square, _ = duration.survdiff(flat, seen.astype(int), arm.astype(int), strata=pair)
        assert found.chi_square == pytest.approx(square, abs=1e-9)


def _sign_test(ahead: int, behind: int) -> float:
    fewest, decided = min(ahead, behind), ahead + behind
    return min(1.0, 2 * sum(comb(decided, count) for count in range(fewest + 1)) / 2**decided)


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
        assert abs(1 - survival.survival_at(curve, step) - exact) <= 4 * error
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
    assert survival.median_time(curve) == 35
    for step, share in ((10, 0.817073), (20, 0.667608), (40, 0.445700)):
        assert survival.survival_at(curve, step) == pytest.approx(share, abs=1e-6)


def test_averaging_only_the_runs_that_got_there_would_flatter():
    time, seen = [10, 20, 100, 100], [True, True, False, False]
    assert survival.restricted_mean(time, seen, 100) == 57.5
    assert np.mean([10, 20]) == 15


def test_median_is_infinite_when_nobody_gets_there():
    curve = survival.kaplan_meier([260, 260], [False, False])
    assert survival.median_time(curve) == inf


def test_restricted_mean_beyond_the_end_of_the_runs_is_refused():
    with pytest.raises(ValueError, match="beyond the last time watched"):
        survival.restricted_mean([10, 20], [True, False], 30)


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(1, 300)), min_size=1, max_size=20))
def test_restricted_means_of_runs_watched_to_the_end_are_means_of_weeks_up_to_it(runs):
    ours, theirs = (np.array(arm) for arm in zip(*runs, strict=True))
    means = [survival.restricted_mean(np.minimum(arm, 260), arm <= 260, 260) for arm in (ours, theirs)]
    gap = estimates.paired_difference(np.minimum(ours, 260), np.minimum(theirs, 260), reach=260)
    assert gap.value == pytest.approx(means[0] - means[1])


def test_difference_is_that_of_the_paired_t_test():
    rng = np.random.default_rng(2)
    luck = rng.normal(size=40)
    a, b = luck + rng.normal(0.3, 0.2, 40), luck + rng.normal(0, 0.2, 40)
    ours, scipys = estimates.paired_difference(a, b), stats.ttest_rel(a, b)
    assert ours.p_value == pytest.approx(scipys.pvalue)
    assert (ours.low, ours.high) == pytest.approx(tuple(scipys.confidence_interval()))
    assert ours.correlation > 0.9
    assert ours.saving == pytest.approx((a.var(ddof=1) + b.var(ddof=1)) / (a - b).var(ddof=1))


@pytest.mark.parametrize("pairs", [3, 20])
def test_pairs_that_are_all_alike_have_no_interval_and_the_note_says_so(pairs):
    same = estimates.paired_difference([0.2] * pairs, [0.2] * pairs, reach=1)
    assert (same.value, same.p_value, same.note) == (0, 1, estimates.ALIKE)
    assert isnan(same.low) and isnan(same.high)
    apart = estimates.paired_difference([0.5] * pairs, [0.25] * pairs, reach=1)
    assert (apart.value, apart.p_value) == (0.25, 2 * 0.5**pairs)
    assert isnan(apart.low)


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=14))
def test_what_is_offered_follows_from_the_number_of_values_alone(values):
    gap = estimates.paired_difference(values, np.zeros(len(values)), reach=1)
    if gap.note != estimates.ALIKE:
        kinds = {1: "needs 3 pairs", 3: estimates.BOUNDED, 10: estimates.STUDENT}
        assert gap.note == kinds[max(least for least in kinds if least <= len(values))]
        assert isnan(gap.low) == (len(values) < 3)
        assert isnan(gap.median.low) == (len(values) < 6)


@given(st.lists(st.floats(-1, 1).map(lambda value: round(value, 3)), min_size=3, max_size=14))
def test_a_p_value_is_at_most_5_percent_exactly_where_the_interval_leaves_nothing_out(values):
    gap = estimates.paired_difference(values, np.zeros(len(values)), reach=1)
    if gap.note != estimates.ALIKE and min(abs(gap.low), abs(gap.high)) > 1e-9:
        assert (gap.p_value <= 0.05) == (gap.low > 0 or gap.high < 0)


def test_correlations_need_five_pairs():
    a, b = [0.1, 0.4, 0.2, 0.5, 0.3], [0.2, 0.5, 0.2, 0.7, 0.1]
    assert isnan(estimates.paired_difference(a[:4], b[:4]).correlation)
    assert isnan(estimates.paired_difference(a[:4], b[:4]).saving)
    assert estimates.paired_difference(a, b).correlation == pytest.approx(np.corrcoef(a, b)[0, 1])


def test_one_replicate_has_a_mean_but_no_interval():
    one = estimates.mean([0.4])
    assert one.value == 0.4
    assert isnan(one.low)
    assert isnan(estimates.paired_difference([0.4], [0.3]).p_value)


def test_missing_values_are_refused_rather_than_dropped():
    with pytest.raises(ValueError, match="missing"):
        estimates.mean([0.1, float("nan")])


def test_arms_of_unequal_length_cannot_be_paired():
    with pytest.raises(ValueError, match="3 and 2 values"):
        estimates.paired_difference([1, 2, 3], [1, 2])


@given(st.integers(0, 50), st.integers(1, 50))
def test_proportions_match_scipy_and_are_never_without_width(successes, trials):
    successes = min(successes, trials)
    ours = proportions.share(successes, trials)
    exact = stats.binomtest(successes, trials).proportion_ci(method="exact")
    assert ours[1:3] == pytest.approx(tuple(exact), abs=1e-12)
    assert ours.high - ours.low > 0


@given(st.lists(st.tuples(shares, shares), min_size=1, max_size=30))
def test_chances_of_beating_each_other_sum_to_one(rows):
    a, b = zip(*rows, strict=True)
    there, back = proportions.superiority(a, b), proportions.superiority(b, a)
    assert there.value + back.value == pytest.approx(1)
    assert there.wins + there.ties + back.wins == len(rows)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_holm_never_lowers_a_p_value_nor_changes_their_order(p_values):
    adjusted = multiplicity.holm(p_values)
    assert all(a >= p for a, p in zip(adjusted, p_values, strict=True))
    ordered = [adjusted[i] for i in sorted(range(len(p_values)), key=p_values.__getitem__)]
    assert ordered == sorted(ordered)


def test_holm_keeps_the_family_error_at_its_level():
    """1,000 families of ten true nulls; above 7.8 % once in 25,000 seeds for a correct adjustment."""
    p_values = np.random.default_rng(5).random((1000, 10))
    false_alarms = sum(min(multiplicity.holm(list(row))) <= 0.05 for row in p_values)
    assert 0.03 < false_alarms / 1000 < 0.078
