"""The model on Mesa's own page: components that watch a model, and sliders for its levers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mesa.visualization.utils import update_counter

from .. import catalogue
from ..model import SystemModel
from ..parameters import Parameter
from ..request import Request
from ..scenario import load
from .arm import Arm
from .drawn import DrawnCurves, DrawnEconomy, DrawnSystems
from .framework import component, html, solara
from .key import KEY

STYLE = Path(__file__).parent / "watch.css"
LEVERS = {
    "leaders.hours": "Leaders' hours a week",
    "leaders.ego": "Leaders' ego",
    "pressure.finance": "Pressure of money",
    "gates.approvals": "Approvals needed",
    "gates.delay": "Weeks for one",
    "nature.evidence": "Evidence",
}
"""Parameters that have a slider, and as many words as Mesa's side has room for."""
TOPS = {"leaders.hours": 20.0, "gates.delay": 104.0}
"""Where a slider ends although the parameter may be larger."""
LONGEST, SEEDS = 520, 1000


@component
def HealthEconomy(model: SystemModel) -> Any:
    """Draw the organisations of a model, or its systems, each of which can be gone into; anew whenever Mesa has stepped it.

    Parameters
    ----------
    model : SystemModel
        What is watched. It is not changed.
    """
    update_counter.get()
    arm = solara.use_memo(lambda: Arm.watching(model), [model])
    system = solara.use_reactive(-1)
    solara.Style(STYLE)
    with solara.Div(classes=["sy-watched"]):
        if arm.systems > 1 and system.value < 0:
            with solara.Div(classes=["sy-fills"]):
                DrawnSystems([arm], arm.week, on_enter=system.set)
            return
        if arm.systems > 1:
            solara.Button(f"← All {arm.systems} systems", on_click=lambda: system.set(-1), text=True)
        with solara.Div(classes=["sy-fills"]):
            shown = max(min(system.value, arm.systems - 1), 0)
            DrawnEconomy(arm, arm.week, system=shown, caption=_caption(model)).key(f"system {shown}")
        html("div", KEY, "sy-legend")


@component
def Curves(model: SystemModel) -> Any:
    """Draw the shares of staff who have adopted, trust, gates and credit of a model, week by week.

    Parameters
    ----------
    model : SystemModel
        What is watched. It is not changed.
    """
    update_counter.get()
    solara.Style(STYLE)
    with solara.Div(classes=["sy-watched"]), solara.Div(classes=["sy-fills"]):
        DrawnCurves([model], model.week, name="curves", caption=_caption(model))


def _caption(model: SystemModel) -> str:
    asked = model.request()
    return f"Scenario {Path(asked.scenario).stem}, seed {asked.seed}"


def model_params(model: SystemModel | None = None) -> dict[str, Any]:
    """Return the sliders of Mesa's page: they begin where a model stands, and *Reset* makes a model of what they say.

    Parameters
    ----------
    model : SystemModel, optional
        The model that the page opens with; by default `SystemModel()`.

    Returns
    -------
    dict
        Mesa's `model_params`: a choice or a slider by name, and what stays as it is.
    """
    asked = model.request() if model else Request()
    known, values = catalogue.parameters(), asked.in_force()
    sliders = [_tactic(tactic, asked.tactics) for tactic in catalogue.tactics().values() if tactic.kind != "comparator"]
    sliders += [_parameter(known[name], values.get(name, known[name].default)) for name in LEVERS]
    moved = dict(sliders)
    return {
        "scenario": _choice("Health economy", asked.scenario, _scenarios()),
        "rng": _slider("Seed", asked.seed, (0, SEEDS)),
        "weeks": _slider("Weeks", asked.weeks, (13, LONGEST)),
        **moved,
        "tactics": {name: share for name, share in asked.tactics.items() if name not in moved},
        "settings": {name: value for name, value in asked.settings.items() if name not in moved},
        "replicate": asked.replicate,
        "engine": asked.engine,
        "change": asked.change,
    }


def _scenarios() -> list[str]:
    """Return the health economies in which every slider does something, and overrules nothing."""
    unsaid = {*LEVERS, *(f"{name.partition('.')[0]}.on" for name in LEVERS)}
    return [name for name in catalogue.scenarios() if not unsaid & set(load(name).settings)]


def _tactic(tactic: catalogue.Tactic, asked: Mapping[str, float]) -> tuple[str, dict[str, Any]]:
    return tactic.name, _slider(tactic.title, float(asked.get(tactic.name, 0.0)), (0.0, 1.0), 0.05)


def _parameter(parameter: Parameter, value: float) -> tuple[str, dict[str, Any]]:
    top = min(parameter.high, TOPS.get(parameter.name, parameter.high))
    step = 1 if parameter.kind == "integer" else 0.05 if top <= 1 else 0.5
    kind = type(step)
    return parameter.name, _slider(LEVERS[parameter.name], kind(value), (kind(parameter.low), kind(top)), step)


def _slider(label: str, value: float, ends: tuple[float, float], step: float = 1) -> dict[str, Any]:
    """Return a slider that reaches as far as its value, which may lie beyond its usual ends."""
    kind = "SliderInt" if isinstance(step, int) else "SliderFloat"
    low, high = min(ends[0], value), max(ends[1], value)
    return {"type": kind, "label": label, "value": value, "min": low, "max": high, "step": step}


def _choice(label: str, value: str, values: list[str]) -> dict[str, Any]:
    return {"type": "Select", "label": label, "value": value, "values": list(dict.fromkeys([*values, value]))}
