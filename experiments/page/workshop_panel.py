"""The workshop's tab: predict, run on a budget of hours, reveal, debrief."""

import json
from typing import Any

from experiments.page.downloads import SessionFile
from experiments.page.elements import arm_names, bar, button, note
from experiments.page.tab.questions import QUESTIONS
from experiments.page.tab.session import Session
from experiments.page.tab.workshop import CHOICES, DECISIONS, PREDICT, RUN, STAGES, error_of, outcome
from experiments.page.vue.components import PredictionBoard
from simulation import catalogue
from simulation.observables import first_week
from simulation.page.framework import Markup, component, html, markup, solara, toggle
from simulation.words import counted

DEBRIEF = (
    "Which organisation surprised you most? Read its story: what moved it, or held it back?",
    "What would have to be true in your own system for this to happen there?",
    "Which assumption of the model would you want to see evidence for?",
)

OWN = QUESTIONS["free"]._replace(title="Your own question", words="The levers as you have set them.")


@component
def WorkshopPanel(session: Session, tick: int) -> Any:
    """Lead a group through one question."""
    workshop = session.workshop

    def go(stage: str) -> None:
        workshop.stage = stage
        session.changed()

    with solara.Div(classes=["sy-tab"]):
        with solara.Div(classes=["sy-row"]):
            for number, stage in enumerate(STAGES, 1):
                toggle(f"{number} {stage}", workshop.stage == stage, lambda stage=stage: go(stage)).key(stage)
        question = QUESTIONS.get(session.question, OWN)
        html("h2", question.title)
        html("p", question.words)
        with solara.Div().key(f"stage {workshop.stage}"):
            if workshop.stage == PREDICT:
                _predict(session)
            elif workshop.stage == RUN:
                _run(session)
            else:
                _reveal(session, session.question, question.asks + DEBRIEF)
        SessionFile(session, tick).key("session")


def _predict(session: Session) -> None:
    workshop = session.workshop

    def predict(drawn: list[list[float]]) -> None:
        workshop.drawn = [[float(week), float(share)] for week, share in drawn]
        session.changed()

    def choose(choice: str) -> None:
        workshop.choice = choice
        session.changed()

    if session.week:
        html("p", f"The run is in week {session.week} already: a prediction is made before it begins.")
        with solara.Div(classes=["sy-row"]):
            button("Back to week 0", lambda: session.jump(0))
    sides = f" with {arm_names(session)[0]}" if len(session.arms) == 2 else ""
    html("h3", f"What share of staff will have adopted{sides}?")
    PredictionBoard(
        weeks=session.weeks, start=_shares(session)[0], drawn_text=json.dumps(workshop.drawn), event_predicted=predict
    )
    html("h3", "When will half of the staff have adopted?")
    with solara.Div(classes=["sy-row"]):
        for choice in CHOICES:
            toggle(choice, workshop.choice == choice, lambda choice=choice: choose(choice)).key(choice)


def _shares(session: Session) -> list[float]:
    """Return the share who have adopted in the left arm, week by week up to now."""
    world = session.arms[0].world
    adopted = world.record.adopted[: session.week + 1].sum(axis=1)
    shares: list[float] = (adopted / float(world.staff["weight"].sum())).tolist()
    return shares


def _run(session: Session) -> None:
    _hours(session)
    html("h3", "This week's plan: move the levers to change it")
    for number, words in enumerate(_used_up(session)):
        html("p", words).key(f"used up {number}")
    html("div", _plan(session) or "No hours are spent.")
    with solara.Div(classes=["sy-row"]):
        solara.Button(
            "❚❚ Pause" if session.playing else ("▶ On to the next decision" if session.pause_every else "▶ Play on"),
            on_click=session.pause if session.playing else session.play,
            disabled=bool(session.busy) or session.is_over,
            classes=["sy-main"],
        )


