"""The server of the page: where it listens, and what it hands to the page that it serves."""

from __future__ import annotations

import errno
import json
import os
import socket
from collections.abc import Callable
from contextlib import closing, suppress

from experiments.page.same_origin import EVERYWHERE, LOOPBACK, SameOrigin
from simulation import Request
from simulation.errors import Invalid

ENVIRONMENT = "SYSLEAD_VIEW"
"""Holds the request that the page opens with, as JSON: the server imports the page by its name."""
WAITING = 128
"""Browsers that may wait for the page to answer, while the model is being compiled."""
SETTINGS = {
    "SOLARA_APP": "experiments.page.app",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_TITLE": "System leadership",
    "SOLARA_CHECK_HOOKS": "off",
}


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens where the page will be, on a free port for 0; nobody else can take it any more.

    Raises
    ------
    Invalid
        Something else listens there, or the address is not this machine's.
    """
    listening = socket.socket(_family(host), socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # on Windows this would let two programs have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(WAITING)
    except OSError as error:
        listening.close()
        raise Invalid([_why_not(error, host, port)]) from None
    return listening


def _why_not(error: OSError, host: str, port: int) -> str:
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"`--host {host}` is not an address of this machine."
    if isinstance(error, PermissionError):
        return f"Port {port} needs administrator's rights; choose one above 1023 with --port."
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken, perhaps by another page; choose another with --port, or --port 0."
    return f"The page cannot listen on port {port} of {host}: {error.strerror}."


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


def serve(listening: socket.socket, host: str, ready: Callable[[], None]) -> None:
    """Serve the page until Ctrl+C, on a socket that listens already.

    Parameters
    ----------
    host : str
        The address that was asked for.
    ready : callable
        Called once, when the page answers.
    """
    import warnings

    import uvicorn
    from solara.server.starlette import app

    from experiments.page.handouts.served import Sheets
    from experiments.page.workshop.desks import DESKS, this_machine
    from experiments.page.workshop.phone import Phones

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                ready()

    if host not in LOOPBACK:
        DESKS.serve_at(this_machine() if host in EVERYWHERE else host, listening.getsockname()[1])
    # Solara speaks of cookies for pages inside other pages, which this one is not.
    warnings.filterwarnings("ignore", message="Cookies with samesite=none")
    with suppress(KeyboardInterrupt), closing(listening):
        Server(uvicorn.Config(SameOrigin(Sheets(Phones(app)), host), log_level="warning")).run([listening])
