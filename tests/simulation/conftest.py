"""A small health economy at week 0, as a sample and with everyone simulated."""

import pytest
from worlds import at_start


@pytest.fixture(scope="session")
def sample():
    return at_start("ics-small")


@pytest.fixture(scope="session")
def everyone():
    return at_start("ics-small", {"population.scale": 10_000.0})
