"""The figure of the speeds: what a week of a person costs, against whatever a run can be large in."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot as plt
from matplotlib.ticker import FuncFormatter, NullFormatter

SERIES = {
    "staff": "Staff",
    "organisations": "Organisations, 10,000 staff in all",
    "ties a person": "Mean ties inside the organisation, 10,005 staff",
    "weeks": "Weeks, 1,000 staff",
}
LABELLED = {
    "staff": (1_000, 10_000, 100_000, 1_000_000),
    "organisations": (4, 20, 100, 500, 2_500),
    "ties a person": (2, 6, 18, 54),
    "weeks": (13, 52, 208, 832),
}
BLUE = "#0072b2"  # told apart by everyone


def draw(figures: dict[str, float], path: Path) -> None:
    """Draw one panel a series."""
    figure, panels = plt.subplots(2, 2, figsize=(9, 6.4), sharey=True, layout="constrained")
    for panel, (series, label) in zip(panels.flat, SERIES.items(), strict=True):
        end = ", ns a person-week"
        names = [name for name in figures if name.startswith(f"{series} ") and name.endswith(end)]
        at = [float(name[len(series) : -len(end)].replace(",", "")) for name in names]
        panel.plot(at, [figures[name] for name in names], "o-", color=BLUE)
        panel.set(xscale="log", yscale="log", xlabel=label, ylim=(20, 1000))
        panel.set_xticks(LABELLED[series])
        panel.set_yticks((20, 50, 100, 200, 500, 1000))
        for axis in (panel.xaxis, panel.yaxis):
            axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
            axis.set_minor_formatter(NullFormatter())
        panel.grid(which="major", color="#dddddd")
        panel.spines[["top", "right"]].set_visible(False)
    figure.supylabel("Nanoseconds of processor time per person-week")
    figure.savefig(path, dpi=110)
