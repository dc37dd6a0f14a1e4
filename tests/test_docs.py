"""The documentation says what the code says: pages, links, names, equations' parameters, the order of a week."""

import ast
import contextlib
import importlib.util
import inspect
import json
import os
import re
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from experiments.design import study_file
from experiments.design.jobs import jobs_of
from simulation import catalogue, rules, tactics, week
from simulation.entities import Organisation, Situation, Staff

ROOT = Path(__file__).parent.parent
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "results" / "README.md", *ROOT.glob("docs/*.md")])
MODEL = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
SENTENCES = (ROOT / "docs" / "sentences.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
BUILT_IN = [name for name, module in tactics.modules.items() if Path(module.__file__ or "").is_relative_to(ROOT)]
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))


def loaded(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generate: Any = loaded(ROOT / "docs" / "generate.py")


# Generated pages


@pytest.mark.parametrize("name", generate.pages())
def test_the_generated_pages_are_up_to_date(name):
    committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert committed == generate.pages()[name], "run: make docs"


def test_generating_twice_gives_the_same_bytes():
    one, other = (
        subprocess.run(
            [sys.executable, "-c", "import generate, sys; sys.stdout.write(str(generate.pages()))"],
            cwd=ROOT / "docs",
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )
    assert one == other


def test_every_parameter_stands_in_the_table_of_parameters():
    page = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    names = [name for name in catalogue.parameters() if name.partition(".")[0] in generate.groups()]
    assert not [name for name in names if f"| `{name}` " not in page]


def test_the_table_of_parameters_counts_on_top_how_many_are_assumed():
    listed = [p for group in generate.groups().values() for p in group]
    assumed = sum("assumed" in p.source or "form" in p.source for p in listed)
    page = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    assert f"**{assumed} of {len(listed)} parameters are assumed**" in page[: page.index("## ")]


# Links


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", without_code(page.read_text(encoding="utf-8")), re.M)
    kept = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in kept}


def without_code(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.S)


def links(page: Path) -> list[str]:
    text = re.sub(r"`[^`\n]*`", "code", without_code(page.read_text(encoding="utf-8")))
    return re.findall(r"\]\(([^)\s]+)\)", text)


@each_page
def test_every_link_leads_somewhere(page):
    broken = []
    for link in links(page):
        if re.match(r"https?://", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert not broken


@each_page
def test_every_page_of_the_documentation_stands_in_the_index(page):
    if page.parent.name == "docs" and page.name != "index.md":
        assert f"]({page.name})" in (ROOT / "docs" / "index.md").read_text(encoding="utf-8")


@each_page
def test_every_table_has_as_many_cells_in_each_row_as_in_its_head(page):
    lines = without_code(page.read_text(encoding="utf-8")).splitlines()
    width = 0
    for line in lines:
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert cells == width or not cells or not width, line
        width = cells


# The model


def parts_of_a_week() -> list[str]:
    """Return the parts of a week in order, by the modules of what its stretches call or let everyone do."""
    source = "".join(map(inspect.getsource, week.WEEK))
    called = re.findall(r"(\w+)\.\w+\(w|everyone\(\((.*?)\), w", source)
    found = [[part] if part else [_part_of(act) for act in acts.split(", ")] for part, acts in called]
    return list(dict.fromkeys(part for parts in found for part in parts))


def _part_of(act: str) -> str:
    return str(getattr(week, act).__module__).rpartition(".")[2]


def test_the_order_of_the_week_in_the_documentation_is_that_of_the_code():
    listed = MODEL.partition("<!-- the order of the week")[2].partition("<!-- end of the order -->")[0]
    steps = re.findall(r"^(\d+)\. `(\w+)`", listed, re.M)
    assert [name for _, name in steps] == parts_of_a_week()
    assert [int(number) for number, _ in steps] == list(range(1, len(steps) + 1))


def submodels() -> dict[str, str]:
    """Return the text of each submodel by its heading."""
    parts = MODEL.partition("## 7. Submodels")[2].partition("\n## 8. Checks")[0].split("\n### ")[1:]
    return {part.partition("\n")[0].strip(): part for part in parts}


@pytest.mark.parametrize(
    "file", [*(f"rules/{name}" for name in rules.names), *(f"tactics/{name}" for name in BUILT_IN)]
)
def test_every_rule_and_every_tactic_has_tests_under_its_name(file):
    room, name = file.split("/")
    assert (ROOT / "tests" / room / f"test_{name}.py").is_file()


def test_every_rule_has_its_submodel_and_every_submodel_its_rule():
    assert sorted(submodels()) == sorted([*rules.names, "tactics"])


@pytest.mark.parametrize("rule", rules.names)
def test_every_parameter_of_a_rule_stands_in_its_submodel(rule):
    fields = [field for field in catalogue.groups()[rule]._fields if field != "on"]
    named = set(re.findall(r"(?<![\w.])[a-z_0-9]+", submodels()[rule].replace(f"`{rule}.", "`")))
    elsewhere = [field for field in fields if field not in named and f"{rule}.{field}" not in MODEL]
    assert not elsewhere


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_parameter_of_a_tactic_stands_in_the_model(name):
    assert not [p for p in tactics.modules[name].Parameters._fields if f"{name}.{p}" not in MODEL]


@pytest.mark.parametrize("group", ["population", "leaders"])
def test_every_parameter_of_the_world_at_the_start_is_mentioned(group):
    missing = [p for p in catalogue.groups()[group]._fields if f"{group}.{p}" not in MODEL]
    assert not missing


def dotted_names(text: str) -> set[str]:
    """Return what looks like the name of a parameter."""
    found = set(re.findall(r"(?<![\w./])([a-z_]+\.[a-z_0-9]+)(?![\w/(])", text))
    return {name for name in found if name.partition(".")[0] in catalogue.groups()}


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "tactics.md"], ids=lambda page: page.name)
def test_no_page_names_a_parameter_that_does_not_exist(page):
    text = re.sub(r"\]\([^)]*\)", "]", page.read_text(encoding="utf-8"))
    known = set(catalogue.parameters()) | {"round_table.ownership"}
    files = {f"{group}.{ending}" for group in catalogue.groups() for ending in ("py", "md", "toml")}
    assert dotted_names(text) <= known | files


