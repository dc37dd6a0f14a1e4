"""What was set is what runs: nothing in a study silently stands over something else in it."""

import pytest

from experiments.design import study_file
from experiments.design.jobs import jobs_of
from simulation.errors import Invalid

ARMS = """
scenario = "tiny"
weeks = 8
replicates = 1

[arms.low]
title = "Little pressure"
settings = { "pressure.finance" = 0.1 }

[arms.high]
title = "Much pressure"
settings = { "pressure.finance" = 0.9 }
"""
MIXES = """
scenario = "tiny"
weeks = 8
replicates = 1

[arms.none]
title = "No leader"

[arms.shoes]
title = "In others' shoes"
tactics = { others_shoes = 1 }

[arms.heroic]
title = "Heroic"
tactics = { plain_case = 1, heroic_leader = 1 }

[arms.later]
title = "Money gets short"
tactics = { seeding = 1 }
schedule = [{ week = 4, settings = { "pressure.finance" = 0.9 } }]
"""


@pytest.fixture
def load(tmp_path):
    def loaded(text: str, csv: str = ""):
        (tmp_path / "points.csv").write_text(csv)
        (tmp_path / "my.toml").write_text(text)
        return study_file.load(tmp_path / "my.toml")

    return loaded


def problems(load, *texts: str) -> list[str]:
    with pytest.raises(Invalid) as refused:
        load(*texts)
    return refused.value.problems


DESIGNS = {
    "grid": ("[factors]\n{name} = [{one}, {two}]\n", ""),
    "one-at-a-time": ('[design]\nkind = "one-at-a-time"\n[factors]\n{name} = [{one}, {two}]\n', ""),
    "latin-hypercube": ('[design]\nkind = "latin-hypercube"\npoints = 4\n[factors]\n{name} = {{}}\n', ""),
    "sobol": ('[design]\nkind = "sobol"\npoints = 4\n[factors]\n{name} = {{ low = {one}, high = {two} }}\n', ""),
    "points": ('[design]\nkind = "points"\npoints = [{{ {name} = {one} }}, {{ {name} = {two} }}]\n', ""),
    "csv": ('[design]\nkind = "csv"\nfile = "points.csv"\n', "{bare}\n{one}\n{two}\n"),
}


def with_factor(text: str, kind: str, name: str, one: float = 0.2, two: float = 0.8) -> tuple[str, str]:
    words = {"name": f'"{name}"', "bare": name, "one": one, "two": two}
    design, csv = (part.format(**words) for part in DESIGNS[kind])
    return f"{text}\n{design}", csv


@pytest.mark.parametrize("kind", DESIGNS)
def test_a_factor_over_what_arms_set_is_refused_and_both_are_named(load, kind):
    (problem,) = problems(load, *with_factor(ARMS, kind, "pressure.finance"))
    for part in ("`pressure.finance`", "`low` (it sets 0.1)", "`high` (it sets 0.9)", "write an arm for each"):
        assert part in problem


@pytest.mark.parametrize("kind", DESIGNS)
@pytest.mark.parametrize(
    ("factor", "arms"),
    [
        ("tactics.seeding", {"none", "shoes", "heroic", "later"}),  # nobody led; two mixes; sets it
        ("tactics.giving", {"none"}),  # a stance goes with the plain case, so somebody would lead
        ("tactics.heroic_leader", {"none", "heroic"}),
        ("leaders.ego", {"heroic"}),  # which the comparator sets
        ("pressure.finance", {"later"}),  # which its schedule sets
    ],
)
def test_a_factor_may_change_no_arm_in_what_it_says_it_is(load, kind, factor, arms):
    (problem,) = problems(load, *with_factor(MIXES, kind, factor))
    assert {arm for arm in ("none", "shoes", "heroic", "later") if f"`{arm}` (" in problem} == arms


