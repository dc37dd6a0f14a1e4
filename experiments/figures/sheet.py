"""The sheet that every figure is drawn on: title above, footer below, colours, labels that keep apart.

Drawn with `matplotlib.figure.Figure` and the Agg canvas, so that no window, no
display and no state shared between figures is needed.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure

from experiments.figures import lettering
from experiments.figures.lettering import broken, cut, drawable, fitted
from experiments.store.folder import write_together

WIDTH, HEIGHT = 13.333, 7.5
DPI = 200
FORMS = ("png", "svg")
MARGIN = 0.035
ROOM = (1 - 2 * MARGIN) * WIDTH  # inches, of a line from margin to margin
LEGIBLE = 4.5  # contrast with white, at least, of small words
LARGEST = 22  # points, of a title that fits
FOOT = 9.5  # points, of the footer
SALT = "syslead"
FEET = 0.06  # of the height, for the footer
LINE = 110  # letters, of a title of two lines
CAVEAT = "A model of a theory, not a forecast."

# Okabe and Ito (2008): told apart by readers with every common kind of colour vision.
BLUE, VERMILION, GREEN, ORANGE = "#0072B2", "#D55E00", "#009E73", "#E69F00"
SKY, PURPLE, INK, GREY, PALE = "#56B4E9", "#CC79A7", "#222222", "#767676", "#BDBDBD"
SIGN = {1: BLUE, -1: VERMILION, 0: INK}
PALETTE = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY)


def sheet(title: str, subtitle: str, footer: str, caveat: str = CAVEAT) -> tuple[Figure, float]:
    """Return an empty slide with its words in place, and where the room below the title begins.

    Parameters
    ----------
    title : str
        What is seen, as a sentence.
    subtitle : str
        How to read it.
    footer : str
        How it was made, in one line or two; the caveat is put before it.
    caveat : str
        What stands beside every picture of the model; none beside one of data.
    """
    figure = Figure(figsize=(WIDTH, HEIGHT), facecolor="white")
    FigureCanvasAgg(figure)
    lines = textwrap.wrap(cut(drawable(title), 2 * LINE - 20), LINE)[:2]
    below = 0.895 if len(lines) == 1 else 0.87
    size = LARGEST * min(1.0, ROOM / max(lettering.width(line, LARGEST, bold=True) for line in lines))
    figure.text(MARGIN, 0.96, "\n".join(lines), size=size, weight="bold", color=INK, va="top")
    words = broken(subtitle, ROOM, 12.5, lines=3)
    figure.text(MARGIN, below, "\n".join(words), size=12.5, color=GREY, va="top")
    feet = _feet(*f"{caveat} {footer}".strip().partition("\n")[::2])
    figure.text(MARGIN, 0.016, "\n".join(feet), size=FOOT, color=GREY, va="bottom", linespacing=1.25)
    return figure, below - 0.03 * len(words) - 0.025


def _feet(first: str, second: str) -> list[str]:
    """Return the lines of a footer: its two parts each for itself, or one after the other where the first needs more room."""
    if lettering.width(drawable(first), FOOT) <= ROOM:
        return [fitted(line, ROOM, FOOT) for line in (first, second) if line]
    return broken(f"{first} {second}".strip(), ROOM, FOOT, lines=2)


class Words(NamedTuple):
    """The words of a sheet: what is seen, how to read it, how it was made."""

    title: str
    subtitle: str
    footer: str


def words_of(figure: Figure) -> Words:
    """Return the words that stand on a sheet, each as one line."""
    return Words(*(" ".join(text.get_text().split()) for text in figure.texts[:3]))


def room_of(figure: Figure) -> tuple[float, float]:
    """Return between what heights a sheet has its picture, above the footer and below all of the subtitle but its last line.

    Names of panels that need two lines reach as high as that; whoever cuts the picture out leaves the subtitle away.
    """
    subtitle = figure.texts[1]
    return FEET, float(subtitle.get_position()[1]) - 0.03 * subtitle.get_text().count("\n")


def deep(colour: str) -> str:
    """Return a darker shade of a colour, for words: dark enough to be read on white by those who see less contrast.

    >>> deep("#E69F00"), deep("#0072B2")
    ('#966700', '#005b8e')
    """
    red, green, blue = to_rgb(colour)
    shades = ((share * red, share * green, share * blue) for share in (part / 20 for part in range(16, -1, -1)))
    return to_hex(next(shade for shade in shades if contrast(shade) >= LEGIBLE))


def contrast(colour: Sequence[float]) -> float:
    """Return the contrast of a colour with white, from 1 to 21, after the Web Content Accessibility Guidelines 2.2.

    >>> round(contrast((0, 0, 0)), 6), contrast((1, 1, 1))
    (21.0, 1.0)
    """
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def bare(axes: Axes) -> None:
    """Take away the ink that carries nothing: top and right frame, heavy ticks."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(PALE)
    axes.tick_params(color=PALE, labelcolor=GREY, labelsize=11, length=3)
    axes.grid(axis="y", color="#EEEEEE", linewidth=0.8)
    axes.set_axisbelow(True)


