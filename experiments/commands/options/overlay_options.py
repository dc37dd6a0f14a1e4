"""The options by which a study is run on another system, change or horizon than its own, and what they lay over it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.commands import completion
from experiments.commands.console.help import option, together
from experiments.commands.options.assignments import assigned
from experiments.commands.options.request_options import MODEL, change_option
from simulation.errors import Invalid

if TYPE_CHECKING:
    from experiments.design.study import Study

over_a_study = together(
    option("--scenario", metavar="NAME|FILE", heading=MODEL, shell_complete=completion.scenario,
           help="Another health economy, in the place of the study's (syslead list scenarios)."),
    change_option("Another change to be adopted, in the place of the study's (syslead list changes)."),
    option("--set", "set_", metavar="NAME=VALUE", multiple=True, heading=MODEL, shell_complete=completion.setting,
           help="A parameter in all arms, by name (syslead params). Repeat for more."),
    option("--weeks", type=click.IntRange(0), metavar="N", heading=MODEL, help="How long each run is."),
)  # fmt: skip


def study_of(name: str | Path, options: Mapping[str, Any]) -> Study:
    """Return a study with what these options lay over it.

    Raises
    ------
    Invalid
        With everything that is wrong with the study and with what is laid over it.
    """
    from experiments.design import study_file
    from experiments.design.dotted import kind_of
    from experiments.design.overlay import Overlay

    settings, wrong = assigned(options["set_"], "--set", kind_of)
    overlay = Overlay(options["scenario"], options["change"], options["weeks"], settings)
    try:
        study = study_file.load(name, allow_large=options["allow_large"], overlay=overlay)
    except Invalid as invalid:
        raise Invalid([*wrong, *invalid.problems]) from None
    if wrong:
        raise Invalid(wrong)
    return study
