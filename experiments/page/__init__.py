"""The page in the browser, which `syslead view` serves: one run or two side by side, week by week, with levers.

- `app`: the page of one browser tab, which the server imports by its name.
- `panels`: head, levers, controls and pictures; `side`: the tabs on the right, two of which are `workshop_panel` and
  `downloads`, which also writes what can be kept.
- `tab`: what a browser tab knows and does, without Solara; `vue`: what draws the shell; `simulation.page` draws the
  model.
- `same_origin`: who may speak to the page.
"""

__all__ = ["app", "same_origin"]
