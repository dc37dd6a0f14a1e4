"""What a workshop leaves, as plain data."""

from sessions import SMALL

from experiments.page.tab.pulls import WORKSHOP
from experiments.page.tab.questions import QUESTIONS, requests_of
from experiments.page.workshop import acts
from experiments.page.workshop.hour import REVEAL, key_of_note
from experiments.page.workshop.kept import record_of
from experiments.page.workshop.record import Group, Hours

LINES = ((0.1, 0.2, 0.3, 0.4, 0.5), (0.1, 0.1, 0.2, 0.3, 0.3))


def test_a_record_holds_the_workshop_of_its_question_and_no_other(session):
    session.use(requests_of(QUESTIONS["4"], SMALL), "4")
    session.look(WORKSHOP)
    acts.add_group(session, "North")
    acts.predict(session, 0, LINES)
    acts.guess(session, 0, "nearly all")
    acts.spend(session, 2.0, True)
    session.set_decisions(13)
    session.workshop.notes |= {key_of_note("4", "Why?"): "Because.", key_of_note("5", "Why?"): "Elsewhere."}
    found = record_of(session)
    assert (found.question, found.title, found.arms) == ("4", QUESTIONS["4"].title, QUESTIONS["4"].names)
    assert found.groups == (Group("North", LINES, "nearly all"),)
    assert found.hours == Hours(2.0, True, 13)
    assert found.notes == {"Why?": "Because."}
    assert (found.weeks, found.at[-1], found.revealed) == (SMALL.weeks, SMALL.weeks, False)
    acts.run_hidden(session)
    acts.go(session, REVEAL)
    assert record_of(session).revealed


def test_the_users_own_question_has_a_title_too(session):
    assert record_of(session).title
    assert record_of(session).question == ""


def test_beginning_anew_asks_first_and_keeps_hours_and_names(session):
    session.look(WORKSHOP)
    acts.add_group(session, "North")
    acts.predict(session, 0, LINES[:1])
    acts.spend(session, 0.5, True)
    session.jump(9)
    session.set_parameter(0, "leaders.ego", 0.9)
    acts.begin_anew(session)
    session.answer(False)
    assert session.week == 9
    acts.begin_anew(session)
    session.answer(True)
    assert (session.week, session.workshop.groups) == (0, [Group("North")])
    assert session.workshop.is_open
    assert session.workshop.is_covering
    assert record_of(session).hours == Hours(0.5, True, session.pause_every)
