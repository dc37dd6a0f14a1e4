"""One organisation, and the story of a run."""

from types import SimpleNamespace

import numpy as np
from sessions import SMALL, opened_session

from experiments.page.tab.questions import BUNDLE
from simulation.page.arm import Arm
from simulation.page.organisation import gate_in_words, pressures, staff_network, story
from simulation.request import Request
from simulation.story.telling import EVERYONE, Moment, Teller


def test_the_story_tells_when_every_gate_opened():
    session = opened_session(Request("ics-small", BUNDLE, {"gates.delay": 2.0, "leaders.hours": 20.0}, weeks=104))
    session.jump(104)
    arm = session.arms[0]
    for o, organisation in enumerate(arm.world.organisations):
        told = [week for week, said, _ in story(arm, o, most=10_000) if said.startswith("the gate opens")]
        assert told == ([int(organisation["committed"]) + 1] if organisation["committed"] >= 0 else [])


def test_an_organisation_close_up_adds_up(session):
    session.jump(30)
    arm = session.arms[0]
    network = staff_network(arm, 0)
    o = arm.world.organisations[0]
    assert len(network["people"]) == int(o["end"] - o["first"])
    assert all(0 <= part <= 1 for _, part, _ in pressures(arm, 0))
    assert gate_in_words(arm, 0)


def test_a_story_tells_only_of_its_own_system():
    teller = Teller(Arm.of(SMALL).world, {})
    teller.world = SimpleNamespace(organisations={"system": np.array([0, 1])})
    teller.moments = [
        Moment(1, EVERYONE, "Leader 1 leaves the post", True, 0),
        Moment(2, EVERYONE, "Leader 2 leaves the post", True, 1),
        Moment(3, 1, "the gate opens", True),
    ]
    assert [moment.week for moment in teller.of(0)] == [1]
    assert [moment.week for moment in teller.of(1)] == [2, 3]


def test_each_person_drawn_says_for_how_many_staff_it_stands():
    titles = [staff_network(Arm.of(Request("ics-small", weeks=1)), o)["title"] for o in (0, 1)]
    assert titles == ["111 people, each standing for about 54", "44 people, each standing for about 45"]
