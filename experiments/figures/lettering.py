"""The letters of figures: any words are drawn as they stand, in the font that comes with Matplotlib, within their room.

Nothing is taken for a formula. What the font has no letter for, and what would steer whoever shows it, stands as an
escape. Names that are too long lose their middle, as names that are alike mostly differ at an end.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate
from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Text

from experiments.analysis.outcomes import Outcomes
from simulation.words import escaped, visible

FONT = "DejaVu Sans"
LITERAL: Any = {"font.family": [FONT], "text.parse_math": False, "text.usetex": False}
NAME = 60
"""Letters of a name in a sentence, at most."""
CUT = " … "
LEFT_TO_RIGHT = "\u200e"


@cache
def _letters() -> frozenset[int]:
    """Return the characters for which the font has a letter, plain and bold."""
    faces = [FontProperties(family=[FONT], weight=weight) for weight in ("normal", "bold")]
    plain, bold = (frozenset(get_font(findfont(face, fallback_to_default=False)).get_charmap()) for face in faces)
    return plain & bold


def drawable(words: str, keep: str = "") -> str:
    r"""Return words as one line in letters that can be drawn, with escapes for the others.

    >>> drawable("5 $ to\n6 $,  \u4e2d")
    '5 $ to 6 $, \\u4e2d'
    """
    line = words if keep else " ".join(words.split())
    letters = _letters() | set(map(ord, keep))
    return "".join(letter if ord(letter) in letters else escaped(letter) for letter in visible(line, keep=keep))


def cut(words: str, letters: int) -> str:
    r"""Return words without their middle where they are longer than so many letters; an escape is never halved.

    >>> cut("A rather long name, number 17", 20)
    'A rather … number 17'
    >>> cut(r"\u4e2d\u4e2e\u4e2f", 15)
    '\\u4e2d … \\u4e2f'
    """
    if len(words) <= letters:
        return words
    room = max(letters - len(CUT), 2)
    parts = re.findall(r"\\u[0-9a-f]{4}|.", words)
    head, tail = _within(parts, room // 2), _within(parts[::-1], (room + 1) // 2, at_end=True)
    # Whole words where that leaves half of the letters at least.
    if words[len(head)] != " " and 2 * len(shorter := head.rpartition(" ")[0]) >= len(head):
        head = shorter
    if words[-len(tail) - 1] != " " and 2 * len(shorter := tail.partition(" ")[2]) >= len(tail):
        tail = shorter
    return f"{head.rstrip()}{CUT}{tail.lstrip()}"


def _within(parts: Sequence[str], letters: int, at_end: bool = False) -> str:
    """Return as many parts as have so many letters together, those taken from an end in their old order."""
    lengths = accumulate(map(len, parts))
    taken = [part for part, length in zip(parts, lengths, strict=True) if length <= letters]
    return "".join(taken[::-1] if at_end else taken)


def lettered(outcomes: Outcomes) -> Outcomes:
    """Return outcomes with names that can be drawn and told apart, none of them longer than a sentence bears."""
    titles = {arm: cut(_legible(title, arm), NAME) for arm, title in outcomes.titles.items()}
    return replace(outcomes, titles=_told_apart(titles), scenario=drawable(outcomes.scenario))


def _legible(title: str, arm: str) -> str:
    """Return a title in letters that can be drawn, led by the arm's name where there is little else to be read."""
    found = drawable(title)
    is_legible = 2 * len(re.findall(r"\\u[0-9a-f]{4}", found)) <= len(title)
    return found if is_legible else f"{drawable(arm)} ({found})"


def _told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    count = Counter(titles.values())
    return {
        arm: title if count[title] == 1 else f"{cut(title, NAME // 2)} ({cut(drawable(arm), NAME // 2)})"
        for arm, title in titles.items()
    }


def width(words: str, size: float, bold: bool = False) -> float:
    """Return how wide a line is, in inches."""
    face = FontProperties(family=[FONT], size=size, weight="bold" if bold else "normal")
    return float(_renderer().get_text_width_height_descent(words, face, False)[0]) / 72


@cache
def _renderer() -> Any:
    kind: Any = RendererAgg
    return kind(1, 1, 72)


def fitted(words: str, inches: float, size: float, bold: bool = False) -> str:
    """Return a line that is no wider than so many inches, without its middle where need be."""
    line = drawable(words)
    letters = len(line)
    while (wide := width(found := cut(line, letters), size, bold)) > inches and letters > len(CUT) + 2:
        letters = min(letters - 1, int(letters * inches / wide) + 1)
    return found


def broken(words: str, inches: float, size: float, lines: int, bold: bool = False) -> list[str]:
    """Return words broken into lines no wider than so many inches; the last loses its middle where there are too many."""
    found = [""]
    for word in drawable(words).split():
        longer = f"{found[-1]} {word}".lstrip()
        if not found[-1] or len(found) == lines or width(longer, size, bold) <= inches:
            found[-1] = longer
        else:
            found.append(word)
    return [fitted(line, inches, size, bold) for line in found]


def led_by_number(words: str) -> str:
    """Return words that begin with a number so that it stays on the left, also before a name that is read from the right."""
    is_turned = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in words)
    return f"{LEFT_TO_RIGHT}{words}" if is_turned else words


def settle(figure: Figure) -> None:
    """Have every word of a figure drawn as it stands, whoever wrote it there."""
    for text in figure.findobj(Text):
        assert isinstance(text, Text)
        text.set_parse_math(False)
        text.set_fontfamily([FONT])
        text.set_text(drawable(text.get_text(), keep=f"\n{LEFT_TO_RIGHT}"))
