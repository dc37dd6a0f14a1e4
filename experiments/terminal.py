"""What the terminal can show, and what its user wants to see."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Any

import click

NARROWEST, WIDEST = 40, 100

PLAIN, QUIET = "syslead.plain", "syslead.quiet"


def wish(context: click.Context, name: str) -> None:
    """Remember what the user asked for, for the whole of this command."""
    context.meta[name] = True


def without_colour(context: click.Context) -> None:
    """Use no colour from here on, in this context and those around it."""
    here: click.Context | None = context
    while here is not None:
        here.color = False
        here = here.parent


def wants_no_colour() -> bool:
    """Whether the surroundings ask for no colour (no-color.org, dumb terminals)."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def is_quiet() -> bool:
    """Whether the user wants results and errors only."""
    return bool(_meta().get(QUIET))


def is_plain() -> bool:
    """Whether output must be lines that never change once written."""
    return bool(_meta().get(PLAIN)) or os.environ.get("TERM") == "dumb" or not sys.stderr.isatty()


def has_colour() -> bool:
    """Whether colour may be used on standard error."""
    context = click.get_current_context(silent=True)
    return not wants_no_colour() and not (context is not None and context.color is False)


def _meta() -> dict[str, Any]:
    context = click.get_current_context(silent=True)
    return {} if context is None else context.meta


def width() -> int:
    """Columns to write in: those of the terminal, but no more than reads well."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))


def show(words: str) -> None:
    """Write data to standard output."""
    click.echo(words)


def note(words: str) -> None:
    """Write a remark to standard error, unless the user wants quiet."""
    if not is_quiet():
        click.echo(words, err=True)


def warn(words: str) -> None:
    """Write to standard error what the user must know, quiet or not."""
    click.echo(words, err=True)


def bold(words: str) -> str:
    """Return words in bold where colour is used; they are stripped of it elsewhere."""
    return click.style(words, bold=True)
