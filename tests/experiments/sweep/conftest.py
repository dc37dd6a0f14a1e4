"""What the tests of sweeps share."""

import pytest

from simulation import fingerprint


@pytest.fixture(autouse=True)
def _sources_stand_still(monkeypatch):
    # Somebody may be working on the model while these tests run.
    monkeypatch.setattr(fingerprint, "sources", lambda: "0" * 64)
