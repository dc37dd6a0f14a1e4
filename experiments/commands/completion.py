"""Completion of commands, options and names in bash, zsh and fish."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, suppress

import click
from click.shell_completion import CompletionItem, ShellComplete, get_completion_class

from experiments.commands.console.help import Choice, Command
from experiments.commands.options import names
from simulation.errors import Invalid

SHELLS = ("bash", "zsh", "fish")


@click.command(
    cls=Command,
    examples=(
        'eval "$(syslead completion bash)"                        in ~/.bashrc',
        'eval "$(syslead completion zsh)"                         in ~/.zshrc',
        "syslead completion fish > ~/.config/fish/completions/syslead.fish",
    ),
)
@click.argument("shell", type=Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that completes commands, options, tactics and parameters in a shell."""
    kind = get_completion_class(shell)
    assert kind is not None
    # click's own class for bash starts a bash to ask its version; printing must have no side effects.
    click.echo(ShellComplete.source(kind(ctx.find_root().command, {}, "syslead", "_SYSLEAD_COMPLETE")))


def _completed(kinds: tuple[str, ...], incomplete: str, end: str = "") -> list[CompletionItem]:
    # Where a tactic of the user's own is faulty, any command tells; a completion says nothing.
    with suppress(Invalid), redirect_stderr(io.StringIO()):
        return [
            CompletionItem(f"{name}{end}", help=meaning)
            for kind in kinds
            for name, meaning in names.of(kind).items()
            if name.startswith(incomplete)
        ]
    return []


def tactic(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a tactic."""
    return _completed(("tactics",), incomplete)


def setting(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a parameter that is to be set."""
    return _completed(("parameters",), incomplete, "=")


def anything(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete a name of any kind."""
    return _completed(names.KINDS, incomplete)


def scenario(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a scenario, or the path of one."""
    return _completed(("scenarios",), incomplete) or [CompletionItem(incomplete, type="file")]


def change(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a change, or the path of one."""
    return _completed(("changes",), incomplete) or [CompletionItem(incomplete, type="file")]


def study(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a study, or the path of one."""
    return _completed(("studies",), incomplete) or [CompletionItem(incomplete, type="file")]


COMMANDS = (completion,)
