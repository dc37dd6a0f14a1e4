"""What is written for a facilitator: one TOML file a question, with each claim about results as data beside its words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from experiments.analysis.asked import ADOPTED
from experiments.design import study_file
from experiments.design.study import Study
from simulation.errors import Invalid, nearest

SHEETS = study_file.STUDIES / "sheets"
MORE, LESS, ALIKE, UNCLEAR, LEVEL = "more", "less", "alike", "unclear", "level"
VERDICTS = (MORE, LESS, ALIKE, UNCLEAR, LEVEL)


class Cell(NamedTuple):
    """Runs of one arm at one point of its study, with what they count for in a difference."""

    weight: int
    arm: str
    point: int


class Claim(NamedTuple):
    """What is to come out of a study's runs.

    Parameters
    ----------
    says : str
        ``more`` or ``less``: the mean difference lies above or below nothing, and so does all of its interval; ``alike``: all of it lies
        within the margin; ``unclear``: nothing lies within it; ``level``: one arm alone, within the bounds.
    cells : tuple of Cell
        The runs, and how they are added up; a difference has two.
    outcome : str
        An observable.
    at_least, at_most : float
        What the mean lies between, in the observable's unit.
    mostly : str
        ``more`` or ``less``, where by a sign test more pairs lie on that side, whatever the mean; empty where nothing is said of it.
    """

    says: str
    cells: tuple[Cell, ...]
    outcome: str = ADOPTED
    at_least: float = float("-inf")
    at_most: float = float("inf")
    mostly: str = ""

    @property
    def key(self) -> str:
        """What is measured, by which it is found again; what is said of it is not in it."""
        sides = " ".join(f"{cell.weight:+d} {cell.arm}@{cell.point}" for cell in self.cells)
        return f"{self.outcome}: {sides}"


class Point(NamedTuple):
    """Something to say, and the claim that it makes about results, if any."""

    words: str
    claim: Claim | None = None


class Sheet(NamedTuple):
    """All that is written for one question."""

    study: Study
    aim: str
    first: tuple[str, ...]
    notice: tuple[Point, ...]
    surprises: tuple[Point, ...]
    once_more: Point
    debrief: tuple[str, ...]
    cannot: tuple[str, ...]

    @property
    def claims(self) -> tuple[Claim, ...]:
        """All claims about results, in the order in which they stand."""
        points = (*self.notice, *self.surprises, self.once_more)
        return tuple(point.claim for point in points if point.claim is not None)


def names() -> list[str]:
    """Return the studies that have a sheet."""
    return sorted(file.stem for file in SHEETS.glob("*.toml"))


def load(name: str) -> Sheet:
    """Return the sheet of a study.

    Raises
    ------
    Invalid
        There is none.
    """
    if name not in names():
        raise Invalid([f"There is no facilitator's sheet for {name!r}. {nearest(name, names())}".rstrip()])
    study = study_file.load(name)
    said = tomllib.loads((SHEETS / f"{name}.toml").read_text("utf-8"))
    return Sheet(
        study,
        aim=said["aim"],
        first=tuple(said["first"]),
        notice=tuple(_point(study, each) for each in said["notice"]),
        surprises=tuple(_point(study, each) for each in said["surprises"]),
        once_more=_point(study, said["once_more"]),
        debrief=tuple(said["debrief"]),
        cannot=tuple(said["cannot"]),
    )


def _point(study: Study, said: Mapping[str, Any]) -> Point:
    claim = said.get("claim")
    return Point(str(said["words"]), _claim(study, dict(claim)) if claim else None)


def _claim(study: Study, said: dict[str, Any]) -> Claim:
    """Return a claim; what is left out of a point stands as the page opens the study, at the last level."""
    at, b_at = said.pop("at", {}), said.pop("b_at", None)
    cells = [Cell(weight, arm, point_of(study, where)) for weight, arm, where in said.pop("cells", [])]
    if "a" in said:
        cells.append(Cell(1, said.pop("a"), point_of(study, at)))
    if "b" in said:
        cells.append(Cell(-1, said.pop("b"), point_of(study, at if b_at is None else b_at)))
    return Claim(cells=tuple(cells), **said)


def point_of(study: Study, values: Mapping[str, Any]) -> int:
    """Return the number of the point with these values, and the last level of everything else.

    Raises
    ------
    ValueError
        The study has no such point.
    """
    wanted = {**study.design.row(study.design.size - 1), **values}
    for point in range(study.design.size):
        if study.design.row(point) == wanted:
            return point
    raise ValueError(f"{study.name} has no point {wanted}")
