"""Ties in files of graphs are those that networkx wrote there, or are refused in words that say what to write."""

import networkx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from own_ties import problems, tables, ties

from simulation import Request, run
from simulation.errors import Invalid
from simulation.own_data import graph_file
from simulation.own_data.sources import KEPT

WRITE = {"graphml": networkx.write_graphml, "gml": networkx.write_gml, "net": networkx.write_pajek}
STRENGTH = 'columns = { strength = "weight" }'


@pytest.fixture
def own(tmp_path):
    """Return a function that writes a file, and a scenario that names it with choices in TOML."""

    def written(name, content, choices="", top="", staff=""):
        if isinstance(content, networkx.Graph):
            WRITE[name.rpartition(".")[2]](content, tmp_path / name)
        else:
            (tmp_path / name).write_bytes(content)
        lines = [top, "[tables.ties]", f'file = "{name}"', choices]
        if staff:
            (tmp_path / "staff.csv").write_text(staff)
            lines += ["[tables.staff]", 'file = "staff.csv"']
        (tmp_path / "own.toml").write_text("\n".join(lines), encoding="utf-8")
        return str(tmp_path / "own.toml")

    return written


def pairs(path):
    return {(source, target): strength for source, target, strength in ties(path)}


def graph(kind, *ties):
    made = kind()
    made.add_weighted_edges_from(ties)
    return made


@pytest.mark.parametrize("form", WRITE)
@pytest.mark.parametrize("kind", [networkx.Graph, networkx.DiGraph])
@given(
    ties=st.dictionaries(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")), st.integers(1, 15), min_size=1)
)
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_graph_that_was_written_is_read_again(own, form, kind, ties):
    made = graph(kind, *((*pair, n) for pair, n in ties.items() if pair[0] != pair[1]), ("y", "z", 1))
    is_directed = kind is networkx.DiGraph
    top = f"directed = {str(is_directed).lower()}"
    found = pairs(own(f"ties.{form}", made, STRENGTH, top))
    wanted = {(s, t): data["weight"] for s, t, data in made.edges(data=True)}
    if is_directed:
        assert found == wanted
    else:
        assert {frozenset(pair): n for pair, n in found.items()} == {frozenset(pair): n for pair, n in wanted.items()}


def test_a_random_graph_can_be_run(own):
    path = own("small-world.graphml", networkx.watts_strogatz_graph(40, 4, 0.1, seed=1))
    assert len(run(Request(path, weeks=2)).adopted_share) == 3


@pytest.mark.parametrize("form", WRITE)
def test_a_node_without_ties_is_somebody_unless_the_staff_table_says_otherwise(own, form):
    made = graph(networkx.Graph, ("Ann", "Bob", 1))
    made.add_node("Cai")
    assert sorted(tables(own(f"ties.{form}", made, STRENGTH)).staff_ids) == ["Ann", "Bob", "Cai"]
    listed = own(f"ties.{form}", made, STRENGTH, staff="id\nAnn\nBob\n")
    assert tables(listed).staff_ids == ["Ann", "Bob"]
    assert len(run(Request(own(f"ties.{form}", made, STRENGTH), weeks=2)).adopted_share) == 3


def test_people_are_called_by_an_attribute_where_the_scenario_says_so(own):
    made = graph(networkx.Graph, ("n0", "n1", 1))
    networkx.set_node_attributes(made, {"n0": "Ann", "n1": "José"}, "name")
    choices = f'{STRENGTH}\nnames = "name"'
    assert pairs(own("ties.graphml", made, choices, staff="id\nAnn\nJosé\nZoë\n")) == {("Ann", "José"): 1}
    (told,) = problems(own("ties.graphml", made, choices.replace('names = "name"', 'names = "label"')))
    assert "'label'" in told and '"name"' in told


@pytest.mark.parametrize("kind", [networkx.Graph, networkx.DiGraph])
def test_the_direction_is_that_of_the_file_or_it_is_refused(own, kind):
    top = "directed = false" if kind is networkx.DiGraph else "directed = true"
    (told,) = problems(own("ties.gml", graph(kind, ("a", "b", 1)), STRENGTH, top))
    assert top.replace("true", "TRUE").replace("false", "true").replace("TRUE", "false") in told


def test_ties_are_named_by_their_number_and_what_is_not_known_is_not_guessed(own):
    made = graph(networkx.Graph, ("a", "b", 1), ("b", "c", 99))
    (told,) = problems(own("ties.graphml", made))
    assert 'ignore = ["weight"]' in told and "line" not in told
    (told,) = problems(own("ties.graphml", made, STRENGTH))
    assert "tie 2, column `strength`" in told and "99" in told


def test_ties_that_stand_again_in_pajek_are_counted_as_everywhere(own):
    content = b"*vertices 3\n1 a\n2 b\n3 c\n*edges\n1 2 1\n2 1 1\n2 3 1\n"
    (told,) = problems(own("ties.net", content, STRENGTH))
    assert 'duplicates = "first"' in told
    assert pairs(own("ties.net", content, f'{STRENGTH}\nduplicates = "sum"')) in (
        {("a", "b"): 2, ("b", "c"): 1},
        {("b", "a"): 2, ("b", "c"): 1},
    )


@pytest.mark.parametrize(
    ("name", "choices", "named"),
    [
        ("ties.graphml", 'separator = ";"', "`separator`"),
        ("ties.csv", 'names = "label"', "`names`"),
    ],
)
def test_what_is_said_of_other_files_is_refused(own, name, choices, named):
    (told,) = problems(own(name, b"source,target\na,b\n", choices))
    assert named in told


def test_only_ties_may_be_a_graph(tmp_path):
    (tmp_path / "own.toml").write_text('[tables]\nstaff = "staff.gml"\n')
    assert any("GML" in problem for problem in problems(str(tmp_path / "own.toml")))


def test_a_graph_without_ties_or_too_large_a_file_is_refused(own, monkeypatch):
    made = networkx.Graph()
    made.add_node("a")
    (told,) = problems(own("ties.gml", made))
    assert "no ties" in told
    monkeypatch.setattr(graph_file, "MOST_BYTES", 10)
    (told,) = problems(own("ties.gml", made))
    assert "CSV" in told


@given(
    form=st.sampled_from(sorted(WRITE)),
    content=st.one_of(
        st.binary(max_size=60),
        st.text('graph[]node"edge<>/ 0123*vertics\n', max_size=60).map(str.encode),
        st.sampled_from(
            [b"", b"<graphml>", b"<graphml/>", b"graph [", b"*vertices 2\n*arcs\n1 9\n", b"*vertices x\n", b"\xff\xfe"]
        ),
    ),
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_content_is_read_or_refused_in_words(own, form, content):
    try:
        tables(own(f"ties.{form}", content))
    except Invalid as error:
        assert all(f"ties.{form}" in problem for problem in error.problems)


def test_a_graph_that_a_sweep_has_kept_as_a_table_is_still_a_graph(own, tmp_path):
    path = own("ties.gml", graph(networkx.Graph, ("a", "b", 2)), STRENGTH)
    kept = tmp_path / f"own{KEPT}"
    kept.mkdir()
    (kept / "own.toml").write_bytes((tmp_path / "own.toml").read_bytes())
    (kept / "ties.csv").write_bytes((tmp_path / "ties.gml").read_bytes())
    assert pairs(str(kept / "own.toml")) == pairs(path) == {("a", "b"): 2}
