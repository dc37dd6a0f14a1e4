"""The statistics of patterns, from the runs of one replicate."""

from __future__ import annotations

from math import nan

import numpy as np

from experiments.validity.adoptions import Adoptions, Array
from experiments.validity.patterns import setups
from experiments.validity.patterns.setups import Setup
from experiments.validity.runs import Lived, lived, watched
from experiments.validity.statistics import curve, exposure, hazard, likeness
from simulation import Request
from simulation.clustering import half_times
from simulation.running import prepared

HALF_YEAR, YEAR = 26.0, 52.0
SMALLEST = 5
"""Simulated members of an organisation whose share and steepest half year count."""
SECOND = 1_000_000
"""How far from a replicate the one lies from which its second change is drawn."""
OF_THIS_CHANGE = ("fit", "cost", "gain")
"""What an organisation is to one change, and not to another."""


def of_replicate(setup: Setup, replicate: int, everything: bool = True) -> dict[str, float]:
    """Return every statistic of one replicate; NaN where it cannot be had."""
    runs = {name: lived(request) for name, request in setups.conditions(setup, replicate, everything).items()}
    found = of_run(runs["usual"])
    if "exit" in runs:
        found |= _of_others(runs)
        other = _second_change(setup.request(replicate), replicate + SECOND)
        found["two_changes"] = correlation(
            organisation_times(runs["usual"].adoptions), organisation_times(other.adoptions)
        )
    if "paid" in runs:
        found |= _of_all_others(runs)
    return found


def of_discriminating(setup: Setup, replicate: int) -> dict[str, float]:
    """Return what one replicate says of the patterns that discriminate, and nothing that takes time besides."""
    request = setup.request(replicate)
    run, exit_ = lived(request), lived(setups.exiting(setup, replicate))
    other = _second_change(request, replicate + SECOND)
    return {
        **_of_end(run),
        **_of_exposure(run.adoptions),
        **_of_organisations(run),
        "lost_after_exit": 1.0 - float(exit_.kept[setups.EXIT]),
        "two_changes": correlation(organisation_times(run.adoptions), organisation_times(other.adoptions)),
    }


def _second_change(request: Request, replicate: int) -> Lived:
    """Return a run in the same organisations with the same people and ties, of another change in other weeks."""
    scenario, world, _ = prepared(request)
    other = request._replace(replicate=replicate)
    _, drawn, phases = prepared(other)
    if len(drawn.organisations) == len(world.organisations):
        for field in OF_THIS_CHANGE:
            world.organisations[field] = drawn.organisations[field]
    return watched(other, scenario, world, phases)


def of_run(run: Lived) -> dict[str, float]:
    """Return the statistics of a single run."""
    data = run.adoptions
    weeks = np.arange(1.0, data.end + 1.0)
    shares = curve.cumulative(data.times, weeks)
    fit = curve.bass(weeks, shares)
    return {
        **_of_end(run),
        "r2": fit.r2 if run.adopted[-1] > 0.5 else nan,
        "q_a_year": fit.q * YEAR,
        "q_over_p": fit.q / fit.p if fit.p else nan,
        "years": curve.duration(np.append(0.0, weeks), np.append((data.times <= 0).mean(), shares)) / YEAR,
        "gap_owned": float(run.complying[-1]),
        **_of_exposure(data),
        **_of_contagion(data),
        **_of_organisations(run),
    }


def _of_end(run: Lived) -> dict[str, float]:
    final = float(run.adopted[-1])
    return {"final": final, "lost": 1.0 - final / float(run.ever[-1]) if run.ever[-1] else nan}


def _of_exposure(data: Adoptions) -> dict[str, float]:
    if data.ties is None or not len(data.ties.seen):
        return {}
    mean, sd, zero = exposure.thresholds(exposure.at_adoption(data))
    return {
        "exposure_mean": mean,
        "exposure_sd": sd,
        "exposure_zero": zero,
        "in_degree": likeness.rank_correlation_inside(data.ties.looked_at, data.ranked, data.units["organisation"]),
    }


def _of_contagion(data: Adoptions) -> dict[str, float]:
    if data.ties is None or not len(data.ties.seen):
        return {}
    odds = hazard.odds_ratio(hazard.person_periods(data))
    return {"odds_ratio": odds.value, "moran": likeness.morans_i(data.ranked, data.ties)}


def _of_organisations(run: Lived) -> dict[str, float]:
    data, homes = run.adoptions, run.adoptions.units["organisation"]
    now = likeness.shares_by_unit(run.now, homes, SMALLEST)
    times, systems = organisation_times(data), organisation_systems(data)
    by_chance = np.random.default_rng(1).permutation(systems)
    steepest = likeness.steepest_shares(data.times, homes, HALF_YEAR, SMALLEST)
    by_organisation, by_system = (known(run.time_icc[f"{level}_time_icc"]) for level in ("organisation", "system"))
    people_by_system = likeness.intraclass(data.ranked, data.units["system"]).value
    return {
        "plateau_sd": float(now.std(ddof=1)) if len(now) > 1 else nan,
        "laggards": float(now.min() < 0.2) if run.adopted[-1] > 0.6 and len(now) else nan,
        "icc_system": by_system,
        "icc_falls": by_organisation - people_by_system,
        "icc_placebo": likeness.intraclass(times, by_chance).value,
        "icc_people_by_organisation": by_organisation,
        "icc_people_by_system": people_by_system,
        "steepest": float(np.median(steepest)) if len(steepest) else nan,
        "size": correlation(run.staff, times),
    }


def organisation_times(data: Adoptions) -> Array:
    """Return when half of each organisation's people had adopted, one step after the end where they never had."""
    return half_times(data.ranked, data.units["organisation"])


def known(value: float | None) -> float:
    """Return an observable, NaN where it has no value."""
    return nan if value is None else value


def organisation_systems(data: Adoptions) -> Array:
    """Return the system of each organisation."""
    _, first = np.unique(data.units["organisation"], return_index=True)
    systems: Array = data.units["system"][first]
    return systems


def correlation(one: Array, other: Array) -> float:
    """Return the rank correlation of two columns; NaN where either does not vary."""
    return likeness.rank_correlation_inside(one, other) if len(one) == len(other) > 2 else nan


def _of_others(runs: dict[str, Lived]) -> dict[str, float]:
    return {
        "lost_after_exit": 1.0 - float(runs["exit"].kept[setups.EXIT]),
        "gap_ordered": float(runs["ordered"].complying[-1]),
    }


def _of_all_others(runs: dict[str, Lived]) -> dict[str, float]:
    small, large = (runs[name].adopted for name in ("small_ego", "large_ego"))
    early = float(large[setups.EARLY] - small[setups.EARLY])
    by_closure = {
        name: float(runs[f"{name}_diverging"].adopted[-1] - runs[f"{name}_conforming"].adopted[-1])
        for name in ("closed", "open")
    }
    return {
        "shock": _rise(runs["paid"]) / _rise(runs["unpaid"]) if _rise(runs["unpaid"]) else nan,
        "closure_divergence": by_closure["closed"] - by_closure["open"],
        "ego_early": early,
        "ego_late_less_early": float(large[-1] - small[-1]) - early,
    }


def _rise(run: Lived) -> float:
    """Return the chance to adopt in nine months after the shock, by that in the nine months before."""
    before, at, after = (run.ever[setups.SHOCK + part * setups.NINE_MONTHS] for part in (-1, 0, 1))
    if before == at or at == 1.0:
        return nan
    return float(((after - at) / (1.0 - at)) / ((at - before) / (1.0 - before)))
