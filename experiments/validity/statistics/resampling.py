"""Intervals by drawing anew, with random numbers that are always the same, so that the same data give the same interval."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from experiments.validity.adoptions import Array

DRAWS = 200


def bootstrap(
    statistic: Callable[[Array], Array], counts: Array, draws: int = DRAWS, level: float = 0.95
) -> tuple[Array, Array]:
    """Return the percentile interval of a statistic of how many people lie in each class, people being drawn anew.

    Parameters
    ----------
    statistic : callable
        Of the counts, as float64; what it returns may be NaN, which is left out.
    counts : ndarray
        People by class: by time of adoption, or by value.
    """
    random = np.random.default_rng(1)
    people = int(counts.sum())
    drawn = np.array([statistic(random.multinomial(people, counts / people).astype(np.float64)) for _ in range(draws)])
    there = ~np.isnan(drawn).all(axis=0)
    filled = np.where(there, drawn, 0.0)  # a column of nothing has no percentiles
    half = 50.0 * (1.0 - level)
    low, high = np.nanpercentile(filled, [half, 100.0 - half], axis=0)
    return np.where(there, low, np.nan), np.where(there, high, np.nan)
