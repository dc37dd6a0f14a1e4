"""The ``[factors]`` and ``[design]`` tables of a study file, read into a design."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from experiments.design.cells import Value
from experiments.design.dotted import RANGE_KEYS, flatten, kind_of, settings_in
from experiments.design.points import Design, Grid, Sample, Table, one_at_a_time
from experiments.design.points_csv import read_csv
from experiments.design.priors import Prior
from simulation import catalogue
from simulation.errors import Invalid, nearest
from simulation.sources import WRITTEN, source_of
from simulation.toml_file import Complaints, shown
from simulation.values import fitted

KINDS = ("grid", "points", "latin-hypercube", "sobol", "one-at-a-time", "csv")
DESIGN_KEYS = {"kind", "points", "seed", "file", "around", *WRITTEN}
POINTS_LIMIT = 1_000_000
ONE_POINT = Table((), ((),))


def design_from(complaints: Complaints, top: Mapping[str, Any], common: Mapping[str, Value]) -> Design:
    """Return the design of a study file, noting what is wrong with it.

    Parameters
    ----------
    complaints : Complaints
        Where problems are noted; a design with problems may be returned empty.
    top : mapping
        The study's top table.
    common : mapping
        Values common to all arms, the centre of a design of one parameter at a time.
    """
    reader = _Reader(complaints, flatten(top.get("factors", {})), top, common)
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
        hint = nearest(str(kind), KINDS) or f"It is one of {', '.join(KINDS)}."
        complaints.add(["design", "kind"], f"No design is called {shown(kind)}. {hint}")
        return ONE_POINT
    if kind in ("csv", "points") and reader.factors:
        complaints.add(["factors"], f"a {kind} design lists its points itself and takes no `[factors]`.")
    for name in reader.design.keys() - DESIGN_KEYS:
        complaints.add(["design", name], f"`design.{name}` is not known. {nearest(name, DESIGN_KEYS)}".strip())
    return makers[kind]()


class _Reader:
    """Makes each kind of design from the same two tables."""

    def __init__(
        self, complaints: Complaints, factors: dict[str, Any], top: Mapping[str, Any], common: Mapping[str, Value]
    ):
        self.complaints = complaints
        self.factors = factors
        self.design: dict[str, Any] = top.get("design", {})
        self.seed = self.design.get("seed", top.get("seed", 1))
        self.common = common

    def grid(self) -> Design:
        levels = self._levels()
        return Grid(tuple(levels), tuple(tuple(values) for values in levels.values())) if levels else ONE_POINT

    def one_at_a_time(self) -> Design:
        levels = self._levels()
        known = catalogue.parameters()
        centre = {name: self.common.get(name, known[name].default if name in known else 0.0) for name in levels}
        return one_at_a_time(centre, levels)

    def points(self) -> Design:
        rows = self.design.get("points")
        if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
            self._wrong("points", "must be a list of tables, each with the same parameters")
            return ONE_POINT
        flat = [settings_in(row) for row in rows]
        columns = tuple(flat[0])
        for number, row in enumerate(flat, 1):
            if row.keys() != flat[0].keys():
                self._wrong("points", f"must all have the same parameters, but point {number} differs from the first")
                return ONE_POINT
        return Table(columns, tuple(tuple(row[name] for name in columns) for row in flat))

    def csv(self) -> Design:
        name = self.design.get("file")
        if not isinstance(name, str) or "\0" in name:
            self._wrong("file", "must name a CSV file, beside the study or by its full path")
            return ONE_POINT
        written = {key: value for key, value in self.design.items() if key in ("file", *WRITTEN)}
        before = len(self.complaints.problems)
        source = source_of(written, ["design"], self.complaints)
        if source is None or len(self.complaints.problems) > before:
            return ONE_POINT
        if not Path(source.path).is_file():
            self._wrong("file", f"cannot be read: there is no file {shown(source.path)}")
            return ONE_POINT
        try:
            return read_csv(source)
        except Invalid as invalid:
            self.complaints.problems += invalid.problems
            return ONE_POINT

    def sample(self) -> Design:
        size, kind = self.design.get("points"), self.design["kind"]
        before = len(self.complaints.problems)
        if type(size) is not int or not 1 <= size <= POINTS_LIMIT:
            self._wrong("points", f"must be a whole number from 1 to {POINTS_LIMIT:,}")
        elif kind == "sobol" and size & (size - 1):
            self._wrong("points", f"must be a power of two for Sobol points, such as {1 << size.bit_length()}")
        if type(self.seed) is not int or self.seed < 0:
            self._wrong("seed", "must be a whole number, not negative")
        priors = self._guesses() if "around" in self.design else {}
        priors |= {name: self._prior(name, spec) for name, spec in self.factors.items()}
        if not priors:
            self.complaints.add(["factors"], f"a {kind} design needs `[factors]`, or `around`.")
        if len(self.complaints.problems) > before:
            return ONE_POINT
        return Sample(tuple(priors), tuple(priors.values()), int(size or 0), kind, self.seed)

    def _guesses(self) -> dict[str, Prior]:
        """Return a range around the default of every number that nobody has measured.

        What leaders are like is left out: stances and comparators set it.
        """
        around = self.design["around"]
        if isinstance(around, bool) or not isinstance(around, int | float) or not 0 < around <= 1:
            self._wrong("around", f"must be a share of the default, above 0 and at most 1, but is {shown(around)}")
            return {}
        guesses = {}
        for name, known in catalogue.parameters().items():
            default = known.default
            if known.kind != "number" or not known.source.startswith("assumed") or not float(default) > 0:
                continue
            if known.group != "leaders" and name not in self.common:
                low, high = (float(default) * (1 + sign * around) for sign in (-1, 1))
                guesses[name] = Prior(max(low, float(known.low)), min(high, float(known.high)))
        return guesses

    def _levels(self) -> dict[str, list[Value]]:
        """Return the levels of each factor; a factor without a list of plain values is noted."""
        levels: dict[str, list[Value]] = {}
        for name, spec in self.factors.items():
            if isinstance(spec, list) and spec and all(isinstance(value, Value) for value in spec):
                levels[name] = [fitted(kind_of(name), value) for value in spec]
                if len(set(map(repr, levels[name]))) < len(spec):
                    self._complain(name, "has a level twice")
            else:
                self._complain(name, f"must be a list of levels in this kind of design, but is {shown(spec)}")
        return levels

    def _prior(self, name: str, spec: Any) -> Prior:
        """Return what is believed about a parameter; where the file is wrong, that is noted and anything returned."""
        if isinstance(spec, list) and spec and all(isinstance(value, str) for value in spec):
            return Prior(0.0, 1.0, kind="choice", choices=tuple(spec))
        if not isinstance(spec, dict):
            self._complain(name, f"must be a range such as {{ low = 0.2, high = 0.8 }}, but is {shown(spec)}")
            return Prior(0.0, 1.0)
        unknown = sorted(spec.keys() - RANGE_KEYS)
        for key in unknown:
            hint = nearest(key, RANGE_KEYS) or f"A range has {', '.join(RANGE_KEYS)}."
            self.complaints.add(["factors", name], f"`factors.{name}` has an unknown key {key!r}. {hint}")
        if unknown:
            return Prior(0.0, 1.0)
        prior = _declared(name)._replace(**spec)
        if prior.problem:
            self._complain(name, prior.problem)
        return prior

    def _complain(self, name: str, problem: str) -> None:
        self.complaints.add(["factors", name], f"`factors.{name}` {problem}.")

    def _wrong(self, name: str, problem: str) -> None:
        self.complaints.add(["design", name], f"`design.{name}` {problem}.")


def _declared(name: str) -> Prior:
    """Return the whole range of a parameter; from 0 to 1 where none is declared."""
    parameter = catalogue.parameters().get(name)
    if parameter is None:
        return Prior(0.0, 1.0)
    return Prior(parameter.low, parameter.high, kind=parameter.kind, choices=tuple(parameter.choices))
