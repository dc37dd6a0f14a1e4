"""The model becomes textbook models by parameters alone, and matches their closed forms.

Unless stated otherwise a mean of a correct model lies within four of its standard errors, which fails for about one
seed in 16,000; a chi-square test refuses one seed in 10,000.
"""

import math
import tomllib
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import binom, chisquare, norm
from worlds import lived

import simulation
from simulation import Request, run

PRESETS = Path(simulation.__file__).parent / "scenarios"


def within_errors(values, exact, errors=4.0):
    """Return whether the mean of independent values lies within so many standard errors of what is exact."""
    values = np.asarray(values, float)
    return abs(values.mean() - exact) <= errors * values.std(ddof=1) / math.sqrt(len(values))


def own_scenario(folder, preset, **tables):
    """Write a scenario of one's own tables, with the settings of a preset, and return its path."""
    settings = tomllib.loads((PRESETS / f"{preset}.toml").read_text(encoding="utf-8"))["settings"]
    spelt = {True: "true", False: "false"}
    lines = ['title = "own"', "systems = 1", *(["directed = true"] if "ties" in tables else []), "[tables]"]
    lines += [f'{name} = "{name}.csv"' for name in tables]
    lines += ["[settings]"]
    lines += [f'"{name}" = {spelt[value] if isinstance(value, bool) else value}' for name, value in settings.items()]
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(",".join(map(str, row)) for row in rows) + "\n")
    (folder / "own.toml").write_text("\n".join(lines).replace("systems = 1\n", ""))
    return str(folder / "own.toml")


# Independent adoption, with censoring


@pytest.fixture(scope="module")
def independent():
    """The share adopted of 2,000 teams of 100, week by week, shape (weeks + 1, teams)."""
    runs = [run(Request("limit-independent", weeks=40, replicate=r)).by_organisation for r in range(2)]
    return np.concatenate(runs, axis=1)


def weeks_to_half(shares, horizon):
    """Return the first week with half a team adopted, or one beyond the horizon."""
    reached = shares >= 0.5 - 1e-6
    return np.where(reached.any(axis=0), reached.argmax(axis=0), horizon + 1)


@pytest.mark.parametrize(("week", "surviving"), [(10, 0.817073), (20, 0.667608), (40, 0.445700)])
def test_a_constant_hazard_gives_geometric_waiting_times(independent, week, surviving):
    assert independent.shape == (41, 2_000)
    assert within_errors(1.0 - independent[week], surviving)


def test_the_restricted_mean_waiting_time_is_the_geometric_one(independent):
    assert within_errors((1.0 - independent[:40]).sum(axis=0), 27.714980)


@pytest.mark.parametrize(("week", "probability"), [(30, 0.207860), (35, 0.594361), (40, 1.0 - 0.116641)])
def test_teams_reach_half_as_late_as_they_should(independent, week, probability):
    assert within_errors(weeks_to_half(independent, 40) <= week, probability)


def test_the_restricted_mean_time_to_half_counts_those_who_never_got_there(independent):
    assert within_errors(np.minimum(weeks_to_half(independent, 40), 40), 34.176172)


def test_the_number_adopted_in_a_team_is_binomial(independent):
    counts = np.round(independent[20] * 100).astype(int)
    law = binom(100, 1.0 - 0.98**20)
    ends = law.ppf(np.linspace(0, 1, 13)[1:-1]).astype(int)  # the highest count of each cell but the last
    expected = np.diff(np.concatenate([[0.0], law.cdf(ends), [1.0]]))
    observed = np.bincount(np.searchsorted(ends, counts), minlength=len(expected))
    assert chisquare(observed, expected * len(counts)).pvalue > 1e-4


# Chain binomial on a complete network

MANY, FEW = 1_000, 20


