"""Examples of files in the documentation are what they are said to be, and its commands work."""

import contextlib
import json
import os
import re
import subprocess
import sys
import tomllib
from typing import Any

import pytest
from documentation import CONTRIBUTING, RECIPES, ROOT, loaded

from experiments.design import study_file
from experiments.design.jobs import jobs_of
from simulation.entities import Organisation, Situation, Staff

README = (ROOT / "README.md").read_text(encoding="utf-8")


def example(name: str) -> str:
    """Return the example of a name from the contributing guide."""
    text = CONTRIBUTING.partition(f"<!-- example: {name} -->")[2]
    return text.partition("\n")[2].partition("\n")[2].partition("```")[0]


def test_the_example_of_a_tactic_does_what_its_docstring_says(tmp_path):
    file = tmp_path / "round_table.py"
    file.write_text(example("round_table.py"))
    module: Any = loaded(file)
    organisation = Organisation(0, 0, 0, 1, 0, 1, 1024)
    situation = Situation(draw=0.5, match=0.5, evidence=0.5, benefit=1.0, freshness=1.0, skill=0.5)
    trusting = module.converse(Staff(0, 0, 0, 0, 0, 1, trust=1.0), organisation, situation, module.Parameters())
    wary = module.converse(Staff(0, 0, 0, 0, 0, 1, trust=0.0), organisation, situation, module.Parameters())
    assert trusting.ownership > wary.ownership == 0.0
    assert trusting.conviction == wary.conviction > 0.0


