"""What the page offers of a session is that session's, and tells nothing before its reveal."""

from sessions import SMALL

from experiments.page.handouts.facilitator import numbered
from experiments.page.handouts.offered import taken_away
from experiments.page.tab.pulls import WORKSHOP
from experiments.page.tab.questions import QUESTIONS, requests_of
from experiments.page.workshop import acts
from experiments.page.workshop.guesses import points
from experiments.page.workshop.hour import REVEAL, key_of_note


def test_the_page_gives_what_was_said_of_its_question_and_the_run_once_it_is_revealed(session):
    session.use(requests_of(QUESTIONS["4"], SMALL), "4")
    session.look(WORKSHOP)
    acts.add_group(session, "North")
    acts.predict(session, 0, [[0.25] * len(points(SMALL.weeks))] * 2)
    session.workshop.notes |= {key_of_note("4", "Why?"): "Because.", key_of_note("5", "Why?"): "Elsewhere."}
    before = taken_away(session).decode()
    assert all(words in before for words in ("North", "you said 25 % in the end", "Because.", QUESTIONS["4"].title))
    assert "Elsewhere." not in before
    assert "not revealed" in before and "week by week" not in before
    acts.run_hidden(session)
    acts.go(session, REVEAL)
    after = taken_away(session).decode()
    assert "not revealed" not in after
    assert "One run, week by week" in after and "--set convening.kind=none" in after


def test_every_question_of_the_page_leads_to_a_sheet():
    assert set(numbered()) == set(QUESTIONS) - {"free"}
