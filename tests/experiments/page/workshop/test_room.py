"""A workshop in headless Chromium, from the prediction to the debrief: by mouse, by keys alone, with several groups."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlparse

import pytest
from axe import faults_in
from chromium import READY, Visit
from viewed import NOW, Server, Tab

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

FOCUS = """() => { const e = document.activeElement
    return (e.ariaLabel || e.getAttribute('aria-label') || (e.labels && e.labels[0] && e.labels[0].innerText) || e.innerText || '').replace(/\\s+/g, ' ').trim() }"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.sy-hour *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3
    && n.textContent.trim()) && e.getBoundingClientRect().width && !e.closest('style, .sy-hidden')).map(e => parseFloat(getComputedStyle(e).fontSize)))"""
CUT = """() => [...document.querySelectorAll('.sy-hour .sy-panel, .sy-steps button, .sy-next, .sy-board svg, .sy-fan svg, .sy-pairs svg')].filter(e => {
    const b = e.getBoundingClientRect(); return b.bottom > innerHeight + 1 || b.right > innerWidth + 1 || b.height < 20 }).map(e => e.outerHTML.slice(0, 60))"""
KEPT = "words => Object.values(localStorage).some(kept => kept.includes(words))"


class Room:
    """A server that can be started again where it stood."""

    def __init__(self) -> None:
        self.server = Server("--port", "0", "--host", "0.0.0.0")
        assert self.server.address, "".join(self.server.said)
        self.port = urlparse(self.server.address).port
        self.address = f"http://127.0.0.1:{self.port}/"

    def restart(self) -> None:
        self.server.stop()
        self.server = Server("--port", str(self.port), "--host", "0.0.0.0")


@pytest.fixture(scope="module")
def room() -> Iterator[Room]:
    started = Room()
    yield started
    started.server.stop()


class Hour(Tab):
    """A tab in which a workshop is held."""

    ready = ".sy-fan svg path"

    def look(self, smallest: float = 13) -> None:
        """Assert that nothing is cut off, too small or in anybody's way."""
        assert self.page.evaluate(CUT) == []
        assert self.page.evaluate(SMALLEST) >= smallest
        assert faults_in(self.page) == []

    def enter(self) -> None:
        self.press("Workshop")
        self.page.wait_for_selector(".sy-board svg")

    def draw(self, arm: int, end: float) -> None:
        """Draw a line from the first point of an arm on, up to a share at the end."""
        hand = self.page.locator(f"[data-hand='{arm}-0']")
        box, board = hand.bounding_box(), self.page.locator(".sy-board svg").bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        for part in range(1, 13):
            across = x + (board["x"] + board["width"] - 32 - x) * part / 12
            self.page.mouse.move(across, y - end * 0.86 * board["height"] * part / 12)
        self.page.mouse.up()

    def line(self, arm: int) -> list[int]:
        hands = self.page.locator(f"[data-hand^='{arm}-']").all()
        return [int(hand.get_attribute("aria-valuenow")) for hand in hands]

    def choose(self, what: str) -> None:
        self.page.get_by_role("radio", name=what, exact=True).click(force=True)
        self.page.get_by_role("radio", name=what, exact=True, checked=True).wait_for(state="attached")

    def hidden_run(self) -> None:
        self.press("Run all 80 now, hidden")
        self.page.get_by_text("80 of 80 runs done").wait_for()

    def reveal(self) -> str:
        self.press("Reveal")
        self.page.locator(".sy-step-side").get_by_text("the middle run has").first.wait_for()
        return str(self.page.locator(".sy-step-side").inner_text())

    def kept_as(self, words: str) -> None:
        self.page.wait_for_function(KEPT, arg=words)

    def tab_to(self, name: str) -> None:
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUS) == name:
                return
        raise AssertionError(f"no key leads to {name!r}")


@pytest.fixture
def hour(chromium: Any, room: Room) -> Iterator[Hour]:
    opened = Hour(chromium, room.address)
    yield opened
    opened.check()
    opened.close()


