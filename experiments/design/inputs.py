"""Scenarios of a user's own, with the files that they name, and changes: known by what they say, not by where they lie."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from experiments.design.study import Study
from simulation import change as changes
from simulation import scenario as scenarios
from simulation.errors import Invalid
from simulation.own_data.sources import KEPT, KEPT_CHANGE
from simulation.toml_file import shown

SCENARIO, CHANGE = "scenario", "change"
"""What these files are called among those of an input; the others are tables, by their names."""
MISSING = "no such line"


class Input(NamedTuple):
    """A scenario or change of a user's own.

    Parameters
    ----------
    name : str
        What it is called in a study, wherever it lies: the name of its file.
    digest : str
        Hash of all that it says: the bytes of its file and of those that it names.
    files : dict
        The hash of each file, by what the file is: `SCENARIO`, organisations, staff, ties, `CHANGE`.
    places : dict
        Where each lies; empty where it is known from a store alone.
    """

    name: str
    digest: str
    files: dict[str, str]
    places: dict[str, Path]

    @property
    def place(self) -> Path:
        """Where its own file lies, rather than those that it names."""
        return self.places[own_key(self.places)]


def own_key(files: Mapping[str, object]) -> str:
    """Return what the file of a scenario or change itself is among all of its files."""
    return SCENARIO if SCENARIO in files else CHANGE


def names_of(study: Study) -> dict[str, str]:
    """Return the name of each scenario or change of a user's own in a study, by its path; a name alone is its own.

    Two files of one name in different folders are told apart by a number.
    """
    names: dict[str, str] = {}
    for file in (file for arm in study.arms for file in (arm.scenario, arm.change)):
        path = Path(file or "")
        if file and path.suffix == ".toml" and file not in names:
            same = sum(Path(other).name == path.name for other in names)
            names[file] = f"{path.stem}-{same + 1}.toml" if same else path.name
    return names


def is_change(study: Study, name: str) -> bool:
    """Whether a name of a user's own in a study is that of a change, rather than of a scenario."""
    return any(arm.change == name for arm in study.arms)


def placeless(study: Study) -> Study:
    """Return a study with the names of its users' scenarios and changes in the place of their paths."""
    names = names_of(study)
    arms = (arm._replace(scenario=names.get(arm.scenario, arm.scenario)) for arm in study.arms)
    return replace(study, arms=tuple(a._replace(change=a.change and names.get(a.change, a.change)) for a in arms))


def inputs_of(study: Study) -> dict[str, Input]:
    """Return the scenarios and changes of a user's own in a study that gives their paths, by name.

    Raises
    ------
    Invalid
        One cannot be read.
    """
    return {name: read(Path(path), name, is_change(study, path)) for path, name in names_of(study).items()}


def read(path: Path, name: str, of_a_change: bool = False) -> Input:
    """Return a scenario file and those that it names, wherever they lie, or the file of a change.

    Raises
    ------
    Invalid
        They cannot be read.
    """
    places = _places_of_change(path) if of_a_change else _places_of_scenario(path)
    try:
        whole = hashlib.sha256(path.read_bytes())
        files = {key: _hash_of(place) for key, place in places.items()}
    except OSError as error:
        raise Invalid([f"{error.filename}: the file cannot be read ({error.strerror})."]) from None
    for key in list(places)[1:]:
        whole.update(bytes.fromhex(files[key]))
    return Input(name, whole.hexdigest(), files, places)


def _places_of_change(path: Path) -> dict[str, Path]:
    changes.load(str(path))
    return {CHANGE: path}


def _places_of_scenario(path: Path) -> dict[str, Path]:
    """Return where a scenario lies, and each file that it names: what it is first, as its hash begins with that."""
    scenario = scenarios.load(str(path))
    named = {table: Path(source.path) for table, source in sorted(scenario.tables.items())}
    own_change = {CHANGE: Path(change)} if (change := scenario.change) and change.endswith(".toml") else {}
    return {SCENARIO: path, **named, **own_change}


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def laid_out(name: str, contents: Mapping[str, bytes], folder: Path) -> Path:
    """Write a scenario and what it names, or a change, into a folder of its own in a folder, and return its path."""
    home = folder / f"{Path(name).stem}{KEPT}"
    home.mkdir(parents=True, exist_ok=True)
    own = own_key(contents)
    for key, content in contents.items():
        other = KEPT_CHANGE if key == CHANGE else f"{key}.csv"
        (home / (name if key == own else other)).write_bytes(content)
    return home / name


def first_difference(before: bytes, now: bytes) -> str:
    r"""Return the first line in which two texts differ, and how.

    >>> first_difference(b"id,ego\np1,0.4\n", b"id,ego\np1,0.9\n")
    "line 2 was 'p1,0.4', is 'p1,0.9'"
    """
    for number, (old, new) in enumerate(zip_longest(_lines(before), _lines(now), fillvalue=MISSING), 1):
        if old != new:
            return f"line {number} was {shown(old)}, is {shown(new)}"
    return "the ends of lines differ"


def _lines(content: bytes) -> Iterator[str]:
    yield from content.decode("utf-8", "replace").splitlines()