def chain(weeks):
    """Return the law of the number who have adopted, by week, shape (weeks + 1, 21)."""
    law = np.zeros((weeks + 1, FEW + 1))
    law[0, 1] = 1.0
    for week in range(weeks):
        for k in range(1, FEW + 1):
            law[week + 1, k:] += law[week, k] * binom.pmf(np.arange(FEW + 1 - k), FEW - k, 1.0 - 0.98**k)
    return law


@pytest.fixture(scope="module")
def chains(tmp_path_factory):
    """The number adopted in 20,000 complete networks of 20 people, shape (weeks + 1, networks)."""
    people = [(f"p{n}-{i}", f"o{n}", "adopted" if i == 0 else "aware") for n in range(MANY) for i in range(FEW)]
    ties = [(f"p{n}-{i}", f"p{n}-{j}") for n in range(MANY) for i in range(FEW) for j in range(FEW) if i != j]
    scenario = own_scenario(
        tmp_path_factory.mktemp("chains"),
        "limit-independent",
        staff=[("id", "organisation", "stage"), *people],
        ties=[("source", "target"), *ties],
    )
    settings = {
        "influence.on": True,
        "influence.awareness": 0.0,
        "contagion.spontaneous": 0.0,
        "contagion.contact": -(FEW - 1) * math.log(0.98),
    }
    runs = [run(Request(scenario, {}, settings, weeks=20, replicate=r)).by_organisation for r in range(20)]
    return np.round(np.concatenate(runs, axis=1) * FEW).astype(int)


@pytest.mark.slow
def test_every_chain_begins_with_one(chains):
    assert chains.shape == (21, 20 * MANY)
    assert (chains[0] == 1).all()


@pytest.mark.slow
@pytest.mark.parametrize(("week", "mean"), [(5, 4.340739), (10, 11.061566), (20, 19.116486)])
def test_a_chain_grows_as_the_chain_binomial_does(chains, week, mean):
    assert (np.arange(FEW + 1) * chain(week)[week]).sum() == pytest.approx(mean, abs=1e-6)
    assert within_errors(chains[week], mean)


@pytest.mark.slow
def test_chains_vary_as_the_chain_binomial_does(chains):
    """The law of 20,000 chains in week 10; a correct model fails for one seed in 10,000."""
    law = chain(10)[10][1:] * chains.shape[1]
    assert chisquare(np.bincount(chains[10], minlength=FEW + 1)[1:], law).pvalue > 1e-4


