"""A sweep that is killed loses nothing that it had acknowledged, leaves nobody behind, and goes on."""

import os
import random
import signal
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from experiments.store import folder
from faults import sweeps

pytestmark = pytest.mark.slow

RUNS = 400
FEW = 60
PROCESSES = 2
# The runs of a toy come two and two, as its arms begin in one world: a process has one such pair begun, one handed out.
IN_HAND = 2 * 2 * PROCESSES


class Fell(NamedTuple):
    """Where the kills of a test fell, and what they cost."""

    early: int
    midway: int
    late: int
    repeated: int
    most: int
    mismatches: int

    @property
    def kills(self) -> int:
        return self.early + self.midway + self.late


def killed_again_and_again(tmp_path: Path, kills: int, runs: int, seconds: float, seed: int) -> Fell:
    """Kill the process group of sweeps at random moments, resuming each folder until it is complete.

    Counts the runs that had begun at each kill and are not stored, so that they are made again, and the most of one kill.
    """
    log = tmp_path / "log"
    wanted = {"runs": runs, "seconds": seconds, "log": str(log)}
    began = time.monotonic()
    reference = sweeps.complete(tmp_path / "reference", wanted)
    usual = time.monotonic() - began
    log.unlink()
    luck = random.Random(seed)
    early = midway = late = mismatches = folders = repeated = most = 0
    out, before, begun = tmp_path / "0", 0, 0
    # Kills that fall before the first row or after the last prove little, so only those between count.
    while midway < kills or before:
        process = sweeps.start(out, wanted)
        try:
            lines = process.communicate(timeout=luck.uniform(0.3, 1.2) * usual)[0].split("\n")
            mismatches += sweeps.hash_of(lines) != reference
            folders += 1
            out, before = tmp_path / str(folders), 0
        except sweeps.subprocess.TimeoutExpired:
            lines = sweeps.kill_group(process)
            rows = sweeps.rows_in(out)
            # What was said to be safe is there, and nothing that was there before is gone.
            assert rows >= sweeps.acknowledged(lines) and rows >= before
            lost = log.read_text().count("\n") - begun - (rows - before) if log.exists() else 0
            repeated, most = repeated + lost, max(most, lost)
            early, midway, late = early + (rows == 0), midway + (0 < rows < runs), late + (rows == runs)
            before = rows
        begun = log.read_text().count("\n") if log.exists() else 0
    assert begun == folders * runs + repeated, "nothing is made again that was stored"
    return Fell(early, midway, late, repeated, most, mismatches)


def test_a_sweep_killed_now_and_then_ends_with_the_same_table(tmp_path):
    fell = killed_again_and_again(tmp_path, kills=2, runs=FEW, seconds=0.02, seed=1)
    assert fell.mismatches == 0
    assert fell.midway >= 2, f"the kills fell elsewhere: {fell}"
    assert fell.most <= IN_HAND


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_a_sweep_killed_fifty_times_ends_with_the_same_table_and_repeats_only_what_was_in_hand(tmp_path):
    kills = int(os.environ.get("SYSLEAD_KILLS", "50"))
    fell = killed_again_and_again(tmp_path, kills, RUNS, 0.02, seed=7)
    print(fell)
    assert fell.mismatches == 0
    assert fell.midway >= kills, f"the kills fell elsewhere: {fell}"
    assert fell.most <= IN_HAND


def test_a_sweep_whose_parent_alone_is_killed_goes_on_at_once(tmp_path):
    wanted = {"runs": FEW, "seconds": 0.05}
    reference = sweeps.complete(tmp_path / "reference", wanted)
    process = sweeps.start(tmp_path / "out", wanted)
    sweeps.wait_for_rows(process, 4)
    process.kill()
    assert sweeps.complete(tmp_path / "out", wanted) == reference
    process.communicate()


def test_workers_end_with_their_sweep_and_leave_the_folder_free(tmp_path):
    process = sweeps.start(tmp_path, {"runs": RUNS, "seconds": 0.05})
    sweeps.wait_for_rows(process, 4)
    workers = sweeps.workers_of(process)
    assert len(workers) >= 3, "two workers and the server that starts them"
    process.kill()
    process.communicate()
    assert not sweeps.alive_after(workers, 2.0)
    with folder.lock(tmp_path):
        pass
    assert sweeps.rows_in(tmp_path) >= 4


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_saves_and_names_the_command_that_goes_on(tmp_path, number):
    process = sweeps.start(tmp_path, {"runs": RUNS, "seconds": 0.02})
    sweeps.wait_for_rows(process, 10)
    workers = sweeps.workers_of(process)
    began = time.monotonic()
    process.send_signal(number)
    code, _, said = sweeps.finish(process)
    assert time.monotonic() - began < 3
    assert code == 128 + number
    assert "syslead resume" in said and str(tmp_path) in said
    assert not sweeps.alive_after(workers, 2.0)
    assert 10 <= sweeps.rows_in(tmp_path) < RUNS, "the signal fell midway"
    assert (tmp_path / "outcomes.csv").read_text().count("\n") == sweeps.rows_in(tmp_path) + 1


def test_a_signal_to_the_whole_group_as_from_a_terminal_blames_no_run(tmp_path):
    process = sweeps.start(tmp_path, {"runs": RUNS, "seconds": 0.02})
    sweeps.wait_for_rows(process, 10)
    os.killpg(process.pid, signal.SIGINT)
    code, _, _ = sweeps.finish(process)
    assert code == 130
    assert "failed" not in (tmp_path / "outcomes.csv").read_text()
    assert sweeps.rows_in(tmp_path) < RUNS, "the signal fell midway"


def test_a_second_signal_stops_at_once(tmp_path):
    process = sweeps.start(tmp_path, {"runs": 4, "seconds": 30})
    time.sleep(1.5)
    for _ in range(2):
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
    sweeps.finish(process, 5)
    assert process.returncode in (-signal.SIGTERM, 128 + signal.SIGTERM)
