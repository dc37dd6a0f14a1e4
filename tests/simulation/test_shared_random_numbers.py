"""Runs share their random numbers: what a tactic, a schedule or a longer horizon does not touch is the same, bit for bit."""

import numpy as np
from worlds import HEROIC, SELFLESS, differences, lived, traces

from simulation import Request, run


def test_an_arm_that_draws_more_leaves_everyone_elses_luck_as_it_was():
    # Ideas are sown in thousands of conversations, and none matures: only the leaders' own draws differ.
    settings = {"ideas.on": False, "seeding.takes": 1.0, "telling.on": False, "nature.complexity": 0.0}
    settings["nature.divergence"] = 0.0  # or failing with resisters would cost trust
    nobody = traces(lived(Request("ics-small", {}, settings, weeks=104)))
    sowing = traces(lived(Request("ics-small", {"seeding": 1.0}, {**settings, "leaders.hours": 40.0}, weeks=104)))
    assert set(differences(nobody, sowing)) <= {"staff.planted", "record.hours"}


def test_pressures_are_the_same_whatever_leaders_do_as_long_as_no_gate_opens():
    arms = ({}, {"plain_case": 1.0}, SELFLESS, HEROIC)
    worlds = [lived(Request("ics-small", tactics, {"gates.veto": 1.0}, weeks=60)) for tactics in arms]
    for world in worlds:
        assert np.array_equal(world.organisations["pressure"], worlds[0].organisations["pressure"])


def test_the_world_at_the_start_is_the_same_in_every_arm():
    traits = [
        traces(lived(Request("ics-small", tactics, weeks=0)))
        for tactics in ({}, SELFLESS, {"line_authority": 1.0, "payment": 1.0})
    ]
    assert traits[0] == traits[1] == traits[2]


def test_a_replicate_depends_on_no_other():
    alone = run(Request("tiny", SELFLESS, weeks=52, replicate=3))
    among = [run(Request("tiny", SELFLESS, weeks=52, replicate=r)) for r in (5, 0, 3, 1)]
    assert np.array_equal(alone.by_organisation, among[2].by_organisation)
    assert len({result.by_organisation.tobytes() for result in among}) == 4


def test_a_longer_run_begins_as_the_shorter_one():
    short, long = (run(Request("tiny", SELFLESS, weeks=weeks)) for weeks in (30, 80))
    assert np.array_equal(short.adopted_share, long.adopted_share[:31])
    assert np.array_equal(short.by_organisation, long.by_organisation[:31])


def test_a_schedule_that_changes_nothing_changes_nothing():
    plain = run(Request("tiny", SELFLESS, weeks=60))
    idle = ((10, {"tactics": SELFLESS}), (20, {"settings": {"leaders.hours": 8.0}}), (30, {}))
    assert np.array_equal(
        plain.by_organisation, run(Request("tiny", SELFLESS, weeks=60, schedule=idle)).by_organisation
    )


def test_arms_that_part_in_a_later_week_are_one_until_then():
    one = run(Request("tiny", SELFLESS, weeks=60))
    other = run(Request("tiny", SELFLESS, weeks=60, schedule=((25, {"tactics": {}}),)))
    assert np.array_equal(one.by_organisation[:26], other.by_organisation[:26])


def test_leaders_who_leave_are_replayed_by_a_schedule_in_which_they_stop():
    # From week 30 on nobody leads, whether the tactics end or the hours do.
    ended = lived(Request("tiny", {"plain_case": 1.0}, weeks=60, schedule=((30, {"tactics": {}}),)))
    idle = lived(Request("tiny", {"plain_case": 1.0}, weeks=60, schedule=((30, {"settings": {"leaders.hours": 0.0}}),)))
    assert differences(traces(ended), traces(idle)) == []
