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
