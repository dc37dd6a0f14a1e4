"""A study put to the model before it is run: each arm and each level, one at a time, so that a problem names its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf

from experiments.design.cells import Value
from experiments.design.dotted import TACTIC_PREFIX
from experiments.design.study import Arm, Study
from simulation import Request
from simulation.errors import Invalid
from simulation.toml_file import Complaints


def judge(complaints: Complaints, study: Study, common: Arm, allow_large: bool) -> None:
    """Note what the model says is wrong with what is common, with every arm, and with every level of every factor.

    Each problem is noted once, at the place that is nearest to its cause.
    """
    noted: set[str] = set()
    for keys, arm in _trials(study, common):
        for problem in _problems_of(study, arm, allow_large):
            if problem not in noted:
                noted.add(problem)
                complaints.add(_key_named_in(problem) or keys, problem)


def _problems_of(study: Study, arm: Arm, allow_large: bool) -> list[str]:
    request = Request(
        scenario=arm.scenario,
        tactics=arm.tactics,
        settings=arm.settings,
        weeks=study.weeks,
        seed=study.seed,
        engine=study.engine,
        schedule=arm.schedule,
        change=arm.change,
    )
    try:
        request.check(allow_large)
    except Invalid as invalid:
        return invalid.problems
    return []


def _key_named_in(problem: str) -> list[str]:
    """Return the key of the top table that a problem is about, if any."""
    if problem.startswith("No engine "):
        return ["engine"]
    return next(([key] for key in ("weeks", "seed") if problem.startswith(f"`{key}` ")), [])


def _trials(study: Study, common: Arm) -> Iterator[tuple[list[str], Arm]]:
    plain = common._replace(tactics={}, settings={}, schedule=())
    yield ["scenario"], plain._replace(change=None)
    for place, arm in [([], common), *((["arms", arm.name], arm) for arm in study.arms)]:
        yield [*place, "change"], plain._replace(change=arm.change)
        for name, setting in arm.settings.items():
            yield [*place, "settings", name], plain._replace(settings={name: setting})
        for name, share in arm.tactics.items():
            yield [*place, "tactics", name], plain._replace(tactics={name: share})
        yield place, arm
    everywhere = [plain._replace(scenario=scenario) for scenario in dict.fromkeys(arm.scenario for arm in study.arms)]
    for name, levels in study.design.levels_by_name().items():
        for level in _ends_of(levels):
            yield from ((["factors", name], _at_level(arm, name, level)) for arm in everywhere)


def _at_level(arm: Arm, name: str, level: Value) -> Arm:
    if name.startswith(TACTIC_PREFIX):
        return arm._replace(tactics={name.removeprefix(TACTIC_PREFIX): level})  # type: ignore[dict-item]
    return arm._replace(settings={name: level})


def _ends_of(levels: Iterable[Value]) -> list[Value]:
    """Return the levels that tell whether all are allowed: the ends of those between which a range has no gap."""
    telling: list[Value] = []
    ends: dict[type, list[Value]] = {}
    for level in levels:
        if isinstance(level, bool | str) or not -inf < level < inf:
            telling.append(level)
        else:
            low, high = ends.get(type(level), (level, level))
            ends[type(level)] = [min(low, level), max(high, level)]
    return telling + [level for pair in ends.values() for level in dict.fromkeys(pair)]
