"""Directions at the level of one person, everything else equal, for every row of the table of mechanisms.

What comes out at the level of the system is a finding and stands in no test here.
"""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from worlds import ORGANISATIONS, PEOPLE, SHARE, SITUATIONS, parameters

from simulation import tactics
from simulation.entities import (
    ACROSS,
    CONVENED,
    FRONTLINE,
    INSIDE,
    NEVER,
    PEER,
    RIVAL,
    Convener,
    Knowledge,
    Leader,
    Organisation,
    Patients,
    Situation,
    Staff,
)
from simulation.rules import (
    advocacy,
    alignment,
    appraisal,
    competition,
    contagion,
    convening,
    conversation,
    credit,
    favours,
    gates,
    ideas,
    incentives,
    influence,
    isolation,
    learning,
    nature,
    patients,
    pressure,
    promises,
    reactance,
    reading,
    targeting,
    telling,
    training,
    turnover,
)

SOMEONE = Staff(0, FRONTLINE, 0, 0, 0, 1024)
SOMEWHERE = Organisation(0, 0, 0, 1, 0, 1, 1024)
PAIR = st.tuples(SHARE, SHARE).map(sorted)
"""A lower and a higher share."""
LEADERS = st.builds(
    Leader,
    organisation=st.just(0),
    system=st.just(0),
    tier=st.integers(0, 3),
    start=st.just(0),
    end=st.just(-1),
    hours=st.floats(0, 60),
    ego=SHARE,
    ego_shown=SHARE,
    reflection=SHARE,
    credit_forgone=SHARE,
    generosity=SHARE,
    label=SHARE,
    capital=st.floats(-1, 1),
    withdrawn=SHARE,
)
KNOWLEDGE = st.builds(
    Knowledge,
    error=st.floats(-4, 4),
    visits=st.integers(0, 500),
    visited=st.integers(-1, 100),
    given=st.floats(0, 50),
    returned=st.floats(0, 50),
)
CONVENERS = st.builds(Convener, relations=SHARE, disrupted=st.integers(-1, 300), present=st.integers(0, 1))
VOICES = st.builds(Patients, fatigue=SHARE, asked=st.integers(0, 500), idle=st.integers(0, 500))
WEEKS = st.integers(0, 300)
ROUNDING = 1e-12
"""Our exponential and logarithm are exact to 1e-10 at worst, and need not be monotonic in the last bits."""


def of(module):
    """Return a strategy for a rule's parameters: the defaults, or anywhere in their ranges."""
    return st.one_of(st.just(module.Parameters()), parameters(module.Parameters, module.__name__.rpartition(".")[2]))


def switched_on(module):
    return of(module).map(lambda p: p._replace(on=True))


def varied(record, field, pair):
    """Return a record twice, with a lower and a higher value of one field."""
    return record._replace(**{field: pair[0]}), record._replace(**{field: pair[1]})


CHANGE = st.builds(nature.Change, SHARE, st.floats(-1, 1))


def views(person, organisation, change, p, under=0.5, held_back=0.0):
    return appraisal.own_view(person, organisation, change, under, held_back, p)


# Appraisal: what a person thinks of the change


@given(PEOPLE, ORGANISATIONS, CHANGE, SHARE, of(appraisal))
def test_a_view_lies_between_against_and_for(person, organisation, change, under, p):
    assert 0.0 <= views(person, organisation, change, p, under) <= 1.0


@given(PEOPLE, ORGANISATIONS, CHANGE, PAIR, of(appraisal))
def test_more_pressure_lowers_the_view_of_a_change_that_costs(person, organisation, change, pair, p):
    costly = organisation._replace(burden=abs(organisation.burden))
    low, high = (views(person, costly, change, p, under) for under in pair)
    assert high <= low + ROUNDING


@given(PEOPLE, ORGANISATIONS, CHANGE)
def test_more_pressure_lowers_the_view_visibly_by_default(person, organisation, change):
    p = appraisal.Parameters()
    costly = organisation._replace(burden=1.0, fit=0.0)
    ordinary = person._replace(understood=0.0, own_interest=0.0)
    assert views(ordinary, costly, change, p, 0.9) < views(ordinary, costly, change, p, 0.1)


@pytest.mark.parametrize("field", ["exposure", "ownership", "dissatisfaction", "own_interest", "trust"])
@given(person=PEOPLE, organisation=ORGANISATIONS, change=CHANGE, pair=PAIR, p=of(appraisal))
def test_this_speaks_for_the_change(field, person, organisation, change, pair, p):
    low, high = (views(who, organisation, change, p) for who in varied(person, field, pair))
    assert high >= low - ROUNDING


@given(PEOPLE, ORGANISATIONS, CHANGE, PAIR, of(appraisal))
def test_being_understood_never_lowers_the_view_of_a_change_that_costs(person, organisation, change, pair, p):
    costly = organisation._replace(burden=abs(organisation.burden))
    low, high = (views(who, costly, change, p) for who in varied(person, "understood", pair))
    assert high >= low - ROUNDING


@given(PEOPLE, ORGANISATIONS, CHANGE, PAIR, of(appraisal))
def test_ego_never_raises_the_view(person, organisation, change, pair, p):
    low, high = (views(who, organisation, change, p) for who in varied(person, "ego", pair))
    assert high <= low + ROUNDING


@given(PEOPLE, ORGANISATIONS, CHANGE, PAIR, of(appraisal))
def test_purpose_speaks_for_what_benefits_patients_and_against_what_harms_them(person, organisation, change, pair, p):
    low, high = (views(who, organisation, change, p) for who in varied(person, "purpose", pair))
    assert (high - low) * change.benefit >= -ROUNDING


