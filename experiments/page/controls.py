"""The controls of the page: step, play, jump, compare, and what the keyboard does."""

from collections.abc import Callable
from typing import Any

from experiments.page.elements import button, off, resting
from experiments.page.tab.clock import SPEEDS
from experiments.page.tab.session import Session
from experiments.page.vue.components import Timeline
from simulation.page.curves import date_in_words, winters
from simulation.page.framework import by_key, component, solara, toggle
from simulation.words import counted

OVER = "the run is over: Reset or Replay"


@component
def Controls(session: Session, tick: int, levers: Any, narrow: Any) -> Any:
    """Step, play, pause, reset, replay, speed, jump, the second arm, and room for the pictures."""
    with solara.Div(classes=["sy-controls"]):
        with solara.Div(classes=["sy-buttons"]):
            _buttons(session)
            toggle("Levers", levers.value, lambda: levers.set(not levers.value), "L")
        peak = int(session.arms[0].phase().groups["pressure"].winter_peak) if session.arms else 40
        Timeline(
            week=session.week,
            weeks=session.weeks,
            date=OVER if _is_over(session) else date_in_words(session.week),
            winters=winters(peak, session.weeks),
            marks=sorted({week for arm in session.arms for week, _ in arm.request.schedule}),
            event_jumped=lambda week: session.jump(int(week)),
            event_narrow=narrow.set,
        )


def _is_over(session: Session) -> bool:
    return session.is_over and not session.playing


def _buttons(session: Session) -> None:
    rests = bool(session.busy) or _is_over(session)
    solara.Button(
        "❚❚ Pause" if session.playing else "▶ Play",
        on_click=session.pause if session.playing else session.play,
        classes=["sy-main", "sy-rests" if rests else ""],
        attributes=off(rests) | {"title": OVER.capitalize() if _is_over(session) else "Space"} | by_key("Space"),
    )
    compares = len(session.drafts) == 2
    resting("Step", session.step, bool(session.playing or session.busy or session.is_over))
    button("Reset", _unless_busy(session, session.ask_to_reset))
    resting("Replay", _unless_busy(session, session.replay), session.week == 0)
    button(f"{counted(session.speed, 'week')}/s", lambda: session.set_speed(_next_speed(session.speed)))
    button("One arm" if compares else "Compare", _unless_busy(session, lambda: session.compare(not compares)))


def _unless_busy(session: Session, action: Callable[[], None]) -> Callable[[], None]:
    # What starts a second run is ignored while one is being built, and never disabled: the focus would be lost.
    return lambda: None if session.busy else action()


def _next_speed(speed: int) -> int:
    return next((faster for faster in SPEEDS if faster > speed), SPEEDS[0])
