"""The options by which a command is told what to run, and the request that they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from experiments.commands import completion
from experiments.commands.console import terminal
from experiments.commands.console.help import option, together
from experiments.commands.options.assignments import assigned
from experiments.commands.options.places import Place
from simulation import Request
from simulation.errors import Invalid

MODEL, TIME, REPEAT = "What is simulated", "Time and random numbers", "A run of a sweep"
# With these the run is no longer the one that `--from` names.
OTHERWISE = ("scenario", "change", "tactic", "set_", "weeks", "seed", "replicate", "schedule")


def change_option(words: str) -> Callable[[Any], Any]:
    """Return the option that names what is to be adopted."""
    return option("--change", metavar="NAME|FILE", heading=MODEL, shell_complete=completion.change, help=words)


of_a_run = together(
    click.argument("scenario", default="ics-small", shell_complete=completion.scenario),
    change_option("What is to be adopted: a built-in change (syslead list changes), or the path of a TOML file."),
    option("--tactic", metavar="NAME[=SHARE]", multiple=True, heading=MODEL, shell_complete=completion.tactic,
           help="A tactic, with its share of the leaders' time or its degree (1). Repeat for a mix. Tactics of your own "
           "lie in folders named by SYSLEAD_TACTICS, whose code is run."),
    option("--set", "set_", metavar="NAME=VALUE", multiple=True, heading=MODEL, shell_complete=completion.setting,
           help="A parameter, by name (syslead params). Repeat for more."),
    option("--schedule", type=Place(), heading=MODEL,
           help="TOML file of [[schedule]] tables: `week`, and the `tactics` and `settings` from then on."),
    option("--weeks", type=int, default=260, show_default=True, heading=TIME, help="How long to run."),
    option("--seed", type=int, default=1, show_default=True, heading=TIME, help="Random seed."),
    option("--replicate", type=int, default=0, show_default=True, heading=TIME,
           help="Which replicate of that seed: each has random numbers of its own."),
    option("--from", "source", metavar="DIR", type=Place(), heading=REPEAT,
           help="Repeat a run of the sweep in this folder, bit for bit."),
    option("--run", "number", type=int, metavar="ID", heading=REPEAT, help="Which run of --from."),
    option("--accept-changes", is_flag=True, heading=REPEAT,
           help="Repeat it although sources or versions differ; it may then be another run."),
)  # fmt: skip


def request_of(ctx: click.Context, options: Mapping[str, Any]) -> Request:
    """Return the checked request that the options of a command make; what a command does not offer keeps its default.

    Raises
    ------
    Invalid
        With everything that is wrong with it; or there is no such run.
    SweepError
        The folder of `--from` cannot be read, or it was made otherwise and that is not accepted.
    """
    if (options["source"] is None) != (options["number"] is None):
        raise click.UsageError("`--from DIR` and `--run ID` belong together.", ctx)
    if options["source"] is None:
        if options["accept_changes"]:
            raise click.UsageError("`--accept-changes` belongs to `--from DIR`.", ctx)
        return _asked(options)
    if given := given_in(ctx):
        names = ", ".join(f"--{name.rstrip('_')}" if name != "scenario" else "SCENARIO" for name in given)
        raise click.UsageError(f"`--from` repeats a run as it was, so it cannot go with {names}.", ctx)
    request = _repeated(options)
    if "engine" in options and ctx.get_parameter_source("engine") != click.core.ParameterSource.DEFAULT:
        request = request._replace(engine=options["engine"])
    return _checked(request, [], allow_large=True)


def given_in(ctx: click.Context) -> list[str]:
    """Return which options say what to run, by name."""
    return [name for name in OTHERWISE if ctx.get_parameter_source(name) != click.core.ParameterSource.DEFAULT]


def _checked(request: Request, problems: list[str], allow_large: bool) -> Request:
    try:
        request.check(allow_large)
    except Invalid as invalid:
        problems = [*problems, *invalid.problems]
    if problems:
        raise Invalid(problems)
    return request


def _repeated(options: Mapping[str, Any]) -> Request:
    """Return the request of a run of a sweep, and remark on what has changed since."""
    from experiments.store.repeat import repeat_of

    repeat = repeat_of(options["source"], options["number"], options["accept_changes"])
    for change in repeat.changes:
        terminal.note(f"Changed since: {change}")
    return repeat.request


def _asked(options: Mapping[str, Any]) -> Request:
    # These know the parameters, which help and errors need not wait for.
    from experiments.design.dotted import kind_of
    from experiments.design.schedule import Schedule, overruled_at_the_start, read_schedule

    tactics, wrong_tactics = assigned(options["tactic"], "--tactic", lambda _: "number", 1.0)
    settings, wrong_settings = assigned(options["set_"], "--set", kind_of)

    schedule: Schedule = ()
    wrong_schedule: list[str] = []
    try:
        schedule = read_schedule(options["schedule"], options["weeks"]) if options["schedule"] else ()
    except Invalid as invalid:
        wrong_schedule = invalid.problems
    for problem in overruled_at_the_start(schedule, tactics, settings):  # type: ignore[arg-type]
        wrong_schedule.append(f"{options['schedule']}: with the `--tactic` and `--set` given here, {problem}")
    request = Request(
        scenario=options["scenario"],
        tactics=tactics,  # type: ignore[arg-type] # what is no number is refused by the check
        settings=settings,
        weeks=options["weeks"],
        seed=options["seed"],
        replicate=options["replicate"],
        engine=options.get("engine", "compiled"),
        schedule=schedule,
        change=options["change"],
    )
    return _checked(request, wrong_tactics + wrong_settings + wrong_schedule, options.get("allow_large", False))
