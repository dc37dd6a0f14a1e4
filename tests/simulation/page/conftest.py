"""What the tests of a drawn model share."""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest

if find_spec("solara") is None:  # the page needs the extra `viz`
    collect_ignore_glob = ["*"]


@pytest.fixture
def session() -> Iterator[Any]:
    from sessions import opened_session

    session = opened_session()
    yield session
    session.close()
