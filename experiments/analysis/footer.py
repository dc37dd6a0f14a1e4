"""How a sweep was made, as the foot of a figure says it."""

from __future__ import annotations

from experiments.analysis.outcomes import Outcomes
from experiments.analysis.parameters.meanings import set_in_all
from experiments.analysis.wording import what_intervals_are
from simulation.words import counted


def footer(outcomes: Outcomes, how_sure: str = "") -> str:
    """How a sweep was made, in one line, and in another what its intervals tell of, or how sure a figure without any is."""
    words = [counted(outcomes.units, f"paired {outcomes.unit}" if len(outcomes.arms) > 1 else outcomes.unit)]
    words.append(counted(outcomes.done, "run"))
    if outcomes.is_horizon_known:
        words.append(outcomes.end)
    words.append("seed unknown" if outcomes.seed is None else f"seed {outcomes.seed}")
    if outcomes.scenario:
        words.append(f"scenario {outcomes.scenario}")
    if outcomes.change:
        words.append(f"change {outcomes.change}")
    words += set_in_all(outcomes.settings)
    if outcomes.failed:
        words.append(f"{outcomes.failed:,} of {outcomes.expected:,} runs failed")
    if outcomes.left_out.runs:
        words.append(f"{outcomes.left_out.runs:,} left out that not every arm has")
    title = f"{outcomes.title}{'' if outcomes.title.endswith(('.', '?', '!')) else '.'} " if outcomes.title else ""
    return f"{title}{', '.join(words)}.\n{how_sure or what_intervals_are(outcomes)}"
