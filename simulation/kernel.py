"""The compiled engine: the week over blocks of people."""

from functools import cache as once
from functools import lru_cache
from typing import Any

import numpy as np

from . import cache, own_tactics, tactics
from .compiled import compiled
from .entities import NEVER, Fault
from .soundness import refuse_fault
from .week import record, step
from .world import Array, Plan, World


@compiled
def _run_weeks(w: World, settings: Array, start: int, stop: int) -> None:
    s = settings[0]
    if start == 0:
        record.part(w, s, 0)
    for week in range(start, stop):
        step(w, s, week)
        if w.faults[0].week != NEVER:
            break


def advance(world: World, settings: Any, plan: Plan, start: int, stop: int, threads: int = 1) -> None:
    """Run the weeks from `start` up to, not including, `stop`; the start itself is recorded before week 0.

    Parameters
    ----------
    world : World
        The state, changed in place.
    settings : named tuple
        What the rules read, from `simulation.settings.settled`.
    plan : Plan
        What leaders do.
    start, stop : int
        Weeks, from 0.
    threads : int
        On how many threads, with the same bits; more than one only where there are many staff.
    """
    _look_at_own_tactics()
    w, s = world._replace(staff=world.staff.blocks, plan=plan), as_record(settings)
    try:
        if threads == 1:
            _run_weeks(w, s, start, stop)
        else:
            from . import threads as several

            several.run_weeks(w, s, start, stop, threads)
    except Exception as error:
        from .uncompilable import refuse_tactics

        refuse_tactics(error)
        raise
    refuse_fault(Fault(*world.faults[0].item()))


@once
def _look_at_own_tactics() -> None:
    if own_tactics.folders() and not cache.is_filled("compiled"):
        from .uncompilable import refuse_before_long

        refuse_before_long()


_NUMPY_KINDS = {bool: "?", int: "i8", float: "f8"}


@lru_cache(maxsize=256)
def as_record(settings: Any) -> Array:
    """Return settings as one record of records: compiled code then passes a pointer, not hundreds of numbers.

    The record is only read, and kept: who runs week by week, as a page does, would make it anew each time.

    >>> from simulation.settings import grouped, settled
    >>> float(as_record(settled(grouped({})))[0]["gates"]["pilot"])
    0.15
    """
    groups = settings._asdict()
    conversations = dict(zip(tactics.conversations, groups.pop("tactics"), strict=True))
    inner = _aligned(tuple((name, _record_type(group)) for name, group in conversations.items()))
    fields = ((name, _record_type(group)) for name, group in groups.items())
    record = np.zeros(1, _aligned((*fields, ("tactics", inner))))
    record[0] = (*map(tuple, groups.values()), tuple(map(tuple, conversations.values())))
    return record


def _record_type(group: Any) -> np.dtype[Any]:
    fields = zip(group._fields, group, strict=True)
    return _aligned(tuple((name, _NUMPY_KINDS[type(value)]) for name, value in fields))


@once
def _aligned(fields: tuple[tuple[str, Any], ...]) -> np.dtype[Any]:
    """Return a type of records, the same one for all settings: it takes ten times the room of the numbers."""
    return np.dtype(list(fields), align=True)