def test_an_hour_survives_a_reload_and_a_server_that_is_started_again(chromium, room):
    hour = Hour(chromium, room.address)
    hour.enter()
    hour.look()
    hour.draw(1, 0.6)
    hour.draw(0, 0.3)
    first, second = hour.line(0), hour.line(1)
    assert 20 < first[-1] < 40 < second[-1]
    assert second == sorted(second)
    hour.choose("about half")
    hour.kept_as('"ahead\\": \\"about half')

    hour.page.reload()
    hour.page.wait_for_selector(".sy-board svg")
    hour.page.get_by_role("radio", name="about half", checked=True).wait_for(state="attached")
    assert [hour.line(0), hour.line(1)] == [first, second]
    hour.press("Write it down")
    hour.page.get_by_text("Five leaders have 10,400 hours for this in five years: 8 hours a week each.").wait_for()
    hour.choose("half")
    hour.choose("in the first half")
    hour.page.get_by_text("Five leaders have 5,200 hours").wait_for()
    hour.page.get_by_text("end in week 130").wait_for()
    hour.look()
    hour.press("Go")
    hour.hidden_run()
    hour.look()
    for mode in ("Five years at once", "Week by week"):
        hour.press(mode)
        hour.page.get_by_role("button", name=mode, exact=True, pressed=True).wait_for()
        hour.page.wait_for_timeout(300)
        hour.page.get_by_role("heading", name="Covered until you reveal it", exact=True).wait_for()
        assert hour.page.locator(".sy-fan, .sy-pairs, .sy-curves, .sy-economy").count() == 0
        assert "The answer is covered" in hour.page.locator(".sy-answer").inner_text()
    hour.press("Go to the workshop")
    hour.press("1 Predict")
    hour.page.get_by_text("what was said stands").wait_for()
    assert hour.page.locator("[data-hand]").count() == 0
    hour.press("3 Run")
    hour.kept_as('"hidden\\": true')

    hour.page.evaluate("window.ofBefore = true")
    room.restart()
    hour.page.wait_for_function("!window.ofBefore", timeout=60_000)
    hour.page.get_by_text("80 of 80 runs done").wait_for(timeout=60_000)
    hour.page.get_by_text("The page's server has stopped.").wait_for(state="detached", timeout=40_000)
    said = hour.reveal()
    hour.page.get_by_text("runs so far").wait_for(state="detached", timeout=60_000)
    hour.look()
    assert f"You said {first[-1]} % after five years; the middle run has" in said
    assert f"You said {second[-1]} % after five years; the middle run has" in said
    assert "You said about half. It is" in said
    assert hour.page.locator(".sy-said-line").count() == 2
    assert hour.page.locator(".sy-fan g[stroke-width='1'] path").count() == 80
    assert "of 40 runs" in hour.page.locator(".sy-answer").inner_text()
    hour.press("Debrief")
    note = hour.page.get_by_role("textbox", name="Which assumption of the model would you want to see evidence for?")
    note.fill("Why boards say no.")
    hour.kept_as("Why boards say no.")
    hour.look()
    file = json.loads(hour.kept("Save the session"))
    assert [len(line) for line in file["groups"][0]["lines"]] == [5, 5]
    taken = hour.kept("Take away")
    assert "Why boards say no." in taken and f"you said {first[-1]} % after five years" in taken
    assert len(taken.encode()) < 1_000_000
    with hour.context.expect_page() as beside:
        hour.page.get_by_role("link", name="Facilitator's sheet").click()
    beside.value.get_by_role("heading", name="What the reveal will say").wait_for()
    beside.value.close()
    hour.ask("5")
    hour.press("Change the question")
    hour.page.wait_for_selector("[data-hand]")
    assert set(hour.line(0)) == set(hour.line(1))
    hour.close()


