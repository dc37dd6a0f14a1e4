"""How a study is opened to its readers: what to look at, and how the page in the browser shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from simulation import catalogue
from simulation.errors import nearest
from simulation.toml_file import Complaints, shown

PAGE_KEYS = {"number": int, "arms": list, "names": list, "levers": list}
SIDES = 2
TACTIC = "tactic"
"""The lever that is the one conversation of the second arm, rather than a parameter."""


class Opening(NamedTuple):
    """How the page opens a study, at the last point of its design.

    Parameters
    ----------
    number : int
        Where it stands in the page's list of questions.
    arms : tuple of str
        The two arms that stand side by side, by name.
    names : tuple of str
        What they are called within a sentence, however the levers stand.
    levers : tuple of str
        The parameters that matter, by name.
    """

    number: int
    arms: tuple[str, ...]
    names: tuple[str, ...]
    levers: tuple[str, ...]


def opening_in(complaints: Complaints, table: Mapping[str, Any] | None, known: Sequence[str]) -> Opening | None:
    """Return how the page opens a study, None where it does not say; what is wrong with it is noted."""
    if table is None:
        return None
    said = complaints.typed(["page"], table, PAGE_KEYS)
    for key in PAGE_KEYS:
        if key not in table:
            complaints.add(["page"], f"`page` needs `{key}`.")
    _judge_names(complaints, "arms", said.get("arms", []), known)
    _judge_names(complaints, "levers", said.get("levers", []), [TACTIC, *catalogue.parameters()])
    for key in ("arms", "names"):
        if key in said and len(said[key]) != SIDES:
            complaints.add(["page", key], f"`page.{key}` must have two, but has {len(said[key])}.")
    if any(not isinstance(name, str) for name in said.get("names", [])):
        complaints.add(["page", "names"], "`page.names` must be texts.")
    arms, names, levers = (tuple(said.get(key, ())) for key in ("arms", "names", "levers"))
    return Opening(said.get("number", 0), arms, names, levers)


def watch_in(complaints: Complaints, words: Sequence[Any]) -> tuple[str, ...]:
    """Return what a study says to look at in its results; what is no text is noted."""
    if not all(isinstance(one, str) for one in words):
        complaints.add(["watch"], "`watch` must be a list of texts: what to look at in the results.")
    return tuple(words)


def _judge_names(complaints: Complaints, key: str, names: Sequence[Any], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            hint = nearest(str(name), known)
            complaints.add(["page", key], f"`page.{key}` names {shown(name)}, which is none. {hint}".rstrip())
