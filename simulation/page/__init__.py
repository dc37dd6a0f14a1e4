"""The page in the browser, which `syslead view` serves: one run or two side by side, week by week, with levers.

It imports the model; the model never imports it, and nothing here decides a result.

What is shown, told and kept, without Solara:

- `session`: one browser tab, with its `arm`s (one run each) and the `player` that lets their weeks pass.
- `presets`: the questions of the head; `levers`: what can be moved, from the declarations of parameters and tactics.
- `layout`: where organisations stand; `picture`: what is drawn of them; `curves`: shares by week.
- `story`: what happened, in words; `people`: what people and organisations are called.
- `organisation`: one of them close up; `comparison`: where two arms part.
- `workshop`: predict, run, reveal, debrief, and a session as a file.

What draws it, with Solara:

- `app`: the page of one tab, which the server imports by its name; `panels`: head, levers, controls and pictures.
- `side`: the tabs on the right; two of them are `workshop_panel` and `keep`, which also writes what can be kept.
- `components`: the Python side of the Vue files, which lie here with `page.css`; `framework`: Solara, typed.
"""
