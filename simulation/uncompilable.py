"""Why the model cannot be compiled, or ran into an error, where a tactic of a user's own is to blame.

A compiler says so in a hundred thousand characters; here each tactic is compiled by itself, and what is wrong with it
told in a line.
"""

import re
from types import ModuleType
from typing import Any, get_type_hints

import numba
from numba.core.errors import NumbaError

from . import compiled, entities, own_tactics, tactics
from .errors import FailedRun, Invalid

OTHERWISE = "Compiled code can do no more than arithmetic with numbers; `--engine agents` runs any Python."
WHERE = "Compiled code does not know where; `--engine agents` says in which line, for whom and in which week."
NEW_OBJECTS = "NRT required"
_typed: Any = numba.typeof


def refuse_before_long() -> None:
    """Raise what is wrong with the user's own tactics before all is compiled, which takes long.

    Raises
    ------
    Invalid
        One cannot be compiled.
    """
    if problems := [problem for name in _own() for problem in _problems_of(tactics.modules[name])]:
        raise Invalid(problems)


def _own() -> list[str]:
    """Return the names of the user's own conversations, which alone are compiled."""
    return sorted({file.stem for file in own_tactics.files()[0]} & set(tactics.conversations))


def refuse_tactics(error: Exception) -> None:
    """Raise what is wrong with the user's own tactics if an error of compiled code can come from one; else return.

    Raises
    ------
    Invalid
        One cannot be compiled.
    FailedRun
        One raised an error in the run.
    """
    own = ", ".join(_own())
    if not own:
        return
    if not isinstance(error, NumbaError):
        said = own_tactics.in_a_line(f"{type(error).__name__}: {error}")
        raise FailedRun(f"A tactic of your own ({own}) raised {said}. {WHERE}") from error
    problems = [problem for name in _own() for problem in _problems_of(tactics.modules[name])]
    together = f"The model cannot be compiled with your own tactics ({own}: {_reason(error)}). {OTHERWISE}"
    raise Invalid(problems or [together]) from error


def _problems_of(module: ModuleType) -> list[str]:
    """Return what is wrong with the functions of a tactic, each compiled by itself."""
    someone, somewhere = _example(entities.Staff), _example(entities.Organisation)
    talk, p = _example(entities.Situation), module.Parameters()
    given = {
        "converse": (someone, somewhere, talk, p),
        "rebuff": (someone, somewhere, talk, p),
        "openness": (someone, p),
    }
    problems = []
    for hook, arguments in given.items():
        if hasattr(module, hook) and (problem := _problem_of(module, hook, arguments)):
            problems.append(problem)
    return problems


def _problem_of(module: ModuleType, hook: str, arguments: tuple[Any, ...]) -> str:
    wanted = _typed(0.0 if hook == "openness" else entities.NOTHING)
    function = compiled.alone(getattr(module, hook))
    try:
        function.compile(tuple(map(_typed, arguments)))
    except Exception as error:
        lines = re.findall(r'File "([^"]+)", line (\d+)', str(error))
        inside = [number for file, number in lines if str(module.__file__).endswith(file.lstrip("./"))]
        place = f"{module.__file__}, line {inside[-1]}" if inside else f"{module.__file__}"
        return f"{place}: its `{hook}` cannot be compiled ({_reason(error)}). {OTHERWISE}"
    returned = function.nopython_signatures[0].return_type
    return "" if returned == wanted else own_tactics.wrongly_typed(module, hook, str(returned)).problems[0]


def _example(entity: Any) -> Any:
    return entity(*(kind(0) for kind in get_type_hints(entity).values()))


def _reason(error: Exception) -> str:
    """Return what a compiler says first of why, without the types of whole records."""
    words = re.sub(r"\b(Staff|Organisation|Situation|Parameters)\([^()]*\)", r"\1", str(error))
    paragraphs = [part for part in words.split("\n\n") if part.strip()]
    lines = [line for line in paragraphs[0].split("\n") if not line.startswith(("Failed in", "During:"))]
    if NEW_OBJECTS in words:
        return "it makes a list, a text or another new object"
    return own_tactics.in_a_line(" ".join(lines).partition(" There are ")[0] or type(error).__name__)
