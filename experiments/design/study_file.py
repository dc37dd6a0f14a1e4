"""Study files: TOML read into arms and a design, with every problem found at once and its line named."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from math import inf
from pathlib import Path
from typing import Any, NamedTuple

from experiments.design.cells import Value
from experiments.design.points import Design
from experiments.design.points_file import design_from, flatten
from simulation import Request, toml_file
from simulation import scenario as scenarios
from simulation.errors import Invalid
from simulation.toml_file import Complaints

KEYS = {
    "title": str,
    "question": str,
    "scenario": str,
    "weeks": int,
    "replicates": int,
    "seed": int,
    "engine": str,
    "schedule": list,
    "settings": dict,
    "tactics": dict,
    "arms": dict,
    "factors": dict,
    "design": dict,
}
ARM_KEYS = {"title": str, "scenario": str, "tactics": dict, "settings": dict, "schedule": list}
CHANGE_KEYS = {"week": int, "tactics": dict, "settings": dict}
ARM_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
REPLICATES = 20
RUNS_LIMIT = 10_000_000
# About what one run of 260 weeks takes in the store.
BYTES_PER_RUN = 2_000

Schedule = tuple[tuple[int, dict[str, Any]], ...]


class Arm(NamedTuple):
    """One of the alternatives that a study compares, complete: what is common to all arms is included.

    ``schedule`` lists changes during the run, each a week with the tactics and settings from then on.
    """

    name: str
    title: str
    scenario: str
    tactics: dict[str, float]
    settings: dict[str, Value]
    schedule: Schedule = ()


class Draft(NamedTuple):
    """What a study file says, checked; the fields are those of `experiments.design.study.Study`."""

    name: str
    title: str
    question: str
    arms: tuple[Arm, ...]
    design: Design
    weeks: int
    replicates: int
    seed: int
    engine: str


def read(path: Path, allow_large: bool = False) -> Draft:
    """Return what a study file says.

    Raises
    ------
    Invalid
        With every problem of the file.
    """
    file = toml_file.read(path)
    complaints = Complaints(file)
    top = complaints.typed([], file.data, KEYS)
    common = _arm(complaints, [], top, Arm(path.stem, "", Request().scenario, {}, {}))
    arms = _arms(complaints, top.get("arms", {}), common)
    design = design_from(complaints, top, {**common.settings, **_prefixed(common.tactics)})
    draft = Draft(
        name=path.stem,
        title=top.get("title", path.stem),
        question=top.get("question", ""),
        arms=arms,
        design=design,
        weeks=top.get("weeks", Request().weeks),
        replicates=top.get("replicates", REPLICATES),
        seed=top.get("seed", Request().seed),
        engine=top.get("engine", Request().engine),
    )
    sizes = size_problems(design.size, len(arms), draft.replicates, allow_large)
    for problem in sizes:
        complaints.add(["replicates"], problem)
    if not sizes:
        _check(complaints, draft, common, allow_large)
    if complaints.problems:
        raise Invalid(complaints.problems)
    return draft


def size_problems(points: int, arms: int, replicates: int, allow_large: bool) -> list[str]:
    """Return what is wrong with the number of runs, before a single one is thought of."""
    runs = points * arms * replicates
    if replicates < 1:
        return [f"`replicates` must be at least 1, but is {replicates}."]
    if runs <= RUNS_LIMIT or allow_large:
        return []
    return [
        f"{points:,} points x {arms:,} arms x {replicates:,} replicates are {runs:,} runs,"
        f" about {runs * BYTES_PER_RUN / 2**30:,.0f} GiB of results;"
        f" at most {RUNS_LIMIT:,} runs are made unless large sweeps are allowed (--allow-large)."
    ]


def _arms(complaints: Complaints, tables: Mapping[str, Any], common: Arm) -> tuple[Arm, ...]:
    for name in tables:
        if not re.fullmatch(ARM_NAME, name):
            complaints.add(
                ["arms", name],
                f"an arm cannot be called {toml_file.shown(name)}: a name has at most 64 letters, digits, dots, dashes"
                " and underscores, and starts with a letter or digit.",
            )
    return tuple(
        _arm(complaints, ["arms", name], complaints.typed(["arms", name], table, ARM_KEYS), common._replace(name=name))
        for name, table in tables.items()
    ) or (common,)


def _arm(complaints: Complaints, keys: list[str], table: Mapping[str, Any], common: Arm) -> Arm:
    """Return an arm: its own table on top of what is common."""
    return Arm(
        name=common.name,
        title=table.get("title", common.name) if keys else common.name,
        scenario=_scenario(complaints.file.path, table.get("scenario", common.scenario)),
        tactics={**common.tactics, **table.get("tactics", {})},
        settings={**common.settings, **flatten(table.get("settings", {}))},
        schedule=_schedule(complaints, [*keys, "schedule"], table.get("schedule")) or common.schedule,
    )


def _scenario(path: Path, scenario: str) -> str:
    """Return a scenario's name, or the full path of a file named relative to the study's."""
    own = path.parent / scenario
    if "\0" not in scenario and scenario.endswith(".toml") and own.is_file():
        return str(own.resolve())
    return scenario


def _schedule(complaints: Complaints, keys: list[str], changes: list[Any] | None) -> Schedule:
    schedule = []
    for number, table in enumerate(changes or []):
        change = complaints.typed([*keys, str(number)], table, CHANGE_KEYS)
        week = change.pop("week", None)
        if week is None:
            complaints.add(keys, "every change of a schedule needs a `week`.")
            continue
        if "settings" in change:
            change["settings"] = flatten(change["settings"])
        schedule.append((week, change))
    return tuple(schedule)


def _prefixed(tactics: Mapping[str, float]) -> dict[str, float]:
    return {f"tactics.{name}": share for name, share in tactics.items()}


def _check(complaints: Complaints, draft: Draft, common: Arm, allow_large: bool) -> None:
    """Let the model judge what is common, every arm, and every level of every factor, one at a time.

    Each problem is told once, at the place that is nearest to its cause.
    """
    told: set[str] = set()
    for keys, arm in _trials(draft, common):
        request = Request(
            scenario=arm.scenario,
            tactics=arm.tactics,
            settings=arm.settings,
            weeks=draft.weeks,
            seed=draft.seed,
            engine=draft.engine,
            schedule=arm.schedule,
        )
        try:
            request.check(allow_large)
        except Invalid as invalid:
            for problem in invalid.problems:
                if problem not in told:
                    told.add(problem)
                    complaints.add(_key_named_in(problem) or keys, problem)


def _key_named_in(problem: str) -> list[str]:
    """Return the key of the top table that a problem is about, if any."""
    if problem.startswith("No engine "):
        return ["engine"]
    return next(([key] for key in ("weeks", "seed") if problem.startswith(f"`{key}` ")), [])


def _trials(draft: Draft, common: Arm) -> Iterator[tuple[list[str], Arm]]:
    plain = common._replace(tactics={}, settings={}, schedule=())
    yield ["scenario"], plain
    for place, arm in [([], common), *((["arms", arm.name], arm) for arm in draft.arms)]:
        for name, setting in arm.settings.items():
            yield [*place, "settings", name], plain._replace(settings={name: setting})
        for name, share in arm.tactics.items():
            yield [*place, "tactics", name], plain._replace(tactics={name: share})
        yield place, arm
    for name, levels in draft.design.levels_by_name().items():
        for level in _telling(levels):
            if name.startswith("tactics."):
                yield ["factors", name], plain._replace(tactics={name.removeprefix("tactics."): level})  # type: ignore[dict-item]
            else:
                yield ["factors", name], plain._replace(settings={name: level})


def _telling(levels: Iterable[Value]) -> list[Value]:
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


def title_of(path: Path) -> str:
    """Return the title of a study file."""
    return str(tomllib.loads(path.read_text("utf-8")).get("title", path.stem))


def content_hash(path: Path) -> str:
    """Return a hash of a scenario file and of the tables that it names, wherever they lie."""
    digest = hashlib.sha256(path.read_bytes())
    for _, table in sorted(scenarios.load(str(path)).tables.items()):
        with open(table, "rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
