"""Who may speak to the page: a browser that was sent to this machine, and no other site's page inside that browser.

A page elsewhere can have a browser send requests to 127.0.0.1, by a name of its own that leads there or by a web
socket, which no browser keeps from other sites. Both say where they come from, and are refused by that.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::", "")
REFUSED = b"This page is served to this machine's own address only.\n"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class SameOrigin:
    """An ASGI application that passes on what was meant for the page.

    Parameters
    ----------
    app : callable
        The page.
    host : str
        The address it listens on; where that is every address of this machine, it may go by any name.
    """

    def __init__(self, app: App, host: str):
        self._app = app
        self._names = None if host in EVERYWHERE else {*LOOPBACK, host.lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket") or self.admits(scope):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            headers = [(b"content-type", b"text/plain"), (b"content-length", b"%d" % len(REFUSED))]
            await send({"type": "http.response.start", "status": 403, "headers": headers})
            await send({"type": "http.response.body", "body": REFUSED})

    def admits(self, scope: Scope) -> bool:
        """Whether a request was sent to this machine by name, and by no other site."""
        named = {name.lower(): value.decode("latin-1").lower() for name, value in scope["headers"]}
        host, origin = named.get(b"host", ""), named.get(b"origin")
        try:
            if self._names is not None and urlsplit(f"//{host}").hostname not in self._names:
                return False
            # Only browsers say whose page sends a request, and they always do.
            return origin is None or urlsplit(origin).netloc == host
        except ValueError:
            return False
