"""Worlds at week 0, kept for the runs that begin alike: with equal seeds, arms differ only in what comes after."""

from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from typing import Any

import numpy as np

from ..own_data.tables import stamps
from ..people import People
from ..scenario import Scenario
from ..world import World
from .population import build


class Beginnings:
    """The worlds at week 0 that were asked for last; each run gets a copy, as it writes into its world.

    Parameters
    ----------
    most : int
        How many are kept.
    most_bytes : int
        How large they may be together.
    """

    def __init__(self, most: int = 8, most_bytes: int = 64 * 2**20):
        self.most, self.most_bytes = most, most_bytes
        self._kept: dict[Hashable, tuple[World, int]] = {}  # with its size; the one asked for last stands last
        self._lock = Lock()  # each tab of the page has a thread of its own

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._kept)

    def world(self, key: Hashable, built: Callable[[], World]) -> World:
        """Return a copy of the world of this key, or build it and keep a copy."""
        kept = self._found(key)
        world: World = built() if kept is None else copied(kept)
        if kept is None and (size_of_it := size(world)) <= self.most_bytes:
            self._keep(key, copied(world), size_of_it)
        return world

    def _found(self, key: Hashable) -> World | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept[key] = self._kept.pop(key)
            return self._kept[key][0]

    def _keep(self, key: Hashable, world: World, size_of_it: int) -> None:
        with self._lock:
            self._kept[key] = world, size_of_it
            while len(self._kept) > self.most or sum(each for _, each in self._kept.values()) > self.most_bytes:
                del self._kept[next(iter(self._kept))]


KEPT = Beginnings()


def world_at_start(scenario: Scenario, groups: Mapping[str, Any], weeks: int, seeds: tuple[int, int]) -> World:
    """Return the world at week 0, built only where no run shortly before began alike.

    Parameters
    ----------
    scenario : Scenario
        The health economy.
    groups : mapping
        The groups of parameters as `plan.starting` returns them: what they leave out can make no difference.
    weeks : int
        How many weeks will be recorded.
    seeds : tuple of int
        Seed and replicate.
    """
    key = (scenario, stamps(scenario.tables), tuple(groups.values()), weeks, seeds)
    return KEPT.world(key, lambda: build(scenario, groups, weeks, seeds))


def copied(part: Any) -> Any:
    """Return a copy of a world, or of a part of one, that shares no array with it."""
    if isinstance(part, tuple):
        return type(part)(*map(copied, part))
    if part is None or isinstance(part, np.generic):
        return part
    if isinstance(part, People):
        return People(copied(part.blocks), part.count)
    if part.dtype.names is None:
        return part.copy()
    # NumPy would copy records field by field.
    return part.view(f"V{part.itemsize}").copy().view(part.dtype)


def size(part: Any) -> int:
    """Return the bytes of all arrays of a world, or of a part of one."""
    if isinstance(part, tuple):
        return sum(map(size, part))
    if part is None or isinstance(part, np.generic):
        return 0
    return size(part.blocks) if isinstance(part, People) else int(part.nbytes)
