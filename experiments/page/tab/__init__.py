"""One browser tab, without Solara: what it shows, and what a click changes.

- `session`: what is asked for and shown. Beneath it `held` (what a workshop notes, and what is asked before something is
  lost), `pulls` (levers), `runs` (the arms, a run each) and the `clock` that lets their weeks pass.
- `questions`: those of the head; `presets`: the six levers that matter for each; `arm_names`: what its arms are called;
  `levers`: all that can be moved, from the declarations of parameters and tactics; `contradictions` among them.
- `session_file`: a session as a file; `losses`: what would be lost.
"""

__all__ = [
    "arm_names",
    "clock",
    "contradictions",
    "held",
    "levers",
    "losses",
    "presets",
    "pulls",
    "questions",
    "runs",
    "session",
    "session_file",
]
