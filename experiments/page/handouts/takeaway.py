"""The file that a group takes home, put together from plain data."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from experiments import CAVEAT
from experiments.figures.elements import Content, element, filled, foreign, written
from experiments.page.ahead.answer import Answer, answer_of
from experiments.page.ahead.futures import Seen
from experiments.page.handouts import charts, words
from experiments.page.handouts.charts import colour_of, letter_of
from experiments.page.handouts.policy import policy
from experiments.page.handouts.replay import Replay, document
from experiments.page.workshop import surprise
from experiments.page.workshop.record import Group, Record

HOME = Path(__file__).parent
TEMPLATE, STYLE, SCRIPT = (HOME / name for name in ("takeaway.html", "takeaway.css", "replay.js"))
NO_GROUP = "The group"
KEY = (
    "In the picture a circle is an organisation, as full as the share of its staff who have adopted, striped where they only say "
    "so. Its ring is its gate: dotted is closed, dashed in approval, solid open. Diamonds are leaders."
)


class Session(NamedTuple):
    """What a workshop leaves to take away.

    Parameters
    ----------
    record : Record
        Who expected what, how the hours were spent, what was said.
    about : str
        The question in a sentence.
    seen : Seen
        The forty pairs behind the answer.
    watched : tuple of Replay
        The run that the page showed, or could show, week by week, one an arm.
    commands : tuple of str
        The command lines that make these runs elsewhere.
    start : float
        The share who have adopted in week 0, where every line begins.
    """

    record: Record
    about: str
    seen: Seen
    watched: tuple[Replay, ...] = ()
    commands: tuple[str, ...] = ()
    start: float = 0.0


def page_of(session: Session) -> bytes:
    """Return the page of a session as the bytes of a file; nothing of the answer is in it before the reveal."""
    record = session.record
    style, script = STYLE.read_text("utf-8"), SCRIPT.read_text("utf-8")
    parts: dict[str, Sequence[Content]] = {
        "title": [record.title],
        "policy": [policy(style, script)],
        "style": [style],
        "about": [session.about],
        "caveat": [CAVEAT],
        "expected": _expected(session),
        "answer": _answer(session),
        "replay": _replay(session) if record.revealed else [],
        "notes": _notes(record),
        "made": _made(session),
        "script": [element("script", script)] if record.revealed and session.watched else [],
    }
    return written(filled(TEMPLATE, parts))


def _name(group: Group, number: int, of: int) -> list[Content]:
    letter = letter_of(number, of)
    name = foreign(group.name or (f"Group {letter}" if letter else NO_GROUP))
    return [element("b", f"{letter}: "), name] if letter else [name]


def _expected(session: Session) -> list[Content]:
    """Return what every group expected, with the runs of each arm once they are revealed."""
    record, groups = session.record, session.record.groups
    if not any(group.ahead or any(group.lines) for group in groups):
        return [element("p", "Nothing was predicted.")]
    figures = []
    for arm, name in enumerate(record.arms):
        lines = {
            letter_of(number, len(groups)): [(0, session.start), *zip(record.at, group.lines[arm], strict=True)]
            for number, group in enumerate(groups)
            if len(group.lines) > arm and group.lines[arm]
        }
        curves = session.seen.arms[arm] if record.revealed and session.seen.arms else []
        weeks = session.seen.weeks if curves else [record.weeks]
        picture = charts.expected(weeks, curves, lines, colour_of(arm, len(record.arms)))
        figures.append(element("figure", _head(name, arm), picture))
    key = "Dotted: what was expected." + (" Pale: forty runs; thick: the middle one." if record.revealed else "")
    return [element("div", *figures, class_="side-by-side"), element("p", key, class_="note"), *_said(session)]


def _said(session: Session) -> list[Content]:
    """Return in words what every group expected, and how far off it was once that is revealed."""
    record, groups = session.record, session.record.groups
    answer = _found(session) if record.revealed else None
    came = surprise.middles(session.seen, record.at) if answer else []
    found: list[Content] = []
    for number, group in enumerate(groups):
        lines = words.how_far_off(group, record, came, answer) if answer else words.expected(group, record)
        if lines:
            head = element("h3", *_name(group, number, len(groups)))
            found += [head, element("ul", *(element("li", line) for line in lines))]
    near = surprise.closest(groups, came) if answer else ""
    return [*found, element("p", near)] if near else found


def _found(session: Session) -> Answer | None:
    names = list(session.record.arms)
    return answer_of(session.seen, names) if len(session.seen.arms) == len(names) else None


def _answer(session: Session) -> list[Content]:
    record = session.record
    if not record.revealed:
        return [element("p", "The answer was not revealed, so it is not in this file.")]
    found = _found(session)
    if found is None:
        return [element("p", "The forty pairs of runs were not made, so there is no answer.")]
    first, *rest = words.answered(found, record.arms)
    return [element("p", first, class_="lead"), *(element("p", line) for line in rest)]


def _replay(session: Session) -> list[Content]:
    """Return the pictures and what moves them, hidden until their script runs, and the curves, which need none."""
    if not session.watched:
        return []
    names = session.record.arms[: len(session.watched)]
    data = json.dumps(document(session.watched), separators=(",", ":")).replace("<", "\\u003c")
    curves = charts.watched(session.watched[0].weeks, [run.shares for run in session.watched])
    button = element("button", "Play", type="button", id="play")
    week = element("label", "Week ", element("input", type="range", id="week", min="0", value="0"))
    section = element(
        "section",
        element("h2", "One run, week by week", id="replay-h"),
        element("fieldset", element("legend", "Which arm"), *_choices(names), class_="choice", hidden="hidden"),
        element("div", *_pictures(names), class_="side-by-side pictures", hidden="hidden"),
        element("p", id="when"),
        element("figure", curves, class_="curve"),
        element("div", button, week, class_="bar", hidden="hidden"),
        element("p", KEY, class_="note"),
        element("p", "One run is one roll of the dice; the answer above is that of forty.", class_="note"),
        element("noscript", element("p", "The pictures are there, and play, where scripts may run.", class_="note")),
        element("script", data, type="application/json", id="runs"),
        id="replay",
        aria_labelledby="replay-h",
    )
    return [section]


def _choices(names: Sequence[str]) -> list[Content]:
    """Return what chooses the picture where there is room for one."""
    return [
        element("label", element("input", type="radio", name="arm", value=str(arm)), " ", foreign(_capital(name)))
        for arm, name in enumerate(names)
    ]


def _pictures(names: Sequence[str]) -> list[Content]:
    return [
        element("figure", _head(name, arm), element("p", class_="caption"), class_="picture")
        for arm, name in enumerate(names)
    ]


def _head(name: str, arm: int) -> Content:
    return element("figcaption", foreign(_capital(name)), class_=f"arm-{arm}")


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _notes(record: Record) -> list[Content]:
    said = [(question, answer) for question, answer in record.notes.items() if answer.strip()]
    if not said:
        return [element("p", "Nothing was written down.")]
    return [
        each
        for question, answer in said
        for each in (element("h3", foreign(question.replace("`", ""))), _written(answer))
    ]


def _written(answer: str) -> Content:
    return element("p", answer, class_="written", dir="auto")


def _made(session: Session) -> Sequence[Content]:
    record = session.record
    where = f"Scenario {record.scenario}, {f'change {record.change}, ' if record.change else ''}seed {record.seed}, {record.weeks} weeks."
    found: list[Content] = [element("p", words.spent(record.hours)), element("p", where)]
    if session.commands:
        lines = element("code", foreign("\n".join(session.commands)))
        found.append(element("p", "The same run, elsewhere:"))
        found.append(element("pre", lines, tabindex="0", role="group", aria_label="Command lines"))
    return found
