"""Where the few words of a picture stand: the name of each kind, close to its organisations, over nothing."""

from itertools import combinations
from typing import NamedTuple

import numpy as np

from ..entities import KINDS
from ..story.names import KIND_LABELS
from ..world import Array
from .layout import Places, table

BROAD, HIGH = 0.57, 1.16
"""Width of a letter and height of a line, in heights of letters."""
CLEAR = 8.0
"""Room that is kept between words and circles."""
FARTHEST = 60.0
"""How far from the nearest of its organisations a label may stand: farther away it would name others."""


class Label(NamedTuple):
    """Words in lines, one below the other, centred at a spot, with half of the room that they take up."""

    x: float
    y: float
    lines: list[str]
    half: float
    half_high: float


def labels(kinds: Array, at: Places, leaders: list[tuple[float, float]]) -> list[Label]:
    """Return a label for each kind that there is; a label that would stand among others is left out.

    Parameters
    ----------
    kinds : ndarray
        Each organisation's kind.
    """
    coarse = max(1.0, (len(kinds) / 80) ** 0.5)
    x, y = np.meshgrid(np.arange(10.0, at.size[0], 12.0 * coarse), np.arange(10.0, at.size[1], 9.0 * coarse))
    spots = np.stack([x.ravel(), y.ravel()], axis=1)
    found: list[Label] = []
    # The many first: their labels are the longest, and a single one finds room somewhere.
    for kind in sorted(set(kinds.tolist()), key=lambda kind: -int((kinds == kind).sum())):
        own = kinds == kind
        ways = _broken(_words(KINDS[kind], int(own.sum())))
        best = min((_best(lines, own, at, leaders, spots, found) for lines in ways), key=lambda scored: scored[0])[1]
        away = _gaps(np.array([[best.x, best.y]]), (best.half, best.half_high), at.x[own], at.y[own], at.radius[own])
        if away.min() < FARTHEST and _stands_free(best, found, at.size):
            found.append(best)
    return found


def _stands_free(label: Label, others: list[Label], size: tuple[float, float, float]) -> bool:
    """Return whether a label is inside the picture and over no other: where there is no room, its best spot is neither."""
    inside = label.half <= label.x <= size[0] - label.half and label.half_high <= label.y <= size[1] - label.half_high
    return inside and not any(
        abs(label.x - other.x) < label.half + other.half and abs(label.y - other.y) < label.half_high + other.half_high
        for other in others
    )


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


def _best(
    lines: list[str], own: Array, at: Places, leaders: list[tuple[float, float]], spots: Array, others: list[Label]
) -> tuple[float, Label]:
    """Return where a label lies best, and how badly: close to its own organisations, away from others, over nothing."""
    width, height, letter = at.size
    half, high = BROAD * letter * max(map(len, lines)) / 2, HIGH * letter * len(lines) / 2
    gaps = _gaps(spots, (half, high), at.x, at.y, at.radius)
    here = np.maximum(gaps[:, own], 0.0)
    cost = 0.5 * here.min(axis=1) + 0.3 * here.mean(axis=1) + 0.25 * letter * (len(lines) - 1)
    cost += 0.4 * np.maximum(26.0 - gaps[:, ~own], 0.0).sum(axis=1)
    x, y = np.array([*leaders, at.centre]).T
    radius = np.array([*[13.0] * len(leaders), table(at.size) + 4.0])
    gaps = np.hstack([gaps, _gaps(spots, (half, high), x, y, radius)])
    cost += np.where(gaps < CLEAR, 9.0 + 4.0 * (CLEAR - gaps), 0.0).sum(axis=1) + 200.0 * (gaps < 0).sum(axis=1)
    for other in others:
        wide = np.abs(spots[:, 0] - other.x) < half + other.half + 0.6 * letter
        cost += 400.0 * (wide & (np.abs(spots[:, 1] - other.y) < high + other.half_high + 4))
    outside = (spots[:, 0] < half + 4) | (spots[:, 0] > width - half - 4)
    outside |= (spots[:, 1] < high + 2) | (spots[:, 1] > height - high - 2)
    cost += 1000.0 * outside
    best = int(np.argmin(cost))
    return float(cost[best]), Label(float(spots[best, 0]), float(spots[best, 1]), lines, half, high)


def _gaps(spots: Array, half: tuple[float, float], x: Array, y: Array, radius: Array) -> Array:
    """Return the room between a label centred at each spot and each circle, below 0 where it lies over it."""
    beside = np.maximum(np.abs(spots[:, :1] - x) - half[0], 0.0)
    above = np.maximum(np.abs(spots[:, 1:] - y) - half[1], 0.0)
    found: Array = np.hypot(beside, above) - radius
    return found
