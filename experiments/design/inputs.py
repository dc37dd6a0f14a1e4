"""Scenarios of a user's own, with the tables that they name: known by what they say, not by where they lie."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from experiments.design.study import Study
from simulation import scenario as scenarios
from simulation.errors import Invalid
from simulation.sources import KEPT
from simulation.toml_file import shown

SCENARIO = "scenario"
"""What the scenario's own file is called among the files of an input; the others are tables, by their names."""
MISSING = "no such line"


class Input(NamedTuple):
    """A scenario of a user's own.

    Parameters
    ----------
    name : str
        What it is called in a study, wherever it lies: the name of its file.
    digest : str
        Hash of all that it says: the bytes of its file and of its tables.
    files : dict
        The hash of each file, by what the file is: `SCENARIO`, organisations, staff, ties.
    places : dict
        Where each lies; empty where it is known from a store alone.
    """

    name: str
    digest: str
    files: dict[str, str]
    places: dict[str, Path]


def names_of(study: Study) -> dict[str, str]:
    """Return the name of each scenario of a user's own in a study, by its path; a name alone is its own.

    Two files of one name in different folders are told apart by a number.
    """
    names: dict[str, str] = {}
    for arm in study.arms:
        path = Path(arm.scenario)
        if path.suffix == ".toml" and arm.scenario not in names:
            same = sum(Path(other).name == path.name for other in names)
            names[arm.scenario] = f"{path.stem}-{same + 1}.toml" if same else path.name
    return names


def placeless(study: Study) -> Study:
    """Return a study with the names of its users' scenarios in the place of their paths."""
    names = names_of(study)
    arms = tuple(arm._replace(scenario=names.get(arm.scenario, arm.scenario)) for arm in study.arms)
    return replace(study, arms=arms)


def inputs_of(study: Study) -> dict[str, Input]:
    """Return the scenarios of a user's own in a study that gives their paths, by name.

    Raises
    ------
    Invalid
        One cannot be read.
    """
    return {name: read(Path(path), name) for path, name in names_of(study).items()}


def read(path: Path, name: str) -> Input:
    """Return a scenario file and the tables that it names, wherever they lie.

    Raises
    ------
    Invalid
        They cannot be read.
    """
    tables = scenarios.load(str(path)).tables
    places = {SCENARIO: path, **{table: Path(source.path) for table, source in sorted(tables.items())}}
    try:
        whole = hashlib.sha256(path.read_bytes())
        files = {key: _hash_of(place) for key, place in places.items()}
    except OSError as error:
        raise Invalid([f"{error.filename}: the file cannot be read ({error.strerror})."]) from None
    for key in sorted(tables):
        whole.update(bytes.fromhex(files[key]))
    return Input(name, whole.hexdigest(), files, places)


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def laid_out(name: str, contents: Mapping[str, bytes], folder: Path) -> Path:
    """Write a scenario and its tables into a folder of their own in a folder, and return the scenario's path."""
    home = folder / f"{Path(name).stem}{KEPT}"
    home.mkdir(parents=True, exist_ok=True)
    for key, content in contents.items():
        (home / (name if key == SCENARIO else f"{key}.csv")).write_bytes(content)
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
