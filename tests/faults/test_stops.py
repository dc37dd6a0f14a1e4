"""Sweeps whose processes are stopped, as by a debugger, a full terminal or a computer that is shut: none hangs."""

import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from experiments.store.database import Store
from experiments.store.ledger import Ledger
from faults import sweeps

FEW, RUNS = 60, 300
SILENCE = 2.0


def statuses(out: Path) -> set[str]:
    with Store(out) as store:
        return {stored.status for stored in Ledger(store).runs()}


def makers_of(process) -> list[psutil.Process]:
    """The processes that make runs: not the server that starts them, nor the one that counts what they share."""
    workers = sweeps.workers_of(process)
    return [worker for worker in workers if worker.ppid() != process.pid]


def test_a_sweep_that_was_stopped_with_its_workers_and_goes_on_blames_nobody_and_makes_nothing_twice(tmp_path):
    log = tmp_path / "log"
    wanted = {"runs": FEW, "seconds": 0.1, "log": str(log), "options": {"silence": SILENCE}}
    process = sweeps.start(tmp_path / "out", wanted)
    sweeps.wait_for_rows(process, 4)
    os.killpg(process.pid, signal.SIGSTOP)
    time.sleep(2 * SILENCE)
    os.killpg(process.pid, signal.SIGCONT)
    code, _, said = sweeps.finish(process)
    assert code == 0, said
    assert statuses(tmp_path / "out") == {"ok"}
    assert log.read_text().count("\n") == FEW


def test_a_sweep_with_a_stopped_worker_stops_at_once_where_it_is_asked_to(tmp_path):
    process = sweeps.start(tmp_path, {"runs": RUNS, "seconds": 0.05})
    sweeps.wait_for_rows(process, 4)
    workers = sweeps.workers_of(process)
    makers_of(process)[0].suspend()
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    code, _, said = sweeps.finish(process)
    assert time.monotonic() - began < 5
    assert code == 130, said
    assert not sweeps.alive_after(workers, 2.0)


def test_a_sweep_whose_servers_are_stopped_goes_on_starts_what_it_needs_and_ends(tmp_path):
    """What starts the workers and what counts their semaphores stand still while a worker is to be replaced, and at the end."""
    wanted = {"runs": FEW, "seconds": 0.05}
    reference = sweeps.complete(tmp_path / "reference", wanted)
    process = sweeps.start(tmp_path / "out", wanted)
    sweeps.wait_for_rows(process, 4)
    servers = psutil.Process(process.pid).children()
    makers = makers_of(process)
    assert len(servers) == 2 and len(makers) == 2
    for server in servers:
        server.suspend()
    makers[0].kill()
    code, lines, said = sweeps.finish(process, 60)
    assert code == 0, said
    assert sweeps.hash_of(lines) == reference


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_a_sweep_whose_workers_are_stopped_and_killed_at_random_ends_with_the_same_table(tmp_path):
    """Each stop and each kill falls on a worker at a moment of its own, mid-run or between runs."""
    wanted = {"runs": RUNS, "seconds": 0.02, "options": {"silence": SILENCE}}
    reference = sweeps.complete(tmp_path / "reference", wanted)
    rounds, luck, fell = int(os.environ.get("SYSLEAD_STOPS", "20")), random.Random(11), {"stop": 0, "kill": 0}
    for number in range(rounds):
        process = sweeps.start(tmp_path / str(number), wanted)
        sweeps.wait_for_rows(process, 2)
        for _ in range(3):
            time.sleep(luck.uniform(0.05, 1.0))
            with suppress(psutil.NoSuchProcess, IndexError):
                worker, what = luck.choice(makers_of(process)), luck.choice(("stop", "stop", "kill"))
                luck.choice(psutil.Process(process.pid).children()).suspend()  # a server, beside the worker
                worker.send_signal(signal.SIGSTOP if what == "stop" else signal.SIGKILL)
                fell[what] += 1
        code, lines, said = sweeps.finish(process, 120)
        assert code == 0, said
        assert sweeps.hash_of(lines) == reference
    print(fell)
    assert fell["stop"] >= rounds and fell["kill"] >= rounds / 3, f"the signals fell elsewhere: {fell}"
