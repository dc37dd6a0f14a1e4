"""What is said where shares of the leaders' time add up to more than 1, and are used in proportion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.analysis.parameters.meanings import title_of
from experiments.analysis.writing import lowered
from experiments.design.dotted import TACTIC_PREFIX
from simulation import Request, scenario
from simulation.settings import beyond_one

if TYPE_CHECKING:
    from experiments.design.study import Arm, Study

LEAD = "Shares of the leaders' time that add up to more than 1 are used in proportion: "
MIXES_SHOWN, POINTS_SEEN = 5, 10_000


def of_request(request: Request) -> list[str]:
    """Return a note on the shares of a run that are used in proportion, if there are any."""
    mixes = [("", request.tactics)]
    mixes += [(f"from week {week}: ", changes["tactics"]) for week, changes in request.schedule if "tactics" in changes]
    return _note([*(f"{when}{_used(mix)}" for when, mix in mixes if beyond_one(mix)), *_of_leaders([request.scenario])])


def of_study(study: Study) -> list[str]:
    """Return a note on the shares of a study that are used in proportion, if there are any."""
    alike: dict[str, list[str]] = {}
    for arm in study.arms:
        for where, used in _of_arm(study, arm):
            alike.setdefault(used, []).append(where)
    told = [f"{', '.join(arms)} with {used}" for used, arms in alike.items()]
    more = [f"and {len(told) - MIXES_SHOWN} more mixes"] if len(told) > MIXES_SHOWN else []
    return _note([*told[:MIXES_SHOWN], *more, *_of_leaders(sorted({arm.scenario for arm in study.arms}))])


def _note(told: list[str]) -> list[str]:
    return [f"{LEAD}{'; '.join(told)}."] if told else []


def _of_arm(study: Study, arm: Arm) -> Iterator[tuple[str, str]]:
    """Say where an arm, its changes on the way and the study's factors ask for more than there is, and what is used."""
    design = study.design
    swept = [name for name in design.columns if name.startswith(TACTIC_PREFIX)]
    points = range(0, design.size, max(1, design.size // POINTS_SEEN)) if swept else range(1)
    rows = [design.row(point) if swept else {} for point in points]
    mixes = [{**arm.tactics, **{name.removeprefix(TACTIC_PREFIX): float(row[name]) for name in swept}} for row in rows]
    beyond = [mix for mix in mixes if beyond_one(mix)]
    if beyond:
        where = f"{arm.name} (at {len(beyond)} of {len(mixes)} points, here the first)" if swept else arm.name
        yield where, _used(beyond[0])
    for week, changes in arm.schedule:
        if beyond_one(changes.get("tactics", {})):
            yield f"{arm.name} from week {week}", _used(changes["tactics"])


def _of_leaders(paths: list[str]) -> Iterator[str]:
    """Say which scenarios give a leader of their own more than there is."""
    for path in paths:
        for row in scenario.load(path).leaders:
            if beyond_one(row.tactics or {}):
                yield f"a leader of {Path(path).stem} with {_used(row.tactics or {})}"


def _used(tactics: Mapping[str, float]) -> str:
    """Return the shares that are used.

    >>> _used({"seeding": 1, "coalition": 1}), _used({"seeding": 0.9, "coalition": 0.3})
    ('a coalition of the willing + seeding an idea 0.5 each', 'a coalition of the willing 0.25 + seeding an idea 0.75')
    """
    shares = {lowered(title_of(name)): share for name, share in beyond_one(tactics).items()}
    if len(set(shares.values())) == 1:
        return f"{' + '.join(shares)} {min(shares.values()):.2g} each"
    return " + ".join(f"{name} {share:.2g}" for name, share in shares.items())
