"""A run in the browser: it is played, stopped, gone to by its weeks, and its levers are pulled."""

import csv
import io
import json

import numpy as np
import pytest
from viewed import NOW

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]


def test_the_page_opens_with_the_caveat_and_the_run_asked_for(run):
    assert run.page.get_by_text("A model of a theory, not a forecast").is_visible()
    assert run.page.get_by_label("Seed", exact=True).input_value() == "3"
    run.all_levers()
    assert run.page.get_by_label("Seeding an idea", exact=True).input_value() == "0.5"
    assert run.week() == 0


def test_step_play_pause_and_reset(run):
    run.step()
    run.step()
    assert run.week() == 2
    run.press("▶ Play")
    run.until(6)
    run.page.get_by_role("button", name="Pause").click()
    run.page.get_by_role("button", name="▶ Play").wait_for()
    run.page.wait_for_timeout(600)
    paused = run.week()
    run.page.wait_for_timeout(600)
    assert run.week() == paused
    run.press("Reset")
    run.page.wait_for_function(f"{NOW} === 0")


def test_a_week_that_is_typed_while_it_plays_is_gone_to(run):
    run.press("▶ Play")
    run.until(2)
    field = run.page.get_by_label("Jump to week")
    field.fill("70")
    run.until(run.week() + 3)
    assert field.input_value() == "70"
    field.press("Enter")
    run.page.wait_for_function(f"{NOW} === 70")


def test_reset_right_after_pause_starts_in_week_0_every_time(run):
    for _ in range(4):
        run.press("▶ Play")
        run.until(2)
        run.page.get_by_role("button", name="Pause").click()
        run.press("Reset")
        run.page.wait_for_function(f"{NOW} === 0")
        run.page.wait_for_timeout(400)
        assert run.week() == 0


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


def test_toggles_say_whether_they_are_pressed_and_the_page_its_language(run):
    assert run.page.evaluate("document.documentElement.lang") == "en-GB"
    run.press("Workshop")
    run.page.get_by_role("button", name="Workshop", exact=True, pressed=True).wait_for()
    run.page.get_by_role("button", name="Week by week", exact=True, pressed=False).wait_for()


def test_an_emptied_week_and_a_broken_seed_change_nothing(run):
    run.jump(8)
    week = run.page.get_by_label("Jump to week")
    week.fill("")
    week.press("Enter")
    seed = run.page.get_by_label("Seed", exact=True)
    seed.fill("2.7")
    seed.press("Enter")
    run.page.get_by_text("Seed must be a whole number, but is 2.7.").wait_for()
    assert seed.input_value() == "3"
    seed.fill("")
    seed.press("Enter")
    run.page.get_by_text("Seed must be a whole number, but is empty.").wait_for()
    assert seed.input_value() == "3"
    weeks = run.page.get_by_label("Weeks", exact=True)
    weeks.fill("0")
    weeks.press("Enter")
    run.page.get_by_text("Weeks must be a whole number from 1, but is 0.").wait_for()
    assert weeks.input_value() == "104"
    assert run.week() == 8
    run.step()
    assert run.page.locator(".sy-problem").count() == 0


def test_a_damaged_session_file_is_told(run, tmp_path):
    file = tmp_path / "session.json"
    file.write_text("nonsense", encoding="utf-8")
    run.press("Keep")
    run.page.get_by_label("Open a saved session").last.set_input_files(str(file))
    run.page.get_by_text("This file is not a session of this page.").wait_for()


def test_every_question_opens(tab):
    for question in tab.page.locator(".sy-other option").all()[1:]:
        tab.step()
        tab.ask(question.get_attribute("value"))
        tab.page.wait_for_function(f"{NOW} === 0 && !document.querySelector('.sy-busy')", timeout=30_000)
        assert tab.page.locator(".sy-problem").count() == 0
