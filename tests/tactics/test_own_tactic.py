"""A tactic of one's own, plugged in: it is held to what every tactic keeps to, and leaves every other run as it was."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from simulation import Request, catalogue, own_tactics, run

CONTRACT = Path(__file__).with_name("test_every_tactic.py")
SYSLEAD = [sys.executable, "-c", "from experiments.commands.cli import main; main()"]
OWN = '''"""A shared meal: leader and staff eat together, and talk of something else.

Meaning: trust grows, and with it some feeling of being understood.
Cost and failure: it says little of the change, so nobody is convinced; the same hours as any tactic.
"""

from typing import Annotated, NamedTuple

from simulation.entities import Effect, Organisation, Situation, Staff, effect
from simulation.parameters import Range

KIND = "conversation"
SOURCE = "made up for a test"


class Parameters(NamedTuple):
    """A shared meal."""

    trust: Annotated[float, Range(0, 1, "share", "assumed", "Trust gained")] = 0.5


def converse(person: Staff, organisation: Organisation, situation: Situation, p: Parameters) -> Effect:
    """Return what a meal does."""
    return effect(aware=True, trust=p.trust, understood=0.2)
'''
OVERSHOOTING = OWN.replace("trust=p.trust", "trust=3.0 * p.trust")
SILENT = OWN.replace("Cost and failure: it says little", "It says little")


def outside(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python with the tactics of a folder plugged in."""
    own = {"SYSLEAD_TACTICS": str(folder), "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, env={**os.environ, **own})


# What it is held to


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What came of the tests that every tactic inherits, for three plugged-in ones: by tactic, by test."""
    folder = tmp_path_factory.mktemp("own")
    for name, source in (("own", OWN), ("overshooting", OVERSHOOTING), ("silent", SILENT)):
        (folder / f"{name}.py").write_text(source)
    options = ["-q", "-rpf", "--tb=no", "-p", "no:cacheprovider", "--hypothesis-profile", "unshrunk"]
    done = outside(folder, "-m", "pytest", *options, str(CONTRACT), "-k", "[own] or [overshooting] or [silent]")
    found: dict[str, dict[str, str]] = {}
    for outcome, test, tactic in re.findall(r"^(PASSED|FAILED) \S+::(\w+)\[(\w+)\]", done.stdout, re.M):
        found.setdefault(tactic, {})[test] = outcome
    assert set(found) == {"own", "overshooting", "silent"}, done.stdout + done.stderr
    return found


def test_a_tactic_from_outside_inherits_what_every_tactic_keeps_to_and_passes(outcomes):
    assert set(outcomes["own"].values()) == {"PASSED"}
    assert len(outcomes["own"]) >= 12


def test_a_tactic_from_outside_that_overshoots_fails_them(outcomes):
    assert outcomes["overshooting"]["test_a_conversations_effect_never_overshoots"] == "FAILED"


def test_a_tactic_from_outside_that_hides_its_cost_fails_them(outcomes):
    failed = {test for test, outcome in outcomes["silent"].items() if outcome == "FAILED"}
    assert failed == {"test_a_tactic_says_what_it_means_what_it_costs_and_how_it_fails"}


# What is wrong with a file

FAULTY_FILES = {
    "syntax.py": ("def converse(:\n", ["line 1"]),
    "missing_import.py": ("\nimport nowhere\n", ["line 2", "nowhere"]),
    "way_out.py": ("raise SystemExit\n", ["line 1", "SystemExit"]),
    "no_parameters.py": (OWN.replace("Parameters", "Numbers"), ["`Parameters`"]),
    "no_range.py": (OWN.replace("(NamedTuple):", "(NamedTuple):\n    a: int"), ["`Parameters.a`"]),
    "bad_kind.py": (OWN.replace('"conversation"', '"chat"'), ["`KIND`", "conversation", "'chat'"]),
    "seeding.py": (OWN, ["`seeding`"]),  # the name of a tactic
    "gates.py": (OWN, ["`gates`"]),  # the name of a rule
    "no-name.py": (OWN, []),
    "no_docstring.py": (OWN.split('"""', 2)[2], ["docstring"]),
    "no_converse.py": (OWN.replace("def converse", "def talk"), ["`converse`"]),
    "no_conduct.py": (OWN.replace('"conversation"', '"stance"'), ["`conduct`"]),
    "no_function.py": (OWN + "\nrebuff = 0.5\n", ["`rebuff`", "(person, organisation, situation, p)"]),
    "too_few.py": (OWN.replace("person: Staff, organisation", "organisation"), ["`converse`", "(person, "]),
    "bad_range.py": (OWN.replace("Range(0, 1, ", "Range(0, "), ["line 19", "Range"]),
    "no_ends.py": (OWN.replace("Range(0, 1", 'Range(0, float("inf")'), ["`Parameters.trust`"]),
    "wrong_way.py": (OWN.replace("Range(0, 1", "Range(1, 0"), ["`Parameters.trust`"]),
    "words.py": (OWN.replace("Range(0, 1", 'Range("low", 1'), ["`Parameters.trust`"]),
    "outside.py": (OWN.replace("= 0.5", "= 1.5"), ["`outside.trust`", "[0, 1]", "1.5"]),
    "text.py": (OWN.replace("= 0.5", '= "half"'), ["`text.trust`", "'half'"]),
    "no_type.py": (OWN.replace("[float,", "[flaot,"), ["flaot"]),
    "latin_1.py": (OWN.replace("shared meal", "shared café").encode("latin-1"), ["UTF-8"]),
    "no_text.py": (b"\x00\x01\x02", []),
}


