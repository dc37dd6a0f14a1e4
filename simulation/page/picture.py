"""The health economy as the picture draws it: what stays (scene) and what every week changes (frame)."""

import math
from functools import cache
from typing import Any

import numpy as np

from .. import catalogue, tactics
from ..entities import KINDS, NEVER
from ..story.names import KIND_LABELS, leader_mark, leader_place
from .arm import Arm
from .layout import AROUND, LANDSCAPE, LARGEST_SINGLE, TABLE, Places, home_of_leaders, strongest

CLOSED, IN_APPROVAL, OPEN, FREE = range(4)
LABEL_FROM = 14.0
"""Radius from which a name fits into a circle."""


def scene(arm: Arm, size: tuple[float, float] = LANDSCAPE) -> dict[str, Any]:
    """Return what stays the same all through a run, ready to be sent to the page."""
    at, world = arm.places(size), arm.world
    nodes = [
        [round(float(x), 1), round(float(y), 1), round(float(r), 2), int(kind)]
        for x, y, r, kind in zip(at.x, at.y, at.radius, world.organisations["kind"], strict=True)
    ]
    labels = ["" if at.packed or r < LABEL_FROM else short for (_, short), r in zip(arm.names, at.radius, strict=True)]
    return {
        "width": size[0],
        "height": size[1],
        "packed": at.packed,
        "nodes": nodes,
        "labels": labels,
        "names": [name for name, _ in arm.names],
        "staff": [entry["staff"] for entry in arm.described],
        "kinds": [] if at.packed else _kind_labels(arm, at),
        "kindNames": [KIND_LABELS[kind][1] for kind in KINDS],
        "edges": [] if at.packed else _edges(arm),
        "systems": _systems(at),
        "tactics": _titles(),
        "leaders": [
            {
                "x": round(place["x"], 1),
                "y": round(place["y"], 1),
                "where": leader_place(world, number, arm.names),
                "mark": leader_mark(number),
            }
            for number, place in enumerate(home_of_leaders(world, at))
        ],
    }


@cache
def _titles() -> list[str]:
    """Return what each conversation is called, in the order in which weeks number them."""
    known = catalogue.tactics()
    return [known[name].title for name in tactics.conversations]


def _edges(arm: Arm) -> list[list[float]]:
    tied = arm.links
    kept = strongest(tied, len(arm.world.organisations), 4)
    most = float(tied.ties.max(initial=1))
    return [
        [int(tied.first[row]), int(tied.second[row]), round(0.5 + 3.0 * math.sqrt(tied.ties[row] / most), 2)]
        for row in kept
    ]


def _systems(at: Places) -> list[dict[str, Any]]:
    many = len(at.centres) > 1
    return [
        {
            "x": round(float(x), 1),
            "y": round(float(y), 1),
            "reach": round(float(at.reach[number]), 1),
            "label": str(number + 1) if many else "",
        }
        for number, (x, y) in enumerate(at.centres)
    ]


LETTER, LINE = 13.8, 27.0
"""Width of a letter and height of a line of the labels, in the picture's units."""


def _kind_labels(arm: Arm, at: Places) -> list[dict[str, Any]]:
    """Return a label for each kind, close to its organisations, where it covers least."""
    width, height = at.size
    x, y = np.meshgrid(np.arange(10.0, width, 14.0), np.arange(20.0, height, 10.0))
    spots = np.stack([x.ravel(), y.ravel()], axis=1)
    leaders = home_of_leaders(arm.world, at)
    found: list[dict[str, Any]] = []
    for kind in AROUND:
        members = np.flatnonzero(arm.world.organisations["kind"] == KINDS.index(kind))
        if not len(members):
            continue
        plural, singular, _ = KIND_LABELS[kind]
        words = singular if len(members) == 1 else plural
        half = LETTER * len(words) / 2
        cost = _crowding(at, leaders, spots, half) + 400.0 * _overlaps(spots, half, found)
        for member in members[:40]:
            away = np.hypot(spots[:, 0] - at.x[member], spots[:, 1] - at.y[member]) - at.radius[member]
            cost += 0.06 * np.maximum(away, 0.0) / min(len(members), 40)
        cost += 1000.0 * ((spots[:, 0] < half + 6) | (spots[:, 0] > width - half - 6))
        best = spots[int(np.argmin(cost))]
        found.append({"x": float(best[0]), "y": float(best[1]), "words": words, "half": half})
    return found


