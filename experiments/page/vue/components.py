"""The Vue components of the page's shell: what each is given, and what it tells in return.

What is large is given as JSON text: Solara would search every list in it for components, week after week.
"""

from collections.abc import Callable
from typing import Any

from simulation.page.framework import vue


def _nothing(*_: Any) -> None:
    return None


@vue("levers.vue")
def LeverPanel(
    levers_text: str,
    arm: int = 0,
    refused: int = 0,
    event_moved: Callable[[dict[str, Any]], None] = _nothing,
) -> None:
    """Draw the levers; tell which one was moved to what."""


@vue("timeline.vue")
def Timeline(  # noqa: PLR0913 - one argument a property of the component
    week: int,
    weeks: int,
    date: str = "",
    winters: list[list[int]] | None = None,
    marks: list[int] | None = None,
    event_jumped: Callable[[int], None] = _nothing,
    event_narrow: Callable[[Any], None] = _nothing,
) -> None:
    """Draw the weeks; tell where to jump, and once whether the page is too narrow for levers beside the pictures."""


@vue("picker.vue")
def Picker(  # noqa: PLR0913 - one argument a property of the component
    title: str,
    questions: list[list[str]],
    question: str,
    scenarios: list[list[str]],
    scenario: str,
    changes: list[list[str]],
    change: str,
    seed: int,
    weeks: int,
    refused: int = 0,
    event_chosen: Callable[[dict[str, Any]], None] = _nothing,
) -> None:
    """Say the question, and let the user choose another, the health economy, the change that spreads and the seed."""


@vue("fan.vue")
def Fan(fan_text: str, picked: int = -1) -> None:
    """Draw the curves of all futures of each arm, their medians, and one pair on top."""


@vue("pairs.vue")
def Pairs(pairs_text: str, picked: int = -1, event_picked_pair: Callable[[int], None] = _nothing) -> None:
    """Draw the difference of every pair of futures; tell which replicate is picked, -1 for none."""


@vue("stops.vue")
def Stops(levers_text: str, event_chosen: Callable[[dict[str, Any]], None] = _nothing) -> None:
    """Draw levers that have a few stops; tell which was put where."""


@vue("cards.vue")
def Cards(shown: int = 0, event_closed: Callable[[], None] = _nothing) -> None:
    """Show four short cards on the first visit, and again each time that `shown` rises."""


@vue("choice.vue")
def Choice(words: str, names: list[str], at: int = -1, event_chosen: Callable[[int], None] = _nothing) -> None:
    """Let the user choose one of several names; tell its place among them."""


@vue("keys.vue")
def Keys() -> None:
    """Press by key what names one, wherever the focus is; and never lose the focus."""


@vue("opener.vue")
def SessionOpener(words: str = "Open a saved session", event_opened: Callable[[str], None] = _nothing) -> None:
    """Read a file that the user chooses; tell its text."""


@vue("keep.vue")
def Keeper(text: str = "", event_found: Callable[[str], None] = _nothing) -> None:
    """Keep the session in the browser; tell what this tab kept before, empty if nothing."""


@vue("ask.vue")
def Ask(words: str = "", yes: str = "", event_answered: Callable[[bool], None] = _nothing) -> None:
    """Ask before something is lost, while there are words; tell whether the answer is yes."""
