"""The front of the page in headless Chromium: question, answer, futures, levers, cards; for everyone and for a room."""

from collections.abc import Iterator
from typing import Any

import pytest
from chromium import READY
from viewed import NOW, Server, Tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

WHOLE = """() => { const words = (document.querySelector('.sy-answer') || {}).innerText || ''
    return /ahead in/.test(words) && !/So far/.test(words) }"""
SIZES = [(1280, 720), (1920, 1080), (640, 360), (390, 844)]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    started = Server("--port", "0")
    assert started.address, "".join(started.said)
    yield started
    started.stop()


class Front(Tab):
    """A tab that opens on a question."""

    ready = ".sy-fan svg path"

    def answer(self) -> str:
        self.page.wait_for_function(WHOLE, timeout=30_000)
        return str(self.page.locator(".sy-answer").inner_text())

    def put(self, lever: str, stop: str) -> None:
        stops = self.page.get_by_role("group", name=lever)
        stops.get_by_role("radio", name=stop).click(force=True)
        stops.get_by_role("radio", name=stop, checked=True).wait_for(state="attached")


@pytest.fixture
def front(chromium: Any, server: Server) -> Iterator[Front]:
    opened = Front(chromium, server.address)
    yield opened
    opened.check()
    opened.close()


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


def test_the_cards_come_on_the_first_visit_and_are_gone_for_good_once_dismissed(chromium, server):
    tab = Front(chromium, server.address, seen=False)
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
    assert tab.page.evaluate("document.activeElement.getAttribute('aria-label')") == "What this is: four cards"
    tab.check()
    tab.close()


def test_a_reload_brings_back_mode_and_levers(front):
    front.put("Permissions needed", "None")
    front.answer()
    front.page.wait_for_function("Object.values(localStorage).some(kept => kept.includes('gates.approvals'))")
    front.page.reload()
    front.page.wait_for_function("/(no|0) approvals/.test(document.querySelector('.sy-asked')?.innerText)")
    none = front.page.get_by_role("group", name="Permissions needed").get_by_role("radio", name="None", checked=True)
    none.wait_for(state="attached", timeout=10_000)


# Text on what lies behind it: the nearest ancestor that is not see-through.
CONTRAST = """() => {
    const parse = c => c.match(/[\\d.]+/g).map(Number)
    const part = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4 }
    const light = c => 0.2126 * part(c[0]) + 0.7152 * part(c[1]) + 0.0722 * part(c[2])
    const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0.9) return c } return [255, 255, 255] }
    const found = []
    for (const e of document.querySelectorAll('.sy-page *')) {
        const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
        const box = e.getBoundingClientRect(), style = getComputedStyle(e)
        if (!own || !box.width || style.opacity === '0' || e.closest('[disabled], .sy-economy, .sy-curves, dialog:not([open]), option, style')) continue
        const text = parse(e instanceof SVGElement ? style.fill : style.color), a = light(text), b = light(behind(e))
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
        if (ratio < 4.5) found.push(e.textContent.trim().slice(0, 40) + ' ' + ratio.toFixed(2))
    }
    return found }"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.sy-page *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3
    && n.textContent.trim()) && e.getBoundingClientRect().width && !e.closest('.sy-economy, .sy-curves, dialog:not([open]), option, style, .sy-hidden'))
    .map(e => parseFloat(getComputedStyle(e).fontSize)))"""


@pytest.mark.parametrize("size", SIZES)
def test_it_reads_in_every_size(chromium, server, size):
    tab = Front(chromium, server.address, size)
    tab.answer()
    for mode in ("Five years at once", "Week by week", "Workshop"):
        tab.press(mode)
        tab.page.wait_for_timeout(500)
        assert tab.page.evaluate("document.scrollingElement.scrollWidth") <= size[0]
        assert tab.page.evaluate(CONTRAST) == []
        assert tab.page.evaluate(SMALLEST) >= 13
    tab.press("Five years at once")
    if size[0] <= 900:  # everything is reached by scrolling
        tab.page.get_by_role("button", name="All levers …").scroll_into_view_if_needed()
        assert tab.page.get_by_role("button", name="All levers …").is_visible()
    tab.check()
    tab.close()


def test_projected_text_has_18_pixels_and_more(front):
    front.answer()
    front.press("Projector")
    for mode in ("Five years at once", "Week by week", "Workshop"):
        front.press(mode)
        front.page.wait_for_timeout(400)
        assert front.page.evaluate(SMALLEST) >= 18


def test_the_focus_stays_where_it_is_at_the_end_of_a_run(front):
    front.page.get_by_label("Weeks", exact=True).fill("13")
    front.page.get_by_label("Weeks", exact=True).press("Enter")
    front.press("Week by week")
    front.page.wait_for_selector(READY)
    front.page.get_by_role("button", name="▶ Play").focus()
    front.page.keyboard.press("Enter")
    front.page.wait_for_function(f"{NOW} === 13")
    front.page.wait_for_timeout(500)
    assert front.page.evaluate("document.activeElement.tagName") == "BUTTON"
