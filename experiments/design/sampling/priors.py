"""What is believed about uncertain parameters, as distributions that a design draws from."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING, NamedTuple

from experiments.design.cells import Value
from simulation.errors import nearest
from simulation.toml_file import shown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHAPES = ("uniform", "log-uniform", "normal", "triangular")


class Prior(NamedTuple):
    """What is believed about an uncertain parameter: a distribution cut to [low, high].

    Parameters
    ----------
    low, high : float
        The range.
    shape : str
        One of uniform, log-uniform, normal (``centre`` the mean, ``spread`` the standard deviation) and triangular
        (``centre`` the mode).
    centre, spread : float
        As the shape needs them.
    kind : str
        Of the parameter: number, integer, switch or choice.
    choices : tuple of str
        The values of a choice, all as likely.
    """

    low: float
    high: float
    shape: str = "uniform"
    centre: float = 0.0
    spread: float = 0.0
    kind: str = "number"
    choices: tuple[str, ...] = ()

    def values(self, quantiles: NDArray[np.float64]) -> list[Value]:
        """Return the parameter's values at these quantiles, in the type of the parameter."""
        if self.kind == "switch":
            return [bool(quantile >= 0.5) for quantile in quantiles]
        if self.kind == "choice":
            return [self.choices[int(quantile * len(self.choices))] for quantile in quantiles]
        if self.kind == "integer":
            # Each whole number owns an equal share of the range, the end points too.
            widened = self._replace(low=self.low - 0.5, high=self.high + 0.5, kind="number")
            return [int(min(max(round(number), self.low), self.high)) for number in widened.numbers(quantiles).tolist()]
        return [min(max(number, self.low), self.high) for number in self.numbers(quantiles).tolist()]

    @property
    def ends(self) -> list[Value]:
        """The lowest and the highest value."""
        return [int(end) if self.kind == "integer" else end for end in (self.low, self.high)]

    def numbers(self, quantiles: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return the distribution's values at these quantiles."""
        import numpy as np
        from scipy import stats

        low, high = self.low, self.high
        if self.shape == "log-uniform":
            return np.asarray(np.exp(log(low) + quantiles * (log(high) - log(low))))
        if self.shape == "normal":
            ends = (low - self.centre) / self.spread, (high - self.centre) / self.spread
            return np.asarray(stats.truncnorm.ppf(quantiles, *ends, loc=self.centre, scale=self.spread))
        if self.shape == "triangular" and high > low:
            mode = (self.centre - low) / (high - low)
            return np.asarray(stats.triang.ppf(quantiles, mode, loc=low, scale=high - low))
        return np.asarray(low + quantiles * (high - low))

    @property
    def problem(self) -> str:
        """What is wrong with the distribution, empty where nothing is."""
        numbers = {name: getattr(self, name) for name in ("low", "high", "centre", "spread")}
        for name, number in numbers.items():
            if isinstance(number, bool) or not isinstance(number, int | float) or not abs(number) < float("inf"):
                return f"has {name} = {shown(number)}, which is not a finite number"
        if self.shape not in SHAPES:
            return f"has an unknown shape {shown(self.shape)}. {nearest(str(self.shape), SHAPES)}".strip()
        if self.low > self.high:
            return f"has low = {self.low} above high = {self.high}"
        if self.shape == "log-uniform" and self.low <= 0:
            return "must have low > 0 to be log-uniform"
        if self.shape == "normal" and self.spread <= 0:
            return "must have spread > 0 to be normal"
        if self.shape == "triangular" and not self.low <= self.centre <= self.high:
            return f"must have its centre, the mode, in [{self.low}, {self.high}]"
        return ""
