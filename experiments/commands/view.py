"""`syslead view`: the model in the browser, where it can be watched week by week."""

from __future__ import annotations

import threading
import webbrowser
from importlib.util import find_spec
from typing import Any

import click

from experiments import how_to_install
from experiments.commands.console import compiling, terminal
from experiments.commands.console.help import Command, option
from experiments.commands.options import request_options
from experiments.page import server
from experiments.page.same_origin import LOOPBACK
from simulation.errors import Invalid

SERVER = "The page"


@click.command(
    cls=Command,
    examples=(
        "syslead view",
        "syslead view ics-median --tactic seeding --no-open",
        "syslead view --from results/tactics --run 12",
    ),
    next_steps=("Ctrl+C stops the page.", "syslead run --help      the same runs without a browser"),
)
@request_options.of_a_run
@option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, heading=SERVER,
        help="Port of the page; 0 takes a free one.")  # fmt: skip
@option("--host", default="127.0.0.1", show_default=True, heading=SERVER,
        help="Address to listen on. Anything but this machine's own lets others in.")  # fmt: skip
@option("--open/--no-open", "opens", default=True, heading=SERVER, help="Whether to open the browser.")
@click.pass_context
def view(ctx: click.Context, /, **options: Any) -> None:
    """Watch the model week by week in the browser, on this machine only.

    SCENARIO is the name of a health economy (syslead list scenarios) or the path of a TOML file that describes one.
    The page works without a network. Each browser tab has a run of its own.
    """
    missing = [name for name in ("solara", "ipyvuetify", "uvicorn") if find_spec(name) is None]
    if missing:
        raise Invalid([f"The page needs the extra `viz` ({missing[0]} is missing): {how_to_install('viz')}"])
    asks = request_options.given_in(ctx) or options["source"] or options["number"] is not None
    request = request_options.request_of(ctx, options) if asks else None
    host = options["host"]
    listening = server.bound(host, options["port"])
    if host not in LOOPBACK:
        terminal.warn(
            f"Warning: listening on {host}. Everyone who can reach this machine can use the page; there is no password."
        )
    address = server.address(host, listening.getsockname()[1])
    compiling.first("compiled")
    server.prepare(request)

    def ready() -> None:
        terminal.warn(f"The page is at {address}\nStop it with Ctrl+C.")
        if options["opens"]:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()  # some browsers wait

    server.serve(listening, host, ready)
    terminal.note("Stopped.")


COMMANDS = (view,)
