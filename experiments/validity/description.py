"""What a data set on adoption says: every statistic with its interval, and how that was come by."""

from __future__ import annotations

from collections.abc import Iterator
from math import atanh, isfinite, nan, sqrt, tanh
from typing import Any, NamedTuple

import numpy as np
from scipy import special

from experiments.analysis.statistics import estimates, proportions
from experiments.validity.adoptions import Adoptions, Array
from experiments.validity.statistics import curve, exposure, hazard, likeness
from experiments.validity.statistics.resampling import DRAWS, bootstrap

STEPS = 200
"""Moments at which the curve is taken where times are no whole numbers."""
MOST_STEPS = 10_000
DRAWN_ANEW = f"people drawn anew, {DRAWS} times"
ADOPTERS_NEEDED = 10
"""From which on the fit of a curve has an interval."""
SMALLEST = 10
"""Members of a unit from which on it counts, unless the user says otherwise."""


class Statistic(NamedTuple):
    """One number with its interval; ``how`` says what the interval is, or why there is none."""

    name: str
    value: float
    low: float
    high: float
    how: str


class Options(NamedTuple):
    """What to compute that cannot be known from the data."""

    half_year: float | None = None  # steps of time in half a year
    smallest: int = SMALLEST
    permutations: int = 999
    draws: int = DRAWS
    fit_from: float | None = None  # when the clock of Bass's curve starts; left out, with the data


class Description(NamedTuple):
    """What a data set says."""

    people: int
    adopted: int
    start: float
    end: float
    ties: int | None
    times: Array
    shares: Array
    fitted: Array
    statistics: list[Statistic]
    notes: list[str]

    def __getitem__(self, name: Any) -> Any:
        """Return a statistic by its name, or a field by its place."""
        if isinstance(name, str):
            return next(one for one in self.statistics if one.name == name)
        return tuple.__getitem__(self, name)


def described(data: Adoptions, options: Options = Options()) -> Description:  # noqa: B008 - never changed
    """Return all statistics of a data set that can be had; the notes say what could not, and why."""
    moments = grid(data)
    shares = curve.cumulative(data.times, moments)
    notes: list[str] = []
    begin = data.start if options.fit_from is None else options.fit_from
    late = moments > begin
    fit = curve.bass(moments[late] - begin, shares[late])
    found = [
        *_of_curve(data, moments, fit, begin, options.draws),
        *_of_ties(data, options, notes),
        *_of_units(data, options, notes),
    ]
    return Description(
        data.people,
        int(data.adopted.sum()),
        data.start,
        data.end,
        None if data.ties is None else len(data.ties.seen),
        moments,
        shares,
        np.where(late, curve.bass_curve(moments - begin, *fit[:3]), nan),
        found,
        notes,
    )


def problem_with_fit(begin: float | None, data: Adoptions) -> str:
    """Return what is wrong with when the clock of Bass's curve is to start, or nothing."""
    if begin is None or data.start <= begin < data.end:
        return ""
    return f"`--fit-from` must lie in [{data.start:g}, {data.end:g}), from --start to --end, but is {begin:g}."


def grid(data: Adoptions) -> Array:
    """Return the moments at which the curve is taken, from the start on: each step where times are whole numbers."""
    known = data.times[data.adopted]
    span = data.end - data.start
    if span <= MOST_STEPS and bool((np.mod(known - data.start, 1.0) == 0.0).all()):
        return np.append(np.arange(data.start, data.end), data.end)
    return np.linspace(data.start, data.end, STEPS + 1)


def _of_curve(data: Adoptions, moments: Array, fit: curve.Bass, begin: float, draws: int) -> Iterator[Statistic]:
    final = proportions.share(float(data.adopted.sum()), data.people)
    yield Statistic("final_share", final.value, final.low, final.high, final.note)
    classes = np.searchsorted(moments, data.times, side="left")
    counts = np.bincount(np.minimum(classes, len(moments)), minlength=len(moments) + 1)
    late = moments > begin
    clock = moments[late] - begin

    def numbers(drawn: Array) -> Array:
        shares = np.cumsum(drawn[:-1]) / drawn.sum()
        again = curve.bass(clock, shares[late], fit)
        return np.array([*again, again.q / again.p if again.p else nan, curve.duration(moments, shares)])

    values = numbers(counts.astype(np.float64))
    is_enough = int(data.adopted.sum()) >= ADOPTERS_NEEDED
    low, high = bootstrap(numbers, counts, draws) if is_enough else (np.full_like(values, nan),) * 2
    how = DRAWN_ANEW if is_enough else f"needs {ADOPTERS_NEEDED} who adopted"
    names = ("bass_p", "bass_q", "bass_m", "bass_r2", "bass_q_over_p", "duration_10_to_90")
    for name, value, one_low, one_high in zip(names, values.tolist(), low.tolist(), high.tolist(), strict=True):
        yield Statistic(name, value, one_low, one_high, how)
    adopting = np.diff(np.cumsum(counts[:-1])[late], prepend=0)
    likeliest = curve.bass_likeliest(clock, adopting, float(counts[-1]), fit)
    for name, numbers_ in zip(("bass_ml_p", "bass_ml_q", "bass_ml_m"), likeliest, strict=True):
        yield Statistic(name, *numbers_, "likeliest, where a time is known to a step; Wald")


