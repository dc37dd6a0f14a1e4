"""Say it before you see it: a line for each arm, in how many runs one is ahead, for one group or several."""

from __future__ import annotations

import json
from typing import Any

from experiments.analysis.wording import percent
from experiments.page.elements import arm_labels, arm_names, button, note
from experiments.page.handouts.offered import sheet_link
from experiments.page.strip import SWATCHES
from experiments.page.tab.presets import only_in_second
from experiments.page.tab.session import Session
from experiments.page.vue.components import Stops
from experiments.page.workshop import acts
from experiments.page.workshop.desks import DESKS
from experiments.page.workshop.drawn.components import Board, Namer
from experiments.page.workshop.guesses import AHEAD, MOST_GROUPS, points, when
from experiments.page.workshop.hour import SPEND
from experiments.page.workshop.kept import started_at
from experiments.page.workshop.record import Group
from simulation.page.framework import html, markup, solara, toggle

LETTERS = "ABCDEFGHIJKL"


def predict(session: Session, chosen: Any) -> None:
    """Let the group that is chosen predict; `chosen` is Solara's reactive value."""
    workshop = session.workshop
    number = min(chosen.value, len(workshop.groups) - 1)
    arms = len(session.arms)
    with solara.Div(classes=["sy-step-plot"]):
        with solara.Div(classes=["sy-heading"]):
            html("h2", f"What share of staff will have adopted{', in each arm' if arms == 2 else ''}?")
            if arms == 2 and (own := only_in_second(session.question, session.begun())):
                html("p", markup("<b class='sy-second'>{label}.</b> {own}", label=arm_labels(session)[1], own=own))
            note("Drag the points, draw across, or Tab to a point and use ↑ ↓, PageUp and PageDown.")
        with solara.Div(classes=["sy-plot sy-plot-board"]):
            draw(session, number)
    with solara.Div(classes=["sy-step-side"], attributes={"role": "group", "aria-label": "What you expect"}):
        with solara.Div(classes=["sy-step-words"]):
            _words(session, number)
            _groups(session, number, chosen)
        solara.Button("Write it down", on_click=lambda: acts.go(session, SPEND), classes=["sy-main sy-next"])
        note("Kept on this machine as you go: a reload brings you back.")
        with solara.Div(classes=["sy-row sy-own-eyes"]).key("sheet"):  # the answer is on it
            sheet_link(session)


def board(session: Session, number: int, covered: str = "") -> dict[str, Any]:
    """Return the board of one group, or, covered, the lines of all."""
    workshop, at = session.workshop, points(session.weeks)
    group = workshop.groups[number]
    fixed = bool(covered) or not workshop.is_open
    labels = arm_labels(session)
    yearly = at[0] % 52 == 0
    return {
        "who": f"{number} {group.name} {fixed}",
        "at": at,
        "labels": [when(week) for week in at],
        "ticks": [_tick(week, yearly) for week in at],
        "short": [f"{week // 52} y" if yearly else str(week) for week in at],
        "start": started_at(session),
        "names": labels,
        "lines": [] if fixed else [list(line) for line in group.lines],
        "groups": lines_of(workshop.groups) if fixed else [],
        "fixed": fixed,
        "hint": [covered] if covered else _hint(labels, group, fixed),
        "title": "What the groups expect" if fixed else f"What {group.name or 'you'} expect: a line for each arm",
    }


def draw(session: Session, number: int, covered: str = "") -> None:
    """Draw the board."""
    Board(
        board_text=json.dumps(board(session, number, covered)),
        event_predicted=lambda lines: acts.predict(session, number, lines),
    )


def lines_of(groups: list[Group]) -> list[dict[str, Any]]:
    """Return what the groups drew, each with the letter that it goes by where there are several."""
    several = len(groups) > 1
    return [
        {"letter": letter if several else "", "lines": [list(line) for line in group.lines]}
        for letter, group in zip(LETTERS, groups, strict=False)
    ]


def _tick(week: int, yearly: bool) -> str:
    if not yearly:
        return f"week {week}"
    return f"{week // 52} year{'s' if week > 52 else ''}"


