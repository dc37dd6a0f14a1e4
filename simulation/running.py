"""Run a request, and what comes of it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from . import tactics
from .entities import KINDS, PROFESSIONS, TIERS
from .errors import Invalid
from .initialisation.beginnings import world_at_start
from .initialisation.leadership import conducted, planned
from .initialisation.organisations import world_key
from .observables import observe
from .request import Request
from .scenario import Scenario, economy
from .settings import standing
from .sizes import problem_with_threads
from .soundness import OutOfRange, refuse_observables, refuse_states
from .world import UNKNOWN, Array, Plan, World


class Held(NamedTuple):
    """Conversations of one kind: how many were held, and what share of them failed."""

    held: int
    failed_share: float


class Result(NamedTuple):
    """What one run shows."""

    request: Request
    adopted_share: Array  # float64 (weeks + 1,)
    declared_share: Array  # float64 (weeks + 1,)
    observables: dict[str, float | None]
    by_organisation: Array  # float32 (weeks + 1, organisations)
    by_tier: dict[str, Array]  # adopted share of each tier, float64 (weeks + 1,)
    by_kind: dict[str, Array]  # the same for each kind of organisation there is
    by_profession: dict[str, Array]  # the same for each profession there is
    conversations: dict[str, Held]  # by tactic
    organisations: list[dict[str, Any]]


class Phase(NamedTuple):
    """Weeks during which nothing about the plan changes."""

    start: int
    stop: int
    settings: Any
    plan: Plan
    groups: dict[str, Any]


def phases(request: Request, scenario: Scenario, leaders: Array) -> list[Phase]:
    """Return the phases of a run: one, or as many as its schedule makes."""
    mix, settings = dict(request.tactics), dict(request.settings)
    changes = {week: changes for week, changes in sorted(request.schedule) if week < request.weeks}
    starts = sorted({0, *changes})
    found = []
    for start, stop in zip(starts, [*starts[1:], request.weeks], strict=True):
        change = changes.get(start, {})
        mix = dict(change.get("tactics", mix))
        settings |= change.get("settings", {})
        groups, stands, _ = standing(scenario, mix, settings)
        plan = planned(leaders, scenario, groups, mix, (request.seed, request.replicate))
        found.append(Phase(start, stop, stands, plan, groups))
    return found


def prepared(request: Request) -> tuple[Scenario, World, list[Phase]]:
    """Return the world at week 0 of a checked request, and the phases to come."""
    scenario = economy(request.scenario, request.change)
    first = {week: changes for week, changes in request.schedule}.get(0, {})
    mix = first.get("tactics", request.tactics)
    groups = standing(scenario, mix, request.settings | first.get("settings", {})).at_the_start
    world = world_at_start(scenario, groups, request.weeks, (request.seed, request.replicate))
    return scenario, world, phases(request, scenario, world.leaders)


def lead(world: World, scenario: Scenario, phase: Phase, request: Request) -> None:
    """Write into the leaders what a phase says of their conduct; whom they can see is to be worked out anew."""
    world.access.fill(UNKNOWN)
    conducted(world.leaders, scenario, phase.groups["leaders"], world_key(request.seed, request.replicate))


def run(request: Request, allow_large: bool = False, threads: int = 1) -> Result:
    """Run a request.

    Parameters
    ----------
    request : Request
        What to run.
    allow_large : bool
        Whether to lift the limit on the number of staff.
    threads : int
        On how many threads, with the same results; below 50,000 simulated staff, and by the readable engine, on one.

    Raises
    ------
    Invalid
        With everything that is wrong with the request; nothing is built then.
    FailedRun
        It has come to a number that cannot be: with the tactic, the number, the person and the week.

    Examples
    --------
    >>> result = run(Request("tiny", weeks=4))
    >>> len(result.adopted_share)
    5
    """
    request.check(allow_large)
    if problem := problem_with_threads(threads):
        raise Invalid([problem])
    try:
        return result(request, lived(request, request.threads(threads)))
    except OutOfRange as failed:
        raise _located(request, failed) from None


def lived(request: Request, threads: int = 1) -> World:
    """Return the world as a checked run leaves it."""
    scenario, world, to_come = prepared(request)
    several = {"threads": threads} if threads > 1 else {}
    engine = engine_named(request.engine)
    for phase in to_come:
        lead(world, scenario, phase, request)
        engine.advance(world, phase.settings, phase.plan, phase.start, phase.stop, **several)
    return world


def _located(request: Request, failed: OutOfRange) -> OutOfRange:
    """Live a run once more, looking after each week, and return what is to be said where it first comes to what cannot be."""
    scenario, world, to_come = prepared(request)
    engine = engine_named(request.engine)
    try:
        for phase in to_come:
            lead(world, scenario, phase, request)
            for week in range(phase.start, phase.stop):
                engine.advance(world, phase.settings, phase.plan, week, week + 1)
                refuse_states(world, week, phase.plan)
    except OutOfRange as located:
        return located
    return failed


def engine_named(name: str) -> Any:
    """Return the module of an engine, which runs weeks by its function `advance`."""
    if name == "agents":
        from . import agents

        return agents
    from . import kernel

    return kernel


def result(request: Request, world: World) -> Result:
    """Return what a finished run shows.

    Raises
    ------
    FailedRun
        It has come to what cannot be.
    """
    record, organisations, staff = world.record, world.organisations, world.staff
    refuse_states(world)
    everyone = int(staff["weight"].sum())
    adopted = record.adopted.sum(axis=1) / everyone
    declared = adopted + record.complying / everyone
    observables = observe(world, adopted, declared, everyone)
    refuse_observables(observables)
    return Result(
        request,
        adopted,
        declared,
        observables,
        (record.by_organisation / organisations["weight"]).astype("f4"),
        _shares(record.adopted, TIERS, staff["tier"], staff["weight"]),
        _shares(_by_kind(world), KINDS, organisations["kind"], organisations["weight"]),
        _shares(record.by_profession, PROFESSIONS, staff["profession"], staff["weight"]),
        _held(world),
        described(organisations, own_names(request)),
    )


def _shares(adopted: Array, names: Sequence[str], codes: Array, weights: Array) -> dict[str, Array]:
    """Return the adopted share by name, of groups that have anyone in them."""
    people = np.bincount(codes, weights, minlength=len(names))
    return {name: adopted[:, k] / people[k] for k, name in enumerate(names) if people[k] > 0}


def _by_kind(world: World) -> Array:
    """Return the people who had adopted by week and kind of organisation."""
    member = world.organisations["kind"][:, None] == np.arange(len(KINDS))
    people: Array = world.record.by_organisation @ member.astype(np.int64)
    return people


def _held(world: World) -> dict[str, Held]:
    held, heard = world.skills["held"].sum(axis=0).tolist(), world.skills["heard"].sum(axis=0).tolist()
    return {
        name: Held(tried, 1.0 - succeeded / tried)
        for name, tried, succeeded in zip(tactics.conversations, held, heard, strict=True)
        if tried
    }


def own_names(request: Request) -> list[str]:
    """Return what a user calls their own organisations, or nothing where the scenario's are drawn."""
    if not request.scenario.endswith(".toml"):
        return []
    scenario = economy(request.scenario, request.change)
    if not scenario.tables:
        return []
    from .initialisation.given import organisation_names
    from .own_data.tables import read

    return organisation_names(read(scenario.tables, scenario.directed))


def described(organisations: Array, names: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return each organisation's name, which is the user's own where there is one, kind, system and people."""
    counts: dict[tuple[int, int], int] = {}
    found = []
    columns = (organisations[field].tolist() for field in ("system", "kind", "weight"))
    systems = int(organisations["system"].max()) + 1
    for o, (system, code, weight) in enumerate(zip(*columns, strict=True)):
        number = counts[system, code] = counts.get((system, code), 0) + 1
        kind = KINDS[code]
        name = f"{kind.replace('_', ' ')} {number}" + (f", system {system + 1}" if systems > 1 else "")
        people = round(weight / 1024)
        found.append({"name": names[o] if names else name, "kind": kind, "system": system, "staff": people})
    return found
