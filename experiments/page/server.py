"""The server of the page: where it listens, and what it hands to the page that it serves."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import webbrowser
from contextlib import suppress

from experiments.page.same_origin import EVERYWHERE, SameOrigin
from simulation import Request
from simulation.errors import Invalid

ENVIRONMENT = "SYSLEAD_VIEW"
"""Holds the request that the page opens with, as JSON: the server imports the page by its name."""
SETTINGS = {
    "SOLARA_APP": "experiments.page.app",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_TITLE": "System leadership",
    "SOLARA_CHECK_HOOKS": "off",
}


def free_port(host: str, port: int) -> int:
    """Return the port, or a free one for 0.

    Raises
    ------
    Invalid
        Something else listens there, or the address is not this machine's.
    """
    with socket.socket(_family(host), socket.SOCK_STREAM) as trial:
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


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def address(host: str, port: int) -> str:
    """Return the address of the page.

    >>> address("127.0.0.1", 8765), address("::1", 8765)
    ('http://127.0.0.1:8765/', 'http://[::1]:8765/')
    """
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def prepare(request: Request | None) -> None:
    """Set what the server reads from the environment, and make the model ready before anybody waits for the page."""
    os.environ.update(SETTINGS, **{ENVIRONMENT: json.dumps(request._asdict() if request else {})})
    # A closed tab gives its model back soon; a projector that sleeps over lunch keeps it.
    os.environ.setdefault("SOLARA_KERNEL_CULL_TIMEOUT", "2h")
    from simulation import SystemModel

    SystemModel("tiny", weeks=1).step()


def open_browser(host: str, port: int) -> None:
    """Open the page in the browser as soon as somebody listens there."""
    threading.Thread(target=_open, args=(host, port), daemon=True).start()


def _open(host: str, port: int) -> None:
    for _ in range(100):
        with socket.socket(_family(host)) as trial:
            trial.settimeout(0.3)
            if trial.connect_ex(("127.0.0.1" if host == EVERYWHERE[0] else host, port)) == 0:
                break
        time.sleep(0.1)
    webbrowser.open(address(host, port))


def serve(host: str, port: int) -> None:
    """Serve the page until Ctrl+C."""
    import warnings

    import uvicorn
    from solara.server.starlette import app

    # Solara speaks of cookies for pages inside other pages, which this one is not.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none")
    with suppress(KeyboardInterrupt):
        uvicorn.run(SameOrigin(app, host), host=host, port=port, log_level="warning")
