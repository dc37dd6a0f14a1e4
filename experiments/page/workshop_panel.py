"""The workshop's tab: predict, run on a budget of hours, reveal, debrief."""

import json
from html import escape
from typing import Any

from experiments.page.downloads import SessionFile
from experiments.page.tab.questions import PRESETS
from experiments.page.tab.session import Session
from experiments.page.tab.workshop import CHOICES, DECISIONS, PREDICT, RUN, STAGES, error_of, hours_a_week, outcome
from experiments.page.vue.components import PredictionBoard
from simulation import catalogue
from simulation.observables import first_week
from simulation.page.framework import component, solara, toggle

QUESTIONS = (
    "Which organisation surprised you most? Read its story: what moved it, or held it back?",
    "What would have to be true in your own system for this to happen there?",
    "Which assumption of the model would you want to see evidence for?",
)

OWN = PRESETS["free"]._replace(title="Your own question", question="The levers as you have set them.")


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
        preset = PRESETS.get(session.question, OWN)
        solara.HTML(tag="h2", unsafe_innerHTML=escape(preset.title))
        solara.HTML(tag="p", unsafe_innerHTML=escape(preset.question))
        with solara.Div().key(f"stage {workshop.stage}"):
            if workshop.stage == PREDICT:
                _predict(session)
            elif workshop.stage == RUN:
                _run(session)
            else:
                _reveal(session, preset.asks + QUESTIONS)
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
        words = f"The run is in week {session.week} already: a prediction is made before it begins."
        solara.HTML(tag="p", unsafe_innerHTML=words)
        with solara.Div(classes=["sy-row"]):
            solara.Button("Back to week 0", on_click=lambda: session.jump(0), classes=["sy-plain"])
    sides = " of the left arm" if len(session.arms) == 2 else ""
    solara.HTML(tag="h3", unsafe_innerHTML=f"What share of staff{sides} will have adopted?")
    PredictionBoard(
        weeks=session.weeks,
        start=_share_at_start(session),
        drawn_text=json.dumps(workshop.drawn),
        event_predicted=predict,
    )
    solara.HTML(tag="h3", unsafe_innerHTML="When will half of the staff have adopted?")
    with solara.Div(classes=["sy-row"]):
        for choice in CHOICES:
            toggle(choice, workshop.choice == choice, lambda choice=choice: choose(choice)).key(choice)


def _share_at_start(session: Session) -> float:
    arm = session.arms[0]
    return float(arm.world.record.adopted[0].sum()) / float(arm.world.staff["weight"].sum())


def _run(session: Session) -> None:
    spent = float(session.arms[0].world.record.hours[session.week])
    plan = hours_a_week(session)
    titles = {name: tactic.title for name, tactic in catalogue.tactics().items()}
    solara.HTML(tag="h3", unsafe_innerHTML="The leaders' hours")
    budget = session.budget
    limit = f" of {budget:,.0f}" if budget is not None else ""
    solara.HTML(tag="p", unsafe_innerHTML=f"{spent:,.0f}{limit} hours spent after {session.week} weeks.")
    # What stands here is the same whether there is a limit or not: a click that was on its way when something was
    # put in above would otherwise reach the button that has moved into the place of the one clicked.
    part = min(100 * spent / budget, 100) if budget else 0
    solara.HTML(
        tag="div",
        unsafe_innerHTML=f"<div class='sy-bar'><span>Limit reached</span><i><b style='width:{part:.0f}%'></b></i>"
        f"<span>{f'{part:.0f} %' if budget else 'none'}</span></div>",
    )
    with solara.Div(classes=["sy-row"]):
        solara.Text("Limit:")
        for hours in (None, 500, 1000, 2000, 4000):
            label = "none" if hours is None else f"{hours:,}"
            toggle(label, budget == hours, lambda hours=hours: session.set_budget(hours)).key(f"limit {hours}")
    with solara.Div(classes=["sy-row"]):
        solara.Text("Stop to decide:")
        for label, weeks in DECISIONS.items():
            toggle(label, session.pause_every == weeks, lambda weeks=weeks: session.set_decisions(weeks)).key(label)
    solara.HTML(tag="h3", unsafe_innerHTML="This week's plan: move the levers on the left to change it")
    most = max([*plan.values(), 1e-9])
    bars = "".join(
        f"<div class='sy-bar'><span>{escape(titles.get(name, name))}</span><i><b style='width:{100 * hours / most:.0f}%'>"
        f"</b></i><span>{hours:.1f} h</span></div>"
        for name, hours in plan.items()
    )
    for number, words in enumerate(_used_up(session)):
        solara.HTML(tag="p", unsafe_innerHTML=words).key(f"used up {number}")
    solara.HTML(tag="div", unsafe_innerHTML=bars if sum(plan.values()) > 0 else "No hours are spent.")
    with solara.Div(classes=["sy-row"]):
        solara.Button(
            "❚❚ Pause" if session.playing else ("▶ On to the next decision" if session.pause_every else "▶ Play on"),
            on_click=session.pause if session.playing else session.play,
            disabled=bool(session.busy) or session.is_over,
            classes=["sy-main"],
        )


