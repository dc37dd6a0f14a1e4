"""Where organisations stand in the picture: placed by kind and ties, computed once, always the same."""

import math
from typing import NamedTuple

import numpy as np
from scipy.spatial import cKDTree

from ..entities import KINDS
from ..world import Array, World

LANDSCAPE, PORTRAIT = (1000.0, 820.0), (740.0, 1000.0)
"""Sizes of the picture: for one arm, and for one of two that stand side by side."""
LARGEST, SMALLEST, CLOSEST = LANDSCAPE[0] * LANDSCAPE[1], 460_000.0, 0.62
"""Areas that the picture may have, and how many pixels make one of its units at least, or its words are too small."""
TABLE = 58.0
"""Radius that is kept free for the convener, in the middle."""
LARGEST_SINGLE = 1500
"""Organisations up to which one system is laid out by its ties; above, and for many systems, they are packed."""
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


def size_for(width: float, height: float) -> tuple[float, float]:
    """Return the size of a picture that fits into a room of so many pixels; rooms almost alike have the same.

    >>> size_for(1000, 820), size_for(1003, 815), size_for(450, 480)
    ((987.0, 830.0), (987.0, 830.0), (729.0, 795.0))
    """
    aspect = 2.0 ** (round(8 * math.log2(min(max(width / height, 0.6), 2.2))) / 8)
    area = min(max(width * height / CLOSEST**2, SMALLEST), LARGEST)
    area = LARGEST * 2.0 ** (round(4 * math.log2(area / LARGEST)) / 4)
    return float(round(math.sqrt(area * aspect))), float(round(math.sqrt(area / aspect)))


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
    centres: Array  # float64 (systems, 2), where each system's convener sits
    reach: Array  # float64 (systems,), radius of each system's area
    packed: bool  # many organisations, drawn plainly
    size: tuple[float, float]  # of the picture


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


def places(organisations: Array, tied: Links, size: tuple[float, float] = LANDSCAPE) -> Places:
    """Return where the organisations stand; equal organisations and ties give equal places."""
    systems = int(organisations["system"].max()) + 1
    if systems == 1 and len(organisations) <= LARGEST_SINGLE:
        return _by_ties(organisations, tied, np.array(size))
    return _packed(organisations, systems, size)


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


def _by_ties(organisations: Array, tied: Links, size: Array) -> Places:
    count = len(organisations)
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
            _keep_inside(at, radius, size)
    _spread(at, radius, size)
    for _ in range(80):
        _part(at, radius + room / 2)
        _keep_inside(at, radius, size)
    at += size / 2
    centre = (size / 2)[None, :]
    return Places(at[:, 0], at[:, 1], radius, centre, np.array([size[0] / 2]), False, (size[0], size[1]))


def _spread(at: Array, radius: Array, size: Array) -> None:
    """Stretch the places so that they fill the picture, sideways and upwards."""
    for axis, half in enumerate(size / 2 - (30, 44)):
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


def _keep_inside(at: Array, radius: Array, size: Array) -> None:
    """Keep everyone inside the picture, and away from the convener's table."""
    distance = np.maximum(np.sqrt((at**2).sum(axis=1)), 1e-6)
    near = distance < TABLE + radius + 12
    at[near] *= ((TABLE + radius + 12)[near] / distance[near])[:, None]
    half = size / 2 - (22, 36) - radius[:, None]
    np.clip(at, -half, half, out=at)


