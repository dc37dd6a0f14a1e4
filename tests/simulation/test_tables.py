"""A user's own tables: what they say is what is simulated, and what is wrong with them is said at once."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import at_start, lived

from simulation import Request, run
from simulation.entities import ACROSS, ADOPTED, COMPLYING, INSIDE, KINDS, STAGES, TIERS
from simulation.errors import Invalid
from simulation.own_data import csv_table
from simulation.own_data.tables import ORGANISATIONS, OWN, STAFF, TIES
from simulation.running import prepared

ORGANISATIONS_CSV = """id,kind,system,cost,open
B,primary_care,north,,true
A,acute,north,0.5,
C,council,south,1.2,no
"""
STAFF_CSV = """id,organisation,tier,ego,stage,people
p1,A,frontline,0.2,,10
p2,A,executive,,adopted,1
p3,B,middle,,,2.5
p4,C,frontline,,complying,3
p5,C,senior,0.9,,
"""
TIES_CSV = """source,target,strength
p1,p2,3
p1,p3,15
p4,p5,
"""


@pytest.fixture
def folder(tmp_path):
    write(tmp_path, ORGANISATIONS_CSV, STAFF_CSV, TIES_CSV)
    return tmp_path


def write(folder, organisations=None, staff=None, ties=None, directed=True):
    """Write what is given, and a scenario that names it."""
    lines = ['title = "Our own"', f"directed = {str(directed and ties is not None).lower()}", "[tables]"]
    for name, text in (("organisations", organisations), ("staff", staff), ("ties", ties)):
        if text is not None:
            data = text if isinstance(text, bytes) else text.encode()
            (folder / f"{name}.csv").write_bytes(data)
            lines.append(f'{name} = "{name}.csv"')
    (folder / "own.toml").write_text("\n".join(lines))


def world(folder, **values):
    return at_start(str(folder / "own.toml"), **values)


def problems(folder):
    with pytest.raises(Invalid) as caught:
        world(folder)
    return [problem.replace(f"{folder}/", "") for problem in caught.value.problems]


def is_told(told, *parts):
    """Return whether one of the problems names all of these."""
    return any(all(part in problem for part in parts) for problem in told)


def contacts_of(built, i):
    return built.network.contacts[built.network.start[i] : built.network.start[i + 1]].tolist()


# What they say is what is simulated


def test_organisations_stand_by_system_and_kind_under_their_own_names(folder):
    result = run(Request(str(folder / "own.toml"), {"seeding": 1.0}, weeks=4))
    assert [entry["name"] for entry in result.organisations] == ["A", "B", "C"]
    assert [entry["system"] for entry in result.organisations] == [0, 0, 1]
    assert [KINDS[kind] for kind in world(folder).organisations["kind"]] == ["acute", "primary_care", "council"]


def test_what_a_table_gives_stands_and_what_it_leaves_out_is_drawn(folder):
    built = world(folder)
    assert built.staff["ego"][[0, 4]].tolist() == [0.2, 0.9]
    assert 0 < built.staff["ego"][1] < 1
    assert built.organisations["cost"][[0, 2]].tolist() == [0.5, 1.2]
    assert built.organisations["burden"].tolist() == built.organisations["cost"].tolist()
    assert [TIERS[tier] for tier in built.staff["tier"]] == ["frontline", "executive", "middle", "frontline", "senior"]
    other = world(folder, replicate=1)
    assert other.staff["ego"][[0, 4]].tolist() == [0.2, 0.9]
    assert other.staff["ego"][1] != built.staff["ego"][1]


@pytest.mark.parametrize("column", sorted(set(OWN) - {"tier", "stage"}))
def test_any_trait_and_any_state_at_the_start_is_what_its_column_says(tmp_path, column):
    drawn, given_ = "0.5", {"choice": "manager", "switch": "yes"}
    write(tmp_path, staff=f"id,{column}\np1,{given_.get(OWN[column].sort, drawn)}\np2,\n")
    one, other = world(tmp_path).staff[column]
    plain = {"choice": 1, "switch": 1}.get(OWN[column].sort, 0.5)
    assert one == plain
    write(tmp_path, staff="id\np1\np2\n")
    assert other == world(tmp_path).staff[column][1]


def test_the_first_opinion_is_the_conviction_at_the_start(folder):
    staff = world(folder).staff
    assert (staff["first_opinion"] == staff["conviction"]).all()
    write(folder, staff="id,conviction\np1,0.75\np2,\n")
    assert world(folder).staff["first_opinion"][0] == 0.75


def test_gates_are_open_where_the_table_says_so(folder):
    assert world(folder).organisations["committed"].tolist() == [-1, 0, -1]


def test_people_stand_for_as_many_as_the_table_says(folder):
    built = world(folder)
    assert built.staff["weight"].tolist() == [10 * 1024, 1024, 2560, 3 * 1024, 1024]
    assert built.organisations["weight"].tolist() == [11 * 1024, 2560, 4 * 1024]


def test_people_start_in_the_stage_that_the_table_gives(folder):
    built = world(folder)
    assert built.staff["stage"][[1, 3]].tolist() == [ADOPTED, COMPLYING]
    assert built.staff["conviction"][1] == pytest.approx(0.7)
    assert built.staff["ownership"][[1, 3]].tolist() == [0.5, 0.0]


def test_the_target_listens_to_the_source(folder):
    built = world(folder)
    assert [contacts_of(built, i) for i in range(5)] == [[], [0], [0], [], [3]]
    assert built.network.strengths.tolist() == [3, 15, 1]
    assert built.network.kinds.tolist() == [INSIDE, ACROSS, INSIDE]


def test_ties_without_direction_run_both_ways(folder):
    write(folder, ORGANISATIONS_CSV, STAFF_CSV, TIES_CSV, directed=False)
    built = world(folder)
    assert [contacts_of(built, i) for i in range(5)] == [[1, 2], [0], [0], [4], [3]]


def test_a_stronger_tie_weighs_more(tmp_path):
    """One adopter among two contacts: three quarters of the weight where their tie is three times as strong."""
    people = "id,stage\nme,aware\nadopter,adopted\nother,aware\n"
    write(tmp_path, None, people, "source,target,strength\nadopter,me,3\nother,me,1\n")
    request = Request(str(tmp_path / "own.toml"), weeks=1, settings={"contagion.lapse": False, "turnover.on": False})
    from simulation.kernel import advance
    from simulation.running import lead

    scenario, built, to_come = prepared(request)
    lead(built, scenario, to_come[0], request)
    advance(built, to_come[0].settings, to_come[0].plan, 0, 1)
    assert built.staff["exposure"].tolist() == [0.75, 0.0, 0.0]


REAL = "id,stage,advocate,conviction\na,aware,,0.25\nb,adopted,yes,0.5\nc,aware,,1\n"


@pytest.mark.parametrize("engine", ["compiled", "agents"])
def test_strengths_need_not_be_whole_numbers(tmp_path, engine):
    def seen(one, other):
        write(tmp_path, staff=REAL, ties=f"source,target,strength\nb,a,{one}\nc,a,{other}\n")
        staff = lived(Request(str(tmp_path / "own.toml"), weeks=1, engine=engine)).staff
        return {name: staff[name][0] for name in ("exposure", "surrounding", "urging")}

    assert seen(0.3, 0.5)["exposure"] == pytest.approx(0.375, abs=1e-6)
    assert seen(0.3, 0.5)["surrounding"] == pytest.approx((0.3 * 0.5 + 0.5) / 0.8, abs=1e-6)
    whole, halves = seen(3, 5), seen(1.5, 2.5)
    assert (halves["exposure"], halves["surrounding"]) == (whole["exposure"], whole["surrounding"])
    assert halves["urging"] == whole["urging"] / 2 > 0.0


def test_more_than_can_be_summed_exactly_is_refused_only_where_strengths_are_no_whole_numbers(tmp_path):
    rows = [f"{k},listener,{{}}" for k in range(20)]
    ties = "source,target,strength\n" + "\n".join(rows).replace("{}", "12")
    write(tmp_path, ties=ties)
    world(tmp_path)
    write(tmp_path, ties=ties.replace("0,listener,12", "0,listener,12.5", 1))
    (told,) = problems(tmp_path)
    assert "240.5" in told


@given(st.lists(st.floats(1e-6, 15), min_size=1, max_size=13))
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sums_over_the_strongest_ties_of_those_who_are_wholly_convinced_do_not_overflow(tmp_path, strengths):
    staff = "id,conviction\na,1\n" + "".join(f"p{k},1\n" for k in range(len(strengths)))
    ties = "source,target,strength,kind\n" + "".join(f"p{k},a,{n},rival\n" for k, n in enumerate(strengths))
    write(tmp_path, staff=staff, ties=ties)
    doubly = {"competition.level": 1.0, "competition.spread": 0.0, "competition.spur": 1.0, "appraisal.pace": 0.0}
    staff = lived(Request(str(tmp_path / "own.toml"), settings=doubly, weeks=1)).staff
    assert staff["surrounding"][0] == pytest.approx(1.0)


def test_organisations_alone_have_their_staff_drawn(tmp_path):
    write(tmp_path, "\ufeffid,kind,staff,sample\nX,acute,1000,50\nY,community,20,\n")
    built = world(tmp_path)
    assert built.organisations["weight"] / 1024 == pytest.approx([1000, 20], abs=3)
    assert 45 <= built.organisations["end"][0] <= 55
    assert len(world(tmp_path, settings={"population.scale": 10_000.0}).staff) == pytest.approx(1020, abs=4)


def test_ties_alone_name_the_people(tmp_path):
    write(tmp_path, None, None, "source,target\nann,bob\nbob,cat\n")
    built = world(tmp_path)
    assert [contacts_of(built, i) for i in range(3)] == [[], [0], [1]]
    assert run(Request(str(tmp_path / "own.toml"), weeks=3)).organisations[0]["name"] == "everyone"


def test_staff_alone_name_their_organisations(tmp_path):
    write(tmp_path, None, "id,organisation\n" + "".join(f"p{k},{'xy'[k % 2]}\n" for k in range(40)))
    built = world(tmp_path)
    assert built.organisations["end"].tolist() == [20, 40]
    assert len(built.network.contacts) > 40


def test_a_table_that_changes_is_read_again(folder):
    assert len(world(folder).staff) == 5
    staff = folder / "staff.csv"
    staff.write_text(STAFF_CSV + "p6,A,middle,,,\n")
    assert len(world(folder).staff) == 6


def test_both_engines_run_a_users_own_data(folder):
    shares = [
        run(Request(str(folder / "own.toml"), {"coalition": 1.0}, weeks=12, engine=engine)).adopted_share.tolist()
        for engine in ("compiled", "agents")
    ]
    assert shares[0] == shares[1]


# What is wrong is said at once


def test_every_problem_of_every_table_is_told_with_its_place(folder):
    write(
        folder,
        ORGANISATIONS_CSV,
        "id,organisation,tier,ego,stage\np1,A,frontlin,7,\np1,Q,,nan,bogus\np3,B,,,\np4,C\n",
        "source,target,strength\np1,p1,1\np1,zz,16\np3,p4,-2.5\np3,p4,1\n",
    )
    told = problems(folder)
    for parts in [
        ("staff.csv", "line 2", "`tier`", "'frontlin'", "'frontline'"),
        ("staff.csv", "line 2", "`ego`", "[0, 1]", "'7'"),
        ("staff.csv", "line 3", "`ego`", "[0, 1]", "'nan'"),
        ("staff.csv", "line 3", "`id`", "'p1'", "line 2"),
        ("staff.csv", "line 3", "`organisation`", "'Q'"),
        ("staff.csv", "line 5", "2 values", "5 columns"),
        ("ties.csv", "line 2", "'p1'"),
        ("ties.csv", "line 3", "`strength`", "[1e-06, 15]", "'16'"),
        ("ties.csv", "line 3", "`target`", "'zz'"),
        ("ties.csv", "line 4", "`strength`", "[1e-06, 15]", "'-2.5'"),
        ("ties.csv", "line 5", "'p3'", "'p4'", "line 4"),
    ]:
        assert is_told(told, *parts), parts


@pytest.mark.parametrize(
    ("staff", "named"),
    [
        ("name,tier\nx,\n", ["line 1", "`id`"]),
        ("id,teir\nx,\n", ["line 1", "'teir'", "'tier'"]),
        ("id,id\nx,y\n", ["line 1", "`id`", "twice"]),
        ("id\n", ["no rows"]),
        ("", ["empty"]),
        (b"id\nJos\xe9\n", ["line 2", "UTF-8", "0xe9"]),
        ('id\n"open', ["line 2", "CSV"]),
        ("id,ego\nx,1_0\n", ["line 2", "`ego`", "[0, 1]", "'1_0'"]),
        ("id,junior\nx,maybe\n", ["line 2", "`junior`", "true or false", "'maybe'"]),
        ("id,people\nx,-1\n", ["line 2", "`people`", "[0.01, 100,000]", "'-1'"]),
        ("id,organisation\nx,\n", ["line 2", "`organisation`", "missing"]),
    ],
)
def test_a_table_of_staff_that_cannot_be_used_is_refused_with_its_place(tmp_path, staff, named):
    write(tmp_path, None, staff)
    assert is_told(problems(tmp_path), "staff.csv", *named)


def test_organisations_without_staff_need_a_size(tmp_path):
    write(tmp_path, "id,kind\nX,acute\n")
    (told,) = problems(tmp_path)
    assert is_told([told], "organisations.csv", "line 1", "`staff`")


def test_organisations_in_which_nobody_works_are_refused(folder):
    write(folder, ORGANISATIONS_CSV + "D,acute,south,,\n", STAFF_CSV)
    (told,) = problems(folder)
    assert is_told([told], "organisations.csv", "line 5", "'D'")


def test_ties_and_organisations_need_to_know_who_works_where(tmp_path):
    write(tmp_path, "id,kind,staff\nX,acute,50\n", None, "source,target\na,b\n")
    assert is_told(problems(tmp_path), "table of staff")


def test_a_tie_turned_round_is_the_same_only_without_direction(folder):
    ties = "source,target\np1,p2\np2,p1\n"
    write(folder, ORGANISATIONS_CSV, STAFF_CSV, ties, directed=True)
    assert len(world(folder).network.contacts) == 2
    write(folder, ORGANISATIONS_CSV, STAFF_CSV, ties, directed=False)
    (told,) = problems(folder)
    assert is_told([told], "ties.csv", "line 3", "'p2'", "'p1'", "line 2")


def test_many_problems_are_listed_in_part_and_counted(tmp_path):
    write(tmp_path, None, "id,ego\n" + "".join(f"p{k},9\n" for k in range(80)))
    told = problems(tmp_path)
    assert len(told) == 51
    assert is_told(told[-1:], "staff.csv", "30 more")


def test_too_many_rows_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(csv_table, "MOST_LINES", 10)
    write(tmp_path, None, "id\n" + "".join(f"p{k}\n" for k in range(11)))
    (told,) = problems(tmp_path)
    assert is_told([told], "staff.csv", "line 12", "10 rows")


def test_more_people_than_can_be_counted_exactly_are_refused(tmp_path):
    write(tmp_path, None, "id,people\n" + "".join(f"p{k},100000\n" for k in range(81)))
    (told,) = problems(tmp_path)
    assert is_told([told], "staff.csv", "8,100,000", "8,000,000")


@pytest.mark.parametrize("missing", ["organisations", "staff", "ties"])
def test_a_missing_file_is_named_before_anything_is_read(folder, missing):
    (folder / f"{missing}.csv").unlink()
    with pytest.raises(Invalid) as refused:
        Request(str(folder / "own.toml")).check()
    assert is_told(refused.value.problems, f"tables.{missing}", f"{missing}.csv")


def test_a_file_too_large_is_refused_unread(folder, monkeypatch):
    monkeypatch.setattr("simulation.own_data.tables.MOST_BYTES", 10)
    with pytest.raises(Invalid) as refused:
        Request(str(folder / "own.toml")).check()
    assert is_told(refused.value.problems, "organisations.csv", "10 bytes")


# Whatever is written into them


CELLS = st.one_of(
    st.sampled_from(
        ["", "p1", "p2", "A", "B", "0.5", "1", "nan", "inf", "-1", "1e400", "true", "acute", *TIERS, *STAGES]
    ),
    st.text(st.characters(codec="utf-8"), max_size=5),
)


def tables(columns):
    names = st.lists(st.sampled_from([*columns, "bogus"]), min_size=1, max_size=5)
    needed = [name for name, column in columns.items() if column.required]
    header = st.one_of(names, names.map(lambda more: list(dict.fromkeys([*needed, *more]))))
    body = header.flatmap(
        lambda h: st.lists(st.lists(CELLS, min_size=max(len(h) - 1, 0), max_size=len(h)), max_size=5).map(
            lambda rows: "\n".join(",".join(row) for row in [h, *rows])
        )
    )
    return st.one_of(st.none(), body.map(str.encode), st.binary(max_size=40))


@given(organisations=tables(ORGANISATIONS), staff=tables(STAFF), ties=tables(TIES), directed=st.booleans())
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_content_gives_a_world_or_is_refused_in_words(tmp_path, organisations, staff, ties, directed):
    for old in tmp_path.iterdir():
        old.unlink()
    write(tmp_path, organisations, staff, ties, directed)
    try:
        built = world(tmp_path)
    except Invalid as error:
        assert error.problems and all(problem.strip() for problem in error.problems)
    else:
        assert len(built.staff) >= 1
        assert np.isfinite(built.staff["conviction"]).all()
        assert (built.organisations["weight"] > 0).all()