def _hours(session: Session) -> None:
    """Show the hours spent, and let the group limit them and choose when to stop."""
    html("h3", "The leaders' hours")
    spent, budget = float(session.arms[0].world.record.hours[session.week]), session.budget.hours
    limit = f" of {budget:,.0f}" if budget is not None else ""
    html("p", f"{spent:,.0f}{limit} hours spent after {counted(session.week, 'week')}.")
    # What stands here is the same whether there is a limit or not: a click that was on its way when something was
    # put in above would otherwise reach the button that has moved into the place of the one clicked.
    share = min(spent / budget, 1.0) if budget else 0.0
    html("div", bar("Limit reached", share, f"{100 * share:.0f} %" if budget else "none"))
    with solara.Div(classes=["sy-row"]):
        solara.Text("Limit:")
        for hours in (None, 500, 1000, 2000, 4000):
            label = "none" if hours is None else f"{hours:,}"
            toggle(label, budget == hours, lambda hours=hours: session.set_budget(hours)).key(f"limit {hours}")
    with solara.Div(classes=["sy-row"]):
        solara.Text("Stop to decide:")
        for label, weeks in DECISIONS.items():
            toggle(label, session.pause_every == weeks, lambda weeks=weeks: session.set_decisions(weeks)).key(label)


def _plan(session: Session) -> list[Markup]:
    """Return a bar for the hours that go to each conversation this week, none where no hours are spent."""
    plan = session.budget.hours_a_week(session.arms[0], session.drafts[0])
    most, known = max([*plan.values(), 0.0]), catalogue.tactics()
    if not most:
        return []
    return [bar(known[name].title, hours / most, f"{hours:.1f} h") for name, hours in plan.items()]


def _used_up(session: Session) -> list[Markup]:
    """Return for each arm without hours since when it has none, and by how much its last ones were too many."""
    notes = []
    for number, arm in enumerate(session.arms):
        week, budget = session.budget.spent_since(arm), session.budget.hours
        if week is not None and budget is not None:
            over = float(arm.world.record.hours[session.week]) - budget
            more = f"; that week took {counted(round(over), 'hour')} more than were left" if over >= 0.5 else ""
            where = f" with {arm_names(session)[number]}" if len(session.arms) == 2 else ""
            words = f"The budget has been used up since week {week}{where}"
            notes.append(markup("<b>{words}</b>{more}.", words=words, more=more))
    return notes


def _reveal(session: Session, about: str, questions: tuple[str, ...]) -> None:
    shares = _shares(session)
    _compare(session, shares)
    half = first_week(shares, 0.5)
    if half is not None or session.is_over:
        came = markup("it came <b>{when}</b>.", when=outcome(half))
    else:
        came = markup("it has not come yet by week {week}.", week=session.week)
    choice = session.workshop.choice
    chosen = markup("you said <b>{choice}</b>", choice=choice) if choice else markup("you made no choice")
    html("p", markup("Half of the staff: {chosen}; {came}", chosen=chosen, came=came))
    note("One run is one roll of the dice: the answer above is that of forty, and what to conclude from.")
    html("h3", "Debrief")
    _questions(session, about, questions)


def _compare(session: Session, shares: list[float]) -> None:
    """Draw the prediction over the run, and say how far apart they lie."""
    weeks = list(range(session.week + 1))
    every = max(1, session.week // 200)
    drawn = session.workshop.drawn
    PredictionBoard(
        weeks=session.weeks,
        start=shares[0],
        drawn_text=json.dumps(drawn),
        actual_text=json.dumps([[week, shares[week]] for week in weeks[::every]]),
        fixed=True,
    )
    error = error_of(drawn, weeks, shares)
    if error is not None and session.week:
        words = "Your curve (dotted) lies <b>{error}</b> from the run (blue), on average over {weeks}."
        html(
            "p",
            markup(words, error=counted(round(100 * error), "percentage point"), weeks=counted(session.week, "week")),
        )


def _questions(session: Session, about: str, questions: tuple[str, ...]) -> None:
    notes = session.workshop.notes

    def write(key: str, words: str) -> None:
        notes[key] = words
        session.changed()

    # The question is the field's label: Vuetify's own is cut off, and gone once something is written.
    for question in questions:
        # What is said of one question of the head is not said of another.
        key = f"{about}: {question}"
        with solara.v.Html(tag="label", class_="sy-notes").key(key):
            html("span", question, "sy-ask")
            solara.InputTextArea(
                "",
                value=notes.get(key, ""),
                on_value=lambda words, key=key: write(key, words),
                rows=1,
                auto_grow=True,
                placeholder="What the group said",
            )
