"""The defaults leave room for leadership to matter; what the model then says is a finding, recorded here.

Every claim is about the mean of 40 paired replicates of `ics-small`, and is held when the bound lies outside the
99.9 % confidence interval of a t-test on the pairs: were the mean just at the bound, one seed in 1,000 would pass by
luck on that side. Seeds are fixed, so the tests do not flicker; a changed rule draws one new sample.
"""

from itertools import combinations

import numpy as np
import pytest
from scipy.stats import binomtest, t
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
    "bundle": {**SELFLESS, "giving": 1.0, "undeclared": 1.0, "asking": 1.0},
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


def are_mostly_above_nought(differences):
    """Return whether more than half the pairs are ahead, by a sign test that luck passes in one seed of 1,000."""
    return binomtest(int((differences > 0.0).sum()), len(differences), alternative="greater").pvalue < 0.001


# Five years


def test_without_leaders_well_under_half_adopt_in_five_years(five_years):
    assert is_below(five_years["none"][:, -1], 0.40)
    assert np.median(five_years["none"][:, -1]) < 0.15


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


@pytest.mark.parametrize("arm", ["conversations", "bundle", "selfless", "heroic"])
def test_a_difference_can_be_seen_by_two_years(five_years, arm):
    assert is_above(five_years[arm][:, 104] - five_years["none"][:, 104], 0.0)


@pytest.mark.parametrize("arm", ALONE)
def test_every_conversation_alone_helps_in_most_pairs_within_five_years(five_years, arm):
    """By two years all but the coalition, which first needs people who have adopted; the means have heavy tails."""
    week = 260 if arm == "coalition" else 104
    assert are_mostly_above_nought(five_years[arm][:, week] - five_years["none"][:, week])


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


# Heroic leaders


def test_heroes_with_the_same_conversations_end_behind_leaders_who_forgo_the_credit(five_years):
    assert is_below(five_years["heroic"][:, -1] - five_years["selfless"][:, -1], 0.0)


def test_heroes_with_the_same_conversations_still_achieve_more_than_no_leaders(five_years):
    assert is_above(five_years["heroic"][:, -1] - five_years["none"][:, -1], 0.0)


SWAYED = {"population.ego": 0.1, "population.ego_by_tier": 0.0}
"""Staff with little ego, whom a commanding presence draws: within the declared ranges.

There heroes lead by half a point in the first months, and trail from the second year on. With the defaults (egos of .35
and more) they lead by a fifth of a point in the first quarter, and not for sure.
"""


@pytest.fixture(scope="module")
def swayed():
    """What heroes are ahead by, by replicate and week, where staff are easily swayed."""
    return curves(HEROIC, SWAYED, 104) - curves(SELFLESS, SWAYED, 104)


@pytest.mark.parametrize("week", [13, 20])
def test_where_staff_are_easily_swayed_heroes_are_ahead_at_first(swayed, week):
    assert is_above(swayed[:, week], 0.0)


def test_where_staff_are_easily_swayed_heroes_are_behind_later(swayed):
    assert is_below(swayed[:, 104], 0.0)


# One year's trial

TRIAL = {"population.adopters": 0.5, "population.gates_open": True, "appraisal.start": -3.9}
"""Half have adopted and gates are open. With the system's own start that tips, which is the point of the model; a trial's
control group must stay where it is, so the trial's change has a start of its own, found by bisection."""


@pytest.fixture(scope="module")
def control():
    """The share adopted after a year without leaders, by replicate."""
    return curves({}, TRIAL, 52)[:, -1]


@pytest.fixture(scope="module")
def trial(control):
    """Points gained in a year over the same luck without leaders, by arm and replicate."""
    return {arm: 100.0 * (curves(ARMS[arm], TRIAL, 52)[:, -1] - control) for arm in ARMS if arm != "none"}


def test_the_control_of_the_trial_stays_within_five_points(control):
    assert abs(control.mean() - 0.5) < 0.05


@pytest.mark.parametrize("arm", ["plain_case", *ALONE])
def test_a_year_of_any_conversation_gains_a_point_to_fifteen(trial, arm):
    assert is_above(trial[arm], 0.5)
    assert is_below(trial[arm], 15.0)


@pytest.mark.parametrize("arm", ["conversations", "selfless", "heroic"])
def test_a_year_of_no_bundle_gains_more_than_25_points_on_average(trial, arm):
    assert is_below(trial[arm], 25.0)


# Harm and evidence


KNOWN_HARM = {"nature.benefit": -1.0, "nature.claimed": -1.0, "appraisal.start": -0.6}
"""A change that everyone knows to do harm, with a start eased so far that it could spread at all."""


@pytest.mark.parametrize("arm", ["plain_case", *ALONE, "selfless"])
def test_what_is_known_to_do_harm_is_carried_by_no_conversation(arm):
    carried = curves(ARMS[arm], KNOWN_HARM)[:, -1] - curves({}, KNOWN_HARM)[:, -1]
    assert is_below(carried, 0.02)


@pytest.mark.parametrize("arm", ["plain_case", "seeding", "higher_goals", "selfless"])
def test_without_evidence_conversations_gain_less(five_years, arm):
    bare = {"nature.evidence": 0.0}
    gained = five_years[arm][:, -1] - five_years["none"][:, -1]
    assert are_mostly_above_nought(gained - (curves(ARMS[arm], bare)[:, -1] - curves({}, bare)[:, -1]))


def test_a_wholly_distorted_idea_spreads_less_than_a_true_one(five_years):
    distorted = curves({"seeding": 1.0}, {"ideas.mutation": 1.0, "ideas.fidelity": 0.0})[:, -1]
    assert is_below(distorted - five_years["seeding"][:, -1], 0.0)


# What no longer follows from form


def test_without_pressure_costs_remain():
    assert is_below(curves({}, {"pressure.on": False})[:, -1], 0.70)


def test_orders_become_practice_in_part():
    requests = [Request("ics-small", {"line_authority": 1.0}, weeks=156, replicate=r) for r in range(REPLICATES)]
    runs = [run(request) for request in requests]
    enacted = np.array([r.adopted_share[-1] / r.declared_share[-1] for r in runs])
    assert is_above(enacted, 0.25)
    assert is_below(enacted, 0.70)


def test_thresholds_bind():
    least, most = (curves(SELFLESS, {"contagion.threshold": mean})[:, -1] for mean in (0.0, 0.4))
    assert is_above(least - most, 0.0)


# Harm that nobody knows of


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


def test_without_approvals_and_vetoes_harm_that_hardly_shows_goes_further():
    def adopted(settings):
        return curves(SELFLESS, {"nature.benefit": -1.0, "nature.experience": 0.001, **settings})[:, -1]

    assert is_above(adopted({"gates.approvals": 0}) - adopted({"gates.approvals": 3}), 0.0)
