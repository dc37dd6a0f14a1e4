"""The defaults leave room for leadership to matter; what the model then says is a finding, recorded here.

Every claim is about the mean of 40 paired replicates of `ics-small`, and is held when the bound lies outside the
99.9 % confidence interval of a t-test on the pairs: were the mean just at the bound, one seed in 1,000 would pass by
luck on that side. Seeds are fixed, so the tests do not flicker; a changed rule draws one new sample.
"""

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import t
from worlds import BUNDLE, HEROIC, SELFLESS

from simulation import Request, run

pytestmark = pytest.mark.slow
REPLICATES = 40
ALONE = [*BUNDLE]
ARMS = {
    "none": {},
    "plain_case": {"plain_case": 1.0},
    **{name: {name: 1.0} for name in ALONE},
    "conversations": BUNDLE,
    "bundle": {**SELFLESS, "giving": 1.0, "undeclared": 1.0},
    "selfless": SELFLESS,
    "heroic": HEROIC,
}


def curves(tactics, settings=None, weeks=260, replicates=REPLICATES):
    """Return the share adopted by replicate and week."""
    requests = [Request("ics-small", tactics, settings or {}, weeks, replicate=r) for r in range(replicates)]
    return np.array([run(request).adopted_share for request in requests])


@pytest.fixture(scope="module")
def five_years():
    return {arm: curves(tactics) for arm, tactics in ARMS.items()}


def interval(values, confidence=0.999):
    """Return the two-sided confidence interval of a mean."""
    values = np.asarray(values)
    half = t.isf((1.0 - confidence) / 2.0, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values))
    return values.mean() - half, values.mean() + half


def is_above(values, bound):
    return interval(values)[0] > bound


def is_below(values, bound):
    return interval(values)[1] < bound


# Five years


def test_without_leaders_well_under_half_adopt_in_five_years(five_years):
    assert is_below(five_years["none"][:, -1], 0.40)


def test_without_leaders_the_change_dies_in_some_runs_and_spreads_in_others(five_years):
    start = five_years["none"][:, 0].mean()
    assert five_years["none"][:, -1].min() < start
    assert five_years["none"][:, -1].max() > 5 * start


def test_all_tactics_together_bring_more_than_sixty_per_cent_in_five_years(five_years):
    assert is_above(five_years["bundle"][:, -1], 0.60)


@pytest.mark.parametrize("arm", ["conversations", "selfless"])
def test_all_conversations_together_bring_more_than_forty_per_cent_in_five_years(five_years, arm):
    assert is_above(five_years[arm][:, -1], 0.40)


@pytest.mark.parametrize("arm", ARMS)
def test_no_tactic_and_no_bundle_tips_every_run(five_years, arm):
    """Turnover keeps adoption below 96 %; where four fifths have adopted a run has tipped."""
    assert (five_years[arm][:, -1] > 0.80).mean() < 0.95


@pytest.mark.parametrize("arm", [*ALONE, "conversations", "bundle", "selfless", "heroic"])
def test_a_difference_can_be_seen_by_two_years(five_years, arm):
    assert is_above(five_years[arm][:, 104] - five_years["none"][:, 104], 0.0)


def test_no_conversation_alone_does_what_the_bundle_does(five_years):
    for arm in ALONE:
        assert is_above(five_years["bundle"][:, -1] - five_years[arm][:, -1], 0.0), arm


def test_single_tactics_are_apart_from_one_another(five_years):
    ends = {arm: five_years[arm][:, -1] for arm in ["plain_case", *ALONE]}
    means = sorted(float(values.mean()) for values in ends.values())
    assert means[-1] - means[0] > 0.25
    apart = [one for one in combinations(ends, 2) if not _straddles(ends[one[0]] - ends[one[1]])]
    assert len(apart) >= len(list(combinations(ends, 2))) // 2


def _straddles(differences):
    low, high = interval(differences)
    return low <= 0.0 <= high


def test_runs_of_one_arm_differ_as_luck_has_it(five_years):
    assert five_years["conversations"][:, -1].std(ddof=1) > 0.05


# Heroic leaders: they trail because they tell rather than ask; who takes the credit hardly matters (docs/findings.md)


