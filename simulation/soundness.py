"""What a run may not come to: numbers that are none, or lie where none can. Such a run has no result."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, get_type_hints

import numpy as np

from . import tactics
from .entities import NEVER, OF_A_TACTIC, Fault, Staff, Within
from .errors import FailedRun
from .own_tactics import unusable
from .world import World

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


def refuse_states(world: World) -> None:
    """Refuse a world whose people carry something that is no share.

    Raises
    ------
    FailedRun
        With the state and the first person who carries it.
    """
    for name, (least, most) in BOUNDS.items():
        column, low, high = world.staff[name], least - ROUNDING, most + ROUNDING
        if not (column.min() >= low and column.max() <= high):  # neither holds for what is no number
            person = int(np.argmin((column >= low) & (column <= high)))
            raise FailedRun(
                f"`{name}` of person {person} is {column[person]:g}, but must lie in [{least:g}, {most:g}]."
            )


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
