"""Study files: TOML read into arms and a design, with every problem found at once and its line named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from experiments.design.dotted import settings_in
from experiments.design.points_file import design_from
from experiments.design.schedule import changes_in
from experiments.design.study import Arm, Study, size_problems
from experiments.design.trials import judge
from simulation import Request, toml_file
from simulation.errors import Invalid, nearest
from simulation.toml_file import Complaints

STUDIES = Path(__file__).parents[1] / "studies"
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
ARM_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
REPLICATES = 20


def read(path: Path, allow_large: bool = False) -> Study:
    """Return the study in a file.

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
    study = Study(
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
    sizes = size_problems(design.size, len(arms), study.replicates, allow_large)
    for problem in sizes:
        complaints.add(["replicates"], problem)
    if not sizes:
        judge(complaints, study, common, allow_large)
    if complaints.problems:
        raise Invalid(complaints.problems)
    return study


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
    changes = changes_in(complaints, [*keys, "schedule"], table.get("schedule", ()))
    return Arm(
        name=common.name,
        title=table.get("title", common.name) if keys else common.name,
        scenario=_scenario(complaints.file.path, table.get("scenario", common.scenario)),
        tactics={**common.tactics, **table.get("tactics", {})},
        settings={**common.settings, **settings_in(table.get("settings", {}))},
        schedule=tuple(change for _, change in changes) or common.schedule,
    )


def _scenario(path: Path, scenario: str) -> str:
    """Return a scenario's name, or the full path of a file named relative to the study's."""
    own = path.parent / scenario
    if "\0" not in scenario and scenario.endswith(".toml") and own.is_file():
        return str(own.resolve())
    return scenario


def _prefixed(tactics: Mapping[str, float]) -> dict[str, float]:
    return {f"tactics.{name}": share for name, share in tactics.items()}


def load(name_or_path: str | Path, *, allow_large: bool = False) -> Study:
    """Return a study: a built-in one by name, or a TOML file by path.

    Raises
    ------
    Invalid
        With every problem of the file, each with its line where it has one.
    """
    return read(_path(name_or_path), allow_large)


def _path(name_or_path: str | Path) -> Path:
    name = str(name_or_path)
    built_in = STUDIES / f"{name}.toml"
    if "/" not in name and "\0" not in name and len(name) < 64 and built_in.is_file():
        return built_in
    if name.endswith(".toml") or "/" in name:
        return Path(name)
    raise Invalid(
        [f"No study is called {name[:80]!r}, and a file must end in .toml. {nearest(name[:80], studies())}".strip()]
    )


def studies() -> dict[str, str]:
    """Return the built-in studies: name and title."""
    return {path.stem: _title_of(path) for path in sorted(STUDIES.glob("*.toml"))}


def _title_of(path: Path) -> str:
    return str(tomllib.loads(path.read_text("utf-8")).get("title", path.stem))
