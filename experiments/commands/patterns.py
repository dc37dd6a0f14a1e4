"""`syslead patterns`: which patterns of real diffusion the model's runs show, and which they do not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from experiments.commands import completion
from experiments.commands.console import terminal, text
from experiments.commands.console.help import Command, as_json, option
from experiments.commands.console.json_output import document
from experiments.commands.console.text import Column
from experiments.commands.options.request_options import change_option

if TYPE_CHECKING:
    from experiments.validity.patterns.setups import Setup
    from experiments.validity.patterns.verdicts import KnockedOut, Verdict


@click.command(
    cls=Command,
    examples=(
        "syslead patterns --seeds 20",
        "syslead patterns --change complex --json",
        "syslead patterns --change simple --knock-out --seeds 20",
    ),
    next_steps=("syslead describe-data FILE      the same statistics of data of your own",),
)
@click.argument("scenario", default="eight-systems", shell_complete=completion.scenario)
@change_option(
    "The change to judge, built in or a file; left out: simple, complex and, beside them, Bass's model alone."
)
@option("--seeds", type=click.IntRange(3, 10_000), default=100, show_default=True, metavar="N",
        help="Replicates, each with random numbers of its own, in the same world under every condition.")  # fmt: skip
@option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Random seed.")
@option("--knock-out", is_flag=True,
        help="Say instead which of the patterns that discriminate need which mechanism, each switched off alone.")  # fmt: skip
@as_json
def patterns(scenario: str, change: str | None, seeds: int, seed: int, knock_out: bool, as_json: bool) -> None:
    """Hold the model against patterns of real diffusion: what comes out, what is accepted, holds or fails.

    Leaders hold every conversation alike and forgo credit. Patterns between systems need a scenario with several.
    """
    setups = _checked(scenario, change, seed, everything=not knock_out)
    from experiments.commands.console import compiling

    compiling.first("compiled", 1)
    if knock_out:
        _show_knock_outs(setups, seeds, as_json)
    else:
        _show_verdicts(setups, seeds, as_json)


def _checked(scenario: str, change: str | None, seed: int, everything: bool) -> list[Setup]:
    from experiments.validity.patterns.catalogue import COMPLEX, NULL, SIMPLE
    from experiments.validity.patterns.setups import conditions, setup_of
    from simulation.errors import Invalid

    asked = [SIMPLE, COMPLEX, *([NULL] if everything else [])] if change is None else [change]
    found = [setup_of(name, scenario, seed) for name in asked]
    problems: dict[str, None] = {}
    for setup in found:
        for request in conditions(setup, 0, everything).values():
            try:
                request.check()
            except Invalid as invalid:
                problems |= dict.fromkeys(invalid.problems)
    if problems:
        raise Invalid(problems)
    return found


def _show_verdicts(setups: list[Setup], seeds: int, as_json: bool) -> None:
    from experiments.validity.patterns import verdicts

    found: dict[str, list[Verdict]] = {}
    for setup in setups:
        terminal.note(f"{setup.name}: {seeds} replicates of every condition ...")
        with terminal.aside():
            found[setup.name] = verdicts.verdicts(verdicts.outcomes_of(setup, seeds), setup.name)
    if as_json:
        terminal.show(document({"seeds": seeds, "patterns": _described(), "verdicts": found}))
    else:
        terminal.show_lines(_lines(found, seeds))


def _described() -> list[dict[str, Any]]:
    from experiments.validity.patterns.catalogue import DISCRIMINATING, PATTERNS

    return [
        {"key": one.key, "title": one.title, "measured": one.measured, "real": one.real, "weak": one.weak,
         "discriminates": one.key in DISCRIMINATING}
        for one in PATTERNS
    ]  # fmt: skip


def _lines(found: dict[str, list[Verdict]], seeds: int) -> list[str]:
    lines = [line for change, verdicts in found.items() for line in [f"{change}:", "", *_table(verdicts), ""]]
    note = (
        f"Over {seeds} replicates, with the exact 95 % interval of a median. What real data show: "
        "--json. Held or failed, every pattern stands here; nothing was tuned to them."
    )
    return [*lines, *text.wrapped(note, terminal.width())]


def _table(verdicts: list[Verdict]) -> list[str]:
    from experiments.validity.patterns.table import rows

    table = rows(verdicts)
    columns = [
        Column("", "", [row.words for row in table], left=True),
        Column("", "median (interval)", [row.found for row in table]),
        Column("", "accepted", [row.accept for row in table], rank=1),
        Column("", "verdict", [row.verdict for row in table]),
    ]
    return text.fitted(columns, terminal.width())[0]


def _show_knock_outs(setups: list[Setup], seeds: int, as_json: bool) -> None:
    from experiments.validity.patterns import verdicts

    found: dict[str, list[KnockedOut]] = {}
    for setup in setups:
        terminal.note(f"{setup.name}: {seeds} replicates without each mechanism ...")
        with terminal.aside():
            found[setup.name] = verdicts.knock_outs(setup, seeds)
    if as_json:
        terminal.show(document({"seeds": seeds, "knock_outs": found}))
        return
    for name, knocked in found.items():
        terminal.show_lines([f"{name}:", "", *text.listed(_needs(knocked), terminal.width()), ""])


def _needs(knocked: list[KnockedOut]) -> list[tuple[str, str]]:
    """Return what holds with every mechanism, and what a pattern owes to which; those that nothing needs come last."""
    from experiments.analysis.parameters.meanings import meaning_of
    from experiments.analysis.writing import lowered
    from experiments.validity.patterns.verdicts import HOLDS

    held = [key for key, verdict in knocked[0].verdicts.items() if verdict == HOLDS]
    pairs, idle = [("hold", _titles(held) or "none")], []
    for one in knocked[1:]:
        name = one.mechanism.removesuffix(".on")
        said = [(_titles(one.lost), "no more"), (_titles(one.gained), "only then")]
        words = [f"{titles} {when}" for titles, when in said if titles]
        if words:
            pairs.append(
                (f"without {name}", f"{'; '.join(words)} [{one.mechanism}: {lowered(meaning_of(one.mechanism))}]")
            )
        else:
            idle.append(name)
    return [*pairs, ("nothing changes", f"without {', '.join(idle)}")] if idle else pairs


def _titles(keys: Iterable[str]) -> str:
    from experiments.validity.patterns.catalogue import BY_KEY

    return ", ".join(f"{BY_KEY[key].title} ({key})" for key in keys)


COMMANDS = (patterns,)
