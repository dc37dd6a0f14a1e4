"""The runs of a tab: stepped, changed on the way, compared and gone back in."""

import time

import numpy as np
import pytest
from sessions import SMALL, opened_session, trajectory

from experiments.page.tab.questions import QUESTIONS, requests_of
from experiments.page.workshop.record import Group
from simulation import catalogue
from simulation.page.comparison import partings
from simulation.running import run


def test_the_page_gives_exactly_the_run_of_the_command_line(session):
    session.jump(20)
    session.set_parameter(0, "leaders.ego", 0.9)
    session.set_tactic(0, "seeding", 0.0)
    session.jump(33)
    session.set_tactic(0, "patient_voice", 0.3)
    session.jump(SMALL.weeks)
    request = session.arms[0].request
    assert [week for week, _ in request.schedule] == [20, 33]
    assert np.array_equal(run(request).adopted_share, trajectory(session.arms[0]))


def test_a_lever_that_describes_the_start_waits_for_reset(session):
    session.jump(5)
    session.set_parameter(0, "population.ego", 0.8)
    assert session.pending == [{"population.ego"}]
    assert session.arms[0].request.settings == {}
    session.reset()
    assert session.pending == [set()]
    assert session.arms[0].request.settings == {"population.ego": 0.8}
    assert session.arms[0].request.schedule == ()


def test_a_lever_that_waits_is_kept_when_going_back_and_waits_no_more_when_moved_back(session):
    session.jump(5)
    session.set_parameter(0, "population.ego", 0.8)
    session.jump(2)
    assert session.pending == [{"population.ego"}]
    assert session.drafts[0].settings == {"population.ego": 0.8}
    session.replay()
    assert session.pending == [{"population.ego"}]
    assert session.arms[0].request.settings == {}
    session.jump(3)
    session.set_parameter(0, "population.ego", catalogue.parameters()["population.ego"].default)
    assert session.pending == [set()]


def test_before_the_first_week_every_lever_works_at_once(session):
    session.set_parameter(0, "population.ego", 0.8)
    session.set_tactic(0, "coalition", 1.0)
    assert session.arms[0].request.settings == {"population.ego": 0.8}
    assert session.arms[0].request.tactics["coalition"] == 1.0
    assert session.arms[0].request.schedule == ()


def test_an_impossible_lever_changes_nothing_and_is_told(session):
    session.set_parameter(0, "leaders.ego", 7.0)
    assert "leaders.ego" in session.problems[0]
    assert session.drafts[0].settings == {}


@pytest.mark.parametrize("words", ["2.7", "1e3", "many", "9" * 5000])
def test_a_seed_that_is_no_number_is_refused_and_said_until_the_next_action(session, words):
    session.set_number("seed", words)
    assert session.refused == 1
    assert session.drafts[0].seed == SMALL.seed
    assert session.problems
    session.step()
    assert session.problems == []
    assert session.week == 1


def test_the_question_shown_is_the_one_that_is_set():
    session = opened_session()
    session.use(requests_of(QUESTIONS["4"], SMALL), "4")
    assert session.asked == "4"
    session.jump(4)
    assert session.asked == "4"
    session.set_parameter(1, "leaders.ego", 0.9)
    assert session.asked == ""
    session.use(requests_of(QUESTIONS["4"], SMALL), "4")
    session.compare(False)
    assert session.asked == ""


def test_going_back_gives_the_same_weeks_again(session):
    session.jump(30)
    session.set_parameter(0, "leaders.hours", 6.0)
    session.jump(50)
    before = trajectory(session.arms[0])[:41]
    session.jump(40)
    assert session.week == 40
    assert np.array_equal(trajectory(session.arms[0])[:41], before)
    assert session.drafts[0].settings["leaders.hours"] == 6.0


def test_levers_follow_a_replay(session):
    session.jump(10)
    session.set_parameter(0, "leaders.ego", 0.9)
    session.replay()
    assert session.drafts[0].settings == {}
    session.jump(10)
    assert session.drafts[0].settings == {"leaders.ego": 0.9}


