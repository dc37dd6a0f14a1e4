"""Statistics of diffusion: closed forms, answers of other programs, and what the public data are known to show."""

from math import inf, isnan, log, nan

import numpy as np
import public_sets
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.validity import description
from experiments.validity.adoptions import Adoptions, Ties
from experiments.validity.description import described
from experiments.validity.picture import adoption_picture
from experiments.validity.statistics import curve, exposure, hazard, likeness, resampling


def adoptions(times, pairs=(), units=None):
    times = np.array(times, np.float64)
    end = float(times[np.isfinite(times)].max())
    who, seen = np.array(pairs, np.int64).reshape(-1, 2).T
    return Adoptions(times, np.full(len(times), end), 0.0, end, units or {}, Ties.of(who, seen, len(times)))


STAR = [(4, 0), (4, 1), (4, 2), (4, 3)]
"""The fifth looks to the four others, as in the tests that come with netdiffuseR."""


@given(st.floats(0.001, 0.2), st.floats(0.02, 1.0), st.floats(0.1, 1.0))
def test_the_fit_of_bass_finds_the_numbers_that_made_a_curve(p, q, m):
    t = np.arange(1.0, 61.0)
    assert curve.bass(t, curve.bass_curve(t, p, q, m))[:3] == pytest.approx((p, q, m), rel=0.05)


@given(st.floats(0.01, 0.1), st.floats(0.1, 0.6), st.floats(0.3, 0.95))
def test_the_likeliest_curve_finds_the_numbers_that_made_the_counts(p, q, m):
    t = np.arange(1.0, 41.0)
    shares = curve.bass_curve(t, p, q, m)
    begin = curve.Bass(p * 1.3, q * 0.8, min(m * 1.1, 0.99), 1.0)
    found = curve.bass_likeliest(t, 1e6 * np.diff(shares, prepend=0.0), 1e6 * (1.0 - shares[-1]), begin)
    for (value, low, high), true in zip(found, (p, q, m), strict=True):
        assert value == pytest.approx(true, rel=0.02)
        assert low <= value <= high


def test_the_interval_of_the_likeliest_share_covers_it():
    """Of 100 samples the interval of 95 % misses more than 14 times once in 6,000."""
    random, t = np.random.default_rng(8), np.arange(1.0, 31.0)
    rises = np.diff(curve.bass_curve(t, 0.03, 0.3, 0.7), prepend=0.0)
    missed = 0
    for _ in range(100):
        counts = random.multinomial(400, [*rises, 1.0 - rises.sum()])
        _, low, high = curve.bass_likeliest(t, counts[:-1], counts[-1], curve.Bass(0.03, 0.3, 0.7, 1.0))[2]
        missed += not low <= 0.7 <= high
    assert missed <= 14


def test_the_time_from_10_to_90_percent_of_a_logistic_curve_is_that_of_its_formula():
    t = np.linspace(-40, 40, 8001)
    assert curve.duration(t, 0.7 / (1 + np.exp(-0.5 * t))) == pytest.approx(2 * log(9) / 0.5, abs=1e-4)


def test_a_threshold_is_the_share_of_those_seen_who_adopted_earlier():
    found = exposure.at_adoption(adoptions([1, 4, 1, 2, 3], [*STAR, (0, 1), (3, 4)]))
    assert found[4] == 0.75
    assert found[0] == found[3] == 0.0
    assert isnan(found[1])  # who looks to nobody


def test_susceptibility_and_infectiousness_are_those_of_netdiffuser():
    """Its tests give 1/3 and, for two who adopt one step later among four who look, 1/2, both by how many did."""
    times = [1, 4, 1, 2, 3]
    assert exposure.susceptibility(adoptions(times, STAR))[4] == pytest.approx(1 / 3)
    looked_at = [(j, 4) for j in range(4)]
    assert exposure.infectiousness(adoptions([3, 4, 3, 5, 2], looked_at))[4] == pytest.approx(2 / 4 / 2)


def test_who_never_adopts_counts_neither_for_nor_against_infectiousness():
    looked_at = [(j, 4) for j in range(4)]
    assert exposure.infectiousness(adoptions([2, inf, inf, 3, 1], looked_at))[4] == pytest.approx(1 / 2)


def test_moran_of_a_ring_in_halves_is_what_counting_gives():
    ring = Ties.of(np.arange(8), (np.arange(8) + 1) % 8, 8)
    assert likeness.morans_i([0, 0, 0, 0, 1, 1, 1, 1], ring) == pytest.approx(4 / 8)


