"""Who may import whom: what the architecture promises, read from the sources."""

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "simulation").rglob("*.py")) + sorted((ROOT / "experiments").rglob("*.py"))
FUNCTIONS = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
HEAVY = {"numpy", "numba", "mesa", "scipy", "pandas", "matplotlib", "solara"}


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


def nodes(tree: ast.AST, only_at_import: bool) -> Iterator[ast.AST]:
    """Yield every node, or, with `only_at_import`, those that run when the file is imported."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if only_at_import and (is_for_types_only(node) or isinstance(node, FUNCTIONS)):
            continue
        yield node
        waiting += ast.iter_child_nodes(node)


def is_for_types_only(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


@cache
def imports(file: Path, only_at_import: bool = False) -> frozenset[str]:
    """Return the full names of the modules that a file imports, inside functions and for types too."""
    names: set[str] = set()
    for node in nodes(ast.parse(file.read_text(encoding="utf-8")), only_at_import):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= set(resolved(file, node))
    return frozenset(names)


def tops(file: Path) -> set[str]:
    return {name.partition(".")[0] for name in imports(file)}


def files_of(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def files_named(*names: str) -> list[Path]:
    return [ROOT / "simulation" / f"{name}.py" for name in names]


@pytest.mark.parametrize("file", files_of("simulation/rules") + files_of("simulation/tactics"), ids=module_name)
def test_rules_and_tactics_import_neither_mesa_nor_numpy(file):
    assert not tops(file) & HEAVY


@pytest.mark.parametrize("file", files_of("simulation/rules"), ids=module_name)
def test_rules_know_of_no_tactic_no_other_rule_and_no_engine(file):
    lower = {"simulation.entities", "simulation.mathematics", "simulation.parameters"}
    assert {name for name in imports(file) if name.startswith("simulation.")} <= lower


@pytest.mark.parametrize("file", files_of("simulation/tactics"), ids=module_name)
def test_tactics_know_only_what_a_plugged_in_tactic_may_know(file):
    lower = {"simulation.entities", "simulation.mathematics", "simulation.parameters"}
    if file.name == "__init__.py":  # the listing, with the user's own files
        lower = {"simulation.own_tactics"}
    assert {name for name in imports(file) if name.startswith("simulation.")} <= lower


def test_the_compiled_engine_never_imports_mesa():
    reached = {"simulation.kernel"}
    while more := {
        name
        for file in SOURCES
        if module_name(file) in reached
        for name in imports(file, only_at_import=True)
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


def test_entities_draws_mathematics_errors_values_and_words_import_nothing_of_the_model():
    for file in files_named("entities", "draws", "mathematics", "errors", "values", "words"):
        assert not {name for name in imports(file) if name.startswith("simulation")}, file


def test_parameters_know_nothing_of_the_model_but_how_values_are_written_and_errors_worded():
    (file,) = files_named("parameters")
    assert {name for name in imports(file) if name.startswith("simulation")} <= {
        "simulation.errors",
        "simulation.values",
    }


FLOORS = {
    "simulation": [
        {"errors", "values", "words"},
        {"parameters", "entities", "mathematics", "draws"},
        {"rules", "tactics"},
        {"settings", "own_data", "world"},
        {"initialisation", "week"},
        {"kernel", "agents"},
        {"running"},
        {"model", "story"},
        {"page"},
    ],
    "experiments": [
        {"design"},
        {"store"},
        {"sweep", "analysis"},
        {"figures"},
        {"page"},
        {"validity"},
        {"commands"},
        {"__main__"},
    ],
}
"""The rooms of each package from the lowest floor up; those that share a floor do not know of one another."""


@pytest.mark.parametrize("package", FLOORS)
def test_a_room_imports_only_from_floors_below(package):
    floor = {room: k for k, rooms in enumerate(FLOORS[package]) for room in rooms}
    wrong = [
        f"{module_name(file)} imports {name}"
        for file in files_of(package)
        for here in [room_of(module_name(file), package)]
        for name in sorted(imports(file))
        for there in [room_of(name, package)]
        if here in floor and there in floor and here != there and floor[there] >= floor[here]
    ]
    assert not wrong


def room_of(module: str, package: str) -> str:
    """Return the room of a package in which a module stands, empty for the package itself and for other packages."""
    home, _, rest = module.partition(".")
    return rest.partition(".")[0] if home == package else ""


def test_every_room_of_the_experiments_has_its_floor():
    rooms = {room_of(module_name(file), "experiments") for file in files_of("experiments")} - {"", "studies"}
    assert rooms == set().union(*FLOORS["experiments"])


@pytest.mark.parametrize("face", sorted((ROOT / "experiments").rglob("__init__.py")), ids=module_name)
def test_the_face_of_a_room_explains_all_that_others_may_use(face):
    room = import_module(module_name(face))
    for name in getattr(room, "__all__", ()):
        assert (face.parent / f"{name}.py").exists() or (face.parent / name / "__init__.py").exists()
        assert f"`{name}`" in room.__doc__ or f"`{name}." in room.__doc__


def test_no_modules_import_one_another_in_a_circle():
    graph = {module_name(f): imports(f) & NAMES - {module_name(f)} for f in SOURCES}
    while leaves := {name for name, needed in graph.items() if not needed & set(graph)}:
        graph = {name: needed for name, needed in graph.items() if name not in leaves}
    assert not graph, f"these import one another: {sorted(graph)}"


def test_no_two_groups_of_parameters_share_a_name():
    from simulation import rules, tactics

    counted = Counter([*rules.names, *tactics.names, "population", "leaders"])
    assert not [name for name, count in counted.items() if count > 1]


@pytest.mark.parametrize(
    "statement", ["from simulation import catalogue", "import simulation", "import experiments.commands.cli"]
)
def test_starting_imports_nothing_heavy(statement):
    code = f"import sys\n{statement}\nprint(sorted({HEAVY!r} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert shown.stdout.strip() == "[]"


def test_the_whole_catalogue_can_be_listed_without_numpy():
    code = (
        "import sys\nfrom simulation import Request, catalogue\n"
        "catalogue.parameters(), catalogue.tactics(), catalogue.scenarios(), catalogue.observables()\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
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
    assert left_out == {*files_of("simulation/page"), *files_of("simulation/story")}


def test_a_change_of_the_page_compiles_nothing_anew():
    from simulation import fingerprint

    assert not [file for file in files_of("simulation/page") if fingerprint._is_compiled(file)]


def test_a_change_of_the_story_compiles_nothing_anew():
    from simulation import fingerprint

    assert not [file for file in files_of("simulation/story") if fingerprint._is_compiled(file)]
