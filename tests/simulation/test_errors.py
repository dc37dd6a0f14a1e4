"""What a user is told of mistakes: a problem a line, with the nearest valid name where there is one."""

from simulation import catalogue
from simulation.errors import Invalid, nearest


def test_an_invalid_request_prints_one_problem_a_line():
    told = Invalid(["one.", "two."])
    assert str(told) == "one.\ntwo."
    assert told.problems == ["one.", "two."]


def test_invalid_is_a_value_error():
    assert issubclass(Invalid, ValueError)


def test_a_parameter_named_without_its_group_is_answered_with_the_full_name():
    assert "'population.autonomy'" in nearest("autonomy", catalogue.parameters())


def test_a_name_like_no_other_gets_no_hint():
    assert nearest("qqqqqq", ["seeding", "coalition"]) == ""