@pytest.mark.parametrize("kind", DESIGNS)
@pytest.mark.parametrize("factor", ["competition.level", "tactics.payment"])
def test_a_factor_that_no_arm_speaks_of_varies_in_all_of_them(load, kind, factor):
    jobs = jobs_of(load(*with_factor(MIXES, kind, factor)))
    seen: dict[str, set[float]] = {}
    for job in jobs:
        given = {**job.request.settings, **{f"tactics.{name}": share for name, share in job.request.tactics.items()}}
        seen.setdefault(job.arm, set()).add(given[factor])
    assert len(seen) == 4 and len(set(map(frozenset, seen.values()))) == 1
    assert all(len(levels) >= 2 for levels in seen.values())


@pytest.mark.parametrize("kind", sorted(DESIGNS.keys() - {"one-at-a-time"}))
@pytest.mark.parametrize("name", ["pressure.finance", "tactics.seeding"])
def test_what_is_common_and_a_factor_would_do_nothing_and_is_refused(load, kind, name):
    table, _, field = name.partition(".") if name.startswith("tactics") else ("settings", "", f'"{name}"')
    text = f'scenario = "tiny"\n[{table}]\n{field} = 0.5\n'
    (problem,) = problems(load, *with_factor(text, kind, name))
    assert "would do nothing" in problem and f"`{name}` is a factor" in problem


def test_what_is_common_is_the_centre_of_a_design_of_one_at_a_time(load):
    text = 'scenario = "tiny"\n[settings]\n"pressure.finance" = 0.5\n'
    design = load(*with_factor(text, "one-at-a-time", "pressure.finance")).design
    assert [row["pressure.finance"] for row in map(design.row, range(3))] == [0.5, 0.2, 0.8]


@pytest.fixture
def tight(tmp_path):
    """The path of a scenario in which money is short."""
    from simulation.scenario import FOLDER

    before, table, after = (FOLDER / "tiny.toml").read_text().partition("[settings]\n")
    (tmp_path / "tight.toml").write_text(f'{before}{table}"pressure.finance" = 0.9\n"gates.delay" = 3.0\n{after}')
    return "tight.toml"


def test_the_centre_is_what_the_scenario_says(load, tight):
    text = f'scenario = "{tight}"\n'
    design = load(*with_factor(text, "one-at-a-time", "pressure.finance")).design
    assert design.row(0) == {"pressure.finance": 0.9}


def test_a_centre_on_which_the_arms_scenarios_differ_must_be_said(load, tight):
    text = f'[arms.one]\nscenario = "{tight}"\n[arms.two]\nscenario = "tiny"\n'
    (problem,) = problems(load, *with_factor(text, "one-at-a-time", "pressure.finance"))
    assert "`factors.pressure.finance` has no centre" in problem
    assert load(*with_factor(f'settings = {{ "pressure.finance" = 0.5 }}\n{text}', "one-at-a-time", "pressure.finance"))


AROUND = '\n[design]\nkind = "latin-hypercube"\npoints = 4\naround = 0.5\n'


def test_ranges_around_the_defaults_leave_alone_whatever_is_set_anywhere(load, tight):
    plain = set(load(f'scenario = "tiny"\n{AROUND}').design.columns)
    one = """
[arms.one]
settings = { "credit.trust_lost" = 0.3 }
schedule = [{ week = 4, settings = { "appraisal.cost" = 2.0 } }]
"""
    assert plain - set(load(f'scenario = "{tight}"\n{one}{AROUND}').design.columns) == {
        name for name in ("credit.trust_lost", "appraisal.cost", "pressure.finance", "gates.delay") if name in plain
    }
    assert {"credit.trust_lost", "appraisal.cost"} <= plain


def test_two_factors_of_which_one_sets_the_other_are_refused(load):
    text = 'scenario = "tiny"\n[factors]\n"tactics.giving" = [0.0, 1.0]\n"leaders.generosity" = [0.1, 0.2]\n'
    (problem,) = problems(load, text)
    assert "`leaders.generosity`" in problem and "`tactics.giving`" in problem


