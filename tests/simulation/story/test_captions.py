"""Which moment of a run is told over the picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.page.arm import Arm
from simulation.request import Request
from simulation.story.captions import LASTS, LINGERS, caption, lingers
from simulation.story.telling import CONVENER, FIRST, GATE, Moment

MOMENTS = st.lists(
    st.builds(
        Moment,
        week=st.integers(1, 60),
        organisation=st.integers(0, 5),
        words=st.just("something"),
        rank=st.sampled_from((0, 2, 3, 4, 5, 9)),
    ),
    max_size=40,
).map(lambda found: sorted(found, key=lambda moment: moment.week))


@given(MOMENTS, st.integers(0, 80))
def test_what_is_told_has_happened_lately_and_what_comes_later_does_not_matter(moments, week):
    told = caption(moments, week)
    assert told == caption([moment for moment in moments if moment.week <= week], week)
    fresh = [moment for moment in moments if week - LASTS < moment.week <= week and moment.rank]
    assert (told in fresh) if told else not [moment for moment in fresh if moment.week == week]


@given(MOMENTS, st.integers(0, 80))
def test_of_what_happens_in_a_week_the_weightiest_is_told(moments, week):
    told = caption(moments, week)
    assert all(told and told.rank >= moment.rank for moment in moments if moment.week == week and moment.rank)


@given(MOMENTS)
def test_a_run_lingers_for_three_weeks_in_any_fortnight_at_most(moments):
    slow = [week for week in range(80) if lingers(moments, week)]
    assert all(sum(start <= week < start + LASTS for week in slow) <= LINGERS for start in range(80))
    great = [moment.week for moment in moments if moment.rank >= FIRST]
    assert not great or great[0] in slow


@pytest.fixture(scope="module")
def convened() -> Arm:
    arm = Arm.of(
        Request(
            "ics-small",
            {"seeding": 0.5, "coalition": 0.5},
            {"convening.kind": "place_with_authority", "leaders.hours": 16.0, "gates.delay": 1.0},
            weeks=66,
            schedule=((60, {"settings": {"convening.kind": "none"}}),),
        )
    )
    while not arm.is_over:
        arm.step()
    return arm


def test_a_run_tells_of_conveners_first_adopters_and_gates_by_their_weight(convened):
    ranks = {moment.words: moment.rank for moment in convened.teller.moments}
    firsts = {rank for words, rank in ranks.items() if words.startswith("the first to adopt: ")}
    assert firsts == {FIRST}
    assert ranks["the gate opens"] == GATE
    assert ranks["the convener is abolished"] == CONVENER
    told = caption(convened.teller.moments, 63)
    assert told is not None
    assert told.words == "the convener is abolished"
