"""Arms are seen over the same points and replicates, and what is left out for that is told."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.analysis.like_with_like import shared

TITLES = {"none": "No leader", "seeding": "Seeding", "voice": "Voice"}


def runs_of(arms=3, replicates=6, points=2, missing=()):
    cells = product(list(TITLES)[:arms], range(replicates), range(points))
    table = pd.DataFrame([cell for cell in cells if cell not in set(missing)], columns=["arm", "replicate", "point"])
    return table.assign(money=0.25 + 0.5 * table["point"])


def alike(table, arms=3):
    return shared(table, list(TITLES)[:arms], "none", TITLES, ["money"])


def test_a_whole_sweep_is_left_as_it_is():
    table = runs_of()
    found = alike(table)
    assert found.runs.equals(table)
    assert found.arms == tuple(TITLES)
    assert not any(found.left_out)


def test_an_arm_that_failed_at_the_hard_point_takes_the_point_from_all():
    found = alike(runs_of(arms=2, missing=[("seeding", replicate, 1) for replicate in range(6)]), arms=2)
    assert set(found.runs["point"]) == {0}
    assert found.left_out.points == {1: {"money": 0.75}}
    assert found.left_out.lacks == {"Seeding": 6}
    assert found.left_out.runs == 6


def test_a_single_failed_run_takes_its_replicate_from_all():
    found = alike(runs_of(missing=[("voice", 3, 1)]))
    assert sorted(set(found.runs["replicate"])) == [0, 1, 2, 4, 5]
    assert found.left_out.replicates == [3]
    assert not found.left_out.points
    assert found.left_out.runs == 5


def test_an_arm_that_lacks_most_runs_goes_rather_than_the_runs_of_all_others():
    found = alike(runs_of(missing=[("voice", replicate, point) for replicate in range(5) for point in (0, 1)]))
    assert found.arms == ("none", "seeding")
    assert found.left_out.arms == {"Voice": 2}
    assert len(found.runs) == 24


def test_an_arm_without_any_run_is_named():
    assert alike(runs_of(arms=2)).left_out.arms == {"Voice": 0}


def test_a_baseline_that_shares_no_run_with_anybody_stands_alone():
    found = alike(
        runs_of(missing=[(arm, r, p) for arm, r, p in product(TITLES, range(6), (0, 1)) if (arm == "none") != (r == 0)])
    )
    assert found.arms == ("none",)
    assert set(found.runs["replicate"]) == {0}


@given(st.sets(st.tuples(st.sampled_from(list(TITLES)), st.integers(0, 4), st.integers(0, 2)), max_size=40))
def test_whatever_is_missing_what_is_kept_is_a_full_crossing_with_the_baseline(missing):
    table = runs_of(replicates=5, points=3, missing=missing)
    if not (table["arm"] == "none").any():
        return
    found = alike(table)
    counts = found.runs.groupby("arm")[["replicate", "point"]].value_counts().unstack("arm")
    assert (counts == 1).all(axis=None)
    assert set(counts.columns) == set(found.arms) >= {"none"}
    assert len(found.runs) == len(found.arms) * found.runs["replicate"].nunique() * found.runs["point"].nunique() > 0
    assert len(found.runs) + found.left_out.runs == len(table)


@pytest.mark.parametrize("part", [0, 1])
def test_the_columns_of_a_merge_that_lacks_a_part_are_over_the_same_runs(part):
    """Parts deal runs out by number, so each arm of an odd number of arms lacks every other run."""
    table = runs_of()
    found = alike(table.sort_values(["replicate", "point"], kind="stable").iloc[part::2])
    cells = [
        set(map(tuple, found.runs.loc[found.runs["arm"] == arm, ["replicate", "point"]].to_numpy()))
        for arm in found.arms
    ]
    assert all(cell == cells[0] for cell in cells)
    assert np.all([cells[0]])
