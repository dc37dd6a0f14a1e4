"""The tactics, one file each. A new file here, or in a folder of your own, is a new tactic.

A tactic file has a docstring (title; meaning; cost and how it fails), `KIND`, `SOURCE`, a named tuple `Parameters` and

- as a *conversation* (takes a share of leaders' time): `converse(person, organisation, situation, p) -> Effect`,
  what succeeding does; optionally `rebuff(person, organisation, situation, p) -> Effect`, what failing does,
  `openness(person, p) -> float`, where trust is not what counts, and `BY_PATIENTS = True`;
- as a *stance* or *comparator* (held in some degree, takes no time): `conduct(degree, p) -> dict`, the
  parameters and leaders' traits that it sets.

Folders of your own are named in the environment variable `SYSLEAD_TACTICS`, separated as in `PATH`.
"""

import os
import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from pkgutil import iter_modules
from traceback import extract_tb
from types import ModuleType
from typing import Any, get_type_hints

from ..errors import Invalid

KINDS = ("conversation", "stance", "comparator")
# Each group of parameters has a name of its own, and each tactic and rule is one.
TAKEN = frozenset({"population", "leaders"}) | {
    module.name for module in iter_modules([*__path__, str(Path(__file__).parent.parent / "rules")])
}


def folders() -> list[Path]:
    """Return the folders that tactics come from: this one, then the user's own."""
    own = os.environ.get("SYSLEAD_TACTICS", "")
    return [Path(__file__).parent, *(Path(folder) for folder in own.split(os.pathsep) if folder)]


def _files() -> tuple[list[Path], list[str]]:
    """Return the files of the user's own tactics, and what is wrong with folders and names."""
    files: dict[str, Path] = {}
    problems = []
    for folder in folders()[1:]:
        if not folder.is_dir():
            problems.append(f"SYSLEAD_TACTICS: {folder} is not a folder.")
        for file in sorted(folder.glob("*.py")):
            if not file.stem.isidentifier() or file.stem.startswith("_"):
                problems.append(
                    f"{file}: the name of a tactic's file must be letters, digits and underscores, as in own_tactic.py."
                )
            elif file.stem in TAKEN:
                problems.append(f"{file}: `{file.stem}` is built in already; give the tactic another name.")
            elif file.stem in files:
                problems.append(f"{file}: there is a tactic of that name in {files[file.stem].parent} already.")
            else:
                files[file.stem] = file
    return list(files.values()), problems


def _plugged_in(file: Path) -> ModuleType:
    """Return a user's own tactic.

    Raises
    ------
    Invalid
        With what is wrong with it.
    """
    name = f"{__name__}.{file.stem}"
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise Invalid([f"{file}: it cannot be read as a tactic."])
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise Invalid([_failure(file, error)]) from error
    problems = [f"{file}: {problem}" for problem in _lacking(module)]
    if problems:
        raise Invalid(problems)
    return module


def _failure(file: Path, error: BaseException) -> str:
    """Say in a line why a file cannot be imported, and where in it."""
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return f"{file}, line {error.lineno}: it is not Python ({error.msg})."
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == str(file)]
    place = f"{file}, line {lines[-1]}" if lines else f"{file}"
    return f"{place}: it cannot be imported ({type(error).__name__}: {' '.join(str(error).split())})."


def _lacking(module: ModuleType) -> list[str]:
    """Return what a tactic must have and has not."""
    kind = getattr(module, "KIND", None)
    problems = [] if kind in KINDS else [f"`KIND` must be one of {', '.join(KINDS)}, but is {kind!r}."]
    if not isinstance(getattr(module, "SOURCE", None), str):
        problems.append("`SOURCE` must say in a text how the tactic is known.")
    function = "converse" if kind == "conversation" else "conduct"
    if kind in KINDS and not callable(getattr(module, function, None)):
        problems.append(f"a {kind} needs a function `{function}`.")
    parameters: Any = getattr(module, "Parameters", None)
    fields, defaults = getattr(parameters, "_fields", None), getattr(parameters, "_field_defaults", None)
    if fields is None or defaults is None:
        return [*problems, "it needs a named tuple `Parameters`, which may be empty."]
    hints = get_type_hints(parameters, include_extras=True)
    return problems + [
        f"`Parameters.{field}` needs a default and a range: Annotated[float, Range(...)] = 0.1."
        for field in fields
        if field not in defaults or not hasattr(hints[field], "__metadata__")
    ]


def _found() -> dict[str, ModuleType]:
    found = {module.name: import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)}
    files, problems = _files()
    cause = None
    for file in files:
        try:
            found[file.stem] = _plugged_in(file)
        except Invalid as invalid:
            problems += invalid.problems
            cause = cause or invalid
    if problems:
        raise Invalid(problems) from cause
    return dict(sorted(found.items()))


modules = _found()
names = tuple(modules)
conversations = tuple(name for name, module in modules.items() if module.KIND == "conversation")
