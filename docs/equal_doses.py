"""What conversations of equal strength are worth in five years, as tables for the page `trial.md`: see `trial.py`."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from experiments.analysis.statistics.estimates import PairedDifference, paired_difference
from experiments.design.cells import Value
from experiments.design.study import Arm, Study
from simulation import Request, catalogue, run

SEEDS = (1, 2)
PLACES = ("ics-small", "ics-median")
PLACES_AND_SEEDS = [(place, seed) for place in PLACES for seed in SEEDS]
CONDITIONS: dict[str, Mapping[str, Value]] = {
    "as it stands": {},
    "all gates open": {"population.gates_open": True},
    "three in ten have adopted": {"population.adopters": 0.3},
    "half the cost": {"nature.cost": 0.5},
    "voices do not wear out": {"patients.tokenism": False},
    "shoes win no trust": {"others_shoes.trust": 0.0},
}
"""Where equally strong conversations may differ: a change each of the usual situation, from the start."""


def reached(arm: Arm, study: Study, seed: int, replicates: int) -> NDArray[np.float64]:
    """Return what an arm reaches in the end, replicate by replicate, in percent."""
    asked = {"scenario": arm.scenario, "weeks": study.weeks, "seed": seed, "tactics": arm.tactics}
    ends = [
        run(Request(**asked, settings=arm.settings, replicate=replicate)).adopted_share[-1]
        for replicate in range(replicates)
    ]
    return 100.0 * np.array(ends)


def shown(gap: PairedDifference) -> str:
    """Return a difference in points with its 95 % interval."""
    return f"{gap.value:+.1f} ({gap.low:.1f} to {gap.high:.1f})"


def markdown(heads: list[str], rows: list[list[str]]) -> str:
    """Return a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def hours_of(arm: Arm) -> float:
    """Return the hours a week that each leader has in an arm."""
    return float(arm.settings.get("leaders.hours", catalogue.parameters()["leaders.hours"].default))


def left_table(study: Study) -> str:
    """Return what each conversation of a study is worth in five years, the best first, over no leader."""
    ends = {
        (arm.name, place, seed): reached(arm._replace(scenario=place), study, seed, study.replicates)
        for arm in study.arms
        for place in PLACES
        for seed in SEEDS
    }

    def over(one: str, other: str, at: list[tuple[str, int]]) -> PairedDifference:
        ours, theirs = (np.concatenate([ends[name, *each] for each in at]) for name in (one, other))
        return paired_difference(ours, theirs, reach=100.0)

    nobody = study.arms[0].name
    ranked = sorted(study.arms[1:], key=lambda arm: -over(arm.name, nobody, PLACES_AND_SEEDS[: len(SEEDS)]).value)
    rows = []
    for arm, after in zip(ranked, [*ranked[1:], None], strict=True):
        gaps = [shown(over(arm.name, nobody, [at])) for at in PLACES_AND_SEEDS]
        ahead = shown(over(arm.name, after.name, PLACES_AND_SEEDS[: len(SEEDS)])) if after else ""
        rows.append([f"`{arm.name}`", f"{hours_of(arm):g}", *gaps, ahead])
    levels = [
        f"{ends[nobody, *at].mean():.1f} % (median {np.median(ends[nobody, *at]):.1f})" for at in PLACES_AND_SEEDS
    ]
    heads = ["conversation", "hours", *(f"{place}, seed {seed}" for place, seed in PLACES_AND_SEEDS)]
    return markdown([*heads, f"ahead of the next on {PLACES[0]}, both seeds"], [*rows, ["no leader", "", *levels, ""]])


def rests_table(study: Study) -> str:
    """Return what each conversation of a study is worth under each condition, over no leader under the same."""

    def ends(arm: Arm, held: Mapping[str, Value]) -> NDArray[np.float64]:
        return reached(arm._replace(settings={**arm.settings, **held}), study, study.seed, study.replicates)

    nobody = {name: ends(study.arms[0], held) for name, held in CONDITIONS.items()}
    rows = [
        [f"`{arm.name}`"]
        + [shown(paired_difference(ends(arm, held), nobody[name], reach=100.0)) for name, held in CONDITIONS.items()]
        for arm in study.arms[1:]
    ]
    rows.append(["no leader", *(f"{of.mean():.1f} %" for of in nobody.values())])
    return markdown(["conversation", *CONDITIONS], rows)
