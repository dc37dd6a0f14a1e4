"""What happened in a run, in words: for the page, the command line and reports. It decides no result.

- `telling`: what happens week by week, told as it happens; `talks`: who talked where in a week.
- `told`: a whole run told: which organisations changed, when and through whom, and the same run without a tactic.
- `branches`: through whom each organisation changed.
- `names`: what people and organisations are called.
"""

__all__ = ["branches", "names", "talks", "telling", "told"]
