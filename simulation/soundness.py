"""What a run may not come to: numbers that are none, or lie where none can. Such a run has no result."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, get_type_hints

import numpy as np

from . import tactics
from .entities import NEVER, NOT_THIS_WEEK, OF_A_TACTIC, Fault, Staff, Within
from .errors import FailedRun
from .own_tactics import unusable
from .world import Plan, World

BOUNDS = {
    state: declared
    for state, hint in get_type_hints(Staff, include_extras=True).items()
    for declared in hint.__metadata__
    if isinstance(declared, Within)
}
"""The states of people that cannot leave a range, and the range."""
ROUNDING = 1e-9


def refuse_fault(fault: Fault) -> None:
    """Refuse a run in which a tactic has come up with a number that cannot be.

    Raises
    ------
    FailedRun
        With the tactic, the number, the person and the week.
    """
    if fault.week == NEVER:
        return
    name, what = tactics.conversations[fault.code], OF_A_TACTIC[fault.number]
    hook = "converse" if fault.heard else "rebuff"
    said, least = ("its `openness`", 0) if what == "openness" else (f"the `{what}` of its `{hook}`", -1)
    where = f"in week {fault.week}, for person {fault.person}"
    why = f"{where}, {said} is {fault.value:g}, but must lie in [{least}, 1]."
    raise FailedRun(unusable(tactics.modules[name], why))


class OutOfRange(FailedRun):
    """Somebody carries something that is no share."""


def refuse_states(world: World, week: int | None = None, plan: Plan | None = None) -> None:
    """Refuse a world whose people carry something that is no share.

    Parameters
    ----------
    world : World
        As some week has left it.
    week : int, optional
        Which week that was, where it is the first that is looked at.
    plan : Plan, optional
        What leaders did in it.

    Raises
    ------
    OutOfRange
        With the state and the first person who carries it; with the week and the tactic that the person had heard, if known.
    """
    for name, (least, most) in BOUNDS.items():
        column, low, high = world.staff[name], least - ROUNDING, most + ROUNDING
        if not (column.min() >= low and column.max() <= high):  # neither holds for what is no number
            person = int(np.argmin((column >= low) & (column <= high)))
            when = "" if week is None else f"In week {week}, "
            told = "" if plan is None else f", {_heard(world, person, plan)},"
            raise OutOfRange(
                f"{when}`{name}` of person {person}{told} is {column[person]:g}, but must lie in [{least:g}, {most:g}]."
            )


def _heard(world: World, person: int, plan: Plan) -> str:
    """Return which tactic a person has heard in the week that is over."""
    booking = world.bookings[world.staff["circle"][person]]
    if booking["when"] == NOT_THIS_WEEK:
        return "who had heard no leader"
    module = tactics.modules[tactics.conversations[plan.codes[booking["position"]]]]
    return f"who had heard `{module.__name__.rpartition('.')[2]}` ({module.__file__})"


def refuse_observables(observables: Mapping[str, Any]) -> None:
    """Refuse observables that are neither undefined (None) nor finite.

    Raises
    ------
    FailedRun
        With the observable.
    """
    for name, value in observables.items():
        if value is not None and not isfinite(value):
            raise FailedRun(f"The observable `{name}` is {value:g}, which is no number.")
