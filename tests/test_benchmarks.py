"""What the benchmarks measure against is the same model: ordinary Mesa objects end as the compiled engine does."""

import pytest
from worlds import BUSY, EVERYTHING

from simulation import Request, kernel
from simulation.running import lead, prepared


@pytest.fixture
def mesa_objects(monkeypatch, request):
    monkeypatch.syspath_prepend(str(request.config.rootpath / "benchmarks"))
    import mesa_objects

    return mesa_objects


def lived(begin, live, asked):
    scenario, world, (phase,) = prepared(asked)
    lead(world, scenario, phase, asked)
    state = begin(world)
    live(state, phase.settings, phase.plan, 0, asked.weeks)
    return state


def test_mesa_objects_live_the_same_weeks_bit_for_bit(mesa_objects):
    asked = Request("tiny", EVERYTHING, BUSY, weeks=40, seed=5)
    world = lived(lambda world: world, kernel.advance, asked)
    model = lived(mesa_objects.ObjectModel, mesa_objects.proceed, asked)
    assert mesa_objects.differing(world, model) == []


def test_a_difference_of_one_bit_is_noticed(mesa_objects):
    asked = Request("tiny", EVERYTHING, weeks=2)
    world = lived(lambda world: world, kernel.advance, asked)
    model = lived(mesa_objects.ObjectModel, mesa_objects.proceed, asked)
    model.staff[3].trust += 2**-52
    assert mesa_objects.differing(world, model) == ["staff.trust"]


def test_a_figure_that_has_moved_by_more_than_15_percent_is_shown_to_have(mesa_objects):
    import bench

    before = {"steady": [1.0, 1.1, 1.0], "slower": [1.0, 1.0, 1.0]}
    lines = bench.table({"steady": 1.1, "slower": 1.2, "new": 5.0}, before).splitlines()
    assert [line.split()[-1] for line in lines] == ["1.1", "+20%", "5"]
