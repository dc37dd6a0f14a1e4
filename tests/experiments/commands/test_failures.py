"""Failed runs are kept, listed and made again; `syslead status` says how far a sweep is."""

import re

import pytest
from command_line import STUDY, document

from experiments.commands import sweep


def _with_failures(monkeypatch):
    usual = sweep.options_of
    monkeypatch.setattr(sweep, "options_of", lambda given: usual(given)._replace(work="failing_run:run"))


@pytest.mark.slow
def test_failed_runs_do_not_stop_the_others_and_can_be_repeated(syslead, tmp_path, monkeypatch):
    _with_failures(monkeypatch)
    study = tmp_path / "study.toml"
    study.write_text(STUDY)
    out = tmp_path / "out"
    code, words, err = syslead("sweep", study, "--out", out, "--jobs", "1")
    assert code == 3
    assert "4 done, 2 of 6 failed" in words
    again = re.findall(r"again: syslead (run --from .*)", err)
    assert len(again) == 2
    assert "this replicate fails" in err
    monkeypatch.undo()
    assert syslead(*again[0].split())[0] == 0
    assert syslead("resume", out, "--jobs", "1", "--quiet")[0] == 3
    assert syslead("resume", out, "--jobs", "1", "--quiet", "--retry-failed")[0] == 0


def test_status_lists_failed_runs_the_first_twenty_in_words_and_all_in_json(syslead, tmp_path, monkeypatch):
    _with_failures(monkeypatch)
    study = tmp_path / "study.toml"
    study.write_text(STUDY + "".join(f"[arms.more{n}]\ntactics = {{ seeding = 0.5 }}\n" for n in range(22)))
    out = tmp_path / "out"
    assert syslead("sweep", study, "--out", out, "--jobs", "1", "--quiet")[0] == 3
    found = document(syslead("status", out, "--json")[1])
    runs = [failure["run"] for failure in found["failed_runs"]]
    assert len(runs) == found["failed"] > 10
    words = syslead("status", out)[1]
    assert re.findall(r"run (\d+): syslead run --from", words) == [str(run) for run in runs[:20]]


@pytest.mark.parametrize("option", [["--fail-fast"], ["--max-failures", "1"]])
def test_a_sweep_can_stop_at_the_first_failure(syslead, tmp_path, monkeypatch, option):
    _with_failures(monkeypatch)
    study = tmp_path / "study.toml"
    study.write_text(STUDY.replace("replicates = 3", "replicates = 40"))
    code, _, err = syslead("sweep", study, "--out", tmp_path / "out", "--jobs", "1", *option)
    assert code == 3
    assert "Stopped because of failures. Go on: syslead resume" in err


def test_status_tells_how_far_a_sweep_is(syslead, swept):
    before = {path.name: path.read_bytes() for path in swept.iterdir()}
    code, out, _ = syslead("status", swept)
    assert code == 0
    assert "6 of 6 runs done, 0 failed, 0 missing" in out
    assert {path.name: path.read_bytes() for path in swept.iterdir()} == before
