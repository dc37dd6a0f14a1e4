"""A session that is saved and opened again."""

import json
import math
import time

import numpy as np
import pytest
from sessions import SMALL, opened_session, trajectory

from experiments.page.tab.session import Session
from experiments.page.tab.session_file import open_in, saved
from experiments.page.tab.workshop import REVEAL
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


def test_a_session_is_resumed_where_it_stood(session):
    session.jump(10)
    session.set_parameter(0, "leaders.hours", 9.0)
    session.set_budget(40.0)
    session.jump(33)
    session.workshop.stage = REVEAL
    other = opened_session()
    open_in(other, saved(session), resumed=True)
    assert (other.week, other.workshop.stage, other.budget.limits) == (33, REVEAL, session.budget.limits)
    assert other.arms[0].request == session.arms[0].request
    assert np.array_equal(trajectory(other.arms[0]), trajectory(session.arms[0]))
    assert saved(other) == saved(session)


def test_a_session_is_resumed_in_its_week_also_where_a_run_stands_already():
    kept = opened_session()
    kept.jump(33)
    other = Session(SMALL, lambda: None)
    other.open()
    for _ in range(500):
        if other.arms and not other.busy:
            break
        time.sleep(0.02)
    open_in(other, saved(kept), resumed=True)
    for _ in range(500):
        if not other.busy:
            break
        time.sleep(0.02)
    assert other.week == 33
    other.close()


@pytest.mark.parametrize(
    ("key", "damage"),
    [
        ("prediction", [[0, math.nan], [60, 0.4]]),
        ("prediction", [[math.inf, 0.1]]),
        ("prediction", [[0, 1.5]]),
        ("limits", [[0, math.nan]]),
        ("limits", [[0, -1]]),
        ("limits", [[5, 3.0]]),
        ("limits", [[0, None], [9, 3.0], [4, 2.0]]),
        ("decisions", math.inf),
        ("decisions", -4),
        ("week", math.inf),
        ("week", -1),
        ("week", 10**400),
    ],
)
def test_a_session_file_with_a_number_that_cannot_be_changes_nothing(session, key, damage):
    content = json.loads(saved(session))
    before = session.drafts
    with pytest.raises(Invalid, match="damaged"):
        open_in(session, json.dumps({**content, key: damage}), resumed=True)
    assert session.drafts is before


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
