"""What every tactic keeps to, a plugged-in one too.

Parametrised over the tactics that are found, so that a new file inherits all of it. With `SYSLEAD_TACTICS` naming a
folder, `python -m pytest tests/test_tactics.py -k my_tactic` holds one's own tactic to the same.
"""

import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import ORGANISATIONS, PEOPLE, SHARE, SITUATIONS, engines, lived, parameters, shares, someone, traces

from simulation import Request, catalogue, run, tactics
from simulation.entities import AWARE, NEVER, UNAWARE, Effect
from simulation.kernel import change_person
from simulation.parameters import declared, problem_with
from simulation.rules.conversation import changed

MODULES = tactics.modules
HELD = [name for name, module in MODULES.items() if module.KIND != "conversation"]
HEARD = list(tactics.conversations)
every_tactic = pytest.mark.parametrize("name", MODULES)
every_conversation = pytest.mark.parametrize("name", HEARD)
every_stance = pytest.mark.parametrize("name", HELD)


# The contract


@every_tactic
def test_a_tactic_is_a_conversation_a_stance_or_a_comparator(name):
    assert MODULES[name].KIND in ("conversation", "stance", "comparator")


@every_tactic
def test_a_tactic_says_what_it_means_what_it_costs_and_how_it_fails(name):
    tactic = catalogue.tactics()[name]
    assert tactic.title
    assert len(tactic.meaning.split()) >= 5
    assert len(tactic.cost.split()) >= 3


@every_tactic
def test_a_tactic_says_how_it_is_known(name):
    assert len(MODULES[name].SOURCE) > 3


@every_tactic
def test_a_tactics_numbers_have_ranges_units_sources_and_defaults_within(name):
    for parameter in declared(name, MODULES[name].Parameters).values():
        assert problem_with(parameter, parameter.default) == ""
        assert parameter.unit
        assert parameter.source
        assert parameter.meaning


@every_tactic
def test_a_tactics_name_is_a_lower_case_word_or_several(name):
    assert name.isidentifier()
    assert name == name.lower()


@every_conversation
def test_a_conversation_says_what_it_does_to_a_person_in_a_situation(name):
    assert list(inspect.signature(MODULES[name].converse).parameters) == ["person", "organisation", "situation", "p"]


@every_stance
def test_a_stance_or_comparator_has_a_conduct_and_takes_no_time(name):
    assert list(inspect.signature(MODULES[name].conduct).parameters) == ["degree", "p"]
    assert not hasattr(MODULES[name], "converse")


# What conversations do


@st.composite
def talks(draw, name):
    """Draw an effect of a conversation, heard or rebuffed, and whom it reaches."""
    module = MODULES[name]
    person, organisation, situation = draw(PEOPLE), draw(ORGANISATIONS), draw(SITUATIONS)
    p = draw(st.one_of(st.just(module.Parameters()), parameters(module.Parameters, name)))
    hooks = [hook for hook in ("converse", "rebuff") if hasattr(module, hook)]
    hook = getattr(module, draw(st.sampled_from(hooks)))
    return person, (person, organisation, situation, p), hook


@every_conversation
@given(data=st.data())
def test_a_conversations_effect_is_an_effect_with_shares_from_minus_one_to_one(name, data):
    _, arguments, hook = data.draw(talks(name))
    effect = hook(*arguments)
    assert isinstance(effect, Effect)
    assert all(-1.0 <= share <= 1.0 for share in shares(effect))


@every_conversation
@given(data=st.data())
def test_a_conversations_effect_never_overshoots(name, data):
    person, arguments, hook = data.draw(talks(name))
    assert all(0.0 <= state <= 1.0 for state in changed(person, hook(*arguments)))


@every_conversation
@given(data=st.data())
def test_a_conversations_effect_has_one_type_a_field(name, data):
    _, arguments, hook = data.draw(talks(name))
    whole = [type(value) for value in hook(*arguments)]
    assert whole == [bool, float, float, float, float, float, float, bool, bool]


@every_conversation
@given(data=st.data())
def test_a_conversation_moves_nobody_beyond_aware_and_nobody_back(name, data):
    person, arguments, hook = data.draw(talks(name))
    after = someone(person)
    change_person(after, hook(*arguments))
    assert after.stage == person.stage or (person.stage, after.stage) == (UNAWARE, AWARE)


@every_conversation
@given(data=st.data())
def test_a_conversation_leaves_traits_as_they_are(name, data):
    person, arguments, hook = data.draw(talks(name))
    after = someone(person)
    change_person(after, hook(*arguments))
    state = {
        "stage",
        "planted",
        "advocate",
        "conviction",
        "ownership",
        "purpose",
        "understood",
        "own_interest",
        "trust",
    }
    assert {field for field, value in person._asdict().items() if getattr(after, field) != value} <= state


@every_conversation
@given(data=st.data())
def test_the_same_conversation_does_the_same_twice(name, data):
    _, arguments, hook = data.draw(talks(name))
    assert hook(*arguments) == hook(*arguments)


