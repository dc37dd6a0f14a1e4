"""One grammar of values: what is read, or refused, at one door is read as the same value, or refused, at every other."""

import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from experiments.commands.options.assignments import assigned
from experiments.design.dotted import kind_of, settings_in
from experiments.design.points_csv import read_csv
from simulation import Request, catalogue
from simulation.errors import Invalid
from simulation.own_data.csv_file import Problems, Source
from simulation.own_data.csv_table import Column, table

REFUSED = "refused"
NAMES = {"number": "gates.delay", "integer": "gates.approvals", "switch": "gates.on", "choice": "leaders.placement"}


def checked(name, values):
    """Return the value of a parameter if a run may have it."""
    try:
        Request("tiny", settings=values).check()
    except Invalid:
        return REFUSED
    return values[name]


def by_set(name, text, folder):
    return checked(name, assigned([f"{name}={text}"], "--set", kind_of)[0])


def by_design(name, text, folder):
    path = folder / "design.csv"
    path.write_text(f'{name},leaders.ego\n"{text}",0\n', encoding="utf-8")
    try:
        return read_csv(Source(str(path), "... in [design]")).rows[0][0]
    except Invalid:
        return REFUSED


def by_own_table(name, text, folder):
    parameter = catalogue.parameters()[name]
    column = Column(parameter.kind, parameter.low, parameter.high, parameter.choices, required=True)
    path = folder / "own.csv"
    path.write_text(f'{name},id\n"{text}",x\n', encoding="utf-8")
    problems = Problems(str(path))
    found = table(Source(str(path), "... in [tables]"), {name: column, "id": Column("name")}, problems)
    if problems.listed:
        return REFUSED
    kept = found.columns[name][0]
    return parameter.choices[kept] if parameter.choices else bool(kept) if parameter.kind == "switch" else kept


def by_toml(name, text, folder):
    """Return what a TOML file means, which writes a choice as text and all else without quotes."""
    written = f'"{text}"' if kind_of(name) == "choice" else text
    return checked(name, settings_in(tomllib.loads(f'"{name}" = {written}')))


DOORS = [by_set, by_design, by_own_table]


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        *[("switch", text, True) for text in ("true", "True", "TRUE", "yes", "Yes", "1", "1.0", " true ")],
        *[("switch", text, False) for text in ("false", "False", "FALSE", "no", "0", "0.0", "-0")],
        *[("switch", text, REFUSED) for text in ("2", "on", "t", "ja", "tru e", "nan")],
        *[("integer", text, 2) for text in ("2", "2.0", "+2", "2e0", " 2 ", "2.")],
        *[
            ("integer", text, REFUSED)
            for text in ("2.5", "02", "2_0", "True", "yes", "0x2", "٢", "2,0", "1e400", "inf")
        ],
        ("number", "12", 12),
        ("number", "12.50", 12.5),
        *[
            ("number", text, REFUSED)
            for text in ("012", "1_2", "12,5", "1 2", "true", "nan", "12 %", "twelve", "1e999")
        ],
        ("choice", "top", "top"),
        *[("choice", text, REFUSED) for text in ("Top", "1", "true", "to p")],
    ],
)
@pytest.mark.parametrize("door", DOORS)
def test_a_text_means_the_same_wherever_it_is_written(door, kind, text, value, tmp_path):
    found = door(NAMES[kind], text, tmp_path)
    assert (found, isinstance(found, bool)) == (value, isinstance(value, bool))


PIECES = st.lists(
    st.sampled_from(["0", "1", "2", "07", ".", ".0", "-", "+", "_", ",", " ", "e", "E1", "x"]), max_size=5
)
WORDS = st.sampled_from(["true", "TRUE", "false", "yes", "No", "nan", "inf", "-inf", "top", "front", "1e400", "2.0"])


@given(kind=st.sampled_from(list(NAMES)), text=st.one_of(PIECES.map("".join), WORDS))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_doors_agree(tmp_path, kind, text):
    doors = list(DOORS)
    try:
        by_toml(NAMES[kind], text, tmp_path)
    except tomllib.TOMLDecodeError:
        pass  # TOML has rules of its own on what can be written at all
    else:
        doors += [by_toml] if "_" not in text and kind != "choice" else []
    found = {door.__name__: door(NAMES[kind], text, tmp_path) for door in doors}
    assert len({(type(value) is bool, value) for value in found.values()}) == 1, found


@pytest.mark.parametrize("name", ["gates.delay", "gates.approvals"])
def test_a_number_that_is_refused_is_told_with_how_numbers_are_written(name):
    with pytest.raises(Invalid, match="no leading zeros"):
        Request("tiny", settings=assigned([f"{name}=007"], "--set", kind_of)[0]).check()


def test_a_whole_number_of_a_study_may_be_written_with_a_point(tmp_path):
    from experiments.design import study_file
    from experiments.design.jobs import jobs_of

    def key(approvals, on):
        path = tmp_path / "study.toml"
        levels = f'"gates.approvals" = [{approvals}]\n"gates.on" = [{on}]'
        path.write_text(f'scenario = "tiny"\nweeks = 4.0\nreplicates = 2.0\n[factors]\n{levels}\n')
        return jobs_of(study_file.load(path))[0].key

    assert key("2.0", "1") == key("2", "true")
