"""Solara, as the page uses it: typed where it counts, and with its own checks of Mesa's page turned off."""

import os
from collections.abc import Callable
from html import escape
from importlib import import_module
from typing import Any

from ..words import visible

# Mesa 3.3.1's own page would make Solara warn as soon as it is imported.
os.environ.setdefault("SOLARA_CHECK_HOOKS", "off")

solara: Any = import_module("solara")
Draw = Callable[..., Any]


def component(function: Draw) -> Draw:
    """Make a function a component: it is drawn again when what it read has changed."""
    made: Draw = solara.component(function)
    return made


def vue(file: str) -> Callable[[Draw], Draw]:
    """Make a function, by its arguments, the Python side of a Vue component."""
    made: Callable[[Draw], Draw] = solara.component_vue(file)
    return made


def toggle(label: str, pressed: bool, on_click: Draw, shortcut: str = "") -> Any:
    """Draw a button that is one of several, and says whether it is the one chosen; a key may stand for it."""
    return solara.Button(
        label,
        on_click=on_click,
        classes=["sy-plain", "sy-on" if pressed else ""],
        attributes={"aria-pressed": "true" if pressed else "false"} | by_key(shortcut),
    )


def by_key(shortcut: str) -> dict[str, str]:
    """Return the attribute that names the key which presses a button, wherever the focus is."""
    return {"aria-keyshortcuts": shortcut} if shortcut else {}


class Markup(str):
    """Text that is HTML already, made by `markup` alone."""


def markup(template: str, **values: Any) -> Markup:
    """Return HTML from a template and values, which are escaped unless they are HTML themselves.

    >>> markup("<b>{name}</b>{rest}", name="A & E", rest=[markup("<i>{word}</i>", word=word) for word in "<>"])
    '<b>A &amp; E</b><i>&lt;</i><i>&gt;</i>'
    """
    return Markup(template.format(**{name: _escaped(value) for name, value in values.items()}))


def _escaped(value: Any) -> str:
    if isinstance(value, list):
        return "".join(map(_escaped, value))
    return value if isinstance(value, Markup) else escape(visible(str(value), keep="\n"))


def html(tag: str, content: str | list[Markup], *classes: str) -> Any:
    """Draw an element: text, which is escaped, or `Markup`. Nothing else on the page draws raw HTML."""
    return solara.HTML(tag=tag, classes=list(classes), unsafe_innerHTML=_escaped(content))