def _hint(labels: list[str], group: Group, fixed: bool) -> list[str]:
    if fixed or group.lines:
        return []
    marks = [f"squares: {labels[0]}", f"circles: {labels[1]}"] if len(labels) == 2 else []
    return ["Drag the points to where you expect them", *marks]


def _words(session: Session, number: int) -> None:
    workshop, labels = session.workshop, arm_labels(session)
    group, end = workshop.groups[number], when(session.weeks)
    html("p", markup("<b>Say it before you see it.</b> {how}", how=_how(session)), "sy-how")
    for arm, label in enumerate(labels):
        line = group.lines[arm] if arm < len(group.lines) else ()
        said = percent(line[-1] if line else started_at(session))
        two = len(labels) == 2
        weight = ("sy-first", "sy-second")[arm] if two else ""
        words = "<span class='sy-swatched'>{mark}</span>{label}: <b class='{weight}'>{said}</b> {end}"
        html("p", markup(words, mark=SWATCHES[arm] if two else "", label=label, weight=weight, said=said, end=end))
    if len(labels) == 2:
        _ahead(session, number, group)


def _how(session: Session) -> str:
    if not session.workshop.is_open:
        return "The run has begun: what was said stands."
    if len(session.arms) == 2:
        return "Let the room argue first; then draw one line for each arm. Both start as if nothing happened."
    return "Let the room argue first; then draw a line. It starts as if nothing happened."


def _ahead(session: Session, number: int, group: Group) -> None:
    name = arm_names(session)[1]
    lever = {
        "name": f"ahead {number}",
        "words": f"In how many of 40 runs will {name} be ahead?",
        "whose": "",
        "stops": [{"words": words, "own": False} for words in AHEAD],
        "at": AHEAD.index(group.ahead) if group.ahead in AHEAD else -1,
        "waits": False,
        "rests": not session.workshop.is_open,
    }
    Stops(
        levers_text=json.dumps([lever]), event_chosen=lambda what: acts.guess(session, number, AHEAD[int(what["stop"])])
    )


def _groups(session: Session, number: int, chosen: Any) -> None:
    groups = session.workshop.groups
    named = any(group.name for group in groups)
    with solara.Div(classes=["sy-groups"]).key("groups"):
        html("h3", "Whose line is it?" if named else "Several groups?")
        with solara.Div(classes=["sy-row"]):
            for place, (letter, group) in enumerate(zip(LETTERS, groups if named else (), strict=False)):
                label = f"{letter} {name_of(group)}"
                toggle(label, place == number, lambda place=place: chosen.set(place)).key(f"group {place}")
        if session.workshop.is_open:
            _more_or_fewer(session, number, chosen, named)
            _phones(session)


def _more_or_fewer(session: Session, number: int, chosen: Any, named: bool) -> None:
    groups = session.workshop.groups

    def add(name: str) -> None:
        added = acts.add_group(session, name)
        if added is not None:
            chosen.set(added)

    def drop() -> None:
        session.workshop.drop(number)
        chosen.set(0)
        session.changed()

    with solara.Div(classes=["sy-row"]):
        if len(groups) < MOST_GROUPS:
            Namer(words="Group" if named else "Name the first", button="Add", event_named=add)
        if len(groups) > 1:
            button(f"Take {name_of(groups[number])} away", drop)


def _phones(session: Session) -> None:
    """Let groups hand in from phones, where the page is served to others than this machine."""
    if not DESKS.address:
        return

    def turn() -> None:
        (DESKS.close if session.workshop.code else DESKS.open)(session)
        session.changed()

    with solara.Div(attributes={"role": "status", "aria-live": "polite"}).key("phones"):
        if session.workshop.code:
            words = "On a phone in this network: <b>{address}</b>, number <b>{code}</b>"
            html("p", markup(words, address=DESKS.address, code=session.workshop.code))
    button("No more from phones" if session.workshop.code else "Let groups predict by phone", turn)


def name_of(group: Group) -> str:
    """Return what a group is called among several."""
    return group.name or "The room"
