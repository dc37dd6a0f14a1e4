"""A place where the parts of a system meet: relations, eased competition, shared money and favours, and what it costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import CONVENERS, PAIR, ROUNDING, WEEKS, parameters, varied

from simulation.entities import NEVER, Convener
from simulation.rules import convening
from simulation.rules.convening import NONE, PLACE, PLACE_WITH_AUTHORITY


@given(WEEKS, parameters(convening))
def test_without_a_convener_there_is_never_a_place_nor_authority(week, p):
    assert not convening.is_present(week, p._replace(kind=NONE))
    assert not convening.has_authority(week, p._replace(kind=NONE))


@given(WEEKS, parameters(convening))
def test_authority_needs_a_place(week, p):
    assert convening.is_present(week, p) or not convening.has_authority(week, p)


@pytest.mark.parametrize(("week", "present"), [(9, False), (10, True), (19, True), (20, False)])
@pytest.mark.parametrize("kind", [PLACE, PLACE_WITH_AUTHORITY])
def test_a_convener_is_there_from_its_first_week_until_its_abolition(kind, week, present):
    p = convening.Parameters(kind=kind, start=10, end=20)
    assert convening.is_present(week, p) == present
    assert convening.has_authority(week, p) == (present and kind == PLACE_WITH_AUTHORITY)
    assert convening.is_present(week, p._replace(end=NEVER)) == (week >= 10)


@given(CONVENERS, st.booleans(), parameters(convening))
def test_relations_stay_a_share_grow_at_the_table_and_fade_without(convener, present, p):
    after = convening.next_relations(convener, present, p)
    assert 0.0 <= after <= 1.0
    assert after >= convener.relations if present else after <= convener.relations


def test_relations_close_a_tenth_of_the_gap_in_a_week_and_lose_a_tenth_without():
    p, known = convening.Parameters(growth=0.1, decay=0.1), Convener(relations=0.5)
    assert convening.next_relations(known, True, p) == pytest.approx(0.55)
    assert convening.next_relations(known, False, p) == pytest.approx(0.45)


@given(CONVENERS, PAIR, parameters(convening))
def test_better_relations_never_ease_less_competition(convener, pair, p):
    low, high = (convening.competition_eased(who, p) for who in varied(convener, "relations", pair))
    assert 0.0 <= low <= high <= 1.0


def test_half_good_relations_ease_half_of_what_good_ones_do():
    assert convening.competition_eased(Convener(relations=0.5), convening.Parameters(eases=0.4)) == pytest.approx(0.2)


@given(CONVENERS, st.booleans(), WEEKS, parameters(convening))
def test_a_convener_always_costs_something_or_nothing(convener, present, week, p):
    assert convening.load(convener, present, week, p) >= 0.0


@pytest.mark.parametrize(
    ("disrupted", "present", "week", "load"),
    [(NEVER, False, 14, 0.0), (NEVER, True, 14, 0.02), (5, True, 14, 0.1), (5, False, 14, 0.08), (5, True, 15, 0.02)],
)
def test_meetings_load_while_they_are_held_and_a_reorganisation_for_its_duration(disrupted, present, week, load):
    p = convening.Parameters(overhead=0.02, disruption=0.08, disruption_weeks=10)
    assert convening.load(Convener(disrupted=disrupted), present, week, p) == pytest.approx(load)


@given(st.floats(-2, 3), st.floats(-2, 3), CONVENERS, parameters(convening))
def test_gain_share_moves_a_cost_towards_the_mean_and_never_past_it(cost, mean, convener, p):
    shared = convening.shared_cost(cost, mean, convener, True, p)
    assert min(cost, mean) - ROUNDING <= shared <= max(cost, mean) + ROUNDING
    assert convening.shared_cost(cost, mean, convener, False, p) == cost


@given(st.lists(st.floats(-2, 3), min_size=2, max_size=20), CONVENERS, parameters(convening))
def test_gain_share_only_moves_money(costs, convener, p):
    mean = sum(costs) / len(costs)
    shared = [convening.shared_cost(cost, mean, convener, True, p) for cost in costs]
    assert sum(shared) == pytest.approx(sum(costs), abs=1e-9)


def test_half_a_gain_share_among_friends_takes_half_of_a_loss():
    p = convening.Parameters(gain_share=0.5)
    assert convening.shared_cost(1.0, 0.0, Convener(relations=1.0), True, p) == 0.5


@given(st.lists(st.floats(0, 50), min_size=1, max_size=10), CONVENERS, parameters(convening))
def test_favours_at_a_table_are_shared_and_none_is_lost(received, convener, p):
    mean = sum(received) / len(received)
    counted = [convening.pooled(favours, mean, convener, p) for favours in received]
    assert sum(counted) == pytest.approx(sum(received))
    assert max(counted) - min(counted) <= max(received) - min(received) + ROUNDING
    absent = convener._replace(present=0)
    assert [convening.pooled(favours, mean, absent, p) for favours in received] == received
