"""How far those who belong together adopt together: intraclass correlations of adoption times and of shares."""

import numpy as np
from numpy.typing import ArrayLike

from .world import Array, World


def intraclass(values: ArrayLike, units: ArrayLike) -> float | None:
    """Return the intraclass correlation of values by unit, from a one-way analysis of variance.

    None where there is one unit, nothing varies, or each has a unit alone; below 0 where those of one unit differ more
    than any.

    >>> intraclass([2.0, 2.0, 8.0, 8.0], [0, 0, 1, 1]), intraclass([2.0, 8.0], [0, 0])
    (1.0, None)
    """
    numbers = np.asarray(values, np.float64)
    names, place = np.unique(units, return_inverse=True)
    count, sizes = len(numbers), np.bincount(place)
    if len(names) < 2 or count <= len(names) or float(np.ptp(numbers)) == 0.0:
        return None
    means = np.bincount(place, numbers) / sizes
    between = float((sizes * (means - numbers.mean()) ** 2).sum()) / (len(names) - 1)
    within = float(((numbers - means[place]) ** 2).sum()) / (count - len(names))
    typical = (count - float((sizes * sizes).sum()) / count) / (len(names) - 1)
    return (between - within) / (between + (typical - 1.0) * within)


def half_times(times: ArrayLike, homes: ArrayLike) -> Array:
    """Return when half of each organisation's people had adopted, from when each did, by the organisation they are in.

    >>> half_times([1.0, 9.0, 2.0, 3.0], [0, 1, 0, 0]).tolist()
    [2.0, 9.0]
    """
    order, sizes = np.lexsort((np.asarray(times), np.asarray(homes))), np.bincount(homes)
    firsts = np.cumsum(sizes) - sizes
    found: Array = np.asarray(times)[order][firsts + (sizes + 1) // 2 - 1]
    return found


def adoption_times(world: World, weeks: int) -> Array:
    """Return in which week each post first had an adopter, one week after the end where it never had."""
    first = world.staff["first_adopted"]
    times: Array = np.where(first >= 0, first, weeks + 1).astype(np.float64)
    return times


def of_times(world: World, weeks: int) -> dict[str, float | None]:
    """Return how far those who work together adopt at one time: an organisation's people, a system's organisations."""
    times, homes = adoption_times(world, weeks), world.staff["organisation"]
    by_organisation = intraclass(half_times(times, homes), world.organisations["system"])
    return {"organisation_time_icc": intraclass(times, homes), "system_time_icc": by_organisation}
