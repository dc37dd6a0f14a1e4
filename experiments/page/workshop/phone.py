"""A page of its own for phones in the same room: a group hands in what it expects, and sees nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import anyio.to_thread

from experiments.page.same_origin import App, Receive, Scope, Send
from experiments.page.workshop.desks import DESKS, PATH, Desks, asked, hand_in
from simulation.errors import Invalid

LARGEST = 4_000
"""Bytes that a prediction may have; one takes a few hundred."""
NO_DESK = "There is no workshop of this number. Look at the wall again."
PAGE = Path(__file__).with_name("phone.html").read_text(encoding="utf-8")


def _policy() -> str:
    """Return what a browser may do for this page: its own style and script, and talk to nobody but this server."""
    hashes = {
        tag: base64.b64encode(hashlib.sha256(found[1].encode()).digest()).decode()
        for tag in ("style", "script")
        if (found := re.search(f"<{tag}>(.*?)</{tag}>", PAGE, re.S))
    }
    rules = [f"{tag}-src 'sha256-{found}'" for tag, found in hashes.items()]
    return "; ".join(["default-src 'none'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", *rules])


POLICY = _policy().encode()


class Phones:
    """An ASGI application that answers phones, where they are let in, and passes on everything else.

    Parameters
    ----------
    app : callable
        The page.
    desks : Desks
        Where predictions are handed in.
    """

    def __init__(self, app: App, desks: Desks = DESKS) -> None:
        self._app = app
        self._desks = desks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        path = str(scope.get("path", ""))
        if scope["type"] != "http" or not self._desks.address or not f"{path}/".startswith(f"{PATH}/"):
            await self._app(scope, receive, send)
            return
        code = path.removeprefix(PATH).strip("/")
        if not code:
            await _answer(send, 200, PAGE.encode(), b"text/html; charset=utf-8")
            return
        status, found = await self._at_desk(scope, receive, code)
        await _answer(send, status, json.dumps(found).encode(), b"application/json")

    async def _at_desk(self, scope: Scope, receive: Receive, code: str) -> tuple[int, dict[str, Any]]:
        session = self._desks.at(code)
        if session is None:
            return 404, {"problem": NO_DESK}
        if scope["method"] != "POST":
            return 200, await anyio.to_thread.run_sync(asked, session)
        body = await _body(scope, receive)
        try:
            sent = json.loads(body)
        except (ValueError, RecursionError):
            return 400, {"problem": "This is no prediction."}
        try:
            # In a thread: what the page draws anew is sent from there, which the server's own loop could not wait for.
            group = await anyio.to_thread.run_sync(hand_in, session, sent)
        except Invalid as error:
            return 409, {"problem": " ".join(error.problems)}
        return 200, {"name": group.name}


async def _body(scope: Scope, receive: Receive) -> bytes:
    """Return what was sent, or nothing where it is no JSON, or too much: a form of another site could send any other."""
    kind = dict(scope["headers"]).get(b"content-type", b"").partition(b";")[0].strip()
    body, more = b"", kind == b"application/json"
    while more and len(body) <= LARGEST:
        message = await receive()
        body += message.get("body", b"")
        more = message["type"] == "http.request" and message.get("more_body", False)
    return body if len(body) <= LARGEST else b""


async def _answer(send: Send, status: int, body: bytes, kind: bytes) -> None:
    headers = [
        (b"content-type", kind),
        (b"content-length", b"%d" % len(body)),
        (b"content-security-policy", POLICY),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
