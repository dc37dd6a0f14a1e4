"""Runs that begin alike share what is the same for all of them, and nothing that any of them could change."""

import gc
import os
import tracemalloc
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import psutil
import pytest
from worlds import BUSY, EVERYTHING, HEROIC, SELFLESS

from simulation import Request, catalogue, run
from simulation.initialisation import beginnings
from simulation.initialisation.beginnings import Beginnings, copied, size
from simulation.initialisation.population import build
from simulation.parameters import WEEKS
from simulation.running import prepared
from simulation.scenario import load
from simulation.settings import standing, starting

ROW = '[[organisations]]\nkind = "acute"\ncount = 1\nstaff = 60\nsample = 30\n'
MEGABYTE = 2**20


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    """Begin each test with nothing kept."""
    fresh = Beginnings()
    monkeypatch.setattr(beginnings, "KEPT", fresh)
    return fresh


def arrays(part, name="world"):
    """Return every array of a world by name; what is a single number cannot be written into."""
    if not isinstance(part, tuple):
        return {} if part is None or isinstance(part, np.generic) else {name: getattr(part, "blocks", part)}
    return {
        inner: array
        for field, value in part._asdict().items()
        for inner, array in arrays(value, f"{name}.{field}").items()
    }


def differing(one, other):
    """Return the names of the arrays in which two worlds differ."""
    others = arrays(other)
    return [name for name, array in arrays(one).items() if array.tobytes() != others[name].tobytes()]


def begun(tactics=(), settings=(), **more):
    """Return the world at week 0 of a run of a small health economy."""
    return prepared(Request("tiny", dict(tactics), dict(settings), **{"weeks": 4, **more}))[1]


def plain(result):
    """Return everything a result shows, as bytes and text."""
    return [
        str(value) if not isinstance(value, np.ndarray) else value.tobytes()
        for part in (result._asdict(), result.by_tier, result.by_kind, result.by_profession)
        for value in part.values()
    ]


# Files


def test_an_edited_scenario_is_read_anew(tmp_path):
    path = tmp_path / "ours.toml"
    for title in ("Then", "Now!"):
        path.write_text(f'title = "{title}"\n{ROW}')
        assert load(str(path)).title == title


def test_a_scenario_that_was_mended_is_no_longer_complained_of(tmp_path):
    path = tmp_path / "ours.toml"
    for value in (2, "true"):
        path.write_text(f'title = "Ours"\n[settings]\npressure.on = {value}\n{ROW}')
        if value == 2:
            with pytest.raises(ValueError, match=r"`pressure\.on` must be true or false"):
                Request(str(path)).check()
    Request(str(path)).check()


