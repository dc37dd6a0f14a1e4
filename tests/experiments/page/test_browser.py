"""The page in headless Chromium: what a user does, offline, without an error."""

import csv
import io
import json
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import numpy as np
import pytest
from chromium import READY
from viewed import NOW, Server, Tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

SLOW = float(os.environ.get("SYSLEAD_SLOW", "1"))
"""How much slower than two free cores this machine may be."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    started = Server(
        *("ics-small", "--port", "0", "--weeks", "104", "--seed", "3"),
        *("--tactic", "seeding=0.5", "--tactic", "others_shoes=0.5"),
        HOST="0.0.0.0",
        SYSLEAD_VIEW='{"scenario": "atlantis"}',
    )
    assert started.address, "".join(started.said)
    yield started
    started.stop()


@pytest.fixture
def tab(chromium: Any, server: Server) -> Iterator[Tab]:
    opened = Tab(chromium, server.address)
    yield opened
    opened.check()
    opened.close()


def test_the_page_opens_with_the_caveat_and_the_run_asked_for(tab):
    assert tab.page.get_by_text("A model of a theory, not a forecast").is_visible()
    assert tab.page.get_by_label("Seed", exact=True).input_value() == "3"
    tab.all_levers()
    assert tab.page.get_by_label("Seeding an idea", exact=True).input_value() == "0.5"
    assert tab.week() == 0


def test_step_play_pause_and_reset(tab):
    tab.step()
    tab.step()
    assert tab.week() == 2
    tab.press("▶ Play")
    tab.until(6)
    tab.page.get_by_role("button", name="Pause").click()
    tab.page.get_by_role("button", name="▶ Play").wait_for()
    tab.page.wait_for_timeout(600)
    paused = tab.week()
    tab.page.wait_for_timeout(600)
    assert tab.week() == paused
    tab.press("Reset")
    tab.page.wait_for_function(f"{NOW} === 0")


def test_a_week_that_is_typed_while_it_plays_is_gone_to(tab):
    tab.press("▶ Play")
    tab.until(2)
    field = tab.page.get_by_label("Jump to week")
    field.fill("70")
    tab.until(tab.week() + 3)
    assert field.input_value() == "70"
    field.press("Enter")
    tab.page.wait_for_function(f"{NOW} === 70")


def test_reset_right_after_pause_starts_in_week_0_every_time(tab):
    for _ in range(4):
        tab.press("▶ Play")
        tab.until(2)
        tab.page.get_by_role("button", name="Pause").click()
        tab.press("Reset")
        tab.page.wait_for_function(f"{NOW} === 0")
        tab.page.wait_for_timeout(400)
        assert tab.week() == 0


def test_a_lever_pulled_on_the_way_is_replayed_exactly_by_the_command_line(tab):
    from simulation.request import Request
    from simulation.running import run

    tab.jump(10)
    tab.all_levers()
    lever = tab.page.get_by_label("Mean ego of leaders", exact=True)
    lever.focus()
    for _ in range(5):
        lever.press("ArrowRight")
    tab.page.wait_for_function("document.querySelectorAll('.sy-strip rect title').length >= 1")
    tab.jump(104)
    tab.press("Keep")
    rows = list(csv.DictReader(io.StringIO(tab.kept("Table (CSV)"))))
    session = json.loads(tab.kept("Save the session"))
    schedule = tuple((week, changes) for week, changes in session["requests"][0].pop("schedule"))
    assert [week for week, _ in schedule] == [10]
    assert schedule[0][1]["settings"]["leaders.ego"] == pytest.approx(0.45)
    expected = run(Request(**session["requests"][0])._replace(schedule=schedule)).adopted_share
    assert np.array_equal([float(row["adopted_share"]) for row in rows], expected)


def test_a_click_on_an_organisation_tells_its_story(tab):
    tab.jump(30)
    tab.page.locator(".sy-node").first.click()
    tab.page.get_by_text("Its story, the newest first").wait_for()
    assert tab.page.locator(".sy-staff svg circle").count() > 20
    assert "week" in tab.page.locator(".sy-story").inner_text()


def test_two_arms_are_equal_until_a_lever_is_pulled(tab):
    tab.jump(5)
    tab.press("Compare")
    tab.page.wait_for_function("document.querySelectorAll('.sy-economy').length === 2")
    tab.press("What changed")
    tab.page.get_by_text("No organisation's share differs so far").wait_for()
    assert tab.page.locator(".sy-stops").count() == 0
    tab.press("Levers")
    tab.all_levers()
    tab.press("The second arm")
    lever = tab.page.get_by_label("Time of each leader for this change", exact=True)
    lever.focus()
    lever.press("End")
    tab.jump(60)
    tab.page.locator(".sy-changed tbody tr").first.wait_for()
    assert tab.page.locator(".sy-changed tbody tr").count() >= 1
    tab.press("One arm")
    tab.page.wait_for_function("document.querySelectorAll('.sy-economy').length === 1")
    tab.page.locator(".sy-curves").wait_for()
    tab.page.locator(".sy-levers").wait_for()


def test_what_opens_a_second_arm_keeps_the_focus(tab):
    for name, then in (("Compare", "One arm"), ("One arm", "Compare")):
        tab.page.get_by_role("button", name=name, exact=True).focus()
        tab.page.keyboard.press("Enter")
        tab.page.get_by_role("button", name=then, exact=True).wait_for()
        tab.page.wait_for_function("!document.querySelector('.sy-busy')")
        tab.page.wait_for_timeout(400)
        assert tab.page.evaluate("document.activeElement.innerText") == then


def test_toggles_say_whether_they_are_pressed_and_the_page_its_language(tab):
    assert tab.page.evaluate("document.documentElement.lang") == "en-GB"
    tab.press("Workshop")
    tab.page.get_by_role("button", name="Workshop", exact=True, pressed=True).wait_for()
    tab.page.get_by_role("button", name="Week by week", exact=True, pressed=False).wait_for()


def test_space_chooses_the_organisation_in_focus(tab):
    tab.page.locator(".sy-node").first.focus()
    tab.page.keyboard.press(" ")
    tab.page.get_by_text("Its story, the newest first").wait_for()
    assert tab.week() == 0


def test_the_tip_goes_with_the_click_and_the_choice_with_the_health_economy(tab):
    node = tab.page.locator(".sy-node").first
    node.hover()
    tab.page.locator(".sy-tip").wait_for()
    node.click()
    tab.page.get_by_text("Its story, the newest first").wait_for()
    assert tab.page.locator(".sy-tip").count() == 0
    tab.page.get_by_label("Scenario").select_option("tiny")
    tab.page.get_by_text("Click an organisation in the picture").wait_for()


def test_an_old_leader_is_an_empty_diamond_and_lines_lie_under_the_circles(tab):
    tab.jump(104)
    talks, nodes = (tab.page.locator(f".sy-room svg > g{which}") for which in ("[stroke-dasharray]", ":has(.sy-node)"))
    assert talks.first.evaluate("(t, n) => t.compareDocumentPosition(n)", nodes.first.element_handle()) & 4
    fills = tab.page.evaluate(
        """() => [...document.querySelectorAll('.sy-room svg rect[rx="4"][transform]')].map(r => r.getAttribute('fill'))"""
    )
    assert len(fills) == 5
    assert set(fills) <= {"#8E3B73", "#ffffff"}


def test_talks_are_shown_where_one_points_and_nowhere_else(tab):
    tab.jump(12)
    talks = tab.page.locator(".sy-room svg > g[stroke-dasharray] path")
    assert talks.count() == 0
    told = False
    for node in tab.page.locator(".sy-node").all():
        node.hover()
        told = told or (talks.count() == 1 and "Leader" in tab.page.locator(".sy-tip").inner_text())
    assert told
    tab.page.mouse.move(5, 5)
    tab.page.wait_for_function("!document.querySelector('.sy-tip')")
    assert talks.count() == 0


def test_shares_keep_their_axis_all_through_a_run(tab):
    def ticks() -> list[str]:
        shown = tab.page.locator(".sy-curves .sy-tick").all_text_contents()
        return [words for words in shown if "%" in words]

    tab.step()
    at_the_start = ticks()
    tab.jump(104)
    assert ticks() == at_the_start
    assert at_the_start[:5] == ["0 %", "25 %", "50 %", "75 %", "100 %"]


def test_words_and_marks_in_the_picture_lie_over_nothing(tab):
    for scenario in ("ics-small", "ics-median", "village"):
        tab.page.get_by_label("Scenario").select_option(scenario)
        tab.page.wait_for_timeout(900)
        tab.page.wait_for_function("!document.querySelector('.sy-busy')")
        over = tab.page.evaluate(
            """() => { const box = e => [e.textContent, e.getBoundingClientRect()]
            const found = [...document.querySelectorAll('.sy-room svg > g[paint-order] text, .sy-room svg > g[text-anchor] > text')].map(box)
            return found.flatMap(([a, p], i) => found.slice(i + 1).filter(([, q]) => p.left + 1 < q.right && q.left + 1 < p.right
                && p.top + 3 < q.bottom && q.top + 3 < p.bottom).map(([b]) => a + ' over ' + b)) }"""
        )
        assert over == []


def test_nothing_moves_where_reduced_motion_is_asked_for(chromium, server):
    tab = Tab(chromium, server.address)
    tab.page.emulate_media(reduced_motion="reduce")
    moving = tab.page.evaluate(
        """() => [...document.querySelectorAll('.sy-page *')].map(e => getComputedStyle(e))
        .filter(s => parseFloat(s.transitionDuration) > 0 || parseFloat(s.animationDuration) > 0).length"""
    )
    assert moving == 0
    tab.check()
    tab.close()


@pytest.mark.parametrize("weeks", [260, 520, 1040])
def test_the_years_below_a_curve_never_lie_over_one_another(tab, weeks):
    tab.page.get_by_label("Weeks", exact=True).fill(str(weeks))
    tab.page.get_by_label("Weeks", exact=True).press("Enter")
    tab.page.get_by_text(f"of {weeks}, year 1").wait_for()
    tab.page.wait_for_timeout(500)
    over = tab.page.evaluate(
        """() => { const found = [...document.querySelectorAll('.sy-curves .sy-tick')].map(e => [e.textContent, e.getBoundingClientRect()])
        return found.flatMap(([a, p], i) => found.slice(i + 1).filter(([, q]) => p.left < q.right && q.left < p.right
            && p.top + 3 < q.bottom && q.top + 3 < p.bottom).map(([b]) => a + ' over ' + b)) }"""
    )
    assert over == []


def test_an_emptied_week_and_a_broken_seed_change_nothing(tab):
    tab.jump(8)
    week = tab.page.get_by_label("Jump to week")
    week.fill("")
    week.press("Enter")
    seed = tab.page.get_by_label("Seed", exact=True)
    seed.fill("2.7")
    seed.press("Enter")
    tab.page.get_by_text("Seed must be a whole number, but is 2.7.").wait_for()
    assert seed.input_value() == "3"
    seed.fill("")
    seed.press("Enter")
    tab.page.get_by_text("Seed must be a whole number, but is empty.").wait_for()
    assert seed.input_value() == "3"
    weeks = tab.page.get_by_label("Weeks", exact=True)
    weeks.fill("0")
    weeks.press("Enter")
    tab.page.get_by_text("Weeks must be a whole number from 1, but is 0.").wait_for()
    assert weeks.input_value() == "104"
    assert tab.week() == 8
    tab.step()
    assert tab.page.locator(".sy-problem").count() == 0


def test_circles_are_full_by_their_share(tab):
    tab.jump(40)
    shares = tab.page.evaluate(
        """() => [...document.querySelectorAll('.sy-node')].map(n => {
        const said = Number(n.getAttribute('aria-label').match(/(\\d+) percent/)[1]), path = n.querySelectorAll('path')[1]
        const circle = n.querySelectorAll('circle')[1], box = circle.getBBox(), probe = path.ownerSVGElement.createSVGPoint()
        let inside = 0, all = 0
        for (let i = 0.5; i < 60; i++) for (let j = 0.5; j < 60; j++) {
            probe.x = box.x + box.width * i / 60; probe.y = box.y + box.height * j / 60
            if (circle.isPointInFill(probe)) { all++; if (path.getAttribute('d') && path.isPointInFill(probe)) inside++ } }
        return [said, 100 * inside / all] })"""
    )
    assert any(said > 5 for said, _ in shares)
    assert all(abs(said - drawn) < 3 for said, drawn in shares)


def test_pictures_are_saved_as_files(tab):
    tab.step()
    for name, begins in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with tab.page.expect_download() as download:
            tab.page.locator(".sy-economy").get_by_role("button", name=name).click()
        content = Path(download.value.path()).read_bytes()
        assert content.startswith(begins)
        assert len(content) > 5000
    with tab.page.expect_download() as download:
        tab.page.locator(".sy-curves").get_by_role("button", name="SVG").click()
    curves = Path(download.value.path()).read_text(encoding="utf-8")
    assert "Scenario ics-small, seed 3, week 1" in curves
    assert "A model of a theory, not a forecast" in curves


def test_keys_step_play_and_reset(tab):
    tab.page.locator("h1").click()
    tab.page.keyboard.press("ArrowRight")
    tab.until(1)
    tab.page.keyboard.press(" ")
    tab.until(3)
    tab.page.keyboard.press(" ")
    tab.page.get_by_role("button", name="▶ Play").wait_for()
    paused = tab.week()
    tab.page.keyboard.press("r")
    tab.page.get_by_role("button", name="Leave it as it is").click()
    assert tab.week() == paused
    tab.page.keyboard.press("r")
    tab.page.get_by_role("dialog").get_by_role("button", name="Reset").click()
    tab.page.wait_for_function(f"{NOW} === 0")


def test_everything_can_be_reached_with_the_tab_key(tab):
    reached = set()
    for _ in range(150):
        tab.page.keyboard.press("Tab")
        reached.add(
            tab.page.evaluate(
                "() => { const e = document.activeElement; return e.ariaLabel || e.innerText || e.tagName }"
            )
        )
    assert {"▶ Play", "Step", "Reset", "Compare", "Jump to week", "Question", "All levers …", "Workshop"} <= reached


def test_a_damaged_session_file_is_told(tab, tmp_path):
    file = tmp_path / "session.json"
    file.write_text("nonsense", encoding="utf-8")
    tab.press("Keep")
    tab.page.get_by_label("Open a saved session").last.set_input_files(str(file))
    tab.page.get_by_text("This file is not a session of this page.").wait_for()


def test_every_question_opens(tab):
    for question in tab.page.get_by_label("Question").locator("option").all()[1:]:
        tab.step()
        tab.page.get_by_label("Question").select_option(question.get_attribute("value"))
        tab.page.wait_for_function(f"{NOW} === 0 && !document.querySelector('.sy-busy')", timeout=30_000)
        assert tab.page.locator(".sy-problem").count() == 0


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720), (1920, 1080)])
@pytest.mark.parametrize("arms", [1, 2])
def test_nothing_is_cut_off_or_too_small(chromium, server, size, arms):
    tab = Tab(chromium, server.address, size)
    tab.step()
    if arms == 2:
        tab.press("Compare")
        tab.page.wait_for_function("document.querySelectorAll('.sy-economy').length === 2")
    tab.page.wait_for_timeout(500)
    cut = tab.page.evaluate(
        """() => [...document.querySelectorAll('.sy-head > *:not(dialog), .sy-world > *, .sy-answer > *, .sy-controls > *, .sy-tabs > *, .sy-body > :not(.sy-gone), .sy-economy svg')]
        .filter(e => { const b = e.getBoundingClientRect();
            return b.right > innerWidth + 1 || b.bottom > innerHeight + 1 || b.left < -1 || b.width === 0 })
        .map(e => e.className + e.tagName)"""
    )
    assert cut == []
    smallest = tab.page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('.sy-curves text, .sy-small, .sy-lever label')]
        .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    )
    assert smallest >= 11
    tab.check()
    tab.close()


def test_eight_tabs_are_eight_runs(chromium, server):
    tabs = [Tab(chromium, server.address) for _ in range(8)]
    for number, tab in enumerate(tabs):
        tab.jump(2 * number)
    assert [tab.week() for tab in tabs] == [0, 2, 4, 6, 8, 10, 12, 14]
    for tab in tabs:
        tab.check()
        tab.close()


def test_playing_on_and_on_takes_no_more_memory(tab, server):
    def resident() -> int:
        text = Path(f"/proc/{server.process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) // 1024  # type: ignore[union-attr]

    def heap() -> float:
        session = tab.context.new_cdp_session(tab.page)
        session.send("HeapProfiler.collectGarbage")
        return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 2**20

    def play_through() -> None:
        for week in (0, 40, 104):
            tab.jump(week)

    for _ in range(2):
        play_through()
    before, before_heap = resident(), heap()
    for _ in range(6):
        play_through()
    assert resident() - before < 40
    assert heap() - before_heap < 20


def test_it_plays_smoothly_enough_to_watch(tab):
    tab.page.get_by_label("Scenario").select_option("ics-median")
    tab.page.wait_for_function("document.querySelectorAll('.sy-node').length > 50", timeout=30_000)
    tab.page.wait_for_function("!document.querySelector('.sy-busy')")
    tab.press("5 weeks/s")
    tab.press("▶ Play")
    tab.until(3)
    begun, week = time.monotonic(), tab.week()
    tab.page.wait_for_timeout(6000)
    a_second = (tab.week() - week) / (time.monotonic() - begun)
    assert a_second >= 5 / SLOW / (1 if SLOW > 1 else 2)  # half of what two free cores reach, for a busy machine
    tab.page.get_by_role("button", name="Pause").click()


@pytest.mark.long
def test_the_whole_service_is_drawn_four_times_a_second_however_fast_it_plays(chromium, server):
    tab = Tab(chromium, server.address)
    messages: list[int] = []
    tab.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: messages.append(len(frame))))
    tab.page.reload()
    tab.page.wait_for_selector(READY)
    tab.page.get_by_label("Scenario").select_option("england-2022")
    tab.page.wait_for_function("document.querySelectorAll('.sy-economy [data-o]').length > 2000", timeout=60_000)
    for speed in (5, 10, 25):
        tab.press(f"{speed} weeks/s")
    tab.press("▶ Play")
    tab.until(10)
    tab.page.evaluate(
        """() => { window.pictures = 0; new MutationObserver(() => { window.pictures++ })
        .observe(document.querySelector('.sy-strip'), { attributes: true, attributeFilter: ['aria-valuenow'] }) }"""
    )
    before, seconds = len(messages), 4
    tab.page.wait_for_timeout(1000 * seconds)
    pictures = tab.page.evaluate("window.pictures")
    assert pictures / seconds >= 4 / SLOW
    assert (len(messages) - before) / pictures < 12
    assert sum(messages[before:]) / pictures < 100_000
    tab.check()
    tab.close()


def test_only_this_machine_is_listened_to(server):
    port = urlparse(server.address).port
    listening = []
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text(encoding="utf-8").splitlines()[1:]:
            address, state = line.split()[1], line.split()[3]
            if state == "0A" and int(address.split(":")[1], 16) == port:
                listening.append(address.split(":")[0])
    assert listening == ["0100007F"]


def test_a_reload_and_the_way_back_lose_nothing(tab, server):
    tab.jump(10)
    tab.all_levers()
    tab.page.get_by_label("Mean ego of leaders", exact=True).press("ArrowRight")
    tab.page.wait_for_function("document.querySelectorAll('.sy-strip rect title').length >= 1")
    tab.jump(21)
    tab.page.wait_for_timeout(600)
    tab.page.reload()
    tab.page.wait_for_function(f"document.querySelector('.sy-strip') && {NOW} === 21", timeout=30_000)
    tab.page.goto(server.address + "static/assets/style.css")
    tab.page.go_back()
    tab.page.wait_for_function(f"document.querySelector('.sy-strip') && {NOW} === 21", timeout=30_000)
    assert tab.page.locator(".sy-strip rect title").count() == 1


def test_a_server_that_was_started_again_is_joined_where_the_page_stood(chromium):
    first = Server("tiny", "--port", "0", "--weeks", "30")
    tab = Tab(chromium, first.address)
    tab.jump(9)
    tab.page.wait_for_timeout(600)
    first.stop()
    tab.page.get_by_text("The page's server has stopped.").wait_for()
    second = Server("tiny", "--port", str(urlparse(first.address).port), "--weeks", "30")
    tab.page.wait_for_function(f"document.querySelector('.sy-strip') && {NOW} === 9", timeout=40_000)
    tab.page.get_by_text("The page's server has stopped.").wait_for(state="detached", timeout=40_000)
    tab.step()
    tab.close()
    second.stop()


def test_ctrl_c_stops_the_page(chromium):
    started = Server("tiny", "--port", "0", "--weeks", "4")
    assert started.address, "".join(started.said)
    assert started.stop() in (0, 130)
    assert not any("Traceback" in line for line in started.said)
