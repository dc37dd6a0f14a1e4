"""The facilitator's sheet of a question as a page to print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from experiments import CAVEAT
from experiments.analysis.facilitator import sheet, told
from experiments.analysis.facilitator.told import Item, Section
from experiments.design import study_file
from experiments.figures.elements import Content, element, filled, written
from experiments.page.handouts.policy import policy

HOME = Path(__file__).parent
TEMPLATE, STYLE = HOME / "facilitator.html", HOME / "facilitator.css"
SET_APART = re.compile(r"(\*[^*]+\*|`[^`]+`)")


@cache
def numbered() -> dict[str, str]:
    """Return the study of each of the page's questions, by the question's number, as far as it has a sheet."""
    opened = [study_file.load(name) for name in sheet.names()]
    return {str(study.opening.number): study.name for study in opened if study.opening is not None}


def page_of(name: str) -> bytes:
    """Return the sheet of a study as the bytes of a page.

    Raises
    ------
    Invalid
        There is none.
    """
    found = sheet.load(name)
    sections = [part for section in told.sections(found) for part in _section(section)]
    return _page(found.study.title, found.study.question, sections)


def index() -> bytes:
    """Return a page with a link to every sheet, in the order of the questions."""
    names = numbered()
    links = [
        element("li", element("a", study_file.load(names[number]).title, href=names[number]))
        for number in sorted(names, key=int)
    ]
    return _page("The twelve questions", "Each is an hour with a group.", [element("ol", *links)])


def _page(title: str, question: str, sections: Sequence[Content]) -> bytes:
    style = STYLE.read_text("utf-8")
    parts: dict[str, Sequence[Content]] = {
        "policy": [policy(style)],
        "style": [style],
        "title": [title],
        "question": [question],
        "what": [told.SHEET],
        "caveat": [CAVEAT],
        "sections": sections,
    }
    return written(filled(TEMPLATE, parts))


def _section(section: Section) -> list[Content]:
    head: Content = element("h2", section.head)
    if any(item.minutes for item in section.items):
        heads = element("tr", element("th", "Minutes", scope="col"), element("th", "What", scope="col"))
        rows = [
            element("tr", element("th", item.minutes, scope="row"), element("td", *_words(item.words)))
            for item in section.items
        ]
        return [head, element("table", element("thead", heads), element("tbody", *rows))]
    if section.is_list:
        return [head, element("ul", *(element("li", *_said(item)) for item in section.items))]
    return [head, *(element("p", *_said(item)) for item in section.items)]


def _said(item: Item) -> list[Content]:
    """Return words, and what came out smaller behind them."""
    numbers: list[Content] = [" ", element("span", f"({item.numbers})", class_="numbers")] if item.numbers else []
    return [*_words(item.words), *numbers]


def _words(words: str) -> list[Content]:
    """Return words with what is named in them set apart."""
    return [_piece(part) for part in SET_APART.split(words)]


def _piece(part: str) -> Content:
    tag = {"*": "b", "`": "code"}.get(part[:1])
    return element(tag, part[1:-1]) if tag and SET_APART.fullmatch(part) else part
