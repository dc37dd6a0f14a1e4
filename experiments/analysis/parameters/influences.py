"""What follows from which swept parameter: how much of the difference between points, in an arm and in the gap between two.

Points differ by their parameters and by chance. A parameter counts only where its index passes what chance reaches when
points are dealt anew; a ranking of the others would be one of noise.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import NamedTuple

import numpy as np
import pandas as pd

from experiments.analysis.asked import Asked
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.parameters.meanings import meaning_of
from experiments.analysis.parameters.starting_points import varied
from experiments.analysis.statistics import indices
from experiments.analysis.statistics.estimates import Floats
from experiments.analysis.statistics.ranks import Correlation, rank_correlation

POINTS_NEEDED = 10


class Influence(NamedTuple):
    """How much of an arm's outcome (or gap) follows from a parameter.

    ``main`` is the share of the variance between points that follows from it alone, ``total`` with what it does together with
    others, NaN where that could not be fitted; ``passes`` whether that is more than chance reaches. ``direction`` is the rank
    correlation of the two, None for words, which have no order.
    """

    main: float
    total: float
    passes: bool
    direction: Correlation | None

    @property
    def share(self) -> float:
        """The total share where there is one, else that of the parameter alone."""
        return self.total if isfinite(self.total) else self.main


class Parameter(NamedTuple):
    """A swept parameter, and its influence on every arm."""

    name: str
    meaning: str
    arms: Mapping[str, Influence]

    @property
    def largest(self) -> float:
        """The largest index that passes, minus infinity where none does."""
        return max((one.share for one in self.arms.values() if one.passes), default=-np.inf)


class Influences(NamedTuple):
    """What follows from which parameter, in one outcome.

    Attributes
    ----------
    outcome : str
        The observable.
    points : int
        How many points there are.
    threshold : float
        What the largest index of any parameter for any arm reaches by chance in 5 of 100 studies.
    has_totals : bool
        Whether parameters were fitted together, so that what they do only together is seen.
    rows : list of Parameter
        Those that can act, the strongest first. The baseline's influences are on its outcome, those of others on their gap
        to it.
    idle : list of str
        Those that cannot, as no arm uses their tactic or mechanism.
    """

    outcome: str
    points: int
    threshold: float
    has_totals: bool
    rows: list[Parameter]
    idle: list[str]

    @property
    def found(self) -> list[Parameter]:
        """The parameters that pass for any arm."""
        return [row for row in self.rows if isfinite(row.largest)]


def influences(outcomes: Outcomes, asked: Asked) -> Influences | None:
    """Return what follows from which parameter, None where nothing is varied or there are fewer than ten points."""
    idle = [name for name in varied(outcomes) if name in outcomes.facts.idle]
    names = [name for name in varied(outcomes) if name not in outcomes.facts.idle]
    if outcomes.points < POINTS_NEEDED or not names:
        return None
    points = outcomes.runs.drop_duplicates("point").set_index("point")[names].sort_index()
    reached = {arm: _by_point(outcomes, arm, asked.name, points.index) for arm in outcomes.arms}
    values = np.column_stack(list(reached.values()))
    fit = indices.fit_to([_input(points[name]) for name in names])
    found, edge = indices.indices(fit, values), indices.threshold(fit, values, outcomes.seed or 0)
    rows = [
        Parameter(
            name,
            meaning_of(name),
            {
                arm: _influence(found, (row, column), edge, points[name], reached[arm])
                for column, arm in enumerate(reached)
            },
        )
        for row, name in enumerate(names)
    ]
    return Influences(asked.name, len(points), edge, fit.has_totals, sorted(rows, key=lambda row: -row.largest), idle)


def _influence(
    found: indices.Indices, place: tuple[int, int], edge: float, levels: pd.Series[float], reached: Floats
) -> Influence:
    is_number = pd.api.types.is_numeric_dtype(levels)
    direction = rank_correlation(levels.astype(np.float64), reached) if is_number else None
    main, total, largest = (float(kind[place]) for kind in (found.main, found.total, found.largest))
    return Influence(main, total, largest > edge, direction)


def _input(levels: pd.Series[float]) -> np.ndarray[tuple[int], np.dtype[np.generic]]:
    is_number = pd.api.types.is_numeric_dtype(levels)
    return np.asarray(levels.astype(np.float64) if is_number else levels.astype(str).to_numpy(dtype=np.str_))


def _by_point(outcomes: Outcomes, arm: str, observable: str, points: pd.Index[int]) -> Floats:
    """Return what the baseline reaches at each point, or the gap of another arm to it, averaged over replicates.

    What all points of a replicate share by its random numbers is taken out first: where some lack a replicate, it would pass
    for a difference between points. An outcome that is not known at some point is not asked about.
    """
    if arm == outcomes.baseline:
        values = outcomes.by_run(arm, observable).dropna()
    else:
        ours, theirs = outcomes.paired(arm, observable)
        values = ours - theirs
    if not outcomes.own_random_numbers:
        values = values - values.groupby(level="replicate").transform("mean")
    # Averages that are the same may differ in their last digit, which is no rank.
    means = values.groupby(level="point").mean().reindex(points).round(12)
    return np.asarray(means, dtype=np.float64) if means.notna().all() else np.zeros(len(points))
