"""What a report leaves out so that every arm is seen over the same points and replicates, in words."""

from __future__ import annotations

from experiments.analysis.parameters.meanings import set_to
from experiments.analysis.summary import Summary
from simulation.words import counted

FEW = 3


def left_out(summary: Summary) -> str:
    """Return what was left out and which arms lack it, empty where nothing was."""
    out = summary.left_out
    arms = "; ".join(f"{summary.titles[arm]} ({counted(count, 'run')})" for arm, count in out.arms.items())
    words = [f"Left out, as most of its runs failed or are missing: {arms}."] if arms else []
    parts = [counted(len(out.replicates), "replicate")] if out.replicates else []
    parts += [counted(len(out.points), "point") + _values(out.points)] if out.points else []
    parts += [f"{counted(out.cells, 'run')} of each arm besides"] if out.cells else []
    if parts:
        lacking = "; ".join(f"{summary.titles[arm]} {counted(count, 'run')}" for arm, count in out.lacks.items())
        words.append(
            f"So that every arm is seen over the same runs, this leaves out {' and '.join(parts)}, "
            f"{counted(out.runs, 'finished run')} in all. Lacking: {lacking}."
        )
    return " ".join(words)


def _values(points: dict[int, dict[str, object]]) -> str:
    """Return the values of few points of few parameters."""
    if len(points) > FEW or any(not 0 < len(row) <= FEW for row in points.values()):
        return ""
    return f" ({'; '.join(', '.join(set_to(name, value) for name, value in row.items()) for row in points.values())})"
