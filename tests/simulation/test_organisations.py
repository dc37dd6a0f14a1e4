"""Organisations at week 0: how many, of what size, in which order, and for whom their staff stand."""

import numpy as np
import pytest
from worlds import at_start

from simulation.entities import KINDS
from simulation.initialisation.organisations import REAL_TIERS, SAMPLE_TIERS, _sizes_of_systems


def kinds_of(built):
    return np.repeat(built.organisations["kind"], built.organisations["end"] - built.organisations["first"])


def test_staff_stand_in_organisation_order_and_every_organisation_knows_its_rows(sample):
    organisations = sample.organisations
    assert organisations["first"][0] == 0 and organisations["end"][-1] == len(sample.staff)
    assert (organisations["first"][1:] == organisations["end"][:-1]).all()
    for o, organisation in enumerate(organisations):
        rows = sample.staff[organisation["first"] : organisation["end"]]
        assert (rows["organisation"] == o).all()
        assert (np.diff(rows["tier"]) >= 0).all()
        assert organisation["weight"] == rows["weight"].sum()


def test_systems_stand_together_and_within_them_kinds():
    organisations = at_start("england-2022").organisations
    code = organisations["system"].astype(int) * 100 + organisations["kind"]
    assert (np.diff(code) >= 0).all()


def test_a_sample_stands_for_the_real_headcount(sample, everyone):
    """Weights are kept in 1/1024, so each organisation is right to a thousandth of its staff."""
    assert sample.organisations["weight"] == pytest.approx(everyone.organisations["weight"], rel=1e-3)


def test_with_everyone_simulated_each_stands_for_themselves(everyone):
    assert (everyone.staff["weight"] == 1024).all()


def test_mean_headcount_is_that_of_the_scenario():
    """Of 840 providers with mean 80 and log spread 0.6: the mean misses by five standard errors once in a million."""
    built = at_start("england-2022")
    providers = built.organisations[built.organisations["kind"] == KINDS.index("care_provider")]["weight"] / 1024
    assert abs(providers.mean() - 80) < 5 * providers.std() / np.sqrt(len(providers)) + 0.5  # half a person of rounding


def test_each_tier_has_its_real_share_of_the_people_represented(sample, everyone):
    for built in (sample, everyone):
        acute = kinds_of(built) == KINDS.index("acute")
        people = np.bincount(built.staff["tier"][acute], built.staff["weight"][acute], minlength=4)
        assert people / people.sum() == pytest.approx(REAL_TIERS["acute"], abs=2e-3)


def test_a_sample_has_more_from_the_top(sample):
    acute = kinds_of(sample) == KINDS.index("acute")
    simulated = np.bincount(sample.staff["tier"][acute], minlength=4)
    assert simulated / simulated.sum() == pytest.approx(SAMPLE_TIERS, abs=0.02)


def test_every_tier_of_every_organisation_has_somebody(sample):
    for organisation in sample.organisations:
        assert set(sample.staff["tier"][organisation["first"] : organisation["end"]]) == {0, 1, 2, 3}


def test_conversations_reach_as_many_circles_in_a_sample_as_with_everyone(sample, everyone):
    assert len(sample.circles) == len(everyone.circles)
    assert (np.diff(sample.circles) == 1).all()
    assert everyone.circles[-1] == len(everyone.staff)
    inside = everyone.staff["circle"]
    assert (np.diff(inside) >= 0).all() and inside[-1] == len(everyone.circles) - 2


@pytest.mark.parametrize("count, systems", [(42, 42), (43, 42), (1254, 42), (213, 10), (5, 5), (3, 7), (1, 1)])
def test_organisations_are_dealt_out_in_full_and_evenly_enough(count, systems):
    sizes = _sizes_of_systems(count, systems)
    assert sum(sizes) == count
    assert min(sizes) >= (1 if count >= systems else 0)


def test_organisations_are_the_same_in_a_sample_and_with_everyone(sample, everyone):
    for trait in ("cost", "gain", "fit", "competition", "pride", "demand"):
        assert sample.organisations[trait].tobytes() == everyone.organisations[trait].tobytes()
    assert sample.leaders.tobytes() == everyone.leaders.tobytes()
