"""The command line as tests use it: a study, the commands, and each in a process of its own."""

import json
import subprocess
import sys

import pytest

from experiments.commands import cli

SYSLEAD = [sys.executable, "-c", "from experiments.commands.cli import main; main()"]

STUDY = """\
title = "A study for tests"
scenario = "tiny"
weeks = 8
replicates = 3

[arms.none]
title = "No leader"

[arms.seeding]
tactics = { seeding = 1 }
"""


def commands():
    return sorted(name for name, command in cli.root.commands.items() if not command.hidden)


def document(words):
    return json.loads(words, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))


def alone(*words, **keywords):
    """Carry out a command line in a process of its own."""
    return subprocess.run([*SYSLEAD, *map(str, words)], capture_output=True, text=True, timeout=60, **keywords)
