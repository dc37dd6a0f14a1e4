"""The tactics, one file each. A new file here, or in a folder of your own, is a new tactic.

A tactic file has a docstring (title; meaning; cost and how it fails), `KIND`, `SOURCE`, a named tuple `Parameters` and

- as a *conversation* (takes a share of leaders' time): `converse(person, organisation, situation, p) -> Effect`,
  what succeeding does; optionally `rebuff(person, organisation, situation, p) -> Effect`, what failing does,
  `openness(person, p) -> float`, where trust is not what counts, and `BY_PATIENTS = True`; a parameter `strength` is a
  factor on the shares of its effects;
- as a *stance* or *comparator* (held in some degree, takes no time): `conduct(degree, p) -> dict`, the
  parameters and leaders' traits that it sets.

Folders of your own are named in the environment variable `SYSLEAD_TACTICS`, separated as in `PATH`; the code in them
is run (`own_tactics.py`).
"""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from .. import own_tactics

# Each group of parameters has a name of its own, and each tactic and rule is one.
TAKEN = frozenset({"population", "leaders"}) | {
    module.name for module in iter_modules([*__path__, str(Path(__file__).parent.parent / "rules")])
}


def _found() -> dict[str, ModuleType]:
    found = {module.name: import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)}
    return dict(sorted((found | own_tactics.loaded(__name__, TAKEN)).items()))


modules = _found()
names = tuple(modules)
conversations = tuple(name for name, module in modules.items() if module.KIND == "conversation")
