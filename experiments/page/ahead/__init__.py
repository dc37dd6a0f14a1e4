"""Five years at once: forty futures of the same arms with other random numbers, made beside the page.

- `crew`: worker processes, and the runs they have made; `futures`: those that a tab shows, as they come.
- `answer`: what they say, in numbers and in a sentence.
"""

__all__ = ["answer", "crew", "futures"]
