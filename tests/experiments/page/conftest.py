"""What the tests of the page share."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

if find_spec("solara") is None:  # the page needs the extra `viz`
    collect_ignore_glob = ["*"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from chromium import launched

    with launched() as browser:
        yield browser


@pytest.fixture(scope="session")
def front_server() -> Iterator[Any]:
    """Return a server whose page opens on a question."""
    from viewed import Server

    started = Server("--port", "0")
    assert started.address, "".join(started.said)
    yield started
    started.stop()


@pytest.fixture
def front(chromium: Any, front_server: Any) -> Iterator[Any]:
    """Return a visit to that page by somebody who has seen the cards."""
    from viewed import Front

    opened = Front(chromium, front_server.address)
    yield opened
    opened.check()
    opened.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Any]:
    """Return a server whose page opens on a run that is asked for."""
    from viewed import Server

    started = Server(
        *("ics-small", "--port", "0", "--weeks", "104", "--seed", "3"),
        *("--tactic", "seeding=0.5", "--tactic", "others_shoes=0.5"),
        HOST="0.0.0.0",
        SYSLEAD_VIEW='{"scenario": "atlantis"}',
    )
    assert started.address, "".join(started.said)
    yield started
    started.stop()


@pytest.fixture(scope="module")
def visits() -> Iterator[list[Any]]:
    opened: list[Any] = []
    yield opened
    for tab in opened:
        tab.close()


@pytest.fixture
def run(chromium: Any, server: Any, visits: list[Any]) -> Iterator[Any]:
    """The run asked for, in week 0, on one visit of all tests that change neither levers nor world."""
    from viewed import Tab

    if visits and not visits[-1].afresh():
        visits.pop().close()
    if not visits:
        visits.append(Tab(chromium, server.address))
    yield visits[-1]
    visits[-1].check()


@pytest.fixture
def tab(chromium: Any, server: Any) -> Iterator[Any]:
    from viewed import Tab

    opened = Tab(chromium, server.address)
    yield opened
    opened.check()
    opened.close()
