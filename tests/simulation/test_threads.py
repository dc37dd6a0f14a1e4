"""A run on several threads is the run on one."""

import pytest
from worlds import ALL_STATE, BUSY, EVERYTHING, differences, lived, traces

from simulation import Request, run
from simulation.errors import Invalid
from simulation.people import LANES
from simulation.threads import shares

BUSY_RUN = Request("ics-small", EVERYTHING, BUSY, weeks=30, schedule=((12, {"tactics": {"seeding": 1.0}}),))


@pytest.mark.slow
@pytest.mark.parametrize("threads", [2, 3, 40])
def test_any_number_of_threads_gives_the_same_bits(threads):
    alone, together = (traces(lived(BUSY_RUN, number), ALL_STATE) for number in (1, threads))
    assert differences(alone, together) == []


@pytest.mark.parametrize("people", [1, 63, 64, 65, 1000, 50_000])
@pytest.mark.parametrize("threads", [1, 2, 3, 7])
def test_everyone_is_in_one_share_and_shares_are_whole_blocks(people, threads):
    rows = shares(people, threads)
    assert [row for first, end in rows for row in range(first, end)] == list(range(people))
    assert all(first % LANES == 0 for first, end in rows if first < end)


def test_threads_are_used_where_there_are_many_staff_and_never_by_the_readable_engine():
    large = Request("england-2022", settings={"population.scale": 40.0})
    assert [each.threads(2) for each in (large, large._replace(engine="agents"), Request("tiny"))] == [2, 1, 1]


@pytest.mark.parametrize("threads", [0, -1, 1.0, True, 65, "2"])
def test_what_is_no_number_of_threads_is_refused(threads):
    with pytest.raises(Invalid, match="threads"):
        run(Request("tiny", weeks=1), threads=threads)
