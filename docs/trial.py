"""Solve how strong each conversation must be to do in the trial what trials found, and write it down: `make trial`.

The trial is the study `trial`. Each conversation's `strength` is found by bisection, over 200 pairs: to the middle of
its own prior (the study `doses-middle`), and to the same effect for all, at three rates of fading (`doses-slow`, `doses`,
`doses-fast`). This command writes these studies, runs them, and writes their tables into the page.
`python docs/trial.py --tables` only runs them and writes the tables.
"""

import re
import sys
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from equal_doses import hours_of, left_table, markdown, reached, rests_table, shown
from numpy.typing import NDArray

from experiments.analysis.statistics.estimates import PairedDifference, paired_difference
from experiments.design import study_file
from experiments.design.study import Arm

PAGE = Path(__file__).with_suffix(".md")
BLOCK = re.compile(r"(<!-- (\w+): made by docs/trial\.py -->\n).*?(<!-- end of \2 -->)", re.DOTALL)
TRIAL = study_file.load("trial")
CONTROL = TRIAL.arms[0]
STRONGEST = 4.0
HOURS = (8.0, 15.0, 30.0, 60.0)
"""Hours a week that are tried one after the other, until the strongest conversation reaches what it is to reach."""
FRESH = 2
"""A seed with which no strength was found."""
ALIKE = 6.0
"""Points that every conversation adds in the trial where all are made alike: about the middle of all the middles."""


class Evidence(NamedTuple):
    """What trials found, in percentage points: between what, its middle, and of what."""

    low: float
    middle: float
    high: float
    of: str


FOUND = {
    "plain_case": Evidence(0.5, 5.0, 16.0, "feedback of evidence"),
    "others_shoes": Evidence(3.0, 5.6, 9.0, "outreach"),
    "longer_term_goal": Evidence(2.0, 7.0, 12.0, "assumed"),
    "seeding": Evidence(2.0, 7.0, 12.0, "assumed"),
    "patient_argument": Evidence(2.0, 7.0, 12.0, "assumed"),
    "patient_voice": Evidence(2.0, 7.0, 12.0, "assumed"),
    "higher_goals": Evidence(0.5, 5.0, 16.0, "feedback of evidence"),
    "coalition": Evidence(3.5, 10.8, 14.6, "opinion leaders"),
}
"""Sources: docs/model.md. For feedback the middle is that of the two means, 4 and 6, rounded."""
MOVED = ("ownership_fades", "informed_fades", "understood_fades", "interest_fades", "purpose_fades", "trust_returns")
PACES = {"slow": (0.003, 0.005), "usual": (0.01, 0.03), "fast": (0.03, 0.05)}
"""How fast what conversations move fades, and how soon advocates fall silent: the ends of their priors, and the defaults."""


def fading(pace: str) -> dict[str, float]:
    """Return the rates of fading that are not at their defaults."""
    fades, weary = PACES[pace]
    settings = {**{f"conversation.{name}": fades for name in MOVED}, "advocacy.weary": weary}
    return {} if pace == "usual" else settings


class Target(NamedTuple):
    """A study to be written: what each conversation is to add in the trial, and how fast things fade."""

    study: str
    pace: str
    title: str
    points: dict[str, float]


SAME = dict.fromkeys(FOUND, ALIKE)
TARGETS = (
    Target("doses-middle", "usual", "each at the middle of its prior", {name: e.middle for name, e in FOUND.items()}),
    Target("doses-slow", "slow", "all equal, fading slowly", SAME),
    Target("doses", "usual", "all equal", SAME),
    Target("doses-fast", "fast", "all equal, fading fast", SAME),
)


class Solved(NamedTuple):
    """How strong a conversation is made, in how many hours, and what that adds in the trial, in points."""

    strength: float
    hours: float
    points: float


@cache
def control(pace: str, seed: int, replicates: int) -> NDArray[np.float64]:
    """Return what the control of the trial reaches."""
    arm = CONTROL._replace(settings={**CONTROL.settings, **fading(pace)})
    return reached(arm, TRIAL, seed, replicates)


def in_trial(name: str, pace: str, settings: Mapping[str, float], seed: int, replicates: int) -> PairedDifference:
    """Return what a conversation adds in the trial, in points."""
    arm = next(arm for arm in TRIAL.arms if arm.name == name)
    arm = arm._replace(settings={**arm.settings, **fading(pace), **settings})
    return paired_difference(reached(arm, TRIAL, seed, replicates), control(pace, seed, replicates), reach=100.0)


