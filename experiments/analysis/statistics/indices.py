"""How much of what varies follows from each of several inputs: indices of Sobol', fitted to points that are there.

A polynomial is fitted to the outcome over the ranks of the inputs, so that their spread does not matter; an index is the
share of the variance that its terms carry, less what chance alone would put into them. With few inputs for the number of
points the polynomial has terms of several inputs together, and an input has a total index beside its main one; with many
each input is fitted by itself, and what it does only together with others is not seen.

References
----------
Sudret, B. (2008). Global sensitivity analysis using polynomial chaos expansions. Reliability Engineering & System Safety 93,
964-979.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import comb
from typing import NamedTuple

import numpy as np
from numpy.polynomial import legendre
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from experiments.analysis.statistics.estimates import Floats

HIGHEST_ALONE, HIGHEST_TOGETHER = 8, 10
POINTS_A_DEGREE, POINTS_A_TERM = 60, 8
"""Points that a polynomial of one input needs for each degree, and that of several for each term."""
SINGULAR = 1e-3
"""Terms less independent than this cannot be told apart."""
PERMUTATIONS = 399
CHANCE = 0.05
BATCH = 50


class Indices(NamedTuple):
    """Indices of each input (rows) for each outcome (columns), as shares of its variance.

    ``total`` is NaN where inputs were fitted one by one; an outcome that does not vary has NaN throughout.
    """

    main: Floats
    total: Floats

    @property
    def largest(self) -> Floats:
        """The total index where there is one, else the main one."""
        return np.where(np.isnan(self.total), self.main, self.total)


class Fit(NamedTuple):
    """A polynomial that outcomes can be fitted to: its terms at the points, and of which inputs each is.

    ``blocks`` has one matrix of orthonormal columns for each input where they are fitted one by one; else one for all terms,
    with ``owners``, whether a term (row) is of an input (column), and ``inverse``, which turns what is carried by its columns
    into what the terms carry.
    """

    blocks: list[Floats]
    owners: NDArray[np.bool_] | None = None
    inverse: Floats | None = None

    @property
    def inputs(self) -> int:
        """How many inputs there are."""
        return len(self.blocks) if self.owners is None else self.owners.shape[1]

    @property
    def has_totals(self) -> bool:
        """Whether terms of several inputs together are fitted."""
        return self.owners is not None


def fit_to(inputs: Sequence[ArrayLike]) -> Fit:
    """Return the polynomial that so many points of so many inputs can bear.

    Parameters
    ----------
    inputs : sequence of array_like
        The values of each input at every point: numbers, switches, or words, which have no order.
    """
    columns = [np.asarray(values) for values in inputs]
    points, number = columns[0].size, len(columns)
    degree = next((d for d in range(HIGHEST_TOGETHER, 1, -1) if comb(number + d, d) * POINTS_A_TERM <= points), 0)
    if degree:
        bases = [_orthonormal(column, degree) * np.sqrt(points) for column in columns]
        together = _together(bases, [column.dtype.kind in "OU" for column in columns], degree)
        if together:
            return together
    alone = max(2 if points >= POINTS_A_DEGREE / 2 else 1, min(HIGHEST_ALONE, points // POINTS_A_DEGREE))
    return Fit([_orthonormal(column, alone) for column in columns])


def _orthonormal(values: NDArray[np.generic], degree: int) -> Floats:
    """Return functions of one input that are orthonormal over the points, the constant left out."""
    if values.dtype.kind in "OU":
        _, codes = np.unique(values.astype(str), return_inverse=True)
        raw = np.eye(int(codes.max()) + 1)[codes]
    else:
        ranks = stats.rankdata(values.astype(np.float64))
        across = 2 * (ranks - 0.5) / values.size - 1
        raw = legendre.legvander(across, min(degree, np.unique(ranks).size - 1))
        raw = raw[:, 1:]
    with_constant = np.column_stack([np.ones(values.size), raw])
    orthonormal, triangle = np.linalg.qr(with_constant)
    kept = np.abs(np.diag(triangle)) > 1e-8 * np.sqrt(values.size)
    return np.asarray(orthonormal[:, kept][:, 1:], dtype=np.float64)


def _together(bases: Sequence[Floats], are_words: Sequence[bool], degree: int) -> Fit | None:
    """Return all products of functions of single inputs up to a degree in all, None where the points cannot tell them apart."""
    degrees = [
        [0, *(1 if is_word else place + 1 for place in range(basis.shape[1]))]
        for basis, is_word in zip(bases, are_words, strict=True)
    ]
    padded = [np.column_stack([np.ones(len(basis)), basis]) for basis in bases]
    chosen = list(_within(degrees, degree))
    terms = np.ones((len(bases[0]), len(chosen)))
    for number, basis in enumerate(padded):
        terms *= basis[:, [places[number] for places in chosen]]
    orthonormal, triangle = np.linalg.qr(terms)
    if np.abs(np.diag(triangle)).min() < SINGULAR * np.sqrt(len(terms)):
        return None
    return Fit([orthonormal], np.asarray(chosen) > 0, np.linalg.inv(triangle))


def _within(degrees: Sequence[Sequence[int]], most: int) -> Iterator[tuple[int, ...]]:
    """Yield the places of all products whose degrees add up to no more than so many."""
    if not degrees:
        yield ()
        return
    for place, degree in enumerate(degrees[0]):
        if degree <= most:
            for rest in _within(degrees[1:], most - degree):
                yield (place, *rest)


def indices(fit: Fit, outcomes: ArrayLike) -> Indices:
    """Return the indices of every input for outcomes, points by outcomes.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> a, b, noise = rng.random((3, 400))
    >>> found = indices(fit_to([a, b]), (3 * a + noise)[:, None])
    >>> np.abs(found.main[:, 0]).round(1).tolist()
    [0.9, 0.0]
    """
    values = np.asarray(outcomes, dtype=np.float64)
    centred = values - values.mean(axis=0)
    spread = (centred**2).sum(axis=0)
    scale = np.abs(values).max(axis=0, initial=0.0)
    alike = spread <= len(values) * (1e-12 * scale) ** 2
    spread = np.where(alike, np.nan, spread)
    if fit.owners is None:
        main = np.array([_adjusted(block, centred, spread) for block in fit.blocks])
        return Indices(main, np.full_like(main, np.nan))
    return _of_terms(fit, centred, spread)


def _adjusted(block: Floats, centred: Floats, spread: Floats) -> Floats:
    """Return the share of the spread that one input's functions carry, less what chance puts there."""
    free, used = len(centred) - 1, block.shape[1]
    carried = ((block.T @ centred) ** 2).sum(axis=0) / spread
    return np.asarray(1 - (1 - carried) * free / max(1, free - used), dtype=np.float64)


