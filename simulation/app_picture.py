"""The health economy as the picture draws it: what stays (scene) and what every week changes (frame)."""

import math
from typing import Any

import numpy as np

from . import entities
from .app_arm import Arm
from .app_layout import AROUND, CENTRE, HEIGHT, WIDTH, strongest
from .app_people import KIND_LABELS, leader_place
from .entities import KINDS, NEVER

CLOSED, IN_APPROVAL, OPEN, FREE = range(4)
TACTIC_MARKS = {
    "plain_case": "Pc",
    "others_shoes": "Sh",
    "longer_term_goal": "Lt",
    "seeding": "Se",
    "patient_argument": "Pa",
    "patient_voice": "Pv",
    "higher_goals": "Hg",
    "coalition": "Co",
}
"""Two letters for each conversation, where a title would not fit."""
MOST_TALKS = 250
LABEL_FROM = 13.0
"""Radius from which a name fits into a circle."""


def mark_of(tactic: str) -> str:
    """Return two letters for a tactic, the user's own included.

    >>> mark_of("seeding"), mark_of("my_tactic")
    ('Se', 'My')
    """
    return TACTIC_MARKS.get(tactic, tactic[:2].capitalize())


def scene(arm: Arm) -> dict[str, Any]:
    """Return what stays the same all through a run, ready to be sent to the page."""
    at, world = arm.places, arm.world
    nodes = [
        [round(float(x), 1), round(float(y), 1), round(float(r), 2), int(kind)]
        for x, y, r, kind in zip(at.x, at.y, at.radius, world.organisations["kind"], strict=True)
    ]
    labels = ["" if at.packed or r < LABEL_FROM else short for (_, short), r in zip(arm.names, at.radius, strict=True)]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "packed": at.packed,
        "nodes": nodes,
        "labels": labels,
        "names": [name for name, _ in arm.names],
        "staff": [entry["staff"] for entry in arm.described],
        "kinds": [] if at.packed else _kind_labels(arm),
        "kindNames": [KIND_LABELS[kind][1] for kind in KINDS],
        "edges": [] if at.packed else _edges(arm),
        "systems": _systems(arm),
        "leaders": [
            {"x": round(place["x"], 1), "y": round(place["y"], 1), "where": leader_place(world, number, arm.names)}
            for number, place in enumerate(arm.leaders_at)
        ],
    }


def _edges(arm: Arm) -> list[list[float]]:
    tied = arm.links
    kept = strongest(tied, len(arm.world.organisations), 4)
    most = float(tied.ties.max(initial=1))
    return [
        [int(tied.first[row]), int(tied.second[row]), round(0.5 + 3.0 * math.sqrt(tied.ties[row] / most), 2)]
        for row in kept
    ]


def _systems(arm: Arm) -> list[dict[str, Any]]:
    many = len(arm.places.centres) > 1
    return [
        {
            "x": round(float(x), 1),
            "y": round(float(y), 1),
            "reach": round(float(arm.places.reach[number]), 1),
            "label": str(number + 1) if many else "",
        }
        for number, (x, y) in enumerate(arm.places.centres)
    ]


def _kind_labels(arm: Arm) -> list[dict[str, Any]]:
    """Return a label for each kind, above or below where its organisations stand."""
    at = arm.places
    found = []
    for kind in AROUND:
        members = np.flatnonzero(arm.world.organisations["kind"] == KINDS.index(kind))
        if len(members):
            x = float(at.x[members].mean())
            top = float((at.y[members] - at.radius[members]).min())
            bottom = float((at.y[members] + at.radius[members]).max())
            above = float(at.y[members].mean()) < CENTRE[1]
            plural, singular, _ = KIND_LABELS[kind]
            words = singular if len(members) == 1 else plural
            half = 4.2 * len(words)
            x = min(max(x, half + 6), WIDTH - half - 6)
            y = top - 9 if above else bottom + 18
            found.append({"x": round(x, 1), "y": round(min(max(y, 16), HEIGHT - 8), 1), "words": words})
    return _apart(found)


def _apart(labels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Move labels that would lie over one another, sideways."""
    for number, label in enumerate(labels):
        for other in labels[:number]:
            wide = 4.4 * (len(label["words"]) + len(other["words"])) + 12
            gap = label["x"] - other["x"]
            if abs(label["y"] - other["y"]) < 18 and abs(gap) < wide:
                label["y"] = round(other["y"] + (20 if other["y"] < HEIGHT / 2 else -20), 1)
    return labels


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
    return {
        "week": arm.week,
        "share": np.rint(100 * organisations["adopted_share"]).astype(int).tolist(),
        "declared": np.rint(100 * organisations["declared_share"]).astype(int).tolist(),
        "gate": gate_states(arm).tolist(),
        "pressure": np.rint(20 * organisations["pressure"]).astype(int).tolist(),
        "lit": arm.lit.tolist(),
        "talks": [
            [talk.leader, talk.organisation, mark_of(talk.tactic), talk.circles] for talk in arm.talks[:MOST_TALKS]
        ],
        "inPost": world.leaders["in_post"].tolist(),
        "ego": np.rint(100 * world.leaders["ego_shown"]).astype(int).tolist(),
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
        found.append({"leader": f"L{number + 1}", "words": "; ".join(parts)})
        if len(found) == most:
            break
    return found


def legend() -> dict[str, Any]:
    """Return the marks of the conversations, for the legend."""
    from . import catalogue

    return {
        "tactics": [
            [mark_of(name), tactic.title] for name, tactic in catalogue.tactics().items() if tactic.kind == "conversation"
        ],
        "stages": list(entities.STAGES),
    }
