"""Tactics of a user's own: the files in the folders that `SYSLEAD_TACTICS` names, whose code is run.

They are named there by whoever runs the model, and come from nowhere else. What they print goes to standard error, so
that it never stands among results; whatever is wrong with one is told in a sentence, with its file.
"""

import os
import sys
from collections.abc import Callable, Collection
from contextlib import redirect_stdout
from importlib.util import module_from_spec, spec_from_file_location
from inspect import Signature, signature
from math import isfinite
from pathlib import Path
from traceback import extract_tb
from types import ModuleType
from typing import Any, get_type_hints

from .errors import FailedRun, Invalid
from .named_files import is_file, is_folder
from .parameters import Choice, Prior, Range, declared, problem_with

VARIABLE = "SYSLEAD_TACTICS"
KINDS = ("conversation", "stance", "comparator")
HOOKS = {
    "converse": ("person", "organisation", "situation", "p"),
    "rebuff": ("person", "organisation", "situation", "p"),
    "openness": ("person", "p"),
    "conduct": ("degree", "p"),
}
"""What a tactic may define, with its arguments."""
listeners: list[Callable[[str], None]] = []
"""Who is told, in a sentence, when the code in a folder of tactics has been run."""


def folders() -> list[Path]:
    """Return the folders that the user has named."""
    return [Path(folder) for folder in os.environ.get(VARIABLE, "").split(os.pathsep) if folder]


def files(taken: Collection[str] = ()) -> tuple[list[Path], list[str]]:
    """Return the files of the user's own tactics, and what is wrong with folders and names, some of which are taken."""
    found: dict[str, Path] = {}
    problems = []
    for folder in folders():
        if not (is_folder(folder) and os.access(folder, os.R_OK | os.X_OK)):
            problems.append(f"{VARIABLE}: {folder} is not a folder that can be read.")
            continue
        for file in sorted(folder.glob("*.py")):
            if not file.stem.isidentifier() or file.stem.startswith("_"):
                problems.append(
                    f"{file}: the name of a tactic's file must be letters, digits and underscores, as in own_tactic.py."
                )
            elif not (is_file(file) and os.access(file, os.R_OK)):
                problems.append(f"{file}: it is no file that can be read.")
            elif file.stem in taken:
                problems.append(f"{file}: `{file.stem}` is built in already; give the tactic another name.")
            elif file.stem in found:
                problems.append(f"{file}: there is a tactic of that name in {found[file.stem].parent} already.")
            else:
                found[file.stem] = file
    return list(found.values()), problems


def sources() -> dict[str, str]:
    """Return the source of each of the user's own tactics, by the name of its file; nothing is run."""
    return {file.name: file.read_text(encoding="utf-8", errors="replace") for file in files()[0]}


def loaded(package: str, taken: Collection[str]) -> dict[str, ModuleType]:
    """Return the user's own tactics by name, as modules of a package, and tell the listeners of them.

    Raises
    ------
    Invalid
        With what is wrong with any of them.
    """
    found = {}
    paths, problems = files(taken)
    cause = None
    for file in paths:
        try:
            found[file.stem] = _run(file, f"{package}.{file.stem}")
        except Invalid as invalid:
            problems += invalid.problems
            cause = cause or invalid
    if problems:
        raise Invalid(problems) from cause
    for folder in dict.fromkeys(file.parent for file in paths):
        names = ", ".join(file.stem for file in paths if file.parent == folder)
        for tell in listeners:
            tell(f"Running the code of tactics in {folder}: {names}")
    return found


def _run(file: Path, name: str) -> ModuleType:
    """Return a user's own tactic, whose file is run."""
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise Invalid([f"{file}: it cannot be read as a tactic."])
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        with redirect_stdout(sys.stderr):
            spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise Invalid([failure(file, error)]) from error
    if problems := list(dict.fromkeys(_problems_of(module))):
        raise Invalid([f"{file}: {problem}" for problem in problems])
    return module


def failure(file: Path, error: BaseException, cannot: str = "it cannot be imported") -> str:
    """Say in a line why a file cannot be run, and where in it."""
    if isinstance(error, UnicodeDecodeError) or "codec can't decode" in str(error):
        return f"{file}: it is not UTF-8 text; save it as UTF-8."
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return f"{file}, line {error.lineno}: it is not Python ({error.msg})."
    lines = [frame.lineno for frame in extract_tb(error.__traceback__) if frame.filename == str(file)]
    place = f"{file}, line {lines[-1]}" if lines else f"{file}"
    return f"{place}: {cannot} ({in_a_line(f'{type(error).__name__}: {error}'.removesuffix(': '))})."


