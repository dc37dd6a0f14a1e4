"""Doses are what the rules put in: worked out by hand for one conversation, and moved by what the rules say moves them."""

from math import inf, log

import pytest

from simulation.doses import doses

PEOPLE, CIRCLES, ORGANISATIONS = 14620, 432, 23
"""Of the scenario `ics-small`, as it is drawn on average."""


def dose(name, row=0, **settings):
    """Return one row of a tactic, with `group__field` set."""
    set_so = {key.replace("__", "."): value for key, value in settings.items()}
    return [found for found in doses(set_so) if found.name == name][row]


def test_the_dose_of_the_plain_case_is_what_one_works_out_by_hand():
    settings = {
        "nature.evidence": 0.75, "nature.credulity": 0.25, "plain_case.informed": 1.0, "conversation.informed_usual": 0.0,
        "conversation.purpose_usual": 0.0, "appraisal.benefit": 2.0, "appraisal.dissatisfaction": 2.0,
        "population.dissatisfaction": 0.5, "conversation.informed_fades": 0.01,
        "conversation.skill": 0.8, "conversation.without_trust": 1.0, "conversation.distance": 0.0, "learning.on": False,
        "pressure.on": False, "telling.on": False, "conversation.hours": 0.5,
    }  # fmt: skip
    (found,) = [found for found in doses(settings) if found.name == "plain_case"]
    assert found.at_once == pytest.approx((0.75 - 0.25) * (2.0 + 0.5 * 2.0))
    assert found.half_life == pytest.approx(log(0.5) / log(0.99))
    assert found.people == pytest.approx(PEOPLE / CIRCLES)
    assert found.chance == pytest.approx(0.8)
    assert found.per_hour == pytest.approx(2 * 0.8 * 1.5 * PEOPLE / CIRCLES)


def test_the_label_takes_from_the_view_what_autonomy_and_distrust_make_of_it():
    found = dose(
        "undeclared",
        reactance__strength=2.0,
        population__autonomy=0.5,
        conversation__trust_usual=0.75,
    )
    assert found.at_once == pytest.approx(2.0 * 0.5 * 0.25)


def test_credit_that_is_left_moves_the_organisation_of_whoever_adopted():
    # An ordinary leader without ego takes no credit, so that all the difference is the credit that is left.
    found = dose("forgoing_credit", leaders__ego=0.0, credit__willingness=0.5, credit__talked_of=10.0)
    assert found.at_once == pytest.approx(0.5 * 10.0 / (PEOPLE / ORGANISATIONS))
    assert found.people == pytest.approx(PEOPLE / ORGANISATIONS)
    assert found.per_hour is None


STRENGTHS = {
    "plain_case": ("plain_case.informed",),
    "others_shoes": ("others_shoes.understood",),
    "longer_term_goal": ("longer_term_goal.own_interest",),
    "seeding": ("seeding.takes", "ideas.ownership"),
    "patient_argument": ("patient_argument.purpose",),
    "patient_voice": ("patient_voice.purpose", "patient_voice.openness"),
    "higher_goals": ("higher_goals.informed", "higher_goals.purpose"),
    "coalition": ("coalition.conviction",),
}


@pytest.mark.parametrize(("tactic", "name"), [(tactic, name) for tactic, names in STRENGTHS.items() for name in names])
def test_half_of_what_a_tactic_does_is_a_lower_dose(tactic, name):
    from simulation import catalogue

    halved = dose(tactic, **{name: catalogue.parameters()[name].default / 2})
    assert 0.0 < halved.per_hour < dose(tactic).per_hour


@pytest.mark.parametrize(
    "tactic", ["plain_case", "higher_goals", "patient_argument", "patient_voice", "seeding", "coalition"]
)
def test_without_evidence_whatever_lives_on_the_benefit_does_less(tactic):
    assert dose(tactic, nature__evidence=0.0).per_hour < dose(tactic).per_hour


@pytest.mark.parametrize("tactic", ["others_shoes", "longer_term_goal"])
def test_what_serves_the_organisation_itself_needs_no_evidence(tactic):
    assert dose(tactic, nature__evidence=0.0).per_hour == pytest.approx(dose(tactic).per_hour)


FADES = [
    ("plain_case", 0, "conversation.informed_fades", 0.02),
    ("longer_term_goal", 0, "conversation.interest_fades", 0.02),
    ("patient_argument", 0, "conversation.purpose_fades", 0.02),
    ("coalition", 1, "advocacy.weary", 0.06),
    ("undeclared", 0, "reactance.months", 9.0),
    ("forgoing_credit", 0, "credit.forgotten", 0.02),
    ("giving", 1, "favours.fades", 0.02),
]


@pytest.mark.parametrize(("tactic", "row", "name", "faster"), FADES)
def test_what_fades_twice_as_fast_is_halved_in_half_the_time(tactic, row, name, faster):
    slow, fast = dose(tactic, row), dose(tactic, row, **{name: faster})
    assert fast.half_life == pytest.approx(slow.half_life / 2, rel=0.02)
    assert fast.at_once == pytest.approx(slow.at_once, abs=0.01)


def test_what_does_not_fade_stays():
    assert dose("longer_term_goal", conversation__interest_fades=0.0).half_life == inf


@pytest.mark.parametrize(
    ("tactic", "switch"),
    [("undeclared", "reactance.on"), ("forgoing_credit", "credit.on"), ("giving", "favours.on"), ("asking", "telling.on"),
     ("seeding", "ideas.on")],
)  # fmt: skip
def test_what_is_switched_off_has_no_dose(tactic, switch):
    assert [found for found in doses() if found.name == tactic]
    assert not [found for found in doses({switch: False}) if found.name == tactic]


def test_being_told_is_worse_the_more_ego_it_meets():
    assert dose("asking", population__ego=0.9).at_once > 0.0 > dose("asking", population__ego=0.1).at_once


@pytest.mark.parametrize("tactic", list(STRENGTHS))
def test_strength_is_one_dial_for_all_that_a_conversation_does(tactic):
    half, usual = dose(tactic, **{f"{tactic}.strength": 0.5}), dose(tactic)
    assert 0.0 < half.per_hour < usual.per_hour
    assert not [found for found in doses({f"{tactic}.strength": 0.0}) if found.name == tactic]


@pytest.mark.parametrize("tactic", ["plain_case", "patient_argument", "longer_term_goal"])
def test_half_the_strength_is_half_the_dose_where_one_state_alone_is_moved(tactic):
    assert dose(tactic, **{f"{tactic}.strength": 0.5}).at_once == pytest.approx(dose(tactic).at_once / 2)
