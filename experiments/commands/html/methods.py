"""The paragraph of methods and the citation of a study, filled with its own numbers."""

from __future__ import annotations

from experiments.analysis.statistics.estimates import BOUNDED, STUDENT, T_NEEDS
from experiments.analysis.summary import Summary
from experiments.analysis.wording import margin_words
from experiments.analysis.writing import lowered
from experiments.figures.elements import Content
from experiments.store.provenance import Provenance
from simulation.words import counted


def methods(summary: Summary, known: Provenance) -> str:
    """Return how the study was made and analysed, as a paragraph for a paper."""
    return " ".join(part for part in (*_made(summary, known), *_analysed(summary), *_lost(summary)) if part)


def _made(summary: Summary, known: Provenance) -> list[str]:
    where = f" of the scenario {summary.scenario}" if summary.scenario else ""
    what = f", in which the change {summary.change} was to be adopted," if summary.change else ""
    arms, replicates = len(summary.titles), known.replicates or summary.units
    over = f", at each of {counted(summary.points, 'point')} of its parameters" if summary.points > 1 else ""
    weeks = "" if summary.weeks is None else f" for {counted(summary.weeks, 'week')}"
    seed = "of unknown seed" if summary.seed is None else f"(seed {summary.seed})"
    luck = (
        "each point has random numbers of its own, which its arms share"
        if summary.own_random_numbers
        else "arms share their random numbers, replicate by replicate"
    )
    return [
        f"We simulated {counted(arms, 'arm')}{where}{what} {counted(replicates, 'time')} each{over},{weeks} with syslead "
        f"{made_with(known)}, an agent-based model of staff, organisations and leaders {seed}.",
        f"The {luck}." if arms > 1 else "",
    ]


def made_with(known: Provenance) -> str:
    """Return the versions that made the runs, and the first digits of the hash of their sources."""
    found = []
    for made in known.made_with:
        sources, versions = str(made.get("sources", ""))[:12], made.get("versions", {})
        number = str(versions.get("syslead", "")) if isinstance(versions, dict) else ""
        found.append(f"{number} (sources {sources})" if sources else number)
    return " and ".join(filter(None, dict.fromkeys(found))) or "of unknown version"


def _analysed(summary: Summary) -> list[str]:
    notes = {share.note for row in summary.arms for share in row.shares.values()}
    kinds = {
        STUDENT: "Student's t",
        BOUNDED: f"exact for means within bounds, as there are fewer than {T_NEEDS} {summary.unit}s",
    }
    kind = next((kinds[note] for note in kinds if note in notes), "")
    tests = max((sum(row.adjusted_p is not None for row in found.arms) for found in summary.outcomes), default=0)
    holm = f", after Holm's correction for {tests} comparisons," if tests > 1 else ""
    outcomes = "; ".join(
        f"{lowered(found.asked.called)} (margin {margin_words(found.asked)})" for found in summary.outcomes
    )
    half = summary.censored is not None
    return [
        f"Outcomes, with the smallest difference that matters: {outcomes}.",
        f"Intervals are 95 % intervals of the mean over {counted(summary.units, summary.unit)} ({kind})."
        if kind
        else "No intervals are given.",
        f"Arms were compared with {summary.titles[summary.baseline]} in pairs of runs with the same random numbers."
        if summary.compared
        else "",
        f"A difference is called significant at 5 %{holm} on a paired test." if tests else "",
        "Times to half the staff are medians after Kaplan and Meier; runs that never got there are censored at the horizon."
        if half
        else "",
    ]


def _lost(summary: Summary) -> list[str]:
    total = summary.done + summary.failed + summary.missing
    left = f"; {counted(summary.left_out.runs, 'finished run')} without a twin in every arm {'was' if summary.left_out.runs == 1 else 'were'} left out"
    return [
        f"Of {counted(total, 'run')}, {summary.failed:,} failed and {summary.missing:,} were not made{left if summary.left_out.runs else ''}.",
        "The model is of a theory, most of its numbers are assumed, and it has not been fitted to data.",
    ]


def cited(summary: Summary, known: Provenance) -> list[Content]:
    """Return what tells these numbers apart from any others, for a citation."""
    seed = "seed unknown" if summary.seed is None else f"seed {summary.seed}"
    table = f", table {known.table_hash[:12]}" if known.table_hash else ""
    return [f"{seed}, {counted(known.replicates or summary.units, 'replicate')}{table}"]
