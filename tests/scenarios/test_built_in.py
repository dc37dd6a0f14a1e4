"""Scenarios: every built-in one loads, is as large as its sources say, and builds."""

import csv
from statistics import median

import numpy as np
import pytest
from worlds import at_start

from simulation import Request, catalogue
from simulation.entities import KINDS
from simulation.scenario import load

NAMES = sorted(catalogue.scenarios())
ECONOMIES = [name for name in NAMES if not name.startswith("limit-")]
"""Health economies, without the limits in which the model becomes a textbook one."""
ENGLAND = ["england-2012", "england-2013", "england-2022"]
TRUSTS = ("acute", "mental_health", "community", "ambulance")


def counts(name):
    """Return how many organisations of each kind a scenario has."""
    found = dict.fromkeys(KINDS, 0)
    for row in load(name).organisations:
        found[row.kind] += row.count
    return found


def organisations_of(built, *kinds):
    return built.organisations[np.isin(built.organisations["kind"], [KINDS.index(kind) for kind in kinds])]


def people(organisations):
    return int(organisations["weight"].sum()) / 1024


def test_every_scenario_that_the_model_promises_is_there():
    promised = {"village", "tiny", "ics-small", "ics-median", "ics-large", *ENGLAND}
    assert promised <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_built_in_scenario_has_no_fault_and_says_where_it_comes_from(name):
    Request(name).check()
    assert load(name).source
    assert 20 < len(load(name).title) < 140


@pytest.mark.parametrize("name", NAMES)
def test_a_built_in_scenario_builds_with_the_organisations_it_lists(name):
    built = at_start(name)
    found = {kind: len(organisations_of(built, kind)) for kind in KINDS}
    assert found == counts(name)
    assert int(built.organisations["system"].max()) + 1 == load(name).systems


@pytest.mark.parametrize("name", ECONOMIES)
def test_staff_are_about_as_many_as_foreseen(name):
    """The top tiers of small places have too few people for a full sample of them."""
    from simulation.settings import expected_staff

    assert len(at_start(name).staff) == pytest.approx(expected_staff(load(name), 1.0), rel=0.25)


@pytest.mark.parametrize("name", ECONOMIES)
def test_every_system_has_a_trust_and_somebody_to_work_with(name):
    built = at_start(name)
    for system in range(load(name).systems):
        members = built.organisations[built.organisations["system"] == system]
        assert np.isin(members["kind"], [KINDS.index(kind) for kind in TRUSTS]).any()
        assert len(members) >= 4


@pytest.mark.parametrize("name", ECONOMIES)
def test_leaders_are_as_dense_everywhere(name):
    """Between one for 40 and one for 110 decision-relevant staff, so that scenarios differ in what they are about."""
    built = at_start(name)
    assert 40 <= len(built.staff) / len(built.leaders) <= 110


def test_a_village_is_small_enough_to_follow_everyone():
    assert 45 <= len(at_start("village").staff) <= 75


def test_england_in_2022_has_the_organisations_of_2022():
    """42 boards; 213 trusts, 122 acute and 16 specialist; 1,254 networks (ODS); 152 councils (Skills for Care)."""
    found = counts("england-2022")
    assert load("england-2022").systems == found["commissioner"] == 42
    assert sum(found[kind] for kind in TRUSTS) == 213
    assert (found["acute"], found["mental_health"], found["community"], found["ambulance"]) == (138, 50, 15, 10)
    assert (found["primary_care"], found["council"]) == (1254, 152)
    assert load("england-2022").settings["convening.kind"] == "place"


def test_every_system_of_2022_has_one_board():
    commissioners = organisations_of(at_start("england-2022"), "commissioner")
    assert sorted(commissioners["system"]) == list(range(42))


def test_the_strategic_authorities_convened_with_authority_and_were_abolished():
    """Ten authorities from July 2006; 152 primary care trusts; 211 clinical commissioning groups in April 2013."""
    before, after = load("england-2012"), load("england-2013")
    assert before.systems == after.systems == 10
    assert before.settings["convening.kind"] == "place_with_authority"
    assert after.settings["convening.kind"] == "none"
    assert (counts("england-2012")["commissioner"], counts("england-2013")["commissioner"]) == (152, 211)


@pytest.mark.parametrize("name", ENGLAND)
def test_trusts_and_general_practice_employ_about_one_and_a_half_million(name):
    """Sizes of trusts are drawn widely; the sum misses by more than 8 % once in several thousand seeds."""
    built = at_start(name)
    assert people(organisations_of(built, *TRUSTS, "primary_care")) == pytest.approx(1.5e6, rel=0.08)


