"""The ``[factors]`` and ``[design]`` tables of a study file, read into a design."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any, NamedTuple

from experiments.design.cells import Value
from experiments.design.dotted import kind_of, named_once
from experiments.design.listed import ONE_POINT, listed, of_csv
from experiments.design.points import Design, Grid, Sample, one_at_a_time
from experiments.design.sampling import plausible
from experiments.design.sampling.priors import Prior
from experiments.design.sampling.ranges import prior_of
from simulation import catalogue
from simulation.errors import nearest
from simulation.own_data.sources import WRITTEN
from simulation.toml_file import Complaints, shown
from simulation.values import fitted

KEYS: dict[str, tuple[str, ...]] = {
    "grid": (),
    "points": ("points",),
    "latin-hypercube": ("points", "seed", "around", "random_numbers"),
    "sobol": ("points", "seed", "around", "random_numbers"),
    "one-at-a-time": ("corners", "around"),
    "csv": ("file", *WRITTEN),
}
"""What `[design]` may hold beside `kind`, by kind."""
DESIGN_KEYS = {"kind"}.union(*KEYS.values())
LISTS_ITS_POINTS = ("points", "csv")
CENTRED = ("one-at-a-time",)
POINTS_LIMIT = 1_000_000


class Surroundings(NamedTuple):
    """What else a study says, as far as its design follows from it.

    ``centre`` gives the values common to all arms, ``scenarios`` what the scenario and the change of each arm set, and
    ``fixed`` the names of whatever is set anywhere.
    """

    centre: Mapping[str, Value]
    scenarios: Sequence[Mapping[str, Value]]
    fixed: Set[str]


def design_kind(top: Mapping[str, Any]) -> str:
    """Return the kind of design that a study file asks for, which may be none that there is."""
    return str(top.get("design", {}).get("kind", "grid"))


def design_from(complaints: Complaints, top: Mapping[str, Any], around: Surroundings) -> Design:
    """Return the design of a study file, noting what is wrong with it.

    Parameters
    ----------
    complaints : Complaints
        Where problems are noted; a design with problems may be returned empty.
    top : mapping
        The study's top table.
    around : Surroundings
        What else the study says.
    """
    reader = _Reader(complaints, named_once(complaints, ["factors"], top.get("factors", {})), top, around)
    kind = reader.design.get("kind", "grid")
    makers: dict[str, Callable[[], Design]] = {
        "grid": reader.grid,
        "points": reader.points,
        "latin-hypercube": reader.sample,
        "sobol": reader.sample,
        "one-at-a-time": reader.one_at_a_time,
        "csv": reader.csv,
    }
    if not isinstance(kind, str) or kind not in makers:
        hint = nearest(str(kind), KEYS) or f"It is one of {', '.join(KEYS)}."
        complaints.add(["design", "kind"], f"No design is called {shown(kind)}. {hint}")
        return ONE_POINT
    if kind in LISTS_ITS_POINTS and reader.factors:
        complaints.add(["factors"], f"a {kind} design lists its points itself and takes no `[factors]`.")
    for name in sorted(reader.design.keys() - {"kind", *KEYS[kind]}):
        complaints.add(["design", name], _problem_of_key(name, kind, "kind" in reader.design))
    return makers[kind]()


def _problem_of_key(name: str, kind: str, is_said: bool) -> str:
    if name not in DESIGN_KEYS:
        return f"`design.{name}` is not known. {nearest(name, DESIGN_KEYS)}".strip()
    kinds = " or ".join(f'"{other}"' for other, keys in KEYS.items() if name in keys)
    here = f"in a {kind} design" if is_said else f"without a `kind` (which is a {kind})"
    return f"`design.{name}` does nothing {here}; it belongs to kind = {kinds}."


class _Reader:
    """Makes each kind of design from the same two tables."""

    def __init__(self, complaints: Complaints, factors: dict[str, Any], top: Mapping[str, Any], around: Surroundings):
        self.complaints = complaints
        self.factors = factors
        self.design: dict[str, Any] = top.get("design", {})
        self.seed = self.design.get("seed", top.get("seed", 1))
        self.surroundings = around

    def grid(self) -> Design:
        levels = self._levels()
        return Grid(tuple(levels), tuple(tuple(values) for values in levels.values())) if levels else ONE_POINT

    def one_at_a_time(self) -> Design:
        levels = {name: prior.ends for name, prior in self._around(self._cornered()).items()} | self._levels()
        if not self.factors and "around" not in self.design:
            self.complaints.add(["design", "kind"], "a one-at-a-time design needs `[factors]`, or `around`.")
        centre = {name: self._centre(name) for name in levels}
        for name, values in levels.items():
            if all(value == centre[name] for value in values):
                self._complain(name, f"has no level but {shown(centre[name])}, where the centre is")
        return one_at_a_time(centre, levels, self._corners(levels) if "corners" in self.design else ())

    def _cornered(self) -> set[str]:
        """Return what corners set, as far as they can be read."""
        corners = self.design.get("corners")
        tables = [corner for corner in corners if isinstance(corner, Mapping)] if isinstance(corners, list) else []
        return {name for table in tables for name in table}

    def _corners(self, levels: Mapping[str, Sequence[Value]]) -> Sequence[Mapping[str, Value]]:
        """Return the settings of each corner, from which the factors are changed one at a time."""
        table = listed("corners", self.design, self.complaints, self._wrong)
        if table.columns and len(table) < 2:
            self._wrong("corners", "must be at least two tables, as it takes no corner to start from the centre")
        for name in table.columns:
            if name in levels:
                self._wrong("corners", f"cannot set {shown(name)}, which is a factor")
            if name in self.surroundings.centre:
                self._wrong(
                    "corners", f"would stand over {shown(name)}, which the study sets for all; keep one of the two"
                )
        return [table.row(corner) for corner in range(len(table))]

    def _centre(self, name: str) -> Value:
        """Return the value of a factor while another one varies."""
        if name in self.surroundings.centre:
            return self.surroundings.centre[name]
        known = catalogue.parameters()
        default = known[name].default if name in known else 0.0
        values = [scenario.get(name, default) for scenario in self.surroundings.scenarios] or [default]
        if any(value != values[0] for value in values):
            self._complain(
                name, "has no centre, as the arms' scenarios or changes set it differently: say it in `[settings]`"
            )
        return values[0]

    def points(self) -> Design:
        return listed("points", self.design, self.complaints, self._wrong)

    def csv(self) -> Design:
        return of_csv(self.design, self.complaints, self._wrong)

    def sample(self) -> Design:
        size, kind = self.design.get("points"), self.design["kind"]
        before = len(self.complaints.problems)
        if type(size) is not int or not 1 <= size <= POINTS_LIMIT:
            self._wrong("points", f"must be a whole number from 1 to {POINTS_LIMIT:,}")
        elif kind == "sobol" and size & (size - 1):
            self._wrong("points", f"must be a power of two for Sobol points, such as {1 << size.bit_length()}")
        if type(self.seed) is not int or self.seed < 0:
            self._wrong("seed", "must be a whole number, not negative")
        priors = self._around()
        priors |= {name: prior_of(self.complaints, name, spec) for name, spec in self.factors.items()}
        around = self.design.get("around")
        if not priors and (around is None or not plausible.problem_with(around)):
            self.complaints.add(["factors"], f"a {kind} design needs `[factors]`, or `around`.")
        if len(self.complaints.problems) > before:
            return ONE_POINT
        return Sample(tuple(priors), tuple(priors.values()), int(size or 0), kind, self.seed)

    def _around(self, elsewhere: Set[str] = frozenset()) -> dict[str, Prior]:
        """Return a range of every number that nobody has measured and that the study leaves free, if that is asked."""
        if "around" not in self.design:
            return {}
        around = self.design["around"]
        if problem := plausible.problem_with(around):
            self._wrong("around", problem)
            return {}
        return plausible.ranges(around, self.surroundings.fixed | elsewhere)

    def _levels(self) -> dict[str, list[Value]]:
        """Return the levels of each factor; a factor without a list of plain values is noted."""
        levels: dict[str, list[Value]] = {}
        for name, spec in self.factors.items():
            if isinstance(spec, list) and spec and all(isinstance(value, Value) for value in spec):
                levels[name] = [fitted(kind_of(name), value) for value in spec]
                seen: set[Value] = set()
                twice = [value for value in levels[name] if value in seen or seen.add(value)]  # type: ignore[func-returns-value]
                if twice:
                    self._complain(name, f"has the level {shown(twice[0])} twice, however it is written")
            else:
                self._complain(name, f"must be a list of levels in this kind of design, but is {shown(spec)}")
        return levels

    def _complain(self, name: str, problem: str) -> None:
        self.complaints.add(["factors", name], f"`factors.{name}` {problem}.")

    def _wrong(self, name: str, problem: str) -> None:
        self.complaints.add(["design", name], f"`design.{name}` {problem}.")
