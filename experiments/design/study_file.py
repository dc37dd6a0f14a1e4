"""Study files: TOML read into arms and a design, with every problem found at once and its line named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.design import precedence
from experiments.design.dotted import flatten, settings_once
from experiments.design.opening import opening_in, watch_in
from experiments.design.overlay import Overlay, ToldOf, settled
from experiments.design.points import Design
from experiments.design.points_file import CENTRED, Surroundings, design_from, design_kind
from experiments.design.sampling.plausible import own_random_numbers
from experiments.design.schedule import changes_in, too_late
from experiments.design.study import Arm, Study, size_problems
from experiments.design.trials import judge
from simulation import Request, toml_file
from simulation import scenario as scenarios_of
from simulation.errors import Invalid, nearest
from simulation.named_files import is_file
from simulation.toml_file import Complaints

STUDIES = Path(__file__).parents[1] / "studies"
KEYS = {
    "title": str,
    "question": str,
    "watch": list,
    "scenario": str,
    "change": str,
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
    "page": dict,
}
ARM_KEYS = {"title": str, "scenario": str, "change": str, "tactics": dict, "settings": dict, "schedule": list}
ARM_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}"
REPLICATES = 20
NOTHING = Overlay()


def read(path: Path, allow_large: bool = False, overlay: Overlay = NOTHING) -> Study:
    """Return the study in a file, with what is laid over it.

    Raises
    ------
    Invalid
        With every problem of the file.
    """
    complaints = ToldOf(toml_file.read(path), overlay)
    precedence.judge_content(complaints, complaints.file.data)
    top = complaints.typed([], complaints.file.data, KEYS) | overlay.named()
    weeks = top.get("weeks", Request().weeks)
    said = _said(complaints, [], top, path.stem, weeks)
    tables = _arm_tables(complaints, top.get("arms", {}))
    own = [_said(complaints, ["arms", name], table, name, weeks) for name, table in tables.items()]
    design = _design(complaints, top, said._replace(settings={**said.settings, **overlay.settings}), own)
    alone = own or [Arm(path.stem, path.stem, "", {}, {})]
    common = said._replace(settings=settled(complaints, overlay, said, alone, _factors(top, design), _is_centred(top)))
    _judge(complaints, top, design, common, own)
    arms = tuple(_laid_over(common, arm) for arm in alone)
    precedence.judge_titles(complaints, arms)
    study = Study(
        name=path.stem,
        title=top.get("title", path.stem),
        question=top.get("question", ""),
        arms=arms,
        design=design,
        weeks=weeks,
        replicates=top.get("replicates", REPLICATES),
        seed=top.get("seed", Request().seed),
        engine=top.get("engine", Request().engine),
        own_random_numbers=own_random_numbers(complaints, top),
        watch=watch_in(complaints, top.get("watch", ())),
        opening=opening_in(complaints, top.get("page"), [arm.name for arm in arms]),
    )
    sizes = size_problems(design.size, len(arms), study.replicates, allow_large)
    for problem in sizes:
        complaints.add(["replicates"], problem)
    if not sizes:
        judge(complaints, study, _laid_over(common, Arm(path.stem, path.stem, "", {}, {})), allow_large)
    if complaints.problems:
        raise Invalid(complaints.problems)
    return study


def _design(complaints: Complaints, top: Mapping[str, Any], common: Arm, own: Sequence[Arm]) -> Design:
    arms = [_laid_over(common, arm) for arm in own] or [_laid_over(common, Arm(common.name, "", "", {}, {}))]
    scenarios = [_settings_of(arm) for arm in arms]
    centre = {**common.settings, **_prefixed(common.tactics)}
    return design_from(complaints, top, Surroundings(centre, scenarios, precedence.held_fixed(common, arms, scenarios)))


def _factors(top: Mapping[str, Any], design: Design) -> list[str]:
    """Return the names of what varies, as far as they can be read: a design with problems is empty."""
    return list(dict.fromkeys([*flatten(top.get("factors", {})), *design.columns]))


def _is_centred(top: Mapping[str, Any]) -> bool:
    return design_kind(top) in CENTRED


def _arm_tables(complaints: Complaints, tables: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    for name in tables:
        if not re.fullmatch(ARM_NAME, name):
            complaints.add(
                ["arms", name],
                f"an arm cannot be called {toml_file.shown(name)}: a name has at most 64 letters, digits, dots, dashes"
                " and underscores, and starts with a letter or digit.",
            )
    return {name: complaints.typed(["arms", name], table, ARM_KEYS) for name, table in tables.items()}


def _said(complaints: Complaints, keys: list[str], table: Mapping[str, Any], name: str, weeks: int) -> Arm:
    """Return what a table says of an arm, or of all of them; empty where it says nothing."""
    if table.get("scenario") == "":
        complaints.add([*keys, "scenario"], "`scenario` is empty; name one, or leave it out.")
    changes = list(changes_in(complaints, [*keys, "schedule"], table.get("schedule", ())))
    for place, change in changes:
        for problem in too_late(change, weeks):
            complaints.add(place, problem)
    return Arm(
        name=name,
        title=table.get("title", name) if keys else name,
        scenario=_named(complaints.file.path, table["scenario"]) if "scenario" in table else "",
        tactics=table.get("tactics", {}),
        settings=settings_once(complaints, [*keys, "settings"], table.get("settings", {})),
        schedule=tuple(change for _, change in changes),
        change=_named(complaints.file.path, table["change"]) if "change" in table else None,
    )


def _laid_over(common: Arm, own: Arm) -> Arm:
    """Return an arm: what it says itself on top of what is common."""
    return Arm(
        name=own.name,
        title=own.title,
        scenario=own.scenario or common.scenario or Request().scenario,
        tactics={**common.tactics, **own.tactics},
        settings={**common.settings, **own.settings},
        schedule=own.schedule or common.schedule,
        change=own.change if own.change is not None else common.change,
    )


def _settings_of(arm: Arm) -> dict[str, Any]:
    """Return what the scenario and the change of an arm set; nothing where they cannot be read, which is told elsewhere."""
    try:
        return scenarios_of.economy(arm.scenario, arm.change).settings
    except Invalid:
        return {}


def _judge(complaints: Complaints, top: Mapping[str, Any], design: Design, common: Arm, own: list[Arm]) -> None:
    """Note what is set in two places."""

    def place_of(factor: str) -> list[str]:
        if "factors" not in top:
            return ["design", "file" if design_kind(top) == "csv" else "points"]
        return ["factors", factor] if factor in flatten(top["factors"]) else ["design", "corners"]

    given = [[key] for key in ("scenario", "change", "schedule") if getattr(common, key)]
    given += [[key, name] for key in ("tactics", "settings") for name in getattr(common, key)]
    alone = own or [Arm(common.name, "", "", {}, {})]
    precedence.judge_factors(complaints, place_of, _factors(top, design), common, alone, _is_centred(top))
    precedence.judge_common(complaints, given, common, own)
    precedence.judge_starts(complaints, common, alone)


def _named(path: Path, name: str) -> str:
    """Return the name of a scenario or change, or the full path of a file named relative to the study's."""
    own = path.parent / name
    if name.endswith(".toml") and is_file(own):
        return str(own.resolve())
    return name


def _prefixed(tactics: Mapping[str, float]) -> dict[str, float]:
    return {f"tactics.{name}": share for name, share in tactics.items()}


def load(name_or_path: str | Path, *, allow_large: bool = False, overlay: Overlay = NOTHING) -> Study:
    """Return a study: a built-in one by name, or a TOML file by path, with what is laid over it.

    Raises
    ------
    Invalid
        With every problem of the file, each with its line where it has one.
    """
    return read(_path(name_or_path), allow_large, overlay)


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
