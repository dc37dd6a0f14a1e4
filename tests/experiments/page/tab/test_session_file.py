"""A session that is saved and opened again."""

import numpy as np
import pytest
from sessions import SMALL, opened_session, trajectory

from experiments.page.tab.session_file import open_in, saved
from simulation.errors import Invalid


def test_a_saved_session_replays_exactly(session):
    session.jump(10)
    session.compare(True)
    session.set_parameter(1, "leaders.hours", 9.0)
    session.jump(SMALL.weeks)
    session.workshop.drawn = [[0, 0.1], [60, 0.4]]
    session.workshop.notes = {"Why?": "Because."}
    other = opened_session()
    open_in(other, saved(session))
    other.jump(SMALL.weeks)
    for one, two in zip(session.arms, other.arms, strict=True):
        assert np.array_equal(trajectory(one), trajectory(two))
    assert other.workshop.drawn == [[0, 0.1], [60, 0.4]]
    assert other.workshop.notes == {"Why?": "Because."}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing",
        "[1]",
        "{}",
        '{"syslead_session": 1}',
        '{"syslead_session": 1, "requests": []}',
        '{"syslead_session": 1, "requests": [7]}',
        '{"syslead_session": 1, "requests": [{"scenario": "atlantis"}]}',
        '{"syslead_session": 1, "requests": [{}], "prediction": "x"}',
        "[" * 100_000,
    ],
)
def test_a_damaged_session_file_changes_nothing(session, text):
    before = session.drafts
    with pytest.raises(Invalid):
        open_in(session, text)
    assert session.drafts is before
