"""Draw samples of known shapes, and write into the page how often each interval of a report covers: `make intervals`.

`python docs/intervals.py --check` says instead whether the page holds what the code gives now, and fails if not.
"""

import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from math import inf, isfinite, isnan
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from experiments.analysis.statistics import estimates, proportions
from experiments.analysis.statistics.ranks import rank_correlation

PAGE = Path(__file__).with_suffix(".md")
BLOCK = re.compile(r"(<!-- coverage: made by docs/intervals\.py -->\n).*?(<!-- end of coverage -->)", re.DOTALL)
SIZES = (3, 5, 10, 30, 100)
REPETITIONS = 2000
HORIZON = 260
EXACTLY = 1_000_000
Floats = NDArray[np.float64]


class Shape(NamedTuple):
    """A distribution within 0 and 1, by its quantiles."""

    name: str
    quantiles: Callable[[Floats], Floats]


def _gamma(chance: Floats) -> Floats:
    # Skewness is 2 over the root of the first parameter.
    return np.minimum(stats.gamma.ppf(chance, 4, scale=0.05), 1.0)


def _humps(chance: Floats, above: float = 0.4) -> Floats:
    low = stats.beta.ppf(np.minimum(chance / (1 - above), 1), 1, 30)
    return np.where(chance < 1 - above, low, stats.beta.ppf(np.maximum(0, chance - 1 + above) / above, 54, 6))


SHAPES = (
    Shape("normal", lambda chance: np.clip(stats.norm.ppf(chance, 0.4, 0.12), 0, 1)),
    Shape("gamma, skewness 1", _gamma),
    Shape("two humps, near 0 and .9", _humps),
    Shape("two values, 0 and .9", lambda chance: np.where(chance < 0.6, 0.0, 0.9)),
)
ALIKE = Shape("all alike, nobody there", lambda chance: np.full_like(chance, 0.25))
RARE = Shape("two humps, one in ten near .9", lambda chance: _humps(chance, 0.1))


class Found(NamedTuple):
    """What was offered for one sample, and what it should cover."""

    low: float
    high: float
    truth: float
    note: str


class Kind(NamedTuple):
    """An interval that a report gives: its name, and what it offers for a sample of a shape."""

    name: str
    offered: Callable[[Shape, int, np.random.Generator], Found]


@cache
def _draws(shape: Shape) -> Floats:
    return shape.quantiles((np.arange(EXACTLY) + 0.5) / EXACTLY)


@cache
def _truth(shape: Shape, of: Callable[[Floats], Floats] = np.asarray) -> float:
    """Return the mean of what becomes of the values of a shape."""
    return float(of(_draws(shape)).mean())


def _is_never(values: Floats) -> Floats:
    return np.isinf(_weeks(values)).astype(np.float64)


def _up_to_horizon(values: Floats) -> Floats:
    return np.minimum(_weeks(values), HORIZON)


def _mean(shape: Shape, number: int, rng: np.random.Generator) -> Found:
    found = estimates.mean(shape.quantiles(rng.random(number)))
    return Found(found.low, found.high, _truth(shape), found.note)


def _difference(shape: Shape, number: int, rng: np.random.Generator) -> Found:
    gap = estimates.paired_difference(shape.quantiles(rng.random(number)), np.zeros(number), reach=1)
    return Found(gap.low, gap.high, _truth(shape), gap.note)


def _nothing(shape: Shape, number: int, rng: np.random.Generator) -> Found:
    gap = estimates.paired_difference(*(shape.quantiles(rng.random(number)) for _ in "ab"), reach=1)
    return Found(gap.low, gap.high, 0.0, gap.note)


def _sum_of_changes(shape: Shape, number: int, rng: np.random.Generator) -> Found:
    """A change of a gap is a sum of differences, for which no narrow bounds are known."""
    gap = estimates.paired_difference(*(shape.quantiles(rng.random(number)) for _ in "ab"))
    return Found(gap.low, gap.high, 0.0, gap.note)


def _median(shape: Shape, number: int, rng: np.random.Generator) -> Found:
    found = estimates.paired_difference(shape.quantiles(rng.random(number)), np.zeros(number), reach=1).median
    return Found(found.low, found.high, float(shape.quantiles(np.array([0.5]))[0]), found.note)


def _wins(shape: Shape, number: int, rng: np.random.Generator) -> Found:
    found = proportions.superiority(*(shape.quantiles(rng.random(number)) for _ in "ab"))
    return Found(found.low, found.high, 0.5, found.note)


def _weeks(values: Floats) -> Floats:
    """Turn values into weeks to half the staff: few staff in the end take longer than the horizon."""
    return np.where(values > 0.3, HORIZON * (1.3 - values), inf)


def _never(shape: Shape, number: int, rng: np.random.Generator) -> Found:
    found = proportions.share(float(_is_never(shape.quantiles(rng.random(number))).sum()), number)
    return Found(found.low, found.high, _truth(shape, _is_never), found.note)


