"""What the tests of result folders share."""

import shutil
from pathlib import Path

import pytest
from faults import toys
from sweeps import USUAL

from experiments.sweep import runner
from simulation import fingerprint


@pytest.fixture(autouse=True)
def _stand_still(sources_stand_still): ...


@pytest.fixture(scope="session")
def swept(tmp_path_factory) -> Path:
    """A folder of 40 runs, two of them failures. Not to be changed; `copied` may be."""
    out = tmp_path_factory.mktemp("swept") / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fingerprint, "sources", lambda: "0" * 64)
        runner.sweep(toys.study(("well", "raise"), replicates=10), out, options=USUAL)
    return out


@pytest.fixture
def copied(swept, tmp_path) -> Path:
    return Path(shutil.copytree(swept, tmp_path / "out"))