@pytest.mark.parametrize("field", ["gain", "partners", "fit"])
@given(person=PEOPLE, organisation=ORGANISATIONS, change=CHANGE, pair=PAIR, p=of(appraisal))
def test_this_of_the_organisation_speaks_for_the_change(field, person, organisation, change, pair, p):
    low, high = (views(person, where, change, p) for where in varied(organisation, field, pair))
    assert high >= low - ROUNDING


@given(PEOPLE, ORGANISATIONS, CHANGE, st.tuples(st.floats(-2, 3), st.floats(-2, 3)).map(sorted), of(appraisal))
def test_a_higher_cost_never_raises_the_view(person, organisation, change, pair, p):
    low, high = (views(person, where, change, p) for where in varied(organisation, "burden", pair))
    assert high <= low + ROUNDING


@given(PEOPLE, ORGANISATIONS, CHANGE, of(appraisal), PAIR)
def test_what_holds_back_holds_back(person, organisation, change, p, pair):
    low, high = (views(person, organisation, change, p, held_back=held) for held in pair)
    assert high <= low + ROUNDING


@given(PAIR, SHARE, of(appraisal))
def test_pressure_shortens_sight(pair, own_interest, p):
    low, high = (appraisal.worth_of_later_gain(under, own_interest, p) for under in pair)
    assert 0.0 <= high <= low + ROUNDING
    assert low <= 1.0 + ROUNDING


@given(SHARE, PAIR, of(appraisal))
def test_seeing_the_gain_as_ones_own_lengthens_sight(under, pair, p):
    low, high = (appraisal.worth_of_later_gain(under, interest, p) for interest in pair)
    assert high >= low - ROUNDING


# Pressure


@given(ORGANISATIONS, st.floats(-1, 3), WEEKS, st.floats(-1, 1), of(pressure))
def test_pressure_stays_between_none_and_full(organisation, demand, week, shock, p):
    assert 0.0 <= pressure.next_pressure(organisation, demand, week, shock, p) <= 1.0


@given(ORGANISATIONS, PAIR, WEEKS, of(pressure))
def test_more_demand_never_means_less_pressure(organisation, pair, week, p):
    low, high = (pressure.next_pressure(organisation, demand, week, 0.0, p) for demand in pair)
    assert high >= low - ROUNDING


def test_committing_costs_at_first_and_relieves_later():
    p = pressure.Parameters()
    place = SOMEWHERE._replace(committed=0, burden=1.0, gain=1.0, realised=1.0, pressure=0.5)
    without = pressure.next_pressure(place._replace(committed=NEVER), 0.5, 10, 0.0, p)
    assert pressure.next_pressure(place, 0.5, 10, 0.0, p) > without
    assert pressure.next_pressure(place, 0.5, 40, 0.0, p) == without
    assert pressure.next_pressure(place, 0.5, 60, 0.0, p) < without


@given(SHARE, st.floats(-0.5, 0.5), of(pressure))
def test_felt_pressure_stays_between_none_and_full(under, strain, p):
    assert 0.0 <= pressure.felt(under, strain, p) <= 1.0


# Conversations


@given(SHARE, SHARE, SHARE, of(conversation))
def test_success_is_a_probability(openness, skill, under, p):
    assert 0.0 <= conversation.success_probability(openness, skill, under, p) <= 1.0


@given(PEOPLE, PAIR, SHARE, SHARE, of(conversation))
def test_trust_never_lowers_the_success_of_a_conversation(person, pair, skill, under, p):
    low, high = (
        conversation.success_probability(conversation.by_trust(who, p), skill, under, p)
        for who in varied(person, "trust", pair)
    )
    assert high >= low - ROUNDING


@given(SHARE, PAIR, SHARE, of(conversation))
def test_skill_never_lowers_the_success_of_a_conversation(openness, pair, under, p):
    low, high = (conversation.success_probability(openness, skill, under, p) for skill in pair)
    assert high >= low


@given(SHARE, SHARE, PAIR, of(conversation))
def test_pressure_never_raises_the_success_of_a_conversation(openness, skill, pair, p):
    low, high = (conversation.success_probability(openness, skill, under, p) for under in pair)
    assert high <= low


@given(PEOPLE, of(conversation))
def test_what_fades_stays_between_nothing_and_everything(person, p):
    assert all(0.0 <= state <= 1.0 for state in conversation.faded(person, p))


@given(PEOPLE, of(conversation))
def test_without_reminders_nobody_feels_better_understood(person, p):
    understood, own_interest, _, _ = conversation.faded(person, p)
    assert understood <= person.understood
    assert own_interest <= person.own_interest


@given(LEADERS, st.floats(0, 60), SHARE, st.tuples(st.floats(-1, 1), st.floats(-1, 1)).map(sorted), of(conversation))
def test_career_capital_opens_doors(leader, hours, draw, pair, p):
    low, high = (conversation.meetings(who, hours, draw, p) for who in varied(leader, "capital", pair))
    assert high >= low >= 0


@given(LEADERS, st.floats(0, 0.999), of(conversation))
def test_no_hours_no_conversations(leader, draw, p):
    assert conversation.meetings(leader, 0.0, draw, p) == 0


# 3. The label


@given(PEOPLE, SHARE, of(reactance))
def test_the_label_leaves_a_share_of_openness(person, label, p):
    assert 0.0 <= reactance.openness_kept(person, label, p) <= 1.0


@given(PEOPLE, PAIR, of(reactance))
def test_a_louder_label_never_opens_anyone(person, pair, p):
    low, high = (reactance.openness_kept(person, label, p) for label in pair)
    assert high <= low


