"""What is read of ties of one's own, and what is said against them."""

import pytest

from simulation.errors import Invalid
from simulation.own_data.tables import read
from simulation.scenario import load


def tables(path):
    scenario = load(path)
    return read(scenario.tables, scenario.directed)


def problems(path):
    with pytest.raises(Invalid) as caught:
        tables(path)
    return caught.value.problems


def ties(path):
    """Return the names at the ends of each tie, and its strength."""
    found = tables(path)
    names = found.staff_ids
    strengths = found.ties.columns.get("strength", [1] * len(found.ties))
    return [(names[s], names[t], n) for s, t, n in zip(found.sources, found.targets, strengths, strict=True)]
