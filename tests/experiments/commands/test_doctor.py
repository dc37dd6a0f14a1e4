"""`syslead doctor` looks at what commands depend on."""


def test_doctor_looks_at_what_commands_depend_on(syslead):
    code, out, _ = syslead("doctor")
    assert code == 0
    for words in ("python", "numba", "cores", "disk", "write results", "fonts", "port of the page", "extra viz"):
        assert words in out


def test_doctor_finds_a_folder_that_cannot_be_written(syslead, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    code, out, _ = syslead("doctor")
    assert code == 4
    assert "NO  write results" in out
