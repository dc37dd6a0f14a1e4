"""The picture of a health economy."""

import json

import numpy as np
import pytest
from sessions import SMALL, opened_session

from experiments.page.tab.levers import tactic_levers
from simulation.entities import NOT_THIS_WEEK
from simulation.page.arm import Arm
from simulation.page.curves import Series
from simulation.page.layout import LANDSCAPE, PORTRAIT
from simulation.page.organisation import staff_network
from simulation.page.picture import TACTIC_MARKS, _marks, frame, legend, scene, talks_in_words
from simulation.request import Request


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT])
@pytest.mark.parametrize("scenario", ["tiny", "ics-small"])
def test_organisations_never_lie_over_one_another_nor_outside(scenario, size):
    at = Arm.of(Request(scenario, weeks=1)).places(size)
    apart = np.hypot(at.x[:, None] - at.x, at.y[:, None] - at.y) - at.radius[:, None] - at.radius
    np.fill_diagonal(apart, 1.0)
    assert apart.min() > 0
    assert (at.x - at.radius).min() > 0
    assert (at.y - at.radius).min() > 0
    assert (at.x + at.radius).max() < size[0]
    assert (at.y + at.radius).max() < size[1]


def test_the_same_health_economy_is_drawn_the_same():
    one, two = Arm.of(SMALL), Arm.of(SMALL._replace(tactics={}))
    assert scene(one) == scene(two)


def test_what_is_sent_to_the_browser_is_plain_json(session):
    session.jump(12)
    arm = session.arms[0]
    sent = [scene(arm), frame(arm), Series(arm).described(), staff_network(arm, 0), tactic_levers(SMALL)]
    assert json.loads(json.dumps(sent))


def test_the_frame_shows_the_state_of_the_week(session):
    session.jump(40)
    arm = session.arms[0]
    now = frame(arm)
    assert now["share"] == [round(100 * float(o["adopted_share"])) for o in arm.world.organisations]
    assert [gate == 2 for gate in now["gate"]] == [bool(o["committed"] >= 0) for o in arm.world.organisations]


def test_talks_are_those_of_the_week(session):
    session.jump(3)
    arm = session.arms[0]
    held = sum(talk.circles for talk in arm.talks)
    assert held == int((arm.world.bookings["when"] < NOT_THIS_WEEK).sum())
    assert {talk.tactic for talk in arm.talks} <= {"seeding", "others_shoes"}


def test_no_letters_stand_for_two_things():
    session = opened_session(Request("ics-small", {"seeding": 0.5, "coalition": 0.5}, {"leaders.number": 12}, weeks=20))
    session.jump(12)
    known = legend(session.arms)
    marks = [mark for mark, _ in known["kinds"] + known["tactics"]]
    marks += [leader["mark"] for leader in scene(session.arms[0])["leaders"]]
    assert len(set(marks)) == len(marks)
    organisations = [label for label in scene(session.arms[0])["labels"] if label]
    assert not set(organisations) & {f"L{number}" for number in range(1, 20)}
    assert [title for _, title in known["tactics"]] == ["A coalition of the willing", "Seeding an idea"]
    talks = " ".join(entry["words"] for entry in talks_in_words(session.arms[0], {"seeding": "Seeding an idea"}))
    assert "Seeding an idea (Se) – " in talks


def test_a_tactic_of_the_users_own_gets_letters_of_its_own():
    marks = _marks((*TACTIC_MARKS, "coaching", "cwm", "seesaw"))
    assert len(set(marks.values())) == len(marks)
    assert not {"Co", "Ca"} & set(marks.values())
