"""What answers at once imports nothing heavy."""

import os
import subprocess
import sys

import pytest
from command_line import SYSLEAD

HEAVY = ("mesa", "pandas", "scipy", "numpy", "matplotlib", "numba", "rich", "networkx")


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["run", "--help"],
        ["run", "--set", "nothing=1"],
        ["sweep", "nothing", "--dry-run"],
        ["completion", "bash"],
        ["rum"],
    ],
)
def test_help_version_errors_and_completion_import_nothing_heavy(words):
    code = (
        "import sys\nfrom experiments.commands.cli import main\n"
        f"try:\n    main({words!r})\n"
        f"finally:\n    print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "HEAVY []"


def test_completing_a_name_imports_nothing_heavy():
    surroundings = {**os.environ, "_SYSLEAD_COMPLETE": "bash_complete", "COMP_WORDS": "syslead run --tactic see"}
    code = f"import sys\nsys.argv = ['syslead']\n{SYSLEAD[2].replace('; main()', '')}\n" + (
        f"try:\n    main()\nfinally:\n    print('HEAVY', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env={**surroundings, "COMP_CWORD": "3"},
        timeout=60,
    )
    assert done.stdout.splitlines() == ["plain,seeding", "HEAVY []"]


@pytest.mark.parametrize("module", ["experiments", "experiments.commands.cli"])
def test_the_command_line_runs_as_a_module_too(module):
    """With what it prints and the code with which it ends."""
    done = subprocess.run([sys.executable, "-m", module, "rum"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "Did you mean 'run'?" in done.stderr