def test_permutation_finds_likeness_with_neighbours_and_calls_chance_chance():
    """Under chance the share is uniform: of 40 tries, more than 8 below .05 come once in 4,000."""
    random = np.random.default_rng(3)
    ring = Ties.of(np.arange(60), (np.arange(60) + 1) % 60, 60)
    assert likeness.moran_test(np.sort(random.normal(size=60)), ring, permutations=99).p_value == 0.01
    by_chance = [likeness.moran_test(random.normal(size=60), ring, permutations=99).p_value for _ in range(40)]
    assert sum(share <= 0.05 for share in by_chance) <= 8


def test_what_a_unit_has_in_common_is_no_likeness_of_neighbours_inside_it():
    random = np.random.default_rng(4)
    units = np.repeat(np.arange(20), 10)
    values = units + random.normal(size=200) * 0.1
    inside = Ties.of(np.arange(200), units * 10 + random.integers(10, size=200), 200)
    found = likeness.moran_test(values, inside, units, 199)
    assert found.value > 0.9
    assert found.p_value > 0.01  # fails once in 100 draws; this one is fixed


def test_the_interval_of_an_intraclass_correlation_covers_it():
    """Of 200 samples at .3, the interval of 95 % misses more than 22 times once in 10,000."""
    random = np.random.default_rng(5)
    units = np.repeat(np.arange(30), 8)
    samples = [random.normal(size=30)[units] * 0.3**0.5 + random.normal(size=240) * 0.7**0.5 for _ in range(200)]
    found = [likeness.intraclass(sample, units) for sample in samples]
    assert sum(not one.low <= 0.3 <= one.high for one in found) <= 22
    assert np.mean([one.value for one in found]) == pytest.approx(0.3, abs=0.03)


def test_the_steepest_stretch_of_a_unit_is_found_wherever_it_lies():
    times, units = np.array([1, 7, 8, 12.9, 20, 3, inf, 2, 2]), np.array([0, 0, 0, 0, 0, 1, 1, -1, 2])
    assert likeness.steepest_shares(times, units, 6.0).tolist() == [3 / 5, 1.0, 1.0]
    assert likeness.steepest_shares(times, units, 6.0, smallest=2).tolist() == [3 / 5, 1.0]
    assert likeness.steepest_shares(np.array([1.0, 7.0]), np.zeros(2, int), 6.0).tolist() == [1 / 2]


def drawn_hazards():
    random = np.random.default_rng(6)
    people = 300
    who = np.repeat(np.arange(people), 5)
    return adoptions(np.ceil(random.exponential(6, people)), np.c_[who, random.integers(people, size=len(who))])


def test_the_odds_ratio_of_two_groups_at_one_time_is_that_of_their_table():
    """20 of 30 against 10 of 40 adopt: 6, with the standard error of the logarithm that Woolf gives."""
    rows = hazard.Rows(np.zeros(2, int), np.array([0.0, 1.0]), np.array([40.0, 30.0]), np.array([10.0, 20.0]))
    found = hazard.odds_ratio(rows)
    assert found.value == pytest.approx(20 * 30 / (10 * 10))
    assert found.error == pytest.approx((1 / 20 + 1 / 10 + 1 / 10 + 1 / 30) ** 0.5)


@pytest.mark.parametrize("among_all", [False, True])
def test_the_hazard_model_is_that_of_statsmodels(among_all):
    sm = pytest.importorskip("statsmodels.api")
    data = drawn_hazards()
    apart = data.ties.who >= 20  # the first look to nobody
    data = data._replace(ties=Ties.of(data.ties.who[apart], data.ties.seen[apart], data.people))
    rows = hazard.person_periods(data, among_all)
    assert rows.at_risk[rows.period == 0].sum() == (300 if among_all else 280)
    dummies = (rows.period[:, None] == np.unique(rows.period)).astype(float)
    counts = np.c_[rows.adopting, rows.at_risk - rows.adopting]
    informative = (np.abs(dummies.T @ counts) > 0).all(axis=1)
    kept = dummies[:, informative].any(axis=1)
    also = [rows.held] if among_all else []
    columns = np.c_[rows.exposure, *also, dummies[:, informative]][kept]
    fit = sm.GLM(counts[kept], columns, family=sm.families.Binomial()).fit()
    found = hazard.odds_ratio(rows)
    assert (found.slope, found.error) == pytest.approx((fit.params[0], fit.bse[0]), rel=1e-5)