def write(file, source):
    file.write_bytes(source if isinstance(source, bytes) else source.encode())


@pytest.mark.parametrize("name", FAULTY_FILES)
def test_a_faulty_tactic_from_outside_is_told_with_its_file_in_a_line(tmp_path, name):
    source, told = FAULTY_FILES[name]
    write(tmp_path / name, source)
    own = {**os.environ, "SYSLEAD_TACTICS": str(tmp_path)}
    done = subprocess.run([*SYSLEAD, "list", "tactics"], capture_output=True, text=True, env=own)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(f"Error: {tmp_path / name}") and done.stderr.count("\n") == 1
    assert all(part in done.stderr for part in told)


@pytest.fixture
def all_faulty(tmp_path):
    """An environment in which every one of those tactics is plugged in."""
    for name, (source, _) in FAULTY_FILES.items():
        write(tmp_path / name, source)
    return {**os.environ, "SYSLEAD_TACTICS": str(tmp_path)}


@pytest.mark.parametrize("debug", [[], ["--debug"]])
def test_all_faulty_tactics_are_told_at_once(all_faulty, debug):
    done = subprocess.run([*SYSLEAD, "list", "tactics", *debug], capture_output=True, text=True, env=all_faulty)
    assert done.returncode == 2
    assert all(name in done.stderr for name in FAULTY_FILES)
    assert ("Traceback" in done.stderr) == bool(debug)


def test_a_faulty_tactic_spoils_neither_help_nor_completion(all_faulty):
    assert subprocess.run([*SYSLEAD, "--help"], capture_output=True, env=all_faulty).returncode == 0
    completing = {"_SYSLEAD_COMPLETE": "bash_complete", "COMP_WORDS": "syslead run --tactic s", "COMP_CWORD": "3"}
    assert subprocess.run(SYSLEAD, capture_output=True, env={**all_faulty, **completing}).stderr == b""


def test_a_folder_of_tactics_that_there_is_not_is_named(tmp_path):
    own = {**os.environ, "SYSLEAD_TACTICS": str(tmp_path / "gone")}
    done = subprocess.run([*SYSLEAD, "list", "tactics"], capture_output=True, text=True, env=own)
    assert done.returncode == 2
    assert done.stderr.startswith("Error: ") and done.stderr.count("\n") == 1
    assert "SYSLEAD_TACTICS" in done.stderr and str(tmp_path / "gone") in done.stderr


def test_a_folder_named_as_a_tactic_is_named(tmp_path):
    (tmp_path / "a_folder.py").mkdir()
    own = {**os.environ, "SYSLEAD_TACTICS": str(tmp_path)}
    done = subprocess.run([*SYSLEAD, "list", "tactics"], capture_output=True, text=True, env=own)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Error: {tmp_path / 'a_folder.py'}") and done.stderr.count("\n") == 1


def test_two_tactics_of_one_name_are_told_with_both_places(tmp_path):
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "meal.py").write_text(OWN)
    own = {**os.environ, "SYSLEAD_TACTICS": f"{tmp_path / 'one'}{os.pathsep}{tmp_path / 'two'}"}
    done = subprocess.run([*SYSLEAD, "list", "tactics"], capture_output=True, text=True, env=own)
    assert done.returncode == 2
    assert str(tmp_path / "one") in done.stderr and str(tmp_path / "two" / "meal.py") in done.stderr


# What it prints, and that it is run

