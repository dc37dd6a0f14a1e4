"""The state of a run: NumPy arrays, one record a person, organisation or leader, which both engines work on."""

from functools import cache
from typing import Any, NamedTuple, get_type_hints

import numpy as np
from numpy.typing import NDArray

from . import entities

Array = NDArray[Any]


@cache
def record_type(entity: Any) -> np.dtype[Any]:
    """Return the NumPy record type of an entity, from the declarations of its fields.

    >>> record_type(entities.Knowledge).names
    ('error', 'visits', 'visited', 'given', 'returned')
    """
    hints = get_type_hints(entity, include_extras=True)
    return np.dtype([(field, hints[field].__metadata__[0]) for field in entity._fields], align=True)


def records(entity: Any, count: int) -> Array:
    """Return `count` records of an entity, with its defaults where it has any."""
    one = np.zeros(1, record_type(entity))
    for field, default in entity._field_defaults.items():
        one[field] = default
    return np.repeat(one, count)


class Record(NamedTuple):
    """What is kept of every week, index 0 being the start; people are counted in 1/1024."""

    adopted: Array  # int64 (weeks + 1, tiers)
    by_profession: Array  # int64 (weeks + 1, professions)
    by_organisation: Array  # int64 (weeks + 1, organisations)
    complying: Array  # int64 (weeks + 1,)
    lapsed: Array  # int64 (weeks + 1,)
    trust: Array  # float64 (weeks + 1,), summed over people
    conviction: Array  # float64 (weeks + 1,), summed over people
    benefit: Array  # float64 (weeks + 1,), summed over people
    committed: Array  # int64 (weeks + 1,), organisations
    credit_taken: Array  # float64 (weeks + 1,), adoptions so far
    credit_given: Array
    hours: Array  # float64 (weeks + 1,), leaders' hours so far


def empty_record(weeks: int, organisations: int) -> Record:
    """Return a record for a run of so many weeks."""

    def whole(*shape: int) -> Array:
        return np.zeros((weeks + 1, *shape), np.int64)

    def real() -> Array:
        return np.zeros(weeks + 1)

    return Record(
        whole(len(entities.TIERS)),
        whole(len(entities.PROFESSIONS)),
        whole(organisations),
        whole(),
        whole(),
        real(),
        real(),
        real(),
        whole(),
        real(),
        real(),
        real(),
    )


class World(NamedTuple):
    """Everything there is in a run.

    Staff stand in organisation order, organisations in the order of systems and kinds. A row of `contacts`, from
    `ties_start[i]` up to `ties_start[i + 1]`, lists those to whom person `i` listens.
    """

    staff: Array  # entities.Staff (people,)
    organisations: Array  # entities.Organisation (organisations,)
    leaders: Array  # entities.Leader (leaders,)
    skills: Array  # float64 (leaders, conversations)
    aptitudes: Array  # float64 (leaders, conversations)
    attempts: Array  # int64 (leaders, conversations), conversations held so far
    successes: Array  # int64 (leaders, conversations)
    practice: Array  # int64 (leaders, conversations), conversations held by whoever is in post
    attempts_now: Array  # int64 (leaders, conversations), this week
    successes_now: Array
    knowledge: Array  # entities.Knowledge (leaders, organisations)
    conveners: Array  # entities.Convener (systems,)
    patients: Array  # entities.Patients (systems,)
    regulators: Array  # entities.Regulator (8,)
    mean_cost: Array  # float64 (systems,)
    ties_start: Array  # int64 (people + 1,)
    contacts: Array  # int32 (ties,)
    tie_kinds: Array  # int8 (ties,)
    tie_strengths: Array  # int8 (ties,)
    tie_weights: Array  # int64 (organisations, kinds of tie), in sixteenths, this week
    partners_start: Array  # int64 (organisations + 1,)
    partners: Array  # int32
    circles_start: Array  # int64 (circles + 1,), rows of staff
    system_circles: Array  # int64 (systems + 1,)
    visible: Array  # int64 (people,), what contacts see, packed
    booked: Array  # float64 (circles,), when in the week, 2 for not at all
    booked_leader: Array  # int32 (circles,)
    booked_code: Array  # int32 (circles,), the conversation
    claimed: Array  # int64 (organisations,), people whose adoption was claimed this week
    taken: Array  # int64 (leaders,), the same by leader
    given: Array  # int64 (leaders,)
    waiting: Array  # float64 (people,), draws of those who would join a pilot
    record: Record


class Plan(NamedTuple):
    """What leaders do, as both engines read it."""

    cumulative: Array  # float64 (leaders, conversations in the mix)
    codes: Array  # int32 (conversations in the mix,)
    by_patients: Array  # int8 (conversations in the mix,)
    winter: Array  # float64 (52,), pressure of the season
    run_key: Any  # uint64
