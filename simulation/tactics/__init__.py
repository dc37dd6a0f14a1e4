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
from types import ModuleType

from ..errors import Invalid


def folders() -> list[Path]:
    """Return the folders that tactics come from: this one, then the user's own."""
    own = os.environ.get("SYSLEAD_TACTICS", "")
    return [Path(__file__).parent, *(Path(folder) for folder in own.split(os.pathsep) if folder)]


def _plugged_in(file: Path) -> ModuleType:
    if not file.stem.isidentifier() or file.stem.startswith("_"):
        raise Invalid(
            [f"{file}: the name of a tactic's file must be letters, digits and underscores, as in own_tactic.py."]
        )
    name = f"{__name__}.{file.stem}"
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} cannot be read as a tactic.")
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _found() -> dict[str, ModuleType]:
    modules = {module.name: import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)}
    for folder in folders()[1:]:
        modules.update({file.stem: _plugged_in(file) for file in sorted(folder.glob("*.py"))})
    return dict(sorted(modules.items()))


modules = _found()
names = tuple(modules)
conversations = tuple(name for name, module in modules.items() if module.KIND == "conversation")
