"""What the page hands out: one file each, which needs no server and no network, and can be printed.

- `takeaway`: what a group takes home, put together from what a workshop leaves, the forty pairs behind its answer, and the runs
  that were watched. `charts` are the groups' lines over forty runs of an arm, and the curves of the runs watched; `words` say
  how far off they were; `replay` is a run in few bytes, from which `replay.js` plays it again.
- `facilitator`: the facilitator's sheet of a question; `served` gives it at an address of its own.
- `offered`: what the page offers of these; `policy`: what a browser may do for such a file.
"""

__all__ = ["facilitator", "offered", "replay", "served", "takeaway"]
