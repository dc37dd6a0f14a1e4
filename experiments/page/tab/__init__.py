"""One browser tab, without Solara: what it shows, and what a click changes.

- `session`: the arms of a tab (one run each), and the `clock` that lets their weeks pass.
- `questions`: the questions of the head; `levers`: what can be moved, from the declarations of parameters and tactics;
  `budget`: the leaders' hours.
- `workshop`: predict, run, reveal, debrief; `session_file`: a session as a file.
"""

__all__ = ["budget", "clock", "levers", "questions", "session", "session_file", "workshop"]
