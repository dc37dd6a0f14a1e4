"""Who talked where in the week that has just passed."""

from typing import NamedTuple

import numpy as np

from .. import tactics
from ..entities import NOT_THIS_WEEK
from ..world import Array, World

NO_TALKS: Array = np.zeros((0, 4), np.int64)


class Talk(NamedTuple):
    """A leader in conversation this week."""

    leader: int
    organisation: int
    tactic: str
    circles: int


def counted_talks(world: World, codes: Array) -> Array:
    """Return rows of leader, organisation, tactic and how many circles were heard, of the week that ended.

    Parameters
    ----------
    codes : ndarray
        The tactics of the week's plan, by their place in the mix.
    """
    held = np.flatnonzero(world.bookings["when"] < NOT_THIS_WEEK)
    if not len(held):
        return NO_TALKS
    bookings = world.bookings[held]
    organisations = world.staff["organisation"][world.circles[:-1]][held]
    places = np.stack([bookings["leader"], organisations, codes[bookings["position"]]]).astype(np.int64)
    many = places.max(axis=1) + 1
    found, circles = np.unique(np.ravel_multi_index(tuple(places), tuple(many)), return_counts=True)
    return np.stack([*np.unravel_index(found, tuple(many)), circles], axis=1)


def talks_of(rows: Array) -> list[Talk]:
    """Return counted talks with the names of their tactics."""
    names = tactics.conversations
    return [Talk(who, where, names[how], circles) for who, where, how, circles in rows.tolist()]
