"""The Vue components that draw a model: what each is given, and what it tells in return.

What is large is given as JSON text: Solara would search every list in it for components, week after week.
"""

from collections.abc import Callable
from typing import Any

from .framework import vue


def _nothing(*_: Any) -> None:
    return None


@vue("economy.vue")
def Economy(  # noqa: PLR0913 - one argument a property of the component
    scene_text: str,
    frame_text: str,
    number: int = -1,
    chosen: int = -1,
    title: str = "",
    name: str = "economy",
    caption: str = "",
    event_measured: Callable[[list[float]], None] = _nothing,
    event_picked: Callable[[int], None] = _nothing,
    event_drawn: Callable[[int], None] = _nothing,
) -> None:
    """Draw the health economy; tell what room there is, which organisation was clicked, and which week was drawn."""


@vue("systems.vue")
def Systems(  # noqa: PLR0913 - one argument a property of the component
    scene_text: str,
    frame_text: str,
    first_text: str,
    second_text: str = "",
    titles: list[str] | None = None,
    event_entered: Callable[[int], None] = _nothing,
    event_drawn: Callable[[int], None] = _nothing,
    event_lost: Callable[[Any], None] = _nothing,
) -> None:
    """Draw many systems by name, of which the texts of the arms bring the news; tell which one is entered."""


@vue("curves.vue")
def CurvePanels(  # noqa: PLR0913 - one argument a property of the component
    left_text: str,
    right_text: str = "",
    futures_text: str = "",
    weeks: int = 260,
    systems: int = 1,
    winters: list[list[int]] | None = None,
    name: str = "run",
    caption: str = "",
    names: list[str] | None = None,
    event_lost: Callable[[Any], None] = _nothing,
) -> None:
    """Draw the curves of one arm, or of two, of which each text brings the news; tell when an earlier one is missing."""


@vue("staff.vue")
def StaffNetwork(network_text: str) -> None:
    """Draw the staff of one organisation by tier and stage."""