def _of_ties(data: Adoptions, options: Options, notes: list[str]) -> Iterator[Statistic]:
    if data.ties is None:
        notes.append("No ties were given: nothing is said of exposure, hazard, centrality and Moran's I.")
        return
    exposures = exposure.at_adoption(data)
    known = exposures[~np.isnan(exposures)]
    values, counts = np.unique(known, return_counts=True)
    found = exposure.thresholds(exposures)
    if len(known) > 1:
        low, high = bootstrap(lambda drawn: _moments(values, drawn), counts, options.draws)
    else:
        low = high = np.full(3, nan)
    for k, name in enumerate(("mean", "sd", "zero")):
        yield Statistic(f"exposure_at_adoption_{name}", found[k], float(low[k]), float(high[k]), DRAWN_ANEW)
    for name, rates in (("infectiousness", exposure.infectiousness), ("susceptibility", exposure.susceptibility)):
        mean = estimates.mean(rates(data)[data.adopted], estimates.ANY)
        yield Statistic(f"{name}_mean", mean.value, mean.low, mean.high, mean.note)
    odds = hazard.odds_ratio(hazard.person_periods(data))
    yield Statistic("hazard_odds_ratio", odds.value, odds.low, odds.high, "Wald; a constant for each time")
    held = hazard.odds_ratio(hazard.person_periods(data, among_all=True))
    how = "likewise, by how many look to them held alike; who looks to nobody is exposed to nobody"
    yield Statistic("hazard_odds_ratio_among_all", held.value, held.low, held.high, how)
    yield from _of_places(data, options)


def _moments(values: Array, counts: Array) -> Array:
    number = counts.sum()
    mean = float(values @ counts) / number
    spread = sqrt(max(0.0, float((values - mean) ** 2 @ counts)) / (number - 1))
    return np.array([mean, spread, counts[values == 0.0].sum() / number])


def _of_places(data: Adoptions, options: Options) -> Iterator[Statistic]:
    """Yield what follows from who stands where in the network, inside the first of the units."""
    assert data.ties is not None
    level, units = next(iter(data.units.items()), ("everyone", None))
    value = likeness.rank_correlation_inside(data.ties.looked_at, data.ranked, units)
    groups = 1 if units is None else len(np.unique(units))
    low, high = correlation_interval(value, data.people - groups + 1)
    yield Statistic("in_degree_and_time", value, low, high, f"rank correlation inside {level}; Bonett and Wright")
    moran = likeness.moran_test(data.ranked, data.ties, units, options.permutations)
    how = f"{moran.permutations} permutations inside {level}"
    yield Statistic(
        "morans_i", moran.value, nan, nan, f"{how} give {moran.expected:.3f} on average; p = {moran.p_value:.3f}"
    )
    yield Statistic("morans_i_p_value", moran.p_value, nan, nan, how)


def correlation_interval(value: float, number: int, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of a rank correlation of so many pairs.

    >>> [round(edge, 2) for edge in correlation_interval(-0.28, 125)]
    [-0.44, -0.11]
    """
    if not isfinite(value) or number <= 4 or abs(value) >= 1.0:
        return nan, nan
    half = float(special.ndtri(0.5 + level / 2)) * sqrt((1.0 + value * value / 2.0) / (number - 3))
    return tanh(atanh(value) - half), tanh(atanh(value) + half)


def _of_units(data: Adoptions, options: Options, notes: list[str]) -> Iterator[Statistic]:
    for level, units in data.units.items():
        for name, who in ((level, units >= 0), (f"{level}_of_adopters", (units >= 0) & data.adopted)):
            found = likeness.intraclass(data.ranked[who], units[who])
            yield Statistic(f"icc_{name}", found.value, found.low, found.high, "analysis of variance; Searle")
        yield from _plateaus(data, level, units, options.smallest)
        if options.half_year is not None:
            yield from _steepest(data, (level, units), options)
    if data.units and options.half_year is None:
        notes.append(
            "How many steps of time are half a year? With --half-year the steepest half year of units is told."
        )
    if not data.units:
        notes.append("No unit was named (--unit): nothing is said of differences between units.")


def _plateaus(data: Adoptions, level: str, units: Array, smallest: int) -> Iterator[Statistic]:
    shares = likeness.shares_by_unit(data.adopted, units, smallest)
    number = len(shares)
    ten, half, ninety = np.quantile(shares, [0.1, 0.5, 0.9]).tolist() if number else (nan, nan, nan)
    spread = float(shares.std(ddof=1)) if number > 1 else nan
    tails = [
        sqrt((number - 1) / float(special.chdtri(number - 1, tail))) if number > 1 else nan for tail in (0.025, 0.975)
    ]
    how = f"{number} units of {smallest} or more; chi-squared"
    yield Statistic(f"share_sd_between_{level}", spread, spread * tails[0], spread * tails[1], how)
    middle = estimates.median(shares, noun="units") if number else None
    edges = (
        (middle.low, middle.high, f"{middle.note}; 10 and 90 %: {ten:.2f} and {ninety:.2f}")
        if middle
        else (nan, nan, "")
    )
    yield Statistic(f"share_median_of_{level}", half, *edges)


def _steepest(data: Adoptions, of: tuple[str, Array], options: Options) -> Iterator[Statistic]:
    level, units = of
    assert options.half_year is not None
    found = likeness.steepest_shares(data.times, units, options.half_year, options.smallest)
    if len(found):
        middle = estimates.median(found, noun="units")
        low, high = np.quantile(found, [0.25, 0.75]).tolist()
        how = f"{middle.note}; quartiles {low:.2f} and {high:.2f}"
        yield Statistic(f"steepest_half_year_{level}", middle.value, middle.low, middle.high, how)
