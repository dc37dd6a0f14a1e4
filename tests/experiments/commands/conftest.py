"""A command line carried out in this process, and a finished sweep."""

import pytest
from command_line import STUDY

from experiments.commands import cli


@pytest.fixture
def syslead(capsys):
    """Carry out a command line in this process; return its exit code, standard output and standard error."""

    def carry_out(*words):
        with pytest.raises(SystemExit) as end:
            cli.main([str(word) for word in words])
        code = end.value.code
        out, err = capsys.readouterr()
        return code, out, err

    return carry_out


@pytest.fixture(scope="session")
def swept(tmp_path_factory):
    """A folder with a finished sweep of six runs."""
    folder = tmp_path_factory.mktemp("swept") / "sweep"
    study = folder.parent / "study.toml"
    study.write_text(STUDY)
    with pytest.raises(SystemExit) as end:
        cli.main(["--quiet", "sweep", str(study), "--out", str(folder), "--jobs", "1"])
    assert end.value.code == 0
    return folder
