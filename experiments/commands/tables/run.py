"""The numbers of one run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from experiments.analysis.parameters.meanings import mix_of, set_to
from experiments.commands.console import text
from simulation import Request
from simulation.words import counted

if TYPE_CHECKING:
    from simulation import Result

WEEKS_A_YEAR = 52
OBSERVABLES = ("organisations_committed", "trust", "leader_hours", "patient_benefit")


def how_made(request: Request, called: str = "") -> str:
    """How a run was made, in a line; its mix by what it is called, where it has a name."""
    words = [Path(request.scenario).stem, *([f"change {Path(request.change).stem}"] if request.change else [])]
    words += [f"seed {request.seed}", f"replicate {request.replicate}"]
    mix = called or mix_of(request.tactics)
    changes = [set_to(name, value) for name, value in request.settings.items()]
    changes += [counted(len(request.schedule), "scheduled change")] if request.schedule else []
    return "; ".join([", ".join(words), mix, *([", ".join(changes)] if changes else [])])


def run_table(request: Request, result: Result, width: int) -> str:
    """Return the numbers of one run as plain text."""
    weeks = len(result.adopted_share) - 1
    moments = {0: "start", **{WEEKS_A_YEAR * y: f"year {y}" for y in (1, 2, 5) if WEEKS_A_YEAR * y <= weeks}}
    moments.setdefault(weeks, f"week {weeks}")
    table = [
        text.Column("", "share of staff, %", ["have adopted", "say they have"], left=True),
        *(
            text.Column(
                "", label, [f"{100 * line[week]:.1f}" for line in (result.adopted_share, result.declared_share)]
            )
            for week, label in moments.items()
        ),
    ]
    lines = [*text.wrapped(how_made(request), width), "", *text.fitted(table, width)[0], ""]
    lines += text.listed(_facts(result), width)
    return "\n".join([*lines, "", "One run of a model of a theory, not a forecast."])


def _facts(result: Result) -> list[tuple[str, str]]:
    from simulation import catalogue

    known = catalogue.observables()
    weeks = [result.observables.get(f"weeks_to_{share}") for share in (10, 50, 90)]
    reached = ", ".join("never" if week is None else f"{week:.0f}" for week in weeks)
    facts = [("weeks to 10, 50, 90 %", reached)]
    for name in OBSERVABLES:
        value = result.observables.get(name)
        if name in known and value is not None:
            facts.append((name.replace("_", " "), _amount(value, known[name].unit)))
    return facts


def _amount(value: float, unit: str) -> str:
    if unit.startswith("share of"):
        return f"{100 * value:.0f} %{unit.removeprefix('share')}"
    number = f"{value:,.0f}" if value >= 100 else f"{value:z.3g}"
    if unit == "share":
        return number
    return f"{number} {unit.removesuffix('s') if number == '1' else unit}"
