"""Competition makes a rival's example count less and waiting for the others tempting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import ORGANISATIONS, PAIR, SHARE, SOMEWHERE, off, parameters

from simulation.entities import ACROSS, CONVENED, INSIDE, PEER, RIVAL
from simulation.rules import competition


@given(ORGANISATIONS, SHARE, SHARE, SHARE, off(competition))
def test_without_competition_nobody_has_an_incentive_to_compete_or_to_wait(organisation, eased, purpose, partners, p):
    assert competition.incentive(organisation, eased, p) == 0.0
    assert competition.pull_back(purpose, partners, 1.0, p) == 0.0


@given(ORGANISATIONS, PAIR, parameters(competition))
def test_what_a_convener_eases_never_raises_the_incentive_to_compete(organisation, pair, p):
    low, high = (competition.incentive(organisation, eased, p) for eased in pair)
    assert 0.0 <= high <= low <= 1.0


@given(SHARE, st.booleans(), st.booleans())
def test_by_default_a_rivals_example_counts_least_and_one_inside_most(felt, convened, peers):
    p = competition.Parameters()
    inside, across, rival = (competition.tie_weight(kind, felt, convened, peers, p) for kind in (INSIDE, ACROSS, RIVAL))
    assert 0 <= rival <= across <= inside == 16


@given(PAIR, parameters(competition))
def test_a_stronger_incentive_to_compete_never_opens_ties_across(pair, p):
    low, high = (competition.tie_weight(ACROSS, felt, False, False, p) for felt in pair)
    assert high <= low


@given(SHARE, parameters(competition))
def test_ties_that_others_made_carry_only_while_these_exist(felt, p):
    assert competition.tie_weight(CONVENED, felt, False, True, p) == 0
    assert competition.tie_weight(PEER, felt, True, False, p) == 0
    assert competition.tie_weight(CONVENED, felt, True, False, p) > 0
    assert competition.tie_weight(PEER, felt, False, True, p) > 0


@given(SHARE, SHARE, PAIR, parameters(competition))
def test_the_temptation_to_wait_falls_with_purpose_and_with_the_partners_adoption(purpose, partners, pair, p):
    low, high = (competition.pull_back(v, partners, 0.5, p) for v in pair)
    assert 0.0 <= high <= low
    low, high = (competition.pull_back(purpose, m, 0.5, p) for m in pair)
    assert high <= low
    low, high = (competition.pull_back(purpose, partners, felt, p) for felt in pair)
    assert high >= low


@pytest.mark.parametrize(
    ("kind", "spur", "weight"),
    [(RIVAL, -1.0, 0), (RIVAL, 0.0, 16), (RIVAL, 1.0, 32), (ACROSS, 0.0, 8), (INSIDE, 0.0, 16)],
)
def test_where_competition_is_full_a_rival_is_ignored_or_counts_double_and_half_is_withheld(kind, spur, weight):
    p = competition.Parameters(spur=spur, withheld=0.5)
    assert competition.tie_weight(kind, 1.0, False, False, p) == weight


def test_a_quarter_eased_leaves_three_quarters():
    assert competition.incentive(SOMEWHERE._replace(competition=0.8), 0.25, competition.Parameters()) == pytest.approx(
        0.6
    )


def test_half_of_everything_leaves_an_eighth_of_the_temptation():
    assert competition.pull_back(0.5, 0.5, 0.5, competition.Parameters(temptation=2.0)) == pytest.approx(0.25)
