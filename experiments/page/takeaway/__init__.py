"""What a group takes home from a workshop: one file that needs no server, no network and, but for its replay, no script.

- `page`: the file, put together from what a workshop leaves, the forty pairs behind its answer, and the runs that were watched.
- `charts`: the groups' lines over forty runs of an arm, and the curves of the runs watched; `words`: how far off they were.
- `replay`: a run as few bytes, from which `replay.js` plays it again.
"""

__all__ = ["page", "replay"]
