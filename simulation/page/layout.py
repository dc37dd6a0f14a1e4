"""Where organisations stand in the picture: placed by kind and ties, computed once, always the same."""

import math
from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from ..entities import KINDS
from ..world import Array, World

Size = tuple[float, float, float]
"""Width and height of a picture and height of its letters, in its units."""
LANDSCAPE, PORTRAIT = (1000.0, 820.0, 22.0), (740.0, 1000.0, 22.0)
"""Sizes of the picture: for one arm, and for one of two that stand side by side."""
LARGEST, SMALLEST, CLOSEST = LANDSCAPE[0] * LANDSCAPE[1], 460_000.0, 0.62
"""Areas that the picture may have, and how many pixels make one of its units, if there is room."""
LETTERS = 13.4
"""Height of letters in pixels, where one unit of type is one pixel."""
LARGEST_SINGLE = 1500
"""Organisations up to which a system is laid out by its ties; above, they are packed."""
GOLDEN_ANGLE = math.pi * (3.0 - math.sqrt(5.0))
AROUND = (
    "acute",
    "mental_health",
    "primary_care",
    "community",
    "commissioner",
    "care_provider",
    "council",
    "ambulance",
)
"""The kinds in their order around the convener, clockwise from the top left."""


def size_for(width: float, height: float, type_unit: float = 1.0) -> Size:
    """Return the size of a picture that fits into a room of so many pixels; rooms almost alike have the same.

    >>> size_for(1000, 820), size_for(1003, 815), size_for(450, 480, 1.39)
    ((987.0, 830.0, 14.0), (987.0, 830.0, 14.0), (729.0, 795.0, 31.0))
    """
    aspect = 2.0 ** (round(8 * math.log2(min(max(width / height, 0.6), 2.2))) / 8)
    area = min(max(width * height / CLOSEST**2, SMALLEST), LARGEST)
    area = LARGEST * 2.0 ** (round(4 * math.log2(area / LARGEST)) / 4)
    size = float(round(math.sqrt(area * aspect))), float(round(math.sqrt(area / aspect)))
    scale = min(width / size[0], height / size[1])
    return *size, float(math.ceil(LETTERS * type_unit / scale))


def table(size: Size) -> float:
    """Return the radius of the convener's table in the middle, which has room for two words."""
    return min(2.6 * size[2], 64.0)


class Links(NamedTuple):
    """Pairs of organisations whose staff listen to one another, and how many ties that makes."""

    first: Array  # int64
    second: Array  # int64, above `first`
    ties: Array  # int64


class Places(NamedTuple):
    """Where everything stands, in the picture's units."""

    x: Array
    y: Array
    radius: Array
    packed: bool  # many organisations, drawn plainly
    size: Size

    @property
    def centre(self) -> tuple[float, float]:
        """Where the convener sits."""
        return self.size[0] / 2, self.size[1] / 2


