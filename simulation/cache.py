"""Where compiled code is kept, and whether it is there already: known without Numba, which takes long to import.

Numba does not notice a change in a function that comes from another file. The cache therefore lives in a folder
named after the hash of all sources; another source, another folder.
"""

import functools
import os
import platform
import stat
import sys
from contextlib import suppress
from getpass import getuser
from hashlib import sha1
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from . import fingerprint

_COMPILED_LAST = {"compiled": "kernel._run_weeks", "threads": "__init__.count", "agents": "network.draw_partners"}
"""The function that each engine, and the compiled one on threads, compiles last; where it is kept, so are the others."""


def folder() -> Path:
    """Return the folder of the compiled code of these sources, made where it is missing."""
    home = os.environ.get("SYSLEAD_CACHE") or os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    name = f"{fingerprint.compiled_sources()[:16]}-{platform.python_implementation()}{sys.version_info[0]}{sys.version_info[1]}"
    folder = Path(home) / "syslead" / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f".writable-{os.getpid()}").touch()
        (folder / f".writable-{os.getpid()}").unlink()
    except OSError:  # a read-only home: compile anew rather than fail
        folder = _temporary() / name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


@functools.cache
def _temporary() -> Path:
    """Return a folder of this user's own for what must go somewhere: what lies there is run, so nobody else may write it."""
    user = os.getuid() if hasattr(os, "getuid") else getuser()
    home = Path(gettempdir()) / f"syslead-{user}"
    with suppress(FileExistsError):
        home.mkdir(mode=0o700)
    found = home.lstat()
    is_ours = not hasattr(os, "getuid") or (found.st_uid == user and not found.st_mode & 0o022)
    return home if stat.S_ISDIR(found.st_mode) and is_ours else Path(mkdtemp(prefix="syslead-"))


def is_filled(engine: str, threads: int = 1) -> bool:
    """Return whether what an engine needs has been compiled before, so that a run need not wait for it."""
    last = _COMPILED_LAST["threads" if threads > 1 else engine]
    # Numba keeps what it compiles by where the sources lie: another copy of them on this computer compiles anew.
    within = Path(os.path.abspath(__file__)).parent
    ours = {sha1(str(place).encode()).hexdigest() for place in (within, *within.rglob("*/"))}
    return any(file.parent.name.rpartition("_")[2] in ours for file in folder().glob(f"*/{last}-*.nbi"))
