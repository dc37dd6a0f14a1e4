"""The leaders' hours: how many there are, what share of them a group spends, and the week in which they end."""

from __future__ import annotations

from typing import Any, NamedTuple

from experiments.page.workshop.numbers import in_letters, time_in_words
from simulation import catalogue
from simulation.request import Request
from simulation.settings import mix
from simulation.words import counted

HOURS = "leaders.hours"
SHARES = ((0.5, "half"), (1.0, "as usual"), (2.0, "double"))
"""Budgets, as shares of the hours there are: so that each fits every system."""
PACES = ((False, "evenly, to the end"), (True, "in the first half"))
STOPS = {"every quarter": 13, "every half year": 26, "every year": 52, "never": 0}
"""Weeks after which a run that is watched stops to decide."""


class Spending(NamedTuple):
    """How a run spends its leaders' hours: so many a week each, up to the week after which none are left.

    `share` is what that comes to, of the hours there are as usual.
    """

    a_week: float
    ends: int
    share: float = 1.0


def usual(request: Request) -> float:
    """Return the hours a week of each leader in a run of which nothing was decided."""
    return float(request.in_force().get(HOURS, catalogue.parameters()[HOURS].default))


def half_way(weeks: int) -> int:
    """Return the week after which none are left where they are spent in the first half."""
    return max(weeks // 2, 1)


def ends_early(request: Request) -> bool:
    """Whether a run's hours are spent in its first half."""
    return any(_is_end(entry, request.weeks) for entry in request.schedule)


def _is_end(entry: tuple[int, dict[str, Any]], weeks: int) -> bool:
    return entry[0] == half_way(weeks) and entry[1].get("settings", {}).get(HOURS) == 0


def without_end(request: Request) -> Request:
    """Return a run whose hours go on, with all that was pulled on the way."""
    kept = []
    for entry in request.schedule:
        if not _is_end(entry, request.weeks):
            kept.append(entry)
        elif rest := _without_hours(entry[1]):
            kept.append((entry[0], rest))
    return request._replace(schedule=tuple(kept))


def _without_hours(change: dict[str, Any]) -> dict[str, Any]:
    settings = {name: value for name, value in change["settings"].items() if name != HOURS}
    rest = {name: value for name, value in change.items() if name != "settings"}
    return {**rest, **({"settings": settings} if settings else {})}


def with_end(request: Request) -> Request:
    """Return a run whose hours are spent half-way, where nothing else was pulled in that week."""
    end = (half_way(request.weeks), {"settings": {HOURS: 0.0}})
    return request._replace(schedule=tuple(sorted([*request.schedule, end], key=lambda entry: entry[0])))


def not_pulled(request: Request) -> Request:
    """Return a run without what was pulled on the way; that its hours end early was decided before."""
    fresh = request._replace(schedule=())
    return with_end(fresh) if ends_early(request) else fresh


def elsewhere(request: Request, **values: Any) -> Request:
    """Return the same run in another world: hours that ended half-way do so there too."""
    there = without_end(request)._replace(**values)
    there = there._replace(schedule=tuple(entry for entry in there.schedule if entry[0] <= there.weeks))
    taken = half_way(there.weeks) in dict(there.schedule)
    return with_end(there) if ends_early(request) and not taken else there


def hours_of(request: Request, as_usual: float) -> Spending:
    """Return how a run spends its leaders' hours, by what it begins with.

    >>> hours_of(Request("tiny", settings={"leaders.hours": 4.0}), 8.0)
    Spending(a_week=4.0, ends=260, share=0.5)
    """
    ends = half_way(request.weeks) if ends_early(request) else request.weeks
    a_week = usual(request)
    return Spending(a_week, ends, a_week * ends / max(as_usual * request.weeks, 1e-9))


def spent(request: Request, share: float, early: bool, as_usual: float) -> Request:
    """Return a run that spends a share of the hours there are, over the whole time or in its first half.

    >>> spent(Request("tiny"), 0.5, True, 8.0).schedule
    ((130, {'settings': {'leaders.hours': 0.0}}),)
    """
    a_week = as_usual * share * (request.weeks / half_way(request.weeks) if early else 1)
    settings = {name: value for name, value in request.settings.items() if name != HOURS}
    plain = without_end(request)._replace(settings=settings)
    if usual(plain) != a_week:
        plain = plain._replace(settings={**settings, HOURS: a_week})
    return with_end(plain) if early else plain


def in_words(leaders: int, hours: Spending, weeks: int) -> str:
    """Say how many hours there are, and in which week they end where that is before the run does.

    >>> in_words(5, Spending(8.0, 260), 260)
    'Five leaders have 10,400 hours for this in five years: 8 hours a week each.'
    >>> in_words(5, Spending(16.0, 130), 260)
    'Five leaders have 10,400 hours for this in five years: 16 hours a week each, which end in week 130.'
    """
    who = counted(leaders, "leader").replace(f"{leaders:,}", in_letters(leaders), 1)
    have = "has" if leaders == 1 else "have"
    total = leaders * hours.a_week * hours.ends
    each = f"{hours.a_week:g} {'hour' if hours.a_week == 1 else 'hours'} a week{' each' if leaders != 1 else ''}"
    end = f", which end in week {hours.ends}" if hours.ends < weeks and hours.a_week else ""
    return f"{who.capitalize()} {have} {counted(round(total), 'hour')} for this in {time_in_words(weeks)}: {each}{end}."


def purposes(request: Request, own: Request) -> dict[str, float]:
    """Return what share of the hours goes to each conversation that a run has, or that the question has it have."""
    now = mix(request.tactics)
    return {name: now.get(name, 0.0) for name in [*mix(own.tactics), *now]}


def shared_out(request: Request, name: str, share: float) -> Request:
    """Return a run that gives a conversation another share of the hours; the others keep theirs to one another.

    >>> shared_out(Request(tactics={"seeding": 1, "coalition": 1, "giving": 1}), "seeding", 0.8).tactics
    {'giving': 1, 'coalition': 0.2, 'seeding': 0.8}
    """
    now = mix(request.tactics)
    others = sum(part for each, part in now.items() if each != name)
    if not others:
        return request
    scale = (1 - share) / others
    parts = {each: round(part * scale, 4) for each, part in now.items() if each != name} | {name: share}
    conducts = {each: degree for each, degree in request.tactics.items() if each not in now and each != name}
    return request._replace(tactics=conducts | {each: part for each, part in parts.items() if part > 0})
