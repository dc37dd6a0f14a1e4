"""A model drawn in the browser: components for a page of one's own, and for the one that `syslead view` serves.

They import the model; the model never imports them, and nothing here decides a result.

- `arm`: one run of the Mesa model, with what the pictures need to know of it.
- `layout`: where organisations stand; `picture`: what is drawn of them; `curves`: shares by week.
- `organisation`: one of them close up; `comparison`: where two arms part.
- `story`: what happened, in words; `people`: what people and organisations are called.
- `components`: the Python side of the Vue files that draw all this; `framework`: Solara, typed.
"""
