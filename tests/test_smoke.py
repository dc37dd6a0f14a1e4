"""The shortest way through everything, for every supported Python."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from simulation import Request, run


def syslead(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("syslead"), *words], capture_output=True, text=True, check=False
    )


def test_both_engines_give_the_same_run():
    request = Request("tiny", tactics={"seeding": 1, "forgoing_credit": 1}, weeks=26)
    compiled, readable = run(request), run(request._replace(engine="agents"))
    assert compiled.adopted_share.tolist() == readable.adopted_share.tolist()
    assert compiled.observables == readable.observables


def test_the_mesa_model_runs_without_arguments_and_shows_agents():
    from simulation import SystemModel

    model = SystemModel()
    model.step()
    assert {kind.__name__ for kind in model.agent_types} >= {"Staff", "Organisation", "Leader", "Convener"}


def test_a_run_can_be_asked_for_on_the_command_line():
    answer = syslead("run", "tiny", "--tactic", "coalition", "--weeks", "8", "--json")
    assert answer.returncode == 0, answer.stderr
    document = json.loads(answer.stdout)
    assert len(document["adopted_share"]) == 9


@pytest.mark.slow
def test_a_sweep_ends_with_a_table_and_figures(tmp_path):
    pytest.importorskip("matplotlib")
    swept = syslead("sweep", "tiny", "--out", str(tmp_path / "out"), "--replicates", "2", "--jobs", "2")
    assert swept.returncode == 0, swept.stderr
    assert (tmp_path / "out" / "outcomes.csv").read_text().count("\n") == 1 + 2 * 2 * 2
    plotted = syslead("plot", str(tmp_path / "out"))
    assert plotted.returncode == 0, plotted.stderr
    assert list((tmp_path / "out" / "figures").glob("*.png"))
