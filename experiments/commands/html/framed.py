"""A figure on a page: its title, how to read it, the picture, and how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from experiments.figures import sheet
from experiments.figures.elements import element, foreign
from experiments.figures.inline import inline

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def framed(picture: Figure, name: str, label: str) -> ET.Element:
    """Return a figure as an element, its name unlike that of any other on the page; on a narrow page the picture alone moves."""
    words, svg = sheet.words_of(picture), inline(picture, name.replace("_", "-"))
    frame = element("div", svg, class_="wide", role="group", tabindex="0", aria_label=label)
    title = element("h3", f"{label}. ", foreign(words.title))
    how = element("p", words.subtitle, dir="auto")
    return element(
        "figure", title, how, frame, element("figcaption", words.footer, dir="auto"), id=label.lower().replace(" ", "-")
    )
