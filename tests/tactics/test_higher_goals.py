"""Higher goals with evidence: purpose rises as far as evidence backs it, and an unbacked appeal costs trust."""

import pytest
from hypothesis import given
from people import A_TALK, ORGANISATIONS, PAIR, PEOPLE, SITUATIONS, SOMEONE, SOMEWHERE, parameters, varied

from simulation.entities import NOTHING, effect
from simulation.tactics import higher_goals


@given(PEOPLE, ORGANISATIONS, SITUATIONS)
def test_an_appeal_without_evidence_raises_no_purpose_and_costs_trust(person, organisation, situation):
    bare = higher_goals.converse(person, organisation, situation._replace(evidence=0.0), higher_goals.Parameters())
    assert bare.purpose == bare.conviction == 0.0
    assert bare.trust < 0.0


@given(PEOPLE, ORGANISATIONS, SITUATIONS, PAIR, parameters(higher_goals))
def test_better_evidence_never_raises_purpose_less_or_costs_more_trust(person, organisation, situation, pair, p):
    low, high = (higher_goals.converse(person, organisation, s, p) for s in varied(situation, "evidence", pair))
    assert high.purpose >= low.purpose
    assert high.trust >= low.trust
    assert high.informed == low.informed == p.informed


@given(PEOPLE, ORGANISATIONS, SITUATIONS, parameters(higher_goals))
def test_an_appeal_that_is_not_believed_costs_the_trust_that_missing_evidence_costs(person, organisation, situation, p):
    assert higher_goals.rebuff(person, organisation, situation._replace(evidence=1.0), p) == NOTHING
    lost = higher_goals.rebuff(person, organisation, situation, p)
    assert lost == effect(trust=higher_goals.converse(person, organisation, situation, p).trust)


def test_half_the_evidence_is_known_as_well_and_raises_half_the_purpose():
    p = higher_goals.Parameters(informed=0.6, purpose=0.2, cynicism=0.1)
    done = higher_goals.converse(SOMEONE, SOMEWHERE, A_TALK._replace(evidence=0.5), p)
    assert done == pytest.approx(effect(aware=True, informed=0.6, purpose=0.1, trust=-0.025))
