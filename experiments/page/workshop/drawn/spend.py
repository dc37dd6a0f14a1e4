"""Spend the hours: how many of those there are, over what time, on what."""

from __future__ import annotations

import json
from typing import Any

from experiments.page.elements import arm_labels, note
from experiments.page.tab.questions import QUESTIONS, requests_of
from experiments.page.tab.session import Session
from experiments.page.vue.components import Stops
from experiments.page.workshop import acts
from experiments.page.workshop.drawn.components import Purposes
from experiments.page.workshop.hour import RUN
from experiments.page.workshop.hours import PACES, SHARES, STOPS, Spending, hours_of, in_words, purposes
from experiments.page.workshop.kept import usual_hours
from simulation import catalogue
from simulation.page.framework import html, markup, solara


def spend(session: Session) -> None:
    """Let the group decide."""
    as_usual, begun = usual_hours(session), session.begun()
    hours = [hours_of(request, as_usual) for request in begun]
    with solara.Div(classes=["sy-step-plot sy-step-scroll"]):
        for words in _sentences(session, hours):
            html("h2", words).key(words)
        note("Budgets are shares of the hours there are, so that every one fits every system. They hold for both arms.")
        _choices(session, hours[0])
        _purposes(session, hours)
    with solara.Div(classes=["sy-step-side"], attributes={"role": "group", "aria-label": "On"}):
        html("p", markup("<b>The room decides.</b> {how}", how=_how(session)))
        solara.Button("Go", on_click=lambda: acts.go(session, RUN), classes=["sy-main sy-next"])


def _leaders(session: Session) -> list[int]:
    return [len(arm.world.leaders) for arm in session.arms]


def _sentences(session: Session, hours: list[Spending]) -> list[str]:
    """Return how many hours there are, once where both arms have as many."""
    found = [in_words(leaders, each, session.weeks) for leaders, each in zip(_leaders(session), hours, strict=True)]
    if len(set(found)) == 1:
        return found[:1]
    return [f"{label}: {words}" for label, words in zip(arm_labels(session), found, strict=True)]


def _how(session: Session) -> str:
    if not session.workshop.is_open:
        return "The run has begun: what was decided stands. Begin anew to decide again."
    every = next(words for words, weeks in STOPS.items() if weeks == session.pause_every or not weeks)
    if not session.pause_every:
        return "A run that is watched goes through without a stop."
    return f"A run that is watched stops {every} for a new decision, as long as hours are left."


def _choices(session: Session, hours: Spending) -> None:
    early = hours.ends < session.weeks
    levers = [
        _lever("How many of the hours there are?", [words for _, words in SHARES], _at(hours.share)),
        _lever("When are they spent?", [words for _, words in PACES], int(early)),
        _lever("Stop to decide", list(STOPS), [*STOPS.values()].index(session.pause_every)),
    ]
    for lever in levers[:2]:
        lever["rests"] = not session.workshop.is_open

    def choose(what: dict[str, Any]) -> None:
        # As it stands now, which may be later than what is drawn.
        now, stop = hours_of(session.begun()[0], usual_hours(session)), int(what["stop"])
        if what["name"] == levers[0]["name"]:
            acts.spend(session, SHARES[stop][0], now.ends < session.weeks)
        elif what["name"] == levers[1]["name"]:
            acts.spend(session, now.share, PACES[stop][0])
        else:
            session.set_decisions([*STOPS.values()][stop])

    with solara.Div(classes=["sy-choices"]):
        Stops(levers_text=json.dumps(levers), event_chosen=choose)


def _lever(words: str, stops: list[str], at: int) -> dict[str, Any]:
    shown = [{"words": stop, "own": False} for stop in stops]
    return {"name": words, "words": words, "whose": "", "stops": shown, "at": at, "waits": False, "rests": False}


def _at(share: float) -> int:
    """Return which budget a share is, or -1 where a lever was put elsewhere."""
    return next((place for place, (each, _) in enumerate(SHARES) if abs(each - share) < 0.005), -1)


def _purposes(session: Session, hours: list[Spending]) -> None:
    """Show what the hours are spent on: together where both arms spend them alike, and then it can be changed."""
    question, begun = QUESTIONS.get(session.question), session.begun()
    own = requests_of(question, begun[0]) if question else begun
    shares = [purposes(*each) for each in zip(begun, own if len(own) == len(begun) else begun, strict=True)]
    totals = [leaders * each.a_week * each.ends for leaders, each in zip(_leaders(session), hours, strict=True)]
    alike = all(each == shares[0] for each in shares)
    for label, each, total in zip(arm_labels(session), shares[:1] if alike else shares, totals, strict=False):
        html("h3", "What they spend it on" if alike else f"{label}: what they spend it on")
        rows = _rows(each, total, alike and len(each) > 1 and session.workshop.is_open)
        if rows:
            Purposes(
                purposes_text=json.dumps(rows),
                event_moved=lambda what: acts.share_out(session, what["name"], float(what["share"])),
            )
        else:
            note("Here nobody leads: no hours are spent.")


def _rows(shares: dict[str, float], total: float, is_open: bool) -> list[dict[str, Any]]:
    known = catalogue.tactics()
    return [
        {
            "name": name,
            "title": known[name].title,
            "share": share,
            "words": f"{100 * share:.0f} %, {share * total:,.0f} h",
            "open": is_open,
        }
        for name, share in shares.items()
    ]
