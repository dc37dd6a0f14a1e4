"""The front of the page in headless Chromium: question, answer, futures, levers, cards; for everyone and for a room."""

import pytest
from chromium import READY
from viewed import Front

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]


def test_it_opens_on_a_question_with_its_arms_by_name_and_an_answer_from_forty_pairs(front):
    assert front.page.get_by_role("heading", level=1).inner_text() == "Bring back a convener?"
    assert "No convener" in front.page.locator(".sy-arms").inner_text()
    answer = front.answer()
    assert "of 40 runs" in answer
    assert "95 % interval" in answer
    assert front.page.locator(".sy-stop").count() == 6
    assert front.page.locator(".sy-mark-of-pair").count() == 40
    assert front.page.locator(".sy-fan g[stroke-width='1'] path").count() == 80


def test_a_lever_moves_all_five_years_and_the_last_setting_stays_dotted(front):
    before = front.answer()
    front.put("When the place is abolished", "Never")
    front.page.wait_for_function("before => document.querySelector('.sy-answer').innerText !== before", arg=before)
    after = front.answer()
    assert after != before
    assert front.page.locator(".sy-fan path[stroke-dasharray='1 4']").count() == 2
    assert "abolition: never" in front.page.locator(".sy-asked").inner_text()
    front.page.get_by_role("button", name="As the question has it").click()
    front.page.wait_for_function("before => document.querySelector('.sy-answer').innerText === before", arg=before)


def test_a_pair_is_found_among_the_curves_and_watched_week_by_week(front):
    front.answer()
    strip = front.page.locator(".sy-pairs svg")
    strip.focus()
    strip.press("Home")
    words = strip.get_attribute("aria-valuetext")
    strip.press("Enter")
    replicate = words.split(":")[0].lower()
    front.page.get_by_role("button", name=f"Watch {replicate}").click()
    front.page.wait_for_selector(READY)
    front.jump(20)
    front.press("Keep")
    assert f"--{replicate}" in front.page.locator(".sy-command").first.inner_text() or replicate == "replicate 0"
    front.press("Five years at once")
    assert "of 40 runs" in front.answer()


def test_forty_more_are_counted_with_the_first_forty(front):
    front.answer()
    front.press("40 more runs")
    front.page.locator(".sy-answer").get_by_text("of 80 runs").wait_for(timeout=30_000)
    front.answer()
    assert front.page.locator(".sy-mark-of-pair").count() == 80


def test_playing_meanwhile_loses_no_drawn_week(front):
    front.answer()
    front.press("Week by week")
    front.page.wait_for_selector(READY)
    front.press("Levers")
    front.press("▶ Play")
    front.until(3)
    front.put("Each leader's time for this", "16 h")
    front.until(9)
    front.page.get_by_role("button", name="Pause").click()
    front.page.get_by_role("button", name="▶ Play").wait_for()
    assert "of 40 runs" in front.answer()


def test_what_contradicts_each_other_is_told(front):
    front.answer()
    front.press("All levers …")
    lever = front.page.get_by_label("The heroic leader", exact=True)
    lever.focus()
    lever.press("End")
    front.page.get_by_text("contradict each other").first.wait_for()


def test_every_lever_is_found_by_a_word_of_its_meaning(front):
    front.press("All levers …")
    front.page.get_by_label("Search").fill("winter")
    front.page.get_by_label("Rise at midwinter, and fall at midsummer", exact=True).wait_for()
    assert front.page.locator(".sy-levers .sy-lever:visible").count() < 5
    assert "pressure.winter" not in front.page.locator(".sy-levers").inner_text()


def test_the_cards_come_on_the_first_visit_and_are_gone_for_good_once_dismissed(chromium, front_server):
    tab = Front(chromium, front_server.address, seen=False)
    tab.page.get_by_role("heading", name="What spreads").wait_for()
    tab.page.get_by_role("button", name="Next").click()
    tab.page.get_by_role("heading", name="A circle and its gate").wait_for()
    tab.page.keyboard.press("Escape")
    tab.page.locator(".sy-cards[open]").wait_for(state="detached")
    tab.page.reload()
    tab.page.wait_for_selector(Front.ready)
    assert tab.page.locator(".sy-cards[open]").count() == 0
    tab.page.get_by_role("button", name="What this is: four cards").focus()
    tab.page.keyboard.press("Enter")
    tab.page.get_by_role("heading", name="What spreads").wait_for()
    tab.page.get_by_role("button", name="Skip").click()
    tab.page.wait_for_timeout(200)
    assert tab.page.evaluate("document.activeElement.innerText") == "?"
    tab.check()
    tab.close()


def test_a_reload_brings_back_mode_and_levers(front):
    front.put("Permissions needed", "None")
    front.answer()
    front.page.wait_for_function("Object.values(localStorage).some(kept => kept.includes('gates.approvals'))")
    front.page.reload()
    front.page.wait_for_function("/must approve:? 0/.test(document.querySelector('.sy-asked')?.innerText)")
    none = front.page.get_by_role("group", name="Permissions needed").get_by_role("radio", name="None", checked=True)
    none.wait_for(state="attached", timeout=10_000)
