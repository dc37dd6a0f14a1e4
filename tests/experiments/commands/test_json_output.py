"""What programs read is one versioned document, and remarks stay out of it."""

from command_line import document

from experiments.commands.options import names
from simulation import catalogue


def test_every_read_command_speaks_one_versioned_document(syslead, swept):
    commands = [
        *(["list", kind] for kind in names.KINDS),
        ["describe", "seeding"],
        ["params"],
        ["doctor"],
        ["status", swept],
        ["verify", swept],
        ["report", swept],
        ["run", "tiny", "--weeks", "4"],
        ["run", "--from", swept, "--run", "1"],
    ]
    for words in commands:
        code, out, _ = syslead(*words, "--json")
        assert code == 0, words
        assert document(out)["schema_version"] == 3, words


def test_a_run_in_json_has_its_curves_observables_and_request(syslead):
    _, out, _ = syslead(
        "run", "tiny", "--weeks", "6", "--tactic", "seeding=0.5", "--set", "pressure.finance=0.4", "--json"
    )
    found = document(out)
    assert found["weeks"] == list(range(7))
    assert len(found["adopted_share"]) == len(found["declared_share"]) == 7
    assert list(found["observables"]) == list(catalogue.observables())
    assert found["request"]["tactics"] == {"seeding": 0.5}
    assert found["request"]["settings"] == {"pressure.finance": 0.4}


def test_remarks_go_to_standard_error(syslead, tmp_path):
    _, out, err = syslead("run", "tiny", "--weeks", "4", "--out", tmp_path / "run")
    assert "Written: " in err
    assert "Written: " not in out
