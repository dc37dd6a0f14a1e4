"""The outcome that is asked about: in what unit, what difference in it matters, and whether more of it is better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf, isfinite
from typing import NamedTuple

from experiments.analysis.outcomes import TIMES, Outcomes
from experiments.analysis.study_facts import ALL, SOME
from simulation import catalogue
from simulation.errors import Invalid, nearest
from simulation.values import read

ADOPTED = "adopted_share"
PERCENT = "%"


class Asked(NamedTuple):
    """An outcome that is asked about.

    Attributes
    ----------
    name, unit, meaning : str
        As the observable declares it.
    low, high : float
        What no run can come to less or more than.
    margin : float
        Smallest difference that matters, in the unit.
    better : int
        Whether more is better (1), less (-1), or neither (0), for this study's change.
    harm : str
        Whether the change harms in ``all`` or ``some`` of what was run, where that turns ``better`` round; else empty.
    """

    name: str
    unit: str
    meaning: str
    low: float
    high: float
    margin: float
    better: int
    harm: str = ""

    @property
    def is_share(self) -> bool:
        """Whether it is written in percent, and its differences in percentage points."""
        return self.unit.split(" of ")[0] == "share"

    @property
    def called(self) -> str:
        """What it is called, in words."""
        return self.meaning.partition(";")[0]

    @property
    def headed(self) -> str:
        """What it is called at the head of an answer or a figure, which tell when it is measured themselves."""
        return "Share of staff who have adopted" if self.name == ADOPTED else self.called

    @property
    def scale(self) -> float:
        """By what a value is multiplied to be written."""
        return 100.0 if self.is_share else 1.0

    @property
    def unit_of_differences(self) -> str:
        """The unit of a difference, in words."""
        return "points" if self.is_share else self.unit

    @property
    def reach(self) -> float:
        """What no difference between two runs can exceed."""
        return self.high - self.low

    @property
    def better_and_worse(self) -> tuple[str, str]:
        """What to call more and less of it than the margin, in the order above and below."""
        return {1: ("better", "worse"), -1: ("worse", "better"), 0: ("more", "less")}[self.better]


def asked_of(outcomes: Outcomes, names: Sequence[str] = (ADOPTED,), margins: Sequence[str] = ()) -> list[Asked]:
    """Return the outcomes that are asked about, each once.

    Parameters
    ----------
    outcomes : Outcomes
        As read from a folder.
    names : sequence of str
        Names of observables.
    margins : sequence of str
        Differences that matter: numbers in the outcome's unit, or percentage points as ``2%``; each led by ``NAME=``
        where several outcomes are asked about.

    Raises
    ------
    Invalid
        A name is not among the columns of the table, or a margin is none.
    """
    names = list(dict.fromkeys(names))
    known = catalogue.observables()
    there = [name for name in known if name in outcomes.runs]
    problems = [_unknown(name, there) for name in names if name not in there]
    found = [_declared(outcomes, name) for name in names if name in there]
    chosen = {} if problems else _margins(margins, {one.name: one for one in found}, problems)
    if problems:
        raise Invalid(problems)
    return [one._replace(margin=chosen.get(one.name, one.margin)) for one in found]


def the_share(outcomes: Outcomes) -> Asked:
    """Return the share who have adopted as what is asked about, as it is unless somebody says otherwise."""
    return _declared(outcomes, ADOPTED)


def _declared(outcomes: Outcomes, name: str) -> Asked:
    return declared(name, outcomes.weeks, outcomes.facts.harm)


def declared(name: str, weeks: int, harm: str) -> Asked:
    """Return an outcome as it is declared, of runs of so many weeks whose change harms in ``all``, in ``some`` or in none."""
    one = catalogue.observables()[name]
    harm = harm if one.follows_change else ""
    better = {ALL: -one.better, SOME: 0}.get(harm, one.better)
    high = float(weeks) if name.startswith(TIMES) else float(one.high)
    return Asked(name, one.unit, one.meaning, float(one.low), high, float(one.difference), better, harm)


def _unknown(name: str, there: Sequence[str]) -> str:
    if name in catalogue.observables():
        return f"The table of this folder has no column `{name}`. It has: {', '.join(there)}."
    return f"No outcome is called {name!r}. {nearest(name, list(catalogue.observables())) or '`syslead list observables` names them.'}"


def _margins(words: Sequence[str], asked: Mapping[str, Asked], problems: list[str]) -> dict[str, float]:
    found = {}
    for word in words:
        name, separator, number = word.rpartition("=")
        if not separator and len(asked) == 1:
            (name,) = asked
        if name not in asked:
            problems.append(
                f"`--margin` must be a number for one outcome, or NAME=NUMBER for several, but is {word!r}."
            )
            continue
        margin, problem = _margin(number.strip(), asked[name])
        if name in found:
            problem = f"The margin of `{name}` is given twice; give one."
        if problem:
            problems.append(problem)
        found[name] = margin
    return found


def _margin(words: str, one: Asked) -> tuple[float, str]:
    """Return a margin, and what is wrong with it."""
    is_percent = one.is_share and words.endswith(PERCENT)
    value = read("number", words.removesuffix(PERCENT) if is_percent else words)
    margin = float("nan") if isinstance(value, str) else value / (100 if is_percent else 1)
    limit = one.reach or inf  # runs of no weeks differ in no time at all, so any margin will do
    if isfinite(margin) and 0 <= margin < limit:
        return margin, ""
    most = f"below {limit:g} " if isfinite(limit) else ""
    points = ", or so many percentage points, as 2%" if one.is_share else ""
    return 0.0, f"The margin of `{one.name}` must be a number from 0, {most}({one.unit}){points}; but is {words!r}."
