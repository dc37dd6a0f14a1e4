"""Everybody can use the page: axe in every state of it, keys and focus, reflow; one visit that walks through them all."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe import faults_in
from chromium import READY
from viewed import Front

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SCREEN, PHONE, ZOOMED, ROOM = (1280, 720), (390, 844), (640, 360), (1920, 1080)
DIALOG, SIDE, LEVERS = "dialog[open]", ".sy-right", ".sy-levers, .sy-stops"
# What does not scroll and hides what sticks out of it, or lies outside the page.
CUT = """() => [...document.querySelectorAll('.sy-page :is(button, input, select, textarea, summary, legend, h1, h2, h3, p, td, th)')]
    .filter(e => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width && !e.closest('dialog, .sy-hidden, .sy-opener')).filter(e => {
        const box = e.getBoundingClientRect()
        for (let a = e.parentElement; a; a = a.parentElement) {
            const style = getComputedStyle(a), r = a.getBoundingClientRect()
            if (/auto|scroll/.test(style.overflowX + style.overflowY)) return box.right > r.right + 2 && a.scrollWidth <= a.clientWidth
            if (/hidden|clip/.test(style.overflowX) && (box.right > r.right + 2 || box.left < r.left - 2 || box.bottom > r.bottom + 2)) return true
        }
        return box.right > innerWidth + 1 || box.left < -1
    }).map(e => e.tagName + ' ' + e.className + ' ' + e.textContent.slice(0, 40))"""
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


class Walk:
    """What is wrong on a walk through the states of the page, by state and size."""

    def __init__(self, front: Front) -> None:
        self.front, self.page = front, front.page
        self.faults: list[str] = []

    def look(self, state: str, part: str = "", sizes: tuple[Any, ...] = (SCREEN, PHONE), smallest: float = 13) -> None:
        """Look at the page, or a part of it, in some sizes."""
        self.page.locator(part or ".sy-page").first.wait_for()
        for size in sizes:
            self.page.set_viewport_size({"width": size[0], "height": size[1]})
            self.page.wait_for_timeout(120)
            found = faults_in(self.page, part) if size in (SCREEN, PHONE) else []
            found += [f"cut off: {words}" for words in self.page.evaluate(CUT)]
            if self.page.evaluate("document.scrollingElement.scrollWidth") > size[0]:
                found.append("wider than the page")
            if not part:
                found += [f"contrast: {words}" for words in self.page.evaluate(CONTRAST)]
                if self.page.evaluate(SMALLEST) < smallest:
                    found.append(f"text of {self.page.evaluate(SMALLEST)} px")
            self.faults += [f"{state} at {size[0]}: {fault}" for fault in found]
        if sizes[-1] != SCREEN:
            self.page.set_viewport_size({"width": SCREEN[0], "height": SCREEN[1]})

    def press(self, name: str, state: str, part: str = "", **more: Any) -> None:
        """Press a button, and look."""
        self.front.press(name)
        self.page.wait_for_timeout(200)
        self.look(state, part, **more)


ALL = (SCREEN, PHONE, ZOOMED, ROOM)


def first_visit(walk: Walk) -> None:
    walk.page.get_by_role("heading", name="What spreads").wait_for()
    walk.look("cards", DIALOG)
    walk.page.keyboard.press("Escape")


def five_years_at_once(walk: Walk) -> None:
    walk.front.answer()
    walk.look("five years at once", sizes=ALL)
    walk.page.locator(".sy-pairs svg").press("End")
    walk.page.locator(".sy-pairs svg").press("Enter")
    walk.front.put("When the place is abolished", "Never")
    walk.press("All levers …", "all levers, a pair picked")
    walk.page.evaluate("document.querySelectorAll('.sy-levers details.sy-group').forEach(d => { d.open = true })")
    walk.look("all levers open", ".sy-levers", sizes=(SCREEN,))
    walk.page.get_by_label("Search").fill("winter")
    walk.look("levers sought", ".sy-levers")
    walk.press("The six levers", "six levers", LEVERS, sizes=(PHONE,))


def week_by_week(walk: Walk) -> None:
    walk.front.press("Week by week")
    walk.page.wait_for_selector(READY)
    walk.look("week by week", sizes=ALL)
    walk.front.press("▶ Play")
    walk.front.until(2)
    walk.look("playing", sizes=(SCREEN,))
    walk.page.get_by_role("button", name="Pause").click()
    walk.front.jump(130)
    walk.look("paused")
    for tab in ("Keep", "What changed"):
        walk.press(tab, tab, SIDE)
    walk.page.locator(".sy-node").first.click()
    walk.page.get_by_text("Its story, the newest first").wait_for()
    walk.look("an organisation selected")
    walk.press("Levers", "levers beside the pictures", ".sy-left")


def dialogs(walk: Walk) -> None:
    seed = walk.page.get_by_label("Seed", exact=True)
    seed.fill("2.7")
    seed.press("Enter")
    walk.page.get_by_text("Seed must be a whole number").wait_for()
    walk.front.put("Pressure of money and demand", "More")
    walk.page.wait_for_selector(".sy-strip rect title", state="attached")
    walk.press("Reset", "reset asks", DIALOG)
    walk.front.press("Leave it as it is")
    walk.front.ask("6")
    walk.look("another question asks", DIALOG, sizes=(PHONE,))
    walk.page.get_by_role("dialog").get_by_role("button").first.click()
    walk.page.locator("dialog[open]").wait_for(state="detached")


def projector(walk: Walk) -> None:
    walk.front.press("Projector")
    for mode in ("Week by week", "Five years at once"):
        walk.press(mode, f"{mode}, projected", sizes=(SCREEN,), smallest=18)
    walk.front.press("Projector")


def whole_service(walk: Walk) -> None:
    walk.front.press("Week by week")
    walk.page.get_by_label("Scenario").select_option("england-2022")
    walk.page.wait_for_function("document.querySelectorAll('.sy-economy [data-o]').length > 40", timeout=90_000)
    walk.page.wait_for_function("!document.querySelector('.sy-busy')", timeout=90_000)
    walk.look("42 systems")


WAY: list[Callable[[Walk], None]] = [first_visit, five_years_at_once, week_by_week, dialogs, projector, whole_service]


@pytest.fixture
def walk(chromium: Any, front_server: Any) -> Iterator[Walk]:
    front = Front(chromium, front_server.address, seen=False)
    yield Walk(front)
    front.check()
    front.close()


def test_nothing_is_in_anybodys_way_in_any_mode_dialog_or_state(walk):
    for stretch in WAY:
        stretch(walk)
    assert walk.faults == []
