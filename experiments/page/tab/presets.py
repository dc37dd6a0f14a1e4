"""The six levers that matter for a question, each with a few stops in words."""

from __future__ import annotations

from typing import Any, NamedTuple

from experiments.analysis.parameters.meanings import in_words
from experiments.design.opening import TACTIC
from experiments.page.tab.questions import QUESTIONS, Question, requests_of
from simulation import catalogue
from simulation.request import Request

Stops = tuple[tuple[Any, str], ...]

BOTH, SECOND = (0, 1), (1,)
CONVERSATION = TACTIC
"""What stands for the one tactic that an arm uses, in the place of a parameter's name."""


class Preset(NamedTuple):
    """A lever with stops: the parameter that it sets, in words, and in which arms."""

    parameter: str
    words: str
    stops: Stops
    arms: tuple[int, ...] = BOTH


YES_NO: Stops = ((False, "No"), (True, "Yes"))
AFTER: Stops = ((104, "After year 2"), (208, "After year 4"), (-1, "Never"))
LEVERS = (
    Preset(
        CONVERSATION,
        "The tactic",
        (
            ("seeding", "Seeding"),
            ("others_shoes", "Others' shoes"),
            ("coalition", "Coalition"),
            ("patient_voice", "Voice"),
        ),
        SECOND,
    ),
    Preset("gates.approvals", "Permissions needed", ((0, "None"), (1, "One"), (2, "Two"), (4, "Four"))),
    Preset("population.autonomy", "How much staff prize autonomy", ((0.2, "Little"), (0.5, "Half"), (0.8, "Much"))),
    Preset("competition.level", "Set up to compete", ((0.1, "Little"), (0.5, "Half-way"), (0.9, "Much"))),
    Preset("nature.complexity", "How complex the change is", ((0.2, "Simple"), (0.5, "Middling"), (0.9, "Complex"))),
    Preset(
        "incentives.paid_compliance", "Doing it in name only", ((0.0, "Nobody"), (0.03, "Some"), (0.1, "Many")), SECOND
    ),
    Preset(
        "convening.kind",
        "What convenes the system",
        (("none", "Nobody"), ("place", "A table"), ("place_with_authority", "With authority")),
    ),
    Preset("nature.cost", "Cost to an organisation", ((0.5, "Half"), (1.0, "As usual"), (2.0, "Double"))),
    Preset("gates.delay", "Wait for a permission", ((4.0, "A month"), (13.0, "A quarter"), (52.0, "A year"))),
    Preset("nature.divergence", "How far it breaks with habit", ((0.1, "Hardly"), (0.3, "A little"), (0.8, "Wholly"))),
    Preset("leaders.ego", "Ego of the leaders", ((0.1, "Little"), (0.4, "Middling"), (0.9, "Much"))),
    Preset("convening.end", "When the place is abolished", AFTER, SECOND),
    Preset("nature.evidence", "Evidence for the change", ((0.3, "Weak"), (0.7, "Good"), (1.0, "Strongest"))),
    Preset("turnover.exit", "When all leaders leave", ((78, "After 18 months"), (156, "After 3 years"), (-1, "Never"))),
    Preset("nature.benefit", "The harm it does", ((-0.2, "A little"), (-0.6, "Much"), (-1.0, "Most"))),
    Preset("leaders.hours", "Each leader's time for this", ((4.0, "4 h a week"), (8.0, "8 h"), (16.0, "16 h"))),
    Preset("leaders.number", "Leaders in a system", ((2, "Two"), (5, "Five"), (10, "Ten"))),
    Preset("patients.partners", "Patient partners", ((10, "Ten"), (40, "Forty"), (100, "A hundred"))),
    Preset("incentives.payment_end", "When payment ends", AFTER, SECOND),
    Preset("isolation.on", "Juniors left isolated", YES_NO),
    Preset("isolation.peer_sets", "Juniors meet across organisations", YES_NO),
    Preset("pressure.finance", "Pressure of money and demand", ((0.4, "Less"), (0.55, "As it is"), (0.7, "More"))),
    Preset("leaders.reflection", "Leaders' gift for learning", ((0.2, "Little"), (0.5, "Middling"), (0.9, "Much"))),
    Preset("patients.tokenism", "The voice wears out", YES_NO),
    Preset("gates.veto_harm", "Boards see harm", ((0.0, "Never"), (0.6, "Mostly"), (1.0, "Always"))),
    Preset("learning.withdrawal", "Hours withdrawn after failures", ((0.0, "None"), (0.03, "Some"), (0.1, "Many"))),
)
PRESETS = {preset.parameter: preset for preset in LEVERS}
"""The levers with stops, by the parameter that they set."""


