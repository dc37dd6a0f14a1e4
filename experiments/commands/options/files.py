"""The files in which studies, scenarios and changes stand that are built in."""

from __future__ import annotations

from pathlib import Path

from experiments.commands.options import names
from simulation.errors import Invalid, nearest

KINDS = ("study", "scenario", "change")


def built_in(name: str, of_kind: str | None = None) -> Path:
    """Return the file in which a built-in study, scenario or change stands.

    >>> built_in("complex").name, built_in("tiny", "study").parent.name
    ('complex.toml', 'studies')

    Raises
    ------
    Invalid
        There is none, or several kinds have one of this name and none of them is asked for.
    """
    from experiments.design import study_file
    from simulation import change, scenario

    folders = dict(zip(KINDS, (study_file.STUDIES, scenario.FOLDER, change.FILES.folder), strict=True))
    known = {kind: names.of(names.plural(kind)) for kind in KINDS if of_kind in (None, kind)}
    found = [kind for kind in known if name in known[kind]]
    if len(found) > 1:
        kinds, options = " and a ".join(found), " or --kind ".join(found)
        raise Invalid([f"A {kinds} are called {name!r}; say which is meant: --kind {options}."])
    if not found:
        near = nearest(name, [one for kind in known for one in known[kind]])
        raise Invalid([f"No {' or '.join(known or KINDS)} of this program is called {name!r}. {near}".rstrip()])
    return folders[found[0]] / f"{name}.toml"
