"""The figures of a sweep, drawn from its tables alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.figure import Figure

from experiments.analysis.asked import ADOPTED, Asked, the_share
from experiments.analysis.outcomes import Outcomes, has_values
from experiments.analysis.parameters import effects
from experiments.analysis.parameters.influences import influences
from experiments.analysis.summary import DECLARED
from experiments.analysis.tables import read_curves
from experiments.figures import sheet
from experiments.figures.aligned import aligned_at, events_of
from experiments.figures.curves import FEW, adoption_by_arm, adoption_curves
from experiments.figures.differences import paired_differences
from experiments.figures.effects import changes
from experiments.figures.every_run import every_run
from experiments.figures.heat_map import heat_map, is_two_factor_grid
from experiments.figures.influences import what_matters
from experiments.figures.lettering import lettered
from experiments.figures.one_run import run_picture
from experiments.figures.time_to_half import time_to_half
from experiments.store.folder import TRAJECTORIES

__all__ = [
    "adoption_by_arm",
    "adoption_curves",
    "aligned_at",
    "changes",
    "draw",
    "every_run",
    "figures",
    "heat_map",
    "paired_differences",
    "run_picture",
    "time_to_half",
    "what_matters",
]


def draw(outcomes: Outcomes, folder: Path, out: Path, asked: Sequence[Asked] = ()) -> list[Path]:
    """Draw every figure that the tables of a result folder allow, and write each as PNG and SVG.

    Parameters
    ----------
    outcomes : Outcomes
        As read from the folder.
    folder : Path
        The result folder, for the weekly shares.
    out : Path
        Where the files go; made if need be.
    asked : sequence of Asked
        The outcomes to compare arms by; the share who have adopted, if none.

    Returns
    -------
    list of Path
        The files written.
    """
    sheets = figures(outcomes, folder, asked)
    return [path for name, picture in sheets.items() for path in sheet.save(picture, out, name)]


def figures(outcomes: Outcomes, folder: Path, asked: Sequence[Asked] = ()) -> dict[str, Figure]:
    """Return every figure that the tables of a result folder allow, by name; see `draw`."""
    outcomes = lettered(outcomes)
    sheets: dict[str, Figure] = {}
    for one in asked or [the_share(outcomes)]:
        if one.name == ADOPTED:
            sheets |= _of_adoption(outcomes, folder, one)
        else:
            sheets |= {f"{name}_{one.name}": picture for name, picture in _of_any(outcomes, one).items()}
    return sheets


def _of_any(outcomes: Outcomes, one: Asked) -> dict[str, Figure]:
    """Return the figures that any outcome has."""
    sheets = {}
    if len(outcomes.arms) > 1 and has_values(outcomes.runs, one.name):
        sheets["paired_differences"] = paired_differences(outcomes, one)
    if any(len(outcomes.of(arm)) > 1 for arm in outcomes.arms) and has_values(outcomes.runs, one.name):
        sheets["every_run"] = every_run(outcomes, one)
    found = None if effects.effects(outcomes) else influences(outcomes, one)
    if found and found.found:
        sheets["what_matters"] = what_matters(outcomes, one, found)
    return sheets


def _of_adoption(outcomes: Outcomes, folder: Path, one: Asked) -> dict[str, Figure]:
    sheets = {}
    # A very long sweep leaves the weekly table to `export`; the other figures do without.
    if (folder / TRAJECTORIES).is_file():
        weekly = read_curves(folder, outcomes)
        sheets["adoption_curves"] = adoption_curves(outcomes, weekly)
        if len(outcomes.arms) > FEW:
            sheets["adoption_by_arm"] = adoption_by_arm(outcomes, weekly)
        events = events_of(outcomes)
        says = events and outcomes.facts.has_compliance and has_values(outcomes.runs, DECLARED)
        declared = read_curves(folder, outcomes, DECLARED) if says else None
        sheets |= {f"aligned_at_{event.name}": aligned_at(outcomes, weekly, event, declared) for event in events}
    sheets |= _of_any(outcomes, one)
    sheets |= {table.name: changes(outcomes, table) for table in effects.effects(outcomes) if table.values}
    if is_two_factor_grid(outcomes):
        sheets["heat_map"] = heat_map(outcomes)
    if has_values(outcomes.runs, "weeks_to_50"):
        sheets["time_to_half"] = time_to_half(outcomes)
    return sheets
