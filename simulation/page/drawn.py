"""A watched run on a page: its picture and its curves, drawn anew when it is in another week.

The page of `syslead view` and Mesa's own page are both made of these.
"""

import json
from collections.abc import Callable
from typing import Any

from .arm import Arm
from .components import CurvePanels, Economy, Systems
from .curves import BySystem, Sent, Series, winters
from .framework import component, solara
from .layout import Size, size_for
from .picture import frame, scene
from .systems import systems_frame, systems_scene

ALONE = -1
"""The number of an arm that is compared with none."""


def _compact(shown: dict[str, Any]) -> str:
    return json.dumps(shown, separators=(",", ":"))


@component
def DrawnEconomy(  # noqa: PLR0913 - one argument a property of the component
    arm: Arm,
    week: int,
    size: Size | None = None,
    system: int = 0,
    number: int = ALONE,
    chosen: int = -1,
    title: str = "",
    name: str = "health-economy",
    caption: str = "",
    on_pick: Callable[[int], None] = lambda organisation: None,
    on_drawn: Callable[[int], None] = lambda week: None,
) -> Any:
    """Draw a health economy in a week, or one system of it, in the room that the browser has.

    Parameters
    ----------
    size : tuple of float, optional
        Width and height of the picture and of its letters; None waits for the browser to say how much room there is.
    number : int
        Which of two arms this is, 0 or 1, which gives it its colour; below 0 if it is alone.
    chosen : int
        The organisation that is marked.
    on_pick, on_drawn : callable
        Told which organisation was clicked, and which week has been drawn.
    """
    room = solara.use_reactive(size)
    shown = [arm, id(arm.world), system]
    stays = solara.use_memo(
        lambda: _compact(scene(arm, room.value, system)) if room.value else "", [*shown, room.value]
    )
    now = solara.use_memo(lambda: _compact(frame(arm, system)), [*shown, week])
    Economy(
        scene_text=stays,
        frame_text=now,
        number=number,
        chosen=chosen,
        title=title,
        name=name,
        caption=caption,
        event_measured=lambda pixels: room.set(size_for(*pixels)),
        event_picked=lambda organisation: on_pick(int(organisation)),
        event_drawn=lambda drawn: on_drawn(int(drawn)),
    )


@component
def DrawnSystems(
    arms: list[Arm],
    week: int,
    titles: list[str] | None = None,
    on_enter: Callable[[int], None] = lambda system: None,
    on_drawn: Callable[[int], None] = lambda week: None,
) -> Any:
    """Draw every system's curve up to a week, of one arm or of two, each under its name.

    Parameters
    ----------
    titles : list of str
        What two arms are called.
    on_enter, on_drawn : callable
        Told which system was clicked, and which week has been drawn.
    """
    worlds = [*arms, *(id(arm.world) for arm in arms)]
    texts, again = _news(lambda: [BySystem(arm) for arm in arms], worlds, week)
    stays = solara.use_memo(lambda: _compact(systems_scene(arms[0])), worlds)
    Systems(
        scene_text=stays,
        frame_text=_compact(systems_frame(arms)),
        first_text=texts[0],
        second_text=texts[1] if len(texts) == 2 else "",
        titles=titles or [],
        event_entered=lambda system: on_enter(int(system)),
        event_drawn=lambda drawn: on_drawn(int(drawn)),
        event_lost=again,
    )


def _news(series: Callable[[], list[Any]], worlds: list[Any], week: int) -> tuple[list[str], Callable[[Any], None]]:
    """Return what is new of some series, and what to do where a browser lacks an earlier part."""
    lost = solara.use_reactive(0)
    sent = solara.use_memo(lambda: [Sent(each) for each in series()], worlds)
    texts = solara.use_memo(lambda: [each.text() for each in sent], [*sent, week, lost.value])

    def again(_: Any = None) -> None:
        for each in sent:
            each.again()
        lost.set(lost.peek() + 1)

    return texts, again


@component
def DrawnCurves(
    runs: list[Any],
    week: int,
    name: str = "run",
    caption: str = "",
    names: list[str] | None = None,
    futures_text: str = "",
) -> Any:
    """Draw the curves of one run or of two up to a week; what the browser has of them is not sent again.

    Parameters
    ----------
    runs : list of SystemModel or of Arm
        Whose curves are drawn.
    names : list of str
        What two runs are called.
    futures_text : str
        Weeks, curves and medians of other runs of the same, as JSON, which are drawn behind.
    """
    texts, again = _news(lambda: [Series(run) for run in runs], [*runs, *(id(run.world) for run in runs)], week)
    peak = int(runs[0].phase().groups["pressure"].winter_peak)
    CurvePanels(
        left_text=texts[0],
        right_text=texts[1] if len(texts) == 2 else "",
        futures_text=futures_text,
        weeks=runs[0].weeks,
        systems=len(runs[0].world.conveners),
        winters=winters(peak, runs[0].weeks),
        name=name,
        caption=caption,
        names=names or ["first", "second"],
        event_lost=again,
    )
