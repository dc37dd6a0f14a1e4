"""What the tests of sweeps share."""

import pytest


@pytest.fixture(autouse=True)
def _stand_still(sources_stand_still): ...
