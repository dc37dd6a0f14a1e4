"""Which outcomes are asked about, and what difference in each matters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from experiments.commands.console.help import option, together
from experiments.commands.options import names

if TYPE_CHECKING:
    from experiments.analysis.asked import Asked
    from experiments.analysis.outcomes import Outcomes

HEADING = "Comparison"


def _observables(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    return [CompletionItem(name, help=meaning) for name, meaning in names.of("observables").items() if begun in name]


against = option("--baseline", metavar="ARM", heading=HEADING,
                 help="The arm that the others are compared with; the study's first by default.")  # fmt: skip
about = together(
    option("--outcome", "outcomes", metavar="NAME", multiple=True, heading=HEADING, shell_complete=_observables,
           help="An observable to compare arms by, adopted_share by default; repeat it for several."),
    option("--margin", "margins", metavar="[NAME=]X", multiple=True, heading=HEADING,
           help="Smallest difference that matters, in the outcome's unit, or percentage points as 2%; each observable "
           "declares one."),
)  # fmt: skip


def asked(outcomes: Outcomes, chosen: Sequence[str], margins: Sequence[str]) -> list[Asked]:
    """Return the outcomes that a user asked about, the share who have adopted by default."""
    from experiments.analysis.asked import ADOPTED, asked_of

    return asked_of(outcomes, chosen or (ADOPTED,), margins)