TALKATIVE = OWN.replace("    return effect", '    print("in a run")\n    return effect') + '\nprint("on import")\n'
STUDY = """scenario = "tiny"
weeks = 2
replicates = 1
engine = "agents"
[arms.none]
[arms.talkative]
tactics = { talkative = 1 }
"""


@pytest.fixture(scope="module")
def talkative(tmp_path_factory):
    """A folder with a tactic that prints, in the environment; and a study of it."""
    folder = tmp_path_factory.mktemp("talkative")
    (folder / "talkative.py").write_text(TALKATIVE)
    (folder / "study.toml").write_text(STUDY)
    return {**os.environ, "SYSLEAD_TACTICS": str(folder)}


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ["list", "tactics"],
        ["describe", "talkative"],
        ["params", "talkative"],
        ["run", "tiny", "--weeks", "2", "--tactic", "talkative", "--engine", "agents"],
        ["sweep", "{study}", "--dry-run"],
        ["sweep", "{study}", "--out", "{out}", "--jobs", "1"],
    ],
    ids=" ".join,
)
def test_what_a_tactic_prints_never_stands_among_results(talkative, tmp_path, words):
    places = {"study": f"{talkative['SYSLEAD_TACTICS']}/study.toml", "out": str(tmp_path / "out")}
    command = [*SYSLEAD, *(word.format(**places) for word in words), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, env=talkative)
    assert done.returncode == 0, done.stderr
    assert "schema_version" in json.loads(done.stdout)
    assert "on import" in done.stderr
    assert ("in a run" in done.stderr) == (words[0] in ("run", "sweep"))


def test_it_is_said_once_that_the_code_in_a_folder_is_run_and_which(talkative):
    for quiet in ([], ["--quiet"]):
        done = subprocess.run([*SYSLEAD, "list", "tactics", *quiet], capture_output=True, text=True, env=talkative)
        told = [line for line in done.stderr.splitlines() if talkative["SYSLEAD_TACTICS"] in line]
        assert len(told) == (not quiet)
        assert all("talkative" in line for line in told)


def test_where_no_folder_is_named_nothing_is_said():
    done = subprocess.run([*SYSLEAD, "list", "tactics"], capture_output=True, text=True)
    assert done.stderr == ""


def test_a_tactic_that_prints_spoils_no_completion(talkative):
    completing = {"_SYSLEAD_COMPLETE": "bash_complete", "COMP_WORDS": "syslead run --tactic talk", "COMP_CWORD": "3"}
    done = subprocess.run(SYSLEAD, capture_output=True, text=True, env={**talkative, **completing})
    assert done.stdout == "plain,talkative\n" and done.stderr == ""


# What it does in a run

RETURNED = "effect(aware=True, trust=p.trust, understood=0.2)"
FAILING = {
    "misspelt": ("person.nothing", ["line 24", "nothing"]),
    "no_name": ("nowhere", ["nowhere"]),
    "no_effect": ("p.trust", ["`converse`", "effect(...)"]),
}


@pytest.mark.slow
def test_tactics_that_cannot_be_compiled_are_told_at_once_each_in_a_line(tmp_path):
    for name, (returned, _) in FAILING.items():
        (tmp_path / f"{name}.py").write_text(OWN.replace(RETURNED, returned))
    done = outside(tmp_path, *SYSLEAD[1:], "run", "tiny", "--weeks", "2", "--quiet")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 + len(FAILING) and len(done.stderr) < 600 * len(FAILING)
    for line, (name, (_, told)) in zip(done.stderr.splitlines()[1:], sorted(FAILING.items()), strict=True):
        assert line.strip().startswith(str(tmp_path / f"{name}.py")) and all(part in line for part in told)


@pytest.mark.slow
@pytest.mark.parametrize("name", FAILING)
def test_a_tactic_that_cannot_be_run_in_python_either_is_told_in_a_line(tmp_path, name):
    returned, told = FAILING[name]
    (tmp_path / f"{name}.py").write_text(OWN.replace(RETURNED, returned))
    words = ["run", "tiny", "--weeks", "2", "--tactic", name, "--engine", "agents", "--quiet"]
    done = outside(tmp_path, *SYSLEAD[1:], *words)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Error: {tmp_path / name}.py") and done.stderr.count("\n") == 1
    assert all(part in done.stderr for part in told)


