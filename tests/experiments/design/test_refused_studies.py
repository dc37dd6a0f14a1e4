"""A study that cannot be used is refused with every reason at once, whatever its file holds."""

import subprocess
import sys
import time
import tracemalloc

import pytest
from good_study import GOOD, problems
from hypothesis import given
from hypothesis import strategies as st
from toml_text import fuzzed, toml_of

from experiments.design import study_file
from experiments.design.jobs import jobs_of
from simulation.errors import Invalid


def test_every_problem_is_told_at_once_with_file_line_and_nearest_name(write):
    text = """
titel = "x"
scenario = "tinny"
weeks = "many"
[settings]
pressure.finanse = 0.5
leaders.ego = 7.0
[arms."=1+1"]
[arms.one]
tactics = { seding = 1 }
[factors]
"pressure.spread" = [0.1, -3.0]
[design]
kind = "gird"
"""
    path = write(text)
    found = problems(path)
    told = "\n".join(found)
    for part in (
        "line 2: `titel` is not known. Did you mean 'title'?",
        "line 3:",
        "line 4: `weeks` must be a whole number",
        "line 6: No parameter is called 'pressure.finanse'. Did you mean 'pressure.finance'?",
        "line 7: `leaders.ego` must lie in [0, 1]",
        "line 8: an arm cannot be called",
        "line 10: No tactic is called 'seding'",
        "line 14: No design is called 'gird'. Did you mean 'grid'?",
    ):
        assert part in told
    assert all(str(path) in problem for problem in found)


def only_problem(path) -> str:
    (problem,) = problems(path)
    return problem


@pytest.mark.parametrize(
    "design", ['kind = "csv"\nfile = "worlds.csv"', 'kind = "points"\npoints = [{leaders.ego = 1}]']
)
def test_factors_beside_a_design_that_lists_its_points_are_refused(write, design):
    write("pressure.finance\n0.3\n", "worlds.csv")
    path = write(f'scenario = "tiny"\n[factors]\n"leaders.ego" = [0.1]\n[design]\n{design}')
    assert only_problem(path).startswith(f"{path}, line 2: a ") and "takes no `[factors]`" in only_problem(path)


@pytest.mark.parametrize("name", ["pressure.finance", "tactics.seeding"])
def test_a_misspelt_key_of_a_range_is_told_once_with_the_nearest(write, name):
    text = f'[factors]\n{name} = {{ low = 0.1, high = 0.5, shap = "uniform" }}\n[design]\nkind = "sobol"\npoints = 4'
    problem = only_problem(write(f'scenario = "tiny"\n{text}'))
    assert f"line 3: `factors.{name}` has an unknown key 'shap'. Did you mean 'shape'?" in problem


def test_weeks_seed_and_engine_are_told_with_their_own_lines(write):
    path = write('scenario = "tiny"\nseed = -1\nweeks = 9999\nengine = "fast"\n[arms.a]\n')
    assert [problem.removeprefix(f"{path}, ")[:6] for problem in problems(path)] == ["line 3", "line 2", "line 4"]


def test_a_change_beyond_the_last_week_is_refused(write):
    path = write('scenario = "tiny"\nweeks = 8\n[[arms.a.schedule]]\nweek = 9\ntactics = {}')
    assert "The schedule has a change in week 9, but the run has 8 weeks." in only_problem(path)


HUGE = f"1{'0' * 400}"


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e308", "true", '"0.5"', "1.000000000001", "-1e-300", HUGE])
def test_a_level_that_is_no_number_in_range_is_refused(write, value):
    assert problems(write(f'scenario = "tiny"\n[factors]\n"population.conviction" = [0.1, {value}]'))
    assert problems(write(f'scenario = "tiny"\n[settings]\n"population.conviction" = {value}'))