@pytest.mark.slow
@pytest.mark.parametrize(("week", "probability"), [(10, 0.632697), (15, 0.931701)])
def test_chains_reach_half_as_late_as_they_should(chains, week, probability):
    assert within_errors(chains[: week + 1].max(axis=0) >= FEW // 2, probability)


# Bass


def bass(t, p=0.03, q=0.38):
    decayed = math.exp(-(p + q) * t)
    return (1.0 - decayed) / (1.0 + q / p * decayed)


def bass_in_steps(step, years=10.0, p=0.03, q=0.38):
    share = 0.0
    for _ in range(round(years / step)):
        share += (1.0 - share) * (1.0 - math.exp(-(p + q * share) * step))
    return share


def bass_runs(step, replicates=40):
    settings = {"contagion.spontaneous": 1.0 - math.exp(-0.03 * step), "contagion.contact": 0.38 * step}
    weeks = round(10.0 / step)
    return [
        run(Request("limit-bass", {}, settings, weeks=weeks, replicate=r)).adopted_share[-1] for r in range(replicates)
    ]


@pytest.fixture(scope="module")
def coarse_and_fine():
    return np.array(bass_runs(0.5)), np.array(bass_runs(0.25))


def test_the_closed_form_and_its_steps_are_the_published_ones():
    assert bass(5.0) == pytest.approx(0.331199, abs=1e-6)
    assert bass(10.0) == pytest.approx(0.812803, abs=1e-6)
    assert bass_in_steps(0.5) == pytest.approx(0.772613, abs=1e-6)
    assert bass_in_steps(0.1) == pytest.approx(0.805038, abs=1e-6)


@pytest.mark.slow
def test_innovation_and_imitation_spread_as_bass_has_it():
    runs = [run(Request("limit-bass", weeks=100, replicate=r)).adopted_share for r in range(40)]
    assert within_errors([shares[-1] for shares in runs], 0.805038)
    assert within_errors([shares[50] for shares in runs], bass_in_steps(0.1, years=5.0))


@pytest.mark.slow
def test_halving_the_step_halves_the_distance_to_the_closed_form(coarse_and_fine):
    coarse, fine = (bass(10.0) - shares for shares in coarse_and_fine)
    ratio = coarse.mean() / fine.mean()
    relative = [d.std(ddof=1) / math.sqrt(len(d)) / d.mean() for d in (coarse, fine)]
    exact = (bass(10.0) - bass_in_steps(0.5)) / (bass(10.0) - bass_in_steps(0.25))
    assert exact == pytest.approx(2.0, abs=0.05)
    assert abs(ratio - exact) <= 4.0 * ratio * math.hypot(*relative)


@pytest.mark.slow
def test_every_step_has_its_own_exact_mean(coarse_and_fine):
    for shares, step in zip(coarse_and_fine, (0.5, 0.25), strict=True):
        assert within_errors(shares, bass_in_steps(step))


# DeGroot's consensus

WEIGHTS = [[0, 5, 0, 0, 0], [2, 0, 3, 0, 0], [0, 5, 0, 5, 0], [0, 0, 4, 0, 2], [1, 0, 0, 4, 0]]
"""Listening to the four others. Everyone also listens to themselves: what 0.6 leaves, and a twin who thinks alike."""
TWIN = [1, 1, 2, 0, 1]


@pytest.fixture(scope="module")
def consensus(tmp_path_factory):
    start = (1.0, 0.0, 0.0, 0.5, 0.2)
    people = [(f"{who}{i}", "aware", start[i]) for i in range(5) for who in "ab"]
    ties = [
        (f"{who}{j}", f"{who}{i}", weight)
        for who in "ab"
        for i, row in enumerate(WEIGHTS)
        for j, weight in enumerate(row)
        if weight
    ]
    ties += [(f"{other}{i}", f"{who}{i}", TWIN[i]) for who, other in ("ab", "ba") for i in range(5) if TWIN[i]]
    return own_scenario(
        tmp_path_factory.mktemp("consensus"),
        "limit-independent",
        staff=[("id", "stage", "conviction"), *people],
        ties=[("source", "target", "strength"), *ties],
    )


def opinions(scenario, weeks):
    settings = {"influence.on": True, "influence.listening": 0.6, "contagion.spontaneous": 0.0}
    return np.sort(lived(Request(scenario, {}, settings, weeks=weeks)).staff["conviction"])


def test_opinions_reach_degroots_consensus(consensus):
    assert opinions(consensus, 200) == pytest.approx(np.full(10, 65 / 274), abs=1e-6)


def test_one_week_of_listening_is_one_product_with_the_weights(consensus):
    matrix = np.array(
        [
            [0.5, 0.5, 0, 0, 0],
            [0.2, 0.5, 0.3, 0, 0],
            [0, 0.25, 0.5, 0.25, 0],
            [0, 0, 0.4, 0.4, 0.2],
            [0.1, 0, 0, 0.4, 0.5],
        ]
    )
    after = np.linalg.matrix_power(matrix, 3) @ [1.0, 0.0, 0.0, 0.5, 0.2]
    assert opinions(consensus, 3) == pytest.approx(np.sort(np.repeat(after, 2)), abs=1e-8)


# Granovetter's thresholds


def crowd(folder, thresholds):
    """Write a crowd of people, well mixed, with thresholds of their own; return the scenario."""
    people = [(f"p{i}", "aware", f"{max(threshold, 0.0):.12f}") for i, threshold in enumerate(thresholds)]
    return own_scenario(folder, "limit-thresholds", staff=[("id", "stage", "threshold"), *people])


def acting(scenario, count, weeks):
    return round(run(Request(scenario, weeks=weeks)).adopted_share[-1] * count)


def test_a_crowd_with_every_threshold_tips_one_by_one(tmp_path):
    ladder = [(i - 0.5) / 100 for i in range(100)]
    curve = np.round(run(Request(crowd(tmp_path, ladder), weeks=130)).adopted_share * 100)
    assert set(np.diff(curve)) == {0.0, 1.0}
    assert curve[-1] == 100


def test_the_same_crowd_stops_at_one_where_a_single_threshold_is_missing(tmp_path):
    gap = [(i - 0.5) / 100 for i in (0, 2, *range(2, 100))]
    assert acting(crowd(tmp_path, gap), 100, 110) == 1


CROWD = 10_000


def fixed_point(spread):
    """Return the lowest share at which a crowd with normal thresholds rests."""
    shares = np.linspace(0.0, 1.0, 200_001)
    above = norm.cdf((shares - 0.25) / spread) - shares
    first = int(np.argmax(above <= 0.0))
    return brentq(lambda r: norm.cdf((r - 0.25) / spread) - r, shares[first - 1], shares[first])


@pytest.mark.parametrize("spread", [0.10, 0.12, 0.13])
def test_a_crowd_with_normal_thresholds_rests_at_the_lowest_fixed_point(tmp_path, spread):
    thresholds = norm.ppf((np.arange(CROWD) + 0.5) / CROWD, 0.25, spread)
    at_rest = acting(crowd(tmp_path, thresholds), CROWD, 300)
    assert at_rest == pytest.approx(fixed_point(spread) * CROWD, abs=0.005 * CROWD)


def test_a_little_more_spread_decides_between_a_few_and_everyone():
    assert fixed_point(0.122) == pytest.approx(0.05479220, abs=1e-7)
    assert fixed_point(0.123) == pytest.approx(0.99999999946, abs=1e-9)


def test_the_preset_of_thresholds_rests_near_its_fixed_point():
    """Thresholds drawn, not quantiles: the fixed point of 10,000 has a standard deviation of about 0.7 %."""
    shares = [run(Request("limit-thresholds", weeks=120, replicate=r)).adopted_share[-1] for r in range(7)]
    assert np.median(shares) == pytest.approx(0.0402, abs=0.012)


# Adopting and giving up


@pytest.fixture(scope="module")
def two_states():
    return np.array([run(Request("limit-two-state", weeks=100, replicate=r)).adopted_share for r in range(8)])


@pytest.mark.parametrize("week", [5, 20, 100])
def test_adopting_and_giving_up_make_a_two_state_chain(two_states, week):
    assert within_errors(two_states[:, week], 0.375 * (1.0 - 0.92**week))


@pytest.mark.slow
def test_contagion_and_giving_up_settle_at_the_endemic_share():
    """SIS with the exact mean-field of one step; of 10,000 people well mixed its bias is a hundredth of an error."""
    settings = {
        "influence.on": True,
        "influence.mixing": 1.0,
        "population.ties_inside": 0.0,
        "population.adopters": 0.05,
        "contagion.spontaneous": 0.0,
        "contagion.contact": 0.2,
        "contagion.steady_lapsing": 0.1,
    }
    endemic = brentq(lambda f: (1.0 - f) * (1.0 - math.exp(-0.2 * f)) - 0.1 * f, 0.1, 0.9)
    shares = [
        run(Request("limit-two-state", {}, settings, weeks=120, replicate=r)).adopted_share[-1] for r in range(12)
    ]
    assert within_errors(shares, endemic)


def test_below_the_threshold_contagion_dies_out():
    settings = {
        "influence.on": True,
        "influence.mixing": 1.0,
        "population.ties_inside": 0.0,
        "population.adopters": 0.05,
        "contagion.spontaneous": 0.0,
        "contagion.contact": 0.05,
        "contagion.steady_lapsing": 0.1,
    }
    assert run(Request("limit-two-state", {}, settings, weeks=300)).adopted_share[-1] == 0.0
