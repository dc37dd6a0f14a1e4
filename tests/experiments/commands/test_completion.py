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


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("syslead compare tac", {"tactics:"}),
        ("syslead compare seeding no", {"none"}),
        ("syslead compare tactics : bundle_", {"bundle_forgoing", "bundle_heroic"}),
        ("syslead compare tactics :", {"none", "seeding"}),
        ("syslead compare ego : ego_10 ego : ego_3", {"ego_30"}),
        ("syslead compare seeding=.5+pa", {"seeding=.5+patient_argument", "seeding=.5+payment"}),
        ("syslead compare seeding@ics-m", {"seeding@ics-median"}),
        ("syslead compare no_such_study : x", set()),
    ],
)
def test_sides_of_a_comparison_are_completed_although_bash_takes_a_colon_for_a_word(
    capsys, monkeypatch, typed, offered
):
    monkeypatch.setenv("_SYSLEAD_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(len(typed.split()) - 1))
    with pytest.raises(SystemExit):
        cli.main()
    found = {line.partition(",")[2] for line in capsys.readouterr().out.split()}
    assert offered <= found
    assert bool(offered) == bool(found)
    last = typed.split()[-1].lstrip(":")
    assert all(name.startswith(last) for name in found)
