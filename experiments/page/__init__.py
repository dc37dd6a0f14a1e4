"""The page in the browser, which `syslead view` serves: a question, forty futures of it, and one run week by week.

- `server`: where the page listens; `same_origin`: who may speak to it.
- `app`: the page of one browser tab, which the server imports by its name. Above stand `head` (what this is, how to look
  at it) and `strip` (question, arms, answer); below, either `years` (five years at once) or, week by week, `controls`
  (step, play, jump), `panels` (pictures) and the tabs at its `side`, two of which are `workshop_panel` and `downloads`.
  `lever_panel` stands beside both. `elements` are what several of them are made of.
- `ahead`: the forty futures, made beside the page, and what they say; `tab`: what a browser tab knows and does, without
  Solara; `vue`: what draws the shell; `handouts`: what is taken home and printed; `simulation.page` draws the model.
"""

__all__ = ["app", "same_origin", "server"]
