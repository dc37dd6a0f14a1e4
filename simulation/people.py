"""Staff as the engines keep them: in blocks, whose week compiled code works out side by side.

A block holds each field of `LANES` people together; lane `k` of block `b` is person `LANES` b + k.
"""

from typing import Any

import numpy as np

from .entities import Staff
from .world import Array, record_type

SHIFT = 6
LANES = 1 << SHIFT
"""People of a block."""
_AT_ONCE = 1024 * LANES
"""People whose records become blocks together."""


class People:
    """All staff; `people["trust"]` is a copy of a column, `people[3]` or `people[3:9]` of records.

    >>> from simulation.world import records
    >>> people = People.of(records(Staff, 70))
    >>> len(people), len(people.blocks), people["fidelity"][:3]
    (70, 2, array([1., 1., 1.]))
    """

    dtype = record_type(Staff)

    def __init__(self, blocks: Array, count: int):
        self.blocks, self.count = blocks, count

    @classmethod
    def of(cls, staff: Array) -> "People":
        """Return the people of a table of records, which is emptied on the way: a nation is not in memory twice."""
        people = cls(np.zeros(-(-len(staff) // LANES), record_type(Staff, LANES)), len(staff))
        for first in reversed(range(0, len(staff), _AT_ONCE)):
            people._write(first, staff[first:])
            staff.resize(first, refcheck=False)
        return people

    def _write(self, first: int, staff: Array) -> None:
        """Write records of people from the first of a block on."""
        blocks = self.blocks[first // LANES :][: -(-len(staff) // LANES)]
        for name in Staff._fields:
            column = np.zeros(len(blocks) * LANES, self.dtype[name])
            column[: len(staff)] = staff[name]
            blocks[name] = column.reshape(-1, LANES)

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, which: Any) -> Any:
        """Return a copy: a column by its name, otherwise one or several records."""
        if isinstance(which, str):
            return self.blocks[which].reshape(-1)[: self.count]
        blocks, lanes = np.divmod(np.arange(self.count)[which], LANES)
        staff = np.zeros(blocks.shape, self.dtype)
        for name in Staff._fields:
            staff[name] = self.blocks[name][blocks, lanes]
        return staff[()]

    def __setitem__(self, name: str, values: Any) -> None:
        """Write a column."""
        blocks, lanes = np.divmod(np.arange(self.count), LANES)
        self.blocks[name][blocks, lanes] = values

    def copy(self) -> "People":
        """Return the same people, to be changed on their own."""
        return People(self.blocks.copy(), self.count)

    def tobytes(self) -> bytes:
        """Return everybody's record, as bytes."""
        return bytes(self[:].tobytes())