def years(axes: Axes, weeks: int) -> None:
    """Mark a time axis counted in weeks with years, or with weeks when it is short."""
    axes.set_xlim(0, weeks) if weeks else axes.set_xlim(-1, 1)  # no weeks are a single moment, which is no axis
    if weeks < 104:
        axes.set_xlabel("weeks", color=GREY, size=12)
        axes.locator_params(axis="x", integer=True) if weeks else axes.set_xticks([0])
        return
    step = 1 if weeks <= 520 else 5
    ticks = range(0, weeks // 52 + 1, step)
    axes.set_xticks([52 * year for year in ticks], [str(year) for year in ticks])
    axes.set_xlabel("years", color=GREY, size=12)


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels as little as possible so that neighbours stand at least a gap apart.

    Labels that would collide are pooled and centred on where they all wanted to be.

    >>> spread([1.0, 1.2, 5.0], gap=1.0, low=0.0, high=10.0)
    [0.6, 1.6, 5.0]
    """
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    pools: list[list[float]] = []
    for rank, place in enumerate(order):
        pools.append([wanted[place] - rank * gap])
        while len(pools) > 1 and _middle(pools[-2]) >= _middle(pools[-1]):
            pools[-2].extend(pools.pop())
    flat = [_middle(pool) for pool in pools for _ in pool]
    room = max(low, high - (len(wanted) - 1) * gap)
    placed = [0.0] * len(wanted)
    for rank, place in enumerate(order):
        placed[place] = min(max(flat[rank], low), room) + rank * gap
    return placed


def _middle(pool: Sequence[float]) -> float:
    return sum(pool) / len(pool)


def outermost(order: Sequence[str], most: int, among: str = "") -> list[str]:
    """Return the first and the last of an order where it has more than a sheet has room for, with one among them.

    >>> outermost(["a", "b", "c", "d", "e"], 3), outermost(["a", "b", "c", "d", "e"], 3, among="c")
    (['a', 'b', 'e'], ['a', 'c', 'e'])
    """
    if len(order) <= most:
        return list(order)
    chosen = [*order[: most - most // 2], *order[len(order) - most // 2 :]]
    if among in order and among not in chosen:
        chosen[most - most // 2 - 1] = among
    return chosen


def save(figure: Figure, folder: Path, name: str, forms: Sequence[str] = FORMS) -> list[Path]:
    """Write a figure as PNG (200 dpi) and SVG, or in some form only, byte for byte the same for the same figure."""
    folder.mkdir(parents=True, exist_ok=True)
    return write_together(folder, {f"{name}.{form}": drawn(figure, form) for form in forms})


def drawn(figure: Figure, form: str) -> bytes:
    """Return a figure as PNG (200 dpi) or SVG, byte for byte the same for the same figure."""
    lettering.settle(figure)
    # Without a fixed salt and date an SVG differs each time it is written.
    metadata = {"Date": None} if form == "svg" else {"Software": None}
    file = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": SALT, "svg.fonttype": "path", **lettering.LITERAL}):
        figure.savefig(file, format=form, dpi=DPI, metadata=metadata)
    return file.getvalue()
