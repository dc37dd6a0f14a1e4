"""One week, part by part; every part has a file of its own name.

Everyone reads the state as it was when a part began, so the order of people never matters; sums over people are sums
of integers. Both engines run what stands here: the one compiled, over blocks of people, the other in Python, with
Mesa agents in place of records.
"""

from typing import Any

from ..compiled import deed, in_compiled_code, spelt_out
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
def everybody(w: World) -> tuple[int, int]:
    """Return the rows of all staff."""
    return 0, w.organisations[len(w.organisations) - 1].end


@deed
def lead(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """Parts 1 and 2; then every organisation is to its staff what it is this week."""
    feel_pressure.part(w, s, now)
    act_as_leaders.part(w, s, now)
    be_homes(w, s, now)


@deed
def ripen(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """Part 3; then everyone is seen as they are now."""
    let_ideas_mature.part(w, s, now, rows)
    show(w, s, rows)


@deed
def live(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """Parts 4 to 6: everyone looks around, weighs the change and chooses, in one go."""
    everyone((look_around, hear_of_it, appraise, choose), w, Around(look, (w.organisations, w.network)), s, now, rows)


@deed
def give_credit(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """Part 7, once pilots have taken those for whom they have room."""
    adopt.run_pilots(w, s, now, rows)
    share_credit.part(w, s, now, rows)


@deed
def speak_up(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """Part 8."""
    build_coalition.part(w, s, now, rows)


@deed
def settle(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """Part 9, and what part 10 is for all but staff."""
    decide.part(w, s, now)
    learn.part(w, s, now)


@deed
def come_and_go(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """Part 10 for staff."""
    learn.renew_staff(w, s, now, rows)


@deed
def count(w: World, s: Any, now: Now, rows: tuple[int, int]) -> None:
    """Part 11."""
    record.part(w, s, now.week + 1)


WEEK = (lead, ripen, live, give_credit, speak_up, settle, come_and_go, count)
"""A week, stretch after stretch."""
OF_STAFF = (ripen, live, speak_up, come_and_go)
"""The stretches in which people change nothing but themselves, so that it never matters who does the work."""


def step(w: World, s: Any, week: int) -> None:
    """One week."""
    now, rows = beginning(w, week), everybody(w)
    for stretch in WEEK:
        stretch(w, s, now, rows)


@in_compiled_code(step)
def _step(w: Any, s: Any, week: Any) -> Any:
    names = [stretch.__name__ for stretch in WEEK]
    return spelt_out(
        "w, s, week",
        ["now, rows = beginning(w, week), everybody(w)", *(f"{name}(w, s, now, rows)" for name in names)],
        beginning=beginning,
        everybody=everybody,
        **dict(zip(names, WEEK, strict=True)),
    )
