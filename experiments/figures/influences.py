"""Figure of what matters: the parameters that pass what chance reaches, the strongest on top."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from experiments.analysis.asked import Asked
from experiments.analysis.footer import footer
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.parameters.influences import Influence, Influences, Parameter
from experiments.figures import lettering, sheet
from experiments.figures.lettering import broken
from experiments.figures.sheet import BLUE, GREY, INK, PALE, VERMILION

PANELS = 3
ROWS = 12
LONGEST = 4.0  # inches, of the meaning of a parameter


def what_matters(outcomes: Outcomes, asked: Asked, influences: Influences) -> Figure:
    """Return a bar for each parameter that passes, a panel for the baseline and for the gap of others to it.

    Bars that chance alone may reach are pale; the line is what it reaches in 5 of 100 studies.
    """
    rows = influences.found[:ROWS][::-1]
    arms = _drawn(outcomes, influences)
    left_out = [f"{len(influences.found) - ROWS} parameters"] * (len(influences.found) > ROWS)
    left_out += [f"{len(outcomes.arms) - len(arms)} arms"] * (len(arms) < len(outcomes.arms))
    together = "alone or together with others" if influences.has_totals else "by itself"
    what = "share who have adopted" if asked.name == "adopted_share" else asked.called
    figure, roof = sheet.sheet(
        _title(outcomes, influences, arms),
        f"{what[0].upper()}{what[1:]}: how much of the variance between {influences.points:,} points follows from a parameter "
        f"{together} (%). Blue: rises with it, orange: falls, black: neither, pale and left of the line: chance may reach that."
        f"{f' Not drawn: {chr(32).join(left_out)}.' if left_out else ''}",
        footer(outcomes, "Ignorance of the numbers that vary, not chance between runs, is what is taken apart here."),
    )
    labels = ["\n".join(broken(row.meaning, LONGEST, 11, lines=2)) for row in rows]
    left = 0.03 + max(lettering.width(line, 11) for label in labels for line in label.split("\n")) / sheet.WIDTH
    axes = figure.subplots(1, len(arms), sharex=True, sharey=True, squeeze=False)[0]
    figure.subplots_adjust(left=left, right=0.975, top=roof - 0.06, bottom=0.145, wspace=0.08)
    inches = 0.95 * (0.975 - left) / len(arms) * sheet.WIDTH
    for panel, arm in zip(axes, arms, strict=True):
        _bars(panel, rows, arm, 100 * influences.threshold)
        name = outcomes.titles[arm] if arm == outcomes.baseline else f"Gap of {outcomes.titles[arm]}"
        panel.set_title(
            "\n".join(broken(name, inches, 12.5, lines=2, bold=True)), loc="left", size=12.5, weight="bold", color=INK
        )
        panel.set_xlabel("% of the variance", color=GREY, size=12)
    axes[0].set_yticks(range(len(rows)), labels)
    axes[0].tick_params(axis="y", labelcolor=INK, labelsize=11)
    low, high = axes[0].get_xlim()
    axes[0].set_xlim(0, high + 0.1 * (high - low))
    return figure


def _drawn(outcomes: Outcomes, influences: Influences) -> list[str]:
    """Return the arms that a sheet has room for: those on which something has the largest influence, in their order."""
    strength = {arm: max(row.arms[arm].share for row in influences.found) for arm in outcomes.arms}
    chosen = sorted(strength, key=lambda arm: -strength[arm])[:PANELS]
    return [arm for arm in outcomes.arms if arm in chosen]


def _bars(panel: Axes, rows: list[Parameter], arm: str, edge: float) -> None:
    sheet.bare(panel)
    panel.grid(visible=False, axis="y")
    panel.tick_params(axis="y", length=0)
    for place, row in enumerate(rows):
        one = row.arms[arm]
        share = 100 * max(0.0, one.share)
        panel.barh(place, share, height=0.6, color=_colour(one), zorder=2)
        panel.annotate(
            f"{share:.0f}", (share, place), xytext=(5, 0), textcoords="offset points", va="center", size=10.5,
            color=INK if one.passes else GREY,
        )  # fmt: skip
    panel.axvline(edge, color=INK, linewidth=1.2, linestyle=(0, (4, 3)), zorder=3)
    panel.set_ylim(-0.6, len(rows) - 0.4)


def _colour(one: Influence) -> str:
    if not one.passes:
        return PALE
    if one.direction and one.direction.low > 0:
        return BLUE
    return VERMILION if one.direction and one.direction.high < 0 else INK


def _title(outcomes: Outcomes, influences: Influences, arms: list[str]) -> str:
    row, arm = max(
        ((row, arm) for row in influences.found for arm in arms), key=lambda cell: cell[0].arms[cell[1]].share
    )
    name = outcomes.titles[arm]
    what = f"with {name}" if arm == outcomes.baseline else f"in what {name} adds"
    return f"{row.meaning}: {100 * row.arms[arm].share:.0f} % of the difference between points {what}"
