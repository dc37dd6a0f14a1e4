"""Studies: what a file says is what is run, and a file that cannot be used is refused with every reason at once."""

import subprocess
import sys
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toml_text import fuzzed, toml_of

from experiments.design import study_file
from experiments.design.jobs import Jobs, jobs_of
from experiments.design.points import Grid, Sample, Table
from experiments.design.study import Study
from simulation import catalogue
from simulation.errors import Invalid

GOOD = """
title = "Shoes and money"
scenario = "tiny"
weeks = 26
replicates = 3
seed = 7

[settings]
leaders.ego = 0.3

[factors]
"pressure.finance" = [0.3, 0.6]
"tactics.payment" = [0.0, 0.5]

[arms.none]
[arms.shoes]
title = "In others' shoes"
tactics = { others_shoes = 1 }
settings = { "leaders.ego" = 0.9 }
schedule = [{ week = 10, settings = { "leaders.hours" = 4 } }]
"""


@pytest.fixture
def write(tmp_path):
    def written(text: str | bytes, name: str = "my.toml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def problems(path, **more) -> list[str]:
    with pytest.raises(Invalid) as refused:
        study_file.load(path, **more)
    return refused.value.problems


def test_every_built_in_study_can_be_loaded_and_has_a_title():
    assert "tiny" in study_file.studies()
    for name, title in study_file.studies().items():
        assert study_file.load(name).title == title


def test_a_run_is_its_arm_on_top_of_what_is_common_with_its_point(write):
    jobs = jobs_of(study_file.load(write(GOOD)))
    assert len(jobs) == 2 * 2 * 2 * 3
    job = next(job for job in jobs if job.arm == "shoes" and job.point == 3 and job.replicate == 2)
    assert job.values == {"pressure.finance": 0.6, "tactics.payment": 0.5}
    assert job.request.settings == {"leaders.ego": 0.9, "pressure.finance": 0.6}
    assert job.request.tactics == {"others_shoes": 1, "payment": 0.5}
    assert (job.request.seed, job.request.replicate, job.request.weeks) == (7, 2, 26)
    assert job.request.schedule == ((10, {"settings": {"leaders.hours": 4}}),)
    assert jobs.study.arms[1].title == "In others' shoes"


def test_all_arms_and_points_share_their_luck(write):
    jobs = jobs_of(study_file.load(write(GOOD)))
    for replicate in range(3):
        assert {job.request.seed for job in jobs if job.replicate == replicate} == {7}
        assert sum(job.replicate == replicate for job in jobs) == 8


def test_more_replicates_add_runs_and_renumber_none(write):
    few, more = (jobs_of(study_file.load(write(GOOD)), replicates) for replicates in (2, 5))
    assert list(more)[: len(few)] == list(few)


def test_every_run_has_a_key_of_its_own(write):
    keys = [job.key for job in jobs_of(study_file.load(write(GOOD)))]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    "change",
    [
        ("weeks = 26", "weeks = 27"),
        ("seed = 7", "seed = 8"),
        ('"leaders.ego" = 0.9', '"leaders.ego" = 0.91'),
        ("tactics = { others_shoes = 1 }", "tactics = { others_shoes = 0.9 }"),
        ("[0.3, 0.6]", "[0.31, 0.61]"),
        ("week = 10", "week = 11"),
        ('scenario = "tiny"', 'scenario = "tiny"\nengine = "agents"'),
    ],
)
def test_a_key_follows_from_whatever_can_change_a_result(write, change):
    before = {job.key for job in jobs_of(study_file.load(write(GOOD))) if job.arm == "shoes"}
    after = {job.key for job in jobs_of(study_file.load(write(GOOD.replace(*change)))) if job.arm == "shoes"}
    assert before.isdisjoint(after)


def test_a_key_does_not_follow_from_titles_and_names(write):
    before = [job.key for job in jobs_of(study_file.load(write(GOOD)))]
    after = jobs_of(
        study_file.load(write(GOOD.replace("In others' shoes", "Shoes").replace("arms.none", "arms.nobody")))
    )
    assert [job.key for job in after] == before