@given(PEOPLE, PAIR, SHARE, of(reactance))
def test_trust_softens_reactance_and_a_norm_of_autonomy_hardens_it(person, pair, label, p):
    less, more = (reactance.openness_kept(who, label, p) for who in varied(person, "trust", pair))
    assert more >= less
    less, more = (reactance.openness_kept(who, label, p) for who in varied(person, "autonomy", pair))
    assert more <= less


@given(LEADERS, st.tuples(WEEKS, WEEKS).map(sorted), of(reactance))
def test_a_label_fades(leader, weeks, p):
    early, late = (reactance.faded_label(leader, week, p) for week in weeks)
    assert 0.0 <= late <= early + ROUNDING
    assert early <= 1.0


@given(PAIR, of(reactance))
def test_a_label_never_closes_doors_at_first(pair, p):
    low, high = (reactance.access_gained(label, p) for label in pair)
    assert high >= low >= 1.0


# 4. Others' shoes


@given(KNOWLEDGE, WEEKS, of(reading))
def test_a_match_is_a_share(known, week, p):
    assert 0.0 <= reading.match(known, week, p) <= 1.0


@given(KNOWLEDGE, st.integers(0, 100), st.integers(0, 100), of(reading))
def test_visits_never_worsen_the_reading(known, visits, more, p):
    seen = known._replace(visited=5)
    few, many = (reading.match(seen._replace(visits=n), 6, p) for n in (visits, visits + more))
    assert many >= few - ROUNDING


@given(KNOWLEDGE, st.tuples(WEEKS, WEEKS).map(sorted), of(reading))
def test_a_reading_goes_stale_and_never_sharpens_by_itself(known, weeks, p):
    early, late = (reading.match(known._replace(visited=0), week, p) for week in weeks)
    assert late <= early + ROUNDING


@given(PEOPLE, ORGANISATIONS, SITUATIONS, PAIR)
def test_an_offer_that_matches_better_never_helps_less(person, organisation, situation, pair):
    shoes = tactics.modules["others_shoes"]
    low, high = (shoes.converse(person, organisation, s, shoes.Parameters()) for s in varied(situation, "match", pair))
    assert high.understood >= low.understood
    assert high.trust >= low.trust


# 5. The longer-term goal


@given(ORGANISATIONS, WEEKS, of(promises))
def test_a_promise_is_broken_only_where_one_was_made_and_the_gain_is_missing(organisation, week, p):
    if promises.is_broken(organisation, week, p):
        assert organisation.committed != NEVER
        assert organisation.realised < p.expected


@given(ORGANISATIONS, PAIR, of(nature))
def test_a_gain_grows_with_those_who_change(organisation, pair, p):
    assert 0.0 <= nature.realised(organisation, p) <= 1.0 + ROUNDING
    for field in ("adopted_share", "partners"):
        low, high = (nature.realised(where, p) for where in varied(organisation, field, pair))
        assert high >= low - ROUNDING


# 6. Seeding


@given(PEOPLE, PAIR, SHARE, switched_on(ideas))
def test_ideas_never_mature_later_where_colleagues_talk_more(person, pair, draw, p):
    few, many = (ideas.fate(who, draw, p) for who in varied(person, "exposure", pair))
    back = (ideas.COMES_BACK, ideas.COMES_BACK_CHANGED)
    assert many in back or few not in back


@given(PEOPLE, SHARE, of(ideas))
def test_an_idea_has_one_of_four_fates(person, draw, p):
    assert ideas.fate(person, draw, p) in range(4)


@given(of(ideas))
def test_an_idea_that_comes_back_is_owned_and_makes_nobody_less_convinced(p):
    back = ideas.come_back(p)
    assert back.aware
    assert back.ownership == p.ownership
    assert back.conviction >= 0.0
    assert back.trust == 0.0


