"""The Mesa model runs, changes and replays exactly what a request describes."""

import gc
import pickle
import subprocess
import sys
import weakref

import mesa
import numpy as np
import pytest

from simulation import Request, SystemModel, run
from simulation.errors import Invalid
from simulation.model import REPORTED


def shares(model):
    return model.datacollector.get_model_vars_dataframe()["adopted_share"].to_numpy()


def led(**rest):
    """Return a model of a few weeks in which something happens."""
    return SystemModel("tiny", tactics={"coalition": 1.0, "seeding": 1.0}, **{"weeks": 12, **rest})


def test_a_model_needs_no_arguments():
    model = SystemModel()
    model.step()
    assert model.week == 1
    assert model.weeks == 260


@pytest.mark.parametrize("engine", ["compiled", "agents"])
def test_a_model_stepped_to_its_horizon_shows_what_its_request_does(engine):
    model = led(engine=engine, rng=7, replicate=3)
    model.run_model()
    replayed = run(model.request())
    assert np.array_equal(shares(model), replayed.adopted_share)
    assert model.result().observables == replayed.observables


def test_both_engines_step_alike():
    compiled, readable = led(), led(engine="agents")
    compiled.run_model()
    readable.run_model()
    assert shares(compiled).tolist() == shares(readable).tolist()
    assert compiled.world.staff.tobytes() == readable.world.staff.tobytes()


def test_a_model_stops_at_its_horizon():
    model = led(weeks=2)
    assert model.running
    model.advance(5)
    assert (model.week, model.running) == (2, False)
    model.step()
    assert (model.week, len(shares(model))) == (2, 3)


def test_a_model_without_any_week_does_not_run():
    assert not led(weeks=0).running


@pytest.mark.parametrize("engine", ["compiled", "agents"])
def test_levers_moved_while_it_runs_are_replayed_exactly(engine):
    model = led(engine=engine, weeks=20)
    model.change(settings={"pressure.finance": 0.3})
    model.advance(4)
    model.change(tactics={"others_shoes": 1.0})
    model.change(settings={"leaders.hours": 8.0})
    model.advance(3)
    model.change(tactics={}, settings={"gates.on": False, "leaders.ego": 0.9})
    model.run_model()
    assert [week for week, _ in model.schedule] == [0, 4, 7]
    replayed = run(model.request())
    assert np.array_equal(shares(model), replayed.adopted_share)
    assert model.result().observables == replayed.observables
    assert not np.array_equal(shares(model), run(Request("tiny", model.request().tactics, weeks=20)).adopted_share)


def test_a_change_at_the_start_is_a_change_of_the_start():
    changed = led()
    changed.change(settings={"pressure.finance": 0.2})
    begun = led(settings={"pressure.finance": 0.2})
    assert changed.world.organisations.tobytes() == begun.world.organisations.tobytes()


def test_a_change_adds_to_what_the_schedule_says_of_the_week():
    model = led(schedule=((3, {"settings": {"leaders.hours": 1.0}}),))
    model.advance(3)
    model.change(settings={"gates.pilot": 0.3})
    assert model.schedule == ((3, {"settings": {"leaders.hours": 1.0, "gates.pilot": 0.3}}),)


def test_what_describes_the_start_cannot_change_while_it_runs():
    model = led()
    model.advance(2)
    with pytest.raises(Invalid, match=r"`population.ego` describes the world at the start"):
        model.change(settings={"population.ego": 0.9})
    assert model.schedule == ()


def test_a_wrong_lever_changes_nothing():
    model = led()
    with pytest.raises(Invalid, match="Did you mean 'seeding'"):
        model.change(tactics={"seding": 1.0})
    model.run_model()
    assert np.array_equal(shares(model), run(led().request()).adopted_share)


def test_nothing_can_change_after_the_last_week():
    model = led(weeks=1)
    model.step()
    with pytest.raises(Invalid, match="last week"):
        model.change(tactics={})


def test_every_fault_of_the_arguments_is_named_at_once():
    with pytest.raises(Invalid) as caught:
        SystemModel("nowhere", tactics={"seding": 1}, weeks=-1, engine="fast")
    assert len(caught.value.problems) == 4


def test_a_result_comes_at_the_end():
    with pytest.raises(Invalid, match="week 0 of 12"):
        led().result()


def test_the_collector_keeps_every_week_from_the_start_on():
    model = led()
    model.advance(5)
    table = model.datacollector.get_model_vars_dataframe()
    assert tuple(table.columns) == REPORTED
    assert len(table) == 6
    assert (table["declared_share"] >= table["adopted_share"]).all()
    assert table["leader_hours"].is_monotonic_increasing
    assert table["leader_hours"].iloc[-1] > 0.0
    assert table["trust"].iloc[0] == pytest.approx(model.world.staff["trust"].mean(), abs=0.5)


def test_what_is_reported_is_what_the_agents_are():
    model = led()
    model.advance(6)
    weights, trust = (np.array(values) for values in zip(*((p.weight, p.trust) for p in model.staff), strict=True))
    assert model.trust == pytest.approx((weights * trust).sum() / weights.sum(), abs=1e-8)
    adopted = sum(person.weight for person in model.staff if person.stage == 3)
    assert model.adopted_share == adopted / weights.sum()
    opened = [organisation.committed >= 0 for organisation in model.organisations]
    assert model.organisations_committed == sum(opened) / len(opened)


def test_a_headless_run_creates_no_agents(monkeypatch):
    def refuse(*_):
        raise AssertionError("an agent was created")

    monkeypatch.setattr(mesa.Agent, "__init__", refuse)
    model = led()
    model.run_model()
    assert model.week == 12


def test_a_compiled_run_does_not_import_mesa():
    program = (
        "import sys, simulation; simulation.run(simulation.Request('tiny', weeks=1)); print('mesa' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_looking_at_the_agents_changes_nothing():
    watched, unwatched = led(), led()
    for _ in range(6):
        watched.agents.select(lambda agent: agent.row == 0).shuffle().agg("unique_id", max)
        watched.step()
        unwatched.step()
    assert watched.world.staff.tobytes() == unwatched.world.staff.tobytes()
    assert shares(watched).tolist() == shares(unwatched).tolist()


@pytest.mark.parametrize("engine", ["compiled", "agents"])
def test_a_model_is_freed_with_its_agents(engine):
    model = led(engine=engine)
    model.step()
    assert len(model.agents) > 50
    seen = weakref.ref(model)
    del model
    gc.collect()
    assert seen() is None


def test_a_request_of_a_model_travels_between_processes():
    model = led()
    model.advance(2)
    model.change(settings={"leaders.hours": 3.0})
    assert pickle.loads(pickle.dumps(model.request())) == model.request()


def test_seeds_are_taken_as_whole_numbers():
    assert led(rng="5").request().seed == 5
    assert led(rng=np.int64(5)).request().seed == 5
    assert led(rng=0).request().seed == 0
