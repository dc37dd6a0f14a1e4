"""What is said of a run or a study that can be made as it stands, but may not be what is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.commands.options import shares
from simulation import catalogue, scenario
from simulation.request import MOST_WEEKS, Request

if TYPE_CHECKING:
    from experiments.design.study import Study

CONVENER = "convening.kind"


def of_request(request: Request) -> list[str]:
    """Return what is said of a run."""
    convener = _on_conveners([request.scenario] if _leaves_open(request) else [])
    return [*shares.of_request(request), *convener, *_after_the_end(request)]


def of_study(study: Study) -> list[str]:
    """Return what is said of a study."""
    arms = {
        arm.name: Request(arm.scenario, settings=arm.settings, schedule=arm.schedule, weeks=study.weeks)
        for arm in study.arms
    }
    is_swept = CONVENER in study.design.columns
    left_open = dict.fromkeys(arm.scenario for arm in arms.values() if not is_swept and _leaves_open(arm))
    late = [f"The arm {name}: {words}" for name, arm in arms.items() for words in _after_the_end(arm)]
    return [*shares.of_study(study), *_on_conveners(left_open), *late]


def _leaves_open(request: Request) -> bool:
    """Whether only the scenario can say what convenes its parts."""
    return CONVENER not in request.settings and not any(
        CONVENER in change.get("settings", {}) for _, change in request.schedule
    )


def _on_conveners(names: Iterable[str]) -> Iterator[str]:
    """Say which health economies of the user's own leave open whether anything convenes their parts."""
    for name in names:
        if name.endswith(".toml") and CONVENER not in scenario.load(name).settings:
            yield (
                f"{Path(name).name} says nothing of a convener, so nobody convenes its organisations; in ics-small a "
                f'place does. Say which in its [settings]: {CONVENER} = "none", "place" or "place_with_authority".'
            )


def _after_the_end(request: Request) -> Iterator[str]:
    """Say which weeks are set that the run never reaches."""
    known = catalogue.parameters()
    for name, week in request.settings.items():
        if known[name].unit == "week" and known[name].high == MOST_WEEKS and week >= request.weeks:
            yield f"{name} = {week} is never reached, as the run ends after {request.weeks} weeks."
