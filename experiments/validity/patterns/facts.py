"""What happened where health services changed, and the runs in which the model is asked for the same.

Judged as patterns are. How a fact is known: A read in an abstract or a summary only; C computed from public data; F read
in the source named.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import inf, nan
from typing import Any

import numpy as np

from experiments.validity.patterns import measured, setups
from experiments.validity.patterns.catalogue import COMPLEX, SIMPLE, Pattern, Range
from experiments.validity.patterns.setups import BUNDLE, SCENARIO
from experiments.validity.runs import Lived, lived
from simulation import Request

MONTH, YEAR = 52 / 12, 52
EARLY, LATE = round(18 * MONTH), round(42 * MONTH)
LITTLE, WHOLLY = 0.2, 0.8
FACTS = (
    Pattern("F1", "A switch in English practices",
            "simple change, the bundle: an organisation's steepest half year; share that switch after 14 months or never",
            "steepest half year .76 of a practice's change; a quarter of practices only after 14 months (Walker 2019, A)",
            (Range("steepest", 0.5, 1.0), Range("late", 0.15, 0.5))),
    Pattern("F2", "Advancing Quality: paid hospitals ahead, then caught up",
            "simple change, the bundle: paid less unpaid after 18 months; after 42 months, by that",
            "mortality -1.3 points at 18 months, -.1 and not significant at 42, as controls caught up (NEJM 2012, 2014, A)",
            (Range("paid_early", 0.0, inf, surely=True), Range("paid_left", -inf, 0.5))),
    Pattern("F3", "Keystone and Matching Michigan: convened by peers, or ordered",
            "simple change, after two years: the bundle less a mandate; a mandate less nothing; under a mandate, "
            "organisations changed wholly, and those little",
            "Michigan 2.5 to .76 infections per 1,000 catheter-days over ten years; run from the top, no gain over the trend, "
            "and of 17 units 1 transformed, 5 boosted, 11 little changed (Implement Sci 2013, A)",
            (Range("convened_over_ordered", 0.0, inf, surely=True), Range("ordered_over_trend", -0.05, 0.05),
             Range("ordered_wholly", 0.0, 0.2), Range("ordered_little", 0.4, 0.9))),
    Pattern("F4", "Stroke services: a convener with authority, and one that had to compromise",
            "complex change, the bundle, in the end: with authority less without a convener; a place less without",
            "London, with authority, gained beyond England; Manchester's compromise did not (BMJ 2014, A)",
            (Range("authority", 0.0, inf, surely=True), Range("compromise", -0.05, 0.05))),
    Pattern("F5", "Pioneers and Vanguards: effects after three years",
            "complex change: share of the bundle's gain over no leaders after three years that is there after one",
            "emergency admissions +6.4 and +8.8 against +12 %, mostly in the last year (PMC8274044, A)",
            (Range("gain_early", -inf, 0.34),)),
    Pattern("F6", "The surgical checklist: what an order brings",
            "simple change, ordered, after one year: declared; of these, enacted",
            "attempted 87 %, complete in 55 % of those (Pickering 2013, F)",
            (Range("declared", 0.75, 0.95), Range("enacted", 0.4, 0.7))),
    Pattern("F7", "Projects that last",
            "complex change: of what stood when leaders left, the share that stands two years later",
            "about a third of projects last and spread; 45 % of programmes go on, of 125 (reviews, A)",
            (Range("stands", 0.3, 0.5),)),
)  # fmt: skip


def conditions(replicate: int, seed: int = 1) -> dict[str, Request]:
    """Return the runs of one replicate by condition."""

    def request(change: str, tactics: Mapping[str, float], settings: Mapping[str, Any] = {}, **more: Any) -> Request:
        more = {"weeks": setups.WEEKS, **more}
        return Request(SCENARIO, dict(tactics), dict(settings), seed=seed, replicate=replicate, change=change, **more)

    gone = ((setups.EXIT, {"settings": {"leaders.hours": 0.0}}),)
    kinds = {"authority": "place_with_authority", "place": "place", "no_convener": "none"}
    return {
        "simple": request(SIMPLE, BUNDLE),
        "simple_paid": request(SIMPLE, BUNDLE, {"incentives.payment": 1.0}),
        "simple_ordered": request(SIMPLE, {}, {"incentives.mandate": 1.0}),
        "simple_alone": request(SIMPLE, {}, {"leaders.number": 0}),
        **{name: request(COMPLEX, BUNDLE, {"convening.kind": kind}) for name, kind in kinds.items()},
        "complex_alone": request(COMPLEX, {}, {"leaders.number": 0}),
        "complex_exit": request(COMPLEX, BUNDLE, weeks=setups.EXIT + setups.AFTER_EXIT, schedule=gone),
    }


def of_replicate(replicate: int, seed: int = 1) -> dict[str, float]:
    """Return every statistic of one replicate."""
    runs = {name: lived(request) for name, request in conditions(replicate, seed).items()}
    return {**_of_payment(runs), **_of_orders(runs), **_of_conveners(runs), **_of_switching(runs["simple"])}


def _of_switching(run: Lived) -> dict[str, float]:
    times = measured.organisation_times(run.adoptions)
    return {"steepest": measured.of_run(run)["steepest"], "late": float((times > 14 * MONTH).mean())}


def _of_payment(runs: Mapping[str, Lived]) -> dict[str, float]:
    gap = runs["simple_paid"].adopted - runs["simple"].adopted
    return {"paid_early": float(gap[EARLY]), "paid_left": float(gap[LATE] / gap[EARLY]) if gap[EARLY] > 0 else nan}


def _of_orders(runs: Mapping[str, Lived]) -> dict[str, float]:
    ordered, alone, led = (runs[name].adopted for name in ("simple_ordered", "simple_alone", "simple"))
    homes = runs["simple_ordered"].adoptions.units["organisation"]
    by_two_years = runs["simple_ordered"].adoptions.times <= 2 * YEAR
    shares = np.bincount(homes, by_two_years) / np.bincount(homes)
    in_name = runs["simple_ordered"].complying[YEAR]
    declared = float(ordered[YEAR] + in_name)
    return {
        "convened_over_ordered": float(led[2 * YEAR] - ordered[2 * YEAR]),
        "ordered_over_trend": float(ordered[2 * YEAR] - alone[2 * YEAR]),
        "ordered_wholly": float((shares > WHOLLY).mean()),
        "ordered_little": float((shares < LITTLE).mean()),
        "declared": declared,
        "enacted": float(ordered[YEAR]) / declared if declared else nan,
    }


def _of_conveners(runs: Mapping[str, Lived]) -> dict[str, float]:
    without = runs["no_convener"].adopted
    gain = runs["place"].adopted - runs["complex_alone"].adopted
    return {
        "authority": float(runs["authority"].adopted[-1] - without[-1]),
        "compromise": float(runs["place"].adopted[-1] - without[-1]),
        "gain_early": float(gain[YEAR] / gain[3 * YEAR]) if gain[3 * YEAR] > 0 else nan,
        "stands": float(runs["complex_exit"].kept[setups.EXIT]),
    }
