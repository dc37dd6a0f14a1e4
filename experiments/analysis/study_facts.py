"""What is known of a study before a run is looked at: whether its change harms, who is paid or ordered, what happens when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from experiments.design.cells import Value
from simulation import catalogue
from simulation import scenario as scenarios
from simulation.errors import Invalid

TACTIC_PREFIX = "tactics."
ALL, SOME, NONE = "all", "some", ""
BENEFIT = "nature.benefit"
NEVER = -1
ENDINGS = {
    "turnover.exit": ("exit", "the leaders leave"),
    "incentives.payment_end": ("end_of_payment", "payment ends"),
    "convening.end": ("abolition", "the convener is abolished"),
}
ONE_LEAVES, SCHEDULED = ("one_leaves", "a leader leaves"), ("schedule", "what is done changes")
NOBODY = "none"
COMPLIANCE = {"line_authority", "payment"}


class Event(NamedTuple):
    """Something that happens in the middle of the runs of some arms: its name, what it is, and in which week of each."""

    name: str
    meaning: str
    weeks: dict[str, int]


class StudyFacts(NamedTuple):
    """What a study says of its runs.

    ``harm`` says whether the change harms in all arms, in some or in none; ``has_compliance`` whether anybody is paid or
    ordered, so that those who comply in name are worth a column; ``idle`` has the swept parameters that cannot act, as no arm
    uses their tactic, or every arm has their mechanism off.
    """

    harm: str = NONE
    has_compliance: bool = False
    events: tuple[Event, ...] = ()
    idle: frozenset[str] = frozenset()


NOTHING_KNOWN = StudyFacts()


def facts_of(study: Mapping[str, Any], swept: Mapping[str, Any]) -> StudyFacts:
    """Return what a study, as plain data, says of its runs.

    Parameters
    ----------
    study : mapping
        As provenance has it; empty where there is none.
    swept : mapping of str to sequence
        The values of each swept parameter.
    """
    arms = {str(arm["name"]): arm for arm in study.get("arms", [])}
    settings = {name: {**arm_settings(arm), **_own(arm)} for name, arm in arms.items()}
    benefits = list(swept.get(BENEFIT, ())) or [found.get(BENEFIT, 1.0) for found in settings.values()]
    harming = [isinstance(benefit, float | int) and benefit < 0 for benefit in benefits]
    return StudyFacts(
        (ALL if all(harming) else SOME) if any(harming) else NONE,
        any(COMPLIANCE & _tactics(arm) for arm in arms.values())
        or any(found.get(f"incentives.{kind}", 0) for found in settings.values() for kind in ("payment", "mandate")),
        _events(arms, settings, int(study.get("weeks", 0)), set(swept)),
        _idle(arms, settings, swept) if arms else frozenset(),
    )


def _idle(
    arms: Mapping[str, Any], settings: Mapping[str, Mapping[str, Any]], swept: Mapping[str, Any]
) -> frozenset[str]:
    """Return the swept parameters that cannot act, whatever their value."""
    used = set().union(*map(_tactics, arms.values()), *map(_tactics_of_scenario, arms.values()))
    used |= {name.removeprefix(TACTIC_PREFIX) for name in swept if name.startswith(TACTIC_PREFIX)}
    groups = {name.partition(".")[0] for name in swept if not name.startswith(TACTIC_PREFIX)}
    tactics = {group for group in groups & set(catalogue.tactics()) if group not in used}
    off = {
        group
        for group in groups - set(catalogue.tactics())
        if f"{group}.on" not in swept and all(own.get(f"{group}.on") is False for own in settings.values())
    }
    return frozenset(name for name in swept if name.partition(".")[0] in tactics | off)


def _tactics_of_scenario(arm: Mapping[str, Any]) -> set[str]:
    """Return the tactics that leaders of an arm's scenario have of their own."""
    return {name for leader in _leaders(arm) for name, share in (leader.tactics or {}).items() if share}


