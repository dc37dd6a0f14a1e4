"""`syslead describe`: all about anything that has a name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.commands import completion, listing
from experiments.commands.console import terminal, text
from experiments.commands.console.help import OUTPUT, Choice, Command, as_json, option
from experiments.commands.console.json_output import document
from experiments.commands.options import files, names
from simulation.errors import Invalid, nearest
from simulation.parameters import Parameter

if TYPE_CHECKING:
    from experiments.analysis.facilitator.told import Item


@click.command(
    cls=Command,
    examples=(
        "syslead describe seeding",
        "syslead describe gates.approvals",
        "syslead describe ics-small --toml > my-system.toml",
        "syslead describe convener --sheet",
    ),
    next_steps=(
        "syslead list tactics      names to describe; also scenarios, changes, parameters, studies, observables",
    ),
)
@click.argument("name", shell_complete=completion.anything)
@option("--toml", is_flag=True, heading=OUTPUT, help="The file of a study, scenario or change, to start from.")
@option("--sheet", is_flag=True, heading=OUTPUT,
        help="The facilitator's sheet of a question of the page: an hour with a group, what to say and to notice.")  # fmt: skip
@option("--kind", type=Choice([names.singular(kind) for kind in names.KINDS]), metavar="KIND", heading=OUTPUT,
        help="Of what kind it is, where several have this name.")  # fmt: skip
@as_json
def describe(name: str, toml: bool, sheet: bool, kind: str | None, as_json: bool) -> None:
    """Describe a scenario, change, tactic, parameter or group of parameters, study or observable."""
    if toml and as_json:
        raise click.UsageError("`--toml` prints a file, so it cannot go with `--json`.")
    if toml and sheet:
        raise click.UsageError("`--toml` prints the study's file and `--sheet` what a facilitator needs: choose one.")
    if sheet:
        _show_sheet(name, as_json)
        return
    if toml:
        terminal.show(files.built_in(name, kind).read_text("utf-8").rstrip())
        return
    found = about(name, kind)
    if as_json:
        terminal.show(document({"name": name, "found": found}))
        return
    terminal.show("\n\n".join("\n".join(_lines(record)) for record in found))


def _show_sheet(name: str, as_json: bool) -> None:
    """Show the facilitator's sheet of a study, for a terminal or a printer of plain text."""
    from experiments.analysis.facilitator import sheet, told

    asked = sheet.load(name)
    found = told.sections(asked)
    if as_json:
        terminal.show(
            document(
                {
                    "name": name,
                    "sheet": [
                        {**section._asdict(), "items": [item._asdict() for item in section.items]} for section in found
                    ],
                }
            )
        )
        return
    lines = [
        terminal.bold(f"{asked.study.title}  ({told.SHEET.lower()})"),
        *text.wrapped(asked.study.question, terminal.width()),
    ]
    for section in found:
        lines += ["", terminal.bold(section.head)]
        lines += [part for item in section.items for part in _item(item, "-" if section.is_list else "")]
    terminal.show("\n".join(lines))


def _item(item: Item, mark: str) -> list[str]:
    """Set out what a sheet says, with a mark or its minutes before the first line."""
    lead = f"  {item.minutes:<9}" if item.minutes else f"  {mark}{' ' * len(mark)}"
    words = f"{item.words.replace('*', '')}{f' ({item.numbers})' if item.numbers else ''}"
    first, *rest = text.wrapped(words, terminal.width() - len(lead))
    return [f"{lead}{first}", *(f"{' ' * len(lead)}{line}" for line in rest)]


def about(name: str, of_kind: str | None = None) -> list[dict[str, Any]]:
    """Return what is known of a name, a record for each kind that has it, or for one kind alone.

    Raises
    ------
    Invalid
        If nothing has this name.
    """
    from simulation import catalogue

    described: dict[str, Callable[[str], dict[str, Any]]] = {
        "scenarios": _scenario,
        "changes": _change,
        "tactics": _tactic,
        "parameters": _parameter,
        "studies": _study,
        "observables": lambda name: catalogue.observables()[name]._asdict(),
    }
    kinds = [kind for kind in names.kinds_of(name) if of_kind in (None, names.singular(kind))]
    found = [{"what": names.singular(kind), **described[kind](name)} for kind in kinds]
    if of_kind is not None and not found:
        raise Invalid([f"No {of_kind} is called {name!r}. {nearest(name, names.of(names.plural(of_kind)))}".rstrip()])
    if not found and names.group(name):
        found = [{"what": "group of parameters", "name": name, "parameters": _parameters(name)}]
    if not found and name.endswith(".toml"):
        found = [_file(name)]
    if not found:
        known = [known for kind in names.KINDS for known in names.of(kind)] + list(catalogue.groups())
        raise Invalid([f"Nothing is called {name!r}. {nearest(name, known) or 'See: syslead list --help'}"])
    return found