def _used_up(session: Session) -> list[str]:
    """Return for each arm without hours since when it has none, and by how much its last ones were too many."""
    found = []
    for number, arm in enumerate(session.arms):
        week = session.spent_since(number)
        if week is not None and session.budget is not None:
            over = float(arm.world.record.hours[session.week]) - session.budget
            more = f"; that week took {over:,.0f} hours more than were left" if over >= 0.5 else ""
            where = f" in the {('left', 'right')[number]} arm" if len(session.arms) == 2 else ""
            found.append(f"<b>The budget is used up since week {week}{where}</b>{more}.")
    return found


def _reveal(session: Session, questions: tuple[str, ...]) -> None:
    workshop, arm = session.workshop, session.arms[0]
    everyone = float(arm.world.staff["weight"].sum())
    shares = (arm.world.record.adopted[: session.week + 1].sum(axis=1) / everyone).tolist()
    weeks = list(range(session.week + 1))
    every = max(1, session.week // 200)
    PredictionBoard(
        weeks=session.weeks,
        start=shares[0],
        drawn_text=json.dumps(workshop.drawn),
        actual_text=json.dumps([[week, shares[week]] for week in weeks[::every]]),
        fixed=True,
    )
    error = error_of(workshop.drawn, weeks, shares)
    if error is not None and session.week:
        solara.HTML(
            tag="p",
            unsafe_innerHTML=f"Your curve (dotted) lies <b>{100 * error:.0f} percentage points</b> from the run (blue), "
            f"on average over {session.week} weeks.",
        )
    half = first_week(shares, 0.5)
    if half is not None or session.is_over:
        came = f"it came <b>{outcome(half)}</b>."
    else:
        came = f"it has not come yet by week {session.week}."
    chosen = f"You said <b>{workshop.choice}</b>" if workshop.choice else "You made no choice"
    solara.HTML(tag="p", unsafe_innerHTML=f"Half of the staff: {chosen[0].lower()}{chosen[1:]}; {came}")
    solara.HTML(
        tag="p",
        classes=["sy-note"],
        unsafe_innerHTML="One run is one roll of the dice. Change the seed and replay before you conclude anything.",
    )
    solara.HTML(tag="h3", unsafe_innerHTML="Debrief")

    def note(question: str, words: str) -> None:
        workshop.notes[question] = words

    # The question is the field's label: Vuetify's own is cut off, and gone once something is written.
    for question in questions:
        with solara.v.Html(tag="label", class_="sy-notes").key(question):
            solara.HTML(tag="span", classes=["sy-ask"], unsafe_innerHTML=escape(question))
            solara.InputTextArea(
                "",
                value=workshop.notes.get(question, ""),
                on_value=lambda words, question=question: note(question, words),
                rows=1,
                auto_grow=True,
                placeholder="What the group said",
            )
