"""What would be lost, in words, and the question that is put to the user before it is."""

from collections.abc import Callable
from typing import NamedTuple

from experiments.page.workshop.hour import Workshop
from experiments.page.workshop.hours import without_end
from simulation.request import Request

MOST_NAMED = 5


class Asked(NamedTuple):
    """What the user is asked, what a yes is called, and what it does."""

    words: str
    yes: str
    action: Callable[[], None]


def lost_by_reset(runs: list[Request]) -> str:
    """Return which levers pulled on the way are forgotten when a run starts anew, or nothing."""
    weeks = sorted({week for run in runs for week, _ in without_end(run).schedule if week > 0})
    if not weeks:
        return ""
    named = ", ".join(map(str, weeks[:MOST_NAMED])) + (" …" if len(weeks) > MOST_NAMED else "")
    return f"The levers that you pulled in week{'s' if len(weeks) > 1 else ''} {named} are forgotten."


def lost_by_another_question(runs: list[Request], workshop: Workshop, own: bool) -> str:
    """Return what is forgotten when the question changes, or nothing; `own` says that the levers are the user's."""
    lost = []
    if own or lost_by_reset(runs):
        lost.append("the levers as you have set them")
    if workshop.is_predicted:
        lost.append("what was predicted")
    return f"Another question forgets {' and '.join(lost)}." if lost else ""
