"""Patterns of real diffusion are judged as what is accepted says, and a run's own files say what its patterns say."""

from pathlib import Path
from shutil import copytree

import pytest
from command_line import document

from experiments.validity import runs
from experiments.validity.description import Options, described
from experiments.validity.patterns import measured, setups
from simulation import Request

COMMON = {
    "exposure_mean": "exposure_at_adoption_mean",
    "exposure_sd": "exposure_at_adoption_sd",
    "exposure_zero": "exposure_at_adoption_zero",
    "odds_ratio": "hazard_odds_ratio",
    "in_degree": "in_degree_and_time",
    "moran": "morans_i",
    "icc_people_by_organisation": "icc_organisation",
    "icc_people_by_system": "icc_system",
    "steepest": "steepest_half_year_organisation",
}


@pytest.fixture
def folder(swept, tmp_path):
    """A copy of the finished sweep, to be written into."""
    return Path(copytree(swept, tmp_path / "sweep"))


def test_what_a_run_writes_says_by_itself_what_its_patterns_say(syslead, folder):
    code, _, err = syslead("export", folder, "--format", "netdiffuseR", "--run", "5")
    assert (code, err) == (0, "")
    people, ties = (folder / "netdiffuseR-run-5" / name for name in ("people.csv", "ties.csv"))
    words = (
        "--unit",
        "organisation",
        "--unit",
        "system",
        "--half-year",
        "26",
        "--end",
        "8",
        "--smallest",
        "5",
        "--json",
    )
    assert syslead("verify", folder)[0] == 0
    code, out, _ = syslead("describe-data", people, ties, *words)
    told = {name: one["value"] for name, one in document(out)["statistics"].items()}
    run = runs.lived(Request("tiny", {"seeding": 1.0}, weeks=8, replicate=2))
    of_run = measured.of_run(run)
    found = described(run.adoptions, Options(26.0, 5, 19, 2))
    assert len(told) == len(found.statistics)
    compared = [(of_run[ours], told[theirs]) for ours, theirs in COMMON.items() if told.get(theirs) is not None]
    assert len(compared) >= 4
    for ours, theirs in compared:
        assert theirs == pytest.approx(ours)


def test_a_run_to_be_written_is_named(syslead, swept):
    for words in (["--format", "netdiffuseR"], ["--run", "1"], ["--format", "netdiffuseR", "--run", "99"]):
        code, out, err = syslead("export", swept, *words)
        assert (code, out) == (2, "")
        assert err.startswith("Error: ")


def test_every_pattern_is_judged_for_a_scenario_of_ones_choice(syslead):
    code, out, _ = syslead("patterns", "tiny", "--change", "simple", "--seeds", "3", "--json")
    found = document(out)
    assert code == 0
    assert list(found["verdicts"]) == ["simple"]
    verdicts = {one["pattern"]: one["verdict"] for one in found["verdicts"]["simple"]}
    assert list(verdicts) == [f"P{number}" for number in range(1, 20)]
    assert verdicts["P5"] == verdicts["P19"] == "cannot be asked"  # one system; asked elsewhere
    assert set(verdicts.values()) <= {"holds", "fails", "cannot be asked"}


def test_a_change_or_scenario_that_is_not_known_is_refused_with_the_nearest(syslead):
    assert "simple" in syslead("patterns", "--change", "simpel")[2]
    code, out, err = syslead("patterns", "tinny")
    assert (code, out) == (2, "")
    assert "tiny" in err


def test_the_first_adopters_of_a_watched_run_are_counted_as_in_any_run():
    from simulation import run

    request = setups.setup_of("complex").request(0, weeks=30)
    watched, usual = runs.lived(request), run(request)
    shares = watched.now @ _weights(request) / _weights(request).sum()
    assert shares == pytest.approx(usual.adopted_share[-1])
    assert watched.ever[-1] >= watched.adopted[-1]


def _weights(request):
    from simulation.running import lived

    return lived(request).staff["weight"]
