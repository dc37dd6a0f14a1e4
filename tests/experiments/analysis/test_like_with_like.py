"""Arms are seen over the same points and replicates, and what is left out for that is told."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.analysis.like_with_like import shared

ARMS = ("none", "seeding", "voice")


def runs_of(arms=3, replicates=6, points=2, missing=()):
    cells = product(ARMS[:arms], range(replicates), range(points))
    table = pd.DataFrame([cell for cell in cells if cell not in set(missing)], columns=["arm", "replicate", "point"])
    return table.assign(money=0.25 + 0.5 * table["point"])


def alike(table, arms=3):
    return shared(table, ARMS[:arms], "none", ["money"])


def test_a_whole_sweep_is_left_as_it_is():
    table = runs_of()
    found = alike(table)
    assert found.runs.equals(table)
    assert found.arms == ARMS
    assert not any(found.left_out)


def test_an_arm_that_failed_at_the_hard_point_takes_the_point_from_all():
    found = alike(runs_of(arms=2, missing=[("seeding", replicate, 1) for replicate in range(6)]), arms=2)
    assert set(found.runs["point"]) == {0}
    assert found.left_out.points == {1: {"money": 0.75}}
    assert found.left_out.lacks == {"seeding": 6}
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
    assert found.left_out.arms == {"voice": 2}
    assert len(found.runs) == 24


def test_an_arm_without_any_run_is_named():
    assert alike(runs_of(arms=2)).left_out.arms == {"voice": 0}


def test_a_baseline_that_shares_no_run_with_anybody_stands_alone():
    found = alike(
        runs_of(missing=[(arm, r, p) for arm, r, p in product(ARMS, range(6), (0, 1)) if (arm == "none") != (r == 0)])
    )
    assert found.arms == ("none",)
    assert set(found.runs["replicate"]) == {0}


@given(st.sets(st.tuples(st.sampled_from(ARMS), st.integers(0, 4), st.integers(0, 2)), max_size=40))
def test_whatever_is_missing_every_arm_that_is_kept_has_the_same_runs(missing):
    table = runs_of(replicates=5, points=3, missing=missing)
    if not (table["arm"] == "none").any():
        return
    found = alike(table)
    assert set(found.arms) == set(found.runs["arm"]) >= {"none"}
    cells = [cells_of(found, arm) for arm in found.arms]
    assert all(cell == cells[0] for cell in cells)
    assert len(found.runs) + found.left_out.runs == len(table)
    replicates, points = (len(set(found.runs[name])) for name in ("replicate", "point"))
    assert replicates + len(found.left_out.replicates) == table["replicate"].nunique()
    assert points + len(found.left_out.points) == table["point"].nunique()
    assert len(cells[0]) + found.left_out.cells == replicates * points


def cells_of(found, arm):
    return set(map(tuple, found.runs.loc[found.runs["arm"] == arm, ["replicate", "point"]].to_numpy()))


@pytest.mark.parametrize(("arms", "points", "parts"), [(3, 2, 2), (2, 5, 3), (3, 4, 5)])
def test_a_merge_that_lacks_a_part_compares_arms_over_the_same_runs(arms, points, parts):
    """Parts deal runs out by number, so that each arm lacks other runs than the next."""
    table = runs_of(arms=arms, points=points).sort_values(["replicate", "point"], kind="stable")
    for missing in range(parts):
        found = alike(table[np.arange(len(table)) % parts != missing], arms)
        assert len(found.arms) > 1
        assert all(cells_of(found, arm) == cells_of(found, "none") != set() for arm in found.arms)
        assert len(found.runs) >= len(table) / 6


def test_failures_here_and_there_cost_no_more_than_their_twins():
    luck = np.random.default_rng(1)
    table = runs_of(replicates=40, points=20)
    failed = luck.random(len(table)) < 0.03
    found = alike(table[~failed])
    assert len(found.runs) > 0.85 * len(table)
    assert found.left_out.cells == 40 * 20 - len(found.runs) // 3
