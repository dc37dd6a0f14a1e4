"""What a scenario file cannot be is refused before anything is built: every fault at once, with its file and line."""

import time
import tracemalloc

import pytest

from simulation import Request, run
from simulation.errors import Invalid
from simulation.scenario import load

ROW = '[[organisations]]\nkind = "acute"\ncount = 1\nstaff = 60\nsample = 30\n'
GOOD = f'title = "Ours"\n{ROW}'


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a scenario and returns its path."""

    def written(text, name="ours.toml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return written


def problems(path):
    with pytest.raises(Invalid) as caught:
        Request(path).check()
    return caught.value.problems


def problem_of(path):
    (problem,) = problems(path)
    return problem


def test_a_good_scenario_passes(file):
    Request(file(GOOD)).check()


def test_a_scenario_with_an_empty_list_of_tables_passes(file):
    Request(file(ROW + "[tables]\n")).check()


def test_settings_may_stand_without_quotes(file):
    path = file('title = "Ours"\n[settings]\ngates.delay = 5\n"population.ego" = 0.5\n' + ROW)
    Request(path).check()
    assert load(path).settings == {"gates.delay": 5, "population.ego": 0.5}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("title = ", ["line 1"]),
        (b"title = '\xff'", ["line 1", "UTF-8"]),
        (b"\x00\x01", ["line 1", "NUL"]),
        ('title = "Ours"'.encode("utf-16"), ["UTF-16", "UTF-8"]),
        ("title: Ours\nsystems: 1\n", ["line 1", "YAML", "`name = value`"]),
        ("a = " + "[" * 3000 + "]" * 3000, ["nested"]),
        ("", ["[[organisations]]", "[tables]"]),
        ('titel = "Ours"\n' + ROW, ["line 1", "`titel`", "'title'"]),
        ("title = 3\n" + ROW, ["line 1", "`title`", "text", "3"]),
        ("systems = 0\n" + ROW, ["line 1", "`systems`", "[1, 1000]", "0"]),
        ("systems = 1.5\n" + ROW, ["line 1", "`systems`", "whole number", "1.5"]),
        ("systems = 2\n" + ROW, ["line 1", "2 systems"]),
        ('directed = "no"\n' + ROW, ["line 1", "`directed`", "true or false", "'no'"]),
        ("directed = true\n" + ROW, ["line 1", "`directed`", "`tables.ties`"]),
        ('settings = { "leaders.ego" = 0.2, leaders.ego = 0.3 }\n' + ROW, ["line 1", "leaders.ego`", "twice"]),
        ("settings = { leaders.number = 3 }\n" + ROW + "[[leaders]]\n", ["line 1", "`leaders.number`", "[[leaders]]"]),
        ("settings = 3\n" + ROW, ["line 1", "`settings`", "table", "3"]),
        ("organisations = 3", ["line 1", "`organisations`", "list", "3"]),
        ("organisations = [3]", ["line 1", "`organisations`", "list of tables"]),
        (ROW.replace("acute", "acut"), ["line 2", "row 1", "'acut'", "'acute'"]),
        (ROW.replace('"acute"', "[1]"), ["line 2", "row 1", "[1]"]),
        (ROW.replace("count = 1", "count = 0"), ["line 3", "row 1", "`count`", "[1, 20000]", "0"]),
        (ROW.replace("count = 1", "count = true"), ["line 3", "row 1", "`count`", "whole number", "True"]),
        (ROW.replace("staff = 60", "staff = 60.5"), ["line 4", "row 1", "`staff`", "whole number", "60.5"]),
        (ROW.replace("staff = 60\n", ""), ["line 1", "row 1", "`staff`"]),
        (ROW + "spread = nan\n", ["line 6", "row 1", "`spread`", "[0, 2]", "nan"]),
        (ROW + "spred = 1\n", ["line 6", "row 1", "`spred`", "'spread'"]),
        (ROW + '[[leaders]]\ntier = "boss"\n', ["line 7", "leaders row 1", "'boss'"]),
        (ROW + '[[leaders]]\nhome = "acut"\n', ["line 7", "leaders row 1", "'acut'", "'acute'"]),
        (ROW + "[[leaders]]\nhours = nan\n", ["line 7", "leaders row 1", "`hours`", "[0, 60]", "nan"]),
        (ROW + "[[leaders]]\nego = true\n", ["line 7", "leaders row 1", "`ego`", "[0, 1]", "True"]),
        (ROW + '[[leaders]]\nstart = "now"\n', ["line 7", "leaders row 1", "`start`", "[0, 5200]", "'now'"]),
        (ROW + "[[leaders]]\nstart = 9\nend = 9\n", ["line 8", "leaders row 1", "`end`", "`start`", "never lead"]),
        (ROW + "[[leaders]]\ntactics = 3\n", ["line 7", "leaders row 1", "`tactics`", "3"]),
        (ROW + "[[leaders]]\ntactics = { seding = 1 }\n", ["line 6", "'seding'", "'seeding'"]),
        (ROW + '[tables]\nstaff = "ours.toml"\n', ["line 6", "[[organisations]]", "[tables]"]),
        ("[tables]\nstaff = 3\n", ["line 2", "`tables.staff`", "CSV", "3"]),
        ('[tables]\nstaf = "s.csv"\n', ["line 2", "`tables.staf`", "'staff'"]),
        ('[tables]\nstaff = "s.csv"\n', ["line 1", "`tables.staff`", "s.csv"]),
        ('systems = 3\n[tables]\nstaff = "ours.toml"\n', ["line 1", "[tables]", "`system`"]),
    ],
)
def test_a_scenario_file_that_cannot_be_used_is_refused_with_its_place(file, text, named):
    path = file(text)
    problem = problem_of(path)
    assert problem.startswith(path)
    assert [part for part in named if part not in problem] == []


@pytest.mark.parametrize(
    ("settings", "tactics", "named"),
    [
        ({"leaders.placement": "top"}, {}, "`leaders.placement`"),
        ({"leaders.ego": 0.5}, {}, "`leaders.ego`"),
        ({"leaders.hours": 5.0}, {}, "`leaders.hours`"),
        ({}, {"seeding": 1.0}, "`seeding`"),
    ],
)
def test_what_a_scenario_says_of_each_leader_cannot_be_said_of_all(file, settings, tactics, named):
    each = file(ROW + "[[leaders]]\nhours = 3\nego = 0.2\ntactics = { coalition = 1 }\n")
    for request in (Request(each, tactics, settings), Request(each, schedule=((4, {"tactics": tactics}),))):
        if request.schedule and not tactics:
            continue
        with pytest.raises(Invalid, match="does nothing") as refused:
            request.check()
        assert named in str(refused.value)
    some = file(ROW + "[[leaders]]\nhours = 3\nego = 0.2\ntactics = { coalition = 1 }\n[[leaders]]\n", "some.toml")
    if "leaders.placement" not in settings:
        Request(some, tactics, settings).check()
    Request(each, {"giving": 1.0}, {"leaders.hours": 0, "leaders.ego_spread": 0.2}).check()


def test_settings_of_a_scenario_file_are_checked_and_the_file_named(file):
    path = file('title = "Ours"\n[settings]\n"population.ego" = 7.0\n"gates.dlay" = 1\n' + ROW)
    found = problems(path)
    assert len(found) == 2
    assert all(problem.startswith(path) for problem in found)


def test_every_fault_of_a_file_is_told_at_once(file):
    text = 'systems = 0\ntitel = "x"\n' + ROW.replace("acute", "acut").replace("staff = 60", "staff = -1")
    assert len(problems(file(text))) == 4


def test_faults_are_told_with_their_lines_also_those_of_settings_and_of_later_rows(file):
    text = GOOD + ROW.replace("staff = 60", "staff = 0") + "[[leaders]]\nhours = 99\ntactics = { seding = 1 }\n"
    path = file(text + "[settings]\ngates.delay = 0\ngates.dlay = 1\n[tables]\nstaf = 's.csv'\n")
    assert [problem.removeprefix(path).partition(":")[0] for problem in problems(path)] == [
        ", line 10", ", line 13", ", line 19", ", line 16", ", line 17", ", line 12",
    ]  # fmt: skip


def test_a_file_too_large_for_a_scenario_is_not_read(file):
    path = file(GOOD + "# " + "x" * 1_000_000)
    with pytest.raises(Invalid) as refused:
        load(path)
    assert path in str(refused.value)


# Sizes


HUGE = [
    ROW.replace("count = 1", "count = 20000").replace("60", "200000").replace("30", "50000"),
    "\n".join([ROW.replace("count = 1", "count = 20000").replace("staff = 60", "staff = 2000")] * 25),
    "systems = 1000\n" + ROW.replace("count = 1", "count = 20000") + "[[leaders]]\ncount = 500\n",
]


@pytest.mark.parametrize("text", HUGE, ids=["sample", "headcount", "leaders"])
def test_absurd_sizes_are_refused_at_once_and_nothing_is_allocated(file, text):
    path = file(text)
    tracemalloc.start()
    start = time.perf_counter()
    found = problems(path)
    seconds = time.perf_counter() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == 1
    assert peak < 20_000_000
    assert seconds < 5.0


def test_a_thousand_million_staff_are_refused_with_the_limit(file):
    text = ROW.replace("count = 1", "count = 20000").replace("staff = 60", "staff = 50000").replace("30", "50000")
    problem = problem_of(file(text))
    assert "1,000,000,000" in problem and "5,000,000" in problem


def test_a_size_that_settings_make_absurd_is_refused_before_anything_is_built(file):
    settings = '[settings]\n"population.scale" = 10000.0\n'
    organisations = ROW.replace("count = 1", "count = 20000").replace("60", "200000").replace("30", "100")
    with pytest.raises(Invalid) as refused:
        run(Request(file(settings + organisations), weeks=1))
    assert len(refused.value.problems) == 1
