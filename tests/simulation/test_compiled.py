"""Compiled code is kept for the next start, and never outlives a change of what it was made of."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import simulation
from simulation import Request, run

RULE = '''"""A rule made up for a test."""


def felt(pressure, strain):
    return pressure + strain
'''
PROBE = '''"""A compiled function that calls a rule of another file."""

from simulation.compiled import compiled
from simulation.rules import made_up


@compiled
def probe():
    return made_up.felt(0.5, 0.25)
'''
ASK = """
import json
from simulation.probe import probe
print(json.dumps([probe(), sum(probe.stats.cache_hits.values()), sum(probe.stats.cache_misses.values())]))
"""


def asked(folder: Path) -> tuple[float, int, int]:
    """Return what the probe answers in a process of its own, how often its code was found, and how often it was not."""
    env = {**os.environ, "PYTHONPATH": str(folder), "SYSLEAD_CACHE": str(folder / "cache"), "SYSLEAD_TACTICS": ""}
    done = subprocess.run([sys.executable, "-c", ASK], cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return tuple(json.loads(done.stdout))


@pytest.fixture
def rule(tmp_path):
    """A rule in a copy of the package that has a compiled function which calls it."""
    package = tmp_path / "simulation"
    shutil.copytree(simulation.__path__[0], package, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "probe.py").write_text(PROBE)
    (package / "rules" / "made_up.py").write_text(RULE)
    return package / "rules" / "made_up.py"


@pytest.mark.slow
def test_a_rule_that_changes_is_compiled_anew_and_one_that_does_not_is_not(rule, tmp_path):
    assert asked(tmp_path) == (0.75, 0, 1)
    assert asked(tmp_path) == (0.75, 1, 0)
    rule.write_text(RULE.replace("+", "-"))
    assert asked(tmp_path) == (0.25, 0, 1)
    assert asked(tmp_path) == (0.25, 1, 0)


SECOND_START = """
import gc, json
from numba.core.dispatcher import Dispatcher
from simulation import Request, run
run(Request("tiny", weeks=1))
found = [thing.stats for thing in gc.get_objects() if isinstance(thing, Dispatcher)]
print(json.dumps([sum(sum(s.cache_hits.values()) for s in found), sum(sum(s.cache_misses.values()) for s in found)]))
"""


def test_a_second_start_compiles_nothing():
    run(Request("tiny", weeks=1))
    start = [sys.executable, "-W", "error", "-c", SECOND_START]
    hits, misses = json.loads(subprocess.run(start, check=True, timeout=60, capture_output=True, text=True).stdout)
    assert hits > 0
    assert misses == 0
