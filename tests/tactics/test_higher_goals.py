"""Higher goals with evidence: either without the other convinces nobody, and an unbacked appeal costs trust."""

import pytest
from hypothesis import given
from people import (
    A_TALK,
    ORGANISATIONS,
    PAIR,
    PEOPLE,
    SHARE,
    SITUATIONS,
    SOMEONE,
    SOMEWHERE,
    parameters,
    varied,
)

from simulation.entities import NOTHING, effect
from simulation.tactics import higher_goals


@given(PEOPLE, ORGANISATIONS, SITUATIONS)
def test_an_appeal_without_evidence_or_without_purpose_convinces_nobody(person, organisation, situation):
    p = higher_goals.Parameters()
    bare = higher_goals.converse(person, organisation, situation._replace(evidence=0.0), p)
    assert bare.conviction == 0.0
    assert bare.trust < 0.0
    idle = higher_goals.converse(person._replace(purpose=0.0), organisation, situation, p)
    assert idle.conviction == 0.0


@given(PEOPLE, ORGANISATIONS, SITUATIONS, PAIR, parameters(higher_goals))
def test_better_evidence_never_convinces_less_or_costs_more_trust(person, organisation, situation, pair, p):
    low, high = (higher_goals.converse(person, organisation, s, p) for s in varied(situation, "evidence", pair))
    assert high.conviction >= low.conviction
    assert high.trust >= low.trust


@given(PEOPLE, ORGANISATIONS, SITUATIONS, SHARE, parameters(higher_goals))
def test_a_change_that_harms_patients_serves_no_higher_goal(person, organisation, situation, harm, p):
    harmful = situation._replace(benefit=-harm)
    assert higher_goals.converse(person, organisation, harmful, p).conviction == 0.0


@given(PEOPLE, ORGANISATIONS, SITUATIONS, parameters(higher_goals))
def test_an_appeal_that_is_not_believed_costs_the_trust_that_missing_evidence_costs(person, organisation, situation, p):
    assert higher_goals.rebuff(person, organisation, situation._replace(evidence=1.0), p) == NOTHING
    lost = higher_goals.rebuff(person, organisation, situation, p)
    assert lost == effect(trust=higher_goals.converse(person, organisation, situation, p).trust)


def test_half_the_evidence_and_half_the_purpose_are_a_quarter_of_the_conviction():
    p = higher_goals.Parameters(conviction=1.0, purpose=0.2, cynicism=0.1)
    done = higher_goals.converse(SOMEONE._replace(purpose=0.5), SOMEWHERE, A_TALK._replace(evidence=0.5), p)
    assert done == pytest.approx(effect(aware=True, conviction=0.25, purpose=0.1, trust=-0.025))
