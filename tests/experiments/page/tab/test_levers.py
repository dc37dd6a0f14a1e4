"""The levers of a tab."""

import pytest
from sessions import SMALL

from experiments.analysis.parameters.differences import differences
from experiments.page.tab.levers import parameter_levers, tactic_levers
from simulation import catalogue
from simulation.request import Request


def test_every_parameter_is_a_lever_once():
    shown = [
        lever["name"]
        for every in (False, True)
        for group in parameter_levers(SMALL, set(), every)
        for lever in group["levers"]
    ]
    assert sorted(shown) == sorted(catalogue.parameters())


def test_a_tactic_says_what_share_of_the_time_it_gets():
    def shares(request: Request) -> dict[str, float]:
        return {lever["name"]: lever["share"] for lever in tactic_levers(request)[0]["levers"] if lever["share"]}

    assert shares(SMALL._replace(tactics={"seeding": 0.5, "coalition": 1.0})) == pytest.approx(
        {"seeding": 1 / 3, "coalition": 2 / 3}
    )
    assert shares(SMALL._replace(tactics={"forgoing_credit": 1.0})) == {"plain_case": 1.0}


def test_every_slider_can_be_moved_finely_and_put_back():
    for group in parameter_levers(SMALL, set()):
        for lever in group["levers"]:
            if lever["kind"] in ("number", "integer"):
                assert lever["step"] <= max((lever["top"] - lever["low"]) / 8, 1.0), lever["name"]
                steps = (lever["default"] - lever["low"]) / lever["step"]
                assert steps == pytest.approx(round(steps), abs=1e-6), lever["name"]


def test_what_a_tactic_sets_is_told_too():
    told = differences(SMALL, SMALL._replace(tactics={**SMALL.tactics, "forgoing_credit": 0.0}))
    assert told[0] == ("Forgoing credit", "1", "0", "forgoing_credit")
    assert len(told) > 1


def test_every_tactic_is_a_lever_once():
    shown = [lever["name"] for group in tactic_levers(SMALL) for lever in group["levers"]]
    assert sorted(shown) == sorted(catalogue.tactics())