def test_heroes_with_the_same_conversations_end_behind_leaders_who_forgo_the_credit(five_years):
    assert is_below(five_years["heroic"][:, -1] - five_years["selfless"][:, -1], 0.0)


def test_heroes_with_the_same_conversations_still_achieve_more_than_no_leaders(five_years):
    assert is_above(five_years["heroic"][:, -1] - five_years["none"][:, -1], 0.0)


SWAYED = {"population.ego": 0.1, "population.ego_by_tier": 0.0, "telling.pull": 0.5}
"""Staff with little ego, whom a commanding presence sways: within the declared ranges.

With egos of .1 to .2 and a pull of .5 to 1 heroes lead by about a point in weeks 13 to 26, and trail from the second or
third year on. With the defaults (egos of .35, pull .2) they lead by a tenth of a point at most, and not for sure.
"""


@pytest.fixture(scope="module")
def swayed():
    """What heroes are ahead by, by replicate and week, where staff are easily swayed."""
    return curves(HEROIC, SWAYED, 104, 40) - curves(SELFLESS, SWAYED, 104, 40)


@pytest.mark.parametrize("week", [13, 20])
def test_where_staff_are_easily_swayed_heroes_are_ahead_at_first(swayed, week):
    assert is_above(swayed[:, week], 0.0)


def test_where_staff_are_easily_swayed_heroes_are_behind_later(swayed):
    assert is_below(swayed[:, 104], 0.0)


# One year's trial

TRIAL = {"population.adopters": 0.5, "population.gates_open": True}


@pytest.fixture(scope="module")
def trial():
    """Points gained in a year over the same luck without leaders, by arm and replicate."""
    without = curves({}, TRIAL, 52)[:, -1]
    return {arm: 100.0 * (curves(ARMS[arm], TRIAL, 52)[:, -1] - without) for arm in ARMS if arm != "none"}


def test_a_year_of_most_conversations_gains_four_to_fifteen_points(trial):
    inside = [arm for arm in ALONE if interval(trial[arm])[1] >= 4.0 and interval(trial[arm])[0] <= 15.0]
    assert len(inside) > len(ALONE) / 2
    assert 4.0 <= np.mean([trial[arm].mean() for arm in ALONE]) <= 15.0


@pytest.mark.parametrize("arm", ALONE)
def test_a_year_of_no_conversation_gains_less_than_one_or_more_than_fifteen_points(trial, arm):
    assert is_above(trial[arm], 1.0)
    assert is_below(trial[arm], 15.0)


@pytest.mark.parametrize("arm", [arm for arm in ARMS if arm != "none"])
def test_a_year_of_no_arm_gains_more_than_25_points_on_average(trial, arm):
    assert is_below(trial[arm], 25.0)


def test_a_year_of_the_plain_case_gains_least(trial):
    assert all(is_above(trial[arm] - trial["plain_case"], 0.0) for arm in ALONE)


# Harm


def refusals(benefit):
    """Return the share of organisations that commit to a change, by replicate."""
    settings = {"nature.benefit": benefit, "nature.claimed": 1.0, "population.adopters": 0.1, "gates.approvals": 2}
    requests = [Request("ics-small", SELFLESS, settings, 156, replicate=r) for r in range(REPLICATES)]
    return np.array([run(request).observables["organisations_committed"] for request in requests])


def test_approvals_stop_a_harmful_change_more_often_than_a_good_one():
    assert is_above(refusals(1.0) - refusals(-1.0), 0.0)


def test_a_harmful_change_spreads_less_and_costs_patients():
    good, harmful = (
        [run(Request("ics-small", SELFLESS, {"nature.benefit": benefit}, replicate=r)) for r in range(REPLICATES)]
        for benefit in (1.0, -1.0)
    )
    spread = [g.adopted_share[-1] - h.adopted_share[-1] for g, h in zip(good, harmful, strict=True)]
    assert is_above(np.array(spread), 0.0)
    assert is_below(np.array([h.observables["patient_benefit"] for h in harmful]), 0.0)


def test_without_approvals_and_vetoes_harm_goes_further():
    def adopted(settings):
        return curves(SELFLESS, {"nature.benefit": -1.0, **settings})[:, -1]

    assert is_above(adopted({"gates.approvals": 0}) - adopted({"gates.approvals": 3}), 0.0)