def _crowding(at: Places, leaders: list[dict[str, Any]], spots: Any, half: float) -> Any:
    """Return how much a label, centred at each spot, would lie over organisations and the convener."""
    cost = np.zeros(len(spots))
    circles = [*zip(at.x, at.y, at.radius + 12.0, strict=True), (at.size[0] / 2, at.size[1] / 2, TABLE)]
    circles += [(place["x"], place["y"], 26.0) for place in leaders]
    for cx, cy, radius in circles:
        beside = np.maximum(np.abs(spots[:, 0] - cx) - half, 0.0)
        above = np.maximum(np.abs(spots[:, 1] - 7.0 - cy) - LINE / 2, 0.0)
        cost += np.maximum(radius - np.hypot(beside, above), 0.0)
    return cost


def _overlaps(spots: Any, half: float, others: list[dict[str, Any]]) -> Any:
    cost = np.zeros(len(spots))
    for other in others:
        wide = np.abs(spots[:, 0] - other["x"]) < half + other["half"] + 14
        cost += wide & (np.abs(spots[:, 1] - other["y"]) < LINE)
    return cost


def gate_states(arm: Arm) -> Any:
    """Return the state of every organisation's gate."""
    organisations = arm.world.organisations
    state = np.where(organisations["asked"] != NEVER, IN_APPROVAL, CLOSED)
    return np.where(organisations["committed"] != NEVER, OPEN, state)


def frame(arm: Arm) -> dict[str, Any]:
    """Return what the picture shows of this week, ready to be sent to the page."""
    world = arm.world
    organisations = world.organisations
    settings = arm.phase().groups
    many = len(world.conveners) > 1 or len(organisations) > LARGEST_SINGLE  # drawn plainly: there is no room for talks
    return {
        "week": arm.week,
        "share": np.rint(100 * organisations["adopted_share"]).astype(int).tolist(),
        "declared": np.rint(100 * organisations["declared_share"]).astype(int).tolist(),
        "gate": gate_states(arm).tolist(),
        "pressure": np.rint(20 * organisations["pressure"]).astype(int).tolist(),
        "lit": arm.lit.tolist(),
        "talks": [] if many else [[who, where, how] for who, where, how, _ in arm.held],
        "inPost": world.leaders["in_post"].tolist(),
        "ego": np.rint(100 * world.leaders["ego_shown"]).astype(int).tolist(),
        "adopted": f"{100 * arm.model.adopted_share:.1f}",
        "convener": _convener(world.conveners, settings["convening"]),
        "step": arm.week,
    }


def _convener(conveners: Any, settings: Any) -> list[int]:
    """Return for each system 0 without a convener, 1 with a place, 2 with authority."""
    authority = settings.kind == 2
    return [int(present) * (2 if authority else 1) for present in conveners["present"]]


def talks_in_words(arm: Arm, titles: dict[str, str], most: int = 40) -> list[dict[str, str]]:
    """Return who talks where this week and how, leader by leader."""
    found = []
    for number in range(len(arm.world.leaders)):
        mine = [talk for talk in arm.talks if talk.leader == number]
        if not mine:
            continue
        by_tactic: dict[str, list[str]] = {}
        for talk in mine:
            by_tactic.setdefault(talk.tactic, []).append(arm.names[talk.organisation][1])
        parts = [f"{titles.get(name, name)} – {', '.join(where)}" for name, where in by_tactic.items()]
        found.append({"leader": leader_mark(number), "words": "; ".join(parts)})
        if len(found) == most:
            break
    return found


def legend(arms: list[Arm]) -> list[tuple[str, str]]:
    """Return what the letters in the picture stand for: the kinds that there are."""
    here = {entry["kind"] for arm in arms for entry in arm.described}
    return [(KIND_LABELS[kind][2], KIND_LABELS[kind][0]) for kind in AROUND if kind in here]
