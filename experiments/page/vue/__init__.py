"""What draws the shell of the page: Vue files and their style, and `components`, their Python side."""

__all__ = ["components"]
