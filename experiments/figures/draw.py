"""The figures of a sweep, drawn from its tables alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from experiments.analysis import effects
from experiments.analysis.asked import Asked
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.tables import read_curves
from experiments.figures import sheet
from experiments.figures.curves import FEW, adoption_by_arm, adoption_curves
from experiments.figures.differences import paired_differences, time_to_half
from experiments.figures.effects import changes
from experiments.figures.lettering import lettered
from experiments.figures.one_run import run_picture

__all__ = [
    "adoption_by_arm",
    "adoption_curves",
    "changes",
    "draw",
    "paired_differences",
    "run_picture",
    "time_to_half",
]


def draw(outcomes: Outcomes, folder: Path, out: Path, asked: Sequence[Asked] = ()) -> list[Path]:
    """Draw every figure that the tables of a result folder allow.

    Parameters
    ----------
    outcomes : Outcomes
        As read from the folder.
    folder : Path
        The result folder, for the weekly shares.
    out : Path
        Where the files go; made if need be.

    Returns
    -------
    list of Path
        The files written, a PNG and an SVG a figure.
    """
    outcomes = lettered(outcomes)
    sheets = {}
    # A very long sweep leaves the weekly table to `export`; the other figures do without.
    if (folder / "trajectories.csv.gz").is_file():
        weekly = read_curves(folder, outcomes)
        sheets["adoption_curves"] = adoption_curves(outcomes, weekly)
        if len(outcomes.arms) > FEW:
            sheets["adoption_by_arm"] = adoption_by_arm(outcomes, weekly)
    if len(outcomes.arms) > 1:
        sheets["paired_differences"] = paired_differences(outcomes)
    sheets |= {table.name: changes(outcomes, table) for table in effects.effects(outcomes)}
    if "weeks_to_50" in outcomes.runs and outcomes.runs["weeks_to_50"].notna().any():
        sheets["time_to_half"] = time_to_half(outcomes)
    return [path for name, picture in sheets.items() for path in sheet.save(picture, out, name)]
