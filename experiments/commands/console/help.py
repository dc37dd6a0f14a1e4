"""What every command has in common: help that leads with examples, wishes about output, near misses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import click

from experiments.commands.console import terminal, text
from simulation.errors import nearest

OUTPUT = "Output"


class Option(click.Option):
    """An option that stands under a heading of its own in the help."""

    def __init__(self, *arguments: Any, heading: str = "Options", **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.heading = heading


class Choice(click.Choice[str]):
    """One of a few words; a misspelt one is met with the nearest."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read the word."""
        hint = nearest(str(value), list(map(str, self.choices)))
        if value not in self.choices and hint:
            self.fail(f"{value!r} is not one of {', '.join(map(str, self.choices))}. {hint}", param, ctx)
        return super().convert(value, param, ctx)


class Command(click.Command):
    """A command whose help leads with examples, says what it writes, and ends with what comes next.

    Parameters
    ----------
    examples : sequence of str
        Two or three command lines that work.
    writes : str
        What the command leaves behind.
    next_steps : sequence of str
        Command lines that one would go on with.
    """

    def __init__(
        self,
        *arguments: Any,
        examples: Sequence[str] = (),
        writes: str = "Nothing.",
        next_steps: Sequence[str] = (),
        **keywords: Any,
    ) -> None:
        super().__init__(*arguments, **keywords)
        self.examples, self.writes, self.next_steps = examples, writes, next_steps
        self.params += wishes()

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        lead(self, self.examples, formatter)
        self.format_usage(ctx, formatter)
        self._format_rest(formatter)
        headed(ctx, self, formatter)
        with formatter.section("Writes"):
            formatter.write_text(self.writes)
        lines(formatter, "Next", self.next_steps)

    def _format_rest(self, formatter: click.HelpFormatter) -> None:
        """Write what follows the first paragraph of the description."""
        for paragraph in (self.help or "").split("\n\n")[1:]:
            formatter.write_paragraph()
            formatter.write_text(" ".join(paragraph.split()))


class Group(click.Group):
    """The commands, under headings; a misspelt one is met with the nearest."""

    command_class = Command

    def __init__(
        self,
        *arguments: Any,
        examples: Sequence[str] = (),
        next_steps: Sequence[str] = (),
        headings: Mapping[str, Sequence[str]] | None = None,
        **keywords: Any,
    ) -> None:
        super().__init__(*arguments, **keywords)
        self.examples, self.next_steps, self.headings = examples, next_steps, headings or {}
        self.params += wishes()

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or name the nearest."""
        if not ctx.resilient_parsing and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            hint = nearest(args[0], self.list_commands(ctx)) or "`syslead --help` lists them."
            raise click.UsageError(f"No command is called {args[0]!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help."""
        lead(self, self.examples, formatter)
        self.format_usage(ctx, formatter)
        for heading, names in self.headings.items():
            commands = [(name, self.commands[name]) for name in names if name in self.commands]
            rows = [(name, command.get_short_help_str(200)) for name, command in commands if not command.hidden]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)
        headed(ctx, self, formatter)
        lines(formatter, "Next", self.next_steps)


def lead(command: click.Command, examples: Sequence[str], formatter: click.HelpFormatter) -> None:
    """Write what a command is for, and examples."""
    formatter.write_text(" ".join((command.help or "").split("\n\n")[0].split()))
    lines(formatter, "Examples", examples)
    formatter.write_paragraph()


def lines(formatter: click.HelpFormatter, heading: str, words: Sequence[str]) -> None:
    """Write lines under a heading, each as it stands, unless it is too long."""
    if not words:
        return
    with formatter.section(heading):
        room = formatter.width - formatter.current_indent
        for line in words:
            for place, part in enumerate(text.wrapped(line, room - 2)):
                formatter.write(f"{'':{formatter.current_indent + 2 * bool(place)}}{part}\n")


def headed(ctx: click.Context, command: click.Command, formatter: click.HelpFormatter) -> None:
    """Write the options under their headings, those about output last."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for parameter in command.get_params(ctx):
        record = parameter.get_help_record(ctx)
        if record is not None and isinstance(parameter, click.Option):
            sections.setdefault(getattr(parameter, "heading", OUTPUT), []).append(record)
    for heading in sorted(sections, key=lambda name: name == OUTPUT):
        with formatter.section(heading):
            formatter.write_dl(sections[heading])


def wishes() -> list[click.Parameter]:
    """Return the options that every command takes, before or after its name."""

    def remembered(name: str) -> Callable[[click.Context, click.Parameter, bool], None]:
        def remember(ctx: click.Context, _: click.Parameter, value: bool) -> None:
            if value:
                terminal.wish(ctx, name)
                if name == terminal.PLAIN:
                    terminal.without_colour(ctx)

        return remember

    def colourless(ctx: click.Context, _: click.Parameter, value: bool) -> None:
        if value or terminal.wants_no_colour():
            terminal.without_colour(ctx)

    def flag(name: str, words: str, callback: Callable[..., None]) -> Option:
        return Option(
            [name], is_flag=True, expose_value=False, is_eager=True, heading=OUTPUT, help=words, callback=callback
        )

    return [
        flag("--quiet", "No progress and no remarks: results and errors only.", remembered(terminal.QUIET)),
        flag("--plain", "Lines that never change once written, without colour.", remembered(terminal.PLAIN)),
        flag("--no-color", "No colour; NO_COLOR and TERM=dumb do the same.", colourless),
        flag("--debug", "On an error, show where it arose.", lambda *_: None),
    ]


def option(*names: str, heading: str = "Options", **keywords: Any) -> Callable[[Any], Any]:
    """Declare an option under a heading."""
    return click.option(*names, cls=Option, heading=heading, **keywords)


def together(*declarations: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Declare several options at once, in this order."""

    def declare(function: Any) -> Any:
        for declaration in reversed(declarations):
            function = declaration(function)
        return function

    return declare


as_json = option("--json", "as_json", is_flag=True, heading=OUTPUT, help="One JSON document with schema_version.")
