"""The plain case: people hear of the change, and are moved a little as far as the evidence goes."""

import pytest
from hypothesis import given
from people import A_TALK, ORGANISATIONS, PAIR, PEOPLE, SITUATIONS, SOMEONE, SOMEWHERE, parameters, varied

from simulation.entities import effect
from simulation.tactics import plain_case


@given(PEOPLE, ORGANISATIONS, SITUATIONS, PAIR, parameters(plain_case))
def test_better_evidence_never_convinces_less(person, organisation, situation, pair, p):
    low, high = (plain_case.converse(person, organisation, s, p) for s in varied(situation, "evidence", pair))
    assert high.conviction >= low.conviction


@pytest.mark.parametrize(("evidence", "conviction"), [(0.0, 0.0), (0.5, 0.06), (1.0, 0.12)])
def test_half_the_evidence_convinces_half_as_much_and_touches_nothing_else(evidence, conviction):
    done = plain_case.converse(SOMEONE, SOMEWHERE, A_TALK._replace(evidence=evidence), plain_case.Parameters(0.12))
    assert done == pytest.approx(effect(aware=True, conviction=conviction))
