"""One run of the model as data on adoption: who first adopted in which week, where they work, and to whom they listen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from experiments.validity.adoptions import NEVER, Adoptions, Array, Ties
from simulation import Request
from simulation.clustering import adoption_times, of_times
from simulation.entities import ADOPTED, COMPLYING
from simulation.running import Phase, engine_named, lead, prepared
from simulation.scenario import Scenario
from simulation.world import World

LEVELS = ("organisation", "system")


class Lived(NamedTuple):
    """A run, watched week by week."""

    adoptions: Adoptions  # each member of staff once, also where they stand for many; by first adoption
    adopted: Array  # float64 (weeks + 1,): share who have adopted now
    complying: Array  # float64 (weeks + 1,): share who comply in name now
    ever: Array  # float64 (weeks + 1,): share who had ever adopted
    kept: Array  # float64 (weeks + 1,): of those who had adopted at a week, the share who have at the end
    now: Array  # bool (people,): whether each has adopted at the end
    staff: Array  # int64 (organisations,): people, in 1/1024
    time_icc: dict[str, float | None]  # the observables of that name


def lived(request: Request) -> Lived:
    """Return what a checked request comes to.

    A member of staff who leaves and the one who takes the place are one here: when the place first had an adopter.
    """
    scenario, world, phases = prepared(request)
    return watched(request, scenario, world, phases)


def watched(request: Request, scenario: Scenario, world: World, phases: Sequence[Phase]) -> Lived:
    """Run a world as it was prepared, and watch it."""
    stages = np.empty((request.weeks + 1, len(world.staff)), np.int8)
    stages[0] = world.staff["stage"]
    engine = engine_named(request.engine)
    for phase in phases:
        lead(world, scenario, phase, request)
        for week in range(phase.start, phase.stop):
            engine.advance(world, phase.settings, phase.plan, week, week + 1)
            stages[week + 1] = world.staff["stage"]
    return _seen(world, stages)


def _seen(world: World, stages: Array) -> Lived:
    have = stages == ADOPTED
    weeks = len(stages) - 1
    times = adoption_times(world, weeks)
    times = np.where(times > weeks, NEVER, times)
    ever = np.logical_or.accumulate(have, axis=0)
    with np.errstate(invalid="ignore"):
        kept = (have & have[-1]).sum(axis=1) / have.sum(axis=1)
    homes = world.staff["organisation"].astype(np.int32)
    units = {"organisation": homes, "system": world.organisations["system"][homes].astype(np.int32)}
    observed = np.full(len(times), float(weeks))
    adoptions = Adoptions(times, observed, 0.0, float(weeks), units, listening(world))
    complying = (stages == COMPLYING).mean(axis=1)
    return Lived(adoptions, have.mean(axis=1), complying, ever.mean(axis=1), kept, have[-1],
                 world.organisations["weight"].copy(), of_times(world, weeks))  # fmt: skip


def listening(world: World) -> Ties:
    """Return who listens to whom, of the ties that carry weight at the end."""
    network = world.network
    listeners = np.repeat(np.arange(len(world.staff)), np.diff(network.start))
    homes = world.staff["organisation"][listeners]
    carries: Any = network.weights[homes, network.kinds] > 0
    return Ties.of(listeners[carries], network.contacts[carries], len(world.staff))
