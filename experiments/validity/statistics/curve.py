"""The curve of adoption: how it rises, how long that takes, and the model of Bass (1969) fitted to it."""

from __future__ import annotations

from collections.abc import Callable
from math import nan
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

Floats = NDArray[np.float64]
STARTS = ((0.05, 0.1), (0.001, 0.3), (1e-5, 0.5), (0.01, 0.02))
"""Shares of the length of the curve's period at which a fit begins: `p` and `q` a step, where there are about 20."""
ROUNDS, ROUNDS_AGAIN = 200, 20
"""Evaluations of a fit, and of one that begins where another ended; data that no such curve fits take them all."""
MOST = 100.0
"""Largest `p` and `q` that is looked for, over the length of the curve."""
TINY, FLATTEST, FARTHEST_LOGIT, FARTHEST = 1e-300, 1e-6, 20.0, 200.0
WIDEST = 7.0
"""Half an interval, on the scale of a fit, from which on it says nothing: a factor of a thousand either way."""
LIKELIEST = {"maxiter": 4000, "maxfev": 4000, "xatol": 1e-7, "fatol": 1e-9}


class Bass(NamedTuple):
    """Coefficients of innovation and imitation per step, the share that adopts in the end, and the fit's R²."""

    p: float
    q: float
    m: float
    r2: float


def cumulative(times: ArrayLike, grid: ArrayLike) -> Floats:
    """Return the share who have adopted by each moment of a grid; those who never adopt have an infinite time.

    >>> cumulative([1, 2, 2, np.inf], [0, 1, 2, 3])
    array([0.  , 0.25, 0.75, 0.75])
    """
    ordered = np.sort(np.asarray(times, np.float64))
    return np.searchsorted(ordered, np.asarray(grid, np.float64), side="right") / len(ordered)


def bass_curve(t: ArrayLike, p: float, q: float, m: float) -> Floats:
    """Return the cumulative share that the model of Bass gives at times since the start.

    >>> bass_curve([5.0, 10.0], 0.03, 0.38, 1.0).round(6)
    array([0.331199, 0.812803])
    """
    decay = np.exp(-(p + q) * np.asarray(t, np.float64))
    found: Floats = m * (1.0 - decay) / (1.0 + q / p * decay)
    return found


def bass(t: ArrayLike, shares: ArrayLike, begin: Bass | None = None) -> Bass:
    """Fit the curve of Bass to cumulative shares by least squares.

    Parameters
    ----------
    t, shares : array_like
        Times since the start, above 0, and the share who have adopted by then.
    begin : Bass, optional
        Where to begin; left out, at several places, and the best is kept.
    """
    times, share = np.asarray(t, np.float64), np.asarray(shares, np.float64)
    variation = float(((share - share.mean()) ** 2).sum())
    if len(times) < 4 or variation == 0.0 or share[-1] <= 0.0:
        return Bass(nan, nan, nan, nan)
    length = float(times[-1])
    scale = 20.0 / length
    starts = [(p * scale, q * scale, share[-1]) for p, q in STARTS] if begin is None else [begin[:3]]
    fits = [_fitted(times, share, start, ROUNDS if begin is None else ROUNDS_AGAIN) for start in starts]
    best = min(fits, key=lambda fit: fit.cost)
    p, q, m = np.exp(best.x).tolist()
    return Bass(p, q, m, 1.0 - 2.0 * float(best.cost) / variation)


def _fitted(times: Floats, shares: Floats, start: tuple[float, ...], rounds: int) -> Any:
    """Return a fit in logarithms, in which the three numbers, which differ by orders of magnitude, are of one size."""
    length = float(times[-1])
    low, high = np.log([1e-9 / length, 1e-9 / length, 1e-3]), np.log([MOST / length, MOST / length, 5.0])
    begin = np.clip(np.log(np.maximum(start, 1e-300)), low + 1e-6, high - 1e-6)
    return optimize.least_squares(
        lambda x: bass_curve(times, *np.exp(x).tolist()) - shares, begin, bounds=(low, high), ftol=1e-9, max_nfev=rounds
    )


