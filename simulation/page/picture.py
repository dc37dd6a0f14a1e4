"""A system as the picture draws it: what stays (scene) and what every week changes (frame)."""

import math
from functools import cache
from typing import Any

import numpy as np

from .. import catalogue, tactics
from ..entities import NEVER
from ..story.captions import LASTS, caption
from ..story.names import leader_place
from ..story.telling import EVERYONE, EVERYWHERE, Moment
from ..world import Array
from .arm import Arm
from .curves import year_of
from .labels import labels
from .layout import LANDSCAPE, Size, places_of_leaders, strongest, table, within

CLOSED, IN_APPROVAL, OPEN, FREE = range(4)


def scene(arm: Arm, size: Size = LANDSCAPE, system: int = 0) -> dict[str, Any]:
    """Return what stays the same all through a run, ready to be sent to the page."""
    at, rows = arm.places(size, system), arm.rows(system)
    leaders = _leaders(arm, system)
    spots = [] if at.packed else places_of_leaders(_homes(arm, leaders, rows), at)
    kinds = [] if at.packed else labels(arm.world.organisations["kind"][rows], at, spots)
    return {
        "width": size[0],
        "height": size[1],
        "letter": size[2],
        "table": round(table(size), 1),
        "packed": at.packed,
        "rows": rows.tolist(),
        "nodes": np.round(np.stack([at.x, at.y, at.radius], axis=1), 2).tolist(),
        "names": [arm.names[row] for row in rows],
        "staff": [arm.described[row]["staff"] for row in rows],
        "kinds": [label._asdict() for label in kinds],
        "edges": [] if at.packed else _edges(arm, rows),
        "tactics": _titles(),
        "leaders": [
            {
                "x": round(x, 1),
                "y": round(y, 1),
                "name": number + 1,
                "where": leader_place(arm.world, number, arm.names),
            }
            for number, (x, y) in zip(leaders.tolist(), spots, strict=False)
        ],
    }


def _leaders(arm: Arm, system: int) -> Array:
    found: Array = np.flatnonzero(arm.world.leaders["system"] == system)
    return found


def _homes(arm: Arm, leaders: Array, rows: Array) -> list[int]:
    """Return where in the picture the organisation of each leader stands, -1 for none."""
    homes = arm.world.leaders["organisation"][leaders]
    return [int(np.searchsorted(rows, home)) if home >= 0 else -1 for home in homes]


@cache
def _titles() -> list[str]:
    """Return what each conversation is called, in the order in which weeks number them."""
    known = catalogue.tactics()
    return [known[name].title for name in tactics.conversations]


def _edges(arm: Arm, rows: Array) -> list[list[float]]:
    tied = within(arm.links, rows)
    kept = strongest(tied, len(rows), 4)
    most = float(tied.ties.max(initial=1))
    return [
        [int(tied.first[row]), int(tied.second[row]), round(0.5 + 3.0 * math.sqrt(tied.ties[row] / most), 2)]
        for row in kept
    ]


def gate_states(arm: Arm) -> Any:
    """Return the state of every organisation's gate."""
    organisations = arm.world.organisations
    state = np.where(organisations["asked"] != NEVER, IN_APPROVAL, CLOSED)
    return np.where(organisations["committed"] != NEVER, OPEN, state)


def frame(arm: Arm, system: int = 0) -> dict[str, Any]:
    """Return what the picture shows of this week, ready to be sent to the page."""
    world, rows = arm.world, arm.rows(system)
    organisations, leaders = world.organisations[rows], _leaders(arm, system)
    weights = organisations["weight"].astype(float)
    return {
        "week": arm.week,
        "share": np.rint(100 * organisations["adopted_share"]).astype(int).tolist(),
        "declared": np.rint(100 * organisations["declared_share"]).astype(int).tolist(),
        "gate": gate_states(arm)[rows].tolist(),
        "pressure": np.rint(20 * organisations["pressure"]).astype(int).tolist(),
        "lit": _among(arm.lit, rows).tolist(),
        "talks": _talks(arm, leaders, rows),
        "inPost": world.leaders["in_post"][leaders].tolist(),
        "adopted": f"{100 * _share(arm, weights, organisations):.1f}",
        "convener": _convener(world.conveners[system], arm.phase().groups["convening"]),
        "moment": moment_of(arm, system),
        "step": arm.week,
    }


def _share(arm: Arm, weights: Array, organisations: Array) -> float:
    if arm.systems == 1:
        return float(arm.model.adopted_share)
    return float((organisations["adopted_share"] * weights).sum() / weights.sum())


def _among(pairs: Array, rows: Array) -> Array:
    """Return pairs of organisations of which both are in the picture, by their places there."""
    found: Array = np.searchsorted(rows, pairs[np.isin(pairs, rows).all(axis=1)])
    return found


def _talks(arm: Arm, leaders: Array, rows: Array) -> list[list[int]]:
    """Return who talks where this week, and how: leader and organisation by their places in the picture."""
    held = np.array(arm.held, np.int64).reshape(-1, 4)
    held = held[np.isin(held[:, 0], leaders) & np.isin(held[:, 1], rows)]
    here = np.stack([np.searchsorted(leaders, held[:, 0]), np.searchsorted(rows, held[:, 1]), held[:, 2]], axis=1)
    found: list[list[int]] = here.tolist()
    return found


def _convener(convener: Any, settings: Any) -> int:
    """Return 0 without a convener, 1 with a place, 2 with authority."""
    return int(convener["present"]) * (2 if settings.kind == 2 else 1)


def moment_of(arm: Arm, system: int | None = None) -> dict[str, Any] | None:
    """Return the moment of the run that is worth a caption, of one system or of all, or None.

    Its place is that of the organisation in the picture, -1 for the convener and -2 for none.
    """
    systems = arm.world.organisations["system"]

    def concerns(moment: Moment) -> bool:
        if system is None:
            return True
        where = moment.system if moment.organisation == EVERYONE else int(systems[moment.organisation])
        return where in (system, EVERYWHERE)

    told = caption(arm.teller.moments, arm.week, concerns)
    if told is None:
        return None
    everyone = told.organisation == EVERYONE
    where = -1 if "convener" in told.words else -2
    return {
        "when": f"Week {told.week}, year {year_of(told.week)}",
        "words": told.words[:1].upper() + told.words[1:]
        if everyone
        else f"{arm.names[told.organisation]}: {told.words}",
        "place": where if everyone else told.organisation,
        "system": told.system if everyone else int(systems[told.organisation]),
        "fresh": round(1 - (arm.week - told.week) / LASTS, 2),
    }
