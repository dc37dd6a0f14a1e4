"""A disk without room ends every command that writes with one line; what was there is as it was, and nothing half of it."""

import resource

import pytest

WRITES = {
    "run": ["run", "tiny", "--weeks", "2", "--overwrite", "--out"],
    "states": ["run", "tiny", "--weeks", "2", "--overwrite", "--states", "all.csv.gz"],
    "report": ["report", "swept", "--overwrite", "--out"],
    "html": ["report", "swept", "--overwrite", "--html", "page.html"],
    "why": ["why", "swept", "--run", "1", "--replicates", "0", "--figure"],
    "plot-data": ["describe-data", "times.csv", "--overwrite", "--plot", "figure.png"],
    "selftest": ["selftest", "--files"],
}
"""Command lines, each but those that name a file with no place yet."""


def seen(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def here(swept, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "swept").symlink_to(swept)
    (tmp_path / "times.csv").write_text("person,time\n" + "".join(f"{k},{k}\n" for k in range(9)))
    for name in ("all.csv.gz", "page.html", "figure.png", "report"):
        (tmp_path / name).write_bytes(b"as before")
    return tmp_path


@pytest.fixture
def small_files():
    """Files may have 500 bytes, as on a disk that is all but full."""
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, unlimited[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)


@pytest.mark.parametrize("name", WRITES)
def test_a_command_without_room_says_so_in_a_line_and_leaves_all_as_it_was(syslead, here, small_files, name):
    place = [] if "." in WRITES[name][-1] else ["report" if name == "report" else "new"]
    before = seen(here)
    code, _, err = syslead("--quiet", *WRITES[name], *place)
    assert code == 4
    assert err.startswith("Error: ") and len(err.splitlines()) == 1
    assert (seen(here) == before and not (here / "new").exists()) or name in ("plot", "why")


def test_a_run_is_written_whole_or_not_at_all_over_an_earlier_one(syslead, tmp_path):
    run = ["run", "tiny", "--weeks", "2", "--out", tmp_path / "run", "--overwrite", "--quiet"]
    assert syslead(*run)[0] == 0
    before = seen(tmp_path)
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    # There is room for the numbers, but not for the picture.
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before[min(before)]), unlimited[1]))
    try:
        assert max(map(len, before.values())) > len(before[min(before)])
        code, _, _ = syslead(*run, "--seed", "7")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    assert code == 4
    assert seen(tmp_path) == before