def test_exposure_is_counted_at_every_time_as_it_was_then():
    rows = hazard.person_periods(adoptions([1, 2, inf], [(1, 0), (2, 0), (2, 1)]))
    found = list(zip(*(column.tolist() for column in rows[:4]), strict=True))
    assert found == [(0, 0.0, 2.0, 0.0), (1, 0.5, 1.0, 0.0), (1, 1.0, 1.0, 1.0)]


def test_who_left_before_is_at_risk_no_more():
    data = adoptions([1, 2, inf], [(1, 0), (2, 0)])._replace(observed=np.array([2.0, 2.0, 1.0]))
    assert hazard.person_periods(data).at_risk.tolist() == [2.0, 1.0]


def test_exposure_that_never_differs_has_no_odds_ratio():
    assert isnan(hazard.odds_ratio(hazard.person_periods(adoptions([1, 1, 2], [(0, 1), (1, 0)]))).value)


def test_the_interval_of_drawing_anew_is_about_that_of_a_share():
    low, high = resampling.bootstrap(lambda n: n[0] / n.sum(), np.array([300, 700]), draws=400)
    assert (low, high) == pytest.approx((0.3 - 1.96 * 0.0145, 0.3 + 1.96 * 0.0145), abs=0.006)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_times_that_are_shifted_and_units_that_are_renamed_change_no_likeness(level):
    random = np.random.default_rng(level)
    times, units = random.integers(1, 9, 60).astype(float), random.integers(level + 1, size=60)
    one, other = likeness.intraclass(times, units), likeness.intraclass(times + 100, 7 - units)
    assert other == pytest.approx(one, nan_ok=True)


# What the public data are known to show.


def test_physicians_are_as_known(public_data):
    data = public_sets.physicians(public_data)
    found = exposure.thresholds(exposure.at_adoption(data))
    assert [round(x, 2) for x in found] == [0.46, 0.43, 0.39]
    assert round(likeness.rank_correlation_inside(data.ties.looked_at, data.ranked, data.units["city"]), 2) == -0.28
    assert round(likeness.intraclass(data.ranked, data.units["city"]).value, 2) == -0.01
    moran = likeness.moran_test(data.ranked, data.ties, data.units["city"])
    assert round(moran.value, 2) == 0.02
    assert moran.p_value == pytest.approx(0.34, abs=0.05)
    shares = likeness.shares_by_unit(data.adopted, data.units["city"])
    assert (round(shares.min(), 2), round(shares.max(), 2), round(shares.std(ddof=1), 2)) == (0.81, 0.89, 0.04)


def test_villages_are_as_known(public_data):
    data = public_sets.villagers(public_data)
    found = exposure.thresholds(exposure.at_adoption(data))
    assert [round(x, 2) for x in found] == [0.36, 0.34, 0.34]
    assert round(likeness.rank_correlation_inside(data.ties.looked_at, data.ranked, data.units["village"]), 2) == -0.30
    assert round(likeness.intraclass(data.ranked, data.units["village"]).value, 2) == 0.04
    moran = likeness.moran_test(data.ranked, data.ties, data.units["village"], 199)
    assert (round(moran.value, 2), round(moran.expected, 2), moran.p_value) == (0.21, 0.04, 1 / 200)
    shares = likeness.shares_by_unit(data.adopted, data.units["village"])
    assert (round(shares.min(), 2), round(shares.max(), 2), round(shares.std(ddof=1), 2)) == (0.42, 0.83, 0.12)


def test_practices_are_as_known(public_data):
    data = public_sets.practices(public_data)
    of_all = {level: likeness.intraclass(data.ranked, units).value for level, units in data.units.items()}
    assert round(of_all["pct"], 2) == 0.34
    assert round(of_all["STP_CODE"], 2) == 0.21
    assert round(of_all["COMM_REGION_CODE"], 2) == 0.08
    assert round(of_all["system"], 2) == 0.03
    adopters = data.adopted
    assert round(likeness.intraclass(data.times[adopters], data.units["pct"][adopters]).value, 2) == 0.23
    shares = likeness.shares_by_unit(adopters, data.units["pct"], 10)
    assert [round(x, 2) for x in np.quantile(shares, [0, 0.1, 0.5, 0.9, 1])] == [0.1, 0.55, 0.92, 1.0, 1.0]


@pytest.mark.parametrize(
    ("load", "r2", "years", "steps"),
    [("physicians", 0.995, 1.0, 12), ("villagers", 0.998, 7.6, 1), ("practices", 0.998, 1.9, 12)],
)
def test_the_fit_of_bass_and_the_duration_are_as_known(public_data, load, r2, years, steps):
    data = getattr(public_sets, load)(public_data)
    grid = np.arange(1.0, data.end + 1)
    shares = curve.cumulative(data.times, grid)
    assert round(curve.bass(grid, shares).r2, 3) == r2
    assert round(curve.duration(np.r_[0, grid], np.r_[0, shares]) / steps, 1) == years


