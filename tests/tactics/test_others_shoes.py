"""Walking in other people's shoes: people feel understood and trust, as far as they are read rightly."""

import pytest
from hypothesis import given
from people import A_TALK, ORGANISATIONS, PAIR, PEOPLE, SITUATIONS, SOMEONE, SOMEWHERE, parameters, varied

from simulation.entities import effect
from simulation.tactics import others_shoes


@given(PEOPLE, ORGANISATIONS, SITUATIONS, PAIR, parameters(others_shoes))
def test_an_offer_that_matches_better_never_helps_less(person, organisation, situation, pair, p):
    low, high = (others_shoes.converse(person, organisation, s, p) for s in varied(situation, "match", pair))
    assert high.understood >= low.understood
    assert high.trust >= low.trust


@given(PEOPLE, ORGANISATIONS, SITUATIONS, parameters(others_shoes))
def test_an_offer_that_misses_only_makes_people_aware(person, organisation, situation, p):
    assert others_shoes.converse(person, organisation, situation._replace(match=0.0), p) == effect(aware=True)


def test_an_offer_that_half_matches_helps_half_as_much_and_moves_nobodys_view_of_the_benefit():
    p = others_shoes.Parameters(understood=0.8, trust=0.2)
    done = others_shoes.converse(SOMEONE, SOMEWHERE, A_TALK._replace(match=0.5), p)
    assert done == pytest.approx(effect(aware=True, understood=0.4, trust=0.1))
