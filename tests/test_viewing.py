"""`syslead view`: what it asks for, refuses and warns of, without a browser."""

import json
import os
import socket
from typing import Any

import pytest
from click.testing import CliRunner

pytest.importorskip("solara", reason="the page needs the extra `viz`")

from experiments import viewing
from experiments.errors import Incompatible
from simulation.errors import Invalid


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what would have been served where; nothing is."""
    calls: list[Any] = []
    monkeypatch.setattr(viewing, "_serve", lambda host, port: calls.append((host, port)))
    monkeypatch.setattr(viewing, "_open", lambda *where: calls.append("opened"))
    for name in ("SYSLEAD_VIEW", "SOLARA_APP", "SOLARA_MODE", "SOLARA_TELEMETRY_MIXPANEL_ENABLE"):
        monkeypatch.setenv(name, "")
    return calls


def view(*words: str) -> Any:
    return CliRunner().invoke(viewing.view, [*words], catch_exceptions=True)


def test_the_page_is_served_on_this_machine_only(served):
    result = view("--no-open", "--port", "0")
    assert result.exit_code == 0, result.output
    assert served[0][0] == "127.0.0.1"
    assert f"http://127.0.0.1:{served[0][1]}/" in result.output
    assert "Ctrl+C" in result.output
    assert "Warning" not in result.output


def test_a_host_in_the_environment_exposes_nothing(served, monkeypatch):
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("PORT", "80")
    view("--no-open", "--port", "0")
    assert served[0][0] == "127.0.0.1"


def test_listening_elsewhere_warns(served):
    result = view("--no-open", "--port", "0", "--host", "0.0.0.0")
    assert "Warning" in result.output
    assert "no password" in result.output


def test_nothing_is_told_to_anybody(served):
    view("--no-open", "--port", "0")
    assert os.environ["SOLARA_TELEMETRY_MIXPANEL_ENABLE"] == "False"
    assert os.environ["SOLARA_MODE"] == "production"


def test_a_port_that_is_taken_is_told_with_the_cure(served):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = view("--no-open", "--port", str(port))
    assert isinstance(result.exception, Invalid)
    assert str(port) in str(result.exception)
    assert "--port" in str(result.exception)
    assert served == []


def test_an_address_of_another_machine_is_refused(served):
    result = view("--no-open", "--host", "no.such.machine.invalid")
    assert isinstance(result.exception, Invalid)
    assert served == []


def test_without_the_extra_the_cure_is_named(served, monkeypatch):
    monkeypatch.setattr(viewing, "find_spec", lambda name: None)
    result = view()
    assert "pip install 'syslead[viz]'" in str(result.exception)


def test_the_page_gets_what_the_command_line_says(served):
    view("tiny", "--tactic", "seeding=0.5", "--set", "leaders.ego=0.9", "--seed", "4", "--no-open", "--port", "0")
    asked = json.loads(os.environ["SYSLEAD_VIEW"])
    assert (asked["scenario"], asked["tactics"], asked["settings"]) == ("tiny", {"seeding": 0.5}, {"leaders.ego": 0.9})
    assert asked["seed"] == 4


def test_every_mistake_is_told_before_anything_is_served(served):
    result = view("tiny", "--tactic", "sedding=0.5", "--set", "leaders.ego=9", "--no-open")
    assert isinstance(result.exception, Invalid)
    assert len(result.exception.problems) == 2
    assert served == []


def test_a_run_of_a_sweep_is_shown_as_it_was(served, tmp_path, monkeypatch):
    from experiments import runner, study

    file = tmp_path / "study.toml"
    file.write_text('title = "T"\nscenario = "tiny"\nweeks = 4\nreplicates = 2\n[arms.none]\n', encoding="utf-8")
    out = tmp_path / "out"
    runner.sweep(study.load(str(file)), out)
    result = view("--from", str(out), "--run", "1", "--no-open", "--port", "0")
    assert result.exit_code == 0, result.exception
    asked = json.loads(os.environ["SYSLEAD_VIEW"])
    assert (asked["scenario"], asked["weeks"], asked["replicate"]) == ("tiny", 4, 1)
    monkeypatch.setattr("simulation.fingerprint.sources", lambda: "0" * 64)
    refused = view("--from", str(out), "--run", "1", "--no-open", "--port", "0")
    assert isinstance(refused.exception, Incompatible)
    assert view("--from", str(out), "--run", "1", "--no-open", "--port", "0", "--accept-changes").exit_code == 0


def test_a_run_as_it_was_takes_no_other_settings(served, tmp_path):
    result = view("--from", str(tmp_path), "--run", "1", "--seed", "3")
    assert result.exit_code == 2
    assert "--from" in result.output
