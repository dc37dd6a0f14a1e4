"""Of two sweeps that want one folder one runs, and the other says at once who does."""

import random
import socket
import time

import pytest

from experiments.store import folder, salvage, status
from experiments.store.errors import InUse
from experiments.sweep import runner
from experiments.sweep.runner import Options
from faults import sweeps, toys
from simulation import fingerprint

pytestmark = pytest.mark.slow

WANTED = {"runs": 60, "seconds": 0.02}


def rivals(out, wait: float) -> tuple[list[int], list[str], str]:
    """Two sweeps started one after the other in one folder: their exit codes, hashes, and the refusal."""
    first = sweeps.start(out, WANTED)
    time.sleep(wait)
    second = sweeps.start(out, WANTED)
    ends = [sweeps.finish(process) for process in (first, second)]
    hashes = [sweeps.hash_of(lines) for code, lines, _ in ends if code == 0]
    return sorted(code for code, _, _ in ends), hashes, "".join(said for code, _, said in ends if code == 5)


def test_a_sweep_that_runs_is_not_joined_and_names_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(fingerprint, "sources", lambda: "0" * 64)
    process = sweeps.start(tmp_path, {"runs": 400, "seconds": 0.02})
    sweeps.wait_for_rows(process, 5)
    for _ in range(3):
        began = time.monotonic()
        with pytest.raises(InUse, match=rf"process {process.pid} on {socket.gethostname()} since 20") as refused:
            runner.resume(tmp_path, options=Options(work=toys.WORK))
        assert time.monotonic() - began < 1 and refused.value.exit_code == 5
    with pytest.raises(InUse):
        salvage.repair(tmp_path)
    assert status.status_of(tmp_path).holder["pid"] == process.pid
    sweeps.kill_group(process)
    with folder.lock(tmp_path):
        pass
    assert status.status_of(tmp_path).holder is None


@pytest.mark.long
@pytest.mark.timeout(900)
def test_of_two_sweeps_started_together_one_runs_and_one_is_refused_twenty_times(tmp_path):
    luck, codes, hashes = random.Random(5), [], set()
    for number in range(20):
        ended, made, said = rivals(tmp_path / str(number), luck.uniform(0, 0.3))
        codes.append(ended)
        hashes.update(made)
        assert ended != [0, 5] or "another process is writing" in said
    assert codes.count([0, 5]) >= 15, f"the two seldom met: {codes}"
    assert all(ended in ([0, 5], [0, 0]) for ended in codes)
    assert len(hashes) == 1