def solved(name: str, pace: str, points: float, replicates: int = TRIAL.replicates) -> Solved:
    """Return how strong a conversation must be, and in how many hours, to add so many points in the trial."""

    def added(strength: float, hours: float) -> float:
        settings = {f"{name}.strength": strength, "leaders.hours": hours}
        return in_trial(name, pace, settings, TRIAL.seed, replicates).value

    for hours in HOURS:
        most = added(STRONGEST, hours)
        if most >= points:
            return _bisected(lambda strength, hours=hours: added(strength, hours), points, hours)
    return Solved(STRONGEST, HOURS[-1], most)


def _bisected(added: Callable[[float], float], points: float, hours: float) -> Solved:
    low, high, found = 0.0, STRONGEST, 0.0
    while high - low > 0.005 and abs(found - points) > 0.05:
        middle = round((low + high) / 2, 3)
        found = added(middle)
        low, high = (middle, high) if found < points else (low, middle)
    return Solved(middle, hours, found)


def study_of(target: Target, strengths: Mapping[str, Solved]) -> str:
    """Return a study as a file."""
    fades = "".join(f'"{name}" = {value:g}\n' for name, value in fading(target.pace).items())
    lines = [
        "# Written by docs/trial.py (make trial), which found the strengths; change that, not this.",
        f'title = "What ranking is left: {target.title}?"',
        "question = \"Every conversation as strong as the title says in a year's trial (docs/trial.md), by its strength and, "
        'where the strongest is not enough, by more hours: what is it worth in five years of a system?"',
        'scenario = "ics-small"\nweeks = 260\nreplicates = 40\nseed = 1\n',
        *([f"[settings]\n{fades}"] if fades else []),
        '[arms.none]\ntitle = "No leader"\n',
    ]
    for arm in TRIAL.arms[1:]:
        found = strengths[arm.name]
        hours = "" if found.hours == HOURS[0] else f", {found.hours:g} hours"
        said = {f"{arm.name}.strength": found.strength} | ({"leaders.hours": found.hours} if hours else {})
        written = ", ".join(f'"{name}" = {value:g}' for name, value in said.items())
        title = f'title = "{arm.title}{hours}"'
        lines.append(f"[arms.{arm.name}]\n{title}\ntactics = {{ {arm.name} = 1 }}\nsettings = {{ {written} }}\n")
    return "\n".join(lines)


def told(arm: Arm) -> Solved:
    """Return how strong a study says that a conversation is, and in how many hours."""
    return Solved(float(arm.settings[f"{arm.name}.strength"]), hours_of(arm), float("nan"))


def trial_table() -> str:
    """Return what each conversation adds in the trial: as the defaults have it, and as the studies do, on a fresh seed."""
    heads = ["conversation", "trials found", "default", *(f"{target.title} (`{target.study}`)" for target in TARGETS)]
    rows = []
    for name, evidence in FOUND.items():
        known = f"{evidence.middle:+g} ({evidence.low:g} to {evidence.high:g}), {evidence.of}"
        cells = [f"`{name}`", known, shown(in_trial(name, "usual", {}, FRESH, TRIAL.replicates))]
        for target in TARGETS:
            said = told(next(arm for arm in study_file.load(target.study).arms if arm.name == name))
            settings = {f"{name}.strength": said.strength, "leaders.hours": said.hours}
            got = shown(in_trial(name, target.pace, settings, FRESH, TRIAL.replicates))
            limit = ", its limit" if said.strength >= STRONGEST else ""
            hours = f" in {said.hours:g} h" if said.hours > HOURS[0] else ""
            cells.append(f"{got}: strength {said.strength:g}{limit}{hours}")
        rows.append(cells)
    controls = [f"{control(target.pace, FRESH, TRIAL.replicates).mean():.1f} %" for target in TARGETS]
    rows.append(["no leader, in the end", "", controls[TARGETS.index(usual_target())], *controls])
    return markdown(heads, rows)


def usual_target() -> Target:
    """Return the target whose fading is that of the defaults."""
    return next(target for target in TARGETS if target.study == "doses")


def main() -> int:
    """Find the strengths, unless they are to stay; write studies and tables."""
    if "--tables" not in sys.argv:
        for target in TARGETS:
            found = {name: solved(name, target.pace, points) for name, points in target.points.items()}
            (study_file.STUDIES / f"{target.study}.toml").write_text(study_of(target, found), encoding="utf-8")
            print(target.study, {name: one._asdict() for name, one in found.items()}, file=sys.stderr)
    made = {"trial": trial_table()}
    made["rests"] = rests_table(study_file.load("doses"))
    made |= {target.study.replace("-", "_"): left_table(study_file.load(target.study)) for target in TARGETS}
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(BLOCK.sub(lambda block: block[1] + made[block[2]] + block[3], page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
