"""`syslead list` and `syslead params`: what there is, by kind."""

from __future__ import annotations

import json
from math import isfinite
from typing import Any

import click

from experiments.commands.console import terminal, text
from experiments.commands.console.help import OUTPUT, Choice, Command, as_json, option
from experiments.commands.console.json_output import document
from experiments.commands.options import names
from simulation.errors import Invalid, nearest
from simulation.parameters import Parameter

DOSES = "doses"
"""What can be listed besides names: what conversations and stances put in."""
UNITS_UNSAID = ("switch", "choice")


@click.command(
    "list",
    cls=Command,
    examples=("syslead list tactics", "syslead list studies", "syslead list parameters --json", "syslead list doses"),
    next_steps=("syslead describe NAME      all about one of them",),
)
@click.argument("kind", type=Choice((*names.KINDS, DOSES)), metavar="|".join((*names.KINDS, DOSES)))
@as_json
def list_(kind: str, as_json: bool) -> None:
    """List the scenarios, changes, tactics, parameters, studies or observables by name; or what conversations put in.

    The doses are worked out from the rules for one typical person: how far one conversation moves the view, in log-odds,
    how long half of that lasts, whom it gets to, and what that comes to for an hour of a leader.

    Where the environment variable SYSLEAD_TACTICS names folders with tactics of your own, the code in them is run, by
    this command too.
    """
    if as_json:
        terminal.show(document({"kind": kind, kind: _records(kind)}))
        return
    if kind == DOSES:
        terminal.show("\n".join(_dose_table(terminal.width())))
        return
    terminal.show("\n".join(text.listed(list(names.of(kind).items()), terminal.width())))


def _dose_table(width: int) -> list[str]:
    from simulation.doses import doses

    found = doses()
    heads: tuple[tuple[str, str, list[str]], ...] = (
        ("view moved", "log-odds", [f"{dose.at_once:+.2f}" for dose in found]),
        ("half of it", "gone, weeks", [f"{dose.half_life:.0f}" for dose in found]),
        ("gets to", "people", [f"{dose.people:.0f}" for dose in found]),
        ("with", "chance", [f"{dose.chance:.2f}" for dose in found]),
        ("dose for an", "hour", ["" if dose.per_hour is None else f"{dose.per_hour:+.1f}" for dose in found]),
    )
    named = text.Column("", "whose view", [f"{dose.name}: {dose.moved}" for dose in found], left=True)
    columns = [named, *(text.Column(*head, rank=rank) for rank, head in zip((0, 2, 4, 3, 1), heads, strict=True))]
    lines, hidden = text.fitted(columns, width)
    note = "The dose is log-odds times people; without one, the row is for an adoption that is put down to a leader."
    return [*lines, *text.wrapped(" ".join(filter(None, (note, text.hidden_columns(hidden)))), width)]


def _records(kind: str) -> list[dict[str, Any]]:
    from simulation import catalogue

    if kind == DOSES:
        from simulation.doses import doses

        return [{**dose._asdict(), "half_life": _finite(dose.half_life)} for dose in doses()]
    if kind == "tactics":
        return [tactic._asdict() for tactic in catalogue.tactics().values()]
    if kind == "parameters":
        return [parameter._asdict() for parameter in catalogue.parameters().values()]
    if kind == "observables":
        return [observable._asdict() for observable in catalogue.observables().values()]
    return [{"name": name, "title": title} for name, title in names.of(kind).items()]


def _finite(number: float) -> float | None:
    """Return a number that JSON can hold: none where it is without end."""
    return number if isfinite(number) else None


@click.command(
    cls=Command,
    examples=(
        "syslead params",
        "syslead params pressure gates",
        "syslead params --json-schema > parameters.schema.json",
    ),
    next_steps=("syslead run --set NAME=VALUE      a run with another value",),
)
@click.argument("groups", nargs=-1, metavar="[GROUP|NAME]...", shell_complete=lambda *_: [])
@option("--json-schema", is_flag=True, heading=OUTPUT, help="A JSON schema of all parameters, for editors.")
@as_json
def params(groups: tuple[str, ...], json_schema: bool, as_json: bool) -> None:
    """Explain every parameter: meaning, unit, default, range and source."""
    chosen = _chosen(groups)
    if json_schema:
        terminal.show(json.dumps(schema(chosen), indent=2, ensure_ascii=False))
    elif as_json:
        terminal.show(document({"parameters": [parameter._asdict() for parameter in chosen]}))
    else:
        terminal.show("\n".join(line for parameter in chosen for line in explained(parameter, terminal.width())))


def _chosen(groups: tuple[str, ...]) -> list[Parameter]:
    from simulation import catalogue

    known = catalogue.parameters()
    chosen: dict[str, Parameter] = {}
    problems: list[str] = []
    for word in groups:
        found = [word] if word in known else names.group(word)
        if not found and word in catalogue.groups():
            problems.append(
                f"`{word}` has no parameters: its degree is all that can be set. See: syslead describe {word}"
            )
        elif not found:
            hint = nearest(word, [*catalogue.groups(), *known]) or "See: syslead list parameters"
            problems.append(f"No parameter or group is called {word!r}. {hint}")
        chosen |= {name: known[name] for name in found}
    if problems:
        raise Invalid(problems)
    return list(chosen.values()) if groups else list(known.values())


def explained(parameter: Parameter, width: int) -> list[str]:
    """Set out what a parameter is."""
    facts = [f"default {shown(parameter.default)}", _range(parameter), f"source: {parameter.source}"]
    lines = text.wrapped(parameter.meaning, width, "  ") + text.wrapped("; ".join(facts), width, "  ")
    return [terminal.bold(parameter.name), *lines]


def _range(parameter: Parameter) -> str:
    if parameter.kind == "choice":
        return f"one of {' | '.join(parameter.choices)}"
    if parameter.kind == "switch":
        return "true or false"
    whole = "whole number " if parameter.kind == "integer" else ""
    return f"{whole}in [{parameter.low:g}, {parameter.high:g}] {parameter.unit}"


def shown(value: object) -> str:
    """Write a value as it is set: true, 0.5, spread."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def schema(parameters: list[Parameter]) -> dict[str, Any]:
    """Return a JSON schema of settings by parameter name."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Parameters of syslead",
        "type": "object",
        "additionalProperties": False,
        "properties": {parameter.name: _property(parameter) for parameter in parameters},
    }


def _property(parameter: Parameter) -> dict[str, Any]:
    unit = "" if parameter.unit in UNITS_UNSAID else f" Unit: {parameter.unit}."
    words = f"{parameter.meaning.rstrip('.')}.{unit} Source: {parameter.source}."
    found: dict[str, Any] = {"description": words, "default": parameter.default}
    if parameter.kind == "choice":
        return {**found, "enum": list(parameter.choices)}
    if parameter.kind == "switch":
        return {**found, "type": "boolean"}
    kind = "integer" if parameter.kind == "integer" else "number"
    return {**found, "type": kind, "minimum": parameter.low, "maximum": parameter.high}


COMMANDS = (list_, params)
