"""What the terminal can show, and what its user wants to see."""

from __future__ import annotations

import codecs
import io
import os
import re
import shutil
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, redirect_stdout, suppress
from typing import Any, TextIO

import click

from simulation.words import escaped, visible

NARROWEST, WIDEST = 40, 100

PLAIN, QUIET = "syslead.plain", "syslead.quiet"
# Around what is to be bold: not characters, so never part of anybody's words, and never written as they are.
ESCAPED = "syslead.escaped"
MARKS = BOLD, NOT_BOLD = "\ufdd0\ufdd1"


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Write what an encoding has no letter for as an escape, which in a JSON document stays the same text."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(escaped, error.object[error.start : error.end])), error.end


codecs.register_error(ESCAPED, _escaped)


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
    """Write data to standard output, all of it but the ends of lines made visible."""
    click.echo(_styled(words, sys.stdout))


def show_lines(lines: Iterable[object]) -> None:
    """Write data to standard output, each item a line, whatever stands in it."""
    show("\n".join(visible(str(line)) for line in lines))


def aside() -> AbstractContextManager[Any]:
    """Send to standard error what is printed meanwhile, as a tactic of the user's own may do: it is no result."""
    return redirect_stdout(sys.stderr)


def note(words: str) -> None:
    """Write a remark to standard error, unless the user wants quiet."""
    if not is_quiet():
        warn(words)


def warn(words: str) -> None:
    """Write to standard error what the user must know, quiet or not."""
    # Where nobody listens any more (a closed terminal, `| head`) the work still goes on.
    with suppress(OSError):
        click.echo(_styled(words, sys.stderr), err=True)


def _styled(words: str, stream: TextIO) -> str:
    """Return words as a terminal gets them: in its encoding, with nothing that steers it but what `bold` asks for."""
    shown = re.sub(f"{BOLD}(.*?){NOT_BOLD}", _in_bold, visible(words, keep="\n" + MARKS))
    encoding = stream.encoding or "utf-8"
    return re.sub(f"[{MARKS}]", "", shown).encode(encoding, ESCAPED).decode(encoding)


def _in_bold(found: re.Match[str]) -> str:
    return click.style(found[1], bold=True)


class Unheard(io.TextIOBase):
    """A stream for progress that may lose its terminal: what nobody can read is dropped."""

    def __init__(self, stream: TextIO):
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override] # a property there, too, but not declared as one
        """How the terminal is written to."""
        return self._stream.encoding

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return self._stream.isatty()

    def fileno(self) -> int:
        """The descriptor, by which the width is found."""
        return self._stream.fileno()

    def write(self, words: str, /) -> int:
        """Write what can be written."""
        with suppress(OSError):
            self._stream.write(words)
        return len(words)

    def flush(self) -> None:
        """Hand over what can be handed over."""
        with suppress(OSError):
            self._stream.flush()


def bold(words: str) -> str:
    """Return a line in bold where colour is used; it is stripped of it elsewhere."""
    return f"{BOLD}{visible(words)}{NOT_BOLD}"
