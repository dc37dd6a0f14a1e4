"""What is run for one replicate: one world, under each of the conditions that patterns ask about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from experiments.validity.patterns.catalogue import NULL
from simulation import Request, catalogue

SCENARIO = "eight-systems"
WEEKS = 260
EXIT = 104
"""Week from which leaders have no hours, where they leave."""
AFTER_EXIT = 104
SHOCK, NINE_MONTHS = 104, 39
EARLY = 12
CONVERSATIONS = (
    "others_shoes",
    "longer_term_goal",
    "seeding",
    "patient_argument",
    "patient_voice",
    "higher_goals",
    "coalition",
)
BUNDLE = {**dict.fromkeys(CONVERSATIONS, 1.0), "forgoing_credit": 1.0}
"""What leaders do unless told otherwise: every conversation alike, forgoing credit."""
BASS = {
    "leaders.number": 0, "population.adopters": 0.0, "population.aware": 1.0, "pressure.on": False,
    "competition.on": False, "gates.on": False, "alignment.on": False, "isolation.on": False, "turnover.on": False,
    "contagion.lapse": False, "contagion.hazard": 0.0, "influence.outside": 0.0, "appraisal.pace": 0.0,
    "nature.divergence": 0.0, "influence.mixing": 1.0,
    "contagion.spontaneous": 0.000577, "contagion.contact": 0.0192,
}  # fmt: skip
"""Nothing but Bass's innovation and imitation, p = .03 and q = 1 a year, everybody seeing everybody."""
CLOSED, OPEN, CONFORMING, DIVERGING = 0.95, 0.05, 0.1, 0.9
SMALL_EGO, LARGE_EGO = 0.1, 0.9


class Setup(NamedTuple):
    """A change as it is to be judged: its name, and settings over those of the scenario."""

    name: str
    change: str | None = None
    settings: Mapping[str, Any] = {}
    tactics: Mapping[str, float] = BUNDLE
    scenario: str = SCENARIO
    seed: int = 1

    def request(self, replicate: int, **more: Any) -> Request:
        """Return one run of it; `settings`, `tactics`, `weeks` and `schedule` may be given."""
        settings = {**self.settings, **more.pop("settings", {})}
        tactics = dict(more.pop("tactics", self.tactics))
        more = {"weeks": WEEKS, **more}
        return Request(
            self.scenario, tactics, settings, seed=self.seed, replicate=replicate, change=self.change, **more
        )


def setup_of(name: str, scenario: str = SCENARIO, seed: int = 1) -> Setup:
    """Return how a change is judged: one by its name or path, or the null model."""
    if name == NULL:
        return Setup(NULL, None, BASS, {}, scenario, seed)
    return Setup(name, name, {}, BUNDLE, scenario, seed)


def conditions(setup: Setup, replicate: int, everything: bool = True) -> dict[str, Request]:
    """Return the runs of one replicate by condition; without `everything` those that discriminating patterns need."""
    found = {"usual": setup.request(replicate)}
    if setup.name == NULL:
        return found
    found["exit"] = exiting(setup, replicate)
    found["ordered"] = setup.request(replicate, tactics={}, settings={"incentives.mandate": 1.0})
    if everything:
        shock = {"incentives.payment": 1.0, "incentives.payment_start": SHOCK}
        weeks = SHOCK + NINE_MONTHS
        found["paid"] = setup.request(replicate, tactics={}, settings=shock, weeks=weeks)
        found["unpaid"] = setup.request(replicate, tactics={}, weeks=weeks)
        for name, ego in (("small_ego", SMALL_EGO), ("large_ego", LARGE_EGO)):
            found[name] = setup.request(replicate, settings={"leaders.ego": ego})
        for closure, ties in (("closed", CLOSED), ("open", OPEN)):
            for kind, divergence in (("conforming", CONFORMING), ("diverging", DIVERGING)):
                settings = {"population.clustering": ties, "nature.divergence": divergence}
                found[f"{closure}_{kind}"] = setup.request(replicate, settings=settings)
    return found


def exiting(setup: Setup, replicate: int) -> Request:
    """Return the run in which leaders have no hours from a week on."""
    gone = ((EXIT, {"settings": {"leaders.hours": 0.0}}),)
    return setup.request(replicate, weeks=EXIT + AFTER_EXIT, schedule=gone)


def mechanisms() -> list[str]:
    """Return the switches of all mechanisms, by name.

    >>> "gates.on" in mechanisms(), "gates.delay" in mechanisms()
    (True, False)
    """
    return [name for name in catalogue.parameters() if name.endswith(".on")]


def without(setup: Setup, mechanism: str) -> Setup:
    """Return how a change is judged with one mechanism switched off."""
    return setup._replace(name=f"{setup.name} without {mechanism}", settings={**setup.settings, mechanism: False})
