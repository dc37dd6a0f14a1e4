"""Ranges of what nobody has measured: those that parameters declare, and half of each other guess either way."""

import pytest

from experiments.design import study_file
from experiments.design.sampling import plausible
from simulation import catalogue

NOTHING: frozenset[str] = frozenset()


def test_all_that_is_guessed_has_its_declared_range_or_else_half_its_default_either_way():
    declared, half, ranges = (plausible.ranges(around, NOTHING) for around in ("prior", 0.5, "all"))
    assert set(ranges) == set(declared) | set(half)
    assert {name: ranges[name] for name in declared} == declared
    assert all(ranges[name] == half[name] for name in half if name not in declared)


def test_no_guess_is_without_a_range_unless_it_is_0_or_what_leaders_are_like():
    known = catalogue.parameters()
    guesses = {n for n, p in known.items() if "assumed" in p.source and p.kind in ("number", "integer")}
    left_out = guesses - set(plausible.ranges("all", NOTHING))
    assert all(known[name].group == "leaders" or known[name].default <= 0 for name in left_out)


@pytest.mark.parametrize(("share", "bounds"), [(0.5, (1, 3)), (0.9, (1, 3)), (1.0, (0, 4))])
def test_whole_numbers_stay_whole_and_no_further_from_their_default_than_asked(share, bounds):
    approvals = plausible.ranges(share, NOTHING)["gates.approvals"]
    assert catalogue.parameters()["gates.approvals"].default == 2
    assert (approvals.low, approvals.high) == bounds
    assert approvals.kind == "integer"


def test_a_whole_number_that_nothing_lies_near_enough_to_is_left_alone():
    assert "gates.approvals" not in plausible.ranges(0.25, NOTHING)


def test_what_corners_set_is_no_factor_of_what_is_guessed(tmp_path):
    file = tmp_path / "corners.toml"
    corners = '[{ "pressure.finance" = 0.4 }, { "pressure.finance" = 0.6 }]'
    file.write_text(f'scenario = "tiny"\n[design]\nkind = "one-at-a-time"\naround = "all"\ncorners = {corners}\n')
    levels = study_file.load(file).design.levels_by_name()
    assert set(levels["pressure.finance"]) == {0.4, 0.6}
    assert set(plausible.ranges("all", NOTHING)) <= set(levels)
