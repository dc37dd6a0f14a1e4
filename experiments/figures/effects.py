"""Figure of what swept parameters do: a dot for each change, a panel for each arm."""

from __future__ import annotations

from matplotlib.figure import Figure

from experiments.analysis.asked import the_share
from experiments.analysis.comparisons import is_within
from experiments.analysis.footer import footer
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.parameters.changes import ALL, BEYOND, SUM, Effects
from experiments.analysis.wording import coloured, harm_words, points, what_intervals_are
from experiments.figures import lettering, sheet
from experiments.figures.intervals import dots, make_room_for_numbers
from experiments.figures.lettering import broken, fitted
from experiments.figures.sheet import GREY, INK
from simulation.words import counted, signed

PANELS = 4
ROWS = 20
FEW = 10
LONGER = 4.3
LONGEST = 3.4  # inches, of the name of a change


def changes(outcomes: Outcomes, effects: Effects) -> Figure:
    """By how much each change of a swept parameter moves each arm, with 95 % intervals."""
    arms = list(effects.levels)[:PANELS]
    rows = effects.rows[:ROWS][::-1]
    colours = f" {coloured(effects.tested)}" if effects.tested else ""
    subtitle = f"{effects.meaning}{effects.how_sure}{colours}{_left_out(effects)}"
    figure, roof = sheet.sheet(
        _title(outcomes, effects), subtitle, footer(outcomes, what_intervals_are(outcomes, are_averages=False))
    )
    axes = figure.subplots(1, len(arms), sharex=True, sharey=True, squeeze=False)[0]
    # Two lines a label only where rows stand far enough apart for them.
    inches, lines = (LONGEST, 2) if len(rows) <= FEW else (LONGER, 1)
    labels = ["\n".join(broken(row.meaning, inches, 11, lines=lines)) for row in rows]
    left = 0.03 + max(lettering.width(line, 11) for label in labels for line in label.split("\n")) / sheet.WIDTH
    inches = 0.95 * (0.975 - left) / len(arms) * sheet.WIDTH
    figure.subplots_adjust(left=left, right=0.975, top=roof - 0.1, bottom=0.135, wspace=0.07)
    for panel, arm in zip(axes, arms, strict=True):
        dots(panel, [row.arms[arm].change for row in rows], [row.arms[arm].sign for row in rows])
        title = "\n".join(broken(outcomes.titles[arm], inches, 12.5, lines=2, bold=True))
        panel.set_title(title, loc="left", size=12.5, weight="bold", color=INK, pad=22)
        level = _level(effects, arm, outcomes.baseline)
        words = f"{fitted(effects.start, inches - lettering.width(f': {level}', 11), 11)}: {level}"
        panel.text(0, 1.015, words, transform=panel.transAxes, size=11, color=GREY)
        panel.set_xlabel("percentage points", color=GREY, size=12)
    make_room_for_numbers(axes[0])
    axes[0].set_yticks(range(len(rows)), labels)
    axes[0].tick_params(axis="y", labelcolor=INK, labelsize=11)
    return figure


def _level(effects: Effects, arm: str, baseline: str) -> str:
    is_gap = effects.are_gaps and arm != baseline
    return f"{signed(100 * effects.levels[arm])} points" if is_gap else f"{100 * effects.levels[arm]:.0f} %"


def _left_out(effects: Effects) -> str:
    arms, rows = len(effects.levels) - PANELS, len(effects.rows) - ROWS
    words = [counted(arms, "more arm")] * (arms > 0) + [counted(rows, "smaller change")] * (rows > 0)
    return f" Not drawn: {' and '.join(words)}." if words else ""


def _title(outcomes: Outcomes, effects: Effects) -> str:
    harm = harm_words(the_share(outcomes))
    found = {row.label: row for row in effects.rows}
    if ALL in found:
        arm = max(effects.levels, key=lambda arm: abs(found[BEYOND].arms[arm].change.value))
        together, apart = (points(found[label].arms[arm].change.value) for label in (ALL, SUM))
        interlock = ": the changes interlock" if found[BEYOND].arms[arm].sign else ""
        return f"{outcomes.titles[arm]}: all at once {together} points, each alone and summed {apart}{interlock}{harm}"
    return f"{_without(outcomes, effects) or _largest(outcomes, effects)}{harm}"


def _without(outcomes: Outcomes, effects: Effects) -> str:
    """Say without what arms make no difference, where their whole intervals lie within the margin and did not before."""
    margin = the_share(outcomes).margin
    for row in effects.rows:
        moved = [
            arm for arm, effect in row.arms.items() if effect.sign and effect.gap and is_within(effect.gap, margin)
        ]
        if moved and abs(effects.levels[moved[0]]) > margin:
            who = outcomes.titles[moved[0]] if len(moved) == 1 else f"{len(moved)} arms"
            return (
                f"{row.meaning}. Then {who} make{'s' * (len(moved) == 1)} no difference beyond {100 * margin:g} points"
            )
    return ""


def _largest(outcomes: Outcomes, effects: Effects) -> str:
    # What rests on a mechanism is the gap; what the baseline itself reaches is asked only where it stands alone.
    arms = [arm for arm in effects.levels if arm != outcomes.baseline] or [outcomes.baseline]
    row, arm = max(
        ((row, arm) for row in effects.rows for arm in arms), key=lambda cell: abs(cell[0].arms[cell[1]].change.value)
    )
    name, base = outcomes.titles[arm], outcomes.titles[outcomes.baseline]
    what = f"the share of {name}" if arm == outcomes.baseline else f"what {name} is ahead of {base}"
    return f"{row.meaning}. That moves {what} by {points(row.arms[arm].change.value)} points"