def _tactic(name: str) -> dict[str, Any]:
    from simulation import catalogue

    return {**catalogue.tactics()[name]._asdict(), "parameters": _parameters(name)}


def _parameters(group: str) -> list[dict[str, Any]]:
    return [_parameter(name) for name in names.group(group)]


def _parameter(name: str) -> dict[str, Any]:
    from simulation import catalogue

    return catalogue.parameters()[name]._asdict()


def _scenario(name: str) -> dict[str, Any]:
    from simulation import scenario

    found = scenario.load(name)
    return {
        "name": name,
        "title": found.title,
        "source": found.source,
        "systems": found.systems,
        "change": found.change,
        "organisations": [row._asdict() for row in found.organisations],
        "leaders": [row._asdict() for row in found.leaders],
        "settings": found.settings,
        "tables": {name: source.path for name, source in found.tables.items()},
    }


def _change(name: str) -> dict[str, Any]:
    from simulation import change

    return change.load(name)._asdict()


def _study(name: str) -> dict[str, Any]:
    from experiments.design import study_file

    found = study_file.load(name)
    return {
        "name": found.name,
        "title": found.title,
        "question": found.question,
        "watch": list(found.watch),
        "weeks": found.weeks,
        "replicates": found.replicates,
        "seed": found.seed,
        "points": found.design.size,
        "factors": list(found.design.columns),
        "arms": [arm._asdict() for arm in found.arms],
    }


def _file(name: str) -> dict[str, Any]:
    """Describe a user's own file, a scenario, a change or a study by what stands in it."""
    from simulation import change, toml_file

    keys = toml_file.read(Path(name)).data.keys()
    if keys & {"organisations", "tables"}:
        return {"what": "scenario", **_scenario(name)}
    # A study may also say nothing but a title and settings, and only a change says where it comes from.
    if "source" in keys and keys <= change.KEYS.keys():
        return {"what": "change", **_change(name)}
    return {"what": "study", **_study(name)}


def _lines(record: dict[str, Any]) -> list[str]:
    width = terminal.width()
    if record["what"] == "parameter":
        return _explained(record, width)
    lines = [f"{terminal.bold(record['name'])}  ({record['what']})"]
    facts = [
        (key.replace("_", " "), _fact(value))
        for key, value in record.items()
        if key not in ("name", "what") and not isinstance(value, list | dict) and value not in ("", None)
    ]
    lines += text.listed(facts, width)
    for key, value in record.items():
        lines += _section(key, value, width)
    return lines


def _explained(record: dict[str, Any], width: int) -> list[str]:
    return listing.explained(Parameter(**{field: record[field] for field in Parameter._fields}), width)


def _fact(value: object) -> str:
    return listing.shown(value)


def _section(key: str, value: object, width: int) -> list[str]:
    """Set out a list of records, or a table of values, under its name."""
    if not isinstance(value, list | dict) or not value:
        return []
    lines = ["", terminal.bold(key.capitalize())]
    if key == "parameters":
        for parameter in value:
            lines += _explained(parameter, width)
        return lines
    if isinstance(value, dict):
        return lines + [part for name, inner in value.items() for part in _row(f"{name} = {_fact(inner)}", width)]
    return lines + [part for row in value for part in _row(_told(row), width)]


def _row(words: str, width: int) -> list[str]:
    parts = text.wrapped(words, width - 4)
    return [f"  {part}" if place == 0 else f"    {part}" for place, part in enumerate(parts)]


def _told(row: object) -> str:
    """Set out a record in a line, leaving out what it does not say."""
    if not isinstance(row, dict):
        return str(row)
    told = {key: value for key, value in row.items() if value not in ("", None, {}, (), [])}
    lead = str(told.pop("name", told.pop("kind", "")))
    rest = ", ".join(f"{key} {_value(value)}" for key, value in told.items())
    return f"{lead}: {rest}" if lead and rest else lead or rest


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_fact(inner)}" for key, inner in value.items()) + "}"
    return _fact(value)


COMMANDS = (describe,)
