"""A figure as a part of a page of HTML: its words stay words, and nothing of it reaches into the rest of the page.

What is written for a file of its own, Matplotlib names alike in every figure; in one page each name must be there once,
and a style would hold for the whole page.
"""

from __future__ import annotations

import io
import re
from typing import Any, cast
from xml.etree import ElementTree as ET

import matplotlib as mpl
from matplotlib.figure import Figure

from experiments.figures import lettering, sheet
from experiments.figures.lettering import FONT

# Verdana is as wide; the others, where there is neither, are narrower, so that words keep to their room.
FONTS = f"'{FONT}', Verdana, Geneva, sans-serif"
METADATA: Any = {"Date": None, "Creator": None, "Format": None, "Type": None}
STYLE = "stroke-linejoin: round; stroke-linecap: butt"
REFERENCE = re.compile(r"(url\(#|^#)([^)]+)")
LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
DROPPED = ("metadata", "style")


def inline(figure: Figure, name: str) -> ET.Element:
    """Return the picture of a figure as an `svg` element; its words stand as title and description, not in the picture.

    Parameters
    ----------
    figure : Figure
        Drawn on a sheet.
    name : str
        What no other figure of the page is called, for the names in it.
    """
    words = sheet.words_of(figure)
    foot, roof = sheet.room_of(figure)
    drawn = _plain(_parsed(figure), name)
    _, _, width, height = map(float, drawn.attrib["viewBox"].split())
    box = f"0 {(1 - roof) * height:.0f} {width:.0f} {(roof - foot) * height:.0f}"
    top = {"viewBox": box, "role": "img", "style": STYLE, "aria-labelledby": f"{name}-t {name}-d"}
    svg = ET.Element("svg", top)
    for tag, place, text in (("title", "t", words.title), ("desc", "d", f"{words.subtitle} {words.footer}")):
        ET.SubElement(svg, tag, {"id": f"{name}-{place}"}).text = text
    svg.extend(drawn)
    return svg


def _parsed(figure: Figure) -> ET.Element:
    lettering.settle(figure)
    for text in figure.texts[: len(sheet.Words._fields)]:
        text.set_visible(False)
    file = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": sheet.SALT, "svg.fonttype": "none", **lettering.LITERAL}):
        figure.savefig(cast(Any, file), format="svg", metadata=METADATA)
    return ET.fromstring(file.getvalue())


def _plain(element: ET.Element, name: str) -> ET.Element:
    """Return an element as HTML has it: without namespaces and idle names, with short numbers and names of its own."""
    attributes = {_local(key): value for key, value in element.attrib.items()}
    is_used = _local(element.tag) in ("path", "clipPath")
    found = {key: _value(key, value, name) for key, value in attributes.items() if key != "id" or is_used}
    plain = ET.Element(_local(element.tag), found)
    plain.text = (element.text or "").strip() and element.text
    inner = [_plain(child, name) for child in element if _local(child.tag) not in DROPPED]
    plain.extend(child for child in inner if len(child) or child.attrib or child.text)
    return plain


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _value(key: str, value: str, name: str) -> str:
    if key == "id":
        return f"{name}-{value}"
    if key == "style":
        value = value.replace(f"'{FONT}'", FONTS)
    if key in ("d", "transform", "x", "y"):
        value = " ".join(LONG_NUMBER.sub(_short, value).split())
    return REFERENCE.sub(rf"\g<1>{name}-\g<2>", value)


def _short(number: re.Match[str]) -> str:
    """Write a number to a tenth of a point, as finer ones nobody sees."""
    return f"{float(number[0]):.1f}".rstrip("0").rstrip(".")
