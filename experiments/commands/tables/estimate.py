"""What a sweep would do, in words: runs, parameters with their values, time, disk and files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from experiments.commands.console import terminal, text
from experiments.commands.console.progress_line import duration
from experiments.commands.listing import shown
from simulation.words import counted

if TYPE_CHECKING:
    from experiments.design.cells import Value
    from experiments.design.study import Study
    from experiments.sweep.estimate import Estimate


def estimate_text(estimate: Estimate, study: Study, out: Path | None) -> str:
    """Return what a sweep would do and cost as plain text."""
    width = terminal.width()
    low, high = (duration(edge) for edge in estimate.seconds_range)
    factors = (
        counted(estimate.points, "point"),
        counted(len(estimate.arms), "arm"),
        counted(estimate.replicates, "replicate"),
    )
    sizes = f"{' x '.join(factors)} = {counted(estimate.whole, 'run')} of {counted(study.weeks, 'week')}"
    part = f"; {estimate.runs:,} of them in this part" if estimate.runs != estimate.whole else ""
    processes = counted(estimate.jobs, "process", "processes")
    facts = [
        ("runs", sizes + part),
        ("time", f"about {duration(estimate.seconds)} ({low} to {high}) with {processes}, from 3 pilot runs"),
        ("disk", f"about {size(estimate.disk_bytes)}"),
        ("files", ", ".join(str(out / name) if out else name for name in estimate.files)),
    ]
    lines = [terminal.bold(study.title), *text.listed(facts, width), ""]
    lines += [terminal.bold("Arms"), *text.listed([_arm(study, name) for name in estimate.arms], width)]
    if estimate.values:
        levels = [(name, _levels(values)) for name, values in estimate.values.items()]
        lines += ["", terminal.bold("Parameters that vary"), *text.listed(levels, width)]
    lines += ["", *(part for problem in estimate.problems for part in text.wrapped(problem, width))]
    return "\n".join([*lines, "Nothing was written."])


def _arm(study: Study, name: str) -> tuple[str, str]:
    """Name an arm with everything in which it differs from the defaults."""
    arm = next(arm for arm in study.arms if arm.name == name)
    words = [f"{tactic} {share:g}" for tactic, share in arm.tactics.items()]
    words += [f"{parameter} = {shown(value)}" for parameter, value in arm.settings.items()]
    words += [f"{counted(len(arm.schedule), 'change')} on the way"] if arm.schedule else []
    return name, f"{Path(arm.scenario).stem}: {', '.join(words) or 'no leader, no settings'}"


def _levels(values: list[Value] | tuple[Value, Value]) -> str:
    if isinstance(values, tuple):
        return f"from {shown(values[0])} to {shown(values[1])}"
    return ", ".join(shown(value) for value in values)


def size(number: float) -> str:
    """Return a number of bytes in a unit that suits it.

    >>> size(900), size(1_500_000)
    ('0.9 kB', '1.5 MB')
    """
    for unit in ("kB", "MB", "GB"):
        number /= 1000
        if number < 1000:
            return f"{number:.1f} {unit}"
    return f"{number / 1000:.1f} TB"
