"""What is set is told in words, of every parameter and tactic, and of the statistics of data."""

import re

import pytest

from experiments.analysis.parameters.differences import differences
from experiments.analysis.parameters.meanings import in_words, meaning_of, set_in_all, set_to, title_of
from experiments.validity.patterns.catalogue import PATTERNS
from experiments.validity.words import BY_UNIT, WORDS
from experiments.validity.words import in_words as statistic_in_words
from simulation import Request, catalogue

NAMES = re.compile(r"[a-z]_[a-z]|[a-z]\.[a-z]")
"""What only names have."""


def test_no_parameter_and_no_tactic_is_called_by_its_name():
    parameters, tactics = catalogue.parameters(), catalogue.tactics()
    told = {name: set_to(name, one.default) for name, one in parameters.items()}
    told |= {name: title_of(name) for name in tactics}
    assert [name for name, words in told.items() if NAMES.search(words) or not words] == []
    assert [name for name in parameters if meaning_of(name) == name] == []


def test_what_no_parameter_is_called_stands_as_it_is():
    assert (set_to("ours.own", 0.5), title_of("ours")) == ("ours.own 0.5", "ours")


@pytest.mark.parametrize("name", ["gates.on", "turnover.exit", "gates.delay", "convening.kind"])
def test_two_values_that_differ_are_told_apart(name):
    one = catalogue.parameters()[name]
    other = {"switch": not one.default, "choice": one.choices[-1] if one.choices else ""}.get(one.kind, one.high)
    assert in_words(one, one.default) != in_words(one, other)


def test_what_is_set_beyond_the_first_few_is_counted():
    some = dict.fromkeys(list(catalogue.parameters())[:9], 1)
    assert set_in_all(some)[-1] == "6 more set"
    assert len(set_in_all(some)) == 4


def test_two_requests_that_are_alike_differ_in_nothing_and_others_in_what_is_in_force():
    tight = Request("tiny", settings={"pressure.finance": 0.65})
    assert differences(tight, tight) == []
    (found,) = differences(Request("tiny", settings={"pressure.finance": 0.5}), tight)
    assert (found.left, found.right, found.name) == ("0.5", "0.65", "pressure.finance")


def test_every_statistic_by_which_a_pattern_is_judged_has_words():
    for pattern in PATTERNS:
        assert all(words.strip() and not NAMES.search(words) for words in pattern.in_words.values()), pattern.key


def test_a_statistic_of_units_is_called_by_its_unit():
    for begin, end, _ in BY_UNIT:
        assert "ward" in statistic_in_words(f"{begin}ward{end}")
    assert len(set(WORDS.values())) == len(WORDS)
