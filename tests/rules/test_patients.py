"""Patients' voices are few, wear out with repetition, and grow weary before closed gates."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from people import ORGANISATIONS, PAIR, SOMEWHERE, VOICES, parameters, varied

from simulation.entities import Patients
from simulation.rules import patients


@given(ORGANISATIONS, VOICES, parameters(patients))
def test_without_tokenism_a_voice_is_always_fresh_and_nobody_grows_weary(organisation, voices, p):
    never = p._replace(tokenism=False)
    assert patients.freshness(organisation, voices, never) == 1.0
    assert patients.next_fatigue(voices, never) == 0.0


@given(ORGANISATIONS, VOICES, st.tuples(st.floats(0, 100), st.floats(0, 100)).map(sorted), parameters(patients))
def test_a_voice_wears_out_with_repetition(organisation, voices, pair, p):
    seldom, often = (patients.freshness(where, voices, p) for where in varied(organisation, "heard", pair))
    assert 0.0 <= often <= seldom <= 1.0


@given(ORGANISATIONS, VOICES, PAIR, parameters(patients))
def test_a_voice_wears_out_with_fatigue(organisation, voices, pair, p):
    fresh, tired = (patients.freshness(organisation, v, p) for v in varied(voices, "fatigue", pair))
    assert tired <= fresh


@pytest.mark.parametrize(("fatigue", "heard", "freshness"), [(0.0, 0.0, 1.0), (0.0, 10.0, 0.5), (0.2, 10.0, 0.4)])
def test_a_voice_heard_ten_times_counts_half(fatigue, heard, freshness):
    p = patients.Parameters(habituation=0.1)
    assert patients.freshness(SOMEWHERE._replace(heard=heard), Patients(fatigue=fatigue), p) == pytest.approx(freshness)


@given(st.integers(0, 500), st.integers(0, 500), parameters(patients))
def test_the_more_appearances_are_wanted_the_less_likely_is_each(wanted, more, p):
    assume(wanted > 0)
    few, many = (patients.probability_of_appearing(n, p) for n in (wanted, wanted + more))
    assert 0.0 <= many <= few <= 1.0


@pytest.mark.parametrize(("wanted", "probability"), [(0, 0.0), (20, 1.0), (50, 1.0), (100, 0.5)])
def test_patients_appear_as_often_as_they_are_wanted_or_can(wanted, probability):
    assert patients.probability_of_appearing(wanted, patients.Parameters(partners=10, weekly=5.0)) == probability


@given(VOICES, parameters(patients))
def test_fatigue_stays_a_share_and_grows_only_before_closed_gates(voices, p):
    assert 0.0 <= patients.next_fatigue(voices, p) <= 1.0
    assert patients.next_fatigue(voices._replace(idle=0), p) <= voices.fatigue


@pytest.mark.parametrize(("idle", "fatigue"), [(0, 0.45), (10, 0.46), (20, 0.47)])
def test_weariness_recovers_by_a_tenth_and_grows_with_the_share_who_speak_in_vain(idle, fatigue):
    p = patients.Parameters(partners=10, weekly=2.0, fatigue=0.02, recovery=0.1)
    assert patients.next_fatigue(Patients(fatigue=0.5, idle=idle), p) == pytest.approx(fatigue)


@given(ORGANISATIONS)
def test_what_was_heard_is_forgotten_little_by_little(organisation):
    assert 0.0 <= patients.next_heard(organisation) <= organisation.heard


def test_a_week_forgets_one_of_fifty_two_appearances():
    assert patients.next_heard(SOMEWHERE._replace(heard=52.0)) == pytest.approx(51.0)
