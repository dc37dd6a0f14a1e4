"""What marks and letters in the picture stand for."""

from pathlib import Path

from .arm import Arm
from .framework import Markup, markup
from .picture import legend

MARKS = Markup((Path(__file__).parent / "key.html").read_text("utf-8"))


def key_of(arms: list[Arm]) -> list[Markup]:
    """Return what the marks stand for, then the letters of organisations."""
    letters = "<span><b>{mark}</b> {words}</span>"
    return [MARKS, *(markup(letters, mark=mark, words=words.lower()) for mark, words in legend(arms))]