@pytest.mark.slow
def test_the_example_of_a_tactic_is_found_and_passes_what_every_tactic_must(tmp_path):
    (tmp_path / "round_table.py").write_text(example("round_table.py"))
    contract = "tests/tactics/test_every_tactic.py"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", contract, "-k", "round_table"],
        cwd=ROOT,
        env={**os.environ, "SYSLEAD_TACTICS": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    assert int(done.stdout.rpartition(" passed")[0].split()[-1]) >= 12


def test_the_example_of_a_study_is_a_study(tmp_path):
    file = tmp_path / "my-study.toml"
    file.write_text(example("my-study.toml"))
    assert len(jobs_of(study_file.load(str(file)))) == 2 * 3 * 40


STUDIES = (ROOT / "docs" / "studies.md").read_text(encoding="utf-8")

STUDY_EXAMPLES = dict(re.findall(r"<!-- example: (\S+) -->\n```\w+\n(.*?)```", STUDIES, re.S))


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """Return a folder with every example of the page on studies."""
    folder = tmp_path_factory.mktemp("examples")
    for name, content in STUDY_EXAMPLES.items():
        (folder / name).write_text(content)
    return folder


def carried_out(words: list[str]) -> int:
    from experiments.commands import cli

    with pytest.raises(SystemExit) as end:
        cli.main(words)
    return int(str(end.value.code))


def test_every_block_of_toml_on_the_page_on_studies_is_an_example():
    assert len(re.findall(r"^```(?:toml|csv)", STUDIES, re.M)) == len(STUDY_EXAMPLES)


@pytest.mark.parametrize("kind", ["grid", "one-at-a-time", "latin-hypercube", "sobol", "points", "csv"])
def test_every_kind_of_design_has_an_example_that_is_a_study(examples, kind):
    assert f'kind = "{kind}"' in STUDY_EXAMPLES[f"{kind}.toml"]
    assert study_file.load(str(examples / f"{kind}.toml")).design.size > 1


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_every_command_of_the_page_on_studies_works(examples, monkeypatch, capsys):
    monkeypatch.chdir(examples)
    commands = re.findall(r"^\$ syslead (.+)$", STUDIES, re.M)
    assert len(commands) > 10
    assert not [words for words in commands if carried_out([*words.split(), "--quiet"]) != 0]


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_fields_that_json_is_said_to_have_are_those_that_it_has(examples, monkeypatch, capsys):
    monkeypatch.chdir(examples)
    told = dict(re.findall(r"^\| `syslead ([^`]+)` \| (.+) \|$", STUDIES, re.M))
    sweep = ["points.toml", "--jobs", "1"]
    (examples / "people.csv").write_text("person,time\na,1\nb,2\nc,2\n")
    calls = {
        "run": ["tiny", "--weeks", "2"], "sweep --dry-run": sweep, "sweep": [*sweep, "--out", "j"], "resume": ["j"],
        "status": ["j"], "verify": ["j"], "report": ["j"], "plot": ["j"], "export": ["j"], "merge": ["k", "j"],
        "compare": ["tiny:none", "none", "--weeks", "2", "--jobs", "1"],
        "why": ["j", "--run", "0", "--replicates", "0"],
        "list": ["tactics"], "describe": ["seeding"], "patterns": ["tiny", "--change", "simple", "--seeds", "3"],
        "describe-data": ["people.csv"], "params": ["gates"], "doctor": [],
    }  # fmt: skip
    assert told.keys() == calls.keys()
    for command, words in calls.items():
        capsys.readouterr()
        carried_out([*command.split(), *words, "--json"])
        found = set(json.loads(capsys.readouterr().out)) - {"schema_version"}
        said = told[command]
        said = told[re.findall(r"as `syslead (\w+)`", said)[0]] if said.startswith("as ") else said
        if command == "list":
            found.remove("tactics")
        assert found == set(re.findall(r"`(\w+)`", said)), command


def test_the_keys_of_studies_and_scenarios_stand_on_their_page():
    from experiments.design import dotted, points_file
    from experiments.design.sampling import priors
    from simulation import scenario
    from simulation.own_data import sources

    names = {*study_file.KEYS, *study_file.ARM_KEYS, *dotted.RANGE_KEYS, *points_file.DESIGN_KEYS - {"kind"}}
    names |= {*points_file.KEYS, *priors.SHAPES, "systems", "directed", *sources.TABLES}
    names |= {*scenario.OrganisationRow._fields, *scenario.LeaderRow._fields}
    assert not [name for name in names if f"`{name}`" not in STUDIES and f"[{name}]" not in STUDIES]


RECIPE_FILES = re.findall(r"<!-- example: (\S+) (\S+) -->\n```csv\n(.*?)```", RECIPES, re.S)

RECIPE_SCENARIOS = dict(re.findall(r"<!-- example: (\S+) -->\n```toml\n(.*?)```", RECIPES, re.S))


@pytest.fixture(scope="module")
def recipes(tmp_path_factory):
    """Return a folder with every example of the page of recipes, each file in the encoding that stands above it."""
    folder = tmp_path_factory.mktemp("recipes")
    for name, encoding, content in RECIPE_FILES:
        (folder / name).write_text(content, encoding=encoding)
    for name, content in RECIPE_SCENARIOS.items():
        (folder / name).write_text(content)
    (networks,) = re.findall(r"<!-- example in python: networks -->\n```python\n(.*?)```", RECIPES, re.S)
    with contextlib.chdir(folder):
        exec(compile(networks, "recipes.md", "exec"), {})
    return folder


@pytest.mark.parametrize("name", [name for name, text in RECIPE_SCENARIOS.items() if "[tables" in text])
def test_every_recipe_for_a_users_own_files_is_read_and_needs_each_of_its_choices(recipes, name):
    from simulation.errors import Invalid
    from simulation.own_data.tables import read
    from simulation.scenario import load

    scenario = load(str(recipes / name))
    assert read(scenario.tables, scenario.directed).staff_ids
    choices = re.findall(
        r"^(?:separator|decimal|encoding|columns|ignore|duplicates|self_ties|strangers|names) = .+\n",
        RECIPE_SCENARIOS[name],
        re.M,
    )
    assert choices or "random" in name
    for choice in choices:
        bare = recipes / f"bare-{name}"
        bare.write_text(RECIPE_SCENARIOS[name].replace(choice, ""))
        with pytest.raises(Invalid):
            read(load(str(bare)).tables, scenario.directed)


def test_a_system_of_ones_own_in_ten_lines_works_with_every_command_of_its_recipe(recipes, monkeypatch, capsys):
    monkeypatch.chdir(recipes)
    assert len(RECIPE_SCENARIOS["my-system.toml"].splitlines()) <= 10
    commands = re.findall(r"^\$ syslead (.+)$", RECIPES, re.M)
    small = "--weeks 2 --replicates 1 --jobs 1"
    assert len(commands) > 4
    for command in commands:
        words = f"{command} {small}" if command.startswith("sweep") else command
        assert carried_out(words.split()) == 0, command
    assert "convener" not in capsys.readouterr().err, "which the recipe names"


@pytest.mark.slow
def test_the_commands_that_answer_questions_work_and_are_two_at_most_for_each(recipes, monkeypatch):
    page = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", page, re.S)
    assert len(blocks) == 10
    monkeypatch.chdir(recipes)
    small = {
        "sweep": "--weeks 2 --replicates 1 --jobs 1 --overwrite",
        "compare": "--weeks 2 --jobs 1",
        "why": "--replicates 0",
    }
    for block in blocks:
        commands = re.findall(r"^\$ syslead (.+)$", block, re.M)
        assert 1 <= len(commands) <= 2
        for command in commands:
            name, *_ = words = command.split()
            many = ["--dry-run"] if "worlds" in words else []
            assert carried_out([*words, *many, *small.get(name, "").split()]) == 0, command


def test_every_block_on_the_page_of_recipes_is_an_example():
    blocks = re.findall(r"^```(?:toml|csv)", RECIPES, re.M)
    assert len(blocks) == len(RECIPE_FILES) + len(RECIPE_SCENARIOS)


def test_the_example_in_python_runs_as_the_readme_shows_it():
    source = README.partition("```python\n")[2].partition("```")[0]
    values: dict[str, Any] = {}
    exec(compile(source, "README.md", "exec"), values)
    assert 0.0 <= values["result"].observables["adopted_share"] <= 1.0


def test_every_command_of_the_readme_exists():
    from experiments.commands.cli import root

    named = set(re.findall(r"^\$ (?:uv run )?syslead (\w+)", README, re.M)) | set(re.findall(r"`syslead (\w+)", README))
    assert named
    assert named <= set(root.commands)


def test_the_readme_counts_the_runs_of_the_demo_rightly():
    demo = tomllib.loads((ROOT / "experiments" / "studies" / "tactics.toml").read_text(encoding="utf-8"))
    assert f"{len(demo['arms'])} arms, {demo['replicates']} times each" in README
