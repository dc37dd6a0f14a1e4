"""The strip below the head: the question, the arms by name, and the answer so far in one sentence."""

from functools import cache
from pathlib import Path
from typing import Any

from experiments.analysis.wording import percent
from experiments.page.ahead.answer import COUNTS, MIDDLES, ON_AVERAGE, Answer, answer_of, filled_in, made_by_few
from experiments.page.elements import arm_labels, arm_names, note
from experiments.page.tab.arm_names import changed_levers
from experiments.page.tab.questions import QUESTIONS, requests_of
from experiments.page.tab.session import Session
from experiments.page.vue.components import Picker
from simulation import catalogue
from simulation.page.framework import Markup, component, html, markup, solara
from simulation.words import counted

OWN = "Your own question"
COVERED = (
    "The answer is covered until you reveal it.",
    "First say what you expect. A guess that was written down is worth more than one remembered.",
)
LARGE = "Five years at once makes forty pairs of runs; for so large a health economy that takes minutes."
SWATCHES = (
    Markup(
        "<svg class='sy-swatch' viewBox='0 0 26 12' aria-hidden='true'><path d='M0 6H26' stroke='#B4470B' stroke-width='3'/>"
        "<rect x='8' y='1' width='10' height='10' fill='#B4470B'/></svg>"
    ),
    Markup(
        "<svg class='sy-swatch' viewBox='0 0 26 12' aria-hidden='true'><path d='M0 6H8M18 6H26' stroke='#0B5FA5' "
        "stroke-width='3'/><circle cx='13' cy='6' r='5.5' fill='#0B5FA5'/></svg>"
    ),
)


@component
def Strip(session: Session, tick: int, projected: bool) -> Any:
    """Say the question, the arms and the answer so far."""
    with solara.Div(
        classes=["sy-strip-of-words"], attributes={"role": "region", "aria-label": "What is asked, and the answer"}
    ):
        with solara.Div(classes=["sy-asked"]):
            _question(session)
            _arms(session)
        with solara.Div(classes=["sy-answer"], attributes={"aria-live": "polite"}):
            verdict, detail = _answer(session, projected)
            html("h2", verdict, "sy-verdict")
            html("p", detail, "sy-detail")


def _question(session: Session) -> None:
    draft = session.drafts[0]

    def choose(picked: dict[str, Any]) -> None:
        if picked["what"] == "question":
            session.ask_to_use(requests_of(QUESTIONS[picked["value"]], draft), picked["value"])
        elif picked["what"] == "scenario":
            session.set_world(scenario=picked["value"])
        elif picked["what"] == "change":
            session.set_world(change=picked["value"] or None)
        else:
            session.set_number(picked["what"], str(picked["value"]))

    known = session.question if session.question in QUESTIONS else ""
    Picker(
        title=QUESTIONS[known].title if known else OWN,
        questions=[[key, question.title] for key, question in QUESTIONS.items()],
        question=known,
        scenarios=_offered(_scenarios(), draft.scenario),
        scenario=draft.scenario,
        changes=_offered(_changes(), draft.change),
        change=draft.change or "",
        seed=draft.seed,
        weeks=draft.weeks,
        refused=session.refused,
        event_chosen=choose,
    )


def _arms(session: Session) -> None:
    labels = arm_labels(session)
    if len(labels) == 2:
        swatched = zip(SWATCHES, labels, strict=True)
        html("div", [markup("<span>{mark}{name}</span>", mark=mark, name=name) for mark, name in swatched], "sy-arms")
    changed = changed_levers(session.question, session.ahead())
    if changed:
        note(f"Changed: {changed}.")


def _answer(session: Session, projected: bool) -> tuple[str, str | Markup]:
    """Return the verdict, and what it rests on."""
    if session.workshop.is_covering:
        return COVERED
    futures = session.futures
    if futures.problem:
        return "No answer: the runs broke off.", futures.problem
    seen, names = futures.seen(), arm_names(session)
    if not session.shows_ahead:
        return "No answer yet.", LARGE
    found = answer_of(seen, names) if len(seen.arms) == len(names) else None
    if found is None:
        return "Forty futures are being made …", "The same luck for both in each pair." if len(
            names
        ) == 2 else "The same levers, with other luck each time."
    detail = _of_one(found) if found.mean is None else _of_two(found, names, projected)
    return found.verdict, detail if seen.is_whole else markup("{detail} So far.", detail=detail)


def _of_one(found: Answer) -> Markup:
    low, high = found.middles[0].low, found.middles[0].high
    words = "After {after}, over {runs}; the 95 % interval of that middle is {low} to {high}."
    if low != low:
        return markup("After {after}, over {runs}.", after=found.after, runs=counted(found.runs, "run"))
    runs = counted(found.runs, "run")
    return markup(words, after=found.after, runs=runs, low=percent(low), high=percent(high))


def _of_two(found: Answer, names: list[str], projected: bool) -> Markup:
    words: dict[str, str | Markup] = {**filled_in(found, names)}
    words["ahead"] = markup("<b class='sy-second'>{words}</b>", words=words["ahead"])
    words["behind"] = markup("<b class='sy-first'>{words}</b>", words=words["behind"])
    if projected:
        return markup(f"{COUNTS}; {ON_AVERAGE}.", **words)
    assert found.chance is not None, "two arms make pairs"
    chance = " (ahead in {low} to {high} of all such runs, 95 % interval)"
    few = "; a few runs make most of that" if made_by_few(found.differences) else ""
    sentences = f"{MIDDLES} {COUNTS}{chance}; {ON_AVERAGE}{few}."
    return markup(sentences, **words, low=f"{100 * found.chance.low:.0f}", high=percent(found.chance.high))


def _offered(built_in: list[list[str]], now: str | None) -> list[list[str]]:
    """Return what is built in, and the scenario or change of now where it is a user's own."""
    return built_in if not now or any(now == name for name, _ in built_in) else [*built_in, [now, Path(now).stem]]


@cache
def _scenarios() -> list[list[str]]:
    return [[name, f"{name}: {title.partition(':')[0]}"] for name, title in catalogue.scenarios().items()]


@cache
def _changes() -> list[list[str]]:
    return [["", "default"], *([name, name] for name in catalogue.changes())]
