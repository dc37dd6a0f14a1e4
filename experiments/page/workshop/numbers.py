"""Numbers and lengths of time as they stand within a sentence that is read aloud."""

from experiments.analysis.outcomes import span

LETTERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def in_letters(number: int) -> str:
    """Return a number in letters up to twelve, and in figures from there on.

    >>> in_letters(5), in_letters(13), in_letters(2501)
    ('five', '13', '2,501')
    """
    return LETTERS[number] if 0 <= number < len(LETTERS) else f"{number:,}"


def time_in_words(weeks: int) -> str:
    """Return a length of time.

    >>> time_in_words(260), time_in_words(52), time_in_words(30)
    ('five years', 'one year', '30 weeks')
    """
    number, unit = span(weeks).split(" ", 1)
    return f"{in_letters(int(number.replace(',', '')))} {unit}"
