"""One week, part by part; every part has a file of its own name.

Everyone reads the state as it was when a part began, so the order of people never matters; sums over people are sums
of integers. Both engines run what stands here: the one compiled, over blocks of people, the other in Python, with
Mesa agents in place of records.
"""

from typing import Any

from ..compiled import deed
from ..draws import week_key
from ..world import World
from . import (
    act_as_leaders,
    adopt,
    build_coalition,
    decide,
    feel_pressure,
    learn,
    let_ideas_mature,
    record,
    share_credit,
)
from .adopt import choose
from .appraise import appraise
from .be_exposed import hear_of_it, look_around
from .near import be_homes, look, show
from .verbs import Around, Now, everyone


@deed
def beginning(w: World, week: int) -> Now:
    """Return what is drawn from, and known, when a week begins."""
    people = 0
    for k in range(len(w.conveners)):
        people += w.conveners[k].weight
    return Now(week_key(w.plan.run_key, week), week, float(w.record.adopted[week].sum() / people))


@deed
def step(w: World, s: Any, week: int) -> None:
    """One week; parts 4 to 6, in which everyone looks around, weighs the change and chooses, are lived in one go."""
    now = beginning(w, week)
    rows = (0, w.organisations[len(w.organisations) - 1].end)
    feel_pressure.part(w, s, now)
    act_as_leaders.part(w, s, now)
    let_ideas_mature.part(w, s, now, rows)
    show(w, s, rows)
    be_homes(w, s, now)
    everyone((look_around, hear_of_it, appraise, choose), w, Around(look, (w.organisations, w.network)), s, now, rows)
    adopt.run_pilots(w, s, now, rows)
    share_credit.part(w, s, now, rows)
    build_coalition.part(w, s, now, rows)
    decide.part(w, s, now)
    learn.part(w, s, now, rows)
    record.part(w, s, week + 1)
