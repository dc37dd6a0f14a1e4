"""Ties of which each pair of people has one: what becomes of those that stand again, and of ties to oneself."""

import math
from array import array
from collections.abc import Collection
from typing import Any

from ..words import counted
from .csv_file import Problems
from .csv_table import ABSENT, Table

WEAKEST, STRONGEST = 1e-6, 15
"""The strength that a tie can have."""
FINE = 2.0**20
"""Steps in a strength of 1 that is kept where strengths are no whole numbers, so that sums stay exact."""
MOST_HEARD = 200
"""What all strengths of those to whom somebody listens may then come to: more could not be summed exactly."""
Ends = tuple[Any, Any]
"""Two arrays of int: who influences and who is influenced, by tie."""


def among(people: Collection[str], ties: Table, problems: Problems) -> Table:
    """Return the ties that stay where ties may name people who are not in the table of staff, as the user chose."""
    ends = zip(ties.columns["source"], ties.columns["target"], strict=True)
    strangers = [k for k, names in enumerate(ends) if any(name and name not in people for name in names)]
    if strangers and ties.source.strangers == "error":
        words = f"{counted(len(strangers), 'tie')} with people who are not in the table of staff. Leave such ties out?"
        problems.add(ties.source.hint(words, 'strangers = "drop"'))
    return _without(strangers, ties) if strangers and ties.source.strangers == "drop" else ties


def _without(rows: Collection[int], ties: Table) -> Table:
    left_out = set(rows)
    kept = [k for k in range(len(ties)) if k not in left_out]
    columns = {name: _of(column, kept) for name, column in ties.columns.items()}
    return Table(ties.source, columns, _of(ties.lines, kept), ties.alone)


def tied_once(ties: Table, ends: Ends, directed: bool, problems: Problems) -> tuple[Table, Ends]:
    """Return the ties that stay, as the user chose; where they chose nothing, those that cannot stay are a problem.

    Parameters
    ----------
    ties, ends : Table, pair of array of int
        The ties as the file, with the user's choices, has them, and the people at their ends.
    directed : bool
        Whether a tie and the one back are two.
    problems : Problems
        Of this file.
    """
    source = ties.source
    to_oneself, again = _found(ends, directed)
    if again and source.duplicates == "error":
        second, first = next(iter(again.items()))
        words = f"the tie {_named(ties, second)} stands on {source.row} {ties.lines[first]} already{_more(again)}."
        words += ' Keep the first ("first"), or add up their strengths ("sum")?'
        problems.add(source.hint(words, 'duplicates = "first"'), ties.lines[second])
    if to_oneself and source.self_ties == "error":
        words = f"{ties.columns['source'][to_oneself[0]]!r} cannot be tied to themselves{_more(to_oneself)}."
        problems.add(source.hint(f"{words} Leave such ties out?", 'self_ties = "drop"'), ties.lines[to_oneself[0]])
    if not to_oneself and not again:
        return ties, ends
    if source.duplicates == "sum":
        ties = _summed(ties, again, problems)
    left_out = {*to_oneself, *again}
    kept = [k for k in range(len(ties)) if k not in left_out]
    return _without(left_out, ties), (_of(ends[0], kept), _of(ends[1], kept))


def _found(ends: Ends, directed: bool) -> tuple[list[int], dict[int, int]]:
    """Return the ties to oneself, and those that stand again, each with the first between the two."""
    seen: dict[int, int] = {}
    to_oneself, again = [], {}
    for k, (source, target) in enumerate(zip(*ends, strict=True)):
        if source == ABSENT or target == ABSENT:
            continue
        low, high = (source, target) if directed else sorted((source, target))
        if source == target:
            to_oneself.append(k)
        elif (first := seen.setdefault(low << 32 | high, k)) != k:
            again[k] = first
    return to_oneself, again


def _summed(ties: Table, again: dict[int, int], problems: Problems) -> Table:
    """Return the ties with the strengths of those that stand again added to the first."""
    given = ties.columns.get("strength", array("d", [math.nan]) * len(ties))
    sums = array("d", given)
    for k, first in again.items():
        sums[first] = _or_one(sums[first]) + _or_one(given[k])
    for first in dict.fromkeys(again.values()):
        if sums[first] > STRONGEST:
            words = f"the ties {_named(ties, first)} add up to {sums[first]:g}, above {STRONGEST}. Keep the first?"
            problems.add_once("sum", ties.source.hint(words, 'duplicates = "first"'), ties.lines[first])
    return Table(ties.source, {**ties.columns, "strength": sums}, ties.lines, ties.alone)


def _or_one(strength: float) -> float:
    """Return a strength, where it is left out 1."""
    return 1.0 if math.isnan(strength) else strength


def check_sums(ties: Table, ends: Ends, directed: bool, problems: Problems) -> None:
    """Name those who listen to more than can be summed exactly, where strengths are no whole numbers."""
    strengths = ties.columns.get("strength", array("d"))
    if all(math.isnan(strength) or strength.is_integer() for strength in strengths):
        return
    heard: dict[int, float] = {}
    for k, strength in enumerate(strengths):
        for end in ends[1:] if directed else ends:
            heard[end[k]] = heard.get(end[k], 0.0) + _or_one(strength)
    if heard and (most := max(heard.values())) > MOST_HEARD:
        words = (
            f"the strengths of one person's ties add up to {most:g}, above {MOST_HEARD}, the most that can be summed"
        )
        problems.add(f"{words} exactly where strengths are no whole numbers. Divide all of them by the same number.")


def _named(ties: Table, k: int) -> str:
    return f"from {ties.columns['source'][k]!r} to {ties.columns['target'][k]!r}"


def _more(ties: Any) -> str:
    return f" (and {counted(len(ties) - 1, 'more such tie')})" if len(ties) > 1 else ""


def _of(column: Any, kept: list[int]) -> Any:
    """Return the rows of a column that are kept, in the type of the column."""
    values = [column[k] for k in kept]
    return array(column.typecode, values) if isinstance(column, array) else values
