"""The week stands once: what both engines run, how it is written, and that a rule is added in two places."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from worlds import BUSY, EVERYTHING, lived

from simulation import Request, SystemModel, week
from simulation.agents import Convener, Leader, Organisation, Staff

ROOT = Path(__file__).parent.parent
PARTS = sorted(Path(week.__file__ or "").parent.glob("*.py"))
OF_PEOPLE_OR_MEETINGS = {"those", "total"}


def functions(file):
    return [node for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)]


def takes_the_world(call):
    return any(isinstance(argument, ast.Name) and argument.id == "w" for argument in call.args)


def goes_over_people_or_meetings(loop):
    """Whether a loop goes from meeting to meeting, or over people: those found, or the rows of an organisation."""
    if isinstance(loop, ast.While):
        return True
    over = ast.unparse(loop.iter)
    return any(
        word in over for word in ("those(", ".first, organisation.end", "first, end", "leader.meetings", "rows[")
    )


@pytest.mark.parametrize("file", sorted((ROOT / "simulation").rglob("*.py")), ids=lambda file: file.stem)
def test_no_function_is_longer_than_forty_lines(file):
    if "page" not in file.parts:
        assert [f.name for f in functions(file) if _lines(f) > 40] == []


def _lines(function):
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return 1 + (function.end_lineno - body[0].lineno + 1 if body else 0)


@pytest.mark.parametrize("file", [f for f in PARTS if f.stem != "verbs"], ids=lambda file: file.stem)
def test_nothing_that_takes_the_whole_world_is_called_for_every_person_or_meeting(file):
    """Compiled code would pass hundreds of words each time: a third of a run, when it was so."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    loops = [node for node in ast.walk(tree) if isinstance(node, ast.For | ast.While)]
    inside = [n for loop in loops if goes_over_people_or_meetings(loop) for line in loop.body for n in ast.walk(line)]
    assert [ast.unparse(node) for node in inside if isinstance(node, ast.Call) and takes_the_world(node)] == []


def test_agents_act_by_what_the_week_says():
    assert Staff.appraise.__doc__ == week.appraise.__doc__
    for kind, acts in {
        Staff: ["let_idea_mature", "look_around", "hear_of_it", "appraise", "choose", "adopt", "share_credit"],
        Organisation: ["bear_cost", "come_under_pressure", "look_back", "weigh_ties", "decide", "note_claims"],
        Leader: ["book_meetings", "hold_meeting", "learn", "change_post", "settle_favours"],
        Convener: ["come_or_go", "pool_favours"],
    }.items():
        assert [act for act in acts if not callable(getattr(kind, act, None))] == []


def test_a_week_lived_act_by_act_is_the_week():
    model, other = (SystemModel("tiny", EVERYTHING, BUSY, weeks=6) for _ in range(2))
    for each in (model, other):
        each.advance(3)
    staff = model.agents_by_type[Staff]
    moment = model.moment()
    week.feel_pressure.part(moment["w"], moment["s"], moment["now"])
    week.act_as_leaders.part(moment["w"], moment["s"], moment["now"])
    week.let_ideas_mature.part(moment["w"], moment["s"], moment["now"], (0, len(model.staff)))
    week.show(moment["w"], moment["s"], (0, len(model.staff)))
    week.be_homes(moment["w"], moment["s"], moment["now"])
    for act in ("look_around", "hear_of_it", "appraise", "choose"):
        staff.do(act)
    lived_through = model.world.staff["conviction"].copy()
    w, s, now = _at_the_same_point(other)
    acts = (week.look_around, week.hear_of_it, week.appraise, week.choose)
    week.everyone(acts, w, week.Around(week.look, (w.organisations, w.network)), s, now, (0, len(other.staff)))
    assert lived_through.tobytes() == other.world.staff["conviction"].tobytes()


def _at_the_same_point(model):
    moment = model.moment()
    w, s, now = moment["w"], moment["s"], moment["now"]
    week.feel_pressure.part(w, s, now)
    week.act_as_leaders.part(w, s, now)
    week.let_ideas_mature.part(w, s, now, (0, len(model.staff)))
    week.show(w, s, (0, len(model.staff)))
    week.be_homes(w, s, now)
    return w, s, now


def test_a_run_in_python_goes_through_nearly_every_line_of_the_week():
    reached = set()

    def local(frame, event, argument):
        if event == "line":
            reached.add((frame.f_code.co_filename, frame.f_lineno))
        return local

    def calls(frame, event, argument):
        return local if frame.f_code.co_filename in files else None

    files = {str(file) for file in PARTS}
    before = sys.gettrace()
    sys.settrace(calls)
    try:
        lived(Request("tiny", EVERYTHING, {**BUSY, "turnover.vacancy": 2}, weeks=70, engine="agents"))
        harmful = {"nature.benefit": -1.0, "gates.veto": 0.5, "convening.kind": "none", "turnover.exit": 20}
        lived(Request("tiny", {"heroic_leader": 1.0}, {**BUSY, **harmful}, weeks=40, engine="agents"))
    finally:
        sys.settrace(before)
    lines = {(str(file), line) for file in PARTS for line in _lines_in_python(file)}
    missed = sorted((Path(file).name, line) for file, line in lines - reached)
    assert len(missed) <= 0.05 * len(lines), missed


def _lines_in_python(file):
    """Return the lines of the bodies of functions, but for what a verb means in compiled code."""
    lines = set()
    for function in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(function, ast.FunctionDef) and "in_compiled_code" not in ast.unparse(function):
            body = function.body[1:] if ast.get_docstring(function) else function.body
            lines |= {node.lineno for line in body for node in ast.walk(line) if isinstance(node, ast.stmt)}
    return lines


RULE = '''"""Weather: on a wet day everybody thinks a little less of everything."""

from typing import Annotated, NamedTuple

from ..parameters import Range


class Parameters(NamedTuple):
    """Weather."""

    on: Annotated[bool, Range(0, 1, "switch", "design", "Whether there is weather")] = True
    wet: Annotated[float, Range(0, 1, "share", "made up", "Conviction that is washed away")] = 0.5


def dried(conviction: float, p: Parameters) -> float:
    """Return what the weather leaves of a conviction."""
    return conviction * (1.0 - p.wet) if p.on else conviction
'''

RUN = """
from simulation import Request, run
for engine in ("compiled", "agents"):
    shown = run(Request("tiny", weeks=3, engine=engine)), run(Request("tiny", weeks=3, engine=engine, settings={"weather.on": False}))
    print([round(result.observables["conviction"], 12) for result in shown])
"""


@pytest.mark.slow
def test_a_rule_is_added_in_its_file_and_in_its_part(tmp_path):
    shutil.copytree(ROOT / "simulation", tmp_path / "simulation", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "simulation" / "rules" / "weather.py").write_text(RULE, encoding="utf-8")
    part = tmp_path / "simulation" / "week" / "appraise.py"
    text = part.read_text(encoding="utf-8")
    text = text.replace("    appraisal,", "    appraisal,\n    weather,")
    text = text.replace(
        "    return Appraised(", "    conviction = on_grid(weather.dried(conviction, s.weather))\n    return Appraised("
    )
    part.write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "SYSLEAD_CACHE": str(tmp_path / "cache")}
    ran = subprocess.run(
        [sys.executable, "-c", RUN], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    compiled, readable = ran.stdout.splitlines()
    assert compiled == readable
    with_weather, without = map(float, compiled.strip("[]").split(","))
    assert with_weather < 0.9 * without
