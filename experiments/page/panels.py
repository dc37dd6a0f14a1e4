"""The head, the levers, the controls and the pictures of the page."""

import json
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from experiments.page.tab.clock import SPEEDS
from experiments.page.tab.levers import moved, parameter_levers, tactic_levers
from experiments.page.tab.questions import PRESETS, requests_of
from experiments.page.tab.session import Session
from experiments.page.vue.components import LeverPanel, Picker, Timeline
from simulation import catalogue
from simulation.page.arm import Arm
from simulation.page.components import Economy
from simulation.page.curves import date_in_words, winters
from simulation.page.framework import component, solara, toggle
from simulation.page.layout import LANDSCAPE, PORTRAIT, size_for
from simulation.page.picture import frame, legend, scene, talks_in_words

STYLE = Path(__file__).parent / "vue" / "page.css"
SIDES = ("left", "right")
LEGEND = """<span><svg width="16" height="16"><circle cx="8" cy="8" r="7" fill="#fff" stroke="#8f959b" stroke-width="2"
stroke-dasharray="3 2.4"/></svg>gate closed</span><span><svg width="16" height="16"><circle cx="8" cy="8" r="7" fill="#fff"
stroke="#E69F00" stroke-width="2.4" stroke-dasharray="7 2.5"/></svg>in approval</span><span><svg width="16" height="16"><circle
cx="8" cy="8" r="7" fill="#fff" stroke="#009E73" stroke-width="2.4"/></svg>open</span><span><svg width="16" height="16"><circle
cx="8" cy="8" r="7.4" fill="#fff" stroke="#8f959b"/><path d="M.7 7A7.4 7.4 0 1 0 15.3 7Z" fill="#A9D5F0"/><path
d="M1.6 11A7.4 7.4 0 0 0 14.4 11Z" fill="#0072B2"/></svg>area filled: have adopted, or say so</span><span><svg width="16" height="16"><path d="M8 1A7 7 0 1 1 1.6 11"
fill="none" stroke="#D55E00" stroke-width="2.2"/></svg>pressure</span><span><svg width="16" height="16"><rect x="3.5" y="3.5"
width="9" height="9" rx="1.5" fill="#8E3B73" transform="rotate(45 8 8)"/></svg>leader (L1: leader 1)</span><span><svg width="16" height="16"><rect x="3.5" y="3.5"
width="9" height="9" rx="1.5" fill="#fff" stroke="#8E3B73" stroke-width="1.4" transform="rotate(45 8 8)"/></svg>out of
post</span><span><svg width="24" height="16"><path d="M1 8H23" stroke="#8E3B73" stroke-width="1.8" stroke-dasharray="5 3"/></svg>talks
with</span><span><svg width="24"
height="16"><path d="M1 8H23" stroke="#0072B2" stroke-width="2.6"/></svg>an example seen across this week</span>"""


@component
def Style() -> Any:
    """Give the page its style."""
    solara.Style(STYLE)


@component
def Header(session: Session, tick: int) -> Any:
    """Say what this is, and let the user choose the health economy, the question and the luck."""
    draft = session.drafts[0]

    def choose(picked: dict[str, Any]) -> None:
        if picked["what"] == "question":
            session.use(requests_of(PRESETS[picked["value"]], draft), picked["value"])
        elif picked["what"] == "scenario":
            session.set_world(scenario=picked["value"])
        else:
            session.set_number(picked["what"], str(picked["value"]))

    with solara.Div(classes=["sy-head"]):
        solara.HTML(tag="h1", unsafe_innerHTML="System leadership")
        solara.HTML(tag="span", classes=["sy-caveat"], unsafe_innerHTML="A model of a theory, not a forecast")
        Picker(
            questions=[[key, preset.title] for key, preset in PRESETS.items()],
            question=session.asked,
            scenarios=_scenarios(draft.scenario),
            scenario=draft.scenario,
            seed=draft.seed,
            weeks=draft.weeks,
            refused=session.refused,
            event_chosen=choose,
        )


def _scenarios(now: str) -> list[list[str]]:
    found = _built_in()
    return found if any(now == name for name, _ in found) else [*found, [now, Path(now).stem]]


@cache
def _built_in() -> list[list[str]]:
    return [[name, f"{name}: {title.partition(':')[0]}"] for name, title in catalogue.scenarios().items()]


@component
def Levers(session: Session, tick: int) -> Any:
    """Show the levers of one arm."""
    side = solara.use_reactive(0)
    arm = min(side.value, len(session.drafts) - 1)
    draft, waits = session.drafts[arm], session.pending[arm]
    known = solara.use_memo(
        lambda: json.dumps(
            {
                "tactics": tactic_levers(draft),
                "groups": parameter_levers(draft, waits),
                "others": parameter_levers(draft, waits, every=True),
            }
        ),
        [arm, session.version, draft],
    )

    def move(what: dict[str, Any]) -> None:
        if what["kind"] == "tactic":
            session.set_tactic(arm, what["name"], float(what["value"]))
        else:
            session.set_parameter(arm, what["name"], moved(catalogue.parameters()[what["name"]], what["value"]))

    with solara.Div(classes=["sy-stack"]):
        if len(session.drafts) == 2:
            with solara.Div(classes=["sy-row"]):
                for number, name in enumerate(SIDES):
                    toggle(f"{name.capitalize()} arm", arm == number, lambda number=number: side.set(number))
        with solara.Div(classes=["sy-scroll"]).key("levers"):
            LeverPanel(levers_text=known, arm=arm, refused=session.refused, event_moved=move)


