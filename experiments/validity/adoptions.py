"""Who adopted when, in which units, and to whom they look: the form in which data and runs are described."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
NEVER = np.inf
"""The time of somebody who was not seen to adopt."""


class Ties(NamedTuple):
    """To whom each person looks: person `i` looks to `seen[start[i]:start[i + 1]]`, each of them once."""

    start: Array  # int64 (people + 1,)
    seen: Array  # int32 (ties,)

    @classmethod
    def of(cls, who: Array, to_whom: Array, people: int) -> Ties:
        """Return ties from pairs of people, each pair counted once and nobody tied to themselves.

        >>> Ties.of(np.array([1, 0, 1, 2]), np.array([0, 1, 0, 2]), 3)
        Ties(start=array([0, 1, 2, 2]), seen=array([1, 0], dtype=int32))
        """
        pairs = np.unique(who.astype(np.int64) * people + to_whom)
        who, to_whom = np.divmod(pairs, people)
        apart = who != to_whom
        start = np.concatenate([[0], np.cumsum(np.bincount(who[apart], minlength=people))])
        return cls(start, to_whom[apart].astype(np.int32))

    @property
    def degrees(self) -> Array:
        """To how many each person looks."""
        return np.diff(self.start)

    @property
    def who(self) -> Array:
        """Who looks, tie by tie."""
        return np.repeat(np.arange(len(self.start) - 1, dtype=np.int32), self.degrees)

    @property
    def looked_at(self) -> Array:
        """How many look to each person."""
        return np.bincount(self.seen, minlength=len(self.start) - 1)


class Adoptions(NamedTuple):
    """When each person adopted, as far as they were observed."""

    times: Array  # float64 (people,); infinite where nobody saw them adopt
    observed: Array  # float64 (people,); the last time at which they were observed
    start: float  # when the clock starts, with nobody having adopted
    end: float  # the last time at which anybody was observed
    units: Mapping[str, Array] = {}  # int32 (people,) by level, finest first; -1 where it is not known
    ties: Ties | None = None

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.times)

    @property
    def adopted(self) -> Array:
        """Whether each was seen to adopt."""
        return np.isfinite(self.times)

    @property
    def ranked(self) -> Array:
        """The time of each, with those who did not adopt one step after the end."""
        return np.where(self.adopted, self.times, self.end + 1.0)
