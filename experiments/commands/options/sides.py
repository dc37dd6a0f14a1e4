"""The two sides of a comparison as a user writes them: an arm of a study, or a mix, where that is said with its scenario.

`STUDY:ARM`, or an arm's name where it is one arm in all built-in studies; `TACTIC=SHARE+TACTIC`; `none`. `@SCENARIO`
behind any of them says where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from experiments.analysis.parameters.meanings import mix_of
from experiments.commands.options.assignments import assigned
from experiments.design import study_file
from experiments.design.study import Arm, Study
from simulation import catalogue
from simulation.errors import Invalid, nearest

NONE = "none"


class Side(NamedTuple):
    """One side: what it is, and what it takes from its study, if it is an arm of one.

    ``shared`` is what all arms of the study have in common, which a mix on the other side has too.
    """

    title: str
    arm: Arm
    place: str | None = None
    weeks: int | None = None
    shared: Arm | None = None


def side_of(word: str) -> Side:
    """Return one side as it is written.

    Raises
    ------
    Invalid
        There is no such arm or mix.

    Examples
    --------
    >>> side_of("seeding=.5+forgoing_credit@tiny").arm.tactics
    {'seeding': 0.5, 'forgoing_credit': 1.0}
    >>> side_of("tactics:bundle").title, side_of("none").title
    ('The bundle, all stances', 'No leader')
    """
    body, at, place = word.partition("@")
    if at and not place:
        raise Invalid([f"{word!r}: after @ comes a scenario (syslead list scenarios)."])
    if body == NONE:
        side = _mix(body, {})
    elif ":" in body:
        side = _arm(*body.rpartition(":")[::2])
    elif "+" in body or "=" in body:
        side = _mix(body, _shares(body))
    else:
        side = _named(body)
    return side._replace(place=place or None)


def _mix(name: str, tactics: Mapping[str, float]) -> Side:
    return Side(mix_of(tactics), Arm(name, name, "", dict(tactics), {}))


def _shares(body: str) -> dict[str, float]:
    values, problems = assigned(body.split("+"), body, lambda _: "number", 1.0)
    known = catalogue.tactics()
    for name, share in values.items():
        if isinstance(share, str):
            problems.append(f"`{name}` takes a share or degree from 0 to 1, but got {share!r}.")
        if name not in known:
            problems.append(f"No tactic is called {name!r}. {nearest(name, known) or 'See: syslead list tactics'}")
    if problems:
        raise Invalid(problems)
    return {name: float(share) for name, share in values.items()}


def _arm(study: str, name: str) -> Side:
    loaded = study_file.load(study)
    arms = {arm.name: arm for arm in loaded.arms}
    if name not in arms:
        hint = nearest(name, arms) or f"It has: {', '.join(arms)}."
        raise Invalid([f"The study {study} has no arm called {name!r}. {hint}"])
    return _of_study(loaded, arms[name])


def _of_study(study: Study, arm: Arm) -> Side:
    others = [other for other in study.arms if other is not arm]
    settings = {
        name: value
        for name, value in arm.settings.items()
        if all(other.settings.get(name) == value for other in others)
    }
    change = arm.change if all(other.change == arm.change for other in others) else None
    return Side(
        arm.title, arm, None, study.weeks, arm._replace(tactics={}, settings=settings, change=change, schedule=())
    )


def _named(name: str) -> Side:
    """Return the arm that alone has a name, or else the tactic; where arms differ, the one that is the tactic alone."""
    found = list(_arms_called(name))
    alike = [
        side for place, (_, side) in enumerate(found) if all(_what(side) != _what(other) for _, other in found[:place])
    ]
    tactic = [_mix(name, {name: 1.0})] if name in catalogue.tactics() else []
    if tactic and (not alike or _what(tactic[0]) in map(_what, alike)):
        return tactic[0]
    if len(alike) == 1:
        return alike[0]
    if alike:
        studies = ", ".join(f"{study}:{name}" for study, _ in found)
        raise Invalid([f"Several studies have an arm called {name!r}, and not the same: say which of {studies}."])
    every = [arm.name for study in study_file.studies() for arm in study_file.load(study).arms]
    hint = nearest(name, [NONE, *every, *catalogue.tactics()]) or (
        "An arm is written STUDY:ARM (syslead list studies), a mix TACTIC=SHARE+TACTIC (syslead list tactics)."
    )
    raise Invalid([f"No arm or tactic is called {name!r}. {hint}"])


def _arms_called(name: str) -> Iterator[tuple[str, Side]]:
    for study in study_file.studies():
        loaded = study_file.load(study)
        yield from ((study, _of_study(loaded, arm)) for arm in loaded.arms if arm.name == name)


def _what(side: Side) -> tuple[Any, ...]:
    """Return what is done on a side, wherever and for how long."""
    return side.arm.tactics, side.arm.settings, side.arm.schedule, side.arm.change
