"""Elements of a page of HTML: a tree, so that whatever anybody wrote is text in it and nothing is left open.

No string of HTML is ever put together: text becomes text, whatever it looks like, when the tree is written. What has no
look of its own, and so could steer whoever shows it, stands as an escape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from simulation.words import visible

Content = str | ET.Element
Parts = Mapping[str, Sequence[Content]]
SLOT = "slot"
KEPT = "\n\t"


def element(tag: str, *content: Content, **attributes: str) -> ET.Element:
    r"""Return an element with text and elements in it; `class_` and `aria_label` name the attributes that are meant.

    >>> page = element("p", "1 < 2 \x1b ", element("b", "&"), class_="note")
    >>> ET.tostring(page, encoding="unicode")
    '<p class="note">1 &lt; 2 \\u001b <b>&amp;</b></p>'
    """
    named = {key.rstrip("_").replace("_", "-"): visible(value) for key, value in attributes.items()}
    made = ET.Element(tag, named)
    put(made, content)
    return made


def put(into: ET.Element, content: Iterable[Content]) -> None:
    """Put text and elements at the end of an element."""
    for each in content:
        if isinstance(each, ET.Element):
            into.append(each)
        elif len(into):
            into[-1].tail = (into[-1].tail or "") + visible(each, keep=KEPT)
        else:
            into.text = (into.text or "") + visible(each, keep=KEPT)


def foreign(words: str) -> ET.Element:
    """Return words of somebody else, which may be read from the right: they turn nothing around them."""
    return element("bdi", words)


def filled(template: Path, parts: Parts) -> ET.Element:
    """Return the tree of a template, with each `slot` in it replaced by the part of its name.

    Raises
    ------
    KeyError
        The template names a part that there is not.
    """
    return _filled(ET.fromstring(template.read_text("utf-8")), parts)


def _filled(old: ET.Element, parts: Parts) -> ET.Element:
    new = ET.Element(old.tag, old.attrib)
    put(new, [old.text or ""])
    for child in old:
        put(new, parts[child.attrib["name"]] if child.tag == SLOT else [_filled(child, parts)])
        put(new, [child.tail or ""])
    return new


def written(page: ET.Element) -> bytes:
    """Return a page as the bytes of a file."""
    text = ET.tostring(page, encoding="unicode", method="html", short_empty_elements=False)
    return f"<!DOCTYPE html>\n{text}\n".encode()
