"""A watched run on a page: its picture and its curves, drawn anew when it is in another week.

The page of `syslead view` and Mesa's own page are both made of these.
"""

import json
from collections.abc import Callable
from typing import Any

from .arm import Arm
from .components import CurvePanels, Economy
from .curves import Sent, winters
from .framework import component, solara
from .layout import size_for
from .picture import frame, scene


def _compact(shown: dict[str, Any]) -> str:
    return json.dumps(shown, separators=(",", ":"))


@component
def DrawnEconomy(  # noqa: PLR0913 - one argument a property of the component
    arm: Arm,
    week: int,
    size: tuple[float, float] | None = None,
    chosen: int = -1,
    title: str = "",
    name: str = "health-economy",
    caption: str = "",
    on_pick: Callable[[int], None] = lambda organisation: None,
    on_drawn: Callable[[int], None] = lambda week: None,
) -> Any:
    """Draw the health economy of a run in a week, in the room that the browser has for it.

    Parameters
    ----------
    size : tuple of float, optional
        Width and height of the picture; None waits for the browser to say how much room there is.
    chosen : int
        The organisation that is marked.
    on_pick, on_drawn : callable
        Told which organisation was clicked, and which week has been drawn.
    """
    room = solara.use_reactive(size)
    world = id(arm.world)
    stays = solara.use_memo(lambda: _compact(scene(arm, room.value)) if room.value else "", [arm, world, room.value])
    now = solara.use_memo(lambda: _compact(frame(arm)), [arm, world, week])
    Economy(
        scene_text=stays,
        frame_text=now,
        chosen=chosen,
        title=title,
        name=name,
        caption=caption,
        event_measured=lambda pixels: room.set(size_for(*pixels)),
        event_picked=lambda organisation: on_pick(int(organisation)),
        event_drawn=lambda drawn: on_drawn(int(drawn)),
    )


@component
def DrawnCurves(
    runs: list[Any],
    week: int,
    prediction: list[list[float]] | None = None,
    name: str = "run",
    caption: str = "",
    names: list[str] | None = None,
) -> Any:
    """Draw the curves of one run or of two up to a week; what the browser has of them is not sent again.

    Parameters
    ----------
    runs : list of SystemModel or of Arm
        Whose curves are drawn.
    names : list of str
        What two runs are called.
    """
    lost = solara.use_reactive(0)
    sent = solara.use_memo(lambda: [Sent(run) for run in runs], [*runs, *(id(run.world) for run in runs)])
    texts = solara.use_memo(lambda: [each.text() for each in sent], [*sent, week, lost.value])

    def again(_: Any = None) -> None:
        for each in sent:
            each.again()
        lost.set(lost.peek() + 1)

    peak = int(runs[0].phase().groups["pressure"].winter_peak)
    CurvePanels(
        left_text=texts[0],
        right_text=texts[1] if len(texts) == 2 else "",
        weeks=runs[0].weeks,
        winters=winters(peak, runs[0].weeks),
        prediction=prediction,
        name=name,
        caption=caption,
        names=names or ["first", "second"],
        event_lost=again,
    )
