"""On a system without the locks of POSIX, as Windows is, all but sweeps works, and a sweep says what is missing."""

import subprocess
import sys

import pytest

WITHOUT = """
import os, sys
for name in ("fcntl", "resource", "pwd", "grp"):
    sys.modules[name] = None
for name in ("O_DIRECTORY", "sysconf_names", "sched_getaffinity", "getuid"):
    delattr(os, name)
import experiments
from experiments.commands.cli import main
main(sys.argv[1:])
"""


def elsewhere(*words):
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *map(str, words)], capture_output=True, text=True, timeout=120
    )


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["sweep", "--help"],
        ["list", "tactics"],
        ["describe", "seeding"],
        ["run", "tiny", "--weeks", "2"],
        ["sweep", "tiny", "--dry-run", "--jobs", "1"],
    ],
    ids=" ".join,
)
def test_whatever_makes_no_sweep_works(words):
    done = elsewhere(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_a_run_can_be_written_and_results_reported(tmp_path, swept):
    assert elsewhere("run", "tiny", "--weeks", "2", "--out", tmp_path / "out").returncode == 0
    assert elsewhere("report", swept).returncode == 0
    assert elsewhere("status", swept).returncode == 0


@pytest.mark.parametrize(
    "words", [["sweep", "tiny", "--out", "{new}"], ["resume", "{old}"], ["merge", "{new}", "{old}"]]
)
def test_a_sweep_says_what_this_system_lacks_and_leaves_nothing_behind(tmp_path, swept, words):
    places = {"new": str(tmp_path / "new"), "old": str(swept)}
    done = elsewhere(*(word.format(**places) for word in words))
    assert done.returncode == 4
    assert "Linux" in done.stderr and "WSL" in done.stderr and done.stderr.count("\n") == 1
    assert not (tmp_path / "new").exists()


def test_doctor_says_so_too():
    done = elsewhere("doctor")
    assert done.returncode == 4
    assert any(line.startswith("NO") and "locks" in line for line in done.stdout.splitlines())