def _of_terms(fit: Fit, centred: Floats, spread: Floats) -> Indices:
    (orthonormal,), owners, inverse = fit.blocks, fit.owners, fit.inverse
    assert owners is not None and inverse is not None
    points, terms = orthonormal.shape
    projected = orthonormal.T @ centred
    left = (centred**2).sum(axis=0) - (projected**2).sum(axis=0)
    by_chance = (inverse**2).sum(axis=1)[:, None] * left / max(1, points - terms)
    shares = ((inverse @ projected) ** 2 - by_chance) * points / spread
    is_alone = owners.sum(axis=1) == 1
    alone, all_terms = ((owners & rows[:, None]).T.astype(np.float64) for rows in (is_alone, np.ones_like(is_alone)))
    return Indices(alone @ shares, all_terms @ shares)


def threshold(fit: Fit, outcomes: ArrayLike, seed: int = 0, chance: float = CHANCE) -> float:
    """Return what the largest index of any input for any outcome reaches by chance alone, in so many of 100 studies.

    Points are dealt anew to the outcomes, all of one point together: then nothing follows from any input.

    Parameters
    ----------
    fit : Fit
        As made from the inputs.
    outcomes : array_like
        Points by outcomes.
    seed : int
        Of the permutations.
    chance : float
        How often chance may pass it.
    """
    values = np.asarray(outcomes, dtype=np.float64)
    rng = np.random.default_rng(seed)
    largest: list[float] = []
    while len(largest) < PERMUTATIONS:
        count = min(BATCH, PERMUTATIONS - len(largest))
        dealt = np.concatenate([values[rng.permutation(len(values))] for _ in range(count)], axis=1)
        found = indices(fit, dealt).largest.reshape(fit.inputs, count, -1)
        largest += np.nanmax(found, axis=(0, 2), initial=-np.inf).tolist()
    place = int(np.ceil((1 - chance) * (PERMUTATIONS + 1))) - 1
    return float(np.sort(largest)[place])
