"""Sheets have addresses of their own; everything else is the page's."""

import asyncio
import re

import pytest

from experiments.analysis.facilitator import sheet
from experiments.page.handouts.facilitator import page_of
from experiments.page.handouts.served import Sheets


async def the_page(scope, receive, send):
    await send({"type": "the page"})


def answer(path: str, kind: str = "http", method: str = "GET") -> list[dict[str, object]]:
    """Return what is sent to who asks for a path."""
    sent: list[dict[str, object]] = []

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": path, "method": method, "headers": []}
    asyncio.run(Sheets(the_page)(scope, None, send))
    return sent


def test_a_sheet_is_sent_whole_and_only_looked_at_where_that_is_asked():
    start, body = answer("/sheet/levels")
    assert start["status"] == 200
    assert body["body"] == page_of("levels")
    start, body = answer("/sheet/levels", method="HEAD")
    assert dict(start["headers"])[b"content-length"] == b"%d" % len(page_of("levels"))
    assert body["body"] == b""


def test_the_list_of_sheets_leads_to_every_one():
    links = re.findall(r'href="(\w+)"', answer("/sheet/")[1]["body"].decode())
    assert sorted(links) == sheet.names()
    assert all(answer(f"/sheet/{name}")[0]["status"] == 200 for name in links)


@pytest.mark.parametrize(
    "asked",
    [
        ("/",),
        ("/sheet",),
        ("/sheet/trial",),
        ("/sheet/../levels",),
        ("/sheet/levels", "websocket"),
        ("/sheet/levels", "http", "POST"),
        ("", "lifespan"),
    ],
)
def test_everything_else_is_passed_on(asked):
    assert answer(*asked) == [{"type": "the page"}]