@component
def Controls(session: Session, tick: int, levers: Any, narrow: Any) -> Any:
    """Step, play, pause, reset, replay, speed, jump, the second arm, and room for the pictures."""
    idle = not session.playing and not session.busy

    def press(key: str) -> None:
        if key == "narrow":
            narrow.set(True)
        elif key == "play":
            (session.pause if session.playing else session.play)()
        elif key == "step":
            session.step()
        else:
            session.reset()

    # What starts a second run is ignored while one is being built, and never disabled: the focus would be lost.
    def unless_busy(action: Callable[[], None]) -> Callable[[], None]:
        return lambda: None if session.busy else action()

    over = session.is_over and not session.playing
    compares = len(session.drafts) == 2
    with solara.Div(classes=["sy-controls"]):
        solara.Button(
            "❚❚ Pause" if session.playing else "▶ Play",
            on_click=lambda: press("play"),
            disabled=bool(session.busy) or over,
            classes=["sy-main"],
            attributes={"title": "The run is over: Reset or Replay" if over else "Space"},
        )
        solara.Button("Step", on_click=session.step, disabled=not idle or session.is_over, classes=["sy-plain"])
        solara.Button("Reset", on_click=unless_busy(session.reset), classes=["sy-plain"])
        solara.Button("Replay", on_click=unless_busy(session.replay), disabled=session.week == 0, classes=["sy-plain"])
        _speed(session)
        compare = unless_busy(lambda: session.compare(not compares))
        solara.Button("One arm" if compares else "Compare", on_click=compare, classes=["sy-plain"])
        toggle("Levers", levers.value, lambda: levers.set(not levers.value))
        arm = session.arms[0] if session.arms else None
        Timeline(
            week=session.week,
            weeks=session.weeks,
            date="the run is over: Reset or Replay" if over else date_in_words(session.week),
            winters=winters(_peak(arm), session.weeks),
            marks=sorted({week for each in session.arms for week, _ in each.request.schedule}),
            event_jumped=lambda week: session.jump(int(week)),
            event_pressed=press,
        )


def _speed(session: Session) -> None:
    def faster() -> None:
        later = [speed for speed in SPEEDS if speed > session.speed]
        session.set_speed(later[0] if later else SPEEDS[0])

    solara.Button(f"{session.speed} weeks/s", on_click=faster, classes=["sy-plain"])


def _peak(arm: Arm | None) -> int:
    return int(arm.phase().groups["pressure"].winter_peak) if arm is not None else 40


@component
def Pictures(session: Session, tick: int, chosen: int, choose: Callable[[int], None]) -> Any:
    """Draw the health economy of each arm, and say who talks with whom."""
    with solara.Div(classes=["sy-stack"]):
        with solara.Div(attributes={"role": "status", "aria-live": "polite"}).key("said"):
            for problem in session.problems:
                solara.Div(classes=["sy-problem"], children=[problem.replace("`", "")]).key(problem)
        with solara.Div(classes=["sy-pictures"]).key("pictures"):
            solara.Div(
                classes=["sy-busy-said" if not session.busy else "sy-busy"],
                children=[session.busy],
                attributes={"role": "status", "aria-live": "polite"},
            ).key("busy")
            for number, arm in enumerate(session.arms):
                Picture(session, tick, number, arm, chosen, choose).key(f"arm {number}")
        with solara.Div(classes=["sy-under"]).key("under"):
            solara.HTML(tag="div", classes=["sy-legend"], unsafe_innerHTML=LEGEND + _letters(session.arms))
            if len(session.arms) == 1:
                _talks(session.arms[0])


def _letters(arms: list[Arm]) -> str:
    """Return what the letters of organisations, leaders and conversations stand for."""
    known = legend(arms) if arms else {"kinds": [], "tactics": []}
    kinds = "".join(f"<span><b>{mark}</b> {escape(words.lower())}</span>" for mark, words in known["kinds"])
    talks = "".join(
        f"<span class='sy-tactic'><b class='sy-mark'>{mark}</b> {escape(words)}</span>"
        for mark, words in known["tactics"]
    )
    return kinds + talks


def _talks(arm: Arm) -> None:
    titles = {name: tactic.title for name, tactic in catalogue.tactics().items()}
    said = talks_in_words(arm, titles) or [{"leader": "", "words": "Nobody has led a conversation this week."}]
    with solara.Div(classes=["sy-talk"]):
        for entry in said:
            solara.HTML(tag="div", unsafe_innerHTML=f"<b>{entry['leader']}</b> {entry['words']}")


@component
def Picture(session: Session, tick: int, number: int, arm: Arm, chosen: int, choose: Callable[[int], None]) -> Any:
    """Draw one arm, in the room that the browser has for it."""
    two = len(session.arms) == 2
    room = solara.use_reactive(None if session.answers else (PORTRAIT if two else LANDSCAPE))
    size = room.value
    stays = solara.use_memo(lambda: json.dumps(scene(arm, size)) if size else "", [id(arm), size])
    now = solara.use_memo(lambda: json.dumps(frame(arm)), [id(arm), arm.week])
    title = SIDES[number].capitalize() if two else ""
    with solara.Div(classes=["sy-arm"]), solara.Div(classes=["sy-fill"]):
        Economy(
            scene_text=stays,
            frame_text=now,
            chosen=chosen,
            title=title,
            name=f"health-economy{'-' + title.lower() if title else ''}",
            caption=session.caption,
            event_measured=lambda pixels: room.set(size_for(*pixels)),
            event_picked=lambda o: choose(int(o)),
            event_drawn=lambda step: session.drawn(number, int(step)),
        )
