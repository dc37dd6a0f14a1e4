"""Chances and ranks, worked out from what defines them, by which reports are checked."""

import math

import numpy as np


def number(cell):
    """Return a cell as a number, switches as 1 and 0, words as they are."""
    words = str(cell).lower()
    try:
        return {"true": 1.0, "false": 0.0}.get(words) if words in ("true", "false") else float(words)
    except ValueError:
        return words


def are_alike(values):
    """Whether values differ by rounding alone."""
    return max(values) - min(values) <= 1e-12 * max(map(abs, values))


def student_tail(t, free):
    """The chance that Student's t exceeds so much, by Simpson's rule over the angle whose tangent is t / sqrt(free)."""
    angle = np.linspace(math.atan(t / math.sqrt(free)), math.pi / 2, 20_001)
    heights = np.cos(angle) ** (free - 1)
    step = angle[1] - angle[0]
    area = step / 3 * (heights[0] + heights[-1] + 4 * heights[1:-1:2].sum() + 2 * heights[2:-1:2].sum())
    return float(area * math.exp(math.lgamma((free + 1) / 2) - math.lgamma(free / 2)) / math.sqrt(math.pi))


def at_least(successes, trials, chance):
    """Return the chance of so many successes or more."""
    return sum(
        math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(successes, trials + 1)
    )  # fmt: skip


def holm(p_values):
    """Return p-values adjusted as one family, after Holm."""
    ordered, adjusted, so_far = sorted(p_values, key=p_values.get), {}, 0.0
    for rank, key in enumerate(ordered):
        so_far = max(so_far, min(1.0, (len(ordered) - rank) * p_values[key]))
        adjusted[key] = so_far
    return adjusted


def ranks(values):
    """Return ranks, ties in the middle of their places."""
    return [
        sum(other < value for other in values) + (sum(other == value for other in values) + 1) / 2 for value in values
    ]


def spearman(a, b):
    """Return the rank correlation, None where there is none."""
    if len(a) < 5 or max(a) == min(a) or max(b) == min(b):
        return None
    return float(np.corrcoef(ranks(a), ranks(b))[0, 1])
