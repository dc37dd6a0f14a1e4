"""Everybody's traits and states, week by week: the columns of a table of staff, and whatever else a person has."""

from collections.abc import Iterator
from typing import Any, NamedTuple, get_type_hints

import numpy as np

from .entities import ONE_PERSON, Own, Staff
from .initialisation.given import staff_names
from .own_data.tables import OWN, read
from .request import Request
from .running import described, engine_named, lead, own_names, prepared
from .scenario import Scenario
from .soundness import refuse_states
from .world import Array, World

_SAID_OTHERWISE = ("organisation", "circle", "weight", "waiting")
FIRST = ("id", "organisation", "people")
"""What is said of a person before their traits and states."""
FIELDS = (*OWN, *(field for field in Staff._fields if field not in {*OWN, *_SAID_OTHERWISE}))
"""Traits and states, those first that a table of staff may give."""


class Moment(NamedTuple):
    """A run in one of its weeks; the world goes on as soon as the next moment is asked for."""

    week: int
    world: World


def moments(request: Request, every: int, threads: int = 1) -> Iterator[Moment]:
    """Run a checked request, and yield the start, every so many weeks after it, and the end.

    Raises
    ------
    FailedRun
        It has come to what cannot be.
    """
    scenario, world, to_come = prepared(request)
    several = {"threads": threads} if threads > 1 else {}
    yield Moment(0, world)
    for phase in to_come:
        lead(world, scenario, phase, request)
        stops = [week for week in range(phase.start + 1, phase.stop) if week % every == 0]
        for start, stop in zip([phase.start, *stops], [*stops, phase.stop], strict=True):
            engine_named(request.engine).advance(world, phase.settings, phase.plan, start, stop, **several)
            refuse_states(world, *((start, phase.plan) if stop - start == 1 else ()))
            if stop and (stop % every == 0 or stop == request.weeks):
                yield Moment(stop, world)


def who(request: Request, scenario: Scenario, world: World) -> dict[str, list[Any]]:
    """Return what stays true of everyone in a run, by column: name, organisation, and people they stand for."""
    organisations = [each["name"] for each in described(world.organisations, own_names(request))]
    names = staff_names(read(scenario.tables, scenario.directed)) if scenario.tables else []
    people = (world.staff["weight"] / ONE_PERSON).tolist()
    homes = [organisations[row] for row in world.staff["organisation"].tolist()]
    return dict(zip(FIRST, (names or [str(k + 1) for k in range(len(homes))], homes, people), strict=True))


def states(world: World) -> dict[str, Array]:
    """Return everyone's traits and states as they are now, by column, with the names of choices and true or false."""
    hints = get_type_hints(Staff, include_extras=True)
    return {field: _in_words(world.staff[field], hints[field]) for field in FIELDS}


def _in_words(values: Array, hint: Any) -> Array:
    own = next((declared for declared in hint.__metadata__ if isinstance(declared, Own)), None)
    if own is None or hint.__origin__ is float:
        return values
    return np.array(own.choices or ("false", "true"))[values]
