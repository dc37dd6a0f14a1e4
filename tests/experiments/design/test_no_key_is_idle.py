"""Whatever a study that is accepted says makes a difference: without any one of its keys other runs would be made."""

import copy

from hypothesis import given
from hypothesis import strategies as st
from toml_text import fuzzed, toml_of

from experiments.design import study_file
from experiments.design.jobs import jobs_of
from simulation.errors import Invalid
from simulation.scenario import economy
from simulation.settings import merged, mix

# No value is what would hold without it: neither a default nor what a scenario or another place says.
SETTINGS = {
    "leaders.hours": 1.5,
    "leaders.ego": 0.11,
    "gates.delay": 3.5,
    "pressure.finance": 0.21,
    "nature.divergence": 0.41,
}
TACTICS = {"seeding": 0.5, "coalition": 0.7, "giving": 0.4, "heroic_leader": 0.6, "payment": 0.3}
FACTORS = {
    "leaders.ego": [0.61, 0.62],
    "gates.delay": [7.5, 8.5],
    "nature.divergence": [0.61, 0.62],
    "tactics.seeding": [0.15, 0.16],
    "tactics.payment": [0.1, 0.9],
}


def some(table: dict, least: int = 0) -> st.SearchStrategy[dict]:
    """Return some of a table's entries."""
    return st.lists(st.sampled_from(sorted(table)), min_size=least, max_size=2, unique=True).map(
        lambda names: {name: table[name] for name in names}
    )


def nudged(table: dict, number: int) -> dict:
    """Return values of an arm's own."""
    return {name: value + number / 1000 for name, value in table.items()}


@st.composite
def said(draw: st.DrawFn, number: int) -> dict:
    """Return what the top of a study, or one of its arms, may say."""
    table: dict = {}
    if draw(st.booleans()):
        table["settings"] = nudged(draw(some(SETTINGS, 1)), number)
    if draw(st.booleans()):
        table["tactics"] = nudged(draw(some(TACTICS, 1)), number)
    if draw(st.integers(0, 3)) == 0:
        change = {"week": draw(st.sampled_from([0, 4])), "settings": nudged(draw(some(SETTINGS, 1)), number + 50)}
        if draw(st.booleans()):
            change["tactics"] = nudged(draw(some(TACTICS)), number + 50)
        table["schedule"] = [change]
    if draw(st.integers(0, 3)) == 0:
        table["scenario"] = draw(st.sampled_from(["village", "tiny"]))
    if draw(st.integers(0, 3)) == 0:
        table["change"] = "complex" if number else "simple"  # an arm's is not that of all
    return table


@st.composite
def studies(draw: st.DrawFn) -> dict:
    """Return a study, which may be refused."""
    study = {"weeks": 8, "replicates": 1, **draw(said(0))}
    if arms := draw(st.integers(0, 3)):
        study["arms"] = {f"arm{number}": draw(said(number)) for number in range(1, arms + 1)}
    if factors := draw(some(FACTORS)):
        study["factors"] = factors
        study["design"] = {"kind": draw(st.sampled_from(["grid", "one-at-a-time"]))}
    return study


def places(table: dict, before: tuple = ()) -> list[tuple]:
    """Return the place of every key that says something."""
    found = []
    for key, value in table.items():
        place = (*before, key)
        if key == "design" and value["kind"] == "grid":
            continue  # which is what a design is without it
        if isinstance(value, dict) and key != "design":
            found += places(value, place)
        elif key == "schedule":
            found += [(*place, 0, *inner) for inner in places(value[0]) if inner != ("week",)]
        else:
            found.append(place)
    return found


def without(study: dict, place: tuple) -> dict:
    rest = copy.deepcopy(study)
    table = rest
    for key in place[:-1]:
        table = table[key]
    del table[place[-1]]
    return rest


def runs_of(folder, study: dict) -> list | None:
    """Return what holds in each run from each week on, None where the study is refused."""
    text = "".join(f"{key} = {toml_of(value)}\n" for key, value in study.items())
    (folder / "my.toml").write_text(text)
    try:
        loaded = study_file.load(folder / "my.toml")
    except Invalid:
        return None
    return [(job.arm, job.values, lived(job.request)) for job in jobs_of(loaded)]


def lived(request) -> list:
    scenario, tactics, settings = economy(request.scenario, request.change), request.tactics, dict(request.settings)
    held = {0: (merged(scenario, tactics, settings), mix(tactics))}
    for week, change in sorted(request.schedule):
        tactics = change.get("tactics", tactics)
        settings |= change.get("settings", {})
        held[week] = merged(scenario, tactics, settings), mix(tactics)
    return [request.scenario, request.weeks, held]


ACCEPTED: list[bool] = []


@fuzzed(300)
@given(studies(), st.data())
def test_a_study_without_any_one_of_its_keys_is_another_study(tmp_path, study, data):
    before = runs_of(tmp_path, study)
    ACCEPTED.append(before is not None)
    if before is not None:
        place = data.draw(st.sampled_from(places(study)))
        assert runs_of(tmp_path, without(study, place)) != before, place


def test_many_of_the_studies_that_were_drawn_were_accepted():
    assert sum(ACCEPTED) > 50 or not ACCEPTED
