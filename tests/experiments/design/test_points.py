"""Designs are plain tables, whatever made them."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import qmc

from experiments.design.points import Grid, Sample, Table, design_of, one_at_a_time
from experiments.design.points_csv import read_csv
from experiments.design.sampling.priors import Prior
from simulation.errors import Invalid
from simulation.own_data.csv_file import Source


def sample(method: str = "sobol", size: int = 64, *priors: Prior, seed: int = 1) -> Sample:
    priors = priors or (Prior(0.0, 1.0), Prior(10.0, 20.0))
    return Sample(tuple("abcdef"[: len(priors)]), priors, size, method, seed)


def test_a_grid_holds_every_combination_once():
    grid = Grid(("a", "b", "c"), ((1, 2), (0.5, 0.7, 0.9), ("x",)))
    rows = [tuple(grid.row(point).values()) for point in range(len(grid))]
    assert len(rows) == len(set(rows)) == 6
    assert rows[0] == (1, 0.5, "x") and rows[-1] == (2, 0.9, "x")


def test_a_grid_of_a_million_million_points_costs_nothing():
    grid = Grid(tuple("abcdef"), (tuple(range(100)),) * 6)
    assert grid.size == 10**12
    assert grid.row(10**12 - 1) == dict.fromkeys("abcdef", 99)


def test_one_at_a_time_leaves_the_others_at_the_centre():
    design = one_at_a_time({"a": 1, "b": 2}, {"a": [0, 1, 5], "b": [2, 3]})
    assert design.rows == ((1, 2), (0, 2), (5, 2), (1, 3))


@pytest.mark.parametrize("method", ["sobol", "latin-hypercube"])
def test_a_sample_is_the_same_for_the_same_seed_and_another_for_another(method):
    assert sample(method).table == sample(method).table
    assert sample(method).table != sample(method, seed=2).table


def test_a_latin_hypercube_has_one_point_in_each_slice_of_each_column():
    design = sample("latin-hypercube", 50)
    for column, low, width in (("a", 0.0, 1 / 50), ("b", 10.0, 10 / 50)):
        slices = [int((design.row(point)[column] - low) / width) for point in range(50)]
        assert sorted(slices) == list(range(50))


def test_sobol_points_fill_the_space_more_evenly_than_a_latin_hypercube():
    def discrepancy(method):
        return qmc.discrepancy(np.array(sample(method, 256, *[Prior(0.0, 1.0)] * 5).table.rows))

    assert discrepancy("sobol") < discrepancy("latin-hypercube") / 2


@pytest.mark.parametrize(
    ("prior", "middle"),
    [
        (Prior(2.0, 4.0), 3.0),
        (Prior(0.01, 1.0, "log-uniform"), 0.1),
        (Prior(0.0, 10.0, "normal", centre=5.0, spread=1.0), 5.0),
        (Prior(0.0, 2.0, "triangular", centre=1.0), 1.0),
    ],
)
def test_a_prior_has_its_ends_its_middle_and_its_order(prior, middle):
    low, centre, high = prior.values(np.array([0.0, 0.5, 1.0]))
    assert (low, high) == pytest.approx((prior.low, prior.high))
    assert centre == pytest.approx(middle)


def test_each_whole_number_of_an_integer_is_as_likely():
    drawn = Prior(1, 4, kind="integer").values(np.linspace(0, 1, 4001)[:-1] + 1e-9)
    assert [drawn.count(number) for number in (1, 2, 3, 4)] == pytest.approx([1000] * 4, abs=2)
    assert all(type(number) is int for number in drawn)


def test_switches_and_choices_are_drawn_as_such():
    quantiles = np.array([0.1, 0.9])
    assert Prior(0, 1, kind="switch").values(quantiles) == [False, True]
    assert Prior(0, 1, kind="choice", choices=("ring", "star")).values(quantiles) == ["ring", "star"]


@pytest.mark.parametrize("design", [Grid(("a",), ((1, 2.5),)), Table(("a", "b"), ((1, True), (2, "x")))])
def test_a_design_survives_being_written_down(design):
    assert design_of(design.document()) == design


def test_a_sample_is_written_down_as_the_points_it_drew():
    assert design_of(sample().document()) == sample().table


def read(path, **written):
    return read_csv(Source(str(path), "... in [design]", **written))


def refused(path, **written):
    with pytest.raises(Invalid) as caught:
        read(path, **written)
    assert all(str(path) in problem for problem in caught.value.problems)
    return caught.value.problems


def test_a_users_table_is_read_with_the_types_of_its_parameters(tmp_path):
    path = tmp_path / "worlds.csv"
    path.write_bytes(
        b"\xef\xbb\xbfpressure.finance,gates.approvals,gates.on,leaders.placement,tactics.seeding\r\n"
        b"0.5,3,true,top,1\r\n-0.0, 2.0 ,0,front,.5\r\n"
    )
    design = read(path)
    assert design.rows == ((0.5, 3, True, "top", 1), (0.0, 2, False, "front", 0.5))
    assert [type(value) for value in design.rows[1]] == [float, int, bool, str, float]
    assert str(design.row(1)["pressure.finance"]) == "0.0"


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (b"", ["empty"]),
        (b"leaders.ego,gates.on\n", ["no rows"]),
        (b"leaders.ego,leaders.ego\n1,1\n", ["line 1", "'leaders.ego' stands twice"]),
        (b"leaders.ego,gates.on\n1\n", ["line 2", "1 value, but 2 columns"]),
        (b"leaders.ego\n0.5\nnan\n", ["line 3", "`leaders.ego`", "[0, 1]", "'nan'"]),
        (b"leaders.ego\n1e999\n", ["line 2", "`leaders.ego`", "'1e999'"]),
        (b"leaders.ego,gates.on\n0.5,\n", ["line 2", "`gates.on`", "missing"]),
        (b"leaders.egos\n1\n", ["line 1", "'leaders.egos'", "'leaders.ego'"]),
        (b"leaders.ego;gates.on\n0,5;1\n", ["line 1", "semicolons", 'separator = ";" in [design]']),
        (b"leaders.ego\n\xe9\n", ["line 2", "UTF-8", 'encoding = "cp1252"']),
        ("leaders.ego\n1\n".encode("utf-16"), ["UTF-16", 'encoding = "utf-16"']),
        (b'leaders.ego\n"x\n', ["CSV"]),
    ],
)
def test_a_users_table_that_cannot_be_used_is_refused_once_with_file_line_and_column(tmp_path, content, parts):
    path = tmp_path / "worlds.csv"
    path.write_bytes(content)
    problems = refused(path)
    assert any(all(part in problem for part in parts) for problem in problems), problems
    assert len(problems) == 1


def test_of_very_many_problems_of_a_users_table_the_first_are_listed_and_all_counted(tmp_path):
    path = tmp_path / "worlds.csv"
    path.write_text("leaders.ego\n" + "7\n" * 80)
    problems = refused(path)
    assert len(problems) == 51
    assert "30 more" in problems[-1]


def test_a_users_table_with_semicolons_and_decimal_commas_is_read_as_its_study_says(tmp_path):
    path = tmp_path / "worlds.csv"
    path.write_text("leaders.ego;gates.on;\n0,5;1;\n1;0;\n;;\n", encoding="utf-16")
    assert read(path, separator=";", decimal=",", encoding="utf-16").rows == ((0.5, True), (1, False))


def test_from_every_corner_the_same_levels_are_changed_one_at_a_time():
    design = one_at_a_time({"a": 1, "b": 2}, {"a": [0, 1, 5], "b": [3]}, [{"c": 7}, {"c": 8}])
    starts = [design.row(corner) for corner in design.corners]
    assert starts == [{"c": 7, "a": 1, "b": 2}, {"c": 8, "a": 1, "b": 2}]
    for start, end in pairwise([*design.corners, len(design)]):
        changed = [dict(design.row(point).items() - design.row(start).items()) for point in range(start + 1, end)]
        assert changed == [{"a": 0}, {"a": 5}, {"b": 3}]
    assert design_of(design.document()) == design