@pytest.mark.parametrize(("load", "p", "q", "m"), [("physicians", 0.088, 0.14, 0.92), ("villagers", 0.085, 0.10, 0.91)])
def test_the_likeliest_curves_of_bass_are_as_known(public_data, load, p, q, m):
    data = getattr(public_sets, load)(public_data)._replace(ties=None, units={})
    found = description.described(data, description.Options(draws=2))
    assert [round(found[f"bass_ml_{name}"].value, places) for name, places in (("p", 3), ("q", 2), ("m", 2))] == [
        p,
        q,
        m,
    ]


def test_the_curve_of_practices_is_as_known_where_its_clock_starts_after_two_years(public_data):
    data = public_sets.practices(public_data)._replace(units={})
    found = description.described(data, description.Options(draws=2, fit_from=24.0))
    known = {"bass_p": 0.0052, "bass_q": 0.158, "bass_m": 0.85, "bass_r2": 0.998}
    assert {name: round(found[name].value, len(f"{value}") - 2) for name, value in known.items()} == known


@pytest.mark.parametrize(("load", "known"), [("physicians", (0.83, 0.43, 1.6)), ("villagers", (2.3, 1.8, 3.0))])
def test_exposure_helps_villagers_and_not_evidently_physicians_as_is_known(public_data, load, known):
    data = getattr(public_sets, load)(public_data)
    found = hazard.odds_ratio(hazard.person_periods(data, among_all=True))
    assert tuple(float(f"{x:.2g}") for x in found[:3]) == known
    without = hazard.odds_ratio(hazard.person_periods(data))  # those who look to nobody left out, nothing held alike
    assert (without.low > 1) == (known[1] > 1)


def test_size_and_place_go_little_with_the_time_of_practices(public_data):
    data = public_sets.practices(public_data)
    for column, known in (("list_size", -0.09), ("imd", 0.14)):
        numbers = public_sets.practice_numbers(public_data, column)
        there = ~np.isnan(numbers)
        assert round(likeness.rank_correlation_inside(numbers[there], data.ranked[there]), 2) == known


def test_a_statistic_of_nothing_is_no_number():
    assert isnan(curve.bass([1, 2, 3, 4], [0, 0, 0, 0]).p)
    assert isnan(likeness.intraclass([1.0, 1.0, 1.0], [0, 1, 1]).value)
    assert isnan(exposure.thresholds(np.array([nan, nan])).mean)


@st.composite
def any_data(draw):
    """Draw few people, some of whom adopt, with any ties and units, some of them unknown."""
    people, end = draw(st.integers(1, 12)), draw(st.integers(1, 6))
    times = draw(st.lists(st.one_of(st.just(inf), st.integers(0, end)), min_size=people, max_size=people))
    ends = st.integers(0, people - 1)
    pairs = np.array(draw(st.lists(st.tuples(ends, ends), max_size=30)), np.int64).reshape(-1, 2)
    units = np.array(draw(st.lists(st.integers(-1, 2), min_size=people, max_size=people)), np.int32)
    ties = Ties.of(pairs[:, 0], pairs[:, 1], people) if draw(st.booleans()) else None
    return Adoptions(np.array(times, float), np.full(people, float(end)), 0.0, float(end), {"unit": units}, ties)


@given(any_data())
def test_any_data_are_described_with_every_number_in_its_bounds(data):
    found = description.described(data, description.Options(2.0, 1, 19, 2))
    for one in found.statistics:
        assert isnan(one.low) or one.low <= one.high
        if one.name.startswith(("final_share", "exposure", "share_median", "steepest", "susceptibility")):
            assert isnan(one.value) or 0.0 <= one.value <= 1.0


@pytest.mark.parametrize(("times", "is_drawn"), [([1, 2, 2, 3, 4, 6, np.inf], True), ([1, 1, np.inf], False)])
def test_the_curve_of_bass_is_drawn_and_spoken_of_where_there_is_one(times, is_drawn):
    data = adoptions(times)
    picture = adoption_picture(described(data), data, "")
    legend = [each.get_text() for each in picture.axes[0].get_legend().get_texts()]
    assert ("Bass" in legend) is is_drawn
    assert ("the curve of Bass" in " ".join(picture.texts[1].get_text().split())) is is_drawn