def test_seeding_does_nothing_that_shows_at_once():
    seeding = tactics.modules["seeding"]
    lucky = Situation(0.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    sown = seeding.converse(SOMEONE, SOMEWHERE, lucky, seeding.Parameters())
    assert sown.planted
    assert not sown.aware
    assert sown.conviction == sown.ownership == sown.trust == 0.0


# 7. Patients


@given(ORGANISATIONS, VOICES, st.tuples(st.floats(0, 100), st.floats(0, 100)).map(sorted), of(patients))
def test_a_voice_wears_out_with_repetition(organisation, voices, pair, p):
    seldom, often = (patients.freshness(where, voices, p) for where in varied(organisation, "heard", pair))
    assert 0.0 <= often <= seldom <= 1.0


@given(ORGANISATIONS, VOICES, PAIR, of(patients))
def test_a_voice_wears_out_with_fatigue(organisation, voices, pair, p):
    fresh, tired = (patients.freshness(organisation, v, p) for v in varied(voices, "fatigue", pair))
    assert tired <= fresh


@given(st.integers(0, 500), st.integers(0, 500), of(patients))
def test_the_more_appearances_are_wanted_the_less_likely_is_each(wanted, more, p):
    assume(wanted > 0)
    few, many = (patients.probability_of_appearing(n, p) for n in (wanted, wanted + more))
    assert 0.0 <= many <= few <= 1.0


@given(VOICES, of(patients))
def test_fatigue_stays_a_share_and_grows_only_before_closed_gates(voices, p):
    assert 0.0 <= patients.next_fatigue(voices, p) <= 1.0
    assert patients.next_fatigue(voices._replace(idle=0), p) <= voices.fatigue


@given(PEOPLE, ORGANISATIONS, SITUATIONS)
def test_by_default_patients_themselves_achieve_more_than_an_argument_about_them(person, organisation, situation):
    fresh = situation._replace(freshness=1.0)
    voice, argument = (tactics.modules[name] for name in ("patient_voice", "patient_argument"))
    spoken = voice.converse(person, organisation, fresh, voice.Parameters())
    assert spoken.purpose > argument.converse(person, organisation, fresh, argument.Parameters()).purpose


# 8. Higher goals with evidence


@given(PEOPLE, ORGANISATIONS, SITUATIONS)
def test_an_appeal_without_evidence_or_without_purpose_convinces_nobody(person, organisation, situation):
    goals = tactics.modules["higher_goals"]
    bare = goals.converse(person, organisation, situation._replace(evidence=0.0), goals.Parameters())
    assert bare.conviction == 0.0
    assert bare.trust < 0.0
    idle = goals.converse(person._replace(purpose=0.0), organisation, situation, goals.Parameters())
    assert idle.conviction == 0.0


@given(PEOPLE, ORGANISATIONS, SITUATIONS, PAIR)
def test_better_evidence_never_convinces_less_or_costs_more_trust(person, organisation, situation, pair):
    goals = tactics.modules["higher_goals"]
    low, high = (
        goals.converse(person, organisation, s, goals.Parameters()) for s in varied(situation, "evidence", pair)
    )
    assert high.conviction >= low.conviction
    assert high.trust >= low.trust


# 9. The coalition


@given(PEOPLE, ORGANISATIONS, SITUATIONS)
def test_only_the_dissatisfied_join_the_coalition(person, organisation, situation):
    coalition = tactics.modules["coalition"]
    p = coalition.Parameters()
    joined = coalition.converse(person, organisation, situation, p).advocate
    assert joined == (person.dissatisfaction >= p.dissatisfied)


@given(PEOPLE, st.tuples(st.floats(0, 60), st.floats(0, 60)).map(sorted), of(advocacy))
def test_more_advocates_are_never_heard_less(person, pair, p):
    few, many = (advocacy.probability_of_hearing(who, p) for who in varied(person, "urging", pair))
    assert 0.0 <= few <= many + ROUNDING
    assert many <= 1.0


@given(PEOPLE, PAIR, of(advocacy))
def test_an_advocates_word_goes_as_far_as_there_is_trust(person, pair, p):
    low, high = (advocacy.heard(who, p) for who in varied(person, "trust", pair))
    assert 0.0 <= low.conviction <= high.conviction <= 1.0


@given(PEOPLE, PAIR, of(advocacy))
def test_an_advocate_with_more_skill_never_counts_less(person, pair, p):
    low, high = (advocacy.strength(who, p) for who in varied(person, "skill", pair))
    assert 1.0 <= low <= high


# 10. Credit


@given(PEOPLE, SHARE, of(credit))
def test_taking_credit_never_raises_anyones_trust(person, claimed, p):
    assert 0.0 <= credit.trust_kept(person, claimed, p) <= 1.0


@given(PEOPLE, PAIR, of(credit))
def test_more_credit_taken_never_leaves_more_trust(person, pair, p):
    low, high = (credit.trust_kept(person, claimed, p) for claimed in pair)
    assert high <= low + ROUNDING


@given(PEOPLE, PAIR, SHARE, of(credit))
def test_those_with_more_ego_never_mind_less_who_takes_the_credit(person, pair, claimed, p):
    low, high = (credit.trust_kept(who, claimed, p) for who in varied(person, "ego", pair))
    assert high <= low + ROUNDING


@given(LEADERS, PAIR, SHARE, switched_on(credit))
def test_taking_credit_never_costs_a_career_and_giving_it_never_makes_one(leader, pair, other, p):
    less, more = (credit.next_capital(leader, taken, other, p) for taken in pair)
    assert -1.0 <= less <= more + ROUNDING
    assert more <= 1.0
    less, more = (credit.next_capital(leader, other, given_, p) for given_ in pair)
    assert more <= less + ROUNDING


@given(LEADERS, PAIR)
def test_ego_never_lowers_and_forgoing_never_raises_how_often_credit_is_taken(leader, pair):
    low, high = (credit.probability_of_claiming(who) for who in varied(leader, "ego_shown", pair))
    assert 0.0 <= low <= high <= 1.0
    low, high = (credit.probability_of_claiming(who) for who in varied(leader, "credit_forgone", pair))
    assert high <= low


@given(PEOPLE, WEEKS, st.integers(1, 104), of(credit))
def test_no_credit_can_be_claimed_where_no_leader_spoke(person, week, memory, p):
    assert not credit.can_be_claimed(person._replace(leader=NEVER), week, memory, p)


# 11. Heroes


@given(PEOPLE, PAIR, of(telling))
def test_being_told_draws_those_with_more_ego_less_and_costs_more_of_their_trust(person, pair, p):
    low, high = (telling.told(who, p) for who in varied(person, "ego", pair))
    assert high.conviction <= low.conviction
    assert high.trust <= low.trust <= 0.0


@given(LEADERS, PAIR, of(telling))
def test_ego_makes_leaders_tell_and_forgoing_credit_makes_them_ask(leader, pair, p):
    low, high = (telling.probability_of_telling(who, p) for who in varied(leader, "ego_shown", pair))
    assert 0.0 <= low <= high <= 1.0
    low, high = (telling.probability_of_telling(who, p) for who in varied(leader, "credit_forgone", pair))
    assert high <= low


@given(LEADERS, PAIR, switched_on(learning))
def test_feedback_only_ever_softens_the_ego_shown(leader, pair, p):
    few, many = (learning.next_ego_shown(leader, failed, p) for failed in pair)
    assert 0.0 <= many <= few <= leader.ego_shown


# 12. Learning

TRIALS = st.integers(0, 2_000)


@given(SHARE, SHARE, TRIALS, TRIALS, TRIALS, of(learning))
def test_practice_never_takes_skill_beyond_aptitude_or_down(skill, aptitude, attempts, successes, failures, p):
    after = learning.next_skill(skill, aptitude, attempts, successes, failures, p)
    assert skill <= after <= max(skill, aptitude) + ROUNDING


@given(PAIR, TRIALS, TRIALS, TRIALS, PAIR, switched_on(learning))
def test_failures_never_teach_more_where_they_are_blamed(skills, attempts, successes, failures, pair, p):
    low, high = (learning.next_skill(*skills, attempts, successes, failures, p._replace(blame=blame)) for blame in pair)
    assert high <= low + ROUNDING


@given(PAIR, TRIALS, TRIALS, TRIALS, TRIALS, of(learning))
def test_the_practised_never_learn_faster_than_beginners(skills, attempts, more, successes, failures, p):
    early, late = (learning.next_skill(*skills, n, successes, failures, p) for n in (attempts, attempts + more))
    assert late <= early + ROUNDING


@given(LEADERS, PAIR, SHARE, of(learning))
def test_blame_never_brings_leaders_forward(leader, pair, failed, p):
    low, high = (learning.next_withdrawn(leader, failed, p._replace(blame=blame)) for blame in pair)
    assert 0.0 <= low <= high + ROUNDING
    assert high <= 1.0


@given(TRIALS, TRIALS, st.integers(1, 50))
def test_who_holds_more_conversations_is_not_blamed_more_for_the_same_share_of_failures(attempts, failures, times):
    failures = min(attempts, failures)
    once, often = (learning.failed_share(n * attempts, n * failures) for n in (1, times))
    assert often == pytest.approx(once)
    assert 0.0 <= once <= 1.0


# 13. All levels


@given(LEADERS, PEOPLE, of(conversation))
def test_near_peers_are_heard_at_least_as_openly_as_those_further_away(leader, person, p):
    by_tier = {tier: conversation.openness_across(leader._replace(tier=tier), person, p) for tier in range(4)}
    near_first = sorted(range(4), key=lambda tier: abs(tier - person.tier))
    heard = [by_tier[tier] for tier in near_first]
    assert heard[0] == 1.0
    assert heard == sorted(heard, reverse=True)
    assert heard[-1] >= 0.0


@given(PEOPLE, SHARE, SHARE, st.integers(0, 10))
def test_suitability_is_a_probability_whatever_the_targeting(person, listeners, brokerage, rule):
    assert 0.0 <= targeting.suitability(person, listeners, brokerage, rule) <= 1.0


@given(PEOPLE, PAIR)
def test_targeting_means_what_it_says(person, pair):
    def suits(rule, field):
        return [targeting.suitability(who, who.listeners, who.brokerage, rule) for who in varied(person, field, pair)]

    for rule, field in (
        (targeting.DISSATISFIED, "dissatisfaction"),
        (targeting.CENTRAL, "listeners"),
        (targeting.BROKERS, "brokerage"),
        (targeting.WILLING, "conviction"),
    ):
        assert suits(rule, field) == sorted(suits(rule, field))
    assert suits(targeting.RESISTORS, "conviction") == sorted(suits(targeting.RESISTORS, "conviction"), reverse=True)


def test_fence_sitters_are_those_in_the_middle():
    at = [targeting.suitability(SOMEONE._replace(conviction=x), 0, 0, targeting.FENCE_SITTERS) for x in (0.0, 0.5, 1.0)]
    assert at == [0.0, 1.0, 0.0]


@given(PEOPLE, PAIR, of(gates))
def test_conviction_never_withdraws_support(person, pair, p):
    low, high = (gates.is_supporter(who, p) for who in varied(person, "conviction", pair))
    assert high >= low


def test_every_tier_has_a_voice_when_the_board_weighs_support():
    p = gates.Parameters()
    assert all(gates.voice(tier, p) > 0.0 for tier in range(4))
    assert sum(gates.voice(tier, p) for tier in range(4)) == pytest.approx(1.0)


# 14. Isolation and training


@given(PEOPLE, of(isolation))
def test_motivation_stays_between_what_always_remains_and_full(person, p):
    person = person._replace(motivation=max(person.motivation, p.lowest))
    assert p.lowest - ROUNDING <= isolation.next_motivation(person, p) <= 1.0


@given(PEOPLE, switched_on(isolation))
def test_a_juniors_motivation_fades_alone_and_returns_in_company(person, p):
    junior = person._replace(junior=1, motivation=max(person.motivation, p.lowest))
    assert isolation.next_motivation(junior._replace(exposure=0.0), p) <= junior.motivation + ROUNDING
    assert isolation.next_motivation(junior._replace(exposure=0.1), p) >= junior.motivation - ROUNDING


@given(PEOPLE, of(isolation))
def test_only_juniors_are_isolated(person, p):
    assert isolation.next_motivation(person._replace(junior=0), p) == 1.0


@given(SHARE, SHARE, of(training))
def test_training_never_lowers_skill_and_never_passes_aptitude(skill, aptitude, p):
    assert skill <= training.trained_skill(skill, aptitude, p) <= max(skill, aptitude)


@given(WEEKS, of(training))
def test_training_costs_hours_and_never_adds_any(week, p):
    assert 0.0 <= training.hours_left(week, p) <= 1.0


# 15. Competition


@given(SHARE, st.booleans(), st.booleans())
def test_by_default_a_rivals_example_counts_least_and_one_inside_most(felt, convened, peers):
    p = competition.Parameters()
    inside, across, rival = (competition.tie_weight(kind, felt, convened, peers, p) for kind in (INSIDE, ACROSS, RIVAL))
    assert 0 <= rival <= across <= inside == 16


@given(PAIR, of(competition))
def test_a_stronger_incentive_to_compete_never_opens_ties_across(pair, p):
    low, high = (competition.tie_weight(ACROSS, felt, False, False, p) for felt in pair)
    assert high <= low


@given(SHARE, of(competition))
def test_ties_that_others_made_carry_only_while_these_exist(felt, p):
    assert competition.tie_weight(CONVENED, felt, False, True, p) == 0
    assert competition.tie_weight(PEER, felt, True, False, p) == 0
    assert competition.tie_weight(CONVENED, felt, True, False, p) > 0
    assert competition.tie_weight(PEER, felt, False, True, p) > 0


@given(SHARE, SHARE, PAIR, of(competition))
def test_the_temptation_to_wait_falls_with_purpose_and_with_the_partners_adoption(purpose, partners, pair, p):
    low, high = (competition.pull_back(v, partners, 0.5, p) for v in pair)
    assert 0.0 <= high <= low
    low, high = (competition.pull_back(purpose, m, 0.5, p) for m in pair)
    assert high <= low
    low, high = (competition.pull_back(purpose, partners, felt, p) for felt in pair)
    assert high >= low


# 16 and 17. Gates in series


@given(ORGANISATIONS, of(gates))
def test_room_is_a_share_and_an_open_gate_leaves_all_of_it(organisation, p):
    assert 0.0 <= gates.room(organisation, p) <= 1.0
    assert gates.room(organisation._replace(committed=3), p) == 1.0


@given(ORGANISATIONS, PAIR, of(gates))
def test_a_pilot_that_fills_never_has_more_room(organisation, pair, p):
    closed = organisation._replace(committed=NEVER)
    low, high = (gates.room(where, p) for where in varied(closed, "adopted_share", pair))
    assert high <= low


@given(st.integers(0, 10**7), st.integers(1, 10**6), st.integers(1, 10**7), of(gates))
def test_nobody_joins_a_pilot_that_is_full(adopted, weight, everyone, p):
    if gates.has_room(adopted, weight, everyone, p):
        assert adopted + 0.5 * weight <= p.pilot * everyone


@given(ORGANISATIONS, PAIR, WEEKS, of(gates))
def test_more_support_never_keeps_a_board_from_asking(organisation, pair, week, p):
    low, high = (gates.board_asks(organisation, support, week, p) for support in pair)
    assert high >= low


@given(ORGANISATIONS, SHARE, WEEKS, of(gates))
def test_a_board_asks_once_and_again_only_after_a_while(organisation, support, week, p):
    if gates.board_asks(organisation, support, week, p):
        assert organisation.asked == organisation.committed == NEVER
        assert organisation.refused == NEVER or week - organisation.refused >= p.again


@given(PAIR, st.floats(1, 6), of(gates))
def test_the_longer_the_queue_the_slower_the_approval(pair, quicker, p):
    low, high = (gates.approval_probability(waiting, quicker, p) for waiting in pair)
    assert 0.0 <= high <= low <= 1.0


@given(st.tuples(st.floats(-1, 1), st.floats(-1, 1)).map(sorted), of(gates))
def test_the_more_a_change_harms_the_more_often_it_is_refused(pair, p):
    worse, better = (gates.veto_probability(benefit, p) for benefit in pair)
    assert 0.0 <= better <= worse <= 1.0


# 1 and 16. Mandate and payment


@given(SHARE, SHARE, PAIR, of(incentives))
def test_payment_and_orders_never_lower_compliance_in_name(payment, mandate, pair, p):
    low, high = (incentives.compliance_probability(share, mandate, p) for share in pair)
    assert 0.0 <= low <= high <= 1.0
    low, high = (incentives.compliance_probability(payment, share, p) for share in pair)
    assert low <= high


@given(of(incentives))
def test_nobody_complies_whom_nobody_pays_or_orders(p):
    assert incentives.compliance_probability(0.0, 0.0, p) == 0.0


@given(PEOPLE, PAIR, SHARE, of(incentives))
def test_being_ordered_is_resented_most_by_those_who_prize_autonomy_and_trust_least(person, pair, mandate, p):
    low, high = (incentives.resentment(who, mandate, p) for who in varied(person, "autonomy", pair))
    assert 0.0 <= low <= high
    low, high = (incentives.resentment(who, mandate, p) for who in varied(person, "trust", pair))
    assert high <= low
    low, high = (incentives.resentment(person, order, p) for order in pair)
    assert high >= low


@given(st.floats(-2, 3), PAIR)
def test_payment_never_raises_a_cost_and_never_touches_a_saving(cost, pair):
    low, high = (incentives.cost_paid(cost, payment) for payment in pair)
    assert high <= low or cost <= 0.0
    assert incentives.cost_paid(-abs(cost), pair[1]) == -abs(cost)


@given(WEEKS, of(incentives))
def test_payment_never_reaches_further_without_a_convener(week, p):
    assert incentives.payment_now(week, False, p) <= incentives.payment_now(week, True, p)


@given(PEOPLE, ORGANISATIONS, of(contagion))
def test_complying_in_name_brings_nobody_nearer_to_adopting(person, organisation, p):
    aware, complying = (
        contagion.adoption_probability(person._replace(stage=stage), organisation, 0.2, 1.0, p) for stage in (1, 2)
    )
    assert aware == complying


# 18. The convener


@given(CONVENERS, st.booleans(), of(convening))
def test_relations_stay_a_share_grow_at_the_table_and_fade_without(convener, present, p):
    after = convening.next_relations(convener, present, p)
    assert 0.0 <= after <= 1.0
    assert after >= convener.relations if present else after <= convener.relations


@given(CONVENERS, PAIR, of(convening))
def test_better_relations_never_ease_less_competition(convener, pair, p):
    low, high = (convening.competition_eased(who, p) for who in varied(convener, "relations", pair))
    assert 0.0 <= low <= high <= 1.0


@given(CONVENERS, st.booleans(), WEEKS, of(convening))
def test_a_convener_always_costs_something_or_nothing(convener, present, week, p):
    assert convening.load(convener, present, week, p) >= 0.0


@given(st.floats(-2, 3), st.floats(-2, 3), CONVENERS, of(convening))
def test_gain_share_moves_a_cost_towards_the_mean_and_never_past_it(cost, mean, convener, p):
    shared = convening.shared_cost(cost, mean, convener, True, p)
    assert min(cost, mean) - ROUNDING <= shared <= max(cost, mean) + ROUNDING
    assert convening.shared_cost(cost, mean, convener, False, p) == cost


@given(st.lists(st.floats(-2, 3), min_size=2, max_size=20), CONVENERS, of(convening))
def test_gain_share_only_moves_money(costs, convener, p):
    mean = sum(costs) / len(costs)
    shared = [convening.shared_cost(cost, mean, convener, True, p) for cost in costs]
    assert sum(shared) == pytest.approx(sum(costs), abs=1e-9)


@given(WEEKS, of(convening))
def test_authority_needs_a_place(week, p):
    assert convening.is_present(week, p) or not convening.has_authority(week, p)


@given(st.lists(st.floats(0, 50), min_size=1, max_size=10), CONVENERS, of(convening))
def test_favours_at_a_table_are_shared_and_none_is_lost(received, convener, p):
    mean = sum(received) / len(received)
    counted = [convening.pooled(favours, mean, convener, p) for favours in received]
    assert sum(counted) == pytest.approx(sum(received))
    assert max(counted) - min(counted) <= max(received) - min(received) + ROUNDING
    absent = convener._replace(present=0)
    assert [convening.pooled(favours, mean, absent, p) for favours in received] == received


# 19. Alignment


@given(PAIR, of(alignment))
def test_agreement_never_adds_noise_or_delay(pair, p):
    for factor in (alignment.shock_factor, alignment.delay_factor):
        low, high = (factor(aligned, p) for aligned in pair)
        assert low >= high >= 1.0


@given(PAIR, switched_on(alignment))
def test_alignment_on_the_wrong_thing_holds_back_and_on_the_right_one_pushes(pair, p):
    low, high = (alignment.drag(aligned, p) for aligned in pair)
    assert (high - low) * p.direction <= 0.0


# 20. Favours


@given(st.floats(-2, 3), ORGANISATIONS, st.tuples(st.floats(0, 20), st.floats(0, 20)).map(sorted), of(favours))
def test_favours_received_never_make_a_cost_harder_to_bear(cost, organisation, pair, p):
    low, high = (favours.cost_borne(cost, where, p) for where in varied(organisation, "favours", pair))
    assert high <= low + ROUNDING
    assert low <= cost
    assert (high >= 0.0) == (cost >= 0.0) or high == 0.0


@given(KNOWLEDGE)
def test_no_favour_is_open_that_was_not_given(known):
    assert 0.0 <= favours.open_favours(known) <= known.given


@given(PEOPLE, PAIR, of(nature))
def test_to_press_resisters_costs_trust_the_more_so_the_more_a_change_diverges(person, pair, p):
    for who, rules in (
        (varied(person, "conviction", pair[::-1]), (p, p)),
        ((person, person), varied(p, "divergence", pair)),
    ):
        less, more = (nature.trust_lost(one, by) for one, by in zip(who, rules, strict=True))
        assert 0.0 <= less <= more <= 1.0


@given(PAIR, of(incentives))
def test_to_be_ordered_never_makes_a_change_last_longer(pair, p):
    low, high = (incentives.lapse_raised(mandate, p) for mandate in pair)
    assert 1.0 <= low <= high


@given(LEADERS, of(favours))
def test_a_leader_from_outside_has_nothing_to_give(leader, p):
    assert not favours.can_be_given(leader._replace(organisation=NEVER), p)
    assert favours.can_be_given(leader._replace(organisation=0), p) == p.on


# Adopting and lapsing

ROOM = SHARE


@given(PEOPLE, ORGANISATIONS, st.floats(0, 3), ROOM, of(contagion))
def test_adopting_is_a_probability(person, organisation, threshold, room, p):
    assert 0.0 <= contagion.adoption_probability(person, organisation, threshold, room, p) <= 1.0


@pytest.mark.parametrize("field", ["conviction", "exposure", "ownership", "motivation"])
@given(person=PEOPLE, organisation=ORGANISATIONS, threshold=st.floats(0, 2), pair=PAIR, p=of(contagion))
def test_this_never_keeps_a_person_from_adopting(field, person, organisation, threshold, pair, p):
    low, high = (
        contagion.adoption_probability(who, organisation, threshold, 1.0, p) for who in varied(person, field, pair)
    )
    assert high >= low - ROUNDING


@given(PEOPLE, ORGANISATIONS, PAIR, ROOM, of(contagion))
def test_a_higher_threshold_never_makes_adopting_likelier(person, organisation, pair, room, p):
    low, high = (contagion.adoption_probability(person, organisation, threshold, room, p) for threshold in pair)
    assert high <= low + ROUNDING


@given(PEOPLE, ORGANISATIONS, st.floats(0, 2), ROOM, of(contagion))
def test_an_open_gate_never_makes_adopting_less_likely(person, organisation, threshold, room, p):
    shut, opened = (
        contagion.adoption_probability(person, organisation._replace(committed=week), threshold, room, p)
        for week in (NEVER, 0)
    )
    assert opened >= shut - ROUNDING


@given(PEOPLE, ORGANISATIONS, of(contagion))
def test_a_full_pilot_takes_nobody(person, organisation, p):
    assert contagion.adoption_probability(person, organisation, 0.0, 0.0, p) == 0.0


def test_by_default_nobody_adopts_without_conviction():
    person = SOMEONE._replace(conviction=0.0, exposure=1.0)
    organisation = SOMEWHERE._replace(committed=0)
    assert contagion.adoption_probability(person, organisation, 0.0, 1.0, contagion.Parameters()) == 0.0


@given(PEOPLE, ORGANISATIONS, SHARE, st.floats(1, 11), of(contagion))
def test_lapsing_is_a_probability(person, organisation, under, raised, p):
    assert 0.0 <= contagion.lapse_probability(person, organisation, under, raised, p) <= 1.0


@pytest.mark.parametrize("field", ["conviction", "exposure", "ownership", "credited"])
@given(person=PEOPLE, organisation=ORGANISATIONS, under=SHARE, pair=PAIR, p=of(contagion))
def test_this_never_makes_a_person_give_up(field, person, organisation, under, pair, p):
    pair = (0, 1) if field == "credited" else pair
    low, high = (contagion.lapse_probability(who, organisation, under, 1.0, p) for who in varied(person, field, pair))
    assert high <= low + ROUNDING


@given(PEOPLE, ORGANISATIONS, PAIR, st.floats(1, 11), of(contagion))
def test_pressure_never_keeps_a_person_from_giving_up(person, organisation, pair, raised, p):
    low, high = (contagion.lapse_probability(person, organisation, under, raised, p) for under in pair)
    assert high >= low - ROUNDING


@given(PEOPLE, ORGANISATIONS, SHARE, of(contagion))
def test_an_open_gate_never_makes_giving_up_likelier(person, organisation, under, p):
    shut, opened = (
        contagion.lapse_probability(person, organisation._replace(committed=week), under, 1.0, p) for week in (NEVER, 0)
    )
    assert opened <= shut + ROUNDING


# Influence


@given(PEOPLE, PAIR, switched_on(influence))
def test_contacts_who_think_more_of_it_never_lower_a_persons_own_view(person, pair, p):
    low, high = (influence.next_conviction(who, 0.5, 0.1, p) for who in varied(person, "surrounding", pair))
    assert high >= low


@given(PEOPLE, SHARE, SHARE, switched_on(influence))
def test_conviction_moves_between_where_it_is_and_where_it_is_drawn(person, view, pace, p):
    assume(pace + p.listening <= 1.0)
    places = (person.conviction, view, person.surrounding)
    assert min(places) - ROUNDING <= influence.next_conviction(person, view, pace, p) <= max(places) + ROUNDING


@given(PEOPLE, PAIR, of(influence))
def test_awareness_never_spreads_less_where_more_have_adopted(person, pair, p):
    low, high = (influence.awareness_probability(who, p) for who in varied(person, "exposure", pair))
    assert 0.0 <= low <= high <= 1.0


@given(PAIR, SHARE, of(influence))
def test_exposure_is_a_share_that_grows_with_those_seen(pair, other, p):
    low, high = (influence.exposure(seen, other, p) for seen in pair)
    assert 0.0 <= low <= high + ROUNDING
    assert high <= 1.0
    low, high = (influence.exposure(other, seen, p) for seen in pair)
    assert low <= high + ROUNDING


# The change itself


@given(ORGANISATIONS, of(nature))
def test_people_believe_between_the_claim_and_the_truth(organisation, p):
    benefit = nature.perceived(organisation, p).benefit
    assert min(p.claimed, p.benefit) - ROUNDING <= benefit <= max(p.claimed, p.benefit) + ROUNDING


@given(ORGANISATIONS, of(nature))
def test_the_truth_shows_more_and_more(organisation, p):
    assert organisation.seen <= nature.next_seen(organisation, p) <= 1.0


@given(PEOPLE, PAIR, of(nature))
def test_divergence_raises_thresholds_until_the_profession_moves(person, pair, p):
    low, high = (nature.threshold(who, p) for who in varied(person, "profession_exposure", pair))
    assert person.threshold <= high <= low


@given(st.booleans(), of(nature))
def test_complexity_only_bites_once_nobody_leads(abandoned, p):
    assert nature.lapse_raised(abandoned, p) >= nature.lapse_raised(False, p) == 1.0


# Turnover


@given(PEOPLE, PAIR, of(turnover))
def test_more_pressure_never_keeps_staff(person, pair, p):
    low, high = (turnover.staff_exit_probability(person, under, p) for under in pair)
    assert 0.0 <= low <= high <= 1.0


@given(PEOPLE, PAIR, SHARE, of(turnover))
def test_the_discouraged_never_stay_longer(person, pair, under, p):
    low, high = (turnover.staff_exit_probability(who, under, p) for who in varied(person, "motivation", pair))
    assert high <= low


@given(LEADERS, st.tuples(st.floats(-1, 1), st.floats(-1, 1)).map(sorted), SHARE, of(turnover))
def test_career_capital_never_shortens_a_tenure(leader, pair, under, p):
    low, high = (turnover.leader_exit_probability(who, under, p) for who in varied(leader, "capital", pair))
    assert 0.0 <= high <= low <= 1.0
