"""The runs over which arms can be compared: the points and replicates that every arm has finished.

A run that failed, a sweep that is not finished, a part of it that was never merged: each would leave one arm averaged
over other points than its rival, and the easier points would pass for a better arm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from experiments.analysis.outcomes import LeftOut

MOST = 0.5
ARM, REPLICATE, POINT = 0, 1, 2


class Shared(NamedTuple):
    """The runs that all remaining arms have alike, those arms, and what was left out for it."""

    runs: pd.DataFrame
    arms: tuple[str, ...]
    left_out: LeftOut


def shared(
    runs: pd.DataFrame, arms: Sequence[str], baseline: str, titles: Mapping[str, str], parameters: Sequence[str]
) -> Shared:
    """Return the runs of a full crossing of arms, replicates and points.

    Of all that lacks runs, what lacks the largest share goes first: an arm only if it lacks more than half, and never
    the baseline.

    Parameters
    ----------
    runs : pandas.DataFrame
        A row per finished run.
    arms : sequence of str
        The arms of the study, in order, those that have no finished run among them.
    baseline : str
        An arm with at least one finished run.
    titles : mapping of str to str
        What to call each arm.
    parameters : sequence of str
        The swept parameters, columns of ``runs``.
    """
    names = [np.array(arms, dtype=object), *(np.sort(runs[column].unique()) for column in _COLUMNS[1:])]
    there = np.zeros([len(values) for values in names], dtype=np.bool_)
    codes = [pd.Index(values).get_indexer(runs[column]) for values, column in zip(names, _COLUMNS, strict=True)]
    there[tuple(codes)] = True
    kept = _full(there, list(arms).index(baseline))
    if not all(keep.any() for keep in kept):
        # Nothing that another arm has too: the baseline stands alone.
        alone = np.arange(len(arms)) == list(arms).index(baseline)
        kept = [alone, *_full(there[alone], 0)[1:]]
    is_kept = np.logical_and.reduce([keep[code] for keep, code in zip(kept, codes, strict=True)])
    values = runs.drop_duplicates("point").set_index("point")[list(parameters)]
    lost = {int(point): dict(values.loc[point]) for point in names[POINT][~kept[POINT]]}
    counts, full = there.sum(axis=(REPLICATE, POINT)), there[0].size
    numbered = [(titles[arm], int(count), keep) for arm, count, keep in zip(arms, counts, kept[ARM], strict=True)]
    return Shared(
        runs[is_kept],
        tuple(arm for arm, keep in zip(arms, kept[ARM], strict=True) if keep),
        LeftOut(
            {title: count for title, count, keep in numbered if not keep},
            [int(replicate) for replicate in names[REPLICATE][~kept[REPLICATE]]],
            lost,
            {title: full - count for title, count, keep in numbered if keep and count < full},
            int((~is_kept).sum()),
        ),
    )


_COLUMNS = ("arm", "replicate", "point")


def _full(there: NDArray[np.bool_], baseline: int) -> list[NDArray[np.bool_]]:
    """Return which arms, replicates and points to keep, so that no run is missing among them."""
    kept = [np.ones(size, dtype=np.bool_) for size in there.shape]
    while True:
        among = there[np.ix_(*kept)]
        if among.all():
            return kept
        lacking = [1 - among.mean(axis=tuple({ARM, REPLICATE, POINT} - {axis})) for axis in (ARM, REPLICATE, POINT)]
        whole = [np.zeros(keep.size) for keep in kept]
        for axis, keep in enumerate(kept):
            whole[axis][keep] = lacking[axis]
        whole[ARM][(whole[ARM] <= MOST) | (np.arange(kept[ARM].size) == baseline)] = 0
        axis = max((ARM, REPLICATE, POINT), key=lambda axis: whole[axis].max())
        kept[axis][int(whole[axis].argmax())] = False
