"""The page in the browser, which `syslead view` serves: one run or two side by side, week by week, with levers.

- `server`: where the page listens; `same_origin`: who may speak to it.
- `app`: the page of one browser tab, which the server imports by its name. It is made of `panels` (head, levers,
  pictures), `controls` (step, play, jump) and the tabs at its `side`, two of which are `workshop_panel` and
  `downloads`. `elements` are what several of them are made of.
- `tab`: what a browser tab knows and does, without Solara; `vue`: what draws the shell; `simulation.page` draws the
  model.
"""

__all__ = ["app", "same_origin", "server"]
