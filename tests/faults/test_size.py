"""The surroundings change no table, and a large sweep costs little more than its runs."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from experiments.store import status
from experiments.sweep import progress, runner
from experiments.sweep.runner import Options
from faults import sweeps, toys
from simulation import fingerprint

pytestmark = pytest.mark.slow

MEGABYTE = 2**20


@pytest.mark.long
def test_hash_seeds_languages_and_time_zones_change_no_table(tmp_path):
    surroundings = [{"PYTHONHASHSEED": str(seed)} for seed in range(5)]
    surroundings += [{"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}, {"LC_ALL": "C"}, {"TZ": "Pacific/Chatham"}]
    wanted = {"acts": ["well", "fine", "good"], "replicates": 5}
    hashes = {
        sweeps.complete(tmp_path / str(number), wanted, env=environment)
        for number, environment in enumerate(surroundings)
    }
    assert len(hashes) == 1


def grown(tmp_path, replicates: int) -> tuple[float, float, float]:
    """Megabytes of this process early and late in a sweep of runs that take no time, and its milliseconds a run.

    The time is that of this process alone: what else the machine does is no cost of the sweep's.
    """
    # What the runs leave behind counts, not what starting took.
    me, early, late = psutil.Process(os.getpid()), [], []

    def look(now: progress.Progress) -> None:
        (early if now.done < now.total * 0.3 else late).append(me.memory_info().rss / MEGABYTE)

    study = toys.study(weeks=1, replicates=replicates)
    began = time.process_time()
    summary = runner.sweep(study, tmp_path, on_progress=look, options=Options(jobs=2, work=toys.WORK))
    assert summary.done == 2 * replicates
    return max(early[1:] or early), max(late), (time.process_time() - began) * 1000 / summary.done


def test_a_run_costs_less_than_a_millisecond_beside_itself(tmp_path, monkeypatch):
    monkeypatch.setattr(fingerprint, "sources", lambda: "0" * 64)
    grown(tmp_path / "first", 10)
    assert grown(tmp_path / "second", 1_500)[2] < 1


@pytest.mark.long
@pytest.mark.timeout(900)
def test_a_hundred_thousand_runs_cost_a_millisecond_each_and_no_memory(tmp_path):
    # In a process of its own, as this one holds whatever other tests have imported.
    alone = "import sys, pathlib, faults.test_size as t; print(*t.grown(pathlib.Path(sys.argv[1]), 50_000))"
    told = subprocess.run(
        [sys.executable, "-c", alone, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        env=sweeps.environment(),
    )
    early, late, milliseconds = map(float, told.stdout.split())
    began = time.process_time()
    assert status.status_of(tmp_path).done == 100_000
    seconds = time.process_time() - began
    print(f"{milliseconds:.2f} ms a run; {early:.0f} MB early, {late:.0f} MB late; opened in {seconds:.1f} s")
    assert milliseconds < 1
    assert late < 300 and (late - early) * MEGABYTE / 70_000 < 1_000
    assert seconds < 2