def test_what_was_asked_for_before_never_moves_the_new_run(session):
    turn = session._turn
    session.reset()
    assert not session.live_a_week(turn)
    assert session.week == 0


def test_two_arms_without_a_difference_stay_equal(session):
    session.jump(10)
    session.compare(True)
    session.jump(40)
    left, right = session.arms
    assert np.array_equal(trajectory(left), trajectory(right))
    assert partings(left, right) == []


def test_two_arms_part_only_after_a_lever_was_pulled(session):
    session.jump(10)
    session.compare(True)
    session.set_parameter(1, "contagion.spontaneous", 0.2)  # certain to show in so small an economy
    session.jump(SMALL.weeks)
    left, right = session.arms
    found = partings(left, right)
    assert found
    assert all(parting.week > 10 for parting in found)
    assert np.array_equal(trajectory(left)[:11], trajectory(right)[:11])
    session.compare(False)
    assert len(session.arms) == 1


def test_playing_stops_for_decisions(session):
    session.workshop.covers = True
    session.set_decisions(13)
    session.set_speed(100)
    session.play()
    for _ in range(400):
        if not session.playing:
            break
        time.sleep(0.02)
    assert session.week == 13


def test_another_seed_is_another_run(session):
    session.jump(SMALL.weeks)
    before = trajectory(session.arms[0])
    session.set_world(seed=2)
    session.jump(SMALL.weeks)
    assert not np.array_equal(before, trajectory(session.arms[0]))


def test_another_seed_keeps_what_was_pulled_and_when(session):
    session.jump(10)
    session.set_parameter(0, "leaders.ego", 0.9)
    session.jump(20)
    session.set_tactic(0, "seeding", 0.0)
    before = session.arms[0].request
    session.set_world(seed=2)
    assert session.arms[0].request == before._replace(seed=2)
    assert session.drafts[0].settings == {}
    session.set_world(weeks=15)
    assert [week for week, _ in session.arms[0].request.schedule] == [10]


def test_another_question_asks_only_where_something_would_be_lost(session):
    session.ask_to_use(requests_of(QUESTIONS["4"], SMALL), "4")
    session.answer(True)
    session.ask_to_use(requests_of(QUESTIONS["3"], SMALL), "3")
    assert session.asking is None
    said = Group(ahead="about half")
    session.workshop.groups = [said]
    session.ask_to_use(requests_of(QUESTIONS["4"], SMALL), "4")
    assert "predicted" in session.asking.words
    session.answer(False)
    assert (session.question, session.workshop.groups) == ("3", [said])


def test_another_change_is_another_run_in_both_arms_and_the_levers_show_what_it_sets(session):
    from experiments.page.tab.levers import parameter_levers

    def lever():
        groups = parameter_levers(session.drafts[0], set())
        return next(
            each["value"] for group in groups for each in group["levers"] if each["name"] == "nature.divergence"
        )

    session.jump(SMALL.weeks)
    before = trajectory(session.arms[0])
    session.compare(True)
    session.set_world(change="complex")
    assert lever() == 0.7 and "change complex" in session.caption
    session.jump(SMALL.weeks)
    assert [arm.request.change for arm in session.arms] == ["complex", "complex"]
    assert not np.array_equal(before, trajectory(session.arms[0]))
    assert np.array_equal(run(session.arms[0].request).adopted_share, trajectory(session.arms[0]))
    session.set_world(change=None)
    session.jump(SMALL.weeks)
    assert np.array_equal(before, trajectory(session.arms[0]))


def test_an_unknown_health_economy_leaves_the_run_as_it_is(session):
    session.set_world(scenario="atlantis")
    assert "atlantis" in session.problems[0]
    assert session.drafts[0].scenario == "tiny"


def test_an_empty_seed_and_no_weeks_are_refused_and_change_nothing(session):
    before = session.drafts[0]
    for name, typed in (("seed", ""), ("seed", "-1"), ("weeks", "0"), ("weeks", "-3"), ("weeks", "")):
        refused = session.refused
        session.set_number(name, typed)
        assert session.problems
        assert session.refused == refused + 1
        assert session.drafts[0] == before
