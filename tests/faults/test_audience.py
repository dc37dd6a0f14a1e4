"""A sweep whose terminal is closed, or whose reader has seen enough, keeps what it has made and says no nonsense."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.store import status
from experiments.store.errors import SweepError
from faults import sweeps

pytestmark = pytest.mark.slow

STUDY = 'title = "A toy"\nscenario = "tiny"\nweeks = 4\nreplicates = {}\n[arms.none]\n[arms.all]\ntactics.seeding = 1\n'
# The command line as it is, with toys for runs.
SYSLEAD = """
import fcntl, sys, termios
from experiments.commands import cli
from experiments.commands import sweep
if sys.argv[1] == "on-terminal":
    fcntl.ioctl(2, termios.TIOCSCTTY, 0)
usual = sweep.options_of
sweep.options_of = lambda given: usual(given)._replace(work="faults.toys:work")
cli.main(sys.argv[2:])
"""
ENVIRONMENT = {**os.environ, "PYTHONPATH": f"{sweeps.TESTS}{os.pathsep}{sweeps.TESTS.parent}", "TERM": "xterm"}


def command(tmp_path: Path, where: str, replicates: int, *more: str) -> list[str]:
    study = tmp_path / "study.toml"
    study.write_text(STUDY.format(replicates))
    words = [*more, "sweep", str(study), "--out", str(tmp_path / "out"), "--jobs", "1"]
    return [sys.executable, "-c", SYSLEAD, where, *words]


def done(out: Path) -> int:
    try:
        return status.status_of(out).done
    except SweepError:
        return 0


@pytest.mark.parametrize("look", [[], ["--plain"]])
def test_a_terminal_that_is_closed_ends_the_sweep_and_all_is_saved(tmp_path, look):
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        command(tmp_path, "on-terminal", 100_000, *look), stdin=follower, stdout=follower, stderr=follower,
        start_new_session=True, env=ENVIRONMENT,
    )  # fmt: skip
    os.close(follower)
    out, deadline = tmp_path / "out", time.monotonic() + 60
    while done(out) < 10 and time.monotonic() < deadline:
        # Plain lines come seldom: read what there is, and wait for none.
        if look and select.select([leader], [], [], 0.05)[0]:
            os.read(leader, 65536)
        elif not look:
            time.sleep(0.05)
    os.close(leader)
    assert process.wait(30) == 128 + signal.SIGHUP
    now = status.status_of(out)
    assert 10 <= now.done < 200_000 and now.failed == 0, "the terminal was closed midway"
    assert (out / "outcomes.csv").read_text().count("\n") == now.done + 1


def test_a_sweep_that_ignores_hang_ups_goes_on_without_its_terminal(tmp_path):
    leader, follower = pty.openpty()
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = subprocess.Popen(
            command(tmp_path, "on-terminal", 1_500), stdin=follower, stdout=follower, stderr=follower,
            start_new_session=True, env=ENVIRONMENT,
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGHUP, before)
    os.close(follower)
    while not (tmp_path / "out" / "store.sqlite").exists():
        time.sleep(0.02)
    os.close(leader)
    process.wait(60)
    assert done(tmp_path / "out") == 3_000


@pytest.mark.parametrize("both", ["", "2>&1"])
def test_a_reader_that_has_seen_enough_costs_no_run_and_leaves_no_trace(tmp_path, both):
    words = " ".join(f"'{word}'" for word in command(tmp_path, "anywhere", 500))
    piped = subprocess.run(
        ["bash", "-c", f"{words} {both} | head -n 1"], capture_output=True, text=True, timeout=60, env=ENVIRONMENT
    )
    assert done(tmp_path / "out") == 1_000
    assert piped.stdout.count("\n") == 1
    assert "Traceback" not in piped.stderr and "BrokenPipe" not in piped.stderr