def _weeks_to_half(shape: Shape, number: int, rng: np.random.Generator) -> Found:
    found = estimates.median(_weeks(shape.quantiles(rng.random(number))))
    return Found(found.low, found.high, float(_weeks(shape.quantiles(np.array([0.5])))[0]), found.note)


def _time_saved(shape: Shape, number: int, rng: np.random.Generator) -> Found:
    """Half the chance is common to both arms; the other arm stands at the normal shape."""
    common, chance = rng.random(number), rng.random(number)
    ours = _up_to_horizon(shape.quantiles(np.where(chance < 0.5, common, rng.random(number))))
    theirs = _up_to_horizon(SHAPES[0].quantiles(common))
    truth = _truth(shape, _up_to_horizon) - _truth(SHAPES[0], _up_to_horizon)
    gap = estimates.paired_difference(ours, theirs, reach=HORIZON)
    return Found(gap.low, gap.high, truth, gap.note)


def _correlation(strength: float) -> Callable[[Shape, int, np.random.Generator], Found]:
    def draw(shape: Shape, number: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
        first, other = rng.normal(size=(2, number))
        mixed = strength * first + np.sqrt(1 - strength**2) * other
        return first, shape.quantiles(stats.norm.cdf(mixed))

    @cache
    def truth(shape: Shape) -> float:
        if strength == 0 or shape is ALIKE:
            return 0.0
        return float(stats.spearmanr(*draw(shape, EXACTLY, np.random.default_rng(0))).statistic)

    def offered(shape: Shape, number: int, rng: np.random.Generator) -> Found:
        found = rank_correlation(*draw(shape, number, rng))
        return Found(found.low, found.high, truth(shape), found.note)

    return offered


KINDS = (
    Kind("share, mean", _mean),
    Kind("gap, mean", _difference),
    Kind("gap of equal arms, mean", _nothing),
    Kind("change of a gap, mean", _sum_of_changes),
    Kind("gap, median", _median),
    Kind("wins", _wins),
    Kind("never there", _never),
    Kind("weeks to half, median", _weeks_to_half),
    Kind("time saved", _time_saved),
    Kind("rank correlation, none", _correlation(0.0)),
    Kind("rank correlation, strong", _correlation(0.8)),
)


class Cell(NamedTuple):
    """How often the intervals of one kind covered, for one shape and number of values."""

    kind: str
    shape: str
    number: int
    samples: int
    offered: int
    covered: int
    zero_width: int
    notes: frozenset[str]

    @property
    def coverage(self) -> float:
        """Of the intervals that were offered, the share that covered."""
        return self.covered / self.offered if self.offered else float("nan")


def cell(kind: Kind, shape: Shape, number: int, repetitions: int) -> Cell:
    """Return how often an interval covers in so many samples."""
    rng = np.random.default_rng([number, *kind.name.encode(), *shape.name.encode()])
    every = [kind.offered(shape, number, rng) for _ in range(repetitions)]
    there = [found for found in every if not isnan(found.low)]
    return Cell(
        kind.name,
        shape.name,
        number,
        repetitions,
        len(there),
        sum(found.low <= found.truth <= found.high for found in there),
        sum(found.low == found.high and isfinite(found.low) for found in there),
        frozenset(found.note for found in every),
    )


def cells(repetitions: int) -> Iterator[Cell]:
    """Yield every cell of the table, kind by kind and shape by shape."""
    for kind in KINDS:
        for shape in (*SHAPES, ALIKE):
            for number in SIZES:
                yield cell(kind, shape, number, repetitions if shape is not ALIKE else 1)


def table(found: list[Cell]) -> str:
    """Return coverage in percent as a table in Markdown."""
    by_place = {(one.kind, one.shape, one.number): one for one in found}
    lines = ["| interval | values | " + " | ".join(map(str, SIZES)) + " |", "| --- | --- |" + " --- |" * len(SIZES)]
    for kind, shape in dict.fromkeys((one.kind, one.shape) for one in found):
        row = [_percent(by_place[kind, shape, number]) for number in SIZES]
        lines.append(f"| {kind} | {shape} | " + " | ".join(row) + " |")
    return "\n".join(lines) + "\n"


def _percent(one: Cell) -> str:
    return f"{100 * one.coverage:.1f}" if one.offered else "–"


def filled(page: str) -> str:
    """Return the page with its table made anew."""
    made = table([*cells(REPETITIONS), *(cell(KINDS[0], RARE, number, REPETITIONS) for number in SIZES)])
    return BLOCK.sub(lambda block: block[1] + made + block[2], page)


def main() -> int:
    """Write the page, or check it."""
    before = PAGE.read_text(encoding="utf-8")
    after = filled(before)
    if "--check" not in sys.argv:
        PAGE.write_text(after, encoding="utf-8")
        return 0
    if after != before:
        print(f"docs/{PAGE.name} does not hold what the code gives now: make intervals", file=sys.stderr)
    return int(after != before)


if __name__ == "__main__":
    sys.exit(main())
