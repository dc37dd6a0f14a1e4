"""The identity of the model's sources: what a result was made with, and whether a compiled rule is still the rule."""

import hashlib
from functools import cache
from pathlib import Path

from . import own_tactics

PACKAGE = Path(__file__).parent
SHOWN = (PACKAGE / "page", PACKAGE / "story")
AGENTS = PACKAGE / "agents"
_READ_BY_COMPILED_CODE = ("compiled.py", "draws.py", "entities.py", "mathematics.py", "world.py")


@cache
def sources() -> str:
    """Return the SHA-256 of everything that decides a result: this package's sources and plugged-in tactics."""
    return _digest([file for file in sorted(PACKAGE.rglob("*")) if _counts(file)])


@cache
def compiled_sources() -> str:
    """Return the SHA-256 of the sources that compiled code is made of, so that other changes compile nothing anew."""
    return _digest([file for file in sorted(PACKAGE.rglob("*.py")) if _is_compiled(file)])


def _digest(files: list[Path]) -> str:
    named = [(str(file.relative_to(PACKAGE)), file) for file in files]
    named += [(file.name, file) for file in own_tactics.files()[0]]
    digest = hashlib.sha256()
    for name, file in named:
        digest.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _counts(file: Path) -> bool:
    # The page and the story show results; they decide none.
    return file.suffix in (".py", ".toml") and not any(room in file.parents for room in SHOWN)


def _is_compiled(file: Path) -> bool:
    # The readable engine calls what is compiled, and is not compiled itself.
    if not _counts(file) or AGENTS in file.parents:
        return False
    if file.parent != PACKAGE or file.name in _READ_BY_COMPILED_CODE:
        return True
    return b"from .compiled import" in file.read_bytes()
