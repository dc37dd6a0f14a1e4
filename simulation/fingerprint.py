"""The identity of the model's sources: what a result was made with, and whether a compiled rule is still the rule."""

import hashlib
from functools import cache
from pathlib import Path

from . import tactics


@cache
def sources() -> str:
    """Return the SHA-256 of everything that decides a result: this package's sources and plugged-in tactics."""
    package = Path(__file__).parent
    files = [(str(file.relative_to(package)), file) for file in sorted(package.rglob("*")) if _counts(file)]
    for folder in tactics.folders()[1:]:
        files += [(file.name, file) for file in sorted(folder.glob("*.py"))]
    digest = hashlib.sha256()
    for name, file in files:
        digest.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _counts(file: Path) -> bool:
    # The page shows results; it decides none.
    return file.suffix in (".py", ".toml") and not f"{file.stem}_".startswith("app_")
