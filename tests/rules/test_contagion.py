"""Adopting takes conviction and enough reinforcement; adopters give up alone, unconvinced and under pressure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import ORGANISATIONS, PAIR, PEOPLE, ROUNDING, SHARE, SOMEONE, SOMEWHERE, parameters, varied

from simulation.entities import NEVER
from simulation.rules import contagion

OPEN = SOMEWHERE._replace(committed=0)
ALONE = SOMEONE._replace(conviction=0.0, exposure=0.0)


# Adopting


@given(PEOPLE, ORGANISATIONS, st.floats(0, 3), SHARE, parameters(contagion))
def test_adopting_is_a_probability(person, organisation, threshold, room, p):
    assert 0.0 <= contagion.adoption_probability(person, organisation, threshold, room, p) <= 1.0


@pytest.mark.parametrize("field", ["conviction", "exposure", "ownership", "motivation"])
@given(person=PEOPLE, organisation=ORGANISATIONS, threshold=st.floats(0, 2), pair=PAIR, p=parameters(contagion))
def test_this_never_keeps_a_person_from_adopting(field, person, organisation, threshold, pair, p):
    low, high = (
        contagion.adoption_probability(who, organisation, threshold, 1.0, p) for who in varied(person, field, pair)
    )
    assert high >= low - ROUNDING


@given(PEOPLE, ORGANISATIONS, PAIR, SHARE, parameters(contagion))
def test_a_higher_threshold_never_makes_adopting_likelier(person, organisation, pair, room, p):
    low, high = (contagion.adoption_probability(person, organisation, threshold, room, p) for threshold in pair)
    assert high <= low + ROUNDING


@given(st.integers(1, 40), st.integers(0, 40), st.integers(1, 40))
def test_where_a_threshold_has_no_width_as_many_as_it_says_suffice(contacts, adopted, wanted):
    person = SOMEONE._replace(exposure=min(adopted, contacts) / contacts, ownership=0.0)
    p = contagion.Parameters(steepness=0.0)
    ready = contagion.readiness(person.exposure - min(wanted, contacts) / contacts, p)
    assert ready == (1.0 if min(adopted, contacts) >= min(wanted, contacts) else 0.0)


@given(PEOPLE, ORGANISATIONS, st.floats(0, 2), SHARE, parameters(contagion))
def test_an_open_gate_never_makes_adopting_less_likely(person, organisation, threshold, room, p):
    shut, opened = (
        contagion.adoption_probability(person, organisation._replace(committed=week), threshold, room, p)
        for week in (NEVER, 0)
    )
    assert opened >= shut - ROUNDING


@given(PEOPLE, ORGANISATIONS, parameters(contagion))
def test_a_full_pilot_takes_nobody(person, organisation, p):
    assert contagion.adoption_probability(person, organisation, 0.0, 0.0, p) == 0.0


def test_by_default_nobody_adopts_without_conviction():
    person = SOMEONE._replace(conviction=0.0, exposure=1.0)
    assert contagion.adoption_probability(person, OPEN, 0.0, 1.0, contagion.Parameters()) == 0.0


@given(PEOPLE, ORGANISATIONS, parameters(contagion))
def test_complying_in_name_brings_nobody_nearer_to_adopting_unpractised(person, organisation, p):
    aware, complying = (
        contagion.adoption_probability(person._replace(stage=stage), organisation, 0.2, 1.0, p) for stage in (1, 2)
    )
    assert aware == complying


@pytest.mark.parametrize(
    ("person", "organisation", "threshold"),
    [
        (SOMEONE._replace(exposure=0.3), SOMEWHERE, 0.3),
        (SOMEONE._replace(exposure=0.15), OPEN, 0.3),
        (SOMEONE._replace(exposure=0.0, ownership=1.0), SOMEWHERE, 0.5),
    ],
    ids=["contacts", "an open gate", "ownership"],
)
def test_the_convinced_adopt_half_as_often_just_at_their_threshold(person, organisation, threshold):
    p = contagion.Parameters(hazard=0.2, ownership_lowers=0.5, ownership_reinforces=0.25, gate_reinforces=0.15)
    convinced = person._replace(conviction=1.0)
    assert contagion.adoption_probability(convinced, organisation, threshold, 1.0, p) == pytest.approx(0.1)


@given(PEOPLE, ORGANISATIONS, parameters(contagion))
def test_who_needs_no_example_is_held_back_by_none(person, organisation, p):
    alone, among = (who._replace(ownership=0.0) for who in varied(person, "exposure", (0.0, 1.0)))
    apart = p._replace(contact=0.0)
    one, other = (contagion.adoption_probability(who, organisation, 0.0, 1.0, apart) for who in (alone, among))
    assert one == other


@pytest.mark.parametrize(("exposure", "probability"), [(0.0, 0.02), (0.5, 1.0 - 0.98 * 0.826959)])
def test_without_conviction_adopting_is_innovation_and_imitation(exposure, probability):
    p = contagion.Parameters(spontaneous=0.02, contact=0.38)
    drawn = contagion.adoption_probability(ALONE._replace(exposure=exposure), SOMEWHERE, 0.2, 1.0, p)
    assert drawn == pytest.approx(probability, abs=1e-6)


# Giving up


@given(PEOPLE, ORGANISATIONS, SHARE, st.floats(0, 11), parameters(contagion))
def test_where_adopters_cannot_give_up_nobody_does(person, organisation, under, raised, p):
    assert contagion.lapse_probability(person, organisation, under, raised, p._replace(lapse=False)) == 0.0


@given(PEOPLE, ORGANISATIONS, SHARE, st.floats(0, 11), parameters(contagion))
def test_lapsing_is_a_probability(person, organisation, under, raised, p):
    assert 0.0 <= contagion.lapse_probability(person, organisation, under, raised, p) <= 1.0


@pytest.mark.parametrize("field", ["conviction", "exposure", "ownership"])
@given(person=PEOPLE, organisation=ORGANISATIONS, under=SHARE, pair=PAIR, p=parameters(contagion))
def test_this_never_makes_a_person_give_up(field, person, organisation, under, pair, p):
    low, high = (contagion.lapse_probability(who, organisation, under, 1.0, p) for who in varied(person, field, pair))
    assert high <= low + ROUNDING


@given(PEOPLE, ORGANISATIONS, PAIR, st.floats(0, 11), parameters(contagion))
def test_pressure_never_keeps_a_person_from_giving_up(person, organisation, pair, raised, p):
    low, high = (contagion.lapse_probability(person, organisation, under, raised, p) for under in pair)
    assert high >= low - ROUNDING


@given(PEOPLE, ORGANISATIONS, SHARE, st.tuples(st.floats(0, 11), st.floats(0, 11)).map(sorted), parameters(contagion))
def test_what_raises_the_risk_never_keeps_a_person_from_giving_up(person, organisation, under, pair, p):
    low, high = (contagion.lapse_probability(person, organisation, under, raised, p) for raised in pair)
    assert high >= low - ROUNDING


@given(PEOPLE, ORGANISATIONS, SHARE, parameters(contagion))
def test_an_open_gate_never_makes_giving_up_likelier(person, organisation, under, p):
    shut, opened = (
        contagion.lapse_probability(person, organisation._replace(committed=week), under, 1.0, p) for week in (NEVER, 0)
    )
    assert opened <= shut + ROUNDING


@pytest.mark.parametrize(
    ("person", "organisation", "raised", "probability"),
    [
        (ALONE, SOMEWHERE, 1.0, 0.1),
        (ALONE, SOMEWHERE, 2.0, 0.2),
        (ALONE, OPEN, 1.0, 0.04),
        (ALONE._replace(ownership=1.0), SOMEWHERE, 1.0, 0.05),
    ],
    ids=["alone", "where the change is complex", "behind an open gate", "an owner"],
)
def test_the_isolated_and_unconvinced_give_up_under_pressure(person, organisation, raised, probability):
    p = contagion.Parameters(lapsing=0.1, gate_protects=0.4, ownership_protects=0.5)
    assert contagion.lapse_probability(person, organisation, 1.0, raised, p) == pytest.approx(probability)


@pytest.mark.parametrize(("pressure", "probability"), [(0.0, 0.06), (0.5, 0.08), (1.0, 0.1)])
def test_a_part_of_the_risk_is_there_without_pressure(pressure, probability):
    p = contagion.Parameters(lapsing=0.1, under_pressure=0.4)
    assert contagion.lapse_probability(ALONE, SOMEWHERE, pressure, 1.0, p) == pytest.approx(probability)


def test_the_convinced_give_up_at_the_steady_rate_alone():
    p = contagion.Parameters(steady_lapsing=0.03)
    assert contagion.lapse_probability(ALONE._replace(conviction=1.0), SOMEWHERE, 1.0, 1.0, p) == pytest.approx(0.03)
