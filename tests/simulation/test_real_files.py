"""Files as other programs write them: read as their scenario says, or refused by one true problem that says what to write."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from own_ties import problems, tables, ties
from worlds import at_start

from simulation.errors import Invalid
from simulation.own_data.csv_file import DECIMALS, ENCODINGS, SEPARATORS
from simulation.own_data.sources import OF_TIES

SEMICOLONS = "id;organisation;ego\r\nJosé;A;0,5\r\nAnn;A;0,25\r\n"
NAMES = "source,target\nJosé,Ann\nAnn,José\n"
GEPHI = "Source;Target;Type;Id;Label;Weight\np1;p2;Directed;0;;2.0\np2;p3;Directed;1;;1.0\n"
R = '"","ego","alter"\n"1","p1","p2"\n"2","p1","p3"\n'
AGAIN = "source,target,strength\np1,p2,2\np2,p1,\np1,p1,1\np1,p2,3\np2,p3,4\n"


@pytest.fixture
def own(tmp_path):
    """Return a function that writes tables, each of a content and of choices in TOML, and returns the scenario."""

    def written(directed=True, **tables):
        lines = ['title = "Our own"', *([f"directed = {str(directed).lower()}"] if "ties" in tables else [])]
        for name, (content, choices) in tables.items():
            (tmp_path / f"{name}.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
            lines += [f"[tables.{name}]", f'file = "{name}.csv"', choices]
        (tmp_path / "own.toml").write_text("\n".join(lines), encoding="utf-8")
        return str(tmp_path / "own.toml")

    return written


def pairs(path):
    """Return the names at the ends of each tie, and its strength."""
    return [(source, target, None if n != n else n) for source, target, n in ties(path)]


@pytest.mark.parametrize(
    ("content", "choices", "written"),
    [
        (GEPHI, "", 'separator = ";"'),
        (GEPHI, "separator = ';'", 'columns = { source = "Source", target = "Target" }'),
        (GEPHI, "separator = ';'", 'ignore = ["Type", "Id", "Label", "Weight"]'),
        (R, "", 'columns = { source = "...", target = "..." }'),
        (R, 'columns = { source = "alter", target = "ego" }', 'ignore = [""]'),
        ("source,target,note\np1,p2,\n", "", 'ignore = ["note"]'),
        (NAMES.encode("utf-16"), "", 'encoding = "utf-16"'),
        (NAMES.replace(",", "\t").encode("utf-16"), 'encoding = "utf-16"', 'separator = "\\t"'),
        (NAMES.encode("cp1252"), "", 'encoding = "cp1252"'),
        (NAMES, 'encoding = "utf-16"', 'encoding = "utf-8"'),
        ("source,target\np1,p2\np1,p2\np1,p2\n", "", 'duplicates = "first"'),
        ("source,target\np1,p1\np2,p2\n", "", 'self_ties = "drop"'),
        ("source,target,strength\np1,p2,9\np1,p2,9\np2,p3,9\np2,p3,9\n", 'duplicates = "sum"', 'duplicates = "first"'),
        ("source,target\n1,p1,p2\n2,p2,p3\n", "", "line 2: 3 values, but 2 columns"),
        (NAMES.encode("utf-16-le"), "", "UTF-8"),
        ("source,target\np1,p2\n", 'ignore = ["note"]', "'note'"),
        ("source,target\np1,p2\n", 'columns = { source = "from" }', "'from'"),
        ("source,target\np1,p2\n", 'columns = { sorce = "source" }', "`sorce`"),
    ],
)
def test_ties_that_are_written_otherwise_are_refused_by_one_problem_that_says_what_to_write(
    own, content, choices, written
):
    (told,) = problems(own(ties=(content, choices)))
    assert written in told
    assert "ties.csv" in told


@pytest.mark.parametrize(
    "staff", [SEMICOLONS.encode(), NAMES.encode("cp1252"), b"", b"id,ego\n", b'id\n"open', b"id,teir\nAnn,\n"]
)
def test_nobody_is_said_to_be_missing_while_the_table_of_staff_cannot_be_read(own, staff):
    (told,) = problems(own(staff=(staff, ""), ties=(NAMES, "")))
    assert "staff.csv" in told


def test_faults_of_the_other_tables_are_told_although_one_cannot_be_read(own):
    told = problems(own(staff=(SEMICOLONS, ""), ties=("source,target,strength\nx,y,99\n", "")))
    assert len(told) == 2
    assert "`strength`" in told[1]


def test_a_choice_is_shown_where_it_can_be_written_when_a_file_is_named_by_its_path_alone(tmp_path):
    (tmp_path / "ties.csv").write_text(GEPHI)
    (tmp_path / "own.toml").write_text('[tables]\nties = "ties.csv"\n')
    (told,) = problems(str(tmp_path / "own.toml"))
    assert 'ties = { file = "ties.csv", separator = ";" } in [tables]' in told


def test_a_whole_column_of_decimal_commas_is_one_problem(own):
    (told,) = problems(own(staff=(SEMICOLONS, 'separator = ";"')))
    assert 'decimal = ","' in told


def test_a_file_of_semicolons_decimal_commas_and_windows_characters_is_read_as_its_scenario_says(own):
    choices = 'separator = ";"\ndecimal = ","\nencoding = "cp1252"'
    built = at_start(own(staff=(SEMICOLONS.encode("cp1252"), choices), ties=(NAMES, "")))
    assert built.staff["ego"].tolist() == [0.5, 0.25]


def test_with_decimal_commas_a_point_is_no_decimal_point(own):
    (told,) = problems(own(staff=("id;ego\nAnn;0.5\n", 'separator = ";"\ndecimal = ","')))
    assert "'0.5'" in told


def test_columns_are_read_under_the_names_that_the_scenario_gives_them(own):
    choices = 'columns = { source = "Source", target = "Target", strength = "Weight" }\nignore = true\nseparator = ";"'
    assert pairs(own(ties=(GEPHI, choices))) == [("p1", "p2", 2), ("p2", "p3", 1)]
    swapped = 'columns = { source = "alter", target = "ego" }\nignore = [""]'
    assert [pair[:2] for pair in pairs(own(ties=(R, swapped)))] == [("p2", "p1"), ("p3", "p1")]


def test_a_column_that_is_left_out_may_have_the_name_of_one_that_is_known(own):
    assert pairs(own(ties=("source,target,kind\na,b,friend\n", 'ignore = ["kind"]'))) == [("a", "b", 1)]


def test_cells_rows_and_columns_in_which_nothing_stands_are_skipped(own):
    path = own(ties=("\ufeffsource,target,,\r\np1,p2,,\r\n,,,\r\np2,p3,,,,\r\n", ""))
    assert pairs(path) == [("p1", "p2", 1), ("p2", "p3", 1)]


@pytest.mark.parametrize(
    ("directed", "choice", "kept"),
    [
        (True, "first", [("p1", "p2", 2), ("p2", "p1", None), ("p2", "p3", 4)]),
        (True, "sum", [("p1", "p2", 5), ("p2", "p1", None), ("p2", "p3", 4)]),
        (False, "first", [("p1", "p2", 2), ("p2", "p3", 4)]),
        (False, "sum", [("p1", "p2", 6), ("p2", "p3", 4)]),
    ],
)
def test_ties_that_stand_again_and_to_oneself_are_kept_as_the_scenario_says(own, directed, choice, kept):
    """A strength left out counts as 1 when added."""
    path = own(directed, ties=(AGAIN, f'duplicates = "{choice}"\nself_ties = "drop"'))
    assert pairs(path) == kept


def test_without_a_column_of_strengths_each_tie_that_stands_again_adds_one(own):
    path = own(ties=("source,target\na,b\na,b\na,b\nb,c\n", 'duplicates = "sum"'))
    built = at_start(path)
    assert built.network.strengths.tolist() == [3, 1]


def test_ties_with_people_who_are_not_in_the_table_of_staff_are_counted_or_left_out(own):
    staff, content = "id\na\nb\n", "source,target\na,b\na,zoe\nyves,zoe\n"
    told = problems(own(staff=(staff, ""), ties=(content, "")))
    assert "2 ties" in told[0] and 'strangers = "drop"' in told[0]
    assert [problem for problem in told if "line 3" in problem and "'zoe'" in problem]
    assert pairs(own(staff=(staff, ""), ties=(content, 'strangers = "drop"'))) == [("a", "b", 1)]


@given(
    content=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc"), st.integers(1, 4)), max_size=8),
    directed=st.booleans(),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_adding_up_keeps_all_strength_but_that_of_ties_to_oneself(own, content, directed):
    text = "source,target,strength\n" + "".join(f"{s},{t},{n}\n" for s, t, n in [*content, ("d", "e", 1)])
    path = own(directed, ties=(text, 'duplicates = "sum"\nself_ties = "drop"'))
    wanted: dict[tuple[str, str], int] = {("d", "e"): 1}
    for source, target, strength in content:
        pair = (source, target) if directed else (min(source, target), max(source, target))
        wanted[pair] = wanted.get(pair, 0) + strength
    wanted = {pair: strength for pair, strength in wanted.items() if pair[0] != pair[1]}
    if max(wanted.values()) > 15:
        assert len(problems(path)) == 1
        return
    found = pairs(path)
    assert {(s, t) if directed else (min(s, t), max(s, t)): n for s, t, n in found} == wanted
    assert len(found) == len(wanted)


@pytest.mark.parametrize(
    ("choices", "parts"),
    [
        ('separator = " "', ["line 5", "`separator`", "' '"]),
        ('seperator = ";"', ["line 5", "seperator", "'separator'"]),
        ("ignore = 3", ["line 5", "`ignore`", "3"]),
        ("ignore = [3]", ["line 5", "`ignore`", "[3]"]),
        ("columns = { source = 3 }", ["line 5", "`columns`"]),
        ('encoding = "utf-7"', ["line 5", "`encoding`", "'utf-7'", "'cp1252'"]),
        ('duplicates = "drop"', ["line 5", "`duplicates`", "'first'"]),
    ],
)
def test_a_choice_that_there_is_not_is_refused_with_its_line(own, choices, parts):
    (told,) = problems(own(ties=(NAMES, choices)))
    assert all(part in told for part in parts), told


def test_a_table_needs_a_file_and_only_ties_say_what_becomes_of_repeated_ones(tmp_path):
    (tmp_path / "own.toml").write_text('[tables.staff]\nduplicates = "sum"\n')
    told = problems(str(tmp_path / "own.toml"))
    assert any("`file`" in problem for problem in told)
    assert any("duplicates" in problem for problem in told)


@given(
    content=st.one_of(st.binary(max_size=40), st.sampled_from([GEPHI, R, AGAIN, SEMICOLONS, NAMES]).map(str.encode)),
    choices=st.fixed_dictionaries(
        {},
        optional={
            "separator": st.sampled_from([s.replace("\t", "\\t") for s in SEPARATORS]),
            "decimal": st.sampled_from(DECIMALS),
            "encoding": st.sampled_from(ENCODINGS),
            **{key: st.sampled_from(values) for key, values in OF_TIES.items()},
        },
    ),
    ignore=st.booleans(),
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_content_under_any_choice_is_read_or_refused_in_words(own, content, choices, ignore):
    lines = [f'{key} = "{value}"' for key, value in choices.items()] + [f"ignore = {str(ignore).lower()}"]
    path = own(ties=(content, "\n".join(lines)))
    try:
        found = tables(path)
    except Invalid as error:
        assert error.problems and all(problem.strip() for problem in error.problems)
    else:
        assert len(found.ties) == len(found.sources) == len(found.targets)
