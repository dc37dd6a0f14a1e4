"""What is measured, from what a run records."""

from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from .world import World


class Observable(NamedTuple):
    """One number that sums up a run.

    Attributes
    ----------
    name, unit, meaning : str
        As a user sees it.
    low, high : float
        What no run can come to less or more than.
    difference : float
        Smallest difference that anybody would care about, in the unit (assumed).
    better : int
        Whether more of it is better (1), less (-1), or neither (0), of a change that does good.
    follows_change : bool
        Whether that turns round where the change does harm: then more adoption is worse.
    """

    name: str
    unit: str
    meaning: str
    low: float
    high: float
    difference: float
    better: int
    follows_change: bool = False


STAFF, SHARE, WEEKS = "share of staff", "share", "weeks"
TURNS = True
ROWS = (
    ("adopted_share", STAFF, "Share who have adopted, at the end", 0, 1, 0.02, 1, TURNS),
    ("declared_share", STAFF, "Share who have adopted or comply in name, at the end", 0, 1, 0.02, 1, TURNS),
    ("share_year_1", STAFF, "Share who have adopted after 52 weeks", 0, 1, 0.02, 1, TURNS),
    ("share_year_2", STAFF, "Share who have adopted after 104 weeks", 0, 1, 0.02, 1, TURNS),
    ("share_year_5", STAFF, "Share who have adopted after 260 weeks", 0, 1, 0.02, 1, TURNS),
    ("weeks_to_10", WEEKS, "First week with 10 % adopted; empty when never", 0, inf, 4, -1, TURNS),
    ("weeks_to_50", WEEKS, "First week with 50 % adopted; empty when never", 0, inf, 4, -1, TURNS),
    ("weeks_to_90", WEEKS, "First week with 90 % adopted; empty when never", 0, inf, 4, -1, TURNS),
    ("area_under_curve", STAFF, "Mean share adopted over all weeks", 0, 1, 0.02, 1, TURNS),
    ("sustained_share", SHARE, "Share adopted at the end, of the most that ever had", 0, 1, 0.05, 1, TURNS),
    (
        "sustained_after_exit",
        SHARE,
        "Share adopted at the end, of that when the last leader left for good",
        0,
        inf,
        0.05,
        1,
        TURNS,
    ),
    (
        "between_organisation_sd",
        STAFF,
        "Standard deviation of the adopted share between organisations",
        0,
        0.5,
        0.02,
        0,
    ),
    ("between_organisation_gini", SHARE, "Gini coefficient of the adopted share between organisations", 0, 1, 0.02, 0),
    (
        "between_system_icc",
        SHARE,
        "Share of the variance of adopted shares that lies between systems, not within",
        -1,
        1,
        0.05,
        0,
    ),
    (
        "system_time_icc",
        SHARE,
        "Share of the variance of when half of an organisation had adopted that lies between systems, not within",
        -1,
        1,
        0.05,
        0,
    ),
    (
        "organisation_time_icc",
        SHARE,
        "Share of the variance of when people first adopted that lies between organisations, not within",
        -1,
        1,
        0.05,
        0,
    ),
    ("organisations_committed", "share of organisations", "Share whose gate is open at the end", 0, 1, 0.05, 1, TURNS),
    ("trust", SHARE, "Mean trust in those who lead the change, at the end", 0, 1, 0.02, 1),
    ("conviction", SHARE, "Mean conviction at the end", 0, 1, 0.02, 1, TURNS),
    ("credit_taken", "adoptions", "Adoptions whose credit leaders took", 0, inf, 10, 0),
    ("credit_given", "adoptions", "Adoptions whose credit leaders gave away", 0, inf, 10, 0),
    ("leader_hours", "hours", "Hours that leaders spent in conversations", 0, inf, 52, -1),
    ("conversations", "conversations", "Conversations held", 0, inf, 10, 0),
    ("conversations_failed", "share of conversations", "Share of conversations that achieved nothing", 0, 1, 0.05, -1),
    ("lapsed_share", STAFF, "Share who gave up, at the end", 0, 1, 0.02, -1, TURNS),
    (
        "patient_benefit",
        "share-years",
        "Years of adoption a member of staff, weighted with fidelity and true benefit",
        -inf,
        inf,
        0.05,
        1,
    ),
)
OBSERVABLES = {observable.name: observable for observable in (Observable(*row) for row in ROWS)}


def first_week(shares: Any, level: float) -> float | None:
    """Return the first week in which a share reaches a level, or None.

    >>> first_week([0.1, 0.4, 0.6], 0.5), first_week([0.1], 0.5)
    (2.0, None)
    """
    import numpy as np

    reached = np.asarray(shares) >= level
    return float(reached.argmax()) if reached.any() else None


EXIT = 26
"""Weeks without an hour of any leader, up to the end, from which leaders count as gone for good (assumed)."""


def _sustained(adopted: Any, hours: Any) -> float | None:
    """Return how much of what stood when the last leader left still stands at the end, None where nobody has left.

    >>> _sustained([0.1, 0.4] + 30 * [0.2], [0.0, 8.0] + 30 * [8.0])
    0.5
    """
    import numpy as np

    left = int((np.asarray(hours) == hours[-1]).argmax())
    if hours[-1] == 0 or len(hours) - 1 - left < EXIT or adopted[left] == 0:
        return None
    return float(adopted[-1] / adopted[left])


def observe(world: "World", adopted: Any, declared: Any, everyone: int) -> dict[str, float | None]:
    """Return every observable of a finished run, None where it is undefined.

    Parameters
    ----------
    world : World
        As the run left it.
    adopted, declared : ndarray of float64, shape (weeks + 1,)
        Shares of everyone.
    everyone : int
        People, in 1/1024.
    """
    import numpy as np

    from .clustering import intraclass, of_times

    record, organisations = world.record, world.organisations
    by_organisation = np.sort(organisations["adopted_share"])
    count = len(by_organisation)
    most = float(adopted.max())
    leaders = world.leaders
    held = float(world.skills["held"].sum())
    gini_weights = 2.0 * np.arange(1, count + 1) - count - 1.0
    total = float(by_organisation.sum())
    values = {
        "adopted_share": float(adopted[-1]),
        "declared_share": float(declared[-1]),
        **{f"share_year_{y}": float(adopted[52 * y]) if len(adopted) > 52 * y else None for y in (1, 2, 5)},
        **{f"weeks_to_{level}": first_week(adopted, level / 100) for level in (10, 50, 90)},
        "area_under_curve": float(adopted.mean()),
        "sustained_share": float(adopted[-1]) / most if most > 0 else None,
        "sustained_after_exit": _sustained(adopted, record.hours),
        "between_organisation_sd": float(by_organisation.std()),
        "between_organisation_gini": float((gini_weights * by_organisation).sum()) / (count * total) if total else None,
        "between_system_icc": intraclass(organisations["adopted_share"], organisations["system"]),
        **of_times(world, len(adopted) - 1),
        "organisations_committed": float((organisations["committed"] >= 0).mean()),
        "trust": float(record.trust[-1]) / everyone,
        "conviction": float(record.conviction[-1]) / everyone,
        "credit_taken": float(leaders["credit_taken"].sum()),
        "credit_given": float(leaders["credit_given"].sum()),
        "leader_hours": float(leaders["hours_spent"].sum()),
        "conversations": held,
        "conversations_failed": 1.0 - float(world.skills["heard"].sum()) / held if held else None,
        "lapsed_share": float(record.lapsed[-1]) / everyone,
        "patient_benefit": float(record.benefit[1:].sum()) / everyone / 52.0,
    }
    return {name: values[name] for name in OBSERVABLES}
