"""A study that is as it should be, and what is wrong with one that is not."""

import pytest

from experiments.design import study_file
from simulation.errors import Invalid

GOOD = """
title = "Shoes and money"
scenario = "tiny"
weeks = 26
replicates = 3
seed = 7

[settings]
leaders.ego = 0.3

[factors]
"pressure.finance" = [0.3, 0.6]
"tactics.payment" = [0.0, 0.5]

[arms.none]
[arms.shoes]
title = "In others' shoes"
tactics = { others_shoes = 1 }
settings = { "leaders.ego" = 0.9 }
schedule = [{ week = 10, settings = { "leaders.hours" = 4 } }]
"""


def problems(path, **more) -> list[str]:
    with pytest.raises(Invalid) as refused:
        study_file.load(path, **more)
    return refused.value.problems
