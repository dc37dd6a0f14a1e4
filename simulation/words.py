"""Counts and differences in words."""


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return so many of a thing.

    >>> counted(1, "week"), counted(0, "run"), counted(5200, "week"), counted(2, "person", "people")
    ('1 week', '0 runs', '5,200 weeks', '2 people')
    """
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def signed(number: float, digits: int = 0) -> str:
    """Return a difference with its sign; what rounds to nothing has none.

    >>> signed(9.4), signed(-0.4), signed(-0.44, digits=1), signed(-0.04, digits=1)
    ('+9', '0', '-0.4', '0.0')
    """
    text = f"{number:+.{digits}f}"
    return text if text.strip("+-0.") else text[1:]
