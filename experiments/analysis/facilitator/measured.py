"""What a study's result folder says of the claims of its sheet."""

from __future__ import annotations

import numpy as np
import pandas as pd

from experiments.analysis.asked import declared
from experiments.analysis.facilitator.evidence import Evidence
from experiments.analysis.facilitator.sheet import Claim, Sheet
from experiments.analysis.outcomes import TIMES, Outcomes
from experiments.analysis.statistics.estimates import Interval, PairedDifference, mean, paired_difference
from experiments.analysis.statistics.proportions import SAME

DIGITS = 5


def measured(sheet: Sheet, outcomes: Outcomes) -> dict[str, Evidence]:
    """Return the evidence for each claim of a sheet, by its key.

    Parameters
    ----------
    sheet : Sheet
        What is claimed.
    outcomes : Outcomes
        Of the study that the sheet is about.
    """
    return {claim.key: _evidence(claim, outcomes) for claim in sheet.claims}


def _evidence(claim: Claim, outcomes: Outcomes) -> Evidence:
    values = [_values(claim.outcome, cell.arm, cell.point, outcomes) for cell in claim.cells]
    asked = declared(claim.outcome, outcomes.weeks, "")
    cells = [cell.weight * each for cell, each in zip(claim.cells, values, strict=True)]
    total = sum(cells[1:], cells[0])
    found: Interval | PairedDifference = (
        mean(total, (asked.low, asked.high))
        if len(cells) == 1
        else paired_difference(total, np.zeros(len(total)), len(cells) // 2 * asked.reach)
    )
    margin = SAME if asked.is_share else asked.margin
    ahead, behind = (int((side > margin).sum()) for side in (total, -total))
    levels = [round(float(each.mean()), DIGITS) for each in values]
    # Where all pairs are alike there is no interval, and nothing to be unsure of between runs.
    edges = (found.low, found.high) if found.low == found.low else (found.value, found.value)
    value, low, high = (round(float(each), DIGITS) for each in (found.value, *edges))
    return Evidence(levels, value, low, high, ahead, behind, len(total))


def _values(outcome: str, arm: str, point: int, outcomes: Outcomes) -> pd.Series[float]:
    """Return an outcome of every replicate of an arm at a point; a run that never got there is at the horizon."""
    runs = outcomes.of(arm)
    found = runs[runs["point"] == point].set_index("replicate")[outcome].sort_index().astype(np.float64)
    return found.fillna(outcomes.weeks) if outcome.startswith(TIMES) else found
