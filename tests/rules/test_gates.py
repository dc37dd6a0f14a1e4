"""Support, the board's question, approvals and refusals, and how many can join before the gate opens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import ORGANISATIONS, PAIR, PEOPLE, SHARE, SIGNED_PAIR, SOMEONE, SOMEWHERE, WEEKS, off, parameters, varied
from worlds import SELFLESS

from simulation import Request, run
from simulation.entities import NEVER
from simulation.rules import gates

# Support


@given(PEOPLE, PAIR, parameters(gates))
def test_conviction_never_withdraws_support(person, pair, p):
    low, high = (gates.is_supporter(who, p) for who in varied(person, "conviction", pair))
    assert high >= low


@pytest.mark.parametrize(("conviction", "supports"), [(0.49, False), (0.5, True)])
def test_those_support_whose_conviction_reaches_the_mark(conviction, supports):
    assert gates.is_supporter(SOMEONE._replace(conviction=conviction), gates.Parameters(convinced=0.5)) == supports


def test_every_tier_has_a_voice_when_the_board_weighs_support():
    p = gates.Parameters()
    assert all(gates.voice(tier, p) > 0.0 for tier in range(4))
    assert sum(gates.voice(tier, p) for tier in range(4)) == pytest.approx(1.0)


def test_each_tier_has_the_voice_of_its_name():
    p = gates.Parameters(frontline_voice=0.1, middle_voice=0.2, senior_voice=0.3, executive_voice=0.4)
    assert [gates.voice(tier, p) for tier in range(4)] == [0.1, 0.2, 0.3, 0.4]


def test_the_frontline_alone_opens_no_gate_by_default():
    p = gates.Parameters()
    assert p.frontline_voice < p.support
    front = run(Request("ics-small", SELFLESS, {"targeting.rule": "front"}, weeks=156)).observables
    anyone = run(Request("ics-small", SELFLESS, weeks=156)).observables
    assert front["organisations_committed"] < anyone["organisations_committed"]


# The pilot


@given(ORGANISATIONS, off(gates))
def test_where_no_permission_is_needed_there_is_room_for_everyone(organisation, p):
    assert gates.room(organisation, p) == 1.0


@given(ORGANISATIONS, parameters(gates))
def test_room_is_a_share_and_an_open_gate_leaves_all_of_it(organisation, p):
    assert 0.0 <= gates.room(organisation, p) <= 1.0
    assert gates.room(organisation._replace(committed=3), p) == 1.0


@given(ORGANISATIONS, PAIR, parameters(gates))
def test_a_pilot_that_fills_never_has_more_room(organisation, pair, p):
    closed = organisation._replace(committed=NEVER)
    low, high = (gates.room(where, p) for where in varied(closed, "adopted_share", pair))
    assert high <= low


@pytest.mark.parametrize(
    ("pilot", "adopted", "room"), [(0.2, 0.05, 0.75), (0.2, 0.2, 0.0), (0.2, 0.5, 0.0), (0, 0, 0.0)]
)
def test_a_pilot_a_quarter_full_has_three_quarters_of_its_room(pilot, adopted, room):
    assert gates.room(SOMEWHERE._replace(adopted_share=adopted), gates.Parameters(pilot=pilot)) == pytest.approx(room)


@given(st.integers(0, 10**7), st.integers(1, 10**6), st.integers(1, 10**7), parameters(gates))
def test_nobody_joins_a_pilot_that_is_full(adopted, weight, everyone, p):
    if gates.has_room(adopted, weight, everyone, p):
        assert adopted + 0.5 * weight <= p.pilot * everyone


@pytest.mark.parametrize(("adopted", "joins"), [(10, True), (11, False)])
def test_a_person_joins_a_pilot_who_passes_its_share_by_half_of_themselves_at_most(adopted, joins):
    assert gates.has_room(adopted, 2, 100, gates.Parameters(pilot=0.11)) == joins


# The board, the regulators


@given(ORGANISATIONS, PAIR, WEEKS, parameters(gates))
def test_more_support_never_keeps_a_board_from_asking(organisation, pair, week, p):
    low, high = (gates.board_asks(organisation, support, week, p) for support in pair)
    assert high >= low


@given(ORGANISATIONS, SHARE, WEEKS, parameters(gates))
def test_a_board_asks_once_and_again_only_after_a_while(organisation, support, week, p):
    if gates.board_asks(organisation, support, week, p):
        assert organisation.asked == organisation.committed == NEVER
        assert organisation.refused == NEVER or week - organisation.refused >= p.again


@pytest.mark.parametrize(
    ("support", "refused", "week", "asks"),
    [(0.4, NEVER, 0, True), (0.39, NEVER, 0, False), (0.4, 10, 61, False), (0.4, 10, 62, True)],
)
def test_a_board_asks_with_enough_support_and_a_year_after_a_refusal(support, refused, week, asks):
    p = gates.Parameters(support=0.4, again=52)
    assert gates.board_asks(SOMEWHERE._replace(refused=refused), support, week, p) == asks


@given(PAIR, st.floats(1, 6), parameters(gates))
def test_the_longer_the_queue_the_slower_the_approval(pair, quicker, p):
    low, high = (gates.approval_probability(waiting, quicker, p) for waiting in pair)
    assert 0.0 <= high <= low <= 1.0


@pytest.mark.parametrize(
    ("waiting", "factor", "probability"), [(0.0, 1.0, 0.1), (0.0, 2.0, 0.05), (1.0, 1.0, 0.05), (0.0, 0.5, 0.2)]
)
def test_an_approval_takes_its_delay_on_the_mean_and_longer_in_a_queue(waiting, factor, probability):
    p = gates.Parameters(delay=10.0, caseload=1.0)
    assert gates.approval_probability(waiting, factor, p) == pytest.approx(probability)


@given(SIGNED_PAIR, parameters(gates))
def test_the_more_a_change_harms_the_more_often_it_is_refused(pair, p):
    worse, better = (gates.veto_probability(benefit, p) for benefit in pair)
    assert 0.0 <= better <= worse <= 1.0


@pytest.mark.parametrize(("benefit", "probability"), [(1.0, 0.05), (0.0, 0.05), (-0.5, 0.35), (-1.0, 0.65)])
def test_half_the_harm_adds_half_the_refusals(benefit, probability):
    p = gates.Parameters(veto=0.05, veto_harm=0.6)
    assert gates.veto_probability(benefit, p) == pytest.approx(probability)
