"""A pattern holds where what is accepted comes out, fails where it does not, and is not asked where it cannot be."""

from math import inf, nan
from pathlib import Path

import numpy as np
import pytest

from experiments.validity import runs
from experiments.validity.patterns import facts, measured, setups, verdicts
from experiments.validity.patterns.catalogue import DISCRIMINATING, NULL, PATTERNS, Pattern, Range
from experiments.validity.statistics import likeness
from simulation import run

WIDE = Pattern("P0", "Made up", "", "", (Range("a", 0.0, 1.0), Range("b", -inf, 0.0, surely=True)))


def judged(a, b, pattern=WIDE):
    (found,) = verdicts.verdicts({"a": np.array(a), "b": np.array(b)}, "complex", [pattern])
    return found.verdict


def test_a_pattern_holds_only_if_all_its_numbers_do():
    low = np.linspace(-0.2, -0.1, 10)
    assert judged(np.full(10, 0.5), low) == "holds"
    assert judged(np.full(10, 1.5), low) == "fails"
    assert judged(np.full(10, 0.5), np.linspace(-0.2, 0.1, 10)) == "fails"
    assert judged(np.full(10, nan), low) == "cannot be asked"
    assert judged(np.full(10, nan), -low) == "fails"


def test_what_must_be_sure_cannot_be_asked_of_a_few_runs():
    assert judged([0.5] * 4, [-0.1, -0.2, -0.3, -0.4]) == "cannot be asked"


def test_a_simple_change_is_judged_by_its_own_ranges_and_any_other_as_complex():
    lost = {"lost": np.full(9, 0.02), "lost_after_exit": np.full(9, 0.02)}
    p15 = [pattern for pattern in PATTERNS if pattern.key == "P15"]
    found = [verdicts.verdicts(lost, change, p15)[0].verdict for change in ("simple", "complex", "mine.toml", NULL)]
    assert found == ["holds", "fails", "fails", "cannot be asked"]


def test_two_humps_are_bimodal_and_one_is_not():
    random = np.random.default_rng(1)
    assert verdicts.bimodality(np.concatenate([random.normal(0.1, 0.02, 50), random.normal(0.9, 0.02, 50)])) > 0.9
    assert verdicts.bimodality(random.normal(0.5, 0.1, 200)) == pytest.approx(1 / 3, abs=0.06)


def test_the_correlations_of_time_are_the_observables_of_the_run():
    request = setups.setup_of("complex").request(0)
    found, told = measured.of_run(runs.lived(request)), run(request).observables
    assert found["icc_system"] == told["system_time_icc"]
    assert found["icc_people_by_organisation"] == told["organisation_time_icc"]
    data = runs.lived(request).adoptions
    assert told["organisation_time_icc"] == pytest.approx(
        likeness.intraclass(data.ranked, data.units["organisation"]).value
    )


def test_two_changes_share_people_and_ties_and_nothing_of_the_change():
    request = setups.setup_of("complex").request(0, weeks=1)
    one, other = runs.lived(request), measured._second_change(request, 99)
    assert (one.adoptions.ties.seen == other.adoptions.ties.seen).all()
    assert (one.adoptions.units["system"] == other.adoptions.units["system"]).all()


def test_the_null_model_ignores_who_listens_to_whom():
    """Medians of six runs: their spread is a fifth of the room given here, so that each fails less than once in 1,000."""
    found = verdicts.outcomes_of(setups.setup_of(NULL), 6)
    assert np.nanmedian(found["moran"]) == pytest.approx(0.0, abs=0.06)
    assert 0.6 < np.nanmedian(found["odds_ratio"]) < 1.6
    assert np.nanmedian(found["r2"]) > 0.99


def test_a_mechanism_switched_off_is_named_with_what_it_carries():
    found = verdicts.knock_outs(setups.setup_of("complex", "tiny"), 3, ["gates.on"])
    assert [one.mechanism for one in found] == ["nothing", "gates.on"]
    assert set(found[1].lost) <= {key for key, verdict in found[0].verdicts.items() if verdict == "holds"}


def test_every_number_of_a_fact_comes_out_of_its_runs():
    found = facts.of_replicate(0)
    asked = {one.statistic for fact in facts.FACTS for one in fact.ranges}
    assert asked <= found.keys()
    assert all(np.isfinite(found[name]) for name in asked)


def test_every_condition_of_patterns_and_facts_can_be_run():
    requests = [*facts.conditions(0).values()]
    for name in ("simple", "complex", NULL):
        requests += setups.conditions(setups.setup_of(name), 0).values()
    for mechanism in setups.mechanisms():
        requests += setups.conditions(setups.without(setups.setup_of("complex"), mechanism), 0, False).values()
    for request in requests:
        request.check()


def test_the_page_on_validity_says_of_both_changes_what_holds_together():
    page = (Path(__file__).parents[3] / "docs" / "validity.md").read_text(encoding="utf-8")
    _, _, section = page.partition("## Which hold together in any plausible world")
    for key in DISCRIMINATING:
        assert section.count(f"\n| {key} | ") == 4  # a row of pairs and a row of statistics, for each change


def test_the_page_on_validity_has_a_row_for_each_pattern_and_fact_also_where_it_fails():
    page = (Path(__file__).parents[3] / "docs" / "validity.md").read_text(encoding="utf-8")
    for one in (*PATTERNS, *facts.FACTS):
        (row,) = [line for line in page.splitlines() if line.startswith(f"| {one.key} {one.title}")]
        assert row.count("**holds**") + row.count("**fails**") + row.count("**cannot be asked**") == (
            3 if one in PATTERNS else 1
        )
