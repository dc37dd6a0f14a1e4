"""`syslead view`: what it asks for, refuses and warns of, without a browser; and who may speak to the page."""

import asyncio
import json
import os
import shlex
import socket
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

pytest.importorskip("solara", reason="the page needs the extra `viz`")

from experiments import how_to_install
from experiments.commands import view as view_command
from experiments.page import server
from experiments.page.same_origin import SameOrigin
from experiments.store.errors import Incompatible
from simulation.errors import Invalid


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return what would have been served where; nothing is."""
    calls: list[Any] = []

    def serve(listening: socket.socket, host: str, ready: Any) -> None:
        calls.append(listening.getsockname())
        ready()
        listening.close()

    monkeypatch.setattr(server, "serve", serve)
    for name in ("SYSLEAD_VIEW", "SOLARA_APP", "SOLARA_MODE", "SOLARA_TELEMETRY_MIXPANEL_ENABLE"):
        monkeypatch.setenv(name, "")
    return calls


def view(*words: str) -> Any:
    return CliRunner().invoke(view_command.view, [*words], catch_exceptions=True)


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


def answer(listening: str, kind: str, **headers: str) -> Any:
    """Return what the guard of a page says to a request: the page's own answer, a status, or how a socket is closed."""
    sent: list[Any] = []

    async def page(scope: Any, receive: Any, send: Any) -> None:
        sent.append("the page")

    async def send(message: Any) -> None:
        sent.append(message.get("status") or message.get("code"))

    scope = {"type": kind, "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}
    asyncio.run(SameOrigin(page, listening)(scope, None, send))  # type: ignore[arg-type]
    return sent[0]


OWN = ["127.0.0.1:8765", "localhost:8765", "[::1]:8765", "LOCALHOST:9000", "localhost"]


@pytest.mark.parametrize("host", OWN)
def test_this_machine_by_any_of_its_own_names_reaches_the_page(host):
    assert answer("127.0.0.1", "http", host=host) == "the page"
    assert answer("127.0.0.1", "websocket", host=host, origin=f"http://{host}") == "the page"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "[", "10.0.0.1"])
def test_a_name_of_others_that_leads_here_is_refused(host):
    assert answer("127.0.0.1", "http", host=host) == 403
    assert answer("127.0.0.1", "websocket", host=host, origin=f"http://{host}") == 1008
    assert answer("127.0.0.1", "http") == 403


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:80", "http://[", "http://localhost:8765"]
)
def test_a_page_of_another_site_is_refused(origin):
    for listening in ("127.0.0.1", "0.0.0.0"):
        assert answer(listening, "websocket", host="127.0.0.1:8765", origin=origin) == 1008
        assert answer(listening, "http", host="127.0.0.1:8765", origin=origin) == 403


def test_the_host_that_was_named_is_a_name_of_the_page():
    assert answer("model.ward.example", "http", host="model.ward.example:8765") == "the page"
    assert answer("0.0.0.0", "http", host="any.name.example:8765") == "the page"


@pytest.mark.filterwarnings("ignore:websockets.legacy:DeprecationWarning")
def test_what_is_served_is_guarded(monkeypatch):
    import uvicorn

    monkeypatch.setenv("SOLARA_APP", "experiments.page.app")
    served: list[Any] = []
    monkeypatch.setattr(uvicorn.Server, "run", lambda self, sockets: served.append((self.config.app, sockets)))
    listening = server.bound("127.0.0.1", 0)
    server.serve(listening, "127.0.0.1", lambda: None)
    ((guarded, sockets),) = served
    assert isinstance(guarded, SameOrigin)
    assert sockets == [listening]


def test_the_address_is_told_once_somebody_answers_there(monkeypatch):
    import threading
    from urllib.error import HTTPError
    from urllib.request import urlopen

    import uvicorn

    monkeypatch.setenv("SOLARA_APP", "experiments.page.app")
    monkeypatch.setattr(server, "SameOrigin", lambda app, host: refusing)
    began: list[uvicorn.Server] = []
    startup = uvicorn.Server.startup

    async def noted(self: Any, sockets: Any = None) -> None:
        began.append(self)
        await startup(self, sockets)

    monkeypatch.setattr(uvicorn.Server, "startup", noted)
    answers: list[int] = []

    def look(address: str) -> None:
        try:
            urlopen(address, timeout=10)
        except HTTPError as error:
            answers.append(error.code)
        began[0].should_exit = True

    listening = server.bound("127.0.0.1", 0)
    address = server.address(*listening.getsockname())
    lookers = [threading.Thread(target=look, args=(address,))]
    server.serve(listening, "127.0.0.1", lookers[0].start)
    lookers[0].join(10)
    assert answers == [403]


async def refusing(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 403, "headers": []})
        await send({"type": "http.response.body", "body": b""})


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


def test_a_port_belongs_to_the_first_who_asks_for_it_even_before_the_page_answers():
    with server.bound("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with pytest.raises(Invalid) as taken:
            server.bound("127.0.0.1", port)
    assert len(taken.value.problems) == 1
    assert str(port) in str(taken.value)
    server.bound("127.0.0.1", port).close()


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_an_address_that_this_machine_does_not_have_is_told(host):
    with pytest.raises(Invalid) as wrong:
        server.bound(host, 0)
    assert f"--host {host}" in str(wrong.value)


def test_an_address_of_another_machine_is_refused(served):
    result = view("--no-open", "--host", "no.such.machine.invalid")
    assert isinstance(result.exception, Invalid)
    assert served == []


def test_without_the_extra_the_cure_is_named(served, monkeypatch):
    monkeypatch.setattr(view_command, "find_spec", lambda name: None)
    result = view()
    assert how_to_install("viz") in str(result.exception)


def test_the_cure_is_a_command_that_works(monkeypatch, tmp_path):
    from packaging.requirements import Requirement

    python, *words, folder = shlex.split(how_to_install("viz"))
    assert (python, words) == (sys.executable, ["-m", "pip", "install", "-e"])
    checkout, _, extra = folder.rstrip("]").rpartition("[")
    project = tomllib.loads(Path(checkout, "pyproject.toml").read_text("utf-8"))["project"]
    assert project["optional-dependencies"][extra]
    monkeypatch.setattr("experiments.__file__", str(tmp_path / "experiments" / "__init__.py"))
    elsewhere = {Requirement(word) for word in shlex.split(how_to_install("viz"))[4:]}
    assert elsewhere == {Requirement(word) for word in project["optional-dependencies"][extra]}


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
    from experiments.design import study_file
    from experiments.sweep import runner

    file = tmp_path / "study.toml"
    file.write_text('title = "T"\nscenario = "tiny"\nweeks = 4\nreplicates = 2\n[arms.none]\n', encoding="utf-8")
    out = tmp_path / "out"
    runner.sweep(study_file.load(str(file)), out)
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
