"""Figure of a grid of two parameters: what the baseline reaches at every combination, and what others are ahead."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray

from experiments.analysis.asked import the_share
from experiments.analysis.footer import footer
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.parameters.meanings import axis_of, level_of, meaning_of
from experiments.analysis.parameters.starting_points import varied
from experiments.analysis.wording import harm_words
from experiments.figures import sheet
from experiments.figures.lettering import broken, fitted
from experiments.figures.sheet import BLUE, GREY, INK, VERMILION
from simulation.words import signed

Floats = NDArray[np.float64]

PANELS = 4
LEVELS = 12
DARK = 0.7
"""From this share of the largest value on, letters are white."""
LEAST = 0.2
LEVEL = LinearSegmentedColormap.from_list("level", ["#FFFFFF", "#7A7A7A"])
GAP = LinearSegmentedColormap.from_list("gap", [VERMILION, "#FFFFFF", BLUE])


def is_two_factor_grid(outcomes: Outcomes) -> bool:
    """Whether points are every combination of a few levels of two parameters, of one more than two."""
    names = varied(outcomes)
    if len(names) != 2:
        return False
    levels = [outcomes.runs[name].nunique() for name in names]
    return levels[0] * levels[1] == outcomes.points and 2 < max(levels) <= LEVELS


def heat_map(outcomes: Outcomes) -> Figure:
    """Return a panel for the baseline's share at every combination, and one for the gap of each other arm to it."""
    one = the_share(outcomes)
    across, up = varied(outcomes)
    others = [arm for arm in outcomes.arms if arm != outcomes.baseline]
    drawn = [outcomes.baseline, *others[: PANELS - 1]]
    cells = {arm: _cells(outcomes, arm, across, up) for arm in drawn}
    gaps = {arm: cells[arm] - cells[outcomes.baseline] for arm in drawn[1:]}
    more = f" Not drawn: {len(others) - PANELS + 1} more arms." if len(others) >= PANELS else ""
    base = outcomes.titles[outcomes.baseline]
    figure, roof = sheet.sheet(
        f"{_title(outcomes, cells[outcomes.baseline], gaps)}{harm_words(one)}",
        f"Share of staff who have adopted after {outcomes.end} with {base} (%), and what other arms are ahead of it (percentage "
        f"points): means, without verdict.{more}",
        footer(outcomes, "Means over replicates: chance between runs is in every cell."),
    )
    axes = figure.subplots(1, len(drawn), squeeze=False, sharey=True)[0]
    figure.subplots_adjust(left=0.12, right=0.975, top=roof - 0.06, bottom=0.2, wspace=0.08)
    largest = max((float(np.abs(gap).max()) for gap in gaps.values()), default=0.0) or 1.0
    inches = 0.8 * sheet.WIDTH / len(drawn)
    for panel, arm in zip(axes, drawn, strict=True):
        _panel(panel, gaps.get(arm, cells[arm]), arm in gaps, largest, one.better < 0)
        title = "\n".join(broken(outcomes.titles[arm], inches, 12.5, lines=2, bold=True))
        panel.set_title(title, loc="left", size=12.5, weight="bold", color=INK)
        levels = sorted(outcomes.runs[across].unique())
        panel.set_xticks(range(len(levels)), [level_of(across, level) for level in levels])
        panel.set_xlabel("\n".join(broken(axis_of(across), inches, 11, lines=2)), color=GREY, size=11)
    levels = sorted(outcomes.runs[up].unique())
    axes[0].set_yticks(range(len(levels)), [level_of(up, level) for level in levels])
    axes[0].set_ylabel("\n".join(broken(axis_of(up), 3.6, 11, lines=2)), color=GREY, size=11)
    return figure


def _cells(outcomes: Outcomes, arm: str, across: str, up: str) -> Floats:
    means = outcomes.of(arm).pivot_table(index=up, columns=across, values="adopted_share", aggfunc="mean")
    return np.asarray(means.sort_index().sort_index(axis=1), dtype=np.float64)


def _panel(panel: Axes, cells: Floats, is_gap: bool, largest: float, is_turned: bool) -> None:
    shown = -cells if is_gap and is_turned else cells
    low, high = (-largest, largest) if is_gap else (0.0, max(LEAST, float(cells.max())))
    panel.imshow(shown, cmap=GAP if is_gap else LEVEL, vmin=low, vmax=high, aspect="auto", origin="lower")
    panel.spines[:].set_visible(False)
    panel.tick_params(length=0, labelcolor=GREY, labelsize=11)
    for row, column in np.ndindex(*cells.shape):
        value = float(cells[row, column])
        words = signed(100 * value) if is_gap else f"{100 * value:.0f}"
        is_dark = (abs(value) / high if high else 0.0) > DARK
        panel.text(column, row, words, ha="center", va="center", size=11, color="white" if is_dark else INK)


def _title(outcomes: Outcomes, base: Floats, gaps: dict[str, Floats]) -> str:
    across, up = varied(outcomes)
    if not gaps:
        return f"From {100 * base.min():.0f} to {100 * base.max():.0f} % have adopted after {outcomes.end}"
    arm = max(gaps, key=lambda arm: float(np.ptp(gaps[arm])))
    low, high = (signed(100 * float(edge)) for edge in (gaps[arm].min(), gaps[arm].max()))
    what = " and ".join(fitted(f"{name[0].lower()}{name[1:]}", 4, 12) for name in map(meaning_of, (across, up)))
    return f"{outcomes.titles[arm]}: {low} to {high} points, by {what}"
