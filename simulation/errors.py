"""What the user is told when an input cannot be used."""

from collections.abc import Iterable
from difflib import get_close_matches


class Invalid(ValueError):
    """Input that cannot be used, with every problem named at once.

    Parameters
    ----------
    problems : iterable of str
        One sentence a problem, each saying what to change.

    Examples
    --------
    >>> print(Invalid(["`gates.delay` must lie in [1, 520] weeks, but is 0."]))
    `gates.delay` must lie in [1, 520] weeks, but is 0.
    """

    def __init__(self, problems: Iterable[str]):
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a hint that names the known name nearest to a misspelt one, or an empty string.

    >>> nearest("seding", ["seeding", "coalition"])
    "Did you mean 'seeding'?"
    >>> nearest("xyz", ["seeding"])
    ''
    """
    names = list(known)
    endings = {known_name.rpartition(".")[2]: known_name for known_name in reversed(names)}
    match = get_close_matches(name, names, n=1, cutoff=0.6)
    if not match:
        match = [endings[end] for end in get_close_matches(name.rpartition(".")[2], endings, n=1, cutoff=0.75)]
    return f"Did you mean {match[0]!r}?" if match else ""
