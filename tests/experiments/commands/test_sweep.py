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
from simulation.tactics import heroic_leader


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
    assert plan["schema_version"] == 3
    assert (plan["runs"], plan["values"]) == (20, {"pressure.finance": [0.35, 0.65]})


AS_RUN = """
scenario = "tiny"
weeks = 8
replicates = 2
[settings]
leaders.hours = 6
[arms.none]
title = "No leader"
[arms.heroic]
tactics = { seeding = 1, coalition = 1, heroic_leader = 1 }
schedule = [{ week = 5, tactics = {}, settings = { "gates.delay" = 0.123456789e2 } }]
[factors]
"pressure.finance" = {}
[design]
kind = "sobol"
points = 4
seed = 9
"""


def test_a_dry_run_shows_every_arm_as_it_will_be_run(syslead, tmp_path):
    (tmp_path / "study.toml").write_text(AS_RUN)
    asked = ["sweep", tmp_path / "study.toml", "--dry-run", "--jobs", "1", "--seed", "3", "--replicates", "1"]
    _, out, _ = syslead(*asked, "--json")
    plan = document(out)
    expected = {"replicates": 1, "weeks": 8, "seed": 3, "design_seed": 9, "engine": "compiled", "runs": 8, "points": 4}
    assert {key: plan[key] for key in expected} == expected
    none, heroic = (plan["as_run"][arm] for arm in ("none", "heroic"))
    # What a comparator sets and what the scenario sets is shown with the rest.
    assert none["settings"] == {"leaders.number": 1, "leaders.hours": 6}
    sets = heroic_leader.conduct(1.0, heroic_leader.Parameters())
    assert sets["leaders.ego"] == 0.9
    assert heroic["settings"] == none["settings"] | sets
    assert (none["shares"], heroic["shares"]) == ({}, {"coalition": 0.5, "seeding": 0.5})
    assert heroic["schedule"] == [[5, {"tactics": {}, "settings": {"gates.delay": 12.3456789}}]]
    words = " ".join(syslead(*asked)[1].split())
    for part in (
        "none No leader; nobody leads",
        "coalition 0.5, seeding 0.5, heroic_leader 1; leaders.ego = 0.9",
        "from week 5 on nobody leads, gates.delay = 12.3456789",
        "all arms scenario tiny; leaders.number = 1, leaders.hours = 6",
        "random seed 3 of the runs, 9 of the sample of points",
    ):
        assert part in words


def test_another_change_stands_in_the_place_of_the_studys_and_is_shown_everywhere(syslead, tmp_path, monkeypatch):
    (tmp_path / "studies").mkdir()
    study, ours = tmp_path / "studies" / "study.toml", tmp_path / "ours.toml"
    study.write_text(f'change = "simple"\n{STUDY}')
    ours.write_text("[settings]\nnature.complexity = 0.8\n")
    monkeypatch.chdir(tmp_path)
    for given, change, complexity in (((), "simple", 0.1), (("--change", "ours.toml"), "ours", 0.8)):
        plan = document(syslead("sweep", study, "--dry-run", "--jobs", "1", *given, "--json")[1])
        assert all(arm["change"] == change for arm in plan["as_run"].values())
        assert all(arm["settings"]["nature.complexity"] == complexity for arm in plan["as_run"].values())
        assert f"change {change}" in syslead("sweep", study, "--dry-run", "--jobs", "1", *given)[1]
        assert syslead("sweep", study, "--out", tmp_path / change, "--jobs", "1", *given)[0] == 0
        assert f"scenario tiny, change {change}" in syslead("report", tmp_path / change)[1]
        assert document(syslead("report", tmp_path / change, "--json")[1])["change"] == change
        assert f"tiny, change {change}, seed" in syslead("run", "--from", tmp_path / change, "--run", "1")[1]
    code, _, err = syslead("sweep", study, "--dry-run", "--jobs", "1", "--change", "complx")
    assert code == 2 and "Did you mean 'complex'?" in err


@pytest.mark.parametrize("study", ["tiny", "barriers", "mechanisms"])
def test_a_dry_run_shows_the_settings_with_which_the_runs_are_made(study):
    from experiments.design import study_file
    from experiments.design.jobs import jobs_of
    from experiments.sweep.estimate import arm_as_run
    from simulation.scenario import load
    from simulation.settings import merged, mix

    loaded = study_file.load(study)
    shown = {arm.name: arm_as_run(arm, loaded) for arm in loaded.arms}
    for job in list(jobs_of(loaded, 1)):
        request = job.request
        made = merged(load(request.scenario), request.tactics, request.settings)
        assert made == shown[job.arm]["settings"] | job.values
        assert mix(request.tactics) == shown[job.arm]["shares"]


def test_asking_goes_on_only_after_a_yes(syslead, tmp_path, monkeypatch):
    monkeypatch.setattr(click, "confirm", lambda *_, **__: False)
    code, _, err = syslead("sweep", "tiny", "--ask", "--jobs", "1", "--out", tmp_path / "out")
    assert code == 0
    assert "20 runs" in err
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


@pytest.mark.parametrize(
    "more",
    [
        ["--run-timeout", "nan"],
        ["--run-timeout", "inf"],
        ["--memory-limit", "1e300"],
        ["--seed", str(2**70)],
        ["--scenario", ""],
        ["--change", ""],
    ],
)
def test_a_dry_run_refuses_what_the_sweep_would(syslead, more):
    code, out, err = syslead("sweep", "tiny", "--dry-run", *more)
    assert (code, out) == (2, "") and err.startswith("Error: ")
