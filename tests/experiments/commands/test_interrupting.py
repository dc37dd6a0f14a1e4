"""Ctrl+C, at whatever moment and however often, ends a command with a line, without a trace or remains."""

import subprocess
import sys

import pytest

BEGINS = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Interrupting:
    def find_spec(self, name, *_):
        if name == {name!r}:
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
sys.argv = ["syslead", "list", "tactics"]
from experiments.__main__ import main
main()
"""


@pytest.mark.parametrize("name", ["experiments.commands.cli", "click", "simulation", "experiments.commands.why",
                                  "simulation.catalogue"])  # fmt: skip
def test_a_command_that_is_interrupted_while_it_loads_ends_with_a_line(name):
    done = subprocess.run([sys.executable, "-c", BEGINS.format(name=name)], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr.split()) == (130, "", ["Interrupted."])
