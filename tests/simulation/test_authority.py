"""Leaders have no authority: they cannot adopt, open a gate or order, and without hours they are no leaders."""

import numpy as np
import pytest
from worlds import BUNDLE, HEROIC, SELFLESS, differences, lived, traces

from simulation import Request, run
from simulation.entities import ADOPTED, AWARE, COMPLYING, NEVER


@pytest.mark.parametrize("scenario", ["tiny", "ics-small"])
@pytest.mark.parametrize("tactics", [{"plain_case": 1.0}, SELFLESS, HEROIC, {"undeclared": 1.0, "giving": 1.0}])
def test_leaders_without_hours_are_no_leaders_bit_for_bit(scenario, tactics):
    settings = {"population.adopters": 0.2, "gates.support": 0.2}
    idle = lived(Request(scenario, tactics, {**settings, "leaders.hours": 0.0}, weeks=110))
    nobody = lived(Request(scenario, {}, settings, weeks=110))
    assert differences(traces(nobody), traces(idle)) == []
    assert nobody.record.adopted[-1].sum() != nobody.record.adopted[0].sum()


def test_no_leaders_at_all_are_no_leaders_bit_for_bit():
    none = lived(Request("tiny", SELFLESS, {"leaders.number": 0, "population.adopters": 0.2}, weeks=110))
    assert differences(traces(lived(Request("tiny", {}, {"population.adopters": 0.2}, weeks=110))), traces(none)) == []


def test_leaders_with_hours_change_something():
    assert differences(traces(lived(Request("tiny", weeks=20))), traces(lived(Request("tiny", SELFLESS, weeks=20))))


CLOSED = {"gates.veto": 1.0, "gates.approvals": 2}


@pytest.mark.parametrize("tactics", [{}, SELFLESS, HEROIC, {**SELFLESS, "payment": 1.0}])
def test_where_no_approval_is_granted_adoption_stays_at_pilots(tactics):
    settings = {**CLOSED, "population.adopters": 0.05, "gates.pilot": 0.1, "gates.support": 0.05, "leaders.hours": 30.0}
    for seed in (1, 2):
        world = lived(Request("ics-small", tactics, settings, weeks=260, seed=seed))
        organisations = world.organisations
        heaviest = np.maximum.reduceat(world.staff["weight"], organisations["first"])
        most = np.maximum(world.record.by_organisation[0], 0.1 * organisations["weight"] + 0.5 * heaviest)
        assert (world.record.by_organisation <= most).all()
        assert (organisations["committed"] == NEVER).all()


def test_the_same_leaders_pass_the_pilots_where_approvals_are_granted():
    settings = {"gates.veto": 0.0, "population.adopters": 0.05, "gates.pilot": 0.1, "leaders.hours": 30.0}
    assert run(Request("ics-small", SELFLESS, settings, weeks=260)).adopted_share[-1] > 0.3


def test_conversations_alone_move_nobody_beyond_aware():
    untouched = {**CLOSED, "population.adopters": 0.0, "contagion.hazard": 0.0, "leaders.hours": 40.0}
    every = dict.fromkeys([*BUNDLE, "plain_case"], 1.0)
    world = lived(Request("ics-small", {**every, "forgoing_credit": 1.0, "giving": 1.0}, untouched, weeks=104))
    assert (world.staff["stage"] == AWARE).mean() > 0.5
    assert world.staff["stage"].max() == AWARE


ORDERS = [{"line_authority": 1.0}, {"payment": 1.0}, {"line_authority": 1.0, "payment": 1.0}]


@pytest.mark.parametrize("tactics", ORDERS)
def test_an_order_or_a_payment_alone_reaches_compliance_in_name_at_most(tactics):
    settings = {"population.adopters": 0.0, "contagion.hazard": 0.0, "incentives.practice": 0.0}
    world = lived(Request("ics-small", tactics, settings, weeks=104))
    assert (world.staff["stage"] == COMPLYING).mean() > 0.3
    assert (world.staff["stage"] != ADOPTED).all()
    assert world.record.adopted.sum() == 0


@pytest.mark.parametrize("tactics", ORDERS)
def test_who_complies_may_come_to_adopt_by_their_own_view_after_practising(tactics):
    settings = {"population.adopters": 0.0, "contagion.hazard": 0.0}
    record = lived(Request("ics-small", tactics, settings, weeks=104)).record
    assert record.adopted[:2].sum() == 0  # nobody adopts in the week in which they begin to comply
    assert record.complying[1] > 0
    assert record.adopted[-1].sum() > 0


def test_what_is_ordered_waits_for_no_permission_and_what_is_paid_for_does():
    settings = {**CLOSED, "population.adopters": 0.0, "gates.pilot": 0.0, "contagion.hazard": 0.0}
    ordered, paid = (run(Request("ics-small", {name: 1.0}, settings, 104)) for name in ("line_authority", "payment"))
    assert ordered.adopted_share[-1] > 0.0 == paid.adopted_share[-1]
    assert paid.declared_share[-1] > 0.3


def test_declared_is_adopted_and_complying_together():
    result = run(Request("ics-small", {"line_authority": 1.0}, weeks=104))
    assert (result.declared_share >= result.adopted_share).all()
    assert result.declared_share[-1] - result.adopted_share[-1] > 0.1


def test_no_hours_for_leaders_are_none_for_those_whom_a_scenario_names(tmp_path):
    file = tmp_path / "named.toml"
    text = (
        'title = "Named"\nsource = "made up"\n[[organisations]]\nkind = "acute"\ncount = 2\nstaff = 40\nsample = 20\n'
    )
    file.write_text(text + '[[leaders]]\ntier = "senior"\nhours = 20\ntactics = { seeding = 1 }\n')
    assert run(Request(str(file), weeks=20)).observables["leader_hours"] > 0
    assert run(Request(str(file), {}, {"leaders.hours": 0.0}, weeks=20)).observables["leader_hours"] == 0
