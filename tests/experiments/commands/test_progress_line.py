"""Progress of a sweep, on a terminal and off it."""

import os
import pty
import subprocess

import pytest
from command_line import SYSLEAD, alone

from experiments.commands.console import progress_line
from experiments.sweep.progress import Progress


def _on_a_terminal(folder, *more):
    """Resume a sweep with a terminal for standard error; return what was written there."""
    leader, follower = pty.openpty()
    surroundings = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "60"}
    surroundings.pop("NO_COLOR", None)
    process = subprocess.Popen(
        [*SYSLEAD, "resume", str(folder), *more], stdout=subprocess.DEVNULL, stderr=follower, env=surroundings
    )
    os.close(follower)
    seen = b""
    try:
        while piece := os.read(leader, 65536):
            seen += piece
    except OSError:
        pass  # the terminal closes with its last writer
    finally:
        os.close(leader)
    assert process.wait(60) == 0
    return seen.decode()


@pytest.mark.slow
def test_progress_stays_off_standard_output(swept):
    done = alone("resume", swept)
    assert done.returncode == 0
    assert "6 of 6 runs" in done.stderr
    assert "6 of 6 runs" not in done.stdout


def test_progress_off_a_terminal_is_a_plain_line_every_ten_seconds(capsys):
    now = [0.0]
    report = progress_line.plain_lines(clock=lambda: now[0])
    for second in range(0, 31):
        now[0] = float(second)
        report(Progress(100, second, 0, 1.0, 100.0 - second, None, None))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" of ")[0] for line in lines] == ["0", "10", "20", "30"]
    assert not any("\x1b" in line or "\r" in line for line in lines)


def test_progress_says_that_the_model_is_being_compiled_at_once_and_then_every_ten_seconds(capsys):
    now = [0.0]
    report = progress_line.plain_lines(clock=lambda: now[0])
    start = Progress(100, 0, 0, 0.0, None, None, None)
    report(start)
    for second in range(0, 22):
        now[0] = float(second)
        report(start._replace(compiling=now[0]))
    report(start)
    assert capsys.readouterr().err.splitlines() == [
        "0 of 100 runs",
        "Compiling the model (once on each computer: about 30 s)",
        "Compiling the model … 10 s (once on each computer: about 30 s)",
        "Compiling the model … 20 s (once on each computer: about 30 s)",
    ]


@pytest.mark.slow
def test_progress_is_redrawn_on_a_terminal(swept):
    redrawn, plain = _on_a_terminal(swept), _on_a_terminal(swept, "--plain")
    assert "\x1b[" in redrawn
    assert "\x1b[" not in plain
    assert "6 of 6 runs" in plain


def test_progress_says_done_failed_speed_time_left_and_precision():
    words = progress_line.sentence(Progress(680, 170, 1, 23.0, 22.1, (18.0, 29.9), 0.031))
    assert words == (
        "170 of 680 runs, 1 failed, 23 a second, 22 s left (18 s to 30 s), intervals ±3.1 points or better"
    )
