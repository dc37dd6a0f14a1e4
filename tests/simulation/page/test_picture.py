"""The picture of a health economy."""

import json
from itertools import combinations

import numpy as np
import pytest
from sessions import SMALL, opened_session

from experiments.page.tab.levers import tactic_levers
from simulation.entities import NOT_THIS_WEEK
from simulation.page.arm import Arm
from simulation.page.curves import Series
from simulation.page.layout import LANDSCAPE, PORTRAIT
from simulation.page.organisation import staff_network
from simulation.page.picture import frame, legend, scene, talks_in_words
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
    marks = [mark for mark, _ in legend(session.arms)]
    marks += [leader["mark"] for leader in scene(session.arms[0])["leaders"]]
    assert len(set(marks)) == len(marks)
    organisations = [label for label in scene(session.arms[0])["labels"] if label]
    assert not set(organisations) & {f"L{number}" for number in range(1, 20)}


def test_what_is_talked_about_is_named():
    session = opened_session(Request("ics-small", {"seeding": 0.5, "coalition": 0.5}, weeks=20))
    session.jump(12)
    arm = session.arms[0]
    titles = {"Seeding an idea", "A coalition of the willing"}
    assert {scene(arm)["tactics"][how] for _, _, how in frame(arm)["talks"]} == titles
    assert "Seeding an idea – " in " ".join(
        entry["words"] for entry in talks_in_words(arm, {"seeding": "Seeding an idea"})
    )


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT])
@pytest.mark.parametrize("scenario", ["village", "ics-small", "ics-median"])
def test_names_of_kinds_lie_over_nothing(scenario, size):
    shown = scene(Arm.of(Request(scenario, weeks=1)), size)
    boxes = [(k["x"] - k["half"], k["y"] - 18, k["x"] + k["half"], k["y"] + 5) for k in shown["kinds"]]
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert left > 0
        assert right < size[0]
        assert not [o for o in boxes[:number] if left < o[2] and o[0] < right and top < o[3] and o[1] < bottom]
        for x, y, radius, _ in shown["nodes"]:
            beside, above = max(left - x, 0, x - right), max(top - y, 0, y - bottom)
            assert np.hypot(beside, above) > radius - 1


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT])
@pytest.mark.parametrize("scenario", ["village", "ics-small", "ics-median"])
def test_leaders_hide_neither_one_another_nor_the_names_of_organisations(scenario, size):
    shown = scene(Arm.of(Request(scenario, weeks=1)), size)
    leaders = [(leader["x"], leader["y"]) for leader in shown["leaders"]]
    for number, (x, y) in enumerate(leaders):
        assert min([np.hypot(x - a, y - b) for a, b in leaders[:number]], default=99) > 25
        for (a, b, radius, _), label in zip(shown["nodes"], shown["labels"], strict=True):
            assert not label or np.hypot(x - a, y - b) > max(radius, 20)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_line_stands_out_from_white_and_is_told_apart_without_colour():
    described = Series(Arm.of(Request("england-2022", weeks=1))).described()
    for lines in (described["kinds"], described["tiers"]):
        assert all(1.05 / (luminance(line["colour"]) + 0.05) >= 3 for line in lines)
        for one, other in combinations(lines, 2):
            light, dark = sorted((luminance(line["colour"]) + 0.05 for line in (one, other)), reverse=True)
            assert one["dash"] != other["dash"] or light / dark >= 3
