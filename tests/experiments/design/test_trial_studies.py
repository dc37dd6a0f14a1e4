"""The trial stays where it starts, and conversations are as strong in it as the studies of equal doses say."""

import numpy as np
import pytest

from experiments.design import study_file
from simulation import Request, run

POINTS = {"doses": 6.0, "doses-slow": 6.0, "doses-fast": 6.0}
PAIRS = 40


def ends(settings, **tactics):
    """What is reached by the end of the trial, in points, with a seed for which no strength was sought."""
    trial = study_file.load("trial")
    asked = {"scenario": trial.arms[0].scenario, "weeks": trial.weeks, "seed": 3, "tactics": tactics}
    settings = {**trial.arms[0].settings, **settings}
    return np.array(
        [100 * run(Request(**asked, settings=settings, replicate=k)).adopted_share[-1] for k in range(PAIRS)]
    )


@pytest.mark.slow
@pytest.mark.parametrize("study", POINTS)
def test_without_a_leader_half_stays_a_half_and_equal_conversations_add_the_same(study):
    # Five standard errors of either mean: a false alarm in a million.
    arms = study_file.load(study).arms
    control = ends(arms[0].settings)
    assert abs(control.mean() - 50) < 5 + 5 * control.std() / PAIRS**0.5
    for arm in arms[2::3]:  # the plain case does not get there
        gaps = ends(arm.settings, **arm.tactics) - control
        assert abs(gaps.mean() - POINTS[study]) < 0.1 + 5 * gaps.std() / PAIRS**0.5, arm.name
