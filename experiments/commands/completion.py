"""Completion of commands, options and names in bash, zsh and fish."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, suppress

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
)

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


def side(ctx: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete one side of a comparison: a study and its arm, a mix of tactics, and behind @ a scenario."""
    before, at, place = incomplete.rpartition("@")
    if at:
        return _behind(f"{before}@", _completed(("scenarios",), place))
    study, colon, arm = incomplete.rpartition(":")
    if colon:
        from experiments.design import study_file

        with suppress(Invalid, OSError):
            arms = study_file.load(study).arms
            return [CompletionItem(f"{study}:{one.name}", help=one.title) for one in arms if one.name.startswith(arm)]
        return []
    mix, plus, last = incomplete.rpartition("+")
    found = _behind(f"{mix}{plus}", _completed(("tactics",), last))
    return found if plus else [*_completed(("studies",), incomplete, ":"), *found, *_completed_none(incomplete)]


def _behind(words: str, items: list[CompletionItem]) -> list[CompletionItem]:
    return [CompletionItem(f"{words}{item.value}", help=item.help) for item in items]


def _completed_none(incomplete: str) -> list[CompletionItem]:
    return [CompletionItem("none", help="No leader")] if "none".startswith(incomplete) else []


class Bash(BashComplete):
    """Completion in bash, which takes a colon for a word of its own: words are put together again, and what it has is left out."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one that is typed, and that one, each with its colon."""
        args, incomplete = super().get_completion_args()
        words = [*args, incomplete]
        for place in range(len(words) - 1, 0, -1):
            if words[place].startswith(":") or words[place - 1].endswith(":"):
                words[place - 1 : place + 1] = [words[place - 1] + words[place]]
        self._has = words[-1].rpartition(":")[0]
        return words[:-1], words[-1]

    def format_completion(self, item: CompletionItem) -> str:
        """Write an item without what stands before its colon already."""
        value = item.value.removeprefix(f"{self._has}:") if self._has else item.value
        return super().format_completion(CompletionItem(value, item.type))


add_completion_class(Bash, "bash")

COMMANDS = (completion,)
