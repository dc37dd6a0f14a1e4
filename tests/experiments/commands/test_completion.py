"""`syslead completion`: names are completed, and printing the script starts nothing."""

import subprocess

import pytest

from experiments.commands import cli


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_and_starts_nothing(syslead, shell, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a process was started"))
    code, out, _ = syslead("completion", shell)
    assert code == 0
    assert "_SYSLEAD_COMPLETE" in out


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("syslead re", {"report", "resume"}),
        ("syslead run --tactic pa", {"patient_argument", "patient_voice", "payment"}),
        ("syslead run --set gates.d", {"gates.delay="}),
        ("syslead run ti", {"tiny"}),
        ("syslead run --change co", {"complex"}),
        ("syslead describe comp", {"complex", "competition.level"}),
        ("syslead sweep ti", {"tiny"}),
        ("syslead describe gates.d", {"gates.delay"}),
        ("syslead list sc", {"scenarios"}),
        ("syslead list ch", {"changes"}),
        ("syslead sweep --rep", {"--replicates"}),
    ],
)
def test_names_are_completed(capsys, monkeypatch, typed, offered):
    monkeypatch.setenv("_SYSLEAD_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))
    with pytest.raises(SystemExit):
        cli.main()
    found = {line.partition(",")[2] for line in capsys.readouterr().out.splitlines()}
    assert offered <= found
    assert all(name.startswith(typed.split()[-1]) for name in found)
