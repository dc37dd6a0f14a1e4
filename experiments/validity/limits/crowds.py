"""Thresholds: who acts once enough others do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from experiments.validity.checks import Check, exact
from experiments.validity.limits import files
from simulation import Request, run


def fixed_point(spread: float) -> float:
    """Return the lowest share at which a crowd with normal thresholds rests."""
    from scipy.optimize import brentq
    from scipy.stats import norm

    def above(share: Any) -> Any:
        return norm.cdf((share - files.MEAN_THRESHOLD) / spread) - share

    shares = np.linspace(0.0, 1.0, 20_001)
    first = int(np.argmax(above(shares) <= 0.0))
    return float(brentq(above, shares[first - 1], shares[first]))


def crowds(folder: Path, quick: bool) -> Iterator[Check]:
    """A crowd tips or does not by who its first few are, and rests where as many act as are willing to."""
    ladder = np.rint(run(Request(str(folder / "crowd.toml"), weeks=130)).adopted_share * 100)
    yield exact("acting in the end, thresholds 0, 1, …, 99", ladder[-1], 100)
    yield exact("at most in a week", np.diff(ladder).max(), 1)
    gap = run(Request(str(folder / "crowd-gap.toml"), weeks=110)).adopted_share[-1] * 100
    yield exact("acting in the end, no threshold 1", gap, 1)
    for percent in (12,) if quick else (10, 12, 13):
        shares = run(Request(str(folder / f"crowd-{percent}.toml"), weeks=300)).adopted_share
        what = f"share acting in the end, standard deviation {percent} %"
        yield exact(what, shares[-1], fixed_point(percent / 100), 0.005)


def lattice(folder: Path, quick: bool) -> Iterator[Check]:
    """On a ring of neighbours a threshold lets those next to adopters follow, as fast as it says and not faster."""
    weeks = files.LATTICE // 2
    counts = np.rint(run(Request(str(folder / "lattice.toml"), weeks=weeks)).by_organisation * files.LATTICE)
    # Beside a block of adopters the nearest sees two of its four, the next one; nobody beyond sees any.
    for enough, a_week, ring in zip(files.ENOUGH, (4, 2, 0), counts.T, strict=True):
        for week in (1, 5, weeks):
            expected = min(2 + a_week * week, files.LATTICE)
            yield exact(f"adopters in week {week}, threshold {enough:g} of four", ring[week], expected)