@pytest.mark.parametrize("name", ENGLAND)
def test_foreseen_trust_and_practice_staff_are_one_and_a_half_million(name):
    rows = [row for row in load(name).organisations if row.kind in (*TRUSTS, "primary_care")]
    assert sum(row.count * row.staff for row in rows) == pytest.approx(1.5e6, rel=0.01)


def test_the_national_services_have_the_same_number_of_leaders():
    numbers = [load(name).systems * load(name).settings["leaders.number"] for name in ENGLAND]
    assert max(numbers) - min(numbers) <= 10


# Against public data


@pytest.fixture(scope="session")
def systems_of_2022(public_data):
    with (public_data / "ics_structure_2022.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


COLUMNS = {
    "primary_care": "pcns",
    "mental_health": "mental_health_or_combined",
    "community": "community",
    "ambulance": "ambulance",
}


def spread(rows, column):
    values = [int(row[column]) for row in rows]
    return min(values), median(values), max(values)


def test_the_median_system_has_the_medians_of_2022(systems_of_2022):
    found = counts("ics-median")
    for kind, column in COLUMNS.items():
        assert found[kind] == spread(systems_of_2022, column)[1], kind
    assert found["acute"] == spread(systems_of_2022, "acute_or_integrated")[1]
    assert abs(sum(found[kind] for kind in TRUSTS) - spread(systems_of_2022, "trusts")[1]) <= 0.5


def test_the_large_system_has_the_maxima_of_2022(systems_of_2022):
    found = counts("ics-large")
    assert found["primary_care"] == spread(systems_of_2022, "pcns")[2]
    assert sum(found[kind] for kind in TRUSTS) == spread(systems_of_2022, "trusts")[2]
    largest = max(systems_of_2022, key=lambda row: int(row["trusts"]))
    assert found["acute"] == int(largest["acute_or_integrated"]) + int(largest["specialist"])
    assert found["mental_health"] == int(largest["mental_health_or_combined"])


def test_the_small_system_lies_at_the_small_end_of_2022(systems_of_2022):
    networks = sorted(int(row["pcns"]) for row in systems_of_2022)
    assert networks[0] <= counts("ics-small")["primary_care"] <= networks[4]
    assert sum(counts("ics-small")[kind] for kind in TRUSTS) == spread(systems_of_2022, "trusts")[0]


def test_trusts_by_type_are_those_of_the_organisation_data_service(public_data):
    with (public_data / "trusts_2022.csv").open(encoding="utf-8-sig") as file:
        types = [row["type"] for row in csv.DictReader(file)]
    rows = [row for row in load("england-2022").organisations if row.kind in TRUSTS]
    expected = ["acute_or_integrated", "specialist", "mental_health_or_combined", "community", "ambulance"]
    assert [row.count for row in rows] == [types.count(kind) for kind in expected]


def test_networks_are_as_many_and_as_large_as_those_of_2022(public_data):
    with (public_data / "pcn_size_distribution_2022.csv").open(encoding="utf-8-sig") as file:
        sizes = [(int(row["practices_in_pcn"]), int(row["n_pcns"])) for row in csv.DictReader(file)]
    networks = sum(count for _, count in sizes)
    practices = sum(size * count for size, count in sizes)
    row = next(row for row in load("england-2022").organisations if row.kind == "primary_care")
    assert row.count == networks
    assert row.staff == pytest.approx(practices / networks * 23, rel=0.03)


def test_systems_of_2022_differ_in_size_as_the_real_ones_do(systems_of_2022):
    """The least and the greatest within a third, the middle within a tenth: an assumption checked, not a fit."""
    built = organisations_of(at_start("england-2022"), "primary_care")
    drawn = np.bincount(built["system"], minlength=42)
    low, middle, high = spread(systems_of_2022, "pcns")
    assert drawn.min() == pytest.approx(low, rel=0.34)
    assert np.median(drawn) == pytest.approx(middle, rel=0.1)
    assert drawn.max() == pytest.approx(high, rel=0.34)


def test_every_real_system_has_a_trust_or_two_as_every_drawn_one_has(systems_of_2022):
    low, middle, high = spread(systems_of_2022, "trusts")
    drawn = np.bincount(organisations_of(at_start("england-2022"), *TRUSTS)["system"], minlength=42)
    assert drawn.min() >= 1
    assert np.median(drawn) == pytest.approx(middle, abs=1.0)
    assert low <= 2 and drawn.max() <= high
