"""`syslead sweep`: looked at before it is begun, interrupted, and ended with its table."""

import re
import signal
import subprocess
import time

import click
import pytest
from command_line import STUDY, SYSLEAD, document

from experiments.commands import sweep
from experiments.sweep import runner


def _rows(out):
    from experiments.store import status
    from experiments.store.errors import SweepError

    try:
        return status.status_of(out).done
    except SweepError:
        return 0


def test_dry_run_tells_points_values_time_disk_and_files_and_writes_nothing(syslead, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, _ = syslead("sweep", "tiny", "--dry-run", "--jobs", "1", "--out", "results")
    assert code == 0
    assert "2 points x 2 arms x 5 replicates = 20 runs of 52 weeks" in out
    assert re.search(r"pressure\.finance +0\.35, 0\.65", out)
    assert re.search(r"time +about .* from 3 pilot runs", out)
    assert re.search(r"disk +about [\d.]+ kB", out)
    assert "results/outcomes.csv" in out
    assert list(tmp_path.iterdir()) == []


def test_dry_run_speaks_json(syslead, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    _, out, _ = syslead("sweep", "tiny", "--dry-run", "--jobs", "1", "--json")
    plan = document(out)
    assert plan["schema_version"] == 1
    assert (plan["runs"], plan["values"]) == (20, {"pressure.finance": [0.35, 0.65]})


def test_asking_goes_on_only_after_a_yes(syslead, tmp_path, monkeypatch):
    monkeypatch.setattr(click, "confirm", lambda *_, **__: False)
    code, out, _ = syslead("sweep", "tiny", "--ask", "--jobs", "1", "--out", tmp_path / "out")
    assert code == 0
    assert "20 runs" in out
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_interrupting_a_sweep_saves_it_and_prints_how_to_go_on(tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(STUDY.replace("replicates = 3", "replicates = 100000"))
    out = tmp_path / "a folder"
    process = subprocess.Popen(
        [*SYSLEAD, "sweep", str(study), "--out", str(out), "--jobs", "1"], stderr=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not _rows(out):
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert f"syslead resume '{out}'" in err
    assert "Error" not in err
    assert 0 < _rows(out) < 200_000


def test_a_sweep_ends_with_its_table(syslead, tmp_path):
    study = tmp_path / "study.toml"
    study.write_text(STUDY)
    code, out, err = syslead("sweep", study, "--out", tmp_path / "out", "--jobs", "1")
    assert code == 0
    assert "No leader" in out
    assert "A model of a theory, not a forecast." in out
    assert f"Next: syslead plot {tmp_path / 'out'}" in err


def test_plot_needs_tables_only(syslead, swept, tmp_path):
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in ("outcomes.csv", "trajectories.csv.gz", "provenance.json"):
        (copy / name).write_bytes((swept / name).read_bytes())
    code, out, _ = syslead("plot", copy)
    assert code == 0
    assert f"{copy}/figures/adoption_curves.png" in out.splitlines()


def test_options_reach_the_runner():
    given = {
        "memory_limit": 2.0, "jobs": 3, "run_timeout": 5.0, "max_failures": None, "keep_going": False,
        "allow_large": False, "dask": "local", "shard": (1, 2),
    }  # fmt: skip
    assert sweep.options_of(given) == runner.Options(
        jobs=3, run_timeout=5.0, memory_limit=2 * 2**30, max_failures=1, shard=(1, 2), dask="local"
    )
