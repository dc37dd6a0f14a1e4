"""Points around the defaults, at both ends of priors and at corners, and whose random numbers they share."""

import pytest
from good_study import problems

from experiments.design import study_file
from experiments.design.jobs import jobs_of
from experiments.design.study import Study
from simulation import catalogue
from simulation.errors import Invalid


def guessed(tmp_path, design, more=""):
    path = tmp_path / "worlds.toml"
    path.write_text(
        f'scenario = "tiny"\nweeks = 4\nreplicates = 1\n{more}\n[design]\nkind = "latin-hypercube"\n{design}\n'
    )
    return study_file.load(path)


def test_around_varies_every_number_that_nobody_has_measured(tmp_path):
    design = guessed(tmp_path, "points = 40\naround = 0.5").design
    known = catalogue.parameters()
    varied = set(design.columns)
    assert {"credit.trust_lost", "seeding.takes", "appraisal.cost"} <= varied
    assert not {name for name in varied if name.startswith("leaders.") or known[name].kind not in ("number", "integer")}
    assert all("assumed" in known[name].source for name in varied)
    for row in map(design.row, range(40)):
        for name, value in row.items():
            assert known[name].low <= value <= known[name].high
            assert 0.5 * known[name].default <= value <= 1.5 * known[name].default


def test_what_a_study_fixes_or_ranges_itself_is_left_as_it_says(tmp_path):
    more = '[settings]\n"appraisal.cost" = 2.0\n[factors]\n"seeding.takes" = { low = 0.1, high = 0.2 }'
    design = guessed(tmp_path, "points = 10\naround = 0.5", more).design
    assert "appraisal.cost" not in design.columns
    assert all(0.1 <= design.row(point)["seeding.takes"] <= 0.2 for point in range(10))


def test_around_the_prior_draws_what_declares_one_in_its_range_and_shape(tmp_path):
    more = '[settings]\n"appraisal.cost" = 2.0'
    design = guessed(tmp_path, 'points = 200\naround = "prior"', more).design
    known = catalogue.parameters()
    free = {n for n, p in known.items() if p.prior is not None and p.group != "leaders"} - {"appraisal.cost"}
    assert set(design.columns) == free
    rows = [design.row(point) for point in range(200)]
    for name in free:
        low, high, shape = known[name].prior
        drawn = sorted(row[name] for row in rows)
        assert low <= drawn[0] <= drawn[-1] <= high
        # A Latin hypercube has one draw in each of 200 strata alike, so half the draws lie below the middle.
        middle = (low * high) ** 0.5 if shape == "log" else (low + high) / 2
        assert sum(value < middle for value in drawn) == 100
    assert {known[name].prior.shape for name in free} == {"even", "log"}


@pytest.mark.parametrize("around", ["0", "-0.5", "1.5", "true", '"half"', "nan"])
def test_no_other_width_around_the_defaults_is_taken(tmp_path, around):
    with pytest.raises(
        Invalid, match=r"`design\.around` must be a share of the default, above 0 and at most 1"
    ) as told:
        guessed(tmp_path, f"points = 10\naround = {around}")
    assert len(told.value.problems) == 1


def with_random_numbers(tmp_path, luck, replicates=2):
    path = tmp_path / "lucky.toml"
    path.write_text(
        f'scenario = "tiny"\nweeks = 4\nreplicates = {replicates}\n[arms.a]\n[arms.b]\ntactics = {{ seeding = 1 }}\n'
        '[factors]\n"pressure.finance" = {}\n[design]\nkind = "latin-hypercube"\npoints = 3\n' + luck
    )
    return study_file.load(path)


def test_points_with_luck_of_their_own_share_it_between_arms_alone(tmp_path):
    jobs = jobs_of(with_random_numbers(tmp_path, 'random_numbers = "own"'))
    luck = {(job.point, job.replicate): set() for job in jobs}
    for job in jobs:
        luck[job.point, job.replicate].add(job.request.replicate)
    assert all(len(numbers) == 1 for numbers in luck.values())
    assert len(set.union(*luck.values())) == 6
    assert len({job.key for job in jobs}) == len(jobs)


def test_more_replicates_give_no_point_other_luck(tmp_path):
    few, many = (jobs_of(with_random_numbers(tmp_path, 'random_numbers = "own"', number)) for number in (2, 3))
    assert [job.key for job in few] == [job.key for job in many[: len(few)]]


def test_luck_is_shared_unless_it_is_said_to_be_each_points_own(tmp_path):
    shared = with_random_numbers(tmp_path, 'random_numbers = "shared"')
    assert shared == with_random_numbers(tmp_path, "")
    assert all(job.request.replicate == job.replicate for job in jobs_of(shared))
    assert "own_luck" not in shared.document()
    own = with_random_numbers(tmp_path, 'random_numbers = "own"')
    assert own.document()["own_luck"], "the word by which folders know it"
    assert Study.from_document(own.document()).own_random_numbers
    assert not Study.from_document(shared.document()).own_random_numbers


@pytest.mark.parametrize("luck", ["true", '"none"', "1"])
def test_no_other_choice_of_random_numbers_is_taken(tmp_path, luck):
    with pytest.raises(Invalid, match=r'`design\.random_numbers` must be "shared" or "own"'):
        with_random_numbers(tmp_path, f"random_numbers = {luck}")


@pytest.mark.parametrize(
    ("corners", "words"),
    [
        ('[{ "pressure.finance" = 0.4 }]', "at least two"),
        ('[{ "pressure.finance" = 0.4 }, { "gates.delay" = 4 }]', "corner 2 differs"),
        ('[{ "pressure.finance" = 0.4 }, { "pressure.finance" = 0.4 }]', "the same"),
        ('[{ "credit.on" = true }, { "credit.on" = false }]', "which is a factor"),
        ('[{ "gates.delay" = 4 }, { "gates.delay" = 9 }]', "which the study sets for all"),
        ('[{ "pressure.finance" = [1] }, { "pressure.finance" = 0.3 }]', "no single value"),
        ('[{ "pressure.finance" = 7 }, { "pressure.finance" = 0.3 }]', "must lie in"),
        ('[{ "presure.finance" = 0.2 }, { "presure.finance" = 0.3 }]', "Did you mean 'pressure.finance'?"),
    ],
)
def test_corners_that_cannot_be_are_refused_in_words_that_say_why(write, corners, words):
    text = f"""
scenario = "tiny"
[settings]
"gates.delay" = 5
[factors]
"credit.on" = [true, false]
[design]
kind = "one-at-a-time"
corners = {corners}
"""
    (problem,) = problems(write(text))
    assert words in problem


def test_both_ends_of_every_prior_are_tried_one_at_a_time(write):
    loaded = study_file.load(write('scenario = "tiny"\n[design]\nkind = "one-at-a-time"\naround = "prior"'))
    known = catalogue.parameters()
    levels = loaded.design.levels_by_name()
    assert set(levels) == {name for name, one in known.items() if one.prior and one.group != "leaders"}
    for name, values in levels.items():
        assert set(values) == {known[name].default, *known[name].prior[:2]}
    assert loaded.design.size == 1 + sum(len(values) - 1 for values in levels.values())
