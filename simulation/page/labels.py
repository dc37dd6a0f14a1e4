"""Where the few words of a picture stand: the name of each kind, close to its organisations, over nothing."""

from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from ..entities import KINDS
from ..story.names import KIND_LABELS
from ..world import Array
from .layout import AROUND, Places, table

BROAD, HIGH = 0.57, 1.16
"""Width of a letter and height of a line, in heights of letters."""


class Label(NamedTuple):
    """Words in lines, one below the other, centred at a spot, with half of the room that they take up."""

    x: float
    y: float
    lines: list[str]
    half: float
    half_high: float


def labels(kinds: Array, at: Places, leaders: list[tuple[float, float]]) -> list[Label]:
    """Return a label for each kind that there is.

    Parameters
    ----------
    kinds : ndarray
        Each organisation's kind.
    """
    width, height, _ = at.size
    x, y = np.meshgrid(np.arange(10.0, width, 12.0), np.arange(10.0, height, 9.0))
    spots = np.stack([x.ravel(), y.ravel()], axis=1)
    found: list[Label] = []
    for kind in AROUND:
        members = np.flatnonzero(kinds == KINDS.index(kind))
        if not len(members):
            continue
        near = _distance(at, members, spots)
        best = [_best(lines, at, leaders, spots, near, found) for lines in _broken(_words(kind, len(members)))]
        found.append(min(best, key=lambda scored: scored[0])[1])
    return found


def _words(kind: str, members: int) -> str:
    plural, singular = KIND_LABELS[kind]
    return singular if members == 1 else plural


def _broken(words: str) -> list[list[str]]:
    """Return the ways to break words into up to three lines.

    >>> _broken("Care providers")
    [['Care providers'], ['Care', 'providers']]
    """
    parts = words.split()
    breaks = [each for count in range(min(len(parts), 3)) for each in combinations(range(1, len(parts)), count)]
    return [[" ".join(parts[a:b]) for a, b in zip((0, *each), (*each, len(parts)), strict=True)] for each in breaks]


def _distance(at: Places, members: Array, spots: Array) -> Array:
    """Return how far spots are from the organisations of a kind: mostly from the nearest, a little from all."""
    some = members[:40]
    away = np.hypot(spots[:, :1] - at.x[some], spots[:, 1:] - at.y[some]) - at.radius[some]
    found: Array = 0.3 * away.min(axis=1) + 0.06 * np.maximum(away, 0.0).mean(axis=1)
    return found


def _best(
    lines: list[str], at: Places, leaders: list[tuple[float, float]], spots: Array, near: Array, others: list[Label]
) -> tuple[float, Label]:
    """Return where a label lies best, and how badly."""
    width, height, letter = at.size
    half = BROAD * letter * max(map(len, lines)) / 2
    high = HIGH * letter * len(lines) / 2
    cost = near + 0.25 * letter * (len(lines) - 1) + _covered(at, leaders, spots, (half, high))
    for other in others:
        wide = np.abs(spots[:, 0] - other.x) < half + other.half + 0.6 * letter
        cost += 400.0 * (wide & (np.abs(spots[:, 1] - other.y) < high + other.half_high + 4))
    outside = (spots[:, 0] < half + 4) | (spots[:, 0] > width - half - 4)
    outside |= (spots[:, 1] < high + 2) | (spots[:, 1] > height - high - 2)
    cost += 1000.0 * outside
    best = int(np.argmin(cost))
    return float(cost[best]), Label(float(spots[best, 0]), float(spots[best, 1]), lines, half, high)


def _covered(at: Places, leaders: list[tuple[float, float]], spots: Array, half: tuple[float, float]) -> Any:
    """Return how much a label, centred at each spot, would lie over organisations, leaders and the convener."""
    cost = np.zeros(len(spots))
    circles = [*zip(at.x, at.y, at.radius + 9.0, strict=True), (*at.centre, table(at.size) + 4.0)]
    circles += [(*place, 20.0) for place in leaders]
    for cx, cy, radius in circles:
        beside = np.maximum(np.abs(spots[:, 0] - cx) - half[0], 0.0)
        above = np.maximum(np.abs(spots[:, 1] - cy) - half[1], 0.0)
        over = radius - np.hypot(beside, above)
        cost += np.where(over > 0, 9.0 + 4.0 * over, 0.0)
    return cost
