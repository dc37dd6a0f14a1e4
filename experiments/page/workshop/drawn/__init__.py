"""What draws a workshop: the five steps, each in a file, the Vue files they are made of, and their Python side.

- `panel`: the whole; `covered`: what stands in the place of an answer that is not to be seen yet.
"""

__all__ = ["covered", "panel"]
