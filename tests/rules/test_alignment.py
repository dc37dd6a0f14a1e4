"""National bodies that disagree make shocks larger and approvals slower."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import PAIR, SHARE, off, on, parameters

from simulation.rules import alignment


@given(SHARE, off(alignment))
def test_bodies_that_cannot_disagree_change_nothing(aligned, p):
    assert alignment.shock_factor(aligned, p) == alignment.delay_factor(aligned, p) == 1.0
    assert alignment.drag(aligned, p) == 0.0
    assert alignment.cost_felt(0.7, aligned, p) == 0.7


@given(PAIR, parameters(alignment))
def test_agreement_never_adds_noise_or_delay(pair, p):
    for factor in (alignment.shock_factor, alignment.delay_factor):
        low, high = (factor(aligned, p) for aligned in pair)
        assert low >= high >= 1.0


@given(PAIR, on(alignment))
def test_alignment_on_the_wrong_thing_holds_back_and_on_the_right_one_pushes(pair, p):
    low, high = (alignment.drag(aligned, p) for aligned in pair)
    assert (high - low) * p.direction <= 0.0


@pytest.mark.parametrize(("aligned", "noise", "length", "drag"), [(1.0, 1.0, 1.0, -0.4), (0.5, 2.0, 2.5, -0.2)])
def test_half_agreement_brings_half_of_what_disagreement_adds(aligned, noise, length, drag):
    p = alignment.Parameters(noise=2.0, length=3.0, direction=0.4)
    assert alignment.shock_factor(aligned, p) == noise
    assert alignment.delay_factor(aligned, p) == length
    assert alignment.drag(aligned, p) == pytest.approx(drag)


@given(st.floats(-2, 3), PAIR, parameters(alignment))
def test_agreement_never_makes_a_cost_heavier_and_leaves_a_saving_as_it_is(cost, pair, p):
    low, high = (alignment.cost_felt(cost, aligned, p) for aligned in pair)
    assert high <= low
    assert cost > 0.0 or low == high == cost


def test_half_agreement_takes_half_of_the_attention_that_disagreement_takes():
    assert alignment.cost_felt(2.0, 0.5, alignment.Parameters(attention=0.2)) == pytest.approx(2.2)
