"""Which moment of a run is worth a caption in a week: the weightiest of late, as long as it is fresh."""

from collections.abc import Callable, Iterable, Sequence

from .telling import FIRST, Moment

LASTS = 14
"""Weeks after which a moment is told no more."""
FADES = 0.33
"""Rank that a moment loses each week: what is new and small takes the place of what was large."""
LINGERS = 3
"""Weeks for which a moment that tells a great deal is worth playing more slowly."""


def caption(
    moments: Sequence[Moment], week: int, concerns: Callable[[Moment], bool] = lambda moment: True
) -> Moment | None:
    """Return the moment to be told in a week, or None; the same whichever way the week was come to.

    Parameters
    ----------
    moments : sequence of Moment
        A story so far, in the order of weeks.
    week : int
        The week that is shown.
    concerns : callable
        Whether a moment may be told here.

    >>> first, opens = Moment(3, 0, "the first", rank=5), Moment(9, 1, "the gate opens", rank=4)
    >>> [caption([first, opens], at) for at in (3, 9, 17, 24)] == [first, opens, opens, None]
    True
    """
    best, most = None, 0.0
    for moment in recent(moments, week):
        weight = moment.rank - FADES * (week - moment.week)
        if moment.rank and weight > most and concerns(moment):
            best, most = moment, weight
    return best


def recent(moments: Sequence[Moment], week: int) -> Iterable[Moment]:
    """Yield the moments of the last weeks up to one, the newest first."""
    for moment in reversed(moments):
        if moment.week <= week - LASTS:
            return
        if moment.week <= week:
            yield moment


def lingers(moments: Sequence[Moment], week: int) -> bool:
    """Return whether a week is worth playing slowly: something has just come about that tells a great deal.

    What comes again within the weeks in which the last such moment is still told does not hold up the run once more.
    """
    great = [moment.week for moment in recent(moments, week) if moment.rank >= FIRST]
    return bool(great) and week - great[-1] < LINGERS
