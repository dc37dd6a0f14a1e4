"""The components on Mesa's own page: they watch a model that others step, and its sliders make the model they say."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulation import SystemModel
from simulation.errors import Invalid
from simulation.page.arm import Arm
from simulation.page.curves import Sent, Series
from simulation.page.framework import solara
from simulation.request import Request
from simulation.running import run

ROOT = Path(__file__).parents[3]


def example() -> str:
    """Return the page that the documentation shows."""
    found = re.search(
        r"<!-- example: my_page.py -->\n```python\n(.*?)```", (ROOT / "docs/page.md").read_text("utf-8"), re.S
    )
    assert found
    return found[1]


def test_an_arm_sees_the_weeks_that_others_step():
    model = SystemModel("tiny", weeks=30, seeding=1.0)
    watching, stepping = Arm(model), Arm.of(Request("tiny", {"seeding": 1.0}, weeks=30))
    model.run_model()
    while not stepping.is_over:
        stepping.step()
    assert watching.week == 30
    assert watching.teller.moments == stepping.teller.moments
    assert watching.teller.moments


def test_watching_changes_nothing():
    watched, alone = SystemModel("tiny", weeks=40, seeding=1.0), SystemModel("tiny", weeks=40, seeding=1.0)
    arm = Arm(watched)
    watched.run_model()
    alone.run_model()
    assert np.array_equal(arm.world.record.adopted, alone.world.record.adopted)


def test_a_lever_that_is_pulled_in_week_0_is_seen():
    model = SystemModel("tiny", weeks=10)
    arm = Arm(model)
    model.change({"seeding": 1.0})
    assert arm.world is model.world
    model.step()
    assert {talk.tactic for talk in arm.talks} == {"seeding"}


def test_a_model_lets_go_of_who_watches_no_longer():
    model = SystemModel("tiny", weeks=4)
    arm = Arm.watching(model)
    assert Arm.watching(model) is arm
    arm.close()
    assert not model.watchers
    Arm(model)
    model.step()
    assert not model.watchers


def test_levers_by_name_are_those_of_the_request():
    named = SystemModel(
        "tiny", weeks=4, settings={"gates.delay": 2.0}, seeding=0.5, coalition=0, **{"leaders.ego": 0.9}
    )
    assert named.request() == Request("tiny", {"seeding": 0.5}, {"gates.delay": 2.0, "leaders.ego": 0.9}, weeks=4)


def test_a_lever_that_is_not_there_or_given_twice_is_refused_with_the_nearest():
    with pytest.raises(Invalid) as wrong:
        SystemModel("tiny", {"seeding": 1.0}, seeding=0.5, sedding=0.5, week=3)
    assert len(wrong.value.problems) == 3
    assert {"seeding", "weeks"} <= set(re.findall(r"'(\w+)'", str(wrong.value)))


def test_the_sliders_begin_where_the_model_stands():
    from simulation.page import model_params

    model = SystemModel(
        "village", {"heroic_leader": 1.0}, {"gates.delay": 400.0}, rng=5, weeks=30, change="complex", seeding=0.25
    )
    shown = model_params(model)
    values = {
        name: each["value"] if isinstance(each, dict) and "type" in each else each for name, each in shown.items()
    }
    assert (values["leaders.ego"], values["gates.delay"], values["seeding"]) == (0.9, 400.0, 0.25)
    assert all(
        each["min"] <= each["value"] <= each["max"]
        for each in shown.values()
        if isinstance(each, dict) and "min" in each
    )
    model.run_model()
    again = SystemModel(**values)
    again.run_model()
    assert np.array_equal(again.world.record.adopted, model.world.record.adopted)


def test_every_scenario_on_offer_can_be_chosen_whatever_the_sliders_say():
    from simulation.page import model_params

    offered = model_params()
    values = {name: each["value"] for name, each in offered.items() if isinstance(each, dict) and "value" in each}
    assert "ics-small" in offered["scenario"]["values"]
    for scenario in offered["scenario"]["values"]:
        Request(
            scenario, settings={name: value for name, value in values.items() if "." in name}, weeks=values["weeks"]
        ).check()


@pytest.mark.parametrize("weeks", [30, 700])
def test_what_is_sent_week_by_week_is_what_is_sent_at_once(weeks):
    model = SystemModel("tiny", weeks=weeks)
    sent = Sent(Series(model))
    had: dict[str, Any] = {}
    for _ in range(weeks):
        news = json.loads(sent.text())
        assert len(news["at"]) <= 2
        had = {name: had.get(name, [])[: news["from"]] + news[name] for name in ("at", "adopted", "trust", "given")}
        model.step()
    news = json.loads(sent.text())
    had = {name: had[name][: news["from"]] + news[name] for name in had}
    everything = json.loads(Sent(Series(model)).text())
    assert had == {name: everything[name] for name in had}
    assert len(everything["at"]) <= 321


def test_components_are_drawn_anew_when_mesa_has_stepped():
    import ipyvuetify
    from mesa.visualization.utils import force_update

    from simulation.page import Curves, HealthEconomy

    model = SystemModel("tiny", weeks=9)

    @solara.component
    def Both() -> Any:
        with solara.Div():
            HealthEconomy(model)
            Curves(model)

    _, page = solara.render(Both(), handle_error=False)
    try:
        (picture,) = [w for w in page.find(ipyvuetify.VuetifyTemplate).widgets if w.has_trait("frame_text")]
        (curves,) = [w for w in page.find(ipyvuetify.VuetifyTemplate).widgets if w.has_trait("left_text")]
        model.advance(2)
        force_update()
        assert json.loads(picture.frame_text)["week"] == 2
        assert json.loads(curves.left_text)["at"] == [1, 2]
        curves._event_callbacks["lost"](None)
        assert json.loads(curves.left_text)["at"] == [0, 1, 2]
    finally:
        page.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Return the address of the documented page, served as the documentation says."""
    (tmp_path / "my_page.py").write_text(example(), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "solara", "run", "my_page.py", "--production", "--no-open"]
    quiet = {"SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False", "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port)],
        cwd=tmp_path,
        env={**os.environ, **quiet},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    from chromium import await_port

    await_port(port, 60)
    yield f"http://127.0.0.1:{port}/"
    server.send_signal(signal.SIGINT)
    server.wait(30)


@pytest.mark.browser
@pytest.mark.timeout(240)
def test_mesas_page_plays_and_resets_to_what_the_sliders_say(served):
    from chromium import READY, Visit, launched

    with launched() as browser:
        tab = Visit(browser, served)
        week = "Number((document.body.innerText.match(/(?:Step|Time): ([\\d.]+)/) || [])[1])"
        tab.page.wait_for_function(f"{week} === 0")
        seeding = tab.page.get_by_role("slider", name="Seeding an idea")
        seeding.focus()
        seeding.press("End")
        tab.press("▶")
        tab.page.wait_for_function(f"{week} > 4")
        tab.press("❚❚")
        assert "have adopted" in tab.page.locator(".sy-share").inner_text()
        tab.page.get_by_role("button", name="Health economy").click()
        tab.page.get_by_role("option", name="village").click()
        tab.page.wait_for_timeout(500)
        tab.press("Reset")
        tab.page.wait_for_function(f"{week} === 0")
        expected = run(Request("village", {"seeding": 1.0}, weeks=12))
        tab.page.wait_for_function(f"document.querySelectorAll({READY!r}).length === {len(expected.organisations)}")
        for _ in range(12):
            tab.press("Step")
        tab.page.wait_for_function(f"{week} === 12")
        tab.page.get_by_text(f"{100 * expected.adopted_share[12]:.1f} % have adopted").wait_for()
        assert tab.page.locator(".sy-curves path").count() > 3
        tab.check()
