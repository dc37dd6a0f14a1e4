"""`syslead view`: the model in the browser, where it can be watched week by week."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import webbrowser
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from experiments.commands import completion, request_options
from experiments.commands.console import compiling, terminal
from experiments.commands.console.help import Command, option
from experiments.page.same_origin import LOOPBACK, Guard
from simulation import Request
from simulation.errors import Invalid

ENVIRONMENT = "SYSLEAD_VIEW"
MODEL, LUCK, SERVER = "What is shown", "Luck and time", "The page"
# With these the run is no longer the one that `--from` names.
OTHERWISE = ("scenario", "tactic", "set_", "weeks", "seed", "replicate", "schedule")


@click.command(
    cls=Command,
    examples=(
        "syslead view",
        "syslead view ics-median --tactic seeding --no-open",
        "syslead view --from results/tactics --run 12",
    ),
    next_steps=("Ctrl+C stops the page.", "syslead run --help      the same runs without a browser"),
)
@click.argument("scenario", default="ics-small", shell_complete=completion.scenario)
@option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, heading=SERVER,
        help="Port of the page; 0 takes a free one.")  # fmt: skip
@option("--host", default="127.0.0.1", show_default=True, heading=SERVER,
        help="Address to listen on. Anything but this machine's own lets others in.")  # fmt: skip
@option("--open/--no-open", "opens", default=True, heading=SERVER, help="Whether to open the browser.")
@option("--tactic", metavar="NAME[=SHARE]", multiple=True, heading=MODEL, shell_complete=completion.tactic,
        help="A tactic to begin with. Repeat for a mix.")  # fmt: skip
@option("--set", "set_", metavar="NAME=VALUE", multiple=True, heading=MODEL, shell_complete=completion.setting,
        help="A parameter, by name (syslead params). Repeat for more.")  # fmt: skip
@option("--schedule", type=click.Path(path_type=Path), heading=MODEL, help="TOML file of changes during the run.")
@option("--weeks", type=int, default=260, show_default=True, heading=LUCK, help="How long to run.")
@option("--seed", type=int, default=1, show_default=True, heading=LUCK, help="Whose luck.")
@option("--replicate", type=int, default=0, show_default=True, heading=LUCK, help="Which luck of that seed.")
@option("--from", "source", metavar="DIR", type=click.Path(path_type=Path), heading=LUCK,
        help="Watch a run of the sweep in this folder, as it was.")  # fmt: skip
@option("--run", "number", type=int, metavar="ID", heading=LUCK, help="Which run of --from.")
@option("--accept-changes", is_flag=True, heading=LUCK,
        help="Show it although sources, inputs or versions differ; it may then be another run.")  # fmt: skip
@click.pass_context
def view(ctx: click.Context, /, **options: Any) -> None:
    """Watch the model week by week in the browser, on this machine only.

    SCENARIO is the name of a health economy (syslead list scenarios) or the path of a TOML file that describes one.
    The page works without a network. Each browser tab has a run of its own.
    """
    missing = [name for name in ("solara", "ipyvuetify", "uvicorn") if find_spec(name) is None]
    if missing:
        raise Invalid([f"The page needs the extra `viz` ({missing[0]} is missing): pip install 'syslead[viz]'."])
    request = _request(ctx, options)
    host, port = options["host"], _free_port(options["host"], options["port"])
    if host not in LOOPBACK:
        terminal.warn(
            f"Warning: listening on {host}. Everyone who can reach this machine can use the page; there is no password."
        )
    _prepare(request)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    terminal.warn(f"The page is at {address}\nStop it with Ctrl+C.")
    if options["opens"]:
        threading.Thread(target=_open, args=(address, host, port), daemon=True).start()
    _serve(host, port)


def _request(ctx: click.Context, options: dict[str, Any]) -> Request | None:
    """Return what was asked for, or None for the page's own beginning."""
    given = [name for name in OTHERWISE if ctx.get_parameter_source(name) != click.core.ParameterSource.DEFAULT]
    if (options["source"] is None) != (options["number"] is None):
        raise click.UsageError("`--from DIR` and `--run ID` belong together.", ctx)
    if options["source"] is not None:
        if given:
            raise click.UsageError("`--from` shows a run as it was; leave out what would change it.", ctx)
        return request_options.checked(request_options.repeated(options), [], allow_large=True)
    if not given:
        return None
    return request_options.asked(options)


def _free_port(host: str, port: int) -> int:
    """Return the port, or a free one for 0.

    Raises
    ------
    Invalid
        Something else listens there, or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except socket.gaierror:
            raise Invalid([f"`--host {host}` is not an address of this machine."]) from None
        except PermissionError:
            raise Invalid([f"Port {port} needs administrator's rights; choose one above 1023 with --port."]) from None
        except OSError:
            raise Invalid(
                [f"Port {port} on {host} is taken, perhaps by another page; choose another with --port, or --port 0."]
            ) from None
        return int(trial.getsockname()[1])


def _prepare(request: Request | None) -> None:
    """Set what the server reads from the environment, and make the model ready before anybody waits for the page."""
    os.environ[ENVIRONMENT] = json.dumps(request._asdict() if request else {})
    os.environ["SOLARA_APP"] = "experiments.page.app"
    os.environ["SOLARA_MODE"] = "production"
    os.environ["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] = "False"
    os.environ["SOLARA_THEME_SHOW_BANNER"] = "False"
    os.environ["SOLARA_THEME_TITLE"] = "System leadership"
    # A closed tab gives its model back soon; a projector that sleeps over lunch keeps it.
    os.environ.setdefault("SOLARA_KERNEL_CULL_TIMEOUT", "2h")
    os.environ["SOLARA_CHECK_HOOKS"] = "off"
    compiling.first("compiled")
    from simulation import SystemModel

    SystemModel("tiny", weeks=1).step()


def _open(address: str, host: str, port: int) -> None:
    for _ in range(100):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
            trial.settimeout(0.3)
            if trial.connect_ex((host if host != "0.0.0.0" else "127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    webbrowser.open(address)


def _serve(host: str, port: int) -> None:
    import warnings

    import uvicorn
    from solara.server.starlette import app

    # Solara speaks of cookies for pages inside other pages, which this one is not.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none")
    try:
        uvicorn.run(Guard(app, host), host=host, port=port, log_level="warning")
    except KeyboardInterrupt:
        terminal.note("Stopped.")


COMMANDS = (view,)
