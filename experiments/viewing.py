"""`syslead view`: the model in the browser, where it can be watched."""

from __future__ import annotations

from importlib.util import find_spec

import click

from experiments.commands import Command
from simulation.errors import Invalid


@click.command(cls=Command, examples=("syslead view",), hidden=find_spec("simulation.app") is None)
def view() -> None:
    """Watch the model week by week in the browser, on this machine only."""
    missing = [name for name in ("solara", "simulation.app") if find_spec(name) is None]
    if "solara" in missing:
        raise Invalid(["The page in the browser needs the extra `viz`: pip install 'syslead[viz]'."])
    if missing:
        raise Invalid(["This version has no page for the browser."])


COMMANDS = (view,)
