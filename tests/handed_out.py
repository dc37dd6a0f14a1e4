"""A session of a workshop, small enough to be made at once."""

from functools import cache
from typing import Any

from experiments.page.ahead.crew import curve_of, weeks_kept
from experiments.page.ahead.futures import Seen
from experiments.page.handouts.replay import Replay, replays
from experiments.page.handouts.takeaway import Session
from experiments.page.workshop.record import Group, Record
from simulation import Request

TITLE = "Does seeding help?"
WEEKS = 26
REQUESTS = (
    Request("tiny", {"plain_case": 1.0}, {}, weeks=WEEKS),
    Request("tiny", {"seeding": 1.0}, {}, weeks=WEEKS),
)
AT = (13, 26)
GROUPS = (
    Group("North", ((0.1, 0.3), (0.2, 0.5)), "about half"),
    Group("South", ((0.1, 0.2), (0.3, 0.9)), ""),
)
SEEN = Seen(
    list(range(4)),
    [[curve_of(request._replace(replicate=number)) for number in range(4)] for request in REQUESTS],
    weeks_kept(WEEKS),
    4,
)


@cache
def played() -> tuple[Replay, ...]:
    """Return the two runs as they were watched."""
    return replays(REQUESTS)


def session(watched: bool = True, **said: Any) -> Session:
    """Return a session, revealed unless it is said otherwise."""
    usual = {"groups": GROUPS, "notes": {"What did you see?": "Little."}, "revealed": True}
    record = Record("1", TITLE, ("the plain case", "seeding"), REQUESTS, AT, **{**usual, **said})
    return Session(record, "The same hours in both arms.", SEEN, played() if watched else (), ("syslead run tiny",))