BAD_FILES = {
    "missing value": (b"title = ", "line 1"),
    "deep nesting": (b"title = " + b"[" * 60_000, "nested too deeply"),
    "deep headers": (b"[" * 60_000, "not TOML"),
    "huge number": (b"weeks = 1" + b"0" * 5_000, "is not TOML"),
    "long line": (b'title = "' + b"x" * 10**5 + b'"', "line 1: the line has over"),
    "huge file": (b'title = "' + b"x" * 10**7 + b'"', "at most"),
    "UTF-16": ('title = "x"'.encode("utf-16"), "UTF-16"),
    "Latin-1": (b'\ntitle = "\xe9"', "line 2: it is not UTF-8"),
    "NUL": (b'\n\ntitle = "\x00"', "line 3: it holds a NUL"),
    "duplicate key": (b'title = "a"\ntitle = "b"', "line 2"),
    "YAML": (b"title: x\nweeks: 10\n", "looks like YAML"),
    "wrong table": (b"arms = 3", "`arms` must be a table"),
    "sobol points": (b'[factors]\npressure.finance = {}\n[design]\nkind = "sobol"\npoints = 10', "power of two"),
    "empty points": (b'[design]\nkind = "points"\npoints = []', "must be a list of tables"),
    "missing csv": (b'[design]\nkind = "csv"\nfile = "no.csv"', "cannot be read"),
    "no levels": (b'[factors]\n"pressure.finance" = 3', "must be a list of levels"),
    "level twice": (b'[factors]\n"pressure.finance" = [0.5, 0.5]', "the level 0.5 twice"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_broken_file_is_refused_quickly_with_its_name_and_place(write, name):
    content, part = BAD_FILES[name]
    path = write(content)
    began = time.perf_counter()
    told = "\n".join(problems(path))
    assert time.perf_counter() - began < 1
    assert part in told and str(path) in told


@pytest.mark.parametrize("text", ["", "\ufeff", "# all of it\n", 'title = "Mine"\nweeks = 4\nreplicates = 2\n'])
@pytest.mark.parametrize("overlay", [study_file.NOTHING, study_file.Overlay(scenario="tiny")])
def test_a_file_that_says_nothing_of_what_is_run_is_no_study(write, text, overlay):
    (problem,) = problems(write(text), overlay=overlay)
    assert "my.toml" in problem and "a `scenario`" in problem


@pytest.mark.parametrize("table", ["arms", "factors"])
def test_a_table_of_arms_or_factors_without_any_is_refused(write, table):
    (problem,) = problems(write(f'scenario = "tiny"\n[{table}]\n'))
    assert "my.toml, line 2: " in problem and f"`{table}` is empty" in problem


@pytest.mark.parametrize("name", ["no such", "x" * 300, "a\0b", "/dev/zero", "none.toml", "../..", "", "\0.toml"])
def test_what_is_no_study_is_refused_in_a_sentence(name):
    assert problems(name)


def test_a_misspelt_study_is_told_the_nearest_name():
    assert "Did you mean 'tiny'?" in problems("tinny")[0]


@pytest.mark.parametrize(
    "text",
    [
        "[factors]\n" + "\n".join(f'"{name}" = [{", ".join(str(n / 100) for n in range(1, 101))}]' for name in names)
        for names in [
            (
                "pressure.finance", "leaders.ego", "population.conviction", "population.ego", "population.skill",
                "population.pride",
            )
        ]
    ] + ["replicates = 1_000_000_000"],
)  # fmt: skip
def test_absurd_sizes_are_refused_before_anything_is_built(write, text):
    path = write(f'scenario = "tiny"\n{text}' if "rep" in text[:4] else f'scenario = "tiny"\nreplicates = 1\n{text}')
    tracemalloc.start()
    began = time.perf_counter()
    told = problems(path)
    seconds, peak = time.perf_counter() - began, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seconds < 1 and peak < 20e6
    assert "runs" in told[0] and "10,000,000" in told[0] and "--allow-large" in told[0]
    assert study_file.load(path, allow_large=True).size >= 10**9


def test_replicates_asked_for_later_are_limited_too(write):
    with pytest.raises(Invalid, match="10,000,000"):
        jobs_of(study_file.load(write(GOOD)), 10**9)
    with pytest.raises(Invalid, match="at least 1"):
        jobs_of(study_file.load(write(GOOD)), 0)


def nested(inner):
    return inner | st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3)


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
values = nested(nested(leaves))
known = st.sampled_from(["title", "weeks", "arms", "factors", "design", "settings", "tactics", "seed", "schedule"])


def is_loaded_or_refused(path) -> None:
    try:
        study_file.load(path)
    except Invalid as refused:
        assert refused.problems and all(refused.problems)


tables = st.dictionaries(known, values, max_size=4).map(
    lambda table: "\n".join(f"{key} = {toml_of(value)}" for key, value in table.items())
)

contents = st.binary(max_size=200) | st.text(max_size=200).map(str.encode)


@fuzzed(150)
@given(tables)
def test_whatever_a_file_says_it_is_loaded_or_refused(write, table):
    is_loaded_or_refused(write(table))


@fuzzed(150)
@given(contents)
def test_whatever_bytes_a_file_holds_it_is_loaded_or_refused(write, content):
    is_loaded_or_refused(write(content))


@pytest.mark.long
@pytest.mark.timeout(900)
@fuzzed(3_000)
@given(tables)
def test_whatever_three_thousand_files_say_they_are_loaded_or_refused(write, table):
    is_loaded_or_refused(write(table))


@pytest.mark.long
@pytest.mark.timeout(900)
@fuzzed(3_000)
@given(contents)
def test_whatever_bytes_three_thousand_files_hold_they_are_loaded_or_refused(write, content):
    is_loaded_or_refused(write(content))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the most memory a process took is told by /proc")
def test_no_broken_file_takes_more_than_two_hundred_megabytes(write):
    paths = [str(write(content, f"{number}.toml")) for number, (content, _) in enumerate(BAD_FILES.values())]
    code = """
import sys
from experiments.design import study_file
from simulation import catalogue
from simulation.errors import Invalid
refused = 0
for path in sys.argv[1:]:
    try:
        study_file.load(path)
    except Invalid:
        refused += 1
most = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(refused, most)
"""
    done = subprocess.run([sys.executable, "-c", code, *paths], capture_output=True, text=True, check=True)
    refused, kilobytes = map(int, done.stdout.split())
    assert refused == len(BAD_FILES)
    assert kilobytes < 200_000