def _packed(organisations: Array, systems: int, size: tuple[float, float]) -> Places:
    """Return each system as a disc of organisations, the largest innermost; systems side by side."""
    columns = max(1, math.ceil(math.sqrt(systems * size[0] / size[1] * 0.86)))
    rows = math.ceil(systems / columns)
    cell = (size[0] / columns, (size[1] - 24) / rows)
    reach = 0.5 * min(cell[0], cell[1] - 14) - 3
    x, y, radius = np.zeros(len(organisations)), np.zeros(len(organisations)), np.zeros(len(organisations))
    centres = np.zeros((systems, 2))
    most = int(np.bincount(organisations["system"]).max())
    narrowest = (reach - 4) / math.sqrt(most + 6)
    reaches = np.full(systems, reach)
    for system in range(systems):
        members = np.flatnonzero(organisations["system"] == system)
        row, column = divmod(system, columns)
        here = columns if row < rows - 1 else systems - columns * (rows - 1)
        centre = ((column + 0.5 + (columns - here) / 2) * cell[0], 12 + (row + 0.5) * cell[1] + 6)
        centres[system] = centre
        order = members[np.argsort(-organisations["weight"][members], kind="stable")]
        # Small systems are drawn a little more openly, or their organisations could not be told apart.
        spacing = min((reach - 4) / math.sqrt(len(order) + 6), 1.5 * narrowest)
        reaches[system] = spacing * math.sqrt(len(order) + 6) + 4
        turn = np.arange(len(order)) + 3.0
        x[order] = centre[0] + spacing * np.sqrt(turn) * np.cos(turn * GOLDEN_ANGLE)
        y[order] = centre[1] + spacing * np.sqrt(turn) * np.sin(turn * GOLDEN_ANGLE)
        large = np.sqrt(organisations["weight"][order] / organisations["weight"].max())
        radius[order] = np.clip(spacing * (0.62 + 0.7 * large), 0.9, 9.0)
    return Places(x, y, radius, centres, reaches, True, size)


DIAMOND = 20.0
"""Room that a leader's mark needs around its middle."""


def home_of_leaders(world: World, at: Places) -> list[dict[str, float]]:
    """Return where each leader stands: beside the home organisation, or the convener's table, where it covers least."""
    found: list[dict[str, float]] = []
    for leader in world.leaders:
        system, home = int(leader["system"]), int(leader["organisation"])
        centre = at.centres[system]
        if home >= 0:
            x, y, radius = at.x[home], at.y[home], at.radius[home]
        else:
            x, y, radius = centre[0], centre[1], 4.0 if at.packed else TABLE
        towards = math.atan2(centre[1] - y, centre[0] - x) if home >= 0 else -math.pi / 2
        if at.packed:
            number = sum(1 for other in found if other["home"] == home and other["system"] == system)
            turn = towards + 40.0 / radius * _either_side(number)
            spot = x + radius * math.cos(turn), y + radius * math.sin(turn)
        else:
            spot = _least_covered(at, found, (x, y, radius), towards)
        found.append({"x": spot[0], "y": spot[1], "home": home, "system": system})
    return found


def _least_covered(
    at: Places, others: list[dict[str, float]], home: tuple[float, float, float], towards: float
) -> tuple[float, float]:
    """Return where a leader's mark lies over organisations, the convener and other leaders least, and close to home."""
    x, y, radius = home
    turns, outs = np.meshgrid(np.arange(32) * math.pi / 16, (12.0, 16.0, 20.0, 28.0, 38.0, 50.0))
    turn, out = towards + turns.ravel(), radius + outs.ravel()
    spots = np.stack([x + out * np.cos(turn), y + out * np.sin(turn)], axis=1)
    cost = 0.1 * (outs.ravel() - 12.0) + 0.5 * (1.0 - np.cos(turn - towards))
    circles = [*zip(at.x, at.y, at.radius, strict=True), (at.size[0] / 2, at.size[1] / 2, TABLE)]
    circles += [(other["x"], other["y"], DIAMOND - 2.0) for other in others]
    for cx, cy, reach in circles:
        own = 12.0 if (cx, cy) == (x, y) else DIAMOND  # it may stand on the rim of its own
        cost += np.maximum(reach + own - np.hypot(spots[:, 0] - cx, spots[:, 1] - cy), 0.0)
    for axis in (0, 1):
        beyond = np.maximum(DIAMOND - spots[:, axis], 0.0) + np.maximum(spots[:, axis] - at.size[axis] + DIAMOND, 0.0)
        cost += 10.0 * beyond
    best = spots[int(np.argmin(cost))]
    return float(best[0]), float(best[1])


def _either_side(number: int) -> float:
    """Return 0, 1, -1, 2, -2 and so on for 0, 1, 2, 3, 4 and so on."""
    return math.ceil(number / 2) * (1 if number % 2 else -1)
