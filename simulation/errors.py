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

    def __reduce__(self) -> tuple[type["Invalid"], tuple[list[str]]]:
        """Come whole from one process to another."""
        return type(self), (self.problems,)


class FailedRun(ArithmeticError):
    """A run that has come to something that cannot be, such as a share that is no number: it has no result."""


LONGEST, LARGEST = 100, 64


def shown(value: object) -> str:
    """Return a value as a message shows it: whatever it is, in a line.

    >>> shown("soon"), shown(0.25), shown(-3)
    ("'soon'", '0.25', '-3')
    >>> shown(10**400)
    'a whole number of about 401 digits'
    """
    if isinstance(value, int) and value.bit_length() > LARGEST:
        # Python refuses to write out the largest of these.
        return f"a whole number of about {1 + int(value.bit_length() * 0.30103)} digits"
    if isinstance(value, float):
        return f"{value:g}"
    try:
        text = repr(value)
    except ValueError:
        return f"a {type(value).__name__} too long to show"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


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