def links(world: World) -> Links:
    """Return which organisations are tied, from the ties of their staff."""
    listeners = np.repeat(world.staff["organisation"], np.diff(world.network.start)).astype(np.int64)
    contacts = world.staff["organisation"][world.network.contacts].astype(np.int64)
    across = listeners != contacts
    low = np.minimum(listeners[across], contacts[across])
    high = np.maximum(listeners[across], contacts[across])
    count = len(world.organisations)
    pairs, ties = np.unique(low * count + high, return_counts=True)
    return Links(pairs // count, pairs % count, ties)


def within(tied: Links, rows: Array) -> Links:
    """Return the links among some organisations, which are numbered anew in their order."""
    among = np.isin(tied.first, rows) & np.isin(tied.second, rows)
    return Links(np.searchsorted(rows, tied.first[among]), np.searchsorted(rows, tied.second[among]), tied.ties[among])


def strongest(tied: Links, count: int, each: int) -> Array:
    """Return the rows of the links that are among the `each` strongest of one of their ends."""
    order = np.argsort(-tied.ties, kind="stable")
    kept, used = [], np.zeros(count, int)
    for row in order:
        a, b = tied.first[row], tied.second[row]
        if used[a] < each or used[b] < each:
            kept.append(row)
            used[a] += 1
            used[b] += 1
    return np.array(kept, int)


def places(organisations: Array, tied: Links, size: Size = LANDSCAPE) -> Places:
    """Return where the organisations of a system stand; equal organisations and ties give equal places."""
    small = len(organisations) <= LARGEST_SINGLE
    return _by_ties(organisations, tied, size) if small else _packed(organisations, size)


def _radii(organisations: Array, smallest: float, area: float) -> Array:
    """Return radii whose areas go with staff, and together make so much."""
    staff = organisations["weight"] / 1024.0
    radius = np.sqrt(np.maximum(staff, 1.0) ** 0.75)
    scale = math.sqrt(area / float(math.pi * (radius**2).sum()))
    return np.clip(radius * scale, smallest, 86.0)


def _sectors(organisations: Array, radius: Array) -> Array:
    """Return the angle around which each organisation starts: kinds side by side, wide as they are large."""
    space = np.array([math.sqrt(float((radius[organisations["kind"] == KINDS.index(k)] ** 2).sum())) for k in AROUND])
    edges = np.concatenate([[0.0], np.cumsum(space)]) / space.sum() * 2 * math.pi - 0.75 * math.pi
    angle = np.zeros(len(organisations))
    for number, kind in enumerate(AROUND):
        members = np.flatnonzero(organisations["kind"] == KINDS.index(kind))
        part = (np.arange(len(members)) + 0.5) / max(len(members), 1)
        angle[members] = edges[number] + part * (edges[number + 1] - edges[number])
    return angle


def _by_ties(organisations: Array, tied: Links, paper: Size) -> Places:
    count, size, free = len(organisations), np.array(paper[:2]), table(paper) + 8.0
    edge = max(36.0, 1.3 * paper[2] + 6.0)  # room for words above and below
    radius = _radii(organisations, 6.0, 0.17 * float(size.prod()))
    angle = _sectors(organisations, radius)
    out = 0.58 + 0.42 * ((np.arange(count) * 0.618034) % 1.0)
    home = np.stack([np.cos(angle) * out, np.sin(angle) * out], axis=1)
    home *= size / 2 - (60, 70)
    at = home.copy()
    kept = strongest(tied, count, 3)
    first, second = tied.first[kept], tied.second[kept]
    pull = 0.004 * np.sqrt(tied.ties[kept] / max(tied.ties.max(initial=1), 1))[:, None]
    room = max(10.0, min(0.16 * math.sqrt(float(size.prod()) / count), 34.0))
    for turn in range(200):
        drawn = (at[second] - at[first]) * pull
        np.add.at(at, first, drawn)
        np.add.at(at, second, -drawn)
        at += 0.04 * (home - at)
        for _ in range(4 if turn > 150 else 1):
            _part(at, radius + room / 2)
            _keep_inside(at, radius, size, free, edge)
    _spread(at, radius, size, edge)
    for _ in range(80):
        _part(at, radius + room / 2)
        _keep_inside(at, radius, size, free, edge)
    at += size / 2
    return Places(at[:, 0], at[:, 1], radius, False, paper)


def _spread(at: Array, radius: Array, size: Array, edge: float) -> None:
    """Stretch the places so that they fill the picture, sideways and upwards."""
    for axis, half in enumerate(size / 2 - (30, edge + 8)):
        for side in (-1, 1):
            here = side * at[:, axis] > 0
            if here.any():
                reach = float((np.abs(at[here, axis]) + radius[here]).max())
                at[here, axis] *= min(max(half / reach, 1.0), 2.5)


def _part(at: Array, radius: Array) -> None:
    """Move those apart who overlap, each by half of it."""
    pairs = cKDTree(at).query_pairs(2 * float(radius.max()), output_type="ndarray")
    if not len(pairs):
        return
    a, b = pairs[:, 0], pairs[:, 1]
    gap = at[b] - at[a]
    distance = np.maximum(np.sqrt((gap**2).sum(axis=1)), 1e-6)
    overlap = radius[a] + radius[b] - distance
    close = overlap > 0
    a, b = a[close], b[close]
    move = gap[close] / distance[close, None] * overlap[close, None] * 0.5
    np.add.at(at, a, -move)
    np.add.at(at, b, move)


def _keep_inside(at: Array, radius: Array, size: Array, free: float, edge: float) -> None:
    """Keep everyone inside the picture, and away from the convener's table."""
    distance = np.maximum(np.sqrt((at**2).sum(axis=1)), 1e-6)
    near = distance < free + radius + 12
    at[near] *= ((free + radius + 12)[near] / distance[near])[:, None]
    half = size / 2 - (22, edge) - radius[:, None]
    np.clip(at, -half, half, out=at)


def _packed(organisations: Array, size: Size) -> Places:
    """Return the organisations as a disc, the largest innermost."""
    order = np.argsort(-organisations["weight"], kind="stable")
    reach = 0.5 * min(size[0], size[1] - 38) - 3
    spacing = (reach - 4) / math.sqrt(len(order) + 6)
    turn = np.empty(len(order))
    turn[order] = np.arange(len(order)) + 3.0
    x = size[0] / 2 + spacing * np.sqrt(turn) * np.cos(turn * GOLDEN_ANGLE)
    y = size[1] / 2 + spacing * np.sqrt(turn) * np.sin(turn * GOLDEN_ANGLE)
    large = np.sqrt(organisations["weight"] / organisations["weight"].max())
    return Places(x, y, np.clip(spacing * (0.62 + 0.7 * large), 0.9, 9.0), True, size)


DIAMOND = 20.0
"""Room that a leader's mark needs around its middle."""


def places_of_leaders(homes: list[int], at: Places) -> list[tuple[float, float]]:
    """Return where each leader stands: beside the home organisation, or the convener's table, where it covers least.

    Parameters
    ----------
    homes : list of int
        Each leader's organisation, by its place in the picture; below 0 for none.
    """
    found: list[tuple[float, float]] = []
    for home in homes:
        x, y = (float(at.x[home]), float(at.y[home])) if home >= 0 else at.centre
        radius = float(at.radius[home]) if home >= 0 else table(at.size)
        towards = math.atan2(at.centre[1] - y, at.centre[0] - x) if home >= 0 else -math.pi / 2
        found.append(_least_covered(at, found, (x, y, radius), towards))
    return found


def _least_covered(
    at: Places, others: list[tuple[float, float]], home: tuple[float, float, float], towards: float
) -> tuple[float, float]:
    """Return where a leader's mark lies over organisations, the convener and other leaders least, and close to home."""
    x, y, radius = home
    turns, outs = np.meshgrid(np.arange(32) * math.pi / 16, (12.0, 16.0, 20.0, 28.0, 38.0, 50.0))
    turn, out = towards + turns.ravel(), radius + outs.ravel()
    spots = np.stack([x + out * np.cos(turn), y + out * np.sin(turn)], axis=1)
    cost = 0.1 * (outs.ravel() - 12.0) + 0.5 * (1.0 - np.cos(turn - towards))
    circles = [*zip(at.x, at.y, at.radius, strict=True), (*at.centre, table(at.size))]
    circles += [(*other, DIAMOND - 2.0) for other in others]
    for cx, cy, reach in circles:
        own = 12.0 if (cx, cy) == (x, y) else DIAMOND  # it may stand on the rim of its own
        cost += np.maximum(reach + own - np.hypot(spots[:, 0] - cx, spots[:, 1] - cy), 0.0)
    for axis in (0, 1):
        beyond = np.maximum(DIAMOND - spots[:, axis], 0.0) + np.maximum(spots[:, axis] - at.size[axis] + DIAMOND, 0.0)
        cost += 10.0 * beyond
    best = spots[int(np.argmin(cost))]
    return float(best[0]), float(best[1])
