"""Who listens to whom at week 0, and which organisations are partners."""

import numpy as np
import pytest
from worlds import at_start

from simulation import draws
from simulation.entities import ACROSS, EXECUTIVE, FRONTLINE, INSIDE, RIVAL, SENIOR
from simulation.initialisation.network import partnerships
from simulation.initialisation.organisations import world_key


def degrees(built, kinds):
    rows = np.repeat(np.arange(len(built.staff)), np.diff(built.network.start))
    return np.bincount(rows[np.isin(built.network.kinds, kinds)], minlength=len(built.staff))


def test_people_have_as_many_contacts_inside_as_the_parameter_says(everyone):
    """Wanted: six, spread evenly by three either way; only those at the top of small places find fewer."""
    inside = degrees(everyone, [INSIDE])
    staff = inside[everyone.staff["tier"] < SENIOR]
    assert abs(staff.mean() - 6.0) < 5 * staff.std() / np.sqrt(len(staff)) + 0.02


def test_people_of_a_sample_have_almost_as_many_contacts_inside(sample, everyone):
    frontline = [degrees(built, [INSIDE])[built.staff["tier"] == FRONTLINE].mean() for built in (sample, everyone)]
    assert frontline[0] == pytest.approx(frontline[1], rel=0.15)


def test_contacts_across_are_as_many_as_the_parameters_say(everyone):
    """Five standard errors, which a sound draw passes once in two million; repeated contacts cost a little."""
    across = degrees(everyone, [ACROSS, RIVAL])
    for tier in range(4):
        group = (everyone.staff["tier"] == tier) & (everyone.staff["junior"] == 0)
        wanted = 0.5 + 0.4 * tier
        slack = 5 * across[group].std() / np.sqrt(group.sum()) + 0.05 * wanted
        assert abs(across[group].mean() - wanted) < slack


def test_juniors_have_fewer_contacts_across(everyone):
    across = degrees(everyone, [ACROSS, RIVAL])
    frontline, junior = everyone.staff["tier"] == FRONTLINE, everyone.staff["junior"] == 1
    ratio = across[frontline & junior].mean() / across[frontline & ~junior].mean()
    assert ratio == pytest.approx(0.3, abs=0.05)


def test_nobody_listens_to_themselves_or_twice_to_the_same_person(sample):
    for i in range(len(sample.staff)):
        contacts = sample.network.contacts[sample.network.start[i] : sample.network.start[i + 1]].tolist()
        assert i not in contacts
        assert len(set(contacts)) == len(contacts)


def test_ties_inside_stay_inside_and_others_lead_out(sample):
    rows = np.repeat(np.arange(len(sample.staff)), np.diff(sample.network.start))
    home = sample.staff["organisation"]
    assert ((home[rows] == home[sample.network.contacts]) == (sample.network.kinds == INSIDE)).all()


def test_rivals_are_of_the_same_kind_and_system():
    built = at_start("england-2022")
    rows = np.repeat(np.arange(len(built.staff)), np.diff(built.network.start))
    rival = built.network.kinds == RIVAL
    here = built.organisations[built.staff["organisation"][rows[rival]]]
    there = built.organisations[built.staff["organisation"][built.network.contacts[rival]]]
    assert rival.sum() > 1000
    assert (here["kind"] == there["kind"]).all() and (here["system"] == there["system"]).all()


def test_partners_are_those_for_whom_the_lowest_numbers_were_drawn():
    key = world_key(seed=3, replicate=4)
    bounds = np.array([0, 6, 7, 20])
    start, partners = partnerships(bounds, 4, key)
    for first, end in ((0, 6), (6, 7), (7, 20)):
        for o in range(first, end):
            others = sorted(
                (other for other in range(first, end) if other != o),
                key=lambda other, o=o: draws.uniform(int(key), draws.PARTNERS, o, other),
            )
            assert partners[start[o] : start[o + 1]].tolist() == others[:4]


def test_executives_are_few_and_heard(sample):
    """Popularity and rank: an executive is listened to by more people than a frontline worker, on the mean."""
    listened = np.bincount(sample.network.contacts, minlength=len(sample.staff))
    tier = sample.staff["tier"]
    assert listened[tier == EXECUTIVE].mean() > listened[tier == FRONTLINE].mean()


def test_more_contacts_inside_leave_those_across_as_they_were(sample):
    other = at_start("ics-small", {"population.ties_inside": 9.0})
    for built_kind in (ACROSS, RIVAL):
        assert (
            (sample.network.contacts[sample.network.kinds == built_kind]).tolist()
            == (other.network.contacts[other.network.kinds == built_kind]).tolist()
        )


def test_where_juniors_are_not_isolated_its_parameters_change_no_tie():
    plain = at_start("ics-small", {"isolation.on": False})
    other = at_start("ics-small", {"isolation.on": False, "isolation.ties_kept": 0.9})
    assert plain.network.contacts.tobytes() == other.network.contacts.tobytes()
    assert plain.network.start.tobytes() == other.network.start.tobytes()
