"""One compiled run on several threads: the stretches of a week that are of staff are shared out, block by block.

People read what others were when a stretch began and change only themselves, and whatever is summed is whole numbers,
so one thread and several give the same bits.
"""

from concurrent.futures import ThreadPoolExecutor
from itertools import repeat

import numpy as np

from .compiled import compiled
from .entities import NEVER
from .people import LANES
from .week import OF_STAFF, WEEK, beginning, record
from .world import Array, World

_record, _beginning = compiled(record.part), compiled(beginning)
_week = [(compiled(stretch), stretch in OF_STAFF) for stretch in WEEK]


def run_weeks(w: World, settings: Array, start: int, stop: int, threads: int) -> None:
    """Run the weeks from `start` up to, not including, `stop`, on several threads."""
    s = settings[0]
    everyone = 0, int(w.organisations["end"][-1])
    some = shares(everyone[1], threads)
    worlds = [w._replace(found=w.found[first:end]) for first, end in some]  # each finds people of its own
    if start == 0:
        _record(w, s, 0)
    with ThreadPoolExecutor(threads) as pool:
        for week in range(start, stop):
            now = _beginning(w, week)
            now = now._replace(key=np.uint64(now.key))
            for stretch, of_staff in _week:
                if of_staff:
                    list(pool.map(stretch, worlds, repeat(s), repeat(now), some))
                else:
                    stretch(w, s, now, everyone)
            if w.faults["week"][0] != NEVER:
                break


def shares(people: int, threads: int) -> list[tuple[int, int]]:
    """Return the rows of each thread: whole blocks, as many for each as can be.

    >>> shares(200, 2)
    [(0, 128), (128, 200)]
    """
    blocks = -(-people // LANES)
    ends = [blocks * k // threads * LANES for k in range(1, threads)] + [people]
    return list(zip([0, *ends[:-1]], ends, strict=True))
