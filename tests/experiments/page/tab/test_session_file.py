"""A session that is saved and opened again."""

import json
import math
import time

import numpy as np
import pytest
from sessions import SMALL, opened_session, trajectory

from experiments.page.tab.pulls import WORKSHOP
from experiments.page.tab.session import Session
from experiments.page.tab.session_file import open_in, saved
from experiments.page.workshop import acts
from experiments.page.workshop.guesses import points
from experiments.page.workshop.hour import REVEAL, RUN
from experiments.page.workshop.record import Group
from simulation.errors import Invalid

TWO_LINES = ((0.1, 0.2, 0.3, 0.4, 0.5), (0.1, 0.1, 0.2, 0.3, 0.3))


def test_a_saved_session_replays_exactly(session):
    session.jump(10)
    session.compare(True)
    session.set_parameter(1, "leaders.hours", 9.0)
    session.jump(SMALL.weeks)
    session.workshop.groups = [Group("North", TWO_LINES, "about half"), Group("South", (TWO_LINES[1], ()))]
    session.workshop.notes = {"Why?": "Because."}
    other = opened_session()
    open_in(other, saved(session))
    other.jump(SMALL.weeks)
    for one, two in zip(session.arms, other.arms, strict=True):
        assert np.array_equal(trajectory(one), trajectory(two))
    assert other.workshop.groups == session.workshop.groups
    assert other.workshop.notes == {"Why?": "Because."}


def test_a_session_is_resumed_where_it_stood(session):
    session.look(WORKSHOP)
    acts.spend(session, 0.5, True)
    acts.add_group(session, "North")
    acts.predict(session, 0, TWO_LINES[:1])
    acts.guess(session, 0, "about half")
    session.jump(10)
    session.set_parameter(0, "leaders.ego", 0.9)
    session.set_decisions(26)
    session.jump(33)
    session.workshop.go(REVEAL)
    other = opened_session()
    open_in(other, saved(session), resumed=True)
    assert (other.week, other.mode, other.pause_every) == (33, WORKSHOP, 26)
    assert (other.workshop.step, other.workshop.groups) == (REVEAL, session.workshop.groups)
    assert other.arms[0].request == session.arms[0].request
    assert np.array_equal(trajectory(other.arms[0]), trajectory(session.arms[0]))
    assert saved(other) == saved(session)


def test_a_workshop_whose_run_has_not_begun_is_still_open_after_a_reload(session):
    session.jump(10)
    session.look(WORKSHOP)
    other = opened_session()
    open_in(other, saved(session), resumed=True)
    assert other.week == 10
    assert other.workshop.is_open
    assert other.workshop.is_covering


def test_a_session_of_before_opens_with_its_line_its_choice_and_its_notes(session):
    before = {
        "syslead_session": 1,
        "question": "",
        "requests": [SMALL._asdict(), SMALL._asdict()],
        "week": 20,
        "mode": WORKSHOP,
        "stage": "Reveal and debrief",
        "covers": True,
        "prediction": [[0, 0.1], [30, 0.2], [60, 0.6]],
        "choice": "in year 2",
        "notes": {": Why?": "Because."},
        "limits": [[0, 500.0]],
        "decisions": 13,
    }
    open_in(session, json.dumps(before), resumed=True)
    line = session.workshop.groups[0].lines
    assert (len(line[0]), line[0][-1], line[1]) == (len(points(60)), 0.6, ())
    assert session.workshop.notes == {": Why?": "Because.", ": When will half of the staff have adopted?": "in year 2"}
    assert (session.week, session.pause_every, session.workshop.revealed) == (20, 13, True)
    open_in(session, json.dumps(before | {"stage": "Run"}))
    assert (session.workshop.step, session.workshop.is_open) == (RUN, False)


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
        ("groups", [{"name": "", "lines": [[math.nan] * 5, []], "ahead": ""}]),
        ("groups", [{"name": "", "lines": [[1.5] * 5, []], "ahead": ""}]),
        ("groups", [{"name": "", "lines": [], "ahead": "all but none"}]),
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
    with pytest.raises(Invalid, match=r"damaged|A prediction is|In how many runs"):
        open_in(session, json.dumps({**content, key: damage}), resumed=True)
    assert session.drafts is before


@pytest.mark.parametrize("drawn", [[[0, math.nan], [60, 0.4]], [[math.inf, 0.1]], [[0, 1.5]], [[-3, 0.1]]])
def test_a_line_of_before_that_cannot_be_changes_nothing(session, drawn):
    content = json.loads(saved(session))
    del content["groups"]
    before = session.drafts
    with pytest.raises(Invalid, match="damaged"):
        open_in(session, json.dumps({**content, "prediction": drawn}), resumed=True)
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
        '{"syslead_session": 1, "requests": [{}], "groups": [{"name": "North"}]}',
        '{"syslead_session": 1, "requests": [{}], "groups": [{"name": "", "lines": [[2, 0, 0, 0, 0]], "ahead": ""}]}',
        '{"syslead_session": 1, "requests": [{}], "notes": 7}',
        "[" * 100_000,
    ],
)
def test_a_damaged_session_file_changes_nothing(session, text):
    before = session.drafts
    with pytest.raises(Invalid):
        open_in(session, text)
    assert session.drafts is before