@every_conversation
@given(person=PEOPLE, data=st.data())
def test_openness_is_a_probability(name, person, data):
    module = MODULES[name]
    if hasattr(module, "openness"):
        p = data.draw(parameters(module.Parameters, name))
        assert 0.0 <= module.openness(person, p) <= 1.0


NO_WAY_IN = {"population.adopters": 0.0, "contagion.hazard": 0.0, "gates.veto": 1.0, "leaders.hours": 30.0}
"""Nobody has adopted, nobody can be moved by what they think, and no approval is ever given."""


@every_tactic
def test_no_tactic_makes_anyone_adopt_or_opens_a_gate(name):
    world = lived(Request("tiny", {name: 1}, NO_WAY_IN, weeks=52))
    assert world.record.adopted.sum() == 0
    assert (world.organisations["committed"] == NEVER).all()


@every_conversation
def test_no_conversation_moves_anyone_beyond_aware(name):
    world = lived(Request("tiny", {name: 1}, NO_WAY_IN, weeks=52))
    assert world.attempts.sum() > 100
    assert world.staff["stage"].max() <= AWARE


# What stances do


@every_stance
@given(degree=SHARE, data=st.data())
def test_a_stance_sets_known_parameters_within_their_ranges(name, degree, data):
    p = data.draw(parameters(MODULES[name].Parameters, name))
    known = catalogue.parameters()
    for parameter, value in MODULES[name].conduct(degree, p).items():
        assert parameter in known
        assert problem_with(known[parameter], value) == ""


@every_stance
def test_a_stance_held_hardly_at_all_sets_hardly_anything_else_than_the_defaults(name):
    known = catalogue.parameters()
    for parameter, value in MODULES[name].conduct(1e-9, MODULES[name].Parameters()).items():
        assert value == pytest.approx(known[parameter].default, abs=1e-6)


@every_stance
def test_a_stance_of_degree_nought_changes_nothing(name):
    without = traces(lived(Request("tiny", {"seeding": 1}, weeks=40)))
    assert traces(lived(Request("tiny", {"seeding": 1, name: 0}, weeks=40))) == without


@every_conversation
def test_a_conversation_with_no_share_of_the_time_changes_nothing(name):
    other = "seeding" if name != "seeding" else "plain_case"
    without = traces(lived(Request("tiny", {other: 1}, weeks=40)))
    assert traces(lived(Request("tiny", {other: 1, name: 0}, weeks=40))) == without


@every_stance
def test_a_users_own_setting_stands_against_what_a_stance_sets(name):
    conduct = MODULES[name].conduct(1.0, MODULES[name].Parameters())
    fixed = {parameter: catalogue.parameters()[parameter].default for parameter in conduct}
    held_by_leaders = any(parameter.startswith("leaders.") for parameter in conduct)
    other = {"plain_case": 1} if held_by_leaders else {}
    with_it = traces(lived(Request("tiny", {**other, name: 1}, fixed, weeks=40)))
    assert with_it == traces(lived(Request("tiny", other, fixed, weeks=40)))


@every_tactic
def test_the_order_in_which_tactics_are_named_does_not_matter(name):
    one = {"plain_case": 0.5, "coalition": 0.5, name: 0.5}
    turned = dict(reversed(one.items()))
    assert traces(lived(Request("tiny", one, weeks=30))) == traces(lived(Request("tiny", turned, weeks=30)))


# A tactic from outside

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
FAULTY = OWN.replace("trust=p.trust", "trust=3.0 * p.trust")
SILENT = OWN.replace("Cost and failure: it says little", "It says little")
OLD_RUNS = [
    Request("tiny", {}, weeks=40),
    *(Request("tiny", {name: 1.0}, weeks=40) for name in sorted(catalogue.tactics()) if name != "own_tactic"),
    Request("tiny", {"seeding": 1.0, "coalition": 0.5, "others_shoes": 0.5, "forgoing_credit": 1.0}, weeks=40),
]
WITH_OWN = """
import json, sys
from simulation import Request, run
def shown(r):
    return [r.adopted_share.tobytes().hex(), r.by_organisation.tobytes().hex(), r.observables]
old = [shown(run(Request(*fields))) for fields in json.loads(sys.argv[1])]
new = [shown(run(Request("tiny", {"own_tactic": 1}, weeks=40, engine=engine))) for engine in json.loads(sys.argv[2])]
json.dump({"old": old, "new": new}, sys.stdout)
"""


def shown(result):
    return [result.adopted_share.tobytes().hex(), result.by_organisation.tobytes().hex(), result.observables]


def outside(folder: Path, source: str, *command: str) -> subprocess.CompletedProcess[str]:
    """Run Python with a tactic plugged in from a folder, and our own left out."""
    folder.mkdir()
    (folder / "own_tactic.py").write_text(source)
    own = {"SYSLEAD_TACTICS": str(folder), "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])}
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, env={**os.environ, **own})


