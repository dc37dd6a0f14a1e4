"""The Vue components of a workshop: what each is given, and what it tells in return."""

from collections.abc import Callable
from typing import Any

from simulation.page.framework import vue


def _nothing(*_: Any) -> None:
    return None


@vue("steps.vue")
def Steps(steps_text: str, at: int, event_chosen: Callable[[int], None] = _nothing) -> None:
    """Draw the steps of a workshop; tell which was chosen. The one it is at takes the focus when it changes."""


@vue("board.vue")
def Board(board_text: str, event_predicted: Callable[[list[list[float]]], None] = _nothing) -> None:
    """Let a group draw a line for each arm, by dragging or by keys; tell the shares at the points."""


@vue("namer.vue")
def Namer(words: str, button: str, event_named: Callable[[str], None] = _nothing) -> None:
    """Let the user type a name; tell it."""


@vue("note.vue")
def Note(asked: str, words: str, event_written: Callable[[str], None] = _nothing) -> None:
    """Ask something, and let the user write what was said; tell it while it is written."""


@vue("purposes.vue")
def Purposes(purposes_text: str, event_moved: Callable[[dict[str, Any]], None] = _nothing) -> None:
    """Draw what the hours are spent on; tell which share was moved to what."""
