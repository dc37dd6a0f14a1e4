"""A search: worlds drawn from what is plausible, and which of the patterns that discriminate hold in each of them.

Nothing is fitted: every world is drawn before any is run, and each is judged as the defaults are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import ceil, floor
from typing import Any, NamedTuple

import numpy as np

from experiments.design.points import Sample
from experiments.design.sampling import plausible
from experiments.design.sampling.priors import Prior
from experiments.validity.adoptions import Array
from experiments.validity.patterns import measured, setups
from experiments.validity.patterns.catalogue import COMPLEX, DISCRIMINATING, PATTERNS, SIMPLE
from experiments.validity.patterns.verdicts import Verdict, verdicts
from simulation import catalogue, change

OTHER = {SIMPLE: COMPLEX, COMPLEX: SIMPLE}
PLACES = {
    "pressure.finance": Prior(0.45, 0.65),
    "population.ties_across": Prior(0.25, 4.0, "log-uniform"),
    "population.far_ties": Prior(0.0, 0.3),
    "population.clustering": Prior(0.0, 1.0),
    "population.popularity": Prior(1.0, 2.0),
    "influence.mixing": Prior(0.0, 0.6),
}
"""What has no declared prior, and says how tight money is and how locally people look: ranges of this search alone."""


class World(NamedTuple):
    """One drawn world: its settings, and the verdict on each pattern that discriminates."""

    settings: dict[str, Any]
    verdicts: list[Verdict]

    @property
    def held(self) -> dict[str, bool]:
        """Whether each pattern holds."""
        return {one.pattern: one.verdict == "holds" for one in self.verdicts}


def priors(name: str) -> dict[str, Prior]:
    """Return where everything lies that is drawn: declared priors, the change's nature, and how locally people look.

    Of its nature every number lies between what its file says and half the way to what the other change's says.

    >>> priors("simple")["nature.complexity"], priors("complex")["nature.complexity"]
    (Prior(low=0.1, high=0.5, shape='uniform', centre=0.0, spread=0.0, kind='number', choices=()), Prior(low=0.5, high=0.9, shape='uniform', centre=0.0, spread=0.0, kind='number', choices=()))
    """
    ours, others = (_nature(one) for one in (name, OTHER[name]))
    between = {key: _half_way(key, ours[key], others[key]) for key in ours if ours[key] != others[key]}
    return {**plausible.ranges(plausible.PRIOR, frozenset()), **PLACES, **between}


def _nature(name: str) -> dict[str, Any]:
    known = change.describing()
    return {key: known[key].default for key in known} | change.load(name).settings


def _half_way(key: str, ours: float, others: float) -> Prior:
    kind = catalogue.parameters()[key].kind
    middle = (ours + others) / 2
    if kind == "integer":  # the middle itself belongs to neither
        middle = ceil(middle) if others < ours else floor(middle)
    return Prior(min(ours, middle), max(ours, middle), kind=kind)


def drawn(name: str, worlds: int, seed: int = 1) -> list[dict[str, Any]]:
    """Return the settings of so many worlds, spread over what is plausible by a Latin hypercube."""
    known = priors(name)
    sample = Sample(tuple(known), tuple(known.values()), worlds, "latin-hypercube", seed)
    return [sample.row(point) for point in range(worlds)]


def judged(name: str, settings: Mapping[str, Any], replicates: range) -> World:
    """Return a world with the verdict on each pattern that discriminates, over these replicates."""
    setup = setups.setup_of(name)._replace(settings=settings)
    rows = [measured.of_discriminating(setup, replicate) for replicate in replicates]
    outcomes: dict[str, Array] = {key: np.array([row.get(key, np.nan) for row in rows]) for key in rows[0]}
    patterns = [pattern for pattern in PATTERNS if pattern.key in DISCRIMINATING]
    return World(dict(settings), verdicts(outcomes, name, patterns))


def searched(name: str, worlds: int, replicates: int) -> Iterator[World]:
    """Yield each drawn world, judged; every one has random numbers of its own."""
    for point, settings in enumerate(drawn(name, worlds)):
        yield judged(name, settings, range(point * replicates, (point + 1) * replicates))
