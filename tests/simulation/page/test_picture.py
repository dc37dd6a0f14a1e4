"""The picture of a health economy."""

import json

import numpy as np
import pytest
from sessions import SMALL, opened_session

from experiments.page.tab.levers import tactic_levers
from simulation.entities import NOT_THIS_WEEK
from simulation.page.arm import Arm
from simulation.page.curves import BySystem, Series, date_in_words
from simulation.page.layout import LANDSCAPE, PORTRAIT, size_for
from simulation.page.organisation import staff_network
from simulation.page.picture import frame, moment_of, scene
from simulation.page.systems import systems_frame, systems_scene
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


def test_what_is_talked_about_is_named():
    session = opened_session(Request("ics-small", {"seeding": 0.5, "coalition": 0.5}, weeks=20))
    session.jump(12)
    arm = session.arms[0]
    titles = {"Seeding an idea", "A coalition of the willing"}
    assert {scene(arm)["tactics"][how] for _, _, how in frame(arm)["talks"]} == titles


ROOMS = [
    LANDSCAPE,
    PORTRAIT,
    size_for(570, 330),
    size_for(400, 290),
    size_for(400, 400, 1.39),
    size_for(610, 640, 1.65),
]


@pytest.mark.parametrize("size", ROOMS)
@pytest.mark.parametrize("scenario", ["village", "ics-small", "ics-median"])
def test_names_of_kinds_lie_over_nothing(scenario, size):
    shown = scene(Arm.of(Request(scenario, weeks=1)), size)
    boxes = [
        (k["x"] - k["half"], k["y"] - k["half_high"], k["x"] + k["half"], k["y"] + k["half_high"])
        for k in shown["kinds"]
    ]
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert left > 0
        assert top > 0
        assert right < size[0]
        assert bottom < size[1]
        assert not [o for o in boxes[:number] if left < o[2] and o[0] < right and top < o[3] and o[1] < bottom]
        for x, y, radius in shown["nodes"]:
            beside, above = max(left - x, 0, x - right), max(top - y, 0, y - bottom)
            assert np.hypot(beside, above) > radius - 1


@pytest.mark.parametrize("height", [190, 200, 239])
def test_a_name_for_which_a_low_room_has_no_place_is_left_out(height):
    shown = scene(Arm.of(Request("ics-median", weeks=1)), size_for(418, height, 1.39))["kinds"]
    assert shown
    for number, one in enumerate(shown):
        for other in shown[:number]:
            beside = abs(one["x"] - other["x"]) - one["half"] - other["half"]
            assert max(beside, abs(one["y"] - other["y"]) - one["half_high"] - other["half_high"]) >= 0


def test_caption_and_clock_agree_which_year_a_week_belongs_to(session):
    session.jump(52)
    told = moment_of(session.arms[0])
    assert told is not None
    assert told["when"].endswith(date_in_words(int(told["when"].split(",")[0].removeprefix("Week "))).split(",")[0])
    assert date_in_words(52).startswith("year 1")


@pytest.mark.parametrize("size", ROOMS)
@pytest.mark.parametrize("scenario", ["village", "ics-small", "ics-median"])
def test_leaders_do_not_hide_one_another(scenario, size):
    leaders = [(leader["x"], leader["y"]) for leader in scene(Arm.of(Request(scenario, weeks=1)), size)["leaders"]]
    for number, (x, y) in enumerate(leaders):
        assert min([np.hypot(x - a, y - b) for a, b in leaders[:number]], default=99) > 20


@pytest.fixture(scope="module")
def many() -> Arm:
    arm = Arm.of(Request("eight-systems", {"seeding": 1.0}, weeks=6))
    for _ in range(6):
        arm.step()
    return arm


def test_each_of_many_systems_is_drawn_by_itself(many):
    parts = [(scene(many, system=system), frame(many, system)) for system in range(many.systems)]
    assert sorted(row for shown, _ in parts for row in shown["rows"]) == list(range(len(many.names)))
    for shown, now in parts:
        count = len(shown["rows"])
        assert len(shown["nodes"]) == len(now["share"]) == count
        assert all(0 <= end < count for tie in shown["edges"] for end in tie[:2])
        assert all(who < len(shown["leaders"]) and where < count for who, where, _ in now["talks"])
        assert len({name.partition(" of ")[2] for name in shown["names"]}) == 1
    talks = sum(len(now["talks"]) for _, now in parts)
    assert talks == len(many.held) > 0


def test_the_shares_of_systems_are_those_of_their_organisations(many):
    shares = BySystem(many).described(0)["shares"]
    assert systems_scene(many)["organisations"] == np.bincount(many.world.organisations["system"]).tolist()
    assert len(set(systems_scene(many)["names"])) == many.systems
    for system in range(many.systems):
        assert shares[-1][system] == pytest.approx(10 * float(frame(many, system)["adopted"]), abs=1)


def test_a_caption_of_all_systems_is_one_of_theirs(many):
    told = [moment_of(many, system) for system in range(many.systems)]
    everywhere = systems_frame([many])["moments"][0]
    assert everywhere in told
    assert everywhere["system"] == told.index(everywhere)


def test_lines_are_told_apart_without_colour():
    described = Series(Arm.of(Request("england-2022", weeks=1))).described()
    for lines in (described["kinds"], described["tiers"]):
        assert len({line["dash"] for line in lines}) == len(lines)
