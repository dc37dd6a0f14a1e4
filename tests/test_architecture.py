"""Who may import whom: what the architecture promises, read from the sources."""

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "simulation").rglob("*.py")) + sorted((ROOT / "experiments").rglob("*.py"))
LIGHT = {"numpy", "numba", "mesa", "scipy", "pandas", "matplotlib", "solara"}


def module_name(file: Path) -> str:
    name = ".".join(file.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


NAMES = {module_name(file) for file in SOURCES}


def resolved(file: Path, node: ast.ImportFrom) -> list[str]:
    """Return the modules that a `from … import …` brings in, a submodule rather than its package."""
    if node.level == 0:
        home = node.module or ""
    else:
        package = module_name(file).split(".")
        package = package if file.name == "__init__.py" else package[:-1]
        package = package[: len(package) - node.level + 1]
        home = ".".join([*package, *([node.module] if node.module else [])])
    return [f"{home}.{alias.name}" if f"{home}.{alias.name}" in NAMES else home for alias in node.names]


def is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def statements(tree: ast.AST, inside_functions: bool) -> list[ast.AST]:
    """Return every node that runs at import, or, with `inside_functions`, ever; none that is there for types only."""
    found: list[ast.AST] = []
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if is_for_types_only(node):
            continue
        if not inside_functions and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        found.append(node)
        waiting += list(ast.iter_child_nodes(node))
    return found


def imports(file: Path, inside_functions: bool = True) -> set[str]:
    """Return the full names of the modules that a file imports."""
    found: set[str] = set()
    for node in statements(ast.parse(file.read_text(encoding="utf-8")), inside_functions):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= set(resolved(file, node))
    return found


def tops(file: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(file)}


def files_of(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def files_named(*names: str) -> list[Path]:
    return [ROOT / "simulation" / f"{name}.py" for name in names]


@pytest.mark.parametrize("file", files_of("simulation/rules") + files_of("simulation/tactics"), ids=module_name)
def test_rules_and_tactics_import_neither_mesa_nor_numpy(file):
    assert not tops(file) & LIGHT


@pytest.mark.parametrize("file", files_of("simulation/rules"), ids=module_name)
def test_rules_know_of_no_tactic_no_other_rule_and_no_engine(file):
    lower = {"simulation.entities", "simulation.mathematics", "simulation.parameters"}
    assert {name for name in imports(file) if name.startswith("simulation.")} <= lower


@pytest.mark.parametrize("file", files_of("simulation/tactics"), ids=module_name)
def test_tactics_know_only_what_a_plugged_in_tactic_may_know(file):
    lower = {"simulation.entities", "simulation.mathematics", "simulation.parameters"}
    if file.name == "__init__.py":  # the listing, which tells the user what is wrong with a file
        lower = {"simulation.errors"}
    assert {name for name in imports(file) if name.startswith("simulation.")} <= lower


def test_the_compiled_engine_never_imports_mesa():
    reached = {"simulation.kernel"}
    while more := {
        name
        for file in SOURCES
        if module_name(file) in reached
        for name in imports(file, inside_functions=False)
        if name not in reached
    }:
        reached |= more
    assert not {name for name in reached if name.partition(".")[0] == "mesa"}


def test_the_simulation_never_imports_the_experiments():
    assert not [file for file in files_of("simulation") if "experiments" in tops(file)]


def test_only_the_readable_engine_and_the_page_import_mesa():
    users = {file for file in files_of("simulation") if "mesa" in tops(file)}
    assert users
    assert users <= {*files_named("model", "agents"), *files_of("simulation/page")}


def test_the_model_never_imports_the_page():
    page = files_of("simulation/page")
    assert page
    for file in set(files_of("simulation")) - set(page):
        assert not {name for name in imports(file) if f"{name}.".startswith("simulation.page.")}, file


def test_entities_draws_mathematics_and_errors_import_nothing_of_the_model():
    for file in files_named("entities", "draws", "mathematics", "errors"):
        assert not {name for name in imports(file) if name.startswith("simulation")}, file


def test_parameters_know_nothing_of_the_model_but_how_errors_are_worded():
    (file,) = files_named("parameters")
    assert {name for name in imports(file) if name.startswith("simulation")} <= {"simulation.errors"}


ORDER = [
    {"errors", "parameters", "entities", "mathematics", "draws"},
    {"rules", "tactics"},
    {"kernel", "agents"},
    {"model"},
    {"page"},
]
"""Layers of the simulation, from the lowest."""


def test_imports_run_downwards_only():
    layer = {name: k for k, names in enumerate(ORDER) for name in names}
    upwards = []
    for file in files_of("simulation"):
        here = module_name(file).split(".")[1:2]
        for name in imports(file, inside_functions=False):
            there = name.split(".")[1:2] if name.startswith("simulation.") else []
            if here and there and here[0] in layer and there[0] in layer and layer[there[0]] > layer[here[0]]:
                upwards.append((module_name(file), name))
    assert not upwards


def test_no_modules_import_one_another_in_a_circle():
    graph = {module_name(f): imports(f, inside_functions=False) & NAMES - {module_name(f)} for f in SOURCES}
    while leaves := {name for name, needed in graph.items() if not needed & set(graph)}:
        graph = {name: needed for name, needed in graph.items() if name not in leaves}
    assert not graph, f"these import one another: {sorted(graph)}"


def test_no_two_groups_of_parameters_share_a_name():
    from simulation import rules, tactics

    counted = Counter([*rules.names, *tactics.names, "population", "leaders"])
    assert not [name for name, count in counted.items() if count > 1]


@pytest.mark.parametrize(
    "statement", ["from simulation import catalogue", "import simulation", "import experiments.cli"]
)
def test_starting_imports_nothing_heavy(statement):
    code = f"import sys\n{statement}\nprint(sorted({LIGHT!r} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert shown.stdout.strip() == "[]"


def test_the_whole_catalogue_can_be_listed_without_numpy():
    code = (
        "import sys\nfrom simulation import Request, catalogue\n"
        "catalogue.parameters(), catalogue.tactics(), catalogue.scenarios(), catalogue.observables()\n"
        f"print(sorted({LIGHT!r} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert shown.stdout.strip() == "[]"


def test_the_hash_of_the_sources_covers_every_file_that_decides_a_result():
    from simulation import fingerprint

    left_out = {
        file
        for file in (ROOT / "simulation").rglob("*")
        if file.suffix in (".py", ".toml") and not fingerprint._counts(file)
    }
    assert left_out == set(files_of("simulation/page"))


def test_a_change_of_the_page_compiles_nothing_anew():
    from simulation import fingerprint

    assert not [file for file in files_of("simulation/page") if fingerprint._is_compiled(file)]
