"""A run that was watched, as few bytes from which a script plays it again."""

from __future__ import annotations

import base64
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from simulation.page.arm import Arm
from simulation.page.picture import CLOSED, OPEN, frame, gate_states, scene
from simulation.page.systems import systems_scene
from simulation.request import Request
from simulation.story.telling import EVERYONE, Moment

SIZE = (520.0, 480.0, 17.0)
"""Of a picture and of the letters in it, in its units: small, so that the words in it can be read on a phone."""
MOST_BYTES = 150_000
"""Of the frames of one run; the more organisations, the fewer weeks are kept."""
MOST_ORGANISATIONS = 5000
AN_ORGANISATION = 3
"""Bytes of an organisation in a frame: percent who have adopted, percent who say so, state of the gate."""
MOST_CAPTIONS = 200
LINE = 16.0
"""Of the name below a circle."""


class Replay(NamedTuple):
    """A run to be played again.

    Parameters
    ----------
    scene : dict
        What stays the same, as the picture has it: where organisations, leaders and the convener stand; where there are many
        systems, a circle stands for each.
    weeks : tuple of int
        The week of each frame.
    frames : bytes
        Frame by frame, for each circle three bytes; then, of one system, for each leader whether they are in post, and
        whether there is a convener (1) or one with authority (2).
    shares : tuple of int
        Thousandths of staff who have adopted, frame by frame.
    captions : tuple of (int, str)
        What happened, by week.
    """

    scene: dict[str, Any]
    weeks: tuple[int, ...]
    frames: bytes
    shares: tuple[int, ...]
    captions: tuple[tuple[int, str], ...]

    def document(self) -> dict[str, Any]:
        """Return what differs between the arms as plain data for the script."""
        return {
            "frames": base64.b64encode(self.frames).decode("ascii"),
            "shares": self.shares,
            "captions": self.captions,
        }


def document(watched: Sequence[Replay]) -> dict[str, Any]:
    """Return runs of the same organisations as plain data for the script; where those stand is said once."""
    kept = ("nodes", "kinds", "leaders", "table", "width", "height")
    still = {key: watched[0].scene[key] for key in kept}
    return {"scene": still, "weeks": watched[0].weeks, "runs": [run.document() for run in watched]}


def replays(requests: Sequence[Request]) -> tuple[Replay, ...]:
    """Return the runs of these requests, from the first week to the last; none of more organisations than a phone can show."""
    found: list[Replay] = []
    first: Arm | None = None
    for request in requests:
        arm = Arm.of(request, first)
        first = first or arm
        if len(arm.described) <= MOST_ORGANISATIONS:
            found.append(_played(arm))
        arm.close()
    return tuple(found)


def weeks_of_frames(weeks: int, organisations: int) -> tuple[int, ...]:
    """Return the weeks that have a frame, the first and the last among them.

    >>> len(weeks_of_frames(260, 30)), weeks_of_frames(260, 2500)[-2:]
    (261, (252, 260))
    """
    every = -(-(weeks + 1) * organisations * AN_ORGANISATION // MOST_BYTES)
    return (*range(0, weeks, every), weeks)


def _played(arm: Arm) -> Replay:
    still = scene(arm, SIZE) if arm.systems == 1 else side_by_side(arm)
    weeks = weeks_of_frames(arm.weeks, len(still["nodes"]))
    frames, shares = [], []
    while True:
        if arm.week in weeks:
            frames.append(_seen(arm))
            shares.append(round(1000 * arm.model.adopted_share))
        if arm.is_over:
            break
        arm.step()
    return Replay(still, weeks, b"".join(frames), tuple(shares), _captions(arm))


def side_by_side(arm: Arm) -> dict[str, Any]:
    """Return a picture of many systems: a circle for each, as large as its staff, in rows, and its name below."""
    said = systems_scene(arm)
    columns = math.ceil(math.sqrt(arm.systems * SIZE[0] / SIZE[1]))
    wide, high = SIZE[0] / columns, SIZE[1] / math.ceil(arm.systems / columns)
    most = min(wide, high - LINE) / 2 - 3
    radii = most * np.sqrt(np.array(said["staff"]) / max(said["staff"]))
    at = [(wide * (k % columns + 0.5), high * (k // columns) + most + 2) for k in range(arm.systems)]
    return {
        "nodes": [[round(x, 1), round(y, 1), round(r, 1)] for (x, y), r in zip(at, radii.tolist(), strict=True)],
        "kinds": [
            {"x": round(x, 1), "y": round(y + most + LINE - 6, 1), "lines": [name]}
            for (x, y), name in zip(at, said["names"], strict=True)
        ],
        "leaders": [],
        "table": 0,
        "width": SIZE[0],
        "height": SIZE[1],
    }


def _seen(arm: Arm) -> bytes:
    """Return what the circles show of this week."""
    if arm.systems > 1:
        return np.array(
            [_percent(arm, "adopted_share"), _percent(arm, "declared_share"), _open(arm)], np.uint8
        ).T.tobytes()
    seen = frame(arm)
    organisations = np.array([seen["share"], seen["declared"], seen["gate"]], np.uint8).T
    return organisations.tobytes() + bytes(int(here) for here in seen["inPost"]) + bytes([seen["convener"]])


def _percent(arm: Arm, state: str) -> list[int]:
    organisations = arm.world.organisations
    weights = organisations["weight"].astype(float)
    shares = np.bincount(organisations["system"], organisations[state] * weights)
    found: list[int] = np.rint(100 * shares / np.bincount(organisations["system"], weights)).astype(int).tolist()
    return found


def _open(arm: Arm) -> list[int]:
    """Return, for each system, an open gate where most of its organisations have theirs open, and a closed one elsewhere."""
    opened = np.bincount(arm.world.organisations["system"], gate_states(arm) == OPEN)
    most = 2 * opened > np.bincount(arm.world.organisations["system"])
    return [OPEN if here else CLOSED for here in most]


def _captions(arm: Arm) -> tuple[tuple[int, str], ...]:
    """Return the weightiest thing that happened in each week in which any did."""
    best: dict[int, Moment] = {}
    for moment in arm.teller.moments:
        if moment.rank > getattr(best.get(moment.week), "rank", 0):
            best[moment.week] = moment
    told = [(week, _said(arm, moment)) for week, moment in sorted(best.items())]
    return tuple(told[:: -(-len(told) // MOST_CAPTIONS) or 1])


def _said(arm: Arm, moment: Moment) -> str:
    where = "" if moment.organisation == EVERYONE else f"{arm.names[moment.organisation]}: "
    return f"{where}{moment.words}"
