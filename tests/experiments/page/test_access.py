"""Everybody can use the page: axe in every state of it, keys and focus, reflow; one visit that walks through them all."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe import faults_in
from chromium import READY
from viewed import NOW, Front

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
        if (!own || !box.width || style.opacity === '0' || e.closest('[disabled], .sy-room svg, dialog:not([open]), option, style')) continue
        const text = parse(e instanceof SVGElement ? style.fill : style.color), a = light(text), b = light(behind(e))
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
        if (ratio < 4.5) found.push(e.textContent.trim().slice(0, 40) + ' ' + ratio.toFixed(2))
    }
    return found }"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('.sy-page *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3
    && n.textContent.trim()) && e.getBoundingClientRect().width && !e.closest('.sy-room svg, dialog:not([open]), option, style, .sy-hidden'))
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


def workshop(walk: Walk) -> None:
    walk.front.press("Workshop")
    walk.page.wait_for_selector(".sy-board svg")
    for number, step in enumerate(walk.page.locator(".sy-steps button").all()):
        if number == 3:
            walk.press("Five years at once", "covered", sizes=(SCREEN,))
            walk.front.press("Workshop")
            walk.front.press("Run all 80 now, hidden")
        step.click()
        walk.page.wait_for_timeout(400)
        walk.look(f"step {number + 1} of a workshop")


def whole_service(walk: Walk) -> None:
    walk.front.press("Week by week")
    walk.page.get_by_label("Scenario").select_option("england-2022")
    walk.page.wait_for_function("document.querySelectorAll('.sy-cell').length === 42", timeout=90_000)
    walk.page.wait_for_function("!document.querySelector('.sy-busy')", timeout=90_000)
    walk.look("42 systems")
    walk.page.locator(".sy-cell").first.click()
    walk.page.wait_for_selector(READY)
    walk.look("one of 42 systems", sizes=(SCREEN,))


WAY: list[Callable[[Walk], None]] = [
    first_visit,
    five_years_at_once,
    week_by_week,
    dialogs,
    projector,
    workshop,
    whole_service,
]


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


def mode_of(front: Front) -> str:
    return str(front.page.locator(".sy-modes [aria-pressed=true]").inner_text())


def test_a_key_presses_the_button_that_names_it_in_no_field_and_none_resets(front):
    page, keys = front.page, front.page.keyboard
    keys.press("2")
    page.wait_for_selector(READY)
    for key, week in (("ArrowRight", 1), ("Shift+ArrowRight", 14), ("ArrowLeft", 13)):
        keys.press(key)
        page.wait_for_function(f"{NOW} === {week} && !document.querySelector('.sy-busy')")
    keys.press(" ")
    front.until(15)
    keys.press(" ")
    page.get_by_role("button", name="▶ Play").wait_for()
    paused = front.week()
    for key in ("r", "R", "Delete", "Backspace", "Escape"):
        keys.press(key)
    keys.press("p")
    page.locator(".sy-projected").wait_for()
    keys.press("l")
    page.locator(".sy-stops").wait_for()
    page.get_by_role("radio").first.focus()
    keys.press("p")
    page.locator(".sy-projected").wait_for(state="detached")
    field = page.get_by_label("Jump to week")
    field.focus()
    for key in ("1", "3", "p", " ", "ArrowLeft", "?"):
        keys.press(key)
    assert (mode_of(front), front.week()) == ("Week by week", paused)
    field.fill(str(paused))
    field.blur()
    keys.press("?")
    page.get_by_role("dialog").wait_for()
    keys.press("1")
    page.get_by_text("Keys", exact=True).click()
    page.get_by_label("Letters, digits and ? act as keys").uncheck()
    keys.press("Escape")
    page.locator("dialog[open]").wait_for(state="detached")
    page.locator(".sy-verdict").click()
    keys.press("1")
    keys.press("ArrowRight")
    page.wait_for_function(f"{NOW} === {paused + 1}")
    assert mode_of(front) == "Week by week"


# What shows where the focus is: a ring around it, or around what it is a part of.
RING = """() => {
    const e = document.activeElement, round = [e, ...['.sy-seg', '.sy-other', '.sy-opener'].map(part => e.closest(part))].filter(Boolean)
    const ring = round.map(one => getComputedStyle(one)).some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)
    const halo = e.matches('[data-o]') && [...e.querySelectorAll('circle, rect, path')].some(mark => getComputedStyle(mark).opacity === '1')
    return [e.ariaLabel || e.innerText || e.tagName, ring || halo || e === document.body] }"""


def test_everything_is_reached_with_the_tab_key_and_shows_that_it_is(front):
    reached: dict[str, bool] = {}
    for mode, stops in (("Five years at once", 32), ("Week by week", 40)):
        front.press(mode)
        for _ in range(stops):
            front.page.keyboard.press("Tab")
            name, shown = front.page.evaluate(RING)
            reached[name] = shown
    wanted = {
        "Projector",
        "Question 4 of 12",
        "All levers …",
        "40 more runs",
        "▶ Play",
        "Step",
        "Reset",
        "Jump to week",
    }
    assert wanted <= set(reached)
    assert [name for name, shown in reached.items() if not shown] == []


def test_the_focus_is_never_lost_whatever_becomes_of_what_had_it(front):
    page = front.page

    def enter(name: str) -> None:
        page.get_by_role("button", name=name, exact=True).focus()
        page.keyboard.press("Enter")

    def kept(then: str) -> str:
        page.locator(then).first.wait_for()
        page.wait_for_timeout(300)
        return str(page.evaluate("document.activeElement.innerText || document.activeElement.tagName"))

    front.answer()
    front.put("When the place is abolished", "Never")
    enter("As the question has it")
    assert kept(".sy-fan") == "As the question has it"
    enter("Watch a run")
    assert kept(READY) == "Week by week"
    front.page.get_by_label("Weeks", exact=True).fill("13")
    front.page.get_by_label("Weeks", exact=True).press("Enter")
    page.wait_for_function(
        "!document.querySelector('.sy-busy') && document.querySelector('.sy-jump').innerText.includes('of 13')"
    )
    enter("▶ Play")
    page.wait_for_function(f"{NOW} === 13")
    page.get_by_role("button", name="▶ Play").wait_for()
    assert kept(READY) == "▶ Play"
    enter("Reset")
    page.wait_for_function(f"{NOW} === 0")
    assert kept(READY) == "Reset"
    enter("Workshop")
    enter("Five years at once")
    assert kept(".sy-covered") == "Five years at once"
    enter("Leave the workshop")
    page.locator(".sy-covered").wait_for(state="detached")
    assert kept(".sy-fan") != "BODY"


def test_only_the_answer_and_what_happens_are_read_aloud_and_nothing_moves_unasked(front):
    front.page.emulate_media(reduced_motion="reduce")
    for mode in ("Five years at once", "Week by week"):
        front.press(mode)
        front.page.wait_for_timeout(300)
        front.press("All levers …" if mode == "Five years at once" else "Levers")
        front.page.wait_for_timeout(300)
        aloud = front.page.evaluate(
            "[...document.querySelectorAll('output, [aria-live], [role=status], [role=alert], [role=log]')].map(e => e.className)"
        )
        assert sum("sy-answer" in name for name in aloud) == 1
        # Besides: what was refused, what is being built, contradictions, a server that is gone, what keys read off the curves.
        assert len(aloud) <= 6
        moving = front.page.evaluate(
            """() => [...document.querySelectorAll('.sy-page *')].map(e => getComputedStyle(e))
            .filter(s => parseFloat(s.transitionDuration) > 0 || parseFloat(s.animationDuration) > 0).length"""
        )
        assert moving == 0
