"""Facilitators' sheets at addresses of their own, with a list of them, to be read on another screen, and printed."""

from __future__ import annotations

from experiments.analysis.facilitator import sheet
from experiments.page.handouts.facilitator import index, page_of
from experiments.page.same_origin import App, Receive, Scope, Send

ADDRESS = "/sheet/"


class Sheets:
    """An ASGI application that answers for the sheets, and passes on everything else.

    Parameters
    ----------
    app : callable
        The page.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        path = str(scope.get("path", ""))
        name = path.removeprefix(ADDRESS)
        is_asked = scope["type"] == "http" and path.startswith(ADDRESS) and scope["method"] in ("GET", "HEAD")
        if not is_asked or name not in ("", *sheet.names()):
            await self._app(scope, receive, send)
            return
        page = page_of(name) if name else index()
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", b"%d" % len(page))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": page if scope["method"] == "GET" else b""})
