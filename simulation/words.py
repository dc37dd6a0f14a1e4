"""Counts and differences in words, and the words of others made safe to show."""

import json
import re
import unicodedata

# Letters of many scripts and emoji are written with joiners, which steer nothing.
JOINERS = "\u200c\u200d"


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


def visible(words: str, keep: str = "") -> str:
    r"""Return words with whatever has no look of its own written as an escape, as JSON writes it.

    Such are control characters, with which words could steer a terminal, marks that turn the direction of writing,
    ends of lines, and halves of characters. Words from a file or a folder of somebody else pass through here
    before they are shown; a JSON document stays the same document.

    Parameters
    ----------
    words : str
        Anything at all.
    keep : str
        Characters that are to stay, such as the ends of the lines of a whole text.

    >>> print(visible("safe\x1b[2J\u202e"))
    safe\u001b[2J\u202e
    >>> visible("two\nlines", keep="\n")
    'two\nlines'
    """
    return re.sub(r"[^ -~]", lambda found: _seen(found[0], keep + JOINERS), words)


def _seen(character: str, keep: str) -> str:
    kind = unicodedata.category(character)
    # Those that are not in Unicode, or not yet, are escaped too: nobody knows what they do.
    is_hidden = kind.startswith("C") or kind in ("Zl", "Zp")
    return escaped(character) if is_hidden and character not in keep else character


def escaped(character: str) -> str:
    r"""Return a character as JSON writes it in letters that everything can show.

    >>> print(escaped("\x1b"))
    \u001b
    """
    return json.dumps(character)[1:-1]
