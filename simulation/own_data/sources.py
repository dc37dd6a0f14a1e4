"""Which files a scenario names: a change, and CSV files, each a path, or a table of a path and how it is written."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..errors import nearest
from ..toml_file import Complaints, shown
from .csv_file import DECIMALS, ENCODINGS, SEPARATORS, Source, quoted
from .graph_file import FORMATS

TABLES = ("organisations", "staff", "ties")
KEPT = ".syslead-kept"
"""Ending of a folder in which a scenario is kept with copies of its files, each under what it is: staff.csv."""
KEPT_CHANGE = "change.syslead-kept.toml"
"""What the copy of its change is called there: no scenario is."""
WRITTEN: dict[str, tuple[str, ...]] = {
    "separator": tuple(SEPARATORS),
    "decimal": DECIMALS,
    "encoding": ENCODINGS,
}
OF_TIES: dict[str, tuple[str, ...]] = {
    "duplicates": ("error", "first", "sum"),
    "self_ties": ("error", "drop"),
    "strangers": ("error", "drop"),
}


def sources(tables: dict[str, Any], complaints: Complaints) -> dict[str, Source]:
    """Return the files that the table `[tables]` names, by table; paths are given from where the scenario lies."""
    found = {}
    for key, value in tables.items():
        where = ["tables", key]
        if key not in TABLES:
            complaints.add(where, f"`tables.{key}` is not one of {', '.join(TABLES)}. {nearest(key, TABLES)}".rstrip())
        elif not isinstance(value, str | dict):
            complaints.add(where, f"`tables.{key}` must be the path of a CSV file, but is {shown(value)}.")
        elif isinstance(value, str):
            place = f"{key} = {{ file = {quoted(value)}, ... }} in [tables]"
            found[key] = Source(_path(complaints, key, value), place, **_of_graph(value, where, complaints))
        elif source := source_of(value, where, complaints):
            found[key] = source
    return found


def _of_graph(file: str, where: list[str], complaints: Complaints) -> dict[str, Any]:
    """Return the format of a file of a graph, by its ending as the user wrote it, and whether its ties lead one way."""
    form = FORMATS.get(Path(file).suffix.lower(), "")
    if form and where[-1] != "ties":
        complaints.add(
            where, f"`{'.'.join(where)}` must be a CSV file: {form} holds ties, and no more is read from it."
        )
    return {"graph": form, "directed": complaints.file.data.get("directed") is True} if form else {}


def _path(complaints: Complaints, table: str, file: str) -> str:
    home = complaints.file.path.parent
    return str(home / (f"{table}.csv" if home.suffix == KEPT else file))


def change_in(name: str | None, complaints: Complaints) -> str | None:
    """Return the change that a scenario names: one that is built in, or a path, given from where the scenario lies."""
    home = complaints.file.path.parent
    if name is None or not name.endswith(".toml"):
        return name
    return str(home / (KEPT_CHANGE if home.suffix == KEPT else name))


def source_of(given: dict[str, Any], where: list[str], complaints: Complaints) -> Source | None:
    """Return the file that one table names, and how it is written; nothing where that cannot be read."""
    choices = WRITTEN | (OF_TIES if where[-1] == "ties" else {})
    schema = {"file": str, "columns": dict, "names": str, **dict.fromkeys(choices, str)}
    if where[-1] != "ties":
        del schema["names"]
    ignore = given.get("ignore", ())
    typed = complaints.typed(where, {key: value for key, value in given.items() if key != "ignore"}, schema)
    if not isinstance(ignore, bool) and not (isinstance(ignore, list | tuple) and _are_texts(ignore)):
        ignore = ()
        complaints.add(
            [*where, "ignore"], f"`ignore` must be true or a list of columns, but is {shown(given['ignore'])}."
        )
    columns = typed.pop("columns", {})
    if not _are_texts(columns.values()):
        complaints.add([*where, "columns"], "`columns` must say under what name the file has each, as text.")
    for key in typed.keys() & choices:
        if typed[key] not in choices[key]:
            known = " | ".join(map(repr, choices[key]))
            complaints.add([*where, key], f"`{key}` must be one of {known}, but is {shown(typed[key])}.")
    if "file" not in typed:
        complaints.add(where, f"`{'.'.join(where)}` needs a `file`: the path of a CSV file.")
        return None
    graph = _of_graph(typed["file"], where, complaints)
    _refuse_what_is_said_of_others(typed, WRITTEN if graph else ("names",), where, complaints)
    path = _path(complaints, where[-1], typed.pop("file"))
    renamed = tuple((str(name), str(theirs)) for name, theirs in columns.items())
    ignored = ignore if isinstance(ignore, bool) else tuple(ignore)
    return Source(path, f"... in [{'.'.join(where)}]", columns=renamed, ignore=ignored, **typed, **graph)


def _refuse_what_is_said_of_others(
    typed: dict[str, Any], keys: Iterable[str], where: list[str], complaints: Complaints
) -> None:
    """Note what is said of CSV where the file holds a graph, or the other way round."""
    for key in keys:
        if key in typed:
            of = "graphs (.graphml, .gml, .net)" if key == "names" else "CSV"
            complaints.add([*where, key], f"`{key}` is said of {of}, but the file is {shown(typed['file'])}.")


def _are_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(value, str) for value in values)
