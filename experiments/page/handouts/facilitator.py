"""The facilitator's sheet of a question as a page to print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from experiments import CAVEAT
from experiments.analysis.facilitator import sheet, told
from experiments.analysis.facilitator.told import Section
from experiments.design import study_file
from experiments.figures.elements import Content, element, filled, written
from experiments.page.handouts.policy import policy

HOME = Path(__file__).parent
TEMPLATE, STYLE = HOME / "facilitator.html", HOME / "facilitator.css"
SET_APART = re.compile(r"(\*[^*]+\*|`[^`]+`)")
COMES_OUT = re.compile(r"^(.*?)( \((?:[^()]|\([^()]*\))*\))$", re.DOTALL)


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
    style = STYLE.read_text("utf-8")
    parts: dict[str, Sequence[Content]] = {
        "policy": [policy(style)],
        "style": [style],
        "title": [found.study.title],
        "question": [found.study.question],
        "what": [told.SHEET],
        "caveat": [CAVEAT],
        "sections": [part for section in told.sections(found) for part in _section(section)],
    }
    return written(filled(TEMPLATE, parts))


def _section(section: Section) -> list[Content]:
    items = [element("li", *_words(words)) for mark, words in section.items if mark == "-"]
    if items:
        return [element("h2", section.head), element("ul", *items)]
    rows = [
        element("tr", element("th", mark, scope="row"), element("td", *_words(words)))
        for mark, words in section.items
        if mark
    ]
    if rows:
        head = element("tr", element("th", "Minutes", scope="col"), element("th", "What", scope="col"))
        return [element("h2", section.head), element("table", element("thead", head), element("tbody", *rows))]
    return [element("h2", section.head), *(element("p", *_words(words)) for _, words in section.items)]


def _words(words: str) -> list[Content]:
    """Return words with what is named set apart, and the numbers of a claim smaller behind it."""
    claim = COMES_OUT.match(words)
    said, numbers = claim.groups() if claim and "95 %" in claim[2] else (words, "")
    pieces = [_piece(part) for part in SET_APART.split(said)]
    return [*pieces, element("span", numbers, class_="numbers")] if numbers else pieces


def _piece(part: str) -> Content:
    tag = {"*": "b", "`": "code"}.get(part[:1])
    return element(tag, part[1:-1]) if tag and SET_APART.fullmatch(part) else part
