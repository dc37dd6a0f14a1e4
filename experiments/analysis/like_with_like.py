"""The runs over which arms can be compared: the points and replicates that every arm has finished.

A run that failed, a sweep that is not finished, a part of it that was never merged: each would leave one arm averaged
over other points than its rival, and the easier points would pass for a better arm.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.analysis.outcomes import LeftOut

MOST = 0.5
ARM, REPLICATE, POINT = 0, 1, 2
Flags = NDArray[np.bool_]


class Shared(NamedTuple):
    """The runs that all remaining arms have alike, those arms, and what was left out for it."""

    runs: pd.DataFrame
    arms: tuple[str, ...]
    left_out: LeftOut


def shared(runs: pd.DataFrame, arms: Sequence[str], baseline: str, parameters: Sequence[str]) -> Shared:
    """Return the runs at those points of those replicates that every arm has finished.

    Arms that lack more than half, or share nothing with the others, are left out, but never the baseline. What remains
    is made a full crossing of replicates and points, so that replicates are alike too, unless that would cost most of it.

    Parameters
    ----------
    runs : pandas.DataFrame
        A row per finished run.
    arms : sequence of str
        The arms of the study, in order, those that have no finished run among them.
    baseline : str
        An arm with at least one finished run.
    parameters : sequence of str
        The swept parameters, columns of ``runs``.
    """
    names = [np.array(arms, dtype=object), *(np.sort(runs[column].unique()) for column in ("replicate", "point"))]
    columns = zip(names, ("arm", "replicate", "point"), strict=True)
    codes = [pd.Index(values).get_indexer(runs[column]) for values, column in columns]
    there = np.zeros([values.size for values in names], dtype=np.bool_)
    there[tuple(codes)] = True
    kept = _arms(there, list(arms).index(baseline))
    common: Flags = np.asarray(there[kept].all(axis=ARM), dtype=np.bool_)
    whole = _crossing(common)
    crossing: Flags = whole[0][:, None] & whole[1]
    cells = crossing if crossing.sum() > MOST * common.sum() else common
    is_kept = kept[codes[ARM]] & cells[codes[REPLICATE], codes[POINT]]
    return Shared(
        runs[is_kept],
        tuple(arm for arm, keep in zip(arms, kept, strict=True) if keep),
        _left_out(runs[[*dict.fromkeys(["point", *parameters])]], names, there, kept, cells)._replace(
            runs=int((~is_kept).sum())
        ),
    )


def _arms(there: Flags, baseline: int) -> Flags:
    """Return which arms have enough runs, and some in common with all others."""
    kept: Flags = np.asarray(there.mean(axis=(REPLICATE, POINT)) >= MOST, dtype=np.bool_)
    kept[baseline] = True
    while not there[kept].all(axis=ARM).any():
        others = [arm for arm in np.flatnonzero(kept) if arm != baseline]
        left = {arm: there[kept & (np.arange(kept.size) != arm)].all(axis=ARM).sum() for arm in others}
        kept[max(others, key=lambda arm: left[arm])] = False
    return kept


def _crossing(common: Flags) -> tuple[Flags, Flags]:
    """Return which replicates and points to keep so that nothing is missing: what lacks the largest share goes first."""
    kept = np.ones(common.shape[0], dtype=np.bool_), np.ones(common.shape[1], dtype=np.bool_)
    while not (among := common[np.ix_(*kept)]).all():
        lacking = 1 - among.mean(axis=1), 1 - among.mean(axis=0)
        axis = int(lacking[1].max() > lacking[0].max())
        worst = np.flatnonzero(kept[axis])[lacking[axis] == lacking[axis].max()]
        # All that lack as much go at once, unless that were most of what there is.
        kept[axis][worst if 2 * worst.size <= kept[axis].sum() else worst[:1]] = False
    return kept


def _left_out(points: pd.DataFrame, names: list[Any], there: Flags, kept: Flags, cells: Flags) -> LeftOut:
    whole = cells.any(axis=1), cells.any(axis=0)
    counts, full = there.sum(axis=(REPLICATE, POINT)), cells.size
    arms = [(str(arm), int(count), keep) for arm, count, keep in zip(names[ARM], counts, kept, strict=True)]
    values = points.drop_duplicates("point").set_index("point")
    return LeftOut(
        {arm: count for arm, count, keep in arms if not keep},
        [int(replicate) for replicate in names[REPLICATE][~whole[0]]],
        {int(point): dict(values.loc[point]) for point in names[POINT][~whole[1]]},
        int(whole[0].sum() * whole[1].sum() - cells.sum()),
        {arm: full - count for arm, count, keep in arms if keep and count < full},
        0,
    )
