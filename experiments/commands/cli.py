"""The command line: `syslead`. It starts at once, as whatever is heavy is imported by the command that needs it."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple, NoReturn

import click

from experiments.commands import (
    compare,
    completion,
    describe,
    describe_data,
    doctor,
    folders,
    listing,
    patterns,
    results,
    run,
    selftest,
    sweep,
    view,
    why,
)
from experiments.commands.console import terminal
from experiments.commands.console.help import Group
from experiments.store.errors import Interrupted, SweepError
from simulation import own_tactics
from simulation.errors import FailedRun, Invalid

BUG, USAGE, FAILED, NOT_WRITABLE, INTERRUPTED = 1, 2, 3, 4, 130
COMPLETION = "_SYSLEAD_COMPLETE"


def version() -> str:
    """Return the version that is installed."""
    from importlib import metadata

    try:
        return metadata.version("syslead")
    except metadata.PackageNotFoundError:
        return "not installed"


def _show_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"syslead {version()}")
        ctx.exit()


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    invoke_without_command=True,
    examples=(
        "syslead run --tactic seeding --tactic forgoing_credit",
        "syslead sweep tactics --out results/tactics",
        "syslead plot results/tactics",
    ),
    headings={
        "One run": ("run", "view"),
        "One answer": ("compare",),
        "Many runs": ("sweep", "resume", "status", "verify", "merge"),
        "Results": ("report", "plot", "why", "export"),
        "Held against real data": ("patterns", "describe-data"),
        "What there is": ("list", "describe", "params"),
        "This machine": ("doctor", "selftest", "completion"),
    },
    next_steps=(
        "syslead COMMAND --help      examples and options of a command",
        "syslead list tactics        what leaders can do",
        "syslead list studies        questions that are ready to run",
    ),
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
              help="Show the version.")  # fmt: skip
@click.pass_context
def root(ctx: click.Context) -> None:
    """Simulate how change spreads across health organisations that nobody can order, and compare what leaders do."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


for module in (
    run,
    view,
    compare,
    sweep,
    folders,
    results,
    why,
    patterns,
    describe_data,
    listing,
    describe,
    doctor,
    selftest,
    completion,
):
    for command in module.COMMANDS:
        root.add_command(command)


class Ending(NamedTuple):
    """How a command ended: its exit code, and what to tell the user."""

    code: int
    message: str = ""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Carry out a command line and exit with its code."""
    _open_what_is_closed()
    words = list(sys.argv[1:] if arguments is None else arguments)
    instruction = os.environ.get(COMPLETION)
    if instruction:
        from click.shell_completion import shell_complete

        sys.exit(shell_complete(root, {}, "syslead", COMPLETION, instruction))
    ending = _carried_out(words)
    with suppress(BrokenPipeError, OSError):
        if ending.message:
            terminal.warn(ending.message)
        sys.stdout.flush()
    sys.exit(ending.code)


def _open_what_is_closed() -> None:
    """Give streams that were closed (`>&-`, some schedulers) somewhere to go; else the next file opened would take their place."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _carried_out(words: list[str]) -> Ending:
    own_tactics.listeners[:] = [terminal.note]
    try:
        with root.make_context("syslead", words) as ctx:
            root.invoke(ctx)
            sys.stdout.flush()
        return Ending(0)
    except click.exceptions.Exit as end:
        return Ending(end.exit_code)
    except BrokenPipeError:
        # The reader has seen enough (`| head`). Python would complain once more when it closes the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Ending(0)
    except (KeyboardInterrupt, EOFError, click.Abort):
        return Ending(INTERRUPTED, "\nInterrupted.")
    except Exception as error:
        if "--debug" in words:
            terminal.warn(traceback.format_exc())
        return ending_of(error)


def ending_of(error: Exception) -> Ending:
    """Return the exit code and the message for an error.

    >>> ending_of(Invalid(["`weeks` must be a whole number in [0, 5200], but is -1."])).code
    2
    """
    if isinstance(error, Invalid):
        return Ending(USAGE, _problems(error.problems))
    if isinstance(error, FailedRun):
        return Ending(FAILED, f"The run failed, and has no result. {error}")
    if isinstance(error, click.UsageError):
        return Ending(USAGE, _usage(error))
    if isinstance(error, click.ClickException):
        return Ending(USAGE, f"Error: {error.format_message()}")
    if isinstance(error, Interrupted):
        return Ending(error.exit_code, str(error))
    if isinstance(error, SweepError):
        return Ending(error.exit_code, f"Error: {error}")
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return Ending(NOT_WRITABLE, f"Error: {place}{error.strerror or error}.")
    return Ending(
        BUG,
        f"A fault in syslead: {type(error).__name__}: {error}\n"
        "The same command with --debug shows where; please report it with the output of `syslead doctor`.",
    )


def _problems(problems: Sequence[str]) -> str:
    if len(problems) == 1:
        return f"Error: {problems[0]}"
    return "\n".join([f"{len(problems)} errors:", *(f"  {problem}" for problem in problems)])


def _usage(error: click.UsageError) -> str:
    words = f"Error: {error.format_message()}"
    return words if error.ctx is None else f"{words}\nSee: {error.ctx.command_path} --help"


if __name__ == "__main__":
    main()
