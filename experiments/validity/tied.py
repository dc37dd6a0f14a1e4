"""Ties of adopters from a CSV file: who looks to whom, each pair once."""

from __future__ import annotations

import numpy as np

from experiments.validity.adoptions import Array, Ties
from experiments.validity.asked import Asked, checked_table
from simulation.errors import nearest
from simulation.own_data.csv_file import Problems
from simulation.own_data.csv_table import ABSENT, Column, Table

NEAR = 2000
"""People among whom the nearest name is looked for."""
TIED = ("source", "target")


def edges_of(asked: Asked, problems: Problems) -> Table:
    """Return the ties as the file has them."""
    columns = {"source": Column("name", required=True), "target": Column("name", required=True)}
    return checked_table(asked, str(asked.ties), columns, problems)


def tied(edges: Table, people: dict[str, int], problems: Problems, asked: Asked) -> Ties:
    """Return the ties that stay, as the user chose; what is wrong with the others is among the problems."""
    choices = dict(asked.written)
    sources, targets = (np.array([people.get(name, ABSENT) for name in edges.columns[end]], np.int64) for end in TIED)
    known = (sources != ABSENT) & (targets != ABSENT)
    if choices.get("strangers") != "drop":
        _name_strangers(edges, (sources, targets), people, problems)
    one, other = (
        (np.minimum(sources, targets), np.maximum(sources, targets)) if asked.undirected else (sources, targets)
    )
    itself = known & (sources == targets)
    if choices.get("self_ties") != "drop":
        _name(
            edges,
            itself,
            problems,
            "{source!r} cannot be tied to themselves.",
            "Leave such ties out? Add --self-ties drop.",
        )
    keys = np.where(known, one * len(people) + other, -1 - np.arange(len(one)))  # who is not known is like nobody
    firsts = _first_of_each(keys)
    again = known & ~itself & (firsts != np.arange(len(firsts)))
    if choices.get("duplicates") != "first":
        words = "the tie from {source!r} to {target!r} stands on line {first} already."
        _name(edges, again, problems, words, "Keep the first? Add --duplicates first.", firsts)
    who, seen = targets[known], sources[known]
    if asked.undirected:
        who, seen = np.concatenate([who, seen]), np.concatenate([seen, who])
    return Ties.of(who, seen, len(people))


def _first_of_each(keys: Array) -> Array:
    """Return, for each key, the first place at which it stands.

    >>> _first_of_each(np.array([7, 3, 7]))
    array([0, 1, 0])
    """
    _, first, place = np.unique(keys, return_index=True, return_inverse=True)
    found: Array = first[place]
    return found


def _name(edges: Table, wrong: Array, problems: Problems, words: str, answer: str, firsts: Array | None = None) -> None:
    """Name each wrong tie by its line, the first one with what the user can do."""
    for number, k in enumerate(np.flatnonzero(wrong).tolist()):
        if problems.are_many:
            problems.more += int(wrong.sum()) - number
            return
        first = edges.lines[int(firsts[k])] if firsts is not None else 0
        said = words.format(source=edges.columns["source"][k], target=edges.columns["target"][k], first=first)
        problems.add(said if number else f"{said} {answer}", edges.lines[k])


def _name_strangers(edges: Table, ends: tuple[Array, Array], people: dict[str, int], problems: Problems) -> None:
    for column, rows_of in zip(TIED, ends, strict=True):
        for k in np.flatnonzero(rows_of == ABSENT).tolist():
            name = edges.columns[column][k]
            if name:
                hint = nearest(name, people) if len(people) <= NEAR and not problems.are_many else ""
                problems.add(f"nobody is called {name!r}. {hint}".rstrip(), edges.lines[k], column)
    if any(name and name not in people for column in TIED for name in edges.columns[column]):
        problems.add_once("strangers", "Leave out ties with people without a row of their own? Add --strangers drop.")
