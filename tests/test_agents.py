"""Agents are views of the arrays, and ordinary Mesa agents all the same."""

import numpy as np
import pytest

from simulation import SystemModel, entities
from simulation.agents import AGENTS, Convener, Leader, Organisation, PatientPartners, Regulator, Staff

ENTITIES = {
    Staff: entities.Staff,
    Organisation: entities.Organisation,
    Leader: entities.Leader,
    Convener: entities.Convener,
    PatientPartners: entities.Patients,
    Regulator: entities.Regulator,
}


@pytest.fixture
def model():
    model = SystemModel("tiny", tactics={"coalition": 1.0, "seeding": 1.0}, weeks=20)
    model.advance(10)
    return model


def test_all_six_entities_are_agents(model):
    assert set(model.agent_types) == set(AGENTS) == set(ENTITIES)
    assert {kind: len(some) for kind, some in model.agents_by_type.items()} == {
        kind: len(getattr(model.world, kind.records)) for kind in AGENTS
    }
    assert len(model.agents) == sum(len(some) for some in model.agents_by_type.values())


def test_agents_are_created_once(model):
    before = list(model.agents)
    model.step()
    assert all(one is other for one, other in zip(before, model.agents, strict=True))
    assert model.staff[3] is model.everyone(Staff)[3]


@pytest.mark.parametrize("kind", AGENTS)
def test_every_fact_of_an_entity_is_read_from_the_arrays(model, kind):
    records = getattr(model.world, kind.records)
    for agent in model.agents_by_type[kind]:
        for field in ENTITIES[kind]._fields:
            value = getattr(agent, field)
            assert value == records[field][agent.row]
            assert type(value) in (int, float)


@pytest.mark.parametrize("kind", AGENTS)
def test_every_fact_of_an_agent_is_written_through_to_the_arrays(model, kind):
    records = getattr(model.world, kind.records)
    agent = model.everyone(kind)[-1]
    for number, field in enumerate(ENTITIES[kind]._fields):
        setattr(agent, field, number)
        assert records[field][-1] == number == getattr(agent, field)


def test_the_engines_act_on_what_was_written(model):
    for person in model.staff:
        person.stage, person.conviction, person.motivation = entities.AWARE, 1.0, 1.0
        person.threshold = 0.0
    for organisation in model.organisations:
        organisation.committed = model.week
    untouched = SystemModel("tiny", tactics={"coalition": 1.0, "seeding": 1.0}, weeks=20)
    untouched.advance(11)
    model.step()
    assert model.adopted_share > untouched.adopted_share


def test_agent_sets_select_aggregate_group_and_act(model):
    staff = model.agents_by_type[Staff]
    executives = staff.select(lambda person: person.tier == entities.EXECUTIVE)
    assert len(executives) == (model.world.staff["tier"] == entities.EXECUTIVE).sum()
    assert staff.agg("conviction", np.mean) == pytest.approx(model.world.staff["conviction"].mean())
    assert staff.get("trust") == model.world.staff["trust"].tolist()
    sizes = staff.groupby("organisation").count()
    assert sizes == {
        o: end - first for o, (first, end) in enumerate(model.world.organisations[["first", "end"]].tolist())
    }
    staff.do("adopt")
    assert (model.world.staff["stage"] == entities.ADOPTED).all()
    staff.set("trust", 0.25)
    assert (model.world.staff["trust"] == 0.25).all()


def test_people_and_organisations_know_one_another(model):
    for organisation in model.organisations:
        assert all(person.workplace is organisation for person in organisation.people)
        assert organisation not in organisation.partner_organisations
    assert sum(len(organisation.people) for organisation in model.organisations) == len(model.staff)
    for leader in model.leaders:
        assert leader.home is None or leader.home.row == leader.organisation


def test_what_a_leader_knows_is_written_through(model):
    leader, organisation = model.leaders[0], model.organisations[2]
    known = leader.knowledge_of(organisation)
    known.visits += 3
    assert model.world.knowledge["visits"][0, 2] == leader.knowledge_of(organisation).visits


def test_two_models_share_no_agent_and_no_fact():
    one, other = (SystemModel("tiny", weeks=2) for _ in range(2))
    one.staff[0].trust = 0.125
    assert other.staff[0].trust != 0.125
    assert not set(map(id, one.agents)) & set(map(id, other.agents))


def test_agents_of_a_model_changed_at_its_start_are_views_of_the_new_world():
    model = SystemModel("tiny", weeks=2)
    organisation = model.organisations[0]
    model.change(settings={"pressure.finance": 0.0})
    organisation.pressure = 0.75
    assert model.organisations[0] is organisation
    assert model.world.organisations["pressure"][0] == 0.75


def test_a_person_can_be_asked_what_they_would_do(model):
    person = next(person for person in model.staff if person.stage == entities.AWARE)
    person.purpose = 0.0
    person.appraise()
    without = person.conviction
    person.conviction, person.purpose = without, 1.0
    person.appraise()
    assert person.conviction > without


def test_no_leader_gives_an_order():
    orders = {"adopt", "stage", "committed", "asked", "approvals"}
    fields = {name for name in vars(Leader) if not name.startswith("_")}
    assert not fields & orders
