"""Exit codes and messages tell what went wrong, and whose fault it is."""

import pytest

from experiments.commands import names


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--version"], 0),
        (["--help"], 0),
        ([], 0),
        (["rum"], 2),
        (["run", "--wekes", "3"], 2),
        (["run", "--weeks", "many"], 2),
        (["run", "nowhere"], 2),
        (["sweep", "tiny"], 2),
        (["sweep", "nothing", "--dry-run"], 2),
        (["report", "/nowhere"], 4),
        (["plot", "/nowhere"], 4),
        (["verify", "/nowhere"], 4),
        (["export", "/nowhere"], 4),
        (["status", "/nowhere"], 4),
        (["resume", "/nowhere"], 4),
        (["run", "tiny", "--weeks", "2", "--out", "/proc/no"], 4),
    ],
)
def test_exit_codes_tell_what_went_wrong(syslead, words, code):
    found, _, err = syslead(*words)
    assert found == code
    assert "Traceback" not in err
    assert bool(err) == bool(code)


def test_a_fault_of_ours_exits_1_and_asks_for_a_report(syslead, monkeypatch):
    monkeypatch.setattr(names, "of", lambda _: 1 / 0)
    code, _, err = syslead("list", "tactics")
    assert code == 1
    assert "A fault in syslead: ZeroDivisionError" in err
    assert "Traceback" not in err


def test_debug_shows_where_an_error_arose(syslead):
    _, _, err = syslead("run", "nowhere", "--debug")
    assert "Traceback" in err
