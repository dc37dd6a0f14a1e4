"""Files by name: those of a kind that are built in, and a user's own by path."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .errors import Invalid, nearest

LARGEST_FILE = 1_000_000
"""Bytes; what is described in such a file is a page of text."""


class NamedFiles(NamedTuple):
    """The TOML files of one kind.

    Parameters
    ----------
    kind : str
        What one of them describes, such as `scenario`.
    folder : Path
        Where those lie that are built in; each is called as its file is.
    """

    kind: str
    folder: Path

    def titles(self) -> dict[str, str]:
        """Return the titles of those that are built in, by name."""
        return {name: str(tomllib.loads(file.read_text("utf-8"))["title"]) for name, file in built_in(self).items()}

    def path(self, name: str) -> Path:
        """Return the path of one that is built in, or of a user's own, whose path is its name.

        Raises
        ------
        Invalid
            If there is none, or a user's own is too large.
        """
        return built_in(self).get(name) or self._own(name)

    def _own(self, name: str) -> Path:
        path = Path(name)
        if path.suffix != ".toml":
            hint = nearest(name, built_in(self)) or f"See: syslead list {self.kind}s"
            raise Invalid([f"No {self.kind} is called {name!r}. {hint}"])
        if not is_file(path):
            raise Invalid([f"The {self.kind} file {name!r} does not exist."])
        if path.stat().st_size > LARGEST_FILE:
            raise Invalid([f"{path}: larger than {LARGEST_FILE:,} bytes; a {self.kind} is a page of text."])
        return path


@cache
def built_in(files: NamedFiles) -> dict[str, Path]:
    """Return the files of a kind that are built in, by name."""
    return {file.stem: file for file in sorted(files.folder.glob("*.toml"))}


def is_file(path: Path) -> bool:
    """Return whether a path leads to a file; one that no file can have, as it is too long, leads nowhere."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Return whether a path leads to a folder; see `is_file`."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False
