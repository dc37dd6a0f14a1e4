"""How hypothesis searches, what signals do, and where the public data lie.

Hypothesis searches the same examples every time, with no deadline where code is compiled on first use. Signals that
tests send are heard, also where the tests run in the background or under `nohup`, whose children ignore them.
"""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    max_examples=30,
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow],  # a busy machine is no fault of a test
)
settings.register_profile("unshrunk", settings.get_profile("repeatable"), phases=[Phase.explicit, Phase.generate])
settings.register_profile("few", settings.get_profile("repeatable"), max_examples=10)
settings.load_profile("repeatable")

signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)


def pytest_sessionstart() -> None:
    """Compile before the first test, so that no test's time-out pays for it.

    With a tactic plugged in, which makes another engine, the first test that needs it pays: most that hold the tactic
    itself need none.
    """
    from simulation import Request, run

    if not os.environ.get("SYSLEAD_TACTICS"):
        run(Request("tiny", weeks=1))


@pytest.fixture(scope="session")
def public_data() -> Path:
    """Return the folder of public data to validate against; tests that ask for it are skipped where it is absent.

    It is named by the environment variable SYSLEAD_DATA, or lies beside the project.
    """
    beside = Path(__file__).parent.parent.parent / "shared" / "data"
    folder = Path(os.environ.get("SYSLEAD_DATA") or beside)
    if not folder.is_dir():
        pytest.skip(f"no public data at {folder}")
    return folder


@pytest.fixture
def session() -> Iterator[Any]:
    """A session of the page, without a browser."""
    from sessions import opened_session

    session = opened_session()
    yield session
    session.close()


@pytest.fixture
def sources_stand_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the hash of the sources stay as it is although somebody may be working on the model meanwhile."""
    from simulation import fingerprint

    monkeypatch.setattr(fingerprint, "sources", lambda: "0" * 64)
