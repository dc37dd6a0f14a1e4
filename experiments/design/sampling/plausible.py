"""Plausible worlds: a range of every number that nobody has measured (`design.around`), and random numbers of their own."""

from __future__ import annotations

from collections.abc import Mapping, Set
from math import ceil, floor
from typing import Any

from experiments.design.sampling.priors import Prior
from simulation import catalogue
from simulation.parameters import Parameter
from simulation.toml_file import Complaints, shown

PRIOR, ALL = "prior", "all"
"""What `design.around` says for the ranges that parameters declare themselves; and for those, and half of each other."""
HALF = 0.5
"""How far either way a number that is guessed, and declares no range, may plausibly lie from its default; assumed."""
RANDOM_NUMBERS = ("shared", "own")
"""What `design.random_numbers` may say: all points of a replicate share their random numbers, or each has its own."""


def own_random_numbers(complaints: Complaints, top: Mapping[str, Any]) -> bool:
    """Return whether each point of a study has random numbers of its own, noting what is no answer to that."""
    said = top.get("design", {}).get("random_numbers", RANDOM_NUMBERS[0])
    if said not in RANDOM_NUMBERS:
        words = " or ".join(f'"{one}"' for one in RANDOM_NUMBERS)
        complaints.add(["design", "random_numbers"], f"`design.random_numbers` must be {words}, but is {shown(said)}.")
    return bool(said == RANDOM_NUMBERS[1])


def problem_with(around: object) -> str:
    """Return what is wrong with the width of ranges, empty where nothing is."""
    is_share = isinstance(around, int | float) and not isinstance(around, bool) and 0 < around <= 1
    if around in (PRIOR, ALL) or is_share:
        return ""
    return f'must be a share of the default, above 0 and at most 1, "{PRIOR}" or "{ALL}", but is {shown(around)}'


def ranges(around: float | str, fixed: Set[str]) -> dict[str, Prior]:
    """Return the range of each number that is guessed: its declared prior, a share of its default either way, or both.

    Left out is what is fixed elsewhere, and what leaders are like, which stances and comparators set.
    """
    known = catalogue.parameters().values()
    free = [one for one in known if one.group != "leaders" and one.name not in fixed]
    declared = {one.name: _declared(one) for one in free if one.prior is not None}
    if around == PRIOR:
        return declared
    share = HALF if isinstance(around, str) else around
    about = {one.name: _about(one, share) for one in free if _is_guessed(one)}
    guessed = {name: prior for name, prior in about.items() if prior.low < prior.high}
    return {**guessed, **declared} if around == ALL else guessed


def _is_guessed(known: Parameter) -> bool:
    return known.kind in ("number", "integer") and "assumed" in known.source and float(known.default) > 0


def _declared(known: Parameter) -> Prior:
    low, high, shape = known.prior or (known.low, known.high, "even")
    return Prior(float(low), float(high), "log-uniform" if shape == "log" else "uniform", kind=known.kind)


def _about(known: Parameter, share: float) -> Prior:
    low, high = (float(known.default) * (1 + sign * share) for sign in (-1, 1))
    if known.kind == "integer":  # whole numbers, none of them further away than asked
        low, high = ceil(low), floor(high)
    return Prior(max(low, float(known.low)), min(high, float(known.high)), kind=known.kind)
