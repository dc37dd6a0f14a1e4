"""Many tests at once: p-values adjusted so that a family of them seldom calls anything significant that is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan, nan
from typing import TypeVar

Key = TypeVar("Key")
LEVEL = 0.05


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust p-values of a family of tests after Holm (1979).

    >>> [round(p, 4) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    adjusted, running = [nan] * len(p_values), 0.0
    for rank, place in enumerate(order):
        running = max(running, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = running
    return adjusted


def family(p_values: Mapping[Key, float]) -> dict[Key, float]:
    """Return the adjusted p-values of a family by name; what could not be tested is left out.

    >>> family({"a": 0.01, "b": float("nan"), "c": 0.04})
    {'a': 0.02, 'c': 0.04}
    """
    tested = {key: value for key, value in p_values.items() if not isnan(value)}
    return dict(zip(tested, holm(list(tested.values())), strict=True))


def sign(value: float, adjusted_p: float | None) -> int:
    """Return whether something is significantly above (1) or below (-1) nothing, or neither (0)."""
    if adjusted_p is None or adjusted_p > LEVEL:
        return 0
    return (value > 0) - (value < 0)
