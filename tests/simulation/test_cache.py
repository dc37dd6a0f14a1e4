"""Where compiled code is kept: in the home, or else where nobody but this user can put any."""

import os
import stat
import tempfile

import pytest

from simulation import cache


@pytest.fixture
def no_home(tmp_path, monkeypatch):
    """Let nothing be kept at home, and what goes somewhere go here."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SYSLEAD_CACHE", str(tmp_path / "file" / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    cache._temporary.cache_clear()
    yield tmp_path
    cache._temporary.cache_clear()


@pytest.fixture
def place(no_home):
    """Return the folder that is taken for this user's own."""
    if not hasattr(os, "getuid"):
        pytest.skip("nobody owns a folder on this system")
    return no_home / f"syslead-{os.getuid()}"


def test_without_a_home_to_write_to_code_is_kept_in_a_folder_that_only_its_user_can_write_to(place):
    folder = cache.folder()
    assert folder.is_dir() and folder.parent == place
    assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert cache.folder() == folder


@pytest.mark.parametrize("kind", ["others may write to it", "a link", "a file"])
def test_a_folder_in_which_others_could_have_put_code_is_not_used(place, no_home, kind):
    if kind == "a link":
        (no_home / "elsewhere").mkdir()
        place.symlink_to(no_home / "elsewhere")
    elif kind == "a file":
        place.write_text("")
    else:
        place.mkdir()
        place.chmod(0o777)
    folder = cache.folder()
    assert folder.is_dir() and folder.parent not in (place, no_home / "elsewhere")
    assert cache.folder() == folder
