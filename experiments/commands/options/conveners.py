"""What is said where a health economy of the user's own leaves open whether anything convenes its parts."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from simulation import scenario
from simulation.request import Request

if TYPE_CHECKING:
    from experiments.design.study import Study

KIND = "convening.kind"


def of_request(request: Request) -> list[str]:
    """Return a note where a run is on such an economy and does not say either."""
    said = KIND in request.settings or any(KIND in change.get("settings", {}) for _, change in request.schedule)
    return [] if said else _note([request.scenario])


def of_study(study: Study) -> list[str]:
    """Return a note where arms of a study are on such an economy and do not say either."""
    if KIND in study.design.columns:
        return []
    requests = [Request(arm.scenario, settings=arm.settings, schedule=arm.schedule) for arm in study.arms]
    return _note(dict.fromkeys(request.scenario for request in requests if of_request(request)))


def _note(names: Iterable[str]) -> list[str]:
    open_ones = [
        Path(name).name for name in names if name.endswith(".toml") and KIND not in scenario.load(name).settings
    ]
    return [
        f"{name} says nothing of a convener, so nobody convenes its organisations; in ics-small a place does. "
        f'Say which in its [settings]: {KIND} = "none", "place" or "place_with_authority".'
        for name in open_ones
    ]
