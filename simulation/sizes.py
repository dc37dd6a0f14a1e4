"""How large a run would be, before anything is built."""

from collections.abc import Mapping
from typing import Any

from .errors import shown
from .scenario import Leaders, Population, Scenario
from .settings import expected_staff

MOST_STAFF = 5_000_000
MOST_BYTES = 8 * 2**30
MOST_THREADS = 64
THREADED_FROM = 50_000
"""Simulated staff from which on a second thread is worth its start."""
_A_PERSON, _A_TIE, _A_VISIT, _A_WEEK, _A_CHANCE = 280, 6, 40, 20, 8
"""Bytes: a person without ties, one of their ties, what a leader knows of an organisation, an organisation's week, a
leader's chance to see a circle of the own system."""


def expected_bytes(scenario: Scenario, settings: Mapping[str, Any], weeks: int) -> float:
    """Return about how much memory a run needs: people and ties, what leaders know, what is recorded.

    >>> from simulation.scenario import load
    >>> expected_bytes(load("tiny"), {}, weeks=52) < 100_000
    True
    """
    population = Population()._replace(**_of_group(settings, "population", Population))
    number = settings.get("leaders.number", Leaders().number)
    of_a_system = sum(row.count for row in scenario.leaders) or number
    leaders, circles = scenario.systems * of_a_system, expected_staff(scenario, 1.0)
    organisations = sum(row.count for row in scenario.organisations)
    ties = population.ties_inside + population.ties_across + 2.0
    people = expected_staff(scenario, population.scale) * (_A_PERSON + _A_TIE * ties)
    known = organisations * leaders * _A_VISIT + circles * of_a_system * _A_CHANCE
    return float(people + known + organisations * weeks * _A_WEEK)


def _of_group(settings: Mapping[str, Any], group: str, cls: Any) -> dict[str, Any]:
    return {name: settings[f"{group}.{name}"] for name in cls._fields if f"{group}.{name}" in settings}


def problems_of_size(scenario: Scenario, settings: Mapping[str, Any], weeks: int) -> list[str]:
    """Return why a run is too large, with what would make it smaller, or nothing."""
    staff = expected_staff(scenario, float(settings.get("population.scale", Population().scale)))
    needed = expected_bytes(scenario, settings, weeks) / 2**30
    if staff > MOST_STAFF:
        return [
            f"About {staff:,.0f} staff would need about {needed:,.1f} GiB; the limit is {MOST_STAFF:,}. "
            "Lower `population.scale` or the scenario's counts."
        ]
    if needed * 2**30 > MOST_BYTES:
        return [
            f"A run would need about {needed:,.0f} GiB; the limit is {MOST_BYTES // 2**30}. Lower the numbers of "
            "organisations, of leaders, of ties or of weeks."
        ]
    return []


def problem_with_threads(threads: int, called: str = "`threads`") -> str:
    """Return what is wrong with a number of threads, by what it is called, or an empty string."""
    if isinstance(threads, int) and not isinstance(threads, bool) and 1 <= threads <= MOST_THREADS:
        return ""
    return f"{called} must be a whole number in [1, {MOST_THREADS}], but is {shown(threads)}."


def useful_threads(scenario: Scenario, settings: Mapping[str, Any], asked: int) -> int:
    """Return on how many of so many threads a run is worth making."""
    staff = expected_staff(scenario, float(settings.get("population.scale", Population().scale)))
    return asked if staff >= THREADED_FROM else 1
