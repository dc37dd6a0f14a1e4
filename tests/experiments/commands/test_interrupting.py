"""Ctrl+C, at whatever moment and however often, ends a command with a line, without a trace or remains."""

import signal
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


@pytest.mark.parametrize(("seconds", "code"), [(0.0, 3), (1.5, -signal.SIGINT)])
def test_ctrl_c_at_the_end_leaves_python_a_second_to_put_away_what_it_has_begun(seconds, code):
    program = (
        "import atexit, signal, time\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from experiments import __main__\n"
        "import experiments.commands.cli as cli\n"
        "cli.main = lambda: exit(3)\n"
        f"atexit.register(lambda: [time.sleep({seconds}), signal.raise_signal(signal.SIGINT)])\n"
        "__main__.main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "")