@pytest.mark.parametrize(
    ("top", "arms", "key"),
    [
        ('scenario = "tiny"', 'scenario = "village"', "scenario"),
        ("settings = { leaders.hours = 4 }", "settings = { leaders.hours = {n} }", "settings.leaders.hours"),
        ("tactics = { seeding = 1 }", "tactics = { seeding = 0.{n} }", "tactics.seeding"),
        (
            "schedule = [{ week = 1, tactics = {} }]",
            "schedule = [{ week = {n}, tactics = { seeding = 1 } }]",
            "schedule",
        ),
    ],
)
def test_what_is_common_and_every_arm_says_itself_is_refused(load, top, arms, key):
    lines = [f"{top}\nweeks = 8"]
    lines += [f"[arms.a{n}]\n{arms.replace('{n}', str(n))}" for n in (2, 3)]
    (problem,) = problems(load, "\n".join(lines))
    assert f"`{key}` does nothing" in problem
    assert load("\n".join([*lines, "[arms.other]"]))


def test_what_is_common_stands_over_no_stance_of_an_arm_unless_the_arm_says_so(load):
    text = 'scenario = "tiny"\nsettings = { leaders.generosity = 0.5 }\n[arms.none]\n[arms.giving]\ntactics = { giving = 1 }\n'
    (problem,) = problems(load, text)
    for part in ("`settings.leaders.generosity`", "`giving`", "in `settings` of that arm"):
        assert part in problem
    meant = load(f"{text}settings = {{ leaders.generosity = 0.2 }}\n").arms[1]
    assert meant.settings == {"leaders.generosity": 0.2}


@pytest.mark.parametrize(
    "text",
    [
        "tactics = { seeding = 1 }\nschedule = [{ week = 0, tactics = {} }]\n",
        "[arms.one]\nsettings = { leaders.hours = 4 }\nschedule = [{ week = 0, settings = { leaders.hours = 5 } }]\n",
        "schedule = [{ week = 0, tactics = {} }]\n[arms.one]\ntactics = { seeding = 1 }\n",
    ],
)
def test_what_is_said_of_the_start_and_replaced_in_week_0_is_refused(load, text):
    assert "in week 0" in "".join(problems(load, f'scenario = "tiny"\n{text}'))


@pytest.mark.parametrize(
    "text", ["", "settings = {}", 'settings = { "leaders.hours" = 3 }\n[[schedule]]\nweek = 4\ntactics = {}']
)
def test_changes_that_change_nothing_or_share_a_week_are_refused(load, text):
    assert problems(load, f'scenario = "tiny"\n[[schedule]]\nweek = 4\n{text}')


def test_a_change_after_the_last_week_is_refused(load):
    change = "[[schedule]]\nweek = {}\nsettings = {{ leaders.hours = 3 }}\n"
    assert load(f'scenario = "tiny"\nweeks = 8\n{change.format(7)}')
    assert problems(load, f'scenario = "tiny"\nweeks = 8\n{change.format(8)}')


@pytest.mark.parametrize("titles", [("The same", "The  same "), ("two", None), (None, "one")])
def test_arms_that_no_table_could_tell_apart_are_refused(load, titles):
    lines = ['scenario = "tiny"']
    for arm, title in zip(("one", "two"), titles, strict=True):
        lines += [f"[arms.{arm}]", *([f'title = "{title}"'] if title else [])]
    (problem,) = problems(load, "\n".join(lines))
    assert "`one` and `two` have the same title" in problem


def test_a_factor_that_does_nothing_in_the_scenario_of_one_arm_is_refused(load, tmp_path):
    row = '[[organisations]]\nkind = "acute"\ncount = 1\nstaff = 60\nsample = 30\n'
    (tmp_path / "led.toml").write_text(f"{row}[[leaders]]\nego = 0.2\n")
    text = 'weeks = 8\n[arms.one]\nscenario = "tiny"\n[arms.two]\nscenario = "{}"\n'
    (problem,) = problems(load, *with_factor(text.format("led.toml"), "grid", "leaders.ego"))
    assert "`leaders.ego` does nothing" in problem
    assert load(*with_factor(text.format("village"), "grid", "leaders.ego"))


CHANGES = """
scenario = "tiny"
weeks = 8
replicates = 1

[arms.easy]
change = "simple"

[arms.hard]
change = "complex"

[arms.usual]
"""


