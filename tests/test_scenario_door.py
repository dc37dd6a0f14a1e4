"""What a request or a scenario cannot be is said at the door: every problem at once, and nothing is built (R9 to R11)."""

import time
import tracemalloc

import pytest

from simulation import Request
from simulation.errors import Invalid
from simulation.scenario import load

ROW = '[[organisations]]\nkind = "acute"\ncount = 1\nstaff = 60\nsample = 30\n'
GOOD = f'title = "Ours"\n{ROW}'


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a scenario and returns its path."""

    def written(text):
        path = tmp_path / "ours.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return written


def problems(request):
    with pytest.raises(Invalid) as caught:
        request.check()
    return caught.value.problems


def one_problem(request):
    found = problems(request)
    assert len(found) == 1, found
    return found[0]


def test_a_good_scenario_passes(file):
    Request(file(GOOD)).check()


# Names


def test_an_unknown_scenario_is_refused_with_the_nearest(file):
    assert one_problem(Request("ics-smal")) == "No scenario is called 'ics-smal'. Did you mean 'ics-small'?"


@pytest.mark.parametrize("name", ["", "..", "../tiny", "tiny/", "a" * 5000, "nul\0", "tiny.TOML", "\ud800"])
def test_names_that_no_scenario_has_are_refused(name):
    assert "scenario" in one_problem(Request(name)).lower()


@pytest.mark.parametrize("name", ["missing.toml", "a" * 5000 + ".toml", "nul\0.toml", "simulation.toml"])
def test_a_missing_scenario_file_is_refused(name):
    assert "does not exist" in one_problem(Request(name))


def test_a_folder_is_no_scenario(tmp_path):
    (tmp_path / "folder.toml").mkdir()
    assert "does not exist" in one_problem(Request(str(tmp_path / "folder.toml")))


def test_unknown_tactics_and_parameters_are_refused_with_the_nearest():
    found = problems(Request("tiny", {"seding": 1.0}, {"gates.dlay": 3.0, "ego": 0.5}))
    assert found[0] == "No tactic is called 'seding'. Did you mean 'seeding'?"
    assert found[1] == "No parameter is called 'gates.dlay'. Did you mean 'gates.delay'?"
    assert found[2].startswith("No parameter is called 'ego'. Did you mean")


# Values


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -0.1, 1.1, "0.5", True, None])
def test_a_value_that_a_parameter_cannot_have_is_refused(value):
    assert "population.ego" in one_problem(Request("tiny", settings={"population.ego": value}))


@pytest.mark.parametrize("value", [float("nan"), -1, 1.5, "1", True])
def test_a_share_that_a_tactic_cannot_have_is_refused(value):
    assert "seeding" in one_problem(Request("tiny", {"seeding": value}))


@pytest.mark.parametrize(
    "field, value",
    [("weeks", -1), ("weeks", 10**9), ("weeks", 1.5), ("seed", -1), ("replicate", 2**40), ("engine", "C")],
)
def test_a_request_out_of_range_is_refused(field, value):
    assert repr(value) in one_problem(Request("tiny")._replace(**{field: value}))


@pytest.mark.parametrize(
    "entry", [(3,), "week", (3, {"tactic": {}}), (-1, {}), ("3", {}), (3, {"settings": {"population.ego": 0.5}})]
)
def test_a_schedule_that_cannot_be_followed_is_refused(entry):
    assert one_problem(Request("tiny", schedule=(entry,)))


def test_all_problems_are_told_at_once():
    found = problems(Request("nowhere", {"seding": 2.0}, {"gates.delay": 0.0}, weeks=-1, engine="fast"))
    assert len(found) == 5


def test_settings_of_a_scenario_file_are_checked_and_the_file_named(file):
    path = file('title = "Ours"\n[settings]\n"population.ego" = 7.0\n"gates.dlay" = 1\n' + ROW)
    found = problems(Request(path))
    assert len(found) == 2
    assert all(problem.startswith(path) for problem in found)


# Files


@pytest.mark.parametrize(
    "text, part",
    [
        ("title = ", "line 1"),
        (b"title = '\xff'", "not UTF-8 text"),
        (b"\x00\x01", "NUL byte"),
        ('title = "Ours"'.encode("utf-16"), "it is UTF-16 text; save it as UTF-8"),
        ("title: Ours\nsystems: 1\n", "It looks like YAML; TOML writes `name = value`"),
        ("a = " + "[" * 3000 + "]" * 3000, "nested too deeply"),
        ("", "no organisations"),
        ('titel = "Ours"\n' + ROW, "`titel` is not known. Did you mean 'title'?"),
        ("title = 3\n" + ROW, "`title` must be text, but is 3."),
        ("systems = 0\n" + ROW, "`systems` must lie in [1, 1000], but is 0."),
        ("systems = 1.5\n" + ROW, "`systems` must be a whole number, but is 1.5."),
        ("systems = 2\n" + ROW, "2 systems, but no kind of organisation has as many"),
        ('directed = "no"\n' + ROW, "`directed` must be true or false, but is 'no'."),
        ("settings = 3\n" + ROW, "`settings` must be a table, but is 3."),
        ("organisations = 3", "`organisations` must be a list, but is 3."),
        ("organisations = [3]", "must be a list of tables"),
        (ROW.replace("acute", "acut"), "no kind is called 'acut'. Did you mean 'acute'?"),
        (ROW.replace('"acute"', "[1]"), "no kind is called [1]."),
        (ROW.replace("count = 1", "count = 0"), "`count` must be a whole number in [1, 20000], but is 0."),
        (ROW.replace("count = 1", "count = true"), "`count` must be a whole number in [1, 20000], but is True."),
        (ROW.replace("staff = 60", "staff = 60.5"), "`staff` must be a whole number"),
        (ROW.replace("staff = 60\n", ""), "`staff` is missing."),
        (ROW + "spread = nan\n", "`spread` must lie in [0, 2], but is nan."),
        (ROW + "spred = 1\n", "`spred` is not known. Did you mean 'spread'?"),
        (ROW + '[[leaders]]\ntier = "boss"\n', "no tier is called 'boss'."),
        (ROW + '[[leaders]]\nhome = "acut"\n', "no kind is called 'acut'."),
        (ROW + "[[leaders]]\nhours = nan\n", "`hours` must lie in [0, 60], but is nan."),
        (ROW + "[[leaders]]\nego = true\n", "`ego` must lie in [0, 1], but is True."),
        (ROW + '[[leaders]]\nstart = "now"\n', "`start` must be a week in [0, 5200], but is 'now'."),
        (ROW + "[[leaders]]\ntactics = 3\n", "`tactics` must be a table of shares by name, but is 3."),
        (ROW + "[[leaders]]\ntactics = { seding = 1 }\n", "No tactic is called 'seding'."),
        (ROW + "[tables]\n", None),
        (ROW + '[tables]\nstaff = "ours.toml"\n', "exclude each other"),
        ("[tables]\nstaff = 3\n", "`tables.staff` must be the path of a CSV file, but is 3."),
        ('[tables]\nstaf = "s.csv"\n', "`tables.staf` is not one of organisations, staff, ties."),
        ('[tables]\nstaff = "s.csv"\n', "does not exist"),
        ('systems = 3\n[tables]\nstaff = "ours.toml"\n', "with [tables], systems are the column `system`"),
    ],
)
def test_a_scenario_file_that_cannot_be_used_is_refused(file, text, part):
    request = Request(file(text))
    if part is None:
        request.check()
    else:
        assert part in one_problem(request)


def test_every_fault_of_a_file_is_told_at_once(file):
    text = 'systems = 0\ntitel = "x"\n' + ROW.replace("acute", "acut").replace("staff = 60", "staff = -1")
    assert len(problems(Request(file(text)))) == 4


def test_faults_are_told_with_their_lines_also_those_of_settings_and_of_later_rows(file):
    text = GOOD + ROW.replace("staff = 60", "staff = 0") + "[[leaders]]\nhours = 99\ntactics = { seding = 1 }\n"
    path = file(text + "[settings]\ngates.delay = 0\ngates.dlay = 1\n[tables]\nstaf = 's.csv'\n")
    assert [problem.removeprefix(path).partition(":")[0] for problem in problems(Request(path))] == [
        ", line 10", ", line 13", ", line 19", ", line 16", ", line 17", ", line 12",
    ]  # fmt: skip


def test_settings_may_stand_without_quotes(file):
    path = file('title = "Ours"\n[settings]\ngates.delay = 5\n"population.ego" = 0.5\n' + ROW)
    Request(path).check()
    assert load(path).settings == {"gates.delay": 5, "population.ego": 0.5}


def test_a_file_too_large_for_a_scenario_is_not_read(file):
    path = file(GOOD + "# " + "x" * 1_000_000)
    with pytest.raises(Invalid, match="a scenario is a page of text"):
        load(path)


# Sizes


HUGE = [
    ROW.replace("count = 1", "count = 20000").replace("60", "200000").replace("30", "50000"),
    "\n".join([ROW.replace("count = 1", "count = 20000").replace("staff = 60", "staff = 2000")] * 25),
    "systems = 1000\n" + ROW.replace("count = 1", "count = 20000") + "[[leaders]]\ncount = 500\n",
]


@pytest.mark.parametrize("text", HUGE, ids=["sample", "headcount", "leaders"])
def test_absurd_sizes_are_refused_at_once_and_nothing_is_allocated(file, text):
    request = Request(file(text))
    tracemalloc.start()
    start = time.perf_counter()
    found = problems(request)
    seconds = time.perf_counter() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == 1
    assert peak < 20_000_000
    assert seconds < 5.0


def test_a_thousand_million_staff_are_refused_with_the_limit(file):
    text = ROW.replace("count = 1", "count = 20000").replace("staff = 60", "staff = 50000").replace("30", "50000")
    assert "1,000,000,000 staff" in one_problem(Request(file(text)))
    assert "5,000,000" in one_problem(Request(file(text)))


def test_many_ties_and_many_leaders_are_allowed_where_memory_suffices():
    everyone = {"population.scale": 10_000.0, "population.ties_inside": 64.0}
    Request("england-2022", settings=everyone).check()
    Request("england-2022", settings={"leaders.number": 500}).check()


def test_a_national_service_with_everyone_is_allowed():
    Request("england-2022", settings={"population.scale": 10_000.0}, weeks=520).check()
