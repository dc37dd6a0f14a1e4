"""Many systems side by side: what stays and what every week changes."""

from typing import Any

import numpy as np

from ..story.names import system_name
from .arm import Arm
from .picture import moment_of


def systems_scene(arm: Arm) -> dict[str, Any]:
    """Return what each system is called and how large it is, ready to be sent to the page."""
    organisations = arm.world.organisations
    system = organisations["system"]
    staff = np.bincount(system, weights=[entry["staff"] for entry in arm.described])
    return {
        "names": [system_name(number) for number in range(arm.systems)],
        "staff": staff.astype(int).tolist(),
        "organisations": np.bincount(system).tolist(),
        "weeks": arm.weeks,
    }


def systems_frame(arms: list[Arm]) -> dict[str, Any]:
    """Return the week, the share of all staff in each arm, and the moment of each that is worth a caption."""
    return {
        "week": arms[0].week,
        "adopted": [f"{100 * arm.model.adopted_share:.1f}" for arm in arms],
        "moments": [moment_of(arm) for arm in arms],
        "step": arms[0].week,
    }