def presets_of(question: str) -> list[Preset]:
    """Return the levers that matter for a question, or for the user's own."""
    return [PRESETS[name] for name in QUESTIONS.get(question, QUESTIONS["free"]).levers]


def six_levers(question: str, requests: list[Request]) -> list[dict[str, Any]]:
    """Return these levers as the page draws them: where they stand, and where the question has them.

    Parameters
    ----------
    question : str
        Its key, or what is no key for the user's own.
    requests : list of Request
        One an arm, as the levers stand.
    """
    asked = QUESTIONS.get(question)
    own = requests_of(asked, requests[0]) if asked else []
    shown = [preset for preset in presets_of(question) if preset.parameter == CONVERSATION or _is_known(preset)]
    return [_drawn(preset, requests, own) for preset in shown]


def only_in_second(question: str, requests: list[Request]) -> str:
    """Return in a sentence where the levers stand that the second arm alone has, which its name need not say; or nothing.

    >>> from experiments.page.tab.questions import QUESTIONS, requests_of
    >>> only_in_second("4", requests_of(QUESTIONS["4"], Request("ics-small")))
    'When the place is abolished: after year 2.'
    """
    own = [lever for lever in six_levers(question, requests) if lever["arms"] == [1] and lever["at"] >= 0]
    said = [(lever["words"], lever["stops"][lever["at"]]["words"]) for lever in own]
    return " ".join(f"{words}: {stop[:1].lower()}{stop[1:]}." for words, stop in said)


def _is_known(preset: Preset) -> bool:
    return preset.parameter in catalogue.parameters()


def _drawn(preset: Preset, requests: list[Request], own: list[Request]) -> dict[str, Any]:
    arms = [arm for arm in preset.arms if arm < len(requests)] or [0]
    values = [value_of(preset, requests[arm]) for arm in arms]
    stops = [*preset.stops]
    if values[0] not in [value for value, _ in stops]:
        stops.append((values[0], _named(preset, values[0])))
        if list(preset.stops) == sorted(preset.stops):  # unlike those that end with -1, never
            stops.sort(key=lambda stop: stop[0])
    the_questions = value_of(preset, own[arms[0]]) if arms[0] < len(own) else None
    return {
        "name": preset.parameter,
        "words": preset.words,
        "arms": arms,
        "is_live": preset.parameter == CONVERSATION or catalogue.parameters()[preset.parameter].live,
        "stops": [{"words": words, "own": value == the_questions} for value, words in stops],
        "values": [value for value, _ in stops],
        "at": [value for value, _ in stops].index(values[0]) if len(set(map(str, values))) == 1 else -1,
    }


def value_of(preset: Preset, request: Request) -> Any:
    """Return where a lever stands in an arm."""
    if preset.parameter == CONVERSATION:
        shares = {name for name, share in request.tactics.items() if share}
        return next(iter(shares)) if len(shares) == 1 else "several"
    values = request.in_force()
    return values.get(preset.parameter, catalogue.parameters()[preset.parameter].default)


def _named(preset: Preset, value: Any) -> str:
    if preset.parameter == CONVERSATION:
        known = catalogue.tactics()
        return known[value].title.removesuffix(", a comparator") if value in known else str(value).capitalize()
    words = in_words(catalogue.parameters()[preset.parameter], value)
    return words[:1].upper() + words[1:]


def is_preset(question: Question, name: str) -> bool:
    """Whether a lever is one of the six of a question."""
    return name in question.levers
