"""A model drawn in the browser: components for a page of one's own, and for the one that `syslead view` serves.

They import the model; the model never imports them, and nothing here decides a result. On Mesa's own page:

    SolaraViz(SystemModel(), components=[HealthEconomy, Curves], model_params=model_params())

- `watch`: those components, which watch a model that Mesa steps, and sliders for its levers.
- `drawn`: what any page is made of, a run's picture and its curves; `key`: what the marks in the picture stand for.
- `arm`: one run that is watched, with what the pictures need to know of it.
- `layout`: where organisations stand; `picture`: what is drawn of them; `curves`: shares by week.
- `organisation`: one of them close up; `comparison`: where two arms part.
- `components`: the Python side of the Vue files that draw all this; `framework`: Solara, typed.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .watch import Curves, HealthEconomy, model_params

__all__ = ["Curves", "HealthEconomy", "model_params"]


def __getattr__(name: str) -> Any:
    # Mesa's visualisation takes seconds to import; the page of `syslead view` does without it.
    if name in __all__:
        from . import watch

        return getattr(watch, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
