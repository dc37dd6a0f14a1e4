"""What a change of swept parameters does, as a table of changes and arms."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import NamedTuple

from experiments.analysis.statistics import multiplicity
from experiments.analysis.statistics.estimates import ALIKE, PairedDifference
from experiments.design.cells import Value

ONE_AT_A_TIME = "one_at_a_time"
AS_IT_STANDS, FIRST_POINT = "as it stands", "at the first point"
SUM, ALL, BEYOND = "each alone, summed", "all at once", "beyond the sum"


class Effect(NamedTuple):
    """What a change does to one arm.

    ``level`` is what the arm comes to after the change, None where the row stands for no state of its own; ``change``
    is by how much that differs from the same without the change, replicate by replicate; ``adjusted_p`` is after Holm,
    over all changes of the table but sums and all at once: whether a change matters, and whether changes interlock, is
    what is asked. It is None where nothing was or could be tested. ``gap`` is what the arm is ahead of the baseline after the
    change, where changes are made one at a time.
    """

    level: float | None
    change: PairedDifference
    adjusted_p: float | None = None
    gap: PairedDifference | None = None

    @property
    def sign(self) -> int:
        """Whether the change is significantly up (1) or down (-1) at 5 %, or neither (0)."""
        return multiplicity.sign(self.change.value, self.adjusted_p)


class Change(NamedTuple):
    """One change of parameters by name, what it means in words, and what it does to every arm."""

    label: str
    meaning: str
    arms: Mapping[str, Effect]


class Effects(NamedTuple):
    """A table of changes.

    Attributes
    ----------
    name : str
        ``one_at_a_time``, or that from each of several corners: ``one_at_a_time_1`` and so on, and ``corner_2_less_1``;
        ``from_first_levels`` or ``from_last_levels``.
    meaning : str
        What levels and changes are, as a sentence.
    start : str
        What the row without any change is called: `AS_IT_STANDS` only where the study's own settings were run.
    values : mapping of str to value
        The parameters in that row.
    levels : mapping of str to float
        What each arm comes to without any change.
    rows : list of Change
        The changes.
    beyond : mapping of str to PairedDifference
        By how much each arm goes further beyond the sum than the baseline does, with the same random numbers. Where two arms
        differ in one mechanism only, that is the part of the interlocking that the mechanism makes.
    """

    name: str
    meaning: str
    start: str
    values: Mapping[str, Value]
    levels: Mapping[str, float]
    rows: list[Change]
    beyond: Mapping[str, PairedDifference]

    @property
    def are_gaps(self) -> bool:
        """Whether levels of arms but the baseline are gaps to it."""
        return self.name.startswith(ONE_AT_A_TIME)

    @property
    def cells(self) -> list[tuple[str, str, Effect]]:
        """Every effect, with its arm and the label of its row."""
        return [(arm, row.label, effect) for row in self.rows for arm, effect in row.arms.items()]

    @property
    def tested(self) -> int:
        """How many changes were tested, which is the family that they are adjusted for."""
        return sum(effect.adjusted_p is not None for _, _, effect in self.cells)

    @property
    def how_sure(self) -> str:
        """What is known of chance, as words that end the meaning: an interval, or why there is none."""
        notes = [effect.change.note for _, _, effect in self.cells if not isfinite(effect.change.low)]
        if len(notes) < len(self.cells):
            return ", with its 95 % interval."
        why = next((note for note in notes if note != ALIKE), ALIKE)
        return f". No interval, and nothing is called significant: {why}."
