"""A run that was watched, as few bytes from which a script plays it again."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from simulation.page.arm import Arm
from simulation.page.picture import frame, scene
from simulation.request import Request
from simulation.story.telling import EVERYONE

SIZE = (520.0, 480.0)
"""Of a picture, in its units: small, so that the words in it can be read on a phone."""
MOST_BYTES = 150_000
"""Of the frames of one run; the more organisations, the fewer weeks are kept."""
MOST_ORGANISATIONS = 5000
AN_ORGANISATION = 3
"""Bytes of an organisation in a frame: percent who have adopted, percent who say so, state of the gate."""
RANKS = ("the convener", "the first to adopt", "the gate opens", "approval is refused", "50 %", "Leader", "the pilot")
"""How what happens is spoken of, that which matters most first."""
MOST_CAPTIONS = 200


class Replay(NamedTuple):
    """A run to be played again.

    Parameters
    ----------
    scene : dict
        What stays the same, as the picture has it: where organisations, leaders and conveners stand.
    weeks : tuple of int
        The week of each frame.
    frames : bytes
        Frame by frame, for each organisation three bytes; then for each leader whether they are in post, and for each system
        whether it has a convener (1) or one with authority (2).
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
    kept = ("nodes", "kinds", "leaders", "systems", "packed", "width", "height")
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
    still = scene(arm, SIZE)
    weeks = weeks_of_frames(arm.weeks, len(still["nodes"]))
    frames, shares = [], []
    while True:
        if arm.week in weeks:
            frames.append(_bytes(frame(arm)))
            shares.append(round(1000 * arm.model.adopted_share))
        if arm.is_over:
            break
        arm.step()
    return Replay(still, weeks, b"".join(frames), tuple(shares), _captions(arm))


def _bytes(seen: dict[str, Any]) -> bytes:
    organisations = np.array([seen["share"], seen["declared"], seen["gate"]], np.uint8).T
    rest = [int(here) for here in seen["inPost"]], seen["convener"]
    return organisations.tobytes() + b"".join(bytes(part) for part in rest)


def _captions(arm: Arm) -> tuple[tuple[int, str], ...]:
    """Return the weightiest thing that happened in each week in which any did."""
    best: dict[int, tuple[int, str]] = {}
    for moment in arm.teller.moments:
        rank = next((place for place, words in enumerate(RANKS) if words in moment.words), len(RANKS))
        if moment.weighty and rank < best.get(moment.week, (len(RANKS), ""))[0]:
            where = "" if moment.organisation == EVERYONE else f"{arm.names[moment.organisation][0]}: "
            best[moment.week] = rank, f"{where}{moment.words}"
    told = sorted((week, words) for week, (_, words) in best.items())
    return tuple(told[:: -(-len(told) // MOST_CAPTIONS) or 1])
