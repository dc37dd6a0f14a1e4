"""Predictions in a workshop."""

from sessions import SMALL

from experiments.page.tab.questions import QUESTIONS, requests_of
from experiments.page.tab.workshop import PREDICT, RUN, error_of


def test_a_prediction_is_forgotten_where_it_was_about_something_else(session):
    def predict() -> None:
        session.workshop.drawn, session.workshop.choice, session.workshop.stage = (
            [[0, 0.1], [60, 0.4]],
            "in year 2",
            RUN,
        )

    predict()
    session.set_world(seed=5)
    assert session.workshop.drawn
    session.set_world(weeks=52)
    assert (session.workshop.drawn, session.workshop.choice, session.workshop.stage) == ([], "", PREDICT)
    predict()
    session.use(requests_of(QUESTIONS["3"], SMALL), "3")
    assert session.workshop.drawn == []


def test_a_prediction_like_the_run_is_no_error():
    assert error_of([[0, 0.0], [10, 0.5]], [0, 5, 10], [0.0, 0.25, 0.5]) == 0.0
    assert error_of([], [0], [0.0]) is None