def _own(arm: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an arm sets, and what its schedule sets last."""
    found = dict(arm.get("settings", {}))
    for _, change in arm.get("schedule", ()):
        found |= change.get("settings", {})
    return found


def _tactics(arm: Mapping[str, Any]) -> set[str]:
    mixes = [arm.get("tactics", {}), *(change.get("tactics", {}) for _, change in arm.get("schedule", ()))]
    return {name for mix in mixes for name, share in mix.items() if share}


def _events(
    arms: Mapping[str, Any], settings: Mapping[str, Mapping[str, Any]], horizon: int, swept: set[str]
) -> tuple[Event, ...]:
    """Return what happens before the end, where its week is the same at every point."""

    def within(weeks: Mapping[str, int]) -> dict[str, int]:
        return {arm: week for arm, week in weeks.items() if 0 < week < horizon}

    concerned = {
        "turnover.exit": {arm for arm in arms if _tactics(arms[arm])},
        "incentives.payment_end": {arm for arm in arms if _is_paid(arms[arm], settings[arm])},
        "convening.end": {arm for arm in arms if settings[arm].get("convening.kind", NOBODY) != NOBODY},
    }
    endings = [
        Event(*words, within({arm: _week(settings[arm].get(name)) for arm in arms if arm in concerned[name]}))
        for name, words in ENDINGS.items()
        if name not in swept
    ]
    exits = within({name: _last_exit(arm) for name, arm in arms.items()})
    scheduled = within({name: int(arm["schedule"][0][0]) for name, arm in arms.items() if arm.get("schedule")})
    found = (*endings, Event(*ONE_LEAVES, exits), Event(*SCHEDULED, scheduled))
    return tuple(event for event in found if event.weeks)


def _week(value: Any) -> int:
    """Return a week as it was set, none for what is no week."""
    return int(value) if isinstance(value, float | int) else NEVER


def _is_paid(arm: Mapping[str, Any], own: Mapping[str, Any]) -> bool:
    return "payment" in _tactics(arm) or bool(own.get("incentives.payment", 0))


def _last_exit(arm: Mapping[str, Any]) -> int:
    """Return the last week in which a leader of the arm's scenario ends, -1 where none does."""
    return max((leader.end for leader in _leaders(arm)), default=NEVER)


def _leaders(arm: Mapping[str, Any]) -> tuple[scenarios.LeaderRow, ...]:
    """Return the leaders that an arm's scenario names, none where it cannot be read."""
    try:
        return scenarios.economy(str(arm.get("scenario", "")), arm.get("change")).leaders
    except (Invalid, OSError):
        return ()


def own_settings(study: Mapping[str, Any], parameters: Iterable[str]) -> dict[str, Value]:
    """Return the study's own value of each parameter: an arm's setting, else its scenario's, its change's, the default.

    A parameter that arms set differently has none, nor one whose scenario or change can no longer be read.

    Parameters
    ----------
    study : mapping
        The study as plain data, as provenance has it.
    parameters : iterable of str
        The swept parameters.
    """
    arms = [arm_settings(arm) for arm in study.get("arms", [])]
    own = {}
    for name in parameters:
        values = [arm.get(name) for arm in arms]
        if values and values[0] is not None and all(value == values[0] for value in values):
            own[name] = values[0]
    return own


def arm_settings(arm: Mapping[str, Any]) -> dict[str, Value]:
    """Return every parameter of an arm with its value, and the share of each tactic; empty where that is not known."""
    try:
        world = scenarios.economy(str(arm.get("scenario", "")), arm.get("change")).settings
    except (Invalid, OSError):
        return {}
    known = catalogue.parameters()
    tactics = {f"{TACTIC_PREFIX}{name}": 0.0 for name in catalogue.tactics()}
    shares = {f"{TACTIC_PREFIX}{name}": float(share) for name, share in arm.get("tactics", {}).items()}
    defaults = {name: parameter.default for name, parameter in known.items()}
    return {**defaults, **world, **arm.get("settings", {}), **tactics, **shares}