def test_complaints_of_one_reader_are_not_heard_by_the_next(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(f'title = "Ours"\n[settings]\ngates.dlay = 1\n{ROW}')
    said = []
    for _ in range(2):
        with pytest.raises(ValueError) as caught:
            Request(str(path)).check()
        said.append(str(caught.value))
    assert said[0] == said[1]


def test_an_edited_table_is_read_anew_and_its_world_built_anew(tmp_path):
    (tmp_path / "ours.toml").write_text('title = "Ours"\n[tables]\norganisations = "o.csv"\n')
    costs = []
    for cost in ("0.5", "0.25"):
        (tmp_path / "o.csv").write_text(f"id,kind,staff,cost\nA,acute,60,{cost}\n")
        costs.append(prepared(Request(str(tmp_path / "ours.toml"), weeks=0))[1].organisations["cost"][0])
    assert costs == [0.5, 0.25]


def test_a_relative_path_in_another_folder_is_another_scenario(tmp_path, monkeypatch):
    for cost in ("0.5", "0.7"):
        folder = tmp_path / cost
        folder.mkdir()
        (folder / "ours.toml").write_text('title = "Ours"\n[tables]\norganisations = "o.csv"\n')
        (folder / "o.csv").write_text(f"id,kind,staff,cost\nA,acute,60,{cost}\n")
        os.utime(folder / "o.csv", ns=(0, 0))
        monkeypatch.chdir(folder)
        assert prepared(Request("ours.toml", weeks=0))[1].organisations["cost"][0] == float(cost)


# Worlds


def test_arms_of_one_replicate_begin_in_one_world(kept):
    for tactics in ({}, SELFLESS, HEROIC, EVERYTHING):
        assert not differing(begun(tactics, {"leaders.hours": 20.0}), begun())
    assert len(kept) == 1


def test_neither_of_two_arms_changes_the_world_of_the_other():
    one, other = (prepared(Request("tiny", mix, BUSY, weeks=30))[1] for mix in (EVERYTHING, HEROIC))
    untouched = copied(other)
    for name, array in arrays(one).items():
        assert not np.shares_memory(array, arrays(other)[name])
        array.view(np.uint8)[...] = 7
    assert not differing(other, untouched)
    assert not differing(prepared(Request("tiny", EVERYTHING, BUSY, weeks=30))[1], untouched)


@pytest.mark.parametrize(
    "more",
    [
        {"seed": 2},
        {"replicate": 1},
        {"weeks": 5},
        {"settings": {"population.ego": 0.9}},
        {"settings": {"pressure.finance": 0.9}},
        {"settings": {"leaders.number": 2}},
        {"tactics": {"payment": 1.0}, "schedule": ((0, {"settings": {"conversation.trust_usual": 0.9}}),)},
    ],
    ids=str,
)
def test_what_begins_otherwise_has_a_world_of_its_own(more, kept):
    assert differing(begun(), begun(**more))
    assert len(kept) == 2


def test_scenarios_of_other_content_have_worlds_of_their_own(tmp_path, kept):
    path = tmp_path / "ours.toml"
    sizes = []
    for staff in (60, 90):
        path.write_text(f'title = "Ours"\n{ROW}'.replace("60", str(staff)))
        sizes.append(prepared(Request(str(path), weeks=0))[1].organisations["weight"].sum())
    assert sizes[0] != sizes[1]
    assert len(kept) == 2


def other_values(name):
    """Return values of a parameter other than its default."""
    parameter = catalogue.parameters()[name]
    if parameter.kind == "choice":
        return [choice for choice in parameter.choices if choice != parameter.default]
    if parameter.kind == "switch":
        return [not parameter.default]
    if name == "population.scale":
        return [2.0]
    low, high = parameter.low, min(parameter.high, 50)
    return [(int if parameter.kind == "integer" else float)(end) for end in (low, high) if end != parameter.default]


@pytest.mark.parametrize("group", catalogue.groups())
def test_a_world_follows_from_the_parameters_that_it_is_known_by(group):
    """Two runs that are known to begin alike do begin alike, whichever parameter they differ in."""
    tiny, busy = load("tiny"), {**BUSY, "leaders.number": 3}
    for name in catalogue.parameters():
        for value in other_values(name) if name.startswith(f"{group}.") else []:
            groups = standing(tiny, {}, {**busy, name: value}).groups
            assert not differing(build(tiny, groups, 2, (1, 0)), build(tiny, starting(groups), 2, (1, 0))), name


def test_the_world_at_the_start_is_drawn_with_what_is_declared_so_and_with_nothing_else():
    usual = standing(load("tiny"), {}, {}).at_the_start
    telling = {
        name
        for name in catalogue.parameters()
        if standing(load("tiny"), {}, {name: other_values(name)[0]}).at_the_start != usual
    }
    assert telling == {name for name, parameter in catalogue.parameters().items() if parameter.when != WEEKS}
    assert "pressure.finance" in telling and "leaders.hours" not in telling


@pytest.mark.parametrize("engine", ["compiled", "agents"])
def test_results_are_the_same_whether_worlds_are_kept_or_not(engine, monkeypatch):
    schedule = ((3, {"tactics": SELFLESS, "settings": {"pressure.finance": 0.7}}),)
    asked = [
        Request("tiny", tactics, settings, 8, 1, replicate, engine, schedule)
        for replicate in (0, 1)
        for settings in ({}, BUSY)
        for tactics in ({}, SELFLESS, EVERYTHING)
    ]
    shared = [plain(run(request)) for request in asked * 2]
    monkeypatch.setattr(beginnings, "KEPT", Beginnings(most=0))
    assert shared == [plain(run(request)) for request in asked] * 2


# Memory


class Toy(NamedTuple):
    """What stands for a world."""

    numbers: np.ndarray


def test_only_the_few_that_were_asked_for_last_are_kept():
    kept, built = Beginnings(most=2), []

    def toy(name):
        built.append(name)
        return Toy(np.zeros(1))

    for name in "abacab":
        kept.world(name, lambda name=name: toy(name))
    assert built == ["a", "b", "c", "b"]
    assert len(kept) == 2


def test_no_world_is_kept_that_is_too_large_alone_or_with_the_others():
    kept = Beginnings(most=9, most_bytes=100)
    for name, numbers in (("small", 5), ("large", 13), ("also small", 5), ("too much", 5)):
        kept.world(name, lambda numbers=numbers: Toy(np.zeros(numbers)))
    assert len(kept) == 2


def test_the_size_of_a_world_is_that_of_all_its_arrays():
    assert size(Toy(Toy(np.zeros(5)))) == 40
    assert size(begun()) == sum(array.nbytes for array in arrays(begun()).values())


def settings_of(number):
    """Return settings that no other run of a test has."""
    return {"leaders.hours": 1.0 + number / 1e6, "population.ego": 0.2 + number / 1e6}


def test_many_runs_leave_no_more_behind_than_a_few():
    def many(first, last):
        for number in range(first, last):
            run(Request("tiny", SELFLESS, settings_of(number), weeks=2, replicate=number))
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        held = [many(0, 300), *(many(300 + 150 * k, 450 + 150 * k) for k in range(4))]
    finally:
        tracemalloc.stop()
    # What is kept for later, up to a bound, and thrown away comes and goes by up to 75 kB: what stays, stays every time.
    assert min(later - earlier for earlier, later in pairwise(held)) < 300 * 150


@pytest.mark.long
def test_ten_thousand_runs_leave_hardly_more_memory_behind_than_a_thousand():
    me, seen = psutil.Process(), []
    for number in range(10_000):
        run(Request("tiny", SELFLESS, settings_of(number // 2), weeks=2, replicate=number // 4))
        if number % 100 == 99:
            seen.append(me.memory_info().rss / MEGABYTE)
    print(f"{seen[9]:.1f} MB after a thousand runs, {max(seen):.1f} MB at most")
    # The allocator settles: half a kilobyte a run would be too much, and a world kept of each replicate 45 MB.
    assert max(seen[10:]) < max(seen[:10]) + 4
