"""Study files: what a file says is what is run, and every run has a key of its own."""

import subprocess
import sys

import pytest
from good_study import GOOD, problems

from experiments.design import study_file
from experiments.design.jobs import Jobs, jobs_of
from experiments.design.points import Grid, Sample, Table
from experiments.design.study import Study


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


def test_a_parameter_called_like_a_part_of_a_range_needs_no_quotes(write):
    loaded = study_file.load(write('scenario = "tiny"\n[factors]\npressure.spread = [0.1, 0.2]'))
    assert loaded.design.columns == ("pressure.spread",)


def test_minus_nought_is_nought(write):
    text = 'scenario = "tiny"\n[factors]\n"population.conviction" = [{}]'
    keys = [jobs_of(study_file.load(write(text.format(level))), 1)[0].key for level in ("0.0", "-0.0")]
    assert keys[0] == keys[1]


def test_a_byte_order_mark_and_windows_line_ends_are_no_problem(write):
    assert study_file.load(write(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())).title == "Shoes and money"


def test_loading_a_study_imports_nothing_heavy():
    code = "import sys; from experiments.design import jobs, study_file; jobs.jobs_of(study_file.load('tiny'))[0]; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "scipy", "numba", "mesa", "pandas", "matplotlib"} & set(loaded)
