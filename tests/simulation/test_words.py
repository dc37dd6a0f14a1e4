"""Counts and differences in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.words import counted, signed


@given(st.integers(0, 10**9))
def test_only_one_of_a_thing_is_singular(number):
    assert counted(number, "week").endswith(" week") == (number == 1)


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_difference_has_the_sign_of_what_is_shown_of_it(number, digits):
    text = signed(number, digits)
    assert float(text) == pytest.approx(number, abs=0.5000001 * 10**-digits)
    assert text[0] == ("+" if float(text) > 0 else "-" if float(text) < 0 else "0")
