"""What is measured, from what a run records."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from .world import World


class Observable(NamedTuple):
    """One number that sums up a run."""

    name: str
    unit: str
    meaning: str


OBSERVABLES = {
    name: Observable(name, unit, meaning)
    for name, unit, meaning in (
        ("adopted_share", "share of staff", "Share who have adopted, at the end"),
        ("declared_share", "share of staff", "Share who have adopted or comply in name, at the end"),
        ("share_year_1", "share of staff", "Share who have adopted after 52 weeks"),
        ("share_year_2", "share of staff", "Share who have adopted after 104 weeks"),
        ("share_year_5", "share of staff", "Share who have adopted after 260 weeks"),
        ("weeks_to_10", "weeks", "First week with 10 % adopted; empty when never"),
        ("weeks_to_50", "weeks", "First week with 50 % adopted; empty when never"),
        ("weeks_to_90", "weeks", "First week with 90 % adopted; empty when never"),
        ("area_under_curve", "share of staff", "Mean share adopted over all weeks"),
        ("sustained_share", "share", "Share adopted at the end, of the most that ever had"),
        ("sustained_after_exit", "share", "Share adopted at the end, of that when the last leader left for good"),
        ("between_organisation_sd", "share of staff", "Standard deviation of the adopted share between organisations"),
        ("between_organisation_gini", "share", "Gini coefficient of the adopted share between organisations"),
        (
            "between_system_icc",
            "share",
            "Share of the variance of adopted shares that lies between systems, not within",
        ),
        ("organisations_committed", "share of organisations", "Share whose gate is open at the end"),
        ("trust", "share", "Mean trust in those who lead the change, at the end"),
        ("conviction", "share", "Mean conviction at the end"),
        ("credit_taken", "adoptions", "Adoptions whose credit leaders took"),
        ("credit_given", "adoptions", "Adoptions whose credit leaders gave away"),
        ("leader_hours", "hours", "Hours that leaders spent in conversations"),
        ("conversations", "conversations", "Conversations held"),
        ("conversations_failed", "share of conversations", "Share of conversations that achieved nothing"),
        ("lapsed_share", "share of staff", "Share who gave up, at the end"),
        (
            "patient_benefit",
            "share-years",
            "Years of adoption a member of staff, weighted with fidelity and true benefit",
        ),
    )
}


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


def _between_systems(organisations: Any) -> float | None:
    """Return the intraclass correlation of adopted shares by system, from a one-way analysis of variance.

    None where there is one system, or nothing varies; below 0 where organisations of one system differ more than any.
    """
    import numpy as np

    if organisations["system"].max() == 0:
        return None
    systems, place = np.unique(organisations["system"], return_inverse=True)
    shares = organisations["adopted_share"]
    sizes = np.bincount(place)
    if len(shares) <= len(systems) or float(np.ptp(shares)) == 0.0:
        return None
    means = np.bincount(place, shares) / sizes
    between = float((sizes * (means - shares.mean()) ** 2).sum()) / (len(systems) - 1)
    within = float(((shares - means[place]) ** 2).sum()) / (len(shares) - len(systems))
    typical = (len(shares) - float((sizes * sizes).sum()) / len(shares)) / (len(systems) - 1)
    return (between - within) / (between + (typical - 1.0) * within)


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
        "between_system_icc": _between_systems(organisations),
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
