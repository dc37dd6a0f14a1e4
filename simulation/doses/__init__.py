"""Doses: what conversations and stances put in, worked out with the model's own rules for one typical person.

A dose is no result: it is what is assumed. It says how far one conversation moves the view of whoever hears it, in
log-odds, how long that lasts, and how many people it gets to.
"""

from collections.abc import Mapping
from typing import Any

from .. import tactics
from ..scenario import economy
from .conversations import of_conversation
from .dose import Dose
from .stances import of_stance
from .typical import scene_of

__all__ = ["Dose", "doses"]

SCENARIO = "ics-small"


def doses(settings: Mapping[str, Any] | None = None, scenario: str = SCENARIO) -> list[Dose]:
    """Return what every conversation and stance puts in, one row for each whose view it moves.

    Parameters
    ----------
    settings : mapping, optional
        Parameters that are not at their defaults.
    scenario : str
        Whose start is meant.
    """
    place, given = economy(scenario, None), dict(settings or {})
    scene = scene_of(place, {}, given)
    found = [dose for name in tactics.conversations for dose in of_conversation(name, scene)]
    for name, module in tactics.modules.items():
        if module.KIND == "stance":
            found += of_stance(name, scene, scene_of(place, {name: 1.0}, given).leader)
    return found
