"""Values and titles as a sentence wants them; needs nothing heavy, as every command writes them."""

from __future__ import annotations


def named(level: object) -> str:
    """Write a value of a swept parameter.

    >>> named(True), named(0.45), named("none")
    ('true', '0.45', 'none')
    """
    words = f"{level:g}" if isinstance(level, float) else str(level)
    return words.lower() if words in ("True", "False") else words


def lowered(words: str) -> str:
    """Return words as they stand within a sentence; initials stay.

    >>> lowered("Mean ego"), lowered("ICB"), lowered("A coalition")
    ('mean ego', 'ICB', 'a coalition')
    """
    return words if words[:2].isalpha() and words[:2].isupper() else words[:1].lower() + words[1:]
