"""The readable and the compiled engine give the same state, bit for bit, whatever is simulated."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulation import Request, catalogue
from simulation.entities import KINDS, TIERS
from simulation.running import engine_named, lead, prepared
from simulation.world import Record, World

HIGHEST = {
    "population.scale": 2.0,
    "population.ties_inside": 12.0,
    "leaders.number": 3,
    "leaders.hours": 6.0,
    "targeting.tries": 20,
}
"""Parameters held below their range, so that a drawn run stays small."""
LOWEST = {"conversation.hours": 0.25}


def final_world(request: Request) -> World:
    """Return the state at the end of a run."""
    request.check()
    scenario, world, phases = prepared(request)
    for phase in phases:
        lead(world, scenario, phase, request)
        engine_named(request.engine).advance(world, phase.settings, phase.plan, phase.start, phase.stop)
    return world


def arrays(part: Any, name: str = "") -> dict[str, bytes]:
    """Return the bits of every array of a world, and of every field of its records, by name; not of scratch room."""
    if isinstance(part, tuple):
        named = {f"{name}.{field}": value for field, value in part._asdict().items() if field not in ("found", "plan")}
        return {path: bits for field, value in named.items() for path, bits in arrays(value, field).items()}
    return {f"{name}.{field}": (part[field] if field else part).tobytes() for field in part.dtype.names or ("",)}


def differing(request: Request) -> list[str]:
    """Return the names of the arrays in which the two engines differ at the end of a run."""
    compiled = arrays(final_world(request._replace(engine="compiled")))
    readable = arrays(final_world(request._replace(engine="agents")))
    assert len(compiled) > len(World._fields) + len(Record._fields)
    return [name for name, bits in compiled.items() if bits != readable[name]]


def in_range(name: str) -> st.SearchStrategy[float | int | bool | str]:
    """Return values of a parameter, its bounds among them."""
    parameter = catalogue.parameters()[name]
    low, high = LOWEST.get(name, parameter.low), HIGHEST.get(name, parameter.high)
    if parameter.kind == "choice":
        return st.sampled_from(parameter.choices)
    if parameter.kind == "switch":
        return st.booleans()
    if name.endswith(("start", "end", "exit", "weeks", "again", "vacancy", "relief_after")):
        high = min(high, 8)  # so that it happens within a short run
    if parameter.kind == "integer":
        return st.integers(int(low), int(high))
    return st.floats(low, high, allow_nan=False) | st.sampled_from([low, high])


def values(names: list[str], most: int) -> st.SearchStrategy[dict[str, float | int | bool | str]]:
    """Return settings of some of the named parameters."""
    chosen = st.lists(st.sampled_from(names), max_size=most, unique=True)
    return chosen.flatmap(lambda some: st.fixed_dictionaries({name: in_range(name) for name in some}))


NAMES = sorted(catalogue.parameters())
LIVE = [name for name in NAMES if catalogue.parameters()[name].live]
mixes = st.dictionaries(st.sampled_from(sorted(catalogue.tactics())), st.floats(0, 1), max_size=8)
changes = st.fixed_dictionaries({}, optional={"tactics": mixes, "settings": values(LIVE, 8)})


def schedules(weeks: int) -> st.SearchStrategy[list[tuple[int, dict]]]:
    """Return changes on the way of a run of so many weeks."""
    return st.lists(st.tuples(st.integers(0, min(weeks, 9)), changes), max_size=2, unique_by=lambda entry: entry[0])


@st.composite
def scenario_files(draw: st.DrawFn) -> str:
    """Return the text of a small, made-up scenario."""
    systems = draw(st.integers(1, 2))
    lines = [f"systems = {systems}"]
    for kind in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4, unique=True)):
        lines += ["[[organisations]]", f'kind = "{kind}"', f"count = {draw(st.integers(systems, 3))}"]
        lines += [f"staff = {draw(st.integers(4, 200))}", f"sample = {draw(st.integers(4, 12))}"]
    for tier in draw(st.lists(st.sampled_from(TIERS), max_size=2)):
        lines += ["[[leaders]]", f'tier = "{tier}"', f'home = "{draw(st.sampled_from(("", *KINDS)))}"']
        lines += [f"hours = {draw(st.integers(0, 6))}", f"start = {draw(st.integers(1, 4))}"]
        lines += [f"end = {draw(st.integers(5, 9))}"] if draw(st.booleans()) else []
    return "\n".join(lines)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    """Return a run of some weeks, but for its scenario."""
    weeks = draw(st.integers(0, 12))
    return Request(
        tactics=draw(mixes),
        settings=draw(values(NAMES, 30)),
        weeks=weeks,
        seed=draw(st.integers(0, 2**63 - 1)),
        replicate=draw(st.integers(0, 2**31 - 1)),
        schedule=tuple(draw(schedules(weeks))),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(requests(), scenario_files())
def test_both_engines_give_the_same_state_bit_for_bit(request, scenario):
    with TemporaryDirectory() as folder:
        file = Path(folder, "made-up.toml")
        file.write_text(scenario, encoding="utf-8")
        assert differing(heard(request, scenario)._replace(scenario=str(file))) == []


def heard(request: Request, scenario: str) -> Request:
    """Return a request without what a scenario says of each leader itself."""
    own = {"leaders.number", "leaders.placement", "leaders.hours"} if "[[leaders]]" in scenario else set()

    def rest(settings: dict) -> dict:
        return {name: value for name, value in settings.items() if name not in own}

    changed = [(week, {**change, "settings": rest(change.get("settings", {}))}) for week, change in request.schedule]
    return request._replace(settings=rest(request.settings), schedule=tuple(changed))


@pytest.mark.parametrize("end", ["low", "high"])
def test_they_agree_with_every_number_at_one_end_of_its_range(end):
    numbers = [parameter for parameter in catalogue.parameters().values() if parameter.kind in ("number", "integer")]
    bounds = {p.name: {**LOWEST, **HIGHEST}.get(p.name, getattr(p, end)) for p in numbers if p.low < p.high}
    everything = dict.fromkeys(catalogue.tactics(), 1.0)
    assert differing(Request("tiny", everything, bounds, weeks=20)) == []


@pytest.mark.parametrize("switch", [p.name for p in catalogue.parameters().values() if p.kind == "switch"])
def test_they_agree_with_any_one_switch_turned(switch):
    turned = {switch: not catalogue.parameters()[switch].default}
    everything = dict.fromkeys(catalogue.tactics(), 0.5)
    assert differing(Request("tiny", everything, turned, weeks=12)) == []


def test_they_agree_over_years_in_which_gates_open_and_conveners_come_and_go():
    settings_ = {
        "population.adopters": 0.3,
        "gates.delay": 4.0,
        "convening.kind": "place_with_authority",
        "convening.start": 20,
        "convening.end": 90,
        "turnover.leaders": 1.0,
        "leaders.generosity": 0.5,
        "nature.benefit": -0.2,
    }
    later = ((60, {"tactics": {"line_authority": 1.0, "patient_voice": 1.0}}),)
    everything = dict.fromkeys(catalogue.tactics(), 0.5)
    assert differing(Request("tiny", everything, settings_, weeks=130, schedule=later)) == []