@pytest.mark.slow
def test_a_sweep_with_a_tactic_that_cannot_be_compiled_ends_as_bad_input_does(tmp_path):
    (tmp_path / "misspelt.py").write_text(OWN.replace("p.trust", "person.nothing"))
    (tmp_path / "study.toml").write_text(STUDY.replace("talkative", "misspelt").replace("agents", "compiled"))
    words = ["sweep", str(tmp_path / "study.toml"), "--out", str(tmp_path / "out"), "--jobs", "1", "--quiet"]
    done = outside(tmp_path, *SYSLEAD[1:], *words)
    assert done.returncode == 2
    assert str(tmp_path / "misspelt.py") in done.stderr and done.stderr.count("\n") == 1


STANDING = OWN.replace("trust=p.trust", "trust=p.trust / (0.75 - p.trust) if p.trust > 0.7 else p.trust")
OLD_RUNS = [
    Request("tiny", {}, weeks=40),
    *(Request("tiny", {name: 1.0}, weeks=40) for name in sorted(catalogue.tactics())),
    Request("tiny", {"seeding": 1.0, "coalition": 0.5, "others_shoes": 0.5, "forgoing_credit": 1.0}, weeks=40),
]
WITH_OWN = """
import json, sys
from simulation import Request, run
from simulation.errors import FailedRun
def fails(engine, trust):
    try:
        run(Request("tiny", {"own_tactic": 1}, {"own_tactic.trust": trust}, weeks=4, engine=engine))
    except FailedRun as failed:
        return str(failed)
def shown(r):
    return [r.adopted_share.tobytes().hex(), r.by_organisation.tobytes().hex(), r.observables]
old = [shown(run(Request(*fields))) for fields in json.loads(sys.argv[1])]
new = [shown(run(Request("tiny", {"own_tactic": 1}, weeks=40, engine=engine))) for engine in json.loads(sys.argv[2])]
failed = [[fails(engine, trust) for engine in json.loads(sys.argv[2])] for trust in (0.75 + 1e-9, 0.75)]
json.dump({"old": old, "new": new, "failed": failed}, sys.stdout)
"""


def shown(result):
    return [result.adopted_share.tobytes().hex(), result.by_organisation.tobytes().hex(), result.observables]


@pytest.fixture(scope="module")
def plugged_in(tmp_path_factory):
    """What runs show where a tactic is plugged in; compiled once for each version of the sources."""
    folder = tmp_path_factory.mktemp("plugged")
    (folder / "own_tactic.py").write_text(STANDING)
    old = json.dumps([[r.scenario, r.tactics, r.settings, r.weeks] for r in OLD_RUNS])
    done = outside(folder, "-W", "error", "-c", WITH_OWN, old, json.dumps(["compiled", "agents"]))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_tactic_from_outside_leaves_every_old_run_as_it_was_bit_for_bit(plugged_in):
    assert plugged_in["old"] == [shown(run(request)) for request in OLD_RUNS]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_tactic_from_outside_does_something_of_its_own(plugged_in):
    assert plugged_in["new"][0] not in plugged_in["old"]
    assert plugged_in["new"][0][2]["trust"] > plugged_in["old"][0][2]["trust"]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_tactic_from_outside_runs_alike_in_every_engine(plugged_in):
    assert all(new == plugged_in["new"][0] for new in plugged_in["new"])


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_tactic_from_outside_that_overshoots_or_divides_by_nothing_fails_its_run_alike_in_every_engine(plugged_in):
    for failed, value in zip(plugged_in["failed"], ("-7.5e+08", "inf"), strict=True):
        assert len(failed) == 2
        assert len(set(failed)) == 1
        told = ["`own_tactic`", "own_tactic.py", "in week 0", "for person", "`trust`", f"is {value},", "[-1, 1]"]
        assert all(part in failed[0] for part in told)


def test_a_folder_or_a_file_that_cannot_be_read_is_named_and_no_other_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "own" / "folder.py").mkdir(parents=True)
    (tmp_path / "own" / "nowhere.py").symlink_to(tmp_path / "gone")
    (tmp_path / "own" / "meal.py").write_text(OWN)
    unreadable = [tmp_path / name for name in ("x" * 300, "file/inside", "loop", "missing")]
    monkeypatch.setenv("SYSLEAD_TACTICS", os.pathsep.join(map(str, [*unreadable, tmp_path / "own"])))
    found, problems = own_tactics.files()
    assert found == [tmp_path / "own" / "meal.py"]
    named = [*unreadable, tmp_path / "own" / "folder.py", tmp_path / "own" / "nowhere.py"]
    assert all(str(place) in problem for place, problem in zip(named, problems, strict=True))
