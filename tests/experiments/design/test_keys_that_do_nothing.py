"""A key changes what is run, or is refused: none is read and passed over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toml_text import fuzzed, toml_of

from experiments.design import study_file
from experiments.design.points_file import DESIGN_KEYS, KEYS
from experiments.design.sampling.priors import SHAPES
from simulation.errors import Invalid
from simulation.own_data.sources import WRITTEN

NEEDED = {
    "grid": {},
    "one-at-a-time": {},
    "latin-hypercube": {"points": 4},
    "sobol": {"points": 4},
    "points": {"points": [{"pressure.finance": 0.2}]},
    "csv": {"file": "one.csv"},
}
FACTORS = {
    "grid": {"factors": {"pressure.finance": [0.2, 0.4]}},
    "one-at-a-time": {"factors": {"pressure.finance": [0.2, 0.4]}},
    "latin-hypercube": {"factors": {"pressure.finance": {"low": 0.2}}},
    "sobol": {"factors": {"pressure.finance": {"low": 0.2}}},
    "points": {},
    "csv": {},
}
GIVEN = {
    "points": [8, 2, [{"pressure.finance": 0.3}], [{"gates.delay": 3.0}, {"gates.delay": 9.0}]],
    "file": ["two.csv"],
    "around": [0.5, 1, "prior", "all"],
    "corners": [[{"gates.delay": 3.0}, {"gates.delay": 9.0}]],
    "seed": [7, 0],
    "random_numbers": ["own"],
    "kind": [*KEYS, "gird"],
    "replicates": [3],
    "centre": [0.5],
}
"""Values that a key takes in one place or another."""


@pytest.fixture
def outcome(tmp_path):
    """What a study comes to: everything that decides its runs, or None where it is refused."""
    for name, level in (("one", 0.2), ("two", 0.3)):
        (tmp_path / f"{name}.csv").write_text(f"pressure.finance\n{level}\n")

    def came_to(**tables):
        text = 'scenario = "tiny"\nweeks = 4\n' + "".join(
            f"{key} = {toml_of(value)}\n" for key, value in tables.items()
        )
        (tmp_path / "my.toml").write_text(text)
        try:
            return study_file.load(tmp_path / "my.toml").document()
        except Invalid:
            return None

    return came_to


@fuzzed(200)
@given(st.sampled_from([*KEYS, None]), st.sampled_from(sorted(GIVEN)), st.data())
def test_a_key_of_a_design_changes_its_points_or_is_refused(outcome, kind, key, data):
    design = {"kind": kind, **NEEDED[kind]} if kind else {}
    factors = FACTORS[kind or "grid"]
    value = data.draw(st.sampled_from(GIVEN[key]))
    before = outcome(**factors, design=design)
    assert before is not None
    after = outcome(**factors, design={**design, key: value})
    assert after is None or after != before or design.get(key, "grid" if key == "kind" else None) == value


def test_every_key_of_a_design_is_drawn():
    # How a file is written says something of the file, whether or not it could be read without.
    assert GIVEN.keys() >= DESIGN_KEYS - WRITTEN.keys()
    assert KEYS.keys() == NEEDED.keys()


@pytest.mark.parametrize("kind", KEYS)
def test_every_key_means_something_to_some_kind_of_design(outcome, kind):
    for key in set(KEYS[kind]) - WRITTEN.keys():
        changed = [outcome(**FACTORS[kind], design={"kind": kind, **NEEDED[kind], key: value}) for value in GIVEN[key]]
        as_it_was = outcome(**FACTORS[kind], design={"kind": kind, **NEEDED[kind]})
        assert any(found not in (None, as_it_was) for found in changed)


PARAMETERS = {
    "gates.delay": {"low": 5.0, "high": 50.0},
    "leaders.number": {"low": 2, "high": 4},
    "gates.on": {},
    "leaders.placement": {},
    "tactics.seeding": {"low": 0.1},
}
"""A parameter of each sort, and a range of it."""
SHAPED = {"uniform": {}, "log-uniform": {}, "normal": {"spread": 1.0}, "triangular": {"centre": 8.0}}


@fuzzed(200)
@given(
    st.sampled_from(sorted(PARAMETERS)),
    st.sampled_from(["", *SHAPES]),
    st.sampled_from(["low", "high", "centre", "spread", "shape", "lo"]),
    st.sampled_from([0.15, 0.2, 3, 3.5, 40.0, *SHAPES]),
)
def test_a_key_of_a_range_changes_what_is_drawn_or_is_refused(outcome, name, shape, key, value):
    design = {"kind": "sobol", "points": 64}
    spec = {**PARAMETERS[name], **({"shape": shape, **SHAPED[shape]} if shape else {})}
    before = outcome(factors={name: spec}, design=design)
    after = outcome(factors={name: {**spec, key: value}}, design=design)
    is_said = spec.get(key, "uniform" if key == "shape" else None) == value
    assert after is None or after != before or is_said


@pytest.mark.parametrize("shape", SHAPES)
def test_ranges_of_every_shape_are_drawn_from(outcome, shape):
    spec = {**PARAMETERS["gates.delay"], "shape": shape, **SHAPED[shape]}
    assert outcome(factors={"gates.delay": spec}, design={"kind": "sobol", "points": 4}) is not None


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("gates.delay", [1, 1.0]),
        ("gates.delay", [0.5e1, 5]),
        ("leaders.ego", [0.0, -0.0]),
        ("gates.on", [True, False, True]),
        ("gates.on", [True, 1]),
        ("leaders.placement", ["top", "front", "top"]),
    ],
)
def test_a_level_that_is_written_in_two_ways_is_one_level_and_refused(outcome, name, levels):
    assert outcome(factors={name: levels}) is None
    assert outcome(factors={name: levels[:1]}) is not None


def test_a_point_stands_once(outcome, tmp_path):
    one, two = {"gates.delay": 3, "gates.on": True}, {"gates.delay": 3.0, "gates.on": True}
    assert outcome(design={"kind": "points", "points": [one, {**two, "gates.on": False}]}) is not None
    assert outcome(design={"kind": "points", "points": [one, two]}) is None
    (tmp_path / "one.csv").write_text("gates.delay\n3\n4\n3.0\n")
    assert outcome(design={"kind": "csv", "file": "one.csv"}) is None


@pytest.mark.parametrize(
    "text",
    [
        '[settings]\n"leaders.ego" = 0.2\nleaders.ego = 0.3\n',
        '[factors]\n"leaders.ego" = [0.2]\nleaders.ego = [0.3]\n',
        '[arms.a.settings]\n"leaders.ego" = 0.2\nleaders.ego = 0.3\n',
        '[[schedule]]\nweek = 3\n[schedule.settings]\n"leaders.ego" = 0.2\nleaders.ego = 0.3\n',
    ],
)
def test_a_name_stands_once_with_quotes_or_without(tmp_path, text):
    (tmp_path / "my.toml").write_text(f'scenario = "tiny"\n{text}')
    with pytest.raises(Invalid, match="stands twice"):
        study_file.load(tmp_path / "my.toml")
