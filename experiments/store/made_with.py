"""What results are made with: the model's sources, users' inputs and versions, and what differs between two of these."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, NotRequired, TypedDict

from experiments.design.inputs import Input, first_difference, laid_out, own_key
from experiments.store.database import Store
from experiments.store.errors import Damaged
from experiments.store.folder import PROVENANCE, not_writable
from simulation import fingerprint, own_tactics
from simulation.errors import Invalid

PACKAGES = ("syslead", "mesa", "numba", "numpy", "scipy")


class MadeWith(TypedDict):
    """What some of a sweep's runs were made with: hashes of the sources and of users' files by name, versions.

    ``tactics`` holds the source of each tactic of the user's own by file, to be read and compared; it is never run.
    Folders of earlier versions do not have it.
    """

    sources: str
    inputs: dict[str, str]
    versions: dict[str, str]
    tactics: NotRequired[dict[str, str]]


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that a result can depend on."""
    return {"python": platform.python_version(), **{name: _version(name) for name in PACKAGES}}


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def here_and_now(inputs: Mapping[str, str]) -> MadeWith:
    """Return what runs would be made with here and now, from inputs of these hashes."""
    own = own_tactics.sources()
    return {"sources": fingerprint.sources(), "inputs": dict(inputs), "versions": versions(), "tactics": own}


def as_far_as_known(before: MadeWith, now: MadeWith) -> MadeWith:
    """Return what is here now, without what was not noted before."""
    return now if "tactics" in before else MadeWith({key: value for key, value in now.items() if key != "tactics"})  # type: ignore[misc]


def refuse_other_tactics(out: Path, before: MadeWith, now: MadeWith) -> None:
    """Refuse to make runs of a folder with other tactics of the user's own than it was made with.

    Their source is kept in the folder, but nothing from there is run: the user names the folder that holds them.

    Raises
    ------
    Invalid
        With each file that is missing, differs, or was not there.
    """
    then, here = before.get("tactics", {}), now.get("tactics", {})
    places = {file.name: file for file in own_tactics.files()[0]}
    problems = []
    for name in sorted({*then, *here}):
        if name not in here:
            kept = f"its source is kept in {out / PROVENANCE}, under `made_with`"
            what = f"{out} was made with this tactic; name the folder that holds it in {own_tactics.VARIABLE} ({kept})."
            problems.append(f"{name}: {what}")
        elif name not in then:
            what = f"{out} was made without this tactic; leave its folder out of {own_tactics.VARIABLE}."
            problems.append(f"{places[name]}: {what}")
        elif here[name] != then[name]:
            kept = f"the source of that is kept in {out / PROVENANCE}, under `made_with`"
            problems.append(f"{places[name]}: it is not the tactic with which {out} was made ({kept}).")
    if problems:
        raise Invalid(problems)


class Kept:
    """The scenarios of a user's own, with their tables, and the changes that a store keeps: what its runs were made with.

    Parameters
    ----------
    store : Store
        An open store; to keep more, one that is open to be written.
    records : mapping, optional
        What is kept by hash, where that is not to be taken from the store.
    """

    def __init__(self, store: Store, records: Mapping[str, Any] | None = None):
        self.store = store
        self.records: dict[str, Any] = dict(store.fact("kept") or {} if records is None else records)

    def __contains__(self, digest: object) -> bool:
        return digest in self.records

    def place(self, digest: str) -> Path | None:
        """Return where a scenario or change lay when it was last read."""
        place = self.records.get(digest, {}).get("place")
        return Path(place) if place else None

    def keep(self, inputs: Iterable[Input]) -> None:
        """Keep scenarios and changes that have been read from files, and where these lay."""
        for each in inputs:
            if each.places:
                for key, path in each.places.items():
                    if self.store.packed(each.files[key]) is None:
                        self.store.keep(each.files[key], path)
                place = str(each.place.absolute())
                self.records[each.digest] = {"name": each.name, "files": each.files, "place": place}
        if self.records:
            self.store.put(kept=self.records)

    def take(self, others: Kept) -> None:
        """Keep what another store keeps, too, if it is sound."""
        for digest, record in others.records.items():
            contents = {file: others.store.packed(file) for file in record["files"].values()}
            if digest not in self and not others.amiss(digest):
                self.store.keep_packed({file: content for file, content in contents.items() if content is not None})
                self.records[digest] = record
        if self.records:
            self.store.put(kept=self.records)

    def contents(self, digest: str) -> dict[str, bytes]:
        """Return what each file of a scenario or change says.

        Raises
        ------
        Damaged
            It is not what was kept.
        """
        return {key: self.store.kept(file) for key, file in self.records[digest]["files"].items()}

    def lay_out(self, digest: str, folder: Path) -> Path:
        """Write a scenario and its tables, or a change, into a folder, and return its path.

        Raises
        ------
        Damaged
            It is not what was kept.
        NotWritable
            There is no room.
        """
        try:
            return laid_out(self.records[digest]["name"], self.contents(digest), folder / digest[:16])
        except OSError as error:
            raise not_writable(folder, error) from None

    def amiss(self, digest: str) -> bool:
        """Whether a scenario or change that should be kept is damaged."""
        try:
            self.contents(digest)
        except Damaged:
            return True
        return False

    def difference(self, digest: str, now: Input) -> list[str]:
        """Return in what a scenario or change differs from what is kept, a line for each file."""
        before = self.contents(digest)
        lines = []
        for key in [*before, *(key for key in now.files if key not in before)]:
            where = f"inputs.{now.name}" + ("" if key == own_key(before) else f", its {key}")
            if key not in now.files or key not in before:
                lines.append(f"{where} {'is new' if key not in before else 'is gone'}")
            elif now.files[key] != self.records[digest]["files"][key]:
                lines.append(f"{where}: {first_difference(before[key], now.places[key].read_bytes())}")
        return lines


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """Return a line for each difference between two nested tables.

    >>> differences({"a": {"b": 1, "c": 2}}, {"a": {"b": 3}})
    ['a.b was 1, is 3', 'a.c was 2, is gone']
    """
    return list(_differences(before, now, ""))


def _differences(before: Any, now: Any, path: str) -> Iterator[str]:
    if before == now:
        return
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for name in [*before, *(name for name in now if name not in before)]:
            inner = f"{path}.{name}" if path else str(name)
            if name not in now:
                yield f"{inner} was {_short(before[name])}, is gone"
            elif name not in before:
                yield f"{inner} is new: {_short(now[name])}"
            else:
                yield from _differences(before[name], now[name], inner)
    elif _are_lists_of_one_length(before, now):
        for number, (old, new) in enumerate(zip(before, now, strict=True)):
            yield from _differences(old, new, f"{path}[{number}]")
    else:
        yield f"{path} was {_short(before)}, is {_short(now)}"


def _are_lists_of_one_length(before: Any, now: Any) -> bool:
    return isinstance(before, list) and isinstance(now, list) and len(before) == len(now)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:37] + "..."
