"""Output fits its reader: a terminal, a pipe, somebody who wants quiet or no colour."""

import subprocess
import sys

import click
import pytest
from command_line import commands

from experiments.commands import cli
from experiments.commands.console import terminal


@pytest.mark.parametrize("surroundings", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colour_is_left_out_where_the_surroundings_ask_for_it(surroundings, monkeypatch):
    for name, value in surroundings.items():
        monkeypatch.setenv(name, value)
    assert not terminal.has_colour()


@pytest.mark.parametrize("words", [["--no-color", "params"], ["params", "--no-color"], ["params", "--plain"]])
def test_colour_can_be_turned_off_before_and_after_the_command(words, monkeypatch, capsys):
    monkeypatch.setattr(click.utils, "should_strip_ansi", lambda stream=None, color=None: color is False)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    with pytest.raises(SystemExit):
        cli.main(words)
    assert "\x1b[" not in capsys.readouterr().out


def test_quiet_leaves_results_and_errors_only(syslead, swept):
    code, out, err = syslead("resume", swept, "--quiet", "--jobs", "1")
    assert (code, err) == (0, "")
    assert "A study for tests" in out
    assert syslead("--quiet", "run", "nowhere")[2].startswith("Error: ")


@pytest.mark.parametrize("name", ["", *commands()])
def test_help_fits_sixty_columns(syslead, name, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    _, out, _ = syslead(*([name] if name else []), "--help")
    assert max(map(len, out.splitlines())) <= 60


def test_lists_and_reports_fit_sixty_columns(syslead, swept, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    for words in (["list", "tactics"], ["list", "parameters"], ["describe", "ics-small"], ["report", swept],
                  ["run", "tiny", "--weeks", "4"]):  # fmt: skip
        _, out, _ = syslead(*words)
        assert max(map(len, out.splitlines())) <= 60, words


def test_a_reader_that_stops_early_is_met_with_silence():
    done = subprocess.run(
        f"{sys.executable} -c 'from experiments.commands.cli import main; main()' params | head -1",
        shell=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip()
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("words", "streams", "code"), [("list tactics", ">&-", 0), ("rum", "2>&-", 2), ("rum", ">&- 2>&-", 2)]
)
def test_streams_that_are_closed_change_no_exit_code(words, streams, code):
    done = subprocess.run(
        ["sh", "-c", f'"$0" -m experiments {words} {streams}', sys.executable], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (code, "")