def unusable(module: ModuleType, why: str) -> str:
    """Return the sentence that a tactic cannot be used as it is, with its file and why."""
    return f"The tactic `{module.__name__.rpartition('.')[2]}` cannot be used as it is ({module.__file__}): {why}"


def failed(module: ModuleType, hook: str, error: Exception, person: int) -> Exception:
    """Return what to raise where a tactic raises: it cannot be used where Python cannot, otherwise the run has failed."""
    place = failure(Path(str(module.__file__)), error, f"its `{hook}` fails for person {person}")
    if isinstance(error, AttributeError | NameError | TypeError):
        return Invalid([place])
    return FailedRun(place)


def wrongly_typed(module: ModuleType, hook: str, kind: str) -> Invalid:
    """Return what to raise where a tactic returns something else than it must."""
    wanted = "a number with a point, such as 0.5" if hook == "openness" else "an effect(...)"
    return Invalid([f"{module.__file__}: its `{hook}` must return {wanted}, but returns {kind}."])


LONGEST = 200


def in_a_line(words: str) -> str:
    """Return words in a line, no longer than can be read at a glance.

    >>> in_a_line("first,    then.")
    'first, then'
    """
    line = " ".join(words.split()).rstrip(".")
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 3]}..."


def _problems_of(module: ModuleType) -> list[str]:
    """Return what a tactic must have and has not."""
    kind = getattr(module, "KIND", None)
    problems = [] if (module.__doc__ or "").strip() else ["it needs a docstring that says what it is."]
    if kind not in KINDS:
        problems.append(f"`KIND` must be one of {', '.join(KINDS)}, but is {kind!r}.")
    if not isinstance(getattr(module, "SOURCE", None), str):
        problems.append("`SOURCE` must say in a text how the tactic is known.")
    needed = "converse" if kind == "conversation" else "conduct"
    if kind in KINDS and not hasattr(module, needed):
        problems.append(f"a {kind} needs a function `{needed}`.")
    for hook, arguments in HOOKS.items():
        if hasattr(module, hook) and not _takes(getattr(module, hook), len(arguments)):
            problems.append(f"`{hook}` must be a function of ({', '.join(arguments)}).")
    return problems + _problems_of_parameters(module)


def _takes(function: Any, arguments: int) -> bool:
    """Return whether something is a function of so many arguments."""
    try:
        Signature.bind(signature(function), *range(arguments))
    except (TypeError, ValueError):
        return False
    return True


def _problems_of_parameters(module: ModuleType) -> list[str]:
    parameters: Any = getattr(module, "Parameters", None)
    fields, defaults = getattr(parameters, "_fields", None), getattr(parameters, "_field_defaults", None)
    if fields is None or defaults is None:
        return ["it needs a named tuple `Parameters`, which may be empty."]
    try:
        hints = get_type_hints(parameters, include_extras=True)
    except Exception as error:
        return [f"the types of `Parameters` cannot be read ({in_a_line(str(error))})."]
    problems = [
        f"`Parameters.{field}` needs a default and a range: Annotated[float, Range(...)] = 0.1."
        for field in fields
        if field not in defaults or not _is_declared(hints[field])
    ]
    if problems:
        return problems
    try:
        group = module.__name__.rpartition(".")[2]
        return [problem for p in declared(group, parameters).values() if (problem := problem_with(p, p.default))]
    except (TypeError, ValueError, KeyError, IndexError) as error:
        return [f"`Parameters` cannot be read ({in_a_line(f'{type(error).__name__}: {error}')})."]


def _is_declared(hint: Any) -> bool:
    """Return whether the type of a parameter says which values there are."""
    said = getattr(hint, "__metadata__", (None,))[0]
    if isinstance(said, Choice):
        return hint.__origin__ is int and bool(said.names)
    if not isinstance(said, Range) or hint.__origin__ not in (bool, int, float):
        return False
    ends = (said.low, said.high)
    are_numbers = all(isinstance(end, int | float) and isfinite(end) for end in ends)
    words = (said.unit, said.source, said.meaning, said.when)
    has_prior = said.prior is None or isinstance(said.prior, Prior)
    return are_numbers and said.low <= said.high and has_prior and all(isinstance(word, str) for word in words)
