"""Ctrl+C, at whatever moment and however often, ends a command with a line, without a trace or remains."""

import subprocess
import sys

import pytest

from experiments import __main__

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


def test_ctrl_c_twice_at_once_interrupts_once_and_later_again(monkeypatch):
    clock = iter([10.0, 10.4, 10.8, 11.2, 12.1])
    monkeypatch.setattr(__main__, "monotonic", lambda: next(clock))
    wish, interrupted = __main__.Wish(), []
    for _ in range(5):
        try:
            wish()
            interrupted.append(False)
        except KeyboardInterrupt:
            interrupted.append(True)
    assert interrupted == [True, False, False, True, False]
