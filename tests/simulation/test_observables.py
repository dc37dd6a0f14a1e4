"""Observables are what they say, on runs made up by hand."""

import numpy as np
import pytest
from worlds import lived

from simulation import Request, clustering, observables, run, running
from simulation.entities import ADOPTED, PROFESSIONS, TIERS
from simulation.observables import OBSERVABLES

MIX = {"others_shoes": 0.75, "seeding": 0.25}


def test_all_variance_between_systems_is_a_correlation_of_one():
    assert clustering.intraclass([0.2, 0.2, 0.8, 0.8], [0, 0, 1, 1]) == pytest.approx(1.0)


def test_the_intraclass_correlation_is_that_of_the_analysis_of_variance():
    """Two systems of three: mean squares between and within of .06 and .01 give (.06 - .01) / (.06 + 2 * .01)."""
    shares = [0.2, 0.3, 0.4, 0.4, 0.5, 0.6]
    assert clustering.intraclass(shares, [0, 0, 0, 1, 1, 1]) == pytest.approx(0.05 / 0.08)


@pytest.mark.parametrize("systems, shares", [([0, 0], [0.1, 0.9]), ([0, 0, 1], [0.5, 0.5, 0.5]), ([0, 1], [0.1, 0.9])])
def test_one_system_no_variance_or_one_organisation_each_has_no_correlation(systems, shares):
    assert clustering.intraclass(shares, systems) is None


def test_an_organisation_adopts_when_half_of_its_people_have():
    assert clustering.half_times([3.0, 1.0, 10.0, 10.0, 10.0, 7.0], [0, 0, 0, 1, 1, 2]).tolist() == [3.0, 10.0, 7.0]


@pytest.mark.parametrize("engine", ["compiled", "agents"])
def test_who_adopts_at_one_time_is_told_from_the_weeks_in_which_posts_first_had_an_adopter(engine):
    """Where nobody leaves, the posts that have had an adopter are those whose people have adopted in some week."""
    settings = {"turnover.on": False, "contagion.steady_lapsing": 0.05, "contagion.spontaneous": 0.05}
    request = Request("tiny", {}, settings, weeks=20, engine=engine)
    _, world, phases = running.prepared(request)
    ever, first = world.staff["stage"] == ADOPTED, np.full(len(world.staff), 21.0)
    first[ever] = 0.0
    for week in range(20):
        running.engine_named(engine).advance(world, phases[0].settings, phases[0].plan, week, week + 1)
        new = (world.staff["stage"] == ADOPTED) & ~ever
        first[new], ever = week + 1.0, ever | new
    assert 0 < ever.sum() < len(ever)
    assert (clustering.adoption_times(world, 20) == first).all()
    found = run(request).observables
    assert found["organisation_time_icc"] == clustering.intraclass(first, world.staff["organisation"])
    assert found["system_time_icc"] is None  # there is one


def test_a_post_keeps_the_week_of_its_first_adopter_when_somebody_else_takes_it():
    settings = {"population.adopters": 1.0, "turnover.staff": 1.0, "turnover.experienced": 0.0}
    world = lived(Request("tiny", {}, settings, weeks=26))
    assert (world.staff["stage"] != ADOPTED).any()
    assert (world.staff["first_adopted"] == 0).all()


@pytest.mark.parametrize(
    "hours, expected",
    [
        ([0.0] * 60, None),  # nobody led
        ([float(week) for week in range(60)], None),  # nobody left
        ([min(week, 20.0) for week in range(60)], 0.5),
        ([min(week, 50.0) for week in range(60)], None),  # gone for too short a time to say
    ],
)
def test_what_lasts_is_counted_from_when_the_last_leader_left(hours, expected):
    adopted = np.linspace(0.0, 0.4, 21).tolist() + [0.2] * 39
    found = observables._sustained(adopted, hours)
    assert found == (None if expected is None else pytest.approx(expected))


def test_leaders_who_leave_are_noticed():
    left = run(Request("tiny", {"others_shoes": 1.0}, {"turnover.exit": 52}, weeks=156)).observables
    stayed = run(Request("tiny", {"others_shoes": 1.0}, weeks=156)).observables
    assert left["sustained_after_exit"] is not None
    assert stayed["sustained_after_exit"] is None


def test_a_year_of_full_adoption_is_one_year_of_benefit():
    settings = {"population.adopters": 1.0, "contagion.lapse": False, "turnover.on": False}
    assert run(Request("tiny", {}, settings, weeks=52)).observables["patient_benefit"] == pytest.approx(1.0, abs=1e-6)


def test_every_observable_is_given_by_name():
    assert set(run(Request("tiny", weeks=2)).observables) == set(OBSERVABLES)


def test_shares_by_group_add_up_to_the_whole():
    result = run(Request("ics-small", {"others_shoes": 1.0}, weeks=30))
    staff = lived(Request("ics-small", {"others_shoes": 1.0}, weeks=30)).staff
    for field, names, shares in (("tier", TIERS, result.by_tier), ("profession", PROFESSIONS, result.by_profession)):
        people = {name: staff["weight"][staff[field] == names.index(name)].sum() for name in shares}
        assert sum(people.values()) == staff["weight"].sum()
        whole = sum(people[name] * share for name, share in shares.items()) / staff["weight"].sum()
        assert np.allclose(whole, result.adopted_share, rtol=1e-12)
    people = {kind: sum(o["staff"] for o in result.organisations if o["kind"] == kind) for kind in result.by_kind}
    whole = sum(people[kind] * share for kind, share in result.by_kind.items()) / sum(people.values())
    assert np.allclose(whole, result.adopted_share, atol=1e-3)


def test_conversations_are_counted_by_tactic():
    result = run(Request("ics-small", MIX, weeks=52))
    assert set(result.conversations) == set(MIX)
    assert sum(held for held, _ in result.conversations.values()) == result.observables["conversations"]
    failed = sum(held * share for held, share in result.conversations.values()) / result.observables["conversations"]
    assert failed == pytest.approx(result.observables["conversations_failed"])
