"""What the runs of a study rest on: how the numbers in force are known, and what the study sets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from experiments.analysis.outcomes import Outcomes
from simulation import catalogue, rules, settings, tactics
from simulation import change as changes
from simulation import scenario as scenarios
from simulation.errors import FailedRun, Invalid
from simulation.parameters import Parameter

ALWAYS = {"population", "leaders"}


class KeptArm(NamedTuple):
    """An arm as provenance has it; ``schedule`` lists changes on the way, each a week with the tactics and settings since."""

    name: str
    scenario: str
    change: str
    tactics: dict[str, float]
    settings: dict[str, Any]
    schedule: list[tuple[Any, dict[str, Any]]]

    @classmethod
    def of(cls, arm: Mapping[str, Any]) -> KeptArm:
        """Return an arm from plain data; what is not of the right kind in it is passed over."""
        later = [entry for entry in map(_list, _list(arm.get("schedule"))) if len(entry) == 2]
        return cls(
            str(arm.get("name", "")),
            str(arm.get("scenario") or ""),
            str(arm.get("change") or ""),
            shares(arm.get("tactics")),
            _table(arm.get("settings")),
            [(week, _table(said)) for week, said in later],
        )

    @property
    def mixes(self) -> list[dict[str, float]]:
        """The tactics at the start, and after each change of them."""
        return [self.tactics, *(shares(later["tactics"]) for _, later in self.schedule if "tactics" in later)]


def arms_of(study: Mapping[str, Any]) -> list[KeptArm]:
    """Return the arms of a study as plain data."""
    return [KeptArm.of(_table(arm)) for arm in _list(study.get("arms"))]


class Setting(NamedTuple):
    """A parameter that the study sets, with the arms that have each value."""

    parameter: Parameter
    values: dict[Any, list[str]]


class Assumptions(NamedTuple):
    """What runs rest on.

    Attributes
    ----------
    known : counter of str
        How many parameters in force are known in each way (`how_known`): those of mechanisms that any arm has switched on
        and of tactics that any arm holds.
    settings : list of Setting
        What the study itself sets.
    unread : list of str
        Scenarios and changes of a user's own: what they set is in the runs but not in these counts.
    """

    known: Counter[str]
    settings: list[Setting]
    unread: list[str]


def how_known(parameter: Parameter) -> str:
    """Return how the default of a parameter is known.

    `design` for switches and choices that stand for no measured quantity, `assumed` for a number nobody has measured,
    `guided` where a source gives its form, sign or size but not its value, `sourced` where a source gives the value.
    """
    if parameter.source == "design":
        return "design"
    if parameter.source == "assumed":
        return "assumed"
    return "guided" if "assumed" in parameter.source or "form" in parameter.source else "sourced"


def assumptions_of(study: Mapping[str, Any], outcomes: Outcomes) -> Assumptions:
    """Return what the runs of a study rest on.

    Parameters
    ----------
    study : mapping
        The study as plain data, as provenance has it; what is not of the right kind in it is passed over.
    outcomes : Outcomes
        For the parameters that were swept, and the names of the arms.
    """
    arms = [arm for arm in arms_of(study) if arm.name in outcomes.titles]
    swept = {name: set(outcomes.runs[name]) for name in outcomes.parameters}
    held = [values for arm in arms for values in _held(arm)]
    groups = ALWAYS | {name for name in rules.names if _is_on(name, held, swept)} | _tactics_in(arms, swept)
    in_force = [parameter for name, parameter in catalogue.parameters().items() if parameter.group in groups]
    return Assumptions(
        Counter(map(how_known, in_force)),
        _set(arms, outcomes),
        sorted({name for arm in arms for name in (arm.scenario, arm.change) if name and not _is_built_in(name)}),
    )


def _held(arm: KeptArm) -> Iterator[dict[str, Any]]:
    """Yield the values that hold in an arm from its start, and from each change of its schedule on."""
    values: dict[str, Any] = {name: parameter.default for name, parameter in catalogue.parameters().items()}
    with suppress(Invalid, OSError):
        if _is_built_in(arm.scenario):
            change = arm.change if _is_built_in(arm.change) else None
            values |= scenarios.economy(arm.scenario, change).settings
    for stance, degree in arm.tactics.items():
        if degree and stance in tactics.names and stance not in tactics.conversations:
            with suppress(FailedRun):
                values |= settings.conduct_of(stance, degree, tactics.modules[stance].Parameters())
    yield (values := values | arm.settings)
    for _, later in arm.schedule:
        yield (values := values | _table(later.get("settings")))


def _is_on(rule: str, held: list[dict[str, Any]], swept: Mapping[str, set[Any]]) -> bool:
    switch = f"{rule}.on"
    return any(swept.get(switch, {values.get(switch, True) for values in held}))


def _tactics_in(arms: list[KeptArm], swept: Mapping[str, set[Any]]) -> set[str]:
    """Return the tactics that any arm holds, at its start, later or at a point; who leads without any makes the plain case."""
    mixes = [mix for arm in arms for mix in arm.mixes]
    found = {name for mix in mixes for name, share in mix.items() if share > 0}
    found |= {name for mix in mixes for name in settings.mix(mix)}
    return found | {name.removeprefix("tactics.") for name in swept if name.startswith("tactics.")}


def _set(arms: list[KeptArm], outcomes: Outcomes) -> list[Setting]:
    found: dict[str, dict[Any, list[str]]] = defaultdict(lambda: defaultdict(list))
    for arm in arms:
        for name, value in arm.settings.items():
            if name in catalogue.parameters() and isinstance(value, str | int | float):
                found[name][value].append(outcomes.titles[arm.name])
    return [Setting(catalogue.parameters()[name], dict(values)) for name, values in sorted(found.items())]


def _is_built_in(name: object) -> bool:
    return name in scenarios.scenarios() or name in changes.changes()


def shares(said: Any) -> dict[str, float]:
    """Return the shares and degrees of tactics that are numbers."""
    return {name: float(share) for name, share in _table(said).items() if _is_number(share)}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _table(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []
