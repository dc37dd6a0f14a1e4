"""What is laid over a study from outside of its file: another scenario, change or length, and settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from experiments.design.cells import Value
from experiments.design.dotted import TACTIC_PREFIX
from experiments.design.precedence import COMPARED, listed, says, set_by
from experiments.design.study import Arm
from simulation.toml_file import Complaints, TomlFile, shown


class Overlay(NamedTuple):
    """What stands in the place of what a study says of all its arms; None where it does not speak of it.

    A file is given by its path from where the command is given, not from where the study lies.
    """

    scenario: str | None = None
    change: str | None = None
    weeks: int | None = None
    settings: Mapping[str, Value] = {}

    def named(self) -> dict[str, Any]:
        """Return what is laid over the top of a study, by its key there; settings are laid over `Arm`."""
        given = {"scenario": _from_here(self.scenario), "change": _from_here(self.change), "weeks": self.weeks}
        return {key: value for key, value in given.items() if value is not None}

    def option(self, keys: Sequence[str]) -> str:
        """Return the option of the command line that says what a study has under this key; empty if none does."""
        first, *rest = [*keys, ""][:2]
        if first == "settings" and rest[0] in self.settings:
            return f"--set {rest[0]}"
        return f"--{first}" if first in self.named() and len(keys) == 1 else ""


class ToldOf(Complaints):
    """Everything wrong with a study file and what is laid over it, each where it was said."""

    def __init__(self, file: TomlFile, overlay: Overlay):
        super().__init__(file)
        self.overlay = overlay

    def add(self, keys: Sequence[str], problem: str) -> None:
        """Note a problem with what stands under this key."""
        if option := self.overlay.option(keys):
            self.problems.append(f"{option}: {problem}")
            return
        laid = list(keys[:1]) == ["factors"] and keys[-1] in self.overlay.settings
        super().add(keys, f"{problem} `--set {keys[-1]}` puts it there." if laid else problem)


def settled(
    complaints: Complaints, overlay: Overlay, common: Arm, own: Sequence[Arm], factors: Iterable[str], centred: bool
) -> dict[str, Value]:
    """Return what is set in all arms, with the settings laid over; one that would not hold in all of them is noted.

    Parameters
    ----------
    complaints : Complaints
        Where it is noted.
    overlay : Overlay
        What is laid over.
    common : Arm
        What the study says of all arms.
    own : sequence of Arm
        What each arm says itself, without what is common.
    factors : iterable of str
        What varies.
    centred : bool
        Whether what is common is the centre of the design, so that a factor may be set, too.
    """
    names = list(factors)
    held = dict(common.settings)
    for name, value in overlay.settings.items():
        problems = list(_against(name, common, own, [] if centred else names))
        problems += [f"the factor `{factor}` sets it" for factor in names if name in set_by([_bare(factor)])]
        for problem in problems:
            complaints.add(["settings", name], f"`{name}` = {shown(value)} would not hold: {problem}.")
        if not problems:
            held[name] = value
    return held


def _against(name: str, common: Arm, own: Sequence[Arm], factors: Sequence[str]) -> Iterator[str]:
    """Yield why a setting would not hold in all arms from the first week to the last."""
    if name.startswith(TACTIC_PREFIX):
        yield "tactics are what arms differ in, so only parameters can be laid over a study"
        return
    if name in factors:
        yield f"`{name}` is a factor of the study, which varies it"
    said = {arm.name: ", ".join(says(name, arm, common, own)) for arm in own}
    touched = [f"`{arm}` ({why})" for arm, why in said.items() if why]
    if touched:
        yield f"it would change, or do nothing in, the arm{'s' if len(touched) > 1 else ''} {listed(touched)}. {COMPARED}"


def _bare(factor: str) -> str:
    return factor.removeprefix(TACTIC_PREFIX)


def _from_here(name: str | None) -> str | None:
    """Return the name of a scenario or change, or the full path of a file."""
    return str(Path(name).absolute()) if name is not None and name.endswith(".toml") else name
