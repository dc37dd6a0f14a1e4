"""The page that an analyst hands over: one file, which needs no script and no network, put together from a template."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from experiments import CAVEAT
from experiments.analysis.assumptions import Assumptions, assumptions_of
from experiments.analysis.outcomes import Outcomes
from experiments.analysis.summary import Summary
from experiments.analysis.wording import what_intervals_are
from experiments.commands.html import again, basis, methods, origin
from experiments.commands.html.answer import answer
from experiments.commands.html.framed import framed
from experiments.commands.html.story import story
from experiments.commands.html.tables import report_table
from experiments.commands.tables.report import report_tables
from experiments.commands.tables.table import Table
from experiments.commands.tables.time_to_half import NAME, half_table
from experiments.figures.draw import figures
from experiments.figures.elements import Content, element, filled, foreign, written
from experiments.store import provenance
from experiments.store.provenance import Provenance
from experiments.validity.selftest import remark

TEMPLATE, STYLE = (Path(__file__).parent / name for name in ("page.html", "page.css"))


class Source(NamedTuple):
    """What a page is made from: a result folder, what its tables say, and the words of the command that asks for the page."""

    folder: Path
    outcomes: Outcomes
    summary: Summary
    command: Sequence[str]


def page_of(source: Source) -> bytes:
    """Return the page of a result folder as the bytes of a file."""
    folder, outcomes, summary, command = source
    known = provenance.read(folder) or Provenance()
    assumptions = assumptions_of(known.study, outcomes)
    drawn = _figures(source)
    tables = [piece for table in (*report_tables(summary), *half_table(summary)) for piece in _headed(table, summary)]
    parts: dict[str, Sequence[Content]] = {
        "list_of_figures": _linked(drawn),
        "list_of_tables": _linked(tables),
        "style": [STYLE.read_text("utf-8")],
        "title": [" ".join(summary.title.split())],
        "caveat": [CAVEAT],
        "question": [element("p", known.question, class_="question", dir="auto")] if known.question.strip() else [],
        "answer": [*answer(summary, _how_sure(outcomes, assumptions)), *_watched(known.study)],
        "figures": drawn,
        "tables": tables,
        "story": story(folder, outcomes, summary),
        "compared": basis.compared(known.study, outcomes),
        "assumed": basis.assumed(assumptions, outcomes),
        "remark": [remark()],
        "failures": origin.failures(summary, known, folder),
        "methods": [methods.methods(summary, known)],
        "again": again.remade_by(known, folder, command),
        "provenance": [origin.provenance_table(summary, known, folder)],
        "versions": [methods.made_with(known)],
        "cited": methods.cited(summary, known),
    }
    return written(filled(TEMPLATE, parts))


def _watched(study: Mapping[str, Any]) -> list[Content]:
    """Return what the study says should be looked at."""
    words = study.get("watch")
    items = (
        [element("li", each, dir="auto") for each in words if isinstance(each, str)] if isinstance(words, list) else []
    )
    return [element("h3", "What to look at"), element("ul", *items)] if items else []


def _how_sure(outcomes: Outcomes, assumptions: Assumptions) -> str:
    """Say what intervals tell of, and how much of what they do not tell of is guessed."""
    known = assumptions.known
    guessed = f" {known['assumed'] + known['guided']} of {known.total()} parameters in force are assumed."
    return f"{what_intervals_are(outcomes)}{guessed if known.total() else ''}"


def _headed(table: Table, summary: Summary) -> list[Content]:
    """Return a table under what it is called."""
    names = {
        "levels": "What each arm reached",
        "how_made": "How this was worked out",
        NAME: "When half the staff have adopted",
    }
    names |= {found.asked.name: f"Compared: {found.asked.called}" for found in summary.outcomes}
    names |= {effects.name: f"What changes do ({effects.name.replace('_', ' ')})" for effects in summary.effects}
    name = "What matters" if table.name.startswith("influences") else names.get(table.name, table.name)
    return [element("h3", name, id=f"table-{table.name.replace('_', '-')}"), *report_table(table)]


def _linked(pieces: Iterable[Content]) -> list[Content]:
    """Return the contents of a part: a link to each figure, or to each heading, by its words."""
    items: list[Content] = []
    for piece in pieces:
        if isinstance(piece, ET.Element) and (name := piece.get("id")):
            head = piece if piece.tag == "h3" else next(piece.iter("h3"))
            items.append(element("li", element("a", foreign("".join(head.itertext())), href=f"#{name}")))
    return [element("ul", *items)] if items else []


def _figures(source: Source) -> Sequence[Content]:
    asked = [found.asked for found in source.summary.outcomes]
    drawn = figures(source.outcomes, source.folder, asked)
    found = [framed(picture, name, f"Figure {number}") for number, (name, picture) in enumerate(drawn.items(), start=1)]
    return found or [element("p", "These tables allow no figure.")]