def inherited_tests(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    """Run on a plugged-in tactic those of the tests above that need no engine; failures are not made smaller."""
    chosen = "own_tactic and not adopt_or_opens and not anyone_beyond and not of_the_time and not order"
    options = ["-q", "-p", "no:cacheprovider", "--hypothesis-profile", "unshrunk"]
    return outside(folder, source, "-m", "pytest", *options, __file__, "-k", chosen)


FAULTY_FILES = {
    "syntax": ("own_tactic.py", "def converse(:\n", "own_tactic.py, line 1: it is not Python"),
    "missing_import": ("own_tactic.py", "\nimport nowhere\n", "own_tactic.py, line 2: it cannot be imported (Module"),
    "exit": ("own_tactic.py", "raise SystemExit\n", "own_tactic.py, line 1: it cannot be imported (SystemExit"),
    "no_parameters": ("own_tactic.py", OWN.replace("Parameters", "Numbers"), "named tuple `Parameters`"),
    "no_range": ("own_tactic.py", OWN.replace("Parameters(NamedTuple):", "Parameters(NamedTuple):\n    a: int"), None),
    "bad_kind": ("own_tactic.py", OWN.replace('"conversation"', '"chat"'), "`KIND` must be one of conversation, st"),
    "built_in": ("seeding.py", OWN, "`seeding` is built in already"),
    "rule": ("gates.py", OWN, "`gates` is built in already"),
    "bad_name": ("own-tactic.py", OWN, "letters, digits and underscores"),
}


@pytest.mark.parametrize("fault", FAULTY_FILES)
def test_a_faulty_tactic_from_outside_is_told_with_its_file_in_a_line(tmp_path, fault):
    name, source, part = FAULTY_FILES[fault]
    (tmp_path / name).write_text(source)
    own = {**os.environ, "SYSLEAD_TACTICS": str(tmp_path)}
    command = [sys.executable, "-c", "from experiments.cli import main; main()", "list", "tactics"]
    done = subprocess.run(command, capture_output=True, text=True, env=own)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(f"Error: {tmp_path / name}") and done.stderr.count("\n") == 1
    assert (part or "`Parameters.a` needs a default and a range") in done.stderr
    assert subprocess.run([*command[:3], "--help"], capture_output=True, env=own).returncode == 0
    assert name in subprocess.run([*command, "--debug"], capture_output=True, text=True, env=own).stderr
    completing = {
        **own,
        "_SYSLEAD_COMPLETE": "bash_complete",
        "COMP_WORDS": "syslead run --tactic s",
        "COMP_CWORD": "3",
    }
    assert subprocess.run(command[:3], capture_output=True, env=completing).stderr == b""


def test_a_folder_of_tactics_that_there_is_not_is_named(tmp_path):
    own = {**os.environ, "SYSLEAD_TACTICS": str(tmp_path / "gone")}
    command = [sys.executable, "-c", "from experiments.cli import main; main()", "list", "tactics"]
    done = subprocess.run(command, capture_output=True, text=True, env=own)
    assert (done.returncode, done.stderr) == (2, f"Error: SYSLEAD_TACTICS: {tmp_path / 'gone'} is not a folder.\n")


if "own_tactic" not in MODULES:

    def test_a_tactic_from_outside_inherits_these_tests_and_passes(tmp_path):
        done = inherited_tests(tmp_path / "own", OWN)
        assert done.returncode == 0, done.stdout
        assert int(done.stdout.rpartition(" passed")[0].split()[-1]) >= 12

    def test_a_tactic_from_outside_that_overshoots_fails_them(tmp_path):
        done = inherited_tests(tmp_path / "own", FAULTY)
        assert done.returncode == 1
        assert "FAILED" in done.stdout
        assert "never_overshoots[own_tactic]" in done.stdout

    def test_a_tactic_from_outside_that_hides_its_cost_fails_them(tmp_path):
        done = inherited_tests(tmp_path / "own", SILENT)
        assert done.returncode == 1
        assert "how_it_fails[own_tactic]" in done.stdout

    @pytest.fixture(scope="module")
    def plugged_in(tmp_path_factory):
        """What runs show where a tactic is plugged in; compiled once for each version of the sources."""
        folder = tmp_path_factory.mktemp("plugged") / "own"
        old = json.dumps([[r.scenario, r.tactics, r.settings, r.weeks] for r in OLD_RUNS])
        done = outside(folder, OWN, "-W", "error", "-c", WITH_OWN, old, json.dumps(engines()))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    @pytest.mark.timeout(900)
    def test_a_tactic_from_outside_leaves_every_old_run_as_it_was_bit_for_bit(plugged_in):
        assert plugged_in["old"] == [shown(run(request)) for request in OLD_RUNS]

    @pytest.mark.timeout(900)
    def test_a_tactic_from_outside_does_something_of_its_own(plugged_in):
        assert plugged_in["new"][0] not in plugged_in["old"]
        assert plugged_in["new"][0][2]["trust"] > plugged_in["old"][0][2]["trust"]

    @pytest.mark.timeout(900)
    def test_a_tactic_from_outside_runs_alike_in_every_engine(plugged_in):
        assert all(new == plugged_in["new"][0] for new in plugged_in["new"])
