"""The state of a run: NumPy arrays, one record a person, organisation or leader, which both engines work on."""

from functools import cache
from typing import Any, NamedTuple, get_type_hints

import numpy as np
from numpy.typing import NDArray

from . import entities

Array = NDArray[Any]
UNKNOWN = -1.0
"""The chance that stands for one which has not been worked out yet."""


@cache
def record_type(entity: Any, lanes: int = 0) -> np.dtype[Any]:
    """Return the NumPy record type of an entity, or of a block of so many, from the declarations of its fields.

    >>> record_type(entities.Knowledge).names
    ('error', 'visits', 'visited', 'given', 'returned', 'pressure')
    """
    hints = get_type_hints(entity, include_extras=True)
    shape = ((lanes,),) if lanes else ()
    return np.dtype([(field, hints[field].__metadata__[0], *shape) for field in entity._fields], align=True)


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


class Network(NamedTuple):
    """Who listens to whom: row `contacts[start[i]:start[i + 1]]` lists those to whom person `i` listens."""

    start: Array  # int64 (people + 1,)
    contacts: Array  # int32 (ties,), rows of staff
    kinds: Array  # int8 (ties,)
    strengths: Array  # int32 (ties,), in steps; or one for all ties
    mask: Any  # uint64: the strength of tie `e` is `strengths[e & mask]`
    step: Any  # float64, a power of two: by how much one step is stronger, in whole strong ties
    weights: Array  # int64 (organisations, kinds of tie), in sixteenths, this week
    visible: Array  # int64 (people,), what contacts see, packed


class Partners(NamedTuple):
    """On whose change an organisation's gain depends: `rows[start[o]:start[o + 1]]` lists the partners of `o`."""

    start: Array  # int64 (organisations + 1,)
    rows: Array  # int32, rows of organisations


class Plan(NamedTuple):
    """What leaders do, as both engines read it."""

    cumulative: Array  # float64 (leaders, conversations in the mix)
    codes: Array  # int32 (conversations in the mix,)
    by_patients: Array  # int8 (conversations in the mix,)
    winter: Array  # float64 (52,), pressure of the season
    run_key: Any  # uint64


class World(NamedTuple):
    """Everything there is in a run; staff stand in organisation order, organisations in that of systems and kinds."""

    staff: Any  # entities.Staff (people,), in blocks
    organisations: Array  # entities.Organisation (organisations,)
    leaders: Array  # entities.Leader (leaders,)
    skills: Array  # entities.Skill (leaders, conversations)
    knowledge: Array  # entities.Knowledge (leaders, organisations)
    conveners: Array  # entities.Convener (systems,)
    patients: Array  # entities.Patients (systems,)
    regulators: Array  # entities.Regulator (8,)
    circles: Array  # int64 (circles + 1,), rows of staff
    bookings: Array  # entities.Booking (circles,), this week
    access: Array  # float64 (leaders, most circles of a system): chance to see each of the own system, once it is known
    network: Network
    partners: Partners
    found: Array  # int64 (people,), room for those who are looked for
    record: Record
    faults: Array  # entities.Fault (1,)
    plan: Any = None  # Plan, while weeks are run