def test_a_key_follows_from_the_sources(write):
    loaded = study_file.load(write(GOOD))
    assert Jobs(loaded, "a" * 64).key(0) != Jobs(loaded, "b" * 64).key(0)


def test_a_users_scenario_counts_by_content_not_by_place(write, tmp_path):
    from simulation.scenario import FOLDER

    content = (FOLDER / "tiny.toml").read_bytes()
    keys = []
    for folder, more in (("a", b""), ("b", b""), ("c", b"\n# changed\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "own.toml").write_bytes(content + more)
        path = write(GOOD.replace('"tiny"', '"own.toml"'), f"{folder}/study.toml")
        jobs = jobs_of(study_file.load(path))
        assert jobs[0].request.scenario == str((tmp_path / folder / "own.toml").resolve())
        keys.append(jobs[0].key)
    assert keys[0] == keys[1] != keys[2]


def test_a_study_survives_being_written_down(write):
    import json

    loaded = study_file.load(write(GOOD))
    again = Study.from_document(json.loads(json.dumps(loaded.document())))
    assert list(jobs_of(again)) == list(jobs_of(loaded))


def test_without_arms_there_is_one_named_after_the_file(write):
    loaded = study_file.load(write('scenario = "tiny"\n[tactics]\nseeding = 1'))
    assert [(arm.name, arm.tactics) for arm in loaded.arms] == [("my", {"seeding": 1})]


@pytest.mark.parametrize(
    ("design", "factors", "kind", "points"),
    [
        ('kind = "grid"', '"pressure.finance" = [0.3, 0.6]', Grid, 2),
        ('kind = "one-at-a-time"', '"pressure.finance" = [0.3, 0.6]', Table, 3),
        ('kind = "latin-hypercube"\npoints = 10', "pressure.finance = { low = 0.3, high = 0.6 }", Sample, 10),
        ('kind = "sobol"\npoints = 16', "pressure.finance = {}", Sample, 16),
        ('kind = "points"\npoints = [{ "pressure.finance" = 0.4 }, { "pressure.finance" = 0.5 }]', "", Table, 2),
    ],
)
def test_each_kind_of_design_can_be_asked_for(write, design, factors, kind, points):
    table = f"[factors]\n{factors}\n" if factors else ""
    loaded = study_file.load(write(f'scenario = "tiny"\n{table}[design]\n{design}'))
    assert isinstance(loaded.design, kind) and loaded.design.size == points
    for job in jobs_of(loaded, 1):
        job.request.check()


def test_a_design_can_be_brought_as_csv(write):
    write("pressure.finance,tactics.seeding\n0.3,0\n0.6,0.5\n", "worlds.csv")
    loaded = study_file.load(write('scenario = "tiny"\n[design]\nkind = "csv"\nfile = "worlds.csv"'))
    assert jobs_of(loaded, 1)[1].request.tactics == {"seeding": 0.5}


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


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../b", "-rf", "x" * 65, "", "a b", "nul\\u0000", ".hidden"])
def test_a_name_that_is_no_plain_word_names_no_arm(write, name):
    assert "an arm cannot be called" in problems(write(f'scenario = "tiny"\n[arms."{name}"]\n'))[0]


@pytest.mark.parametrize("name", ["CON", "x" * 64, "2", "a..b"])
def test_the_name_of_an_arm_names_no_file(write, tmp_path, name):
    from experiments.sweep import runner

    path = write(f'scenario = "tiny"\nweeks = 1\n[arms."{name}"]\n')
    (tmp_path / "target").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "target")
    runner.sweep(study_file.load(path), tmp_path / "link", replicates=1, options=runner.Options(jobs=1))
    assert {entry.name for entry in tmp_path.iterdir()} == {"my.toml", "target", "link"}
    names = {entry.name for entry in (tmp_path / "target").iterdir()}
    assert names == {"store.sqlite", "outcomes.csv", "trajectories.csv.gz", "provenance.json"}


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


def test_a_parameter_called_like_a_part_of_a_range_needs_no_quotes(write):
    loaded = study_file.load(write('scenario = "tiny"\n[factors]\npressure.spread = [0.1, 0.2]'))
    assert loaded.design.columns == ("pressure.spread",)


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


def test_minus_nought_is_nought(write):
    text = 'scenario = "tiny"\n[factors]\n"population.conviction" = [{}]'
    keys = [jobs_of(study_file.load(write(text.format(level))), 1)[0].key for level in ("0.0", "-0.0")]
    assert keys[0] == keys[1]


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


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem(write):
    assert study_file.load(write(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())).title == "Shoes and money"


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


def test_loading_a_study_imports_nothing_heavy():
    code = "import sys; from experiments.design import jobs, study_file; jobs.jobs_of(study_file.load('tiny'))[0]; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "scipy", "numba", "mesa", "pandas", "matplotlib"} & set(loaded)


def guessed(tmp_path, design, more=""):
    path = tmp_path / "worlds.toml"
    path.write_text(
        f'scenario = "tiny"\nweeks = 4\nreplicates = 1\n{more}\n[design]\nkind = "latin-hypercube"\n{design}\n'
    )
    return study_file.load(path)


def test_around_varies_every_number_that_nobody_has_measured(tmp_path):
    design = guessed(tmp_path, "points = 40\naround = 0.5").design
    known = catalogue.parameters()
    varied = set(design.columns)
    assert {"credit.trust_lost", "seeding.takes", "appraisal.cost"} <= varied
    assert not {name for name in varied if name.startswith("leaders.") or known[name].kind not in ("number", "integer")}
    assert all("assumed" in known[name].source for name in varied)
    for row in map(design.row, range(40)):
        for name, value in row.items():
            assert known[name].low <= value <= known[name].high
            assert 0.5 * known[name].default <= value <= 1.5 * known[name].default


def test_what_a_study_fixes_or_ranges_itself_is_left_as_it_says(tmp_path):
    more = '[settings]\n"appraisal.cost" = 2.0\n[factors]\n"seeding.takes" = { low = 0.1, high = 0.2 }'
    design = guessed(tmp_path, "points = 10\naround = 0.5", more).design
    assert "appraisal.cost" not in design.columns
    assert all(0.1 <= design.row(point)["seeding.takes"] <= 0.2 for point in range(10))


def test_around_the_prior_draws_what_declares_one_in_its_range_and_shape(tmp_path):
    more = '[settings]\n"appraisal.cost" = 2.0'
    design = guessed(tmp_path, 'points = 200\naround = "prior"', more).design
    known = catalogue.parameters()
    free = {n for n, p in known.items() if p.prior is not None and p.group != "leaders"} - {"appraisal.cost"}
    assert set(design.columns) == free
    rows = [design.row(point) for point in range(200)]
    for name in free:
        low, high, shape = known[name].prior
        drawn = sorted(row[name] for row in rows)
        assert low <= drawn[0] <= drawn[-1] <= high
        # A Latin hypercube has one draw in each of 200 strata alike, so half the draws lie below the middle.
        middle = (low * high) ** 0.5 if shape == "log" else (low + high) / 2
        assert sum(value < middle for value in drawn) == 100
    assert {known[name].prior.shape for name in free} == {"even", "log"}


@pytest.mark.parametrize("around", ["0", "-0.5", "1.5", "true", '"half"', "nan"])
def test_no_other_width_around_the_defaults_is_taken(tmp_path, around):
    with pytest.raises(Invalid, match=r"`design\.around` must be a share of the default, above 0 and at most 1"):
        guessed(tmp_path, f"points = 10\naround = {around}")


def with_random_numbers(tmp_path, luck, replicates=2):
    path = tmp_path / "lucky.toml"
    path.write_text(
        f'scenario = "tiny"\nweeks = 4\nreplicates = {replicates}\n[arms.a]\n[arms.b]\ntactics = {{ seeding = 1 }}\n'
        '[factors]\n"pressure.finance" = {}\n[design]\nkind = "latin-hypercube"\npoints = 3\n' + luck
    )
    return study_file.load(path)


def test_points_with_luck_of_their_own_share_it_between_arms_alone(tmp_path):
    jobs = jobs_of(with_random_numbers(tmp_path, 'random_numbers = "own"'))
    luck = {(job.point, job.replicate): set() for job in jobs}
    for job in jobs:
        luck[job.point, job.replicate].add(job.request.replicate)
    assert all(len(numbers) == 1 for numbers in luck.values())
    assert len(set.union(*luck.values())) == 6
    assert len({job.key for job in jobs}) == len(jobs)


def test_more_replicates_give_no_point_other_luck(tmp_path):
    few, many = (jobs_of(with_random_numbers(tmp_path, 'random_numbers = "own"', number)) for number in (2, 3))
    assert [job.key for job in few] == [job.key for job in many[: len(few)]]


def test_luck_is_shared_unless_it_is_said_to_be_each_points_own(tmp_path):
    shared = with_random_numbers(tmp_path, 'random_numbers = "shared"')
    assert shared == with_random_numbers(tmp_path, "")
    assert all(job.request.replicate == job.replicate for job in jobs_of(shared))
    assert "own_luck" not in shared.document()
    own = with_random_numbers(tmp_path, 'random_numbers = "own"')
    assert own.document()["own_luck"], "the word by which folders know it"
    assert Study.from_document(own.document()).own_random_numbers
    assert not Study.from_document(shared.document()).own_random_numbers


@pytest.mark.parametrize("luck", ["true", '"none"', "1"])
def test_no_other_choice_of_random_numbers_is_taken(tmp_path, luck):
    with pytest.raises(Invalid, match=r'`design\.random_numbers` must be "shared" or "own"'):
        with_random_numbers(tmp_path, f"random_numbers = {luck}")


@pytest.mark.parametrize(
    ("corners", "words"),
    [
        ('[{ "pressure.finance" = 0.4 }]', "at least two"),
        ('[{ "pressure.finance" = 0.4 }, { "gates.delay" = 4 }]', "corner 2 differs"),
        ('[{ "pressure.finance" = 0.4 }, { "pressure.finance" = 0.4 }]', "the same"),
        ('[{ "credit.on" = true }, { "credit.on" = false }]', "which is a factor"),
        ('[{ "gates.delay" = 4 }, { "gates.delay" = 9 }]', "which the study sets for all"),
        ('[{ "pressure.finance" = [1] }, { "pressure.finance" = 0.3 }]', "no single value"),
        ('[{ "pressure.finance" = 7 }, { "pressure.finance" = 0.3 }]', "must lie in"),
        ('[{ "presure.finance" = 0.2 }, { "presure.finance" = 0.3 }]', "Did you mean 'pressure.finance'?"),
    ],
)
def test_corners_that_cannot_be_are_refused_in_words_that_say_why(write, corners, words):
    text = f"""
scenario = "tiny"
[settings]
"gates.delay" = 5
[factors]
"credit.on" = [true, false]
[design]
kind = "one-at-a-time"
corners = {corners}
"""
    (problem,) = problems(write(text))
    assert words in problem


def test_both_ends_of_every_prior_are_tried_one_at_a_time(write):
    loaded = study_file.load(write('scenario = "tiny"\n[design]\nkind = "one-at-a-time"\naround = "prior"'))
    known = catalogue.parameters()
    levels = loaded.design.levels_by_name()
    assert set(levels) == {name for name, one in known.items() if one.prior and one.group != "leaders"}
    for name, values in levels.items():
        assert set(values) == {known[name].default, *known[name].prior[:2]}
    assert loaded.design.size == 1 + sum(len(values) - 1 for values in levels.values())