def held(job) -> dict:
    """Return what a run sets, whatever sets it."""
    from simulation.scenario import economy
    from simulation.settings import merged

    request = job.request
    return merged(economy(request.scenario, request.change), request.tactics, request.settings)


def test_an_arms_change_stands_in_the_place_of_the_studys(load):
    easy, hard, usual = jobs_of(load(f'change = "our.toml"{CHANGES}'.replace("our.toml", "complex")))
    assert [job.request.change for job in (easy, hard, usual)] == ["simple", "complex", "complex"]
    assert "nature.gain_spread" not in held(easy), "of the change that was replaced nothing is left"


def test_each_place_stands_over_the_change_and_over_those_before_it(load, tmp_path):
    from simulation.scenario import FOLDER

    before, table, after = (FOLDER / "tiny.toml").read_text().partition("[settings]\n")
    (tmp_path / "own.toml").write_text(f'change = "complex"\n{before}{table}"nature.divergence" = 0.11\n{after}')
    text = """
scenario = "own.toml"
change = "simple"
weeks = 8
replicates = 1
settings = { "nature.cost" = 0.22 }
[arms.one]
settings = { "nature.complexity" = 0.33 }
[arms.two]
"""
    one, two = map(held, jobs_of(load(text)))
    assert (one["nature.divergence"], one["nature.cost"], one["nature.complexity"]) == (0.11, 0.22, 0.33)
    assert (two["nature.complexity"], two["nature.evidence"]) == (0.1, 0.9)
    of_the_scenario = [held(job) for job in jobs_of(load(text.replace('change = "simple"', "")))]
    assert [each["nature.evidence"] for each in of_the_scenario] == [0.5, 0.5]


@pytest.mark.parametrize("kind", DESIGNS)
def test_a_factor_over_the_change_of_an_arm_is_refused_and_both_are_named(load, kind):
    found = problems(load, *with_factor(CHANGES, kind, "nature.complexity"))
    (problem,) = (each for each in found if "the factor" in each)
    assert "`easy` (its change `simple` sets 0.1)" in problem and "`hard` (its change `complex` sets 0.9)" in problem
    assert "`usual`" not in problem


@pytest.mark.parametrize("kind", DESIGNS)
def test_a_factor_may_vary_what_the_change_of_all_arms_sets(load, kind):
    jobs = jobs_of(load(*with_factor('scenario = "tiny"\nchange = "simple"\n', kind, "nature.complexity")))
    assert all(job.request.change == "simple" and 0 <= held(job)["nature.complexity"] <= 1 for job in jobs)
    assert kind != "one-at-a-time" or held(jobs[0])["nature.complexity"] == 0.1, "the centre is what the change says"


def test_a_setting_of_the_study_over_the_change_of_an_arm_is_refused_unless_the_arm_repeats_it(load):
    text = f'settings = {{ "nature.complexity" = 0.3 }}{CHANGES}'
    assert len(problems(load, text)) == 2
    repeated = text.replace('e"\n\n[arms.hard', 'e"\nsettings = { "nature.complexity" = 0.3 }\n\n[arms.hard')
    (problem,) = problems(load, repeated)
    assert "what `complex` sets in the arm `hard`" in problem


def test_a_change_that_every_arm_replaces_is_refused(load):
    (problem,) = problems(load, f'change = "simple"{CHANGES}'.replace("[arms.usual]", ""))
    assert "`change` does nothing, as every arm has its own" in problem


def test_ranges_around_the_defaults_leave_alone_what_a_change_sets(load):
    plain, described = (
        set(load(f'scenario = "tiny"\n{more}{AROUND}').design.columns) for more in ("", 'change = "simple"')
    )
    assert {name for name in plain - described} >= {"nature.complexity", "nature.evidence"}
    assert described < plain and "nature.gain" in described


def test_a_change_that_is_none_is_reported_with_the_line_of_whoever_names_it(load):
    found = problems(load, CHANGES.replace("complex", "complxe"))
    assert len(found) == 1 and "my.toml, line 10: " in found[0] and "Did you mean 'complex'?" in found[0]
