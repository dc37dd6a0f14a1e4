"""What is handed out, in a browser: a phone without a network plays it, everybody can read it, and paper shows it."""

from typing import Any

import pytest
from chromium import needed
from handed_out import WEEKS, session

from experiments.page.handouts import facilitator, takeaway

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]

PHONE, PAPER = {"width": 390, "height": 844}, {"width": 688, "height": 1000}
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    home = tmp_path_factory.mktemp("handed out")
    pages = {"takeaway": takeaway.page_of(session()), "sheet": facilitator.page_of("barriers")}
    for name, page in pages.items():
        (home / f"{name}.html").write_bytes(page)
    return {name: (home / f"{name}.html").as_uri() for name in pages}


@pytest.fixture
def opened(chromium, files):
    """Open a file on a phone that has no network, and see that it asks for nothing but itself and complains of nothing."""
    contexts, asked, faults = [], [], []

    def open_(name: str, **more: Any) -> Any:
        context = chromium.new_context(viewport=PHONE, offline=True, **more)
        contexts.append(context)
        tab = context.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("console", lambda said: faults.append(said.text))
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.goto(files[name])
        return tab

    yield open_
    for context in contexts:
        context.close()
    assert (set(asked) - set(files.values()), faults) == (set(), [])


def violations(tab: Any) -> list[Any]:
    axe = needed("axe_playwright_python.sync_playwright", "the extra `test`").Axe()
    found = axe.run(tab).response["violations"]
    return [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]


def test_a_take_away_plays_on_a_phone_without_a_network(opened):
    tab = opened("takeaway")
    assert tab.evaluate(TOO_WIDE) == 0
    assert violations(tab) == []
    named = tab.locator(".picture").first.locator(".kind").all_text_contents()
    assert named and all(named)
    slider, play = tab.get_by_role("slider", name="Week"), tab.get_by_role("button", name="Play")
    assert slider.input_value() == str(WEEKS)
    play.click()
    while int(slider.input_value()) in (*range(4), WEEKS):  # until the test's own time is up
        tab.wait_for_timeout(50)
    tab.get_by_role("button", name="Pause").click()
    stopped = int(slider.input_value())
    assert 3 < stopped < WEEKS
    assert tab.locator("#when").inner_text() == f"Week {stopped}, year 1"
    full = tab.evaluate("[...document.querySelectorAll('.picture path')].map(p => p.getAttribute('d')).join()")
    slider.press("Home")
    assert tab.locator("#when").inner_text() == "Week 0, year 1"
    assert tab.evaluate("[...document.querySelectorAll('.picture path')].map(p => p.getAttribute('d')).join()") != full
    assert [picture.is_visible() for picture in tab.locator(".picture").all()] == [True, False]
    tab.get_by_role("radio", name="Seeding").check()
    assert [picture.is_visible() for picture in tab.locator(".picture").all()] == [False, True]
    assert violations(tab) == []


def test_a_take_away_can_be_read_where_no_script_runs(opened):
    tab = opened("takeaway", java_script_enabled=False)
    assert tab.get_by_role("heading", name="What came out").is_visible()
    assert tab.locator("svg").count() == 3
    assert tab.get_by_role("button").count() == 0


def test_a_facilitators_sheet_can_be_read_on_a_phone_and_printed_on_two_sides(opened):
    tab = opened("sheet")
    assert tab.evaluate(TOO_WIDE) == 0
    assert violations(tab) == []
    tab.emulate_media(media="print")
    tab.set_viewport_size(PAPER)
    assert tab.evaluate(TOO_WIDE) == 0
    assert tab.evaluate("document.documentElement.scrollHeight") < 2 * 1017  # pixels between the margins of A4
    assert tab.pdf(prefer_css_page_size=True).startswith(b"%PDF")
