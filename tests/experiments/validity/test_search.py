"""A search draws worlds that can be run, judges them as the defaults are, and says of them what was planted in them."""

import numpy as np
import pytest

from experiments.validity.patterns import measured, search, setups, together
from experiments.validity.patterns.catalogue import DISCRIMINATING
from experiments.validity.patterns.search import World
from experiments.validity.patterns.verdicts import Number, Verdict

CHANGES = ("simple", "complex")


@pytest.mark.parametrize("change", CHANGES)
def test_every_drawn_world_can_be_run_and_lies_where_it_is_drawn_from(change):
    known, worlds = search.priors(change), search.drawn(change, 20)
    assert len({tuple(world.items()) for world in worlds}) == 20
    for world in worlds:
        setups.setup_of(change)._replace(settings=world).request(0).check()
        assert all(known[name].low <= value <= known[name].high for name, value in world.items())


def test_the_two_changes_meet_half_way_and_nowhere_else():
    simple, complex_ = (search.priors(change) for change in CHANGES)
    for name in simple.keys() & complex_.keys():
        if name.startswith(("nature.", "gates.approvals")) and simple[name] != complex_[name]:
            edges = sorted([simple[name], complex_[name]])
            assert edges[0].high <= edges[1].low


def test_a_world_is_judged_by_the_numbers_that_patterns_are_judged_by():
    setup = setups.setup_of("complex")
    found, all_of_them = measured.of_discriminating(setup, 3), measured.of_replicate(setup, 3, everything=False)
    assert found == {name: all_of_them[name] for name in found}
    world = search.judged("complex", {}, range(3, 4))
    assert tuple(world.held) == DISCRIMINATING
    assert {number.statistic for one in world.verdicts for number in one.numbers} <= found.keys()


def made_up(rows, numbers):
    """Return worlds in which patterns hold as said, with a statistic each that is a number of the world."""
    return [
        World(
            settings,
            [
                Verdict(key, "", "holds" if holds else "fails", [Number(key.lower(), value, 0, 0, 6, 0, 1, holds)])
                for key, holds, value in zip(("A", "B", "C"), row, settings.values(), strict=False)
            ],
        )
        for row, settings in zip(rows, numbers, strict=True)
    ]


@pytest.fixture(scope="module")
def worlds():
    """Return 200 worlds in which B holds only where A does not, C by chance, and a statistic goes with `one`."""
    random = np.random.default_rng(2)
    a, c = random.random(200) < 0.4, random.random(200) < 0.5
    b = ~a & (random.random(200) < 0.5)
    one = random.random(200)
    settings = [
        {"one": x, "two": y, "three": z} for x, y, z in zip(one, random.random(200), random.random(200), strict=True)
    ]
    return made_up(zip(a.tolist(), b.tolist(), c.tolist(), strict=True), settings)


def test_patterns_that_keep_one_another_out_are_told_from_those_that_do_not(worlds):
    """Of three pairs, one that has nothing to do with another is called so but once in 20; these are fixed."""
    first, *others = together.pairs(worlds)
    assert (first.one, first.other, first.worlds) == ("A", "B", 0)
    assert first.expected > 15
    assert first.p_value < 1e-6
    assert all(pair.p_value > together.SURE for pair in others)


def test_the_most_that_hold_at_once_are_counted(worlds):
    largest, sets = together.most(worlds)
    assert largest == 2
    assert {which for which, _ in sets} == {("A", "C"), ("B", "C")}
    columns = together.held(worlds)
    assert sum(number for _, number in sets) == ((columns["A"] | columns["B"]) & columns["C"]).sum()


def test_a_number_that_a_statistic_is_made_of_is_found_and_no_other(worlds):
    found = together.movers(worlds)
    assert {(one.statistic, one.parameter) for one in found} == {("a", "one"), ("b", "two"), ("c", "three")}
    assert all(one.correlation == pytest.approx(1.0) for one in found)


def test_what_a_statistic_is_over_worlds_lies_between_its_ends(worlds):
    for spread in together.spreads(worlds):
        assert 0.0 <= spread.low <= spread.middle <= spread.high <= 1.0
        assert spread.accepted == together.held(worlds)[spread.pattern].mean()
