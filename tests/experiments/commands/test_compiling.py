"""A first run says within a second that it compiles, and for how long; any other says nothing of it."""

import os
import subprocess
import sys
import threading
import time

import pytest

from experiments.commands.console import compiling, terminal
from simulation import Request, cache, run

SYSLEAD = [sys.executable, "-c", "from experiments.commands.cli import main; main()"]
SAID = "Compiling the model"


@pytest.fixture
def empty(tmp_path):
    """The surroundings of a computer on which nothing has been compiled yet."""
    return {**os.environ, "SYSLEAD_CACHE": str(tmp_path / "cache"), "NO_COLOR": "1", "TERM": "xterm-256color"}


def begun(words, surroundings, seconds=60.0):
    """Start a command; return what it says until it says that it compiles, and after how many seconds it does."""
    process = subprocess.Popen([*SYSLEAD, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=surroundings)
    watch = threading.Timer(seconds, process.kill)
    watch.start()
    began, said = time.monotonic(), b""
    try:
        while SAID not in said.decode() and (piece := os.read(process.stderr.fileno(), 4096)):
            said += piece
        return said.decode(), time.monotonic() - began
    finally:
        watch.cancel()
        process.kill()
        process.communicate()


STUDY = 'title = "One"\nscenario = "tiny"\nweeks = 2\nreplicates = 1\n[arms.none]\ntitle = "No leader"\n'


@pytest.mark.parametrize("command", ["run", "sweep", "dry-run", "view"])
def test_a_first_run_says_at_once_that_it_compiles(command, empty, tmp_path):
    if command == "view":
        pytest.importorskip("solara", reason="the page needs the extra `viz`")
    (tmp_path / "study.toml").write_text(STUDY)
    words = {
        "run": ["run", "tiny"],
        "sweep": ["sweep", str(tmp_path / "study.toml"), "--out", str(tmp_path / "out"), "--jobs", "1"],
        "dry-run": ["sweep", str(tmp_path / "study.toml"), "--dry-run"],
        "view": ["view", "--no-open", "--port", "0"],
    }[command]
    said, seconds = begun(words, empty)
    assert SAID in said
    assert seconds < 10, "within a second where the computer has nothing else to do"


def test_without_a_terminal_there_is_a_plain_line_at_once_and_one_every_ten_seconds(monkeypatch, capsys):
    monkeypatch.setattr(compiling, "SECONDS_BETWEEN_LINES", 1)
    with compiling.told():
        time.sleep(1.3)
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [compiling.sentence(0), compiling.sentence(1)]


def test_on_a_terminal_the_seconds_count_up_in_place_and_nothing_is_left(monkeypatch, capsys):
    monkeypatch.setattr(terminal, "is_plain", lambda: False)
    with compiling.told():
        time.sleep(1.3)
    err = capsys.readouterr().err
    assert "\n" not in err
    assert err.split("\r")[1:] == [f"{compiling.sentence(0)}\x1b[K", f"{compiling.sentence(1)}\x1b[K", "\x1b[K"]


def test_on_a_narrow_terminal_it_stays_one_line(monkeypatch, capsys):
    monkeypatch.setattr(terminal, "is_plain", lambda: False)
    monkeypatch.setattr(terminal, "width", lambda: 40)
    with compiling.told():
        pass
    assert all(len(line) < 50 for line in capsys.readouterr().err.split("\r"))


def test_who_wants_quiet_is_told_nothing(monkeypatch, capsys):
    monkeypatch.setattr(terminal, "is_quiet", lambda: True)
    with compiling.told():
        time.sleep(0.1)
    assert capsys.readouterr() == ("", "")


def test_what_is_compiled_already_is_not_spoken_of(capsys):
    for engine in ("compiled", "agents"):
        run(Request("tiny", weeks=1, engine=engine))
        compiling.first(engine)
    assert capsys.readouterr() == ("", "")


def test_a_run_fills_the_cache_for_both_engines():
    run(Request("tiny", weeks=1))
    assert cache.is_filled("compiled") and cache.is_filled("agents")


def test_a_new_cache_is_not_filled(monkeypatch, tmp_path):
    monkeypatch.setenv("SYSLEAD_CACHE", str(tmp_path))
    assert not cache.is_filled("compiled") and not cache.is_filled("agents")


def test_what_another_copy_of_the_sources_has_compiled_is_compiled_anew(monkeypatch, tmp_path):
    run(Request("tiny", weeks=1))
    monkeypatch.setattr(cache, "__file__", str(tmp_path / "simulation" / "cache.py"))
    assert not cache.is_filled("compiled") and not cache.is_filled("agents")


def test_whether_anything_is_compiled_is_known_without_numba():
    code = "import sys; from simulation import cache; cache.is_filled('compiled'); print({'numba', 'numpy'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
