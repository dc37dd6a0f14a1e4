"""The questions that a tab can open with."""

import numpy as np
import pytest

from experiments.analysis.parameters.differences import differences
from experiments.page.tab.questions import QUESTIONS, requests_of
from simulation.request import Request
from simulation.running import run


def test_levers_that_differ_are_told_in_the_words_of_the_page():
    left, right = requests_of(QUESTIONS["4"], Request("ics-small"))
    assert differences(left, right) == [
        ("Week of its abolition", "never", "104", "convening.end"),
        ("What convenes the parts of a system", "none", "place with authority", "convening.kind"),
    ]


@pytest.mark.parametrize("name", [name for name, question in QUESTIONS.items() if question.right])
def test_the_arms_of_every_question_differ_by_week_130(name):
    left, right = (run(request) for request in requests_of(QUESTIONS[name], Request("ics-small", weeks=130)))
    assert not np.array_equal(left.adopted_share, right.adopted_share)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_can_be_run(name):
    for request in requests_of(QUESTIONS[name], Request("tiny", weeks=260)):
        request.check()
