"""Starting, killing and looking at sweeps in processes of their own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

from experiments.store.database import Store
from experiments.store.ledger import Ledger

TESTS = Path(__file__).parents[1]


def environment(**more: str) -> dict[str, str]:
    """What a process of its own needs to find these tests, and the project."""
    return {**os.environ, "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}", **more}


def start(out: Path, wanted: dict, **more) -> subprocess.Popen:
    """A sweep as the leader of a process group of its own."""
    surroundings = environment(**more.pop("env", {}))
    return subprocess.Popen(
        [sys.executable, "-m", "faults.driver", str(out), json.dumps(wanted)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, env=surroundings, **more,
    )  # fmt: skip


def finish(process: subprocess.Popen, seconds: float = 120) -> tuple[int, list[str], str]:
    """Exit code, lines of output, and what was said on standard error."""
    told, said = process.communicate(timeout=seconds)
    return process.returncode, told.split("\n"), said


def complete(out: Path, wanted: dict, **more) -> str:
    """The table's hash of a sweep that is let run to its end."""
    code, lines, said = finish(start(out, wanted, **more))
    assert code == 0, said
    return hash_of(lines)


def hash_of(lines: list[str]) -> str:
    return next(line.removeprefix("hash ") for line in lines if line.startswith("hash "))


def acknowledged(lines: list[str]) -> int:
    """The last number of rows that the sweep said were safe."""
    return max((int(line.removeprefix("ack ")) for line in lines if line.startswith("ack ")), default=0)


def rows_in(out: Path) -> int:
    """How many rows count in a folder, none if it holds no study yet."""
    if not (out / "store.sqlite").exists():
        return 0
    with Store(out) as store:
        return 0 if store.fact("study") is None else sum(1 for _ in Ledger(store).runs())


def kill_group(process: subprocess.Popen) -> list[str]:
    """SIGKILL the sweep and all its workers; the lines that it had printed."""
    os.killpg(process.pid, signal.SIGKILL)
    return process.communicate()[0].split("\n")


def workers_of(process: subprocess.Popen) -> list[psutil.Process]:
    """All processes that the sweep has started, and those that these have."""
    return psutil.Process(process.pid).children(recursive=True)


def wait_for_rows(process: subprocess.Popen, rows: int) -> None:
    """Read the sweep's output until so many rows are safe."""
    for line in process.stdout:
        if line.startswith("ack ") and int(line.removeprefix("ack ")) >= rows:
            return
    raise AssertionError(f"the sweep ended early: {process.stderr.read()}")


def alive_after(processes: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """The processes that still live after so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and any(_lives(process) for process in processes):
        time.sleep(0.02)
    return [process for process in processes if _lives(process)]


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
