"""What marks in the picture stand for."""

from pathlib import Path

from .framework import Markup

KEY = [Markup((Path(__file__).parent / "key.html").read_text("utf-8"))]