def test_a_workshop_is_held_by_keys_alone_and_read_from_the_back_of_the_room(hour):
    page = hour.page
    page.keyboard.press("Tab")
    hour.tab_to("Projector")
    page.keyboard.press("Enter")
    page.wait_for_selector(".sy-projected")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUS) == "Workshop"
    page.keyboard.press("Enter")
    page.wait_for_selector(".sy-board svg")
    hour.tab_to("No convener, after one year")
    for key in ("ArrowUp", "PageUp", "ArrowRight", "PageUp", "PageUp", "ArrowDown"):
        page.keyboard.press(key)
    start = hour.line(0)[-1]
    assert hour.line(0) == [start + 11, start + 19, start, start, start]
    hour.tab_to("A place with authority, after five years")
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    assert hour.line(1)[-1] == 90
    hour.tab_to("hardly any")
    page.keyboard.press(" ")
    page.get_by_role("radio", name="hardly any", checked=True).wait_for(state="attached")
    hour.look(smallest=18)
    # All that a room answers is seen without scrolling, and the sheet with the answer cannot be pressed by accident.
    beside = page.get_by_role("group", name="What you expect")
    assert page.locator(".sy-step-words").evaluate("e => e.scrollHeight <= e.clientHeight + 1")
    assert beside.get_by_label("Name the first").is_visible()
    assert not beside.get_by_role("link", name="Facilitator's sheet").is_visible()

    hour.tab_to("Write it down")
    page.keyboard.press("Enter")
    page.get_by_text("Five leaders have").wait_for()
    page.wait_for_function(f"({FOCUS})() === '2 Spend the hours'")
    hour.tab_to("every year")
    page.keyboard.press("ArrowLeft")
    page.get_by_text("stops every half year").wait_for()
    assert page.evaluate(SMALLEST) >= 18
    hour.tab_to("Go")
    page.keyboard.press("Enter")
    page.wait_for_function(f"({FOCUS})() === '3 Run'")
    assert page.locator(".sy-steps button", has_text="Reveal").get_attribute("aria-disabled") == "true"

    hour.tab_to("Watch one run first")
    page.keyboard.press("Enter")
    page.wait_for_selector(READY)
    for speed in ("5 weeks/s", "10 weeks/s", "25 weeks/s"):
        hour.tab_to(speed)
        page.keyboard.press("Enter")
    hour.tab_to("▶ Play")
    page.keyboard.press("Enter")
    page.wait_for_function(f"{NOW} === 26", timeout=30_000)
    page.get_by_role("button", name="▶ Play").wait_for()
    assert "The answer is covered" in page.locator(".sy-answer").inner_text()
    assert page.locator(".sy-fan, .sy-pairs").count() == 0
    hour.tab_to("Back to the workshop")
    page.keyboard.press("Enter")
    page.get_by_text("stands in week 26").wait_for()
    hour.tab_to("Reveal")
    page.keyboard.press("Enter")
    page.locator(".sy-step-side").get_by_text("the middle run has").first.wait_for()
    page.wait_for_function(f"({FOCUS})() === '4 Reveal'")
    hour.look(smallest=18)
    hour.tab_to("Debrief")
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="What did the convener change first").wait_for()
    page.wait_for_function(f"({FOCUS})() === '5 Debrief'")
    page.keyboard.press("Tab")
    page.keyboard.type("It came late.")
    hour.kept_as("It came late.")
    assert page.evaluate(SMALLEST) >= 18


def test_two_groups_predict_one_of_them_by_phone_and_are_shown_together(hour, chromium):
    hour.enter()
    name = hour.page.get_by_label("Name the first")
    name.fill("<b>North</b>")
    name.press("Enter")
    hour.page.get_by_role("button", name="A <b>North</b>", pressed=True).wait_for()
    hour.draw(1, 0.9)
    hour.choose("nearly all")
    hour.press("Let groups predict by phone")
    told = hour.page.get_by_text("On a phone in this network").inner_text()

    class Phone(Visit):
        ready = "#code"

    phone = Phone(chromium, urlparse(hour.page.url)._replace(path="/predict").geturl(), (390, 844))
    phone.page.get_by_label("The number on the wall").fill(told.split()[-1])
    phone.press("Go on")
    phone.page.get_by_role("heading", name="Bring back a convener?").wait_for()
    assert phone.page.evaluate("document.scrollingElement.scrollWidth") <= 390
    assert faults_in(phone.page) == []
    for number, slider in enumerate(phone.page.get_by_role("slider").all()):
        slider.fill(str(10 * number))
    phone.page.get_by_role("radio", name="hardly any").check()
    phone.page.get_by_label("What is your group called?").fill("South")
    phone.press("Hand it in")
    phone.page.get_by_text("Handed in for South.").wait_for()

    hour.page.get_by_role("button", name="B South").wait_for()
    hour.press("B South")
    # The first group's other line ends where the second's does: only this one tells whose is shown.
    hour.page.wait_for_function("document.querySelector('[data-hand=\"0-4\"]').getAttribute('aria-valuenow') === '40'")
    assert hour.line(0) == [0, 10, 20, 30, 40]
    assert hour.line(1)[-1] == 90
    hour.press("Write it down")
    hour.press("Go")
    hour.hidden_run()
    phone.press("Hand it in")
    phone.page.get_by_text("The run has begun").wait_for()
    said = hour.reveal()
    assert said.index("A <b>North</b>") < said.index("B South")
    assert "You said nearly all. It is" in said
    assert "You said hardly any. It is" in said
    assert "Closest over the years: " in said
    assert hour.page.locator(".sy-said-line").count() == 4
    assert hour.page.locator(".sy-step b b").count() == 0
    assert phone.faults == [fault for fault in phone.faults if "409" in fault]
    phone.close()
