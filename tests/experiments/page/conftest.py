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