def bass_likeliest(t: ArrayLike, adopting: ArrayLike, never: float, begin: Bass) -> list[tuple[float, float, float]]:
    """Return p, q and m of Bass by maximum likelihood, each with the ends of its interval (Wald, on their own scales).

    Times are known to lie between two moments only, and m, the share who would ever adopt, is 1 at most: who has not
    adopted by the end may be of either kind.

    Parameters
    ----------
    t : array_like
        Moments since the start, above 0.
    adopting : array_like
        How many adopted between the moment before, or the start, and each of these.
    never : float
        How many had not by the last.
    begin : Bass
        Where to begin: the fit by least squares.
    """
    times, counts = np.asarray(t, np.float64), np.asarray(adopting, np.float64)
    if not np.isfinite(begin.p) or not counts.sum():
        return [(nan, nan, nan)] * 3

    def loss(x: Floats) -> float:
        shares = bass_curve(times, *_natural(x))
        rises = np.maximum(np.diff(shares, prepend=0.0), TINY)
        return -float(counts @ np.log(rises) + never * np.log(max(1.0 - shares[-1], TINY)))

    low, high = 1e-6 / times[-1], MOST / times[-1]
    first = [np.log(min(max(rate, 2 * low), high / 2)) for rate in begin[:2]]
    first.append(float(special.logit(min(max(begin.m, 0.02), 0.98))))
    bounds = [(np.log(low), np.log(high))] * 2 + [(-FARTHEST_LOGIT, FARTHEST_LOGIT)]
    best = optimize.minimize(loss, first, method="Nelder-Mead", bounds=bounds, options=LIKELIEST)
    half = 1.96 * _errors(loss, best.x)
    half[half > WIDEST] = nan
    edges = [_natural(best.x + sign * half) for sign in (0.0, -1.0, 1.0)]
    return list(zip(*edges, strict=True))


def _natural(x: Floats) -> tuple[float, float, float]:
    """Return p, q and m from the scales on which they are fitted: two logarithms and a logit."""
    p, q = np.exp(np.clip(x[:2], -FARTHEST, FARTHEST)).tolist()
    return p, q, float(special.expit(x[2]))


def _errors(loss: Callable[[Floats], float], x: Floats, step: float = 1e-3) -> Floats:
    """Return standard errors from how the loss curves; NaN for all where the data tell nothing of one."""
    steps = step * np.eye(len(x))
    curvature = [
        [(loss(x + a + b) - loss(x + a - b) - loss(x - a + b) + loss(x - a - b)) / (4.0 * step * step) for b in steps]
        for a in steps
    ]
    least = np.linalg.eigvalsh(np.array(curvature)).min()
    if not least > FLATTEST:
        return np.full(len(x), nan)
    errors: Floats = np.sqrt(np.diag(np.linalg.inv(np.array(curvature))))
    return errors


def duration(grid: ArrayLike, shares: ArrayLike) -> float:
    """Return how long it takes from 10 to 90 % of the final share, between the moments of a grid on a straight line.

    >>> round(duration([0, 1, 2], [0.0, 0.5, 1.0]), 6)
    1.6
    """
    moments, share = np.asarray(grid, np.float64), np.asarray(shares, np.float64)
    final = share[-1]
    if final <= 0.0 or share[0] >= 0.1 * final:
        return nan
    early, late = (_first_at(moments, share, level * final) for level in (0.1, 0.9))
    return late - early


def _first_at(moments: Floats, shares: Floats, level: float) -> float:
    k = int((shares >= level - 1e-12).argmax())
    before, after = shares[k - 1], shares[k]
    return float(moments[k - 1] + (moments[k] - moments[k - 1]) * (level - before) / (after - before))
