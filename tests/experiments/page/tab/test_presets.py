"""The six levers of each question, what its arms are called, and levers that contradict each other."""

import pytest

from experiments.page.tab.arm_names import changed_levers, names_of_arms
from experiments.page.tab.contradictions import contradictions
from experiments.page.tab.levers import moved
from experiments.page.tab.presets import CONVERSATION, presets_of, six_levers
from experiments.page.tab.questions import QUESTIONS, requests_of
from simulation import catalogue
from simulation.request import Request

NOW = Request("ics-small")


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_has_six_levers_that_stand_where_it_has_them(question):
    levers = six_levers(question, requests_of(QUESTIONS[question], NOW))
    assert len(levers) == len({lever["name"] for lever in levers}) == 6
    for lever in levers:
        assert lever["stops"][lever["at"]]["own"], lever["name"]
        assert [stop["own"] for stop in lever["stops"]].count(True) == 1


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_stop_of_every_question_can_be_run(question):
    for preset in presets_of(question):
        for value, _ in preset.stops:
            for request in requests_of(QUESTIONS[question], NOW):
                if preset.parameter == CONVERSATION:
                    request._replace(tactics={value: 1.0}).check()
                else:
                    value = moved(catalogue.parameters()[preset.parameter], value)
                    request._replace(settings={**request.settings, preset.parameter: value}).check()


def test_a_lever_that_stands_between_its_stops_shows_where():
    requests = [request._replace(settings={"leaders.hours": 5.0}) for request in requests_of(QUESTIONS["4"], NOW)]
    hours = next(lever for lever in six_levers("4", requests) if lever["name"] == "leaders.hours")
    assert hours["stops"][hours["at"]]["words"] == "5 hours a week"


def test_a_lever_that_stands_differently_in_both_arms_stands_nowhere():
    first, second = requests_of(QUESTIONS["4"], NOW)
    requests = [first, second._replace(settings={**second.settings, "leaders.hours": 16.0})]
    assert next(lever for lever in six_levers("4", requests) if lever["name"] == "leaders.hours")["at"] == -1


@pytest.mark.parametrize("question", [name for name, question in QUESTIONS.items() if question.right])
def test_the_arms_of_a_question_have_its_names_until_these_are_no_longer_true(question):
    first, second = requests_of(QUESTIONS[question], NOW)
    assert names_of_arms(question, [first, second]) == list(QUESTIONS[question].names)
    other = names_of_arms(question, [first, first])
    assert len(set(other)) == 2
    assert not set(other) & set(QUESTIONS[question].names)


def test_names_hold_however_a_lever_of_the_six_stands():
    first, second = requests_of(QUESTIONS["4"], NOW)
    second = second._replace(settings={**second.settings, "convening.end": -1})
    assert names_of_arms("4", [first, second]) == ["no convener", "a place with authority"]
    assert changed_levers("4", [first, second]) == "week of its abolition: never"


def test_arms_of_ones_own_are_called_by_what_they_differ_in():
    one, other = NOW._replace(tactics={"plain_case": 1.0}), NOW._replace(tactics={"patient_voice": 1.0})
    assert names_of_arms("1", [one, other]) == ["the plain case", "patient voice"]


def test_levers_that_set_the_same_are_told_once_and_others_are_not():
    (told,) = contradictions(NOW._replace(tactics={"heroic_leader": 1.0, "forgoing_credit": 1.0, "seeding": 0.5}))
    assert "heroic leader" in told
    assert "Forgoing credit" in told
    assert contradictions(NOW._replace(tactics={"forgoing_credit": 1.0, "undeclared": 1.0, "seeding": 1.0})) == []


def test_a_lever_that_overrules_a_tactic_is_told():
    (told,) = contradictions(NOW._replace(tactics={"forgoing_credit": 1.0}, settings={"leaders.credit_forgone": 0.2}))
    assert "Forgoing credit" in told


def test_no_question_contradicts_itself():
    for question in QUESTIONS.values():
        for request in requests_of(question, NOW):
            assert contradictions(request) == []