def test_every_state_of_staff_and_organisations_is_described():
    named = set(re.findall(r"\w+", MODEL))
    positions = {"first", "end", "first_circle", "end_circle"}
    assert not [field for field in {*Staff._fields, *Organisation._fields} - positions if field not in named]


def test_the_design_concepts_are_the_eleven_of_odd():
    section = MODEL.partition("## 4. Design concepts")[2].partition("\n## 5")[0]
    concepts = "Basic principles, Emergence, Adaptation, Objectives, Learning, Prediction, Sensing, Interaction, Stochasticity, Collectives, Observation"
    assert re.findall(r"^\*\*([\w ]+)\.\*\*", section, re.M) == concepts.split(", ")


# The sentences


def sentence_rows() -> list[list[str]]:
    rows = [line for line in SENTENCES.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows[2:]]


@cache
def names_of_functions(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def row_name(row: list[str]) -> str:
    return row[0][:50]


each_sentence = pytest.mark.parametrize("row", sentence_rows(), ids=row_name)


def test_there_is_a_row_for_each_sentence_of_the_interviews():
    assert len(sentence_rows()) >= 22


@each_sentence
def test_no_cell_of_a_sentences_row_is_empty(row):
    assert len(row) == 4
    assert all(len(cell) > 3 for cell in row)


@each_sentence
def test_every_file_that_a_sentence_leads_to_exists(row):
    files = re.findall(r"\]\(\.\./([^)]+)\)", row[1])
    assert files
    assert all((ROOT / file).is_file() for file in files)


@each_sentence
def test_every_parameter_that_a_sentence_leads_to_exists(row):
    names = re.findall(r"`([a-z_]+\.[a-z_0-9]+)`", row[2])
    assert names
    assert not [name for name in names if name not in catalogue.parameters()]


@each_sentence
def test_every_test_that_holds_a_sentence_exists(row):
    found = re.findall(r"`([\w/]+\.py)::(test_\w+)`", row[3])
    assert found
    tests = {file: list((ROOT / "tests").rglob(file)) for file, _ in found}
    assert not [name for file, name in found if not any(name in names_of_functions(held) for held in tests[file])]


# The map


@pytest.mark.parametrize(
    ("file", "function"), re.findall(r"^\|[^|]+\| `([\w/]+\.py)` \| `(\w+)` \|$", CONTRIBUTING, re.M)
)
def test_the_map_leads_to_functions_that_are_there(file, function):
    nodes = ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
    assert function in {node.name for node in nodes if isinstance(node, ast.FunctionDef)}


# The examples


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


RECIPES = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
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


def test_every_choice_of_how_a_file_is_written_stands_on_the_page_of_recipes():
    from simulation.own_data import sources

    values = [value for group in (sources.WRITTEN, sources.OF_TIES) for known in group.values() for value in known]
    written = [value.replace("\t", "\\t").replace("|", "\\|") for value in values]
    assert not [value for value in written if f'"{value}"' not in RECIPES]
    assert not [key for key in {**sources.WRITTEN, **sources.OF_TIES} if f"`{key}`" not in RECIPES]


def test_every_column_of_own_tables_stands_on_its_page():
    from simulation.own_data.tables import COLUMNS

    page = (ROOT / "docs" / "own-data.md").read_text(encoding="utf-8")
    assert not [name for columns in COLUMNS.values() for name in columns if f"`{name}`" not in page]


def test_every_limit_of_the_self_test_stands_on_its_page():
    from experiments.validity.selftest import LIMITS

    page = (ROOT / "docs" / "verification.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \|", page, re.M) == list(LIMITS)


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


def test_every_target_of_make_that_a_page_names_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {target for page in PAGES for target in re.findall(r"(?:`|\$ )make ([a-z-]+)", page.read_text("utf-8"))}
    assert not [target for target in named if f"\n{target}:" not in makefile]


def test_the_readme_counts_the_runs_of_the_demo_rightly():
    demo = tomllib.loads((ROOT / "experiments" / "studies" / "tactics.toml").read_text(encoding="utf-8"))
    assert f"{len(demo['arms'])} arms, {demo['replicates']} times each" in README
