"""The same sweep on Dask, with workers and schedulers that are killed."""

import json
import os
import subprocess
import sys
import time

import psutil
import pytest

from experiments.store import status
from experiments.sweep import runner
from experiments.sweep.runner import Options
from faults import sweeps, toys
from simulation import fingerprint
from simulation.errors import Invalid

pytestmark = pytest.mark.slow

pytest.importorskip("distributed")

WANTED = {"runs": 300, "seconds": 0.02, "options": {"dask": "local"}}
HERE = {"127.0.0.1", "::1"}
SCHEDULER = """
import asyncio, sys
import distributed

async def serve():
    place = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
    async with distributed.Scheduler(scheduler_file=sys.argv[1], **place) as scheduler:
        async with distributed.Worker(scheduler.address, nthreads=1, **place):
            await scheduler.finished()

asyncio.run(serve())
"""


def listening(processes: list[psutil.Process]) -> set[str]:
    """The addresses at which processes wait to be called."""
    found = set()
    for process in processes:
        for connection in process.net_connections("inet"):
            if connection.status == psutil.CONN_LISTEN:
                found.add(connection.laddr.ip)
    return found


def test_a_sweep_on_a_local_cluster_gives_the_same_table_and_listens_here_only(tmp_path, monkeypatch):
    wanted = {**WANTED, "runs": 60}
    process = sweeps.start(tmp_path / "dask", wanted)
    sweeps.wait_for_rows(process, 10)
    heard = listening([psutil.Process(process.pid), *sweeps.workers_of(process)])
    code, lines, said = sweeps.finish(process)
    assert code == 0, said
    assert heard and heard <= HERE
    monkeypatch.setattr(fingerprint, "sources", lambda: "0" * 64)
    study = toys.timed_study(60, 0.02)
    reference = runner.sweep(study, tmp_path / "reference", options=Options(jobs=2, work=toys.WORK))
    assert sweeps.hash_of(lines) == reference.table_hash


def test_what_only_this_machine_can_keep_and_what_nobody_answers_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.sweep.cluster.CONNECT_SECONDS", "1s")
    monkeypatch.setattr(fingerprint, "sources", lambda: "0" * 64)
    options = Options(work=toys.WORK, dask="tcp://127.0.0.1:9")
    with pytest.raises(Invalid, match=r"No Dask scheduler answers at 'tcp://127.0.0.1:9'"):
        runner.sweep(toys.study(), tmp_path, options=options)
    with pytest.raises(Invalid, match="this machine only"):
        runner.sweep(toys.study(), tmp_path, options=options._replace(run_timeout=1.0))
    assert status.status_of(tmp_path).holder is None


@pytest.mark.long
def test_a_worker_that_is_killed_costs_no_run(tmp_path):
    process = sweeps.start(tmp_path / "dask", WANTED)
    sweeps.wait_for_rows(process, 30)
    busy = max(sweeps.workers_of(process), key=lambda one: one.cpu_times().user)
    busy.kill()
    code, lines, said = sweeps.finish(process)
    assert code == 0, said
    made = (tmp_path / "dask" / "outcomes.csv").read_text().count(",ok,")
    assert made == 300
    assert sweeps.hash_of(lines) == sweeps.complete(tmp_path / "reference", {**WANTED, "options": {}})


@pytest.mark.long
def test_a_run_that_kills_its_dask_workers_is_recorded_and_the_others_are_made(tmp_path):
    wanted = {"acts": ["kill", *(f"well{number}" for number in range(19))], "options": {"dask": "local"}}
    code, _, said = sweeps.finish(sweeps.start(tmp_path, wanted), 240)
    assert code == 3, said
    now = status.status_of(tmp_path)
    assert (now.done, now.failures) == (38, {"worker_died": 2})


@pytest.mark.long
def test_a_scheduler_that_is_killed_ends_the_sweep_and_resuming_completes_it(tmp_path):
    file = tmp_path / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": f"{sweeps.TESTS}{os.pathsep}{sweeps.TESTS.parent}"}
    scheduler = subprocess.Popen([sys.executable, "-c", SCHEDULER, str(file)], env=environment)
    while not file.exists():
        time.sleep(0.1)
    address = json.loads(file.read_text())["address"]
    process = sweeps.start(tmp_path / "dask", {**WANTED, "options": {"dask": address}})
    sweeps.wait_for_rows(process, 30)
    scheduler.kill()
    scheduler.wait()
    code, _, said = sweeps.finish(process)
    assert code == 4 and "syslead resume" in said, said
    saved = sweeps.rows_in(tmp_path / "dask")
    assert 30 <= saved < 300, "the scheduler died midway"
    resumed = sweeps.complete(tmp_path / "dask", {**WANTED, "options": {}})
    assert resumed == sweeps.complete(tmp_path / "reference", {**WANTED, "options": {}})
